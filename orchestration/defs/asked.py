"""What one call of `run` or `ui` is about: its settings, the years asked for, and whether it is the samples."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from orchestration.gate.suites import SuiteError, load_exemptions, load_rules
from orchestration.registry.load import load
from orchestration.settings import Settings
from orchestration.storage.layout import open_data_root
from orchestration.storage.originals import landed

SAMPLES = Path(__file__).resolve().parents[1] / "specimens" / "samples"


class UsageError(Exception):
    """What was asked cannot be done; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one call is about: where, which years (none: all that have changed), and whether it is the samples."""

    settings: Settings
    years: tuple[int, ...]
    samples: bool


def understood(arguments: argparse.Namespace) -> Asked:
    """What the arguments and the environment ask for; raises UsageError, RegistryError, LayoutError or OSError."""
    try:
        settings = Settings.read(arguments.data_root, arguments.inbox, arguments.as_of)
    except ValueError as error:
        raise UsageError(str(error)) from error
    years = tuple(sorted(set(arguments.year)))
    known = load().report_years
    try:
        load_exemptions(load_rules(), known)
    except SuiteError as error:
        raise UsageError(f"expectations/ is not valid; mend these lines: {error}") from error
    for year in years:
        if year not in known or year >= settings.as_of.year:
            raise UsageError(
                f"{year} is no report year that is over: ask for one of {min(known)} to {settings.as_of.year - 1}."
            )
    found = with_samples(settings, named=arguments.inbox is not None)
    open_data_root(found)
    return Asked(found, years, samples=found.inbox == SAMPLES)


def latest_judgement(settings: Settings) -> date | None:
    """The latest day that a year of the current release was judged as of; None without a release."""
    verdicts = (settings.publication / "current" / "verdicts").glob("*.json")
    return max((date.fromisoformat(json.loads(path.read_bytes())["as_of"]) for path in verdicts), default=None)


def with_samples(settings: Settings, named: bool = False) -> Settings:
    """The settings, or those of the bundled samples where the inbox is empty and nothing has ever landed.

    An inbox that was named must exist; raises UsageError, and OSError where a folder cannot be made or read.
    """
    if not settings.inbox.is_dir() and (named or settings.inbox != settings.data_root / "inbox"):
        raise UsageError(f"{settings.inbox} is no folder: name the folder that holds the documents.")
    if settings.inbox in (settings.data_root, settings.landing, settings.extractions, settings.publication):
        raise UsageError(f"{settings.inbox} is a folder of the data root: name the folder that holds the documents.")
    settings.inbox.mkdir(parents=True, exist_ok=True)
    if named or landed(settings) or any(path.is_file() for path in settings.inbox.rglob("[!.]*")):
        return settings
    return replace(settings, data_root=settings.data_root / "sample", inbox=SAMPLES)
