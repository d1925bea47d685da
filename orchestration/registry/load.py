"""Loads the registry: `load()` reads every table and YAML file, checks all of it and returns one frozen Registry.

Nothing is tolerated and nothing is guessed: every fault is reported at once, with its file and line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from orchestration.registry import bodies, checks, places, references, series, vocabulary
from orchestration.registry.contents import REGIONS_FILE, Contents, read_contents
from orchestration.registry.entries import PERIOD_BASES, Entry
from orchestration.registry.faults import Faults, RegistryError
from orchestration.registry.model import Registry

__all__ = ["RegistryError", "load"]

T = TypeVar("T")


def load(root: Path | None = None) -> Registry:
    """The registry in this folder, or the one of the package; read once per process and folder.

    Raises RegistryError with every fault found, each `file:line: sentence`, files being relative to the folder. Where
    a table cannot be used as a whole, what the others say about it is left out.
    """
    return _load((root or Path(__file__).parent).absolute())


@cache
def _load(root: Path) -> Registry:
    faults, files = Faults(), _files(root)
    contents = read_contents(files, faults)
    if not faults.unusable:
        _check(contents, faults)
    faults.raise_any()
    return _freeze(contents, _fingerprint(files))


def _files(root: Path) -> dict[str, bytes]:
    """The bytes of every registry file by its path relative to the folder, in order of path."""
    paths = [*root.glob("tables/*.csv"), *root.glob("templates/*.yml"), *root.glob("wording/*.yml")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(paths)}


def _fingerprint(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _check(contents: Contents, faults: Faults) -> None:
    """Everything against everything; faults are noted where they stand."""
    indicators, units, applicants = contents.indicators, contents.units, contents.applicant_types
    templates = {template_id: entry.value for template_id, entry in contents.templates.items()}
    checks.check_indicators(indicators, units)
    checks.check_templates(list(contents.templates.values()))
    checks.check_cells(contents.cells, templates, indicators, units, applicants, PERIOD_BASES)
    checks.check_crosswalk(contents.crosswalk, templates, indicators, contents.cells)
    checks.check_identities(contents.identities, templates, contents.rules)
    checks.check_sums(contents.identities)
    checks.check_due_dates(contents.due_dates)
    places.check_regions(REGIONS_FILE, contents.regions, faults)
    places.check_successions(contents.successions, contents.regions)
    bodies.check_reorganisations(contents.reorganisations)
    checks.check_agencies(contents.agencies, {region.region_code for region in contents.regions if region})
    checks.check_expected_agencies(contents.expected_agencies, contents.report_years)
    checks.check_corrections(contents.corrections, indicators, applicants, contents.report_years)
    checks.check_usage_warnings(contents.usage_warnings, indicators)
    series.check_roll_forwards(contents.roll_forwards, indicators, contents.rules)
    series.check_watched_series(contents.watched_series, indicators, contents.roll_forwards)
    series.check_thresholds(contents.thresholds, faults)
    references.check_indicator_codes(contents.texts, indicators, faults)
    vocabulary.check_wording(contents.wording, contents.texts, faults)
    references.check_layouts(contents.layouts, contents.texts, templates, PERIOD_BASES, faults)


def _freeze(contents: Contents, fingerprint: str) -> Registry:
    """The values without their lines."""
    return Registry(
        fingerprint=fingerprint,
        indicators=_by_name(contents.indicators),
        templates=_by_name(contents.templates),
        crosswalk=_in_order(contents.crosswalk),
        identities=_in_order(contents.identities),
        rules=_by_name(contents.rules),
        issue_codes=_by_name(contents.issue_codes),
        applicant_types=contents.applicant_types,
        units=contents.units,
        due_dates=_in_order(contents.due_dates),
        expected_agencies=_in_order(contents.expected_agencies),
        report_years=contents.report_years,
        regions=tuple([region for region in contents.regions if region is not None]),
        agencies=_in_order(contents.agencies),
        wording=contents.wording,
        corrections=_in_order(contents.corrections),
        exclusions=_by_name(contents.exclusions),
        sources=_in_order(contents.sources),
        usage_warnings=_in_order(contents.usage_warnings),
        successions=_in_order(contents.successions),
        vintages=_in_order(contents.vintages),
        reorganisations=_in_order(contents.reorganisations),
        roll_forwards=_in_order(contents.roll_forwards),
        watched_series=_in_order(contents.watched_series),
        thresholds=_in_order(contents.thresholds),
    )


def _in_order(found: Iterable[Entry[T]]) -> tuple[T, ...]:
    return tuple(entry.value for entry in found)


def _by_name(found: Mapping[str, Entry[T]]) -> dict[str, T]:
    return {name: entry.value for name, entry in found.items()}
