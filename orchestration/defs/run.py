"""`python -m orchestration run`: the whole flow for every changed year, in this process, through Dagster.

Its runs are those the UI shows. What is published is decided by the rooms; here is only the order, and what is told.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from orchestration.registry.load import RegistryError, load
from orchestration.settings import Settings
from orchestration.storage.layout import LayoutError, open_data_root
from orchestration.storage.originals import landed

WRONG_USAGE = 2
SAMPLES = Path(__file__).resolve().parents[1] / "specimens" / "samples"


class UsageError(Exception):
    """What was asked cannot be done; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one call is about: where, which years (none: all that have changed), and whether it is the samples."""

    settings: Settings
    years: tuple[int, ...]
    samples: bool


def add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `run` with its arguments."""
    parser = commands.add_parser("run", help="take in the inbox, and publish every year that has changed")
    parser.add_argument("--year", type=int, action="append", default=[], metavar="Y", help="only this report year")
    parser.add_argument("--inbox", type=Path, metavar="DIR", help="the folder with the documents")
    parser.add_argument("--data-root", type=Path, metavar="DIR", help="where everything is kept (OGI_DATA_ROOT)")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="judge as of this day, not today")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the flow and tell what came of it; returns the exit status of CONTRACT, section 3."""
    try:
        asked = understood(arguments)
    except (UsageError, RegistryError, LayoutError, OSError) as error:
        print(f"orchestration: {sentence(error)}", file=sys.stderr)
        return WRONG_USAGE
    from orchestration.defs.flow import flow

    return flow(asked)


def sentence(error: Exception) -> str:
    """What went wrong before the flow began, for a person; of the system's errors, the path and the reason."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename} cannot be used ({error.strerror}): name another data root or inbox, or mend this one."
    return str(error)


def understood(arguments: argparse.Namespace) -> Asked:
    """What the arguments and the environment ask for; raises UsageError, RegistryError, LayoutError or OSError."""
    try:
        settings = Settings.read(arguments.data_root, arguments.inbox, arguments.as_of)
    except ValueError as error:
        raise UsageError(f"OGI_AS_OF (a day as 2018-04-01) or OGI_WORKERS (a number) is wrong: {error}") from error
    years = tuple(sorted(set(arguments.year)))
    known = load().report_years
    for year in years:
        if year not in known or year >= settings.as_of.year:
            raise UsageError(
                f"{year} is no report year that is over: ask for one of {min(known)} to {settings.as_of.year - 1}."
            )
    found = with_samples(settings, named=arguments.inbox is not None)
    open_data_root(found)
    return Asked(found, years, samples=found.inbox == SAMPLES)


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
