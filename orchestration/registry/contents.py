"""The registry folder as read: every file by name, and every table as entries that still know their lines.

Between the single tables (entries.py) and the checks across them (checks.py, references.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

from orchestration.registry import bodies, decisions, entries, places, series
from orchestration.registry.entries import Entry
from orchestration.registry.faults import Faults
from orchestration.registry.model import (
    Agency,
    Correction,
    Crossing,
    DueDate,
    Exclusion,
    ExpectedAgency,
    Identity,
    Indicator,
    IssueCode,
    Region,
    Reorganisation,
    ReportYear,
    RollForward,
    Rule,
    Source,
    Succession,
    Template,
    TemplateCell,
    Threshold,
    UsageWarning,
    Vintage,
    WatchedSeries,
)
from orchestration.registry.tables import FORMS, Row, records, rows

T = TypeVar("T")

WORDING = ("identity", "narrative")
"""The files of wording/ that must be there; others may."""

REGIONS_FILE = "tables/regions.csv"
YAML_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Contents:
    """Every table and YAML file; `layouts` and `wording` by file name without folder and ending, `texts` by path."""

    texts: Mapping[str, str]
    layouts: Mapping[str, Mapping[str, Any]]
    wording: Mapping[str, Mapping[str, Any]]
    units: dict[str, tuple[str, float]]
    applicant_types: dict[str, str]
    indicators: dict[str, Entry[Indicator]]
    cells: list[Entry[TemplateCell]]
    templates: dict[str, Entry[Template]]
    crosswalk: list[Entry[Crossing]]
    identities: list[Entry[Identity]]
    rules: dict[str, Entry[Rule]]
    issue_codes: dict[str, Entry[IssueCode]]
    due_dates: list[Entry[DueDate]]
    expected_agencies: list[Entry[ExpectedAgency]]
    report_years: dict[int, ReportYear]
    regions: list[Region | None]
    successions: list[Entry[Succession]]
    vintages: list[Entry[Vintage]]
    reorganisations: list[Entry[Reorganisation]]
    agencies: list[Entry[Agency]]
    corrections: list[Entry[Correction]]
    exclusions: dict[str, Entry[Exclusion]]
    sources: list[Entry[Source]]
    usage_warnings: list[Entry[UsageWarning]]
    roll_forwards: list[Entry[RollForward]]
    watched_series: list[Entry[WatchedSeries]]
    thresholds: list[Entry[Threshold]]


def read_contents(files: Mapping[str, bytes], faults: Faults) -> Contents:
    """The bytes of the files by path as entries; everything wrong within a file is noted."""
    texts = _texts(files, faults)
    layouts, wording = _mappings("templates", texts, faults), _mappings("wording", texts, faults)

    def table(name: str) -> list[Row]:
        file = f"tables/{name}.csv"
        return rows(file, texts[file], FORMS[name], faults) if file in texts else []

    regions = records(REGIONS_FILE, texts[REGIONS_FILE], FORMS["regions"], faults) if REGIONS_FILE in texts else []
    cells = entries.cells(table("template_cells"))
    return Contents(
        texts=texts,
        layouts=layouts,
        wording=wording,
        units=entries.units(table("units")),
        applicant_types=entries.applicant_types(table("applicant_types")),
        indicators=_by("indicator_code", entries.indicators(table("indicators"))),
        cells=cells,
        templates=_by("template_id", entries.templates(table("templates"), _cells_of(cells), layouts)),
        crosswalk=entries.crossings(table("crosswalk")),
        identities=entries.identities(table("identities")),
        rules=_by("rule_id", entries.rules(table("rules"))),
        issue_codes=_by("issue_code", entries.issue_codes(table("issue_codes"))),
        due_dates=entries.due_dates(table("due_dates")),
        expected_agencies=entries.expected_agencies(table("expected_agencies")),
        report_years=entries.report_years(table("report_years")),
        regions=places.regions(REGIONS_FILE, regions, faults),
        successions=places.successions(table("successions")),
        vintages=places.vintages(table("vintages")),
        reorganisations=bodies.reorganisations(table("reorganisations")),
        agencies=entries.agencies(table("agencies")),
        corrections=decisions.corrections(table("corrections")),
        exclusions=_by("document_id", decisions.exclusions(table("exclusions"))),
        sources=entries.sources(table("sources")),
        usage_warnings=entries.usage_warnings(table("usage_warnings"), entries.warning_codes(table("warning_codes"))),
        roll_forwards=series.roll_forwards(table("roll_forwards")),
        watched_series=series.watched_series(table("watched_series")),
        thresholds=series.thresholds(table("thresholds")),
    )


def _texts(files: Mapping[str, bytes], faults: Faults) -> dict[str, str]:
    """Every file as text; faults for a missing table or wording, an unknown table, and bytes that are no UTF-8."""
    tables = {f"tables/{name}.csv" for name in FORMS}
    for name in sorted((tables | {f"wording/{name}.yml" for name in WORDING}) - set(files)):
        faults.whole(name, 1, "the file is missing.")
    texts = {}
    for name, data in files.items():
        if name.endswith(".csv") and name not in tables:
            faults.at(name, 1, "no such table is known.")
        try:
            texts[name] = data.decode("utf-8")
        except UnicodeDecodeError as error:
            faults.whole(name, data[: error.start].count(b"\n") + 1, "the bytes are not UTF-8.")
    return texts


def _mappings(folder: str, texts: Mapping[str, str], faults: Faults) -> dict[str, Mapping[str, Any]]:
    """The YAML files of a folder by their name; each is a mapping of names."""
    found: dict[str, Mapping[str, Any]] = {}
    for file, text in texts.items():
        if not (file.startswith(f"{folder}/") and file.endswith(".yml")):
            continue
        try:
            tree = yaml.load(text, Loader=YAML_LOADER)
        except yaml.MarkedYAMLError as error:
            faults.at(file, error.problem_mark.line + 1 if error.problem_mark else 1, f"no YAML: {error.problem}.")
            continue
        if isinstance(tree, dict) and all(isinstance(key, str) for key in tree):
            found[Path(file).stem] = tree
        else:
            faults.at(file, 1, "the file is not a mapping of names.")
    return found


def _by(name: str, found: Iterable[Entry[T]]) -> dict[str, Entry[T]]:
    return {getattr(entry.value, name): entry for entry in found}


def _cells_of(cells: Iterable[Entry[TemplateCell]]) -> dict[str, tuple[TemplateCell, ...]]:
    found: dict[str, list[TemplateCell]] = defaultdict(list)
    for entry in cells:
        found[entry.value.template_id].append(entry.value)
    return {template_id: tuple(group) for template_id, group in found.items()}
