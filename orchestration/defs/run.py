"""`python -m orchestration run`: the whole flow for every changed year, in this process, through Dagster.

Its runs are those the UI shows. What is published is decided by the rooms; here is only the order, and what is told.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from orchestration.defs.asked import UsageError, latest_judgement, understood
from orchestration.registry.load import RegistryError
from orchestration.storage.layout import LayoutError

WRONG_USAGE = 2


def add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `run` with its arguments."""
    parser = commands.add_parser("run", help="take in the inbox, and publish every year that has changed")
    parser.add_argument(
        "--year", type=int, nargs="+", action="extend", default=[], metavar="Y", help="only these report years"
    )
    parser.add_argument("--inbox", type=Path, metavar="DIR", help="the folder with the documents")
    parser.add_argument("--data-root", type=Path, metavar="DIR", help="where everything is kept (OGI_DATA_ROOT)")
    parser.add_argument("--as-of", type=day, metavar="DAY", help="judge as if it were this day")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the flow and tell what came of it; returns the exit status of CONTRACT, section 3."""
    try:
        asked = understood(arguments)
    except (UsageError, RegistryError, LayoutError, OSError) as error:
        print(f"orchestration: {sentence(error)}", file=sys.stderr)
        return WRONG_USAGE
    latest = latest_judgement(asked.settings)
    if latest is not None and asked.settings.as_of < latest:
        print(
            f"orchestration: the current release was judged as of {latest}; this run judges as of the earlier "
            f"{asked.settings.as_of}, and what it publishes will stand as on that day.",
            file=sys.stderr,
        )
    from orchestration.defs.flow import flow

    return flow(asked)


def day(text: str) -> date:
    """The day that is written as 2018-04-01; raises argparse.ArgumentTypeError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no day: write a day as 2018-04-01") from error


def sentence(error: Exception) -> str:
    """What went wrong before the flow began, for a person; of the system's errors, the path and the reason."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename} cannot be used ({error.strerror}): name another data root or inbox, or mend this one."
    return str(error)
