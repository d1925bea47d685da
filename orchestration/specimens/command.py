"""`python -m orchestration specimens`: write reports of our own wording with their truth."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

WRONG_USAGE = 2
FORMATS = ("txt", "html", "docx", "odt", "pdf")


def add_specimens(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `specimens` with its arguments."""
    parser = commands.add_parser("specimens", help="write synthetic reports with known truth")
    parser.add_argument("--years", type=years, required=True, metavar="Y-Y", help="2014-2018, or 2014,2016")
    parser.add_argument("--agencies", type=int, required=True, metavar="N", help="so many agencies, each every year")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed writes the same bytes")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder, for reports/ and truth/")
    parser.add_argument("--damage", choices=("none", "some", "all"), default="some", help="which have faults planted")
    parser.add_argument("--formats", choices=FORMATS, nargs="+", default=["txt"], help="each report in one of these")
    parser.add_argument(
        "--bundles",
        type=float,
        default=0,
        metavar="SHARE",
        help="so many have their table in another file",
    )
    parser.add_argument(
        "--across-years",
        action="store_true",
        help="the agencies' histories as an inbox: with revisions, copies, late, lost and missing reports, and figures "
        "that do not fit the year before; truth/across_years.csv tells them (--damage has no say)",
    )
    parser.add_argument(
        "--struck", type=float, default=0.2, metavar="SHARE", help="so many of those reports are struck"
    )
    parser.add_argument(
        "--failing-year",
        type=int,
        action="append",
        default=[],
        metavar="Y",
        help="most reports of it lost their figures",
    )
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Write the specimens; returns the exit status of CONTRACT, section 3."""
    from orchestration.registry.load import RegistryError, load
    from orchestration.specimens.events import Events
    from orchestration.specimens.produce import write_specimens
    from orchestration.specimens.truth_across import write_histories

    try:
        if asked.out.exists() and any(asked.out.iterdir()):
            raise ValueError(f"{asked.out} is not empty, and two sets would mix: name a new folder as --out.")
        wished = (load(), asked.years, asked.agencies, asked.seed, asked.out)
        if asked.across_years:
            events = Events(asked.struck, tuple(asked.failing_year))
            count = write_histories(*wished, events, asked.formats, asked.bundles)
        else:
            count = write_specimens(*wished, asked.damage, asked.formats, asked.bundles)
    except (RegistryError, ValueError) as error:
        print(f"orchestration: {error}", file=sys.stderr)
        return WRONG_USAGE
    except OSError as error:
        print(f"orchestration: cannot write {error.filename}: {error.strerror}; name another --out.", file=sys.stderr)
        return WRONG_USAGE
    print(f"{count} reports in {asked.out / 'reports'}, their truth in {asked.out / 'truth'}")
    return 0


def years(text: str) -> list[int]:
    """The years of 2014-2018 or 2014,2016,2018; raises argparse.ArgumentTypeError for anything else."""
    found: list[int] = []
    for part in text.split(","):
        hit = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", part.strip())
        if hit is None or int(hit[2] or hit[1]) < int(hit[1]):
            raise argparse.ArgumentTypeError(f"{text} is no list of years: write 2014-2018 or 2014,2016")
        found += range(int(hit[1]), int(hit[2] or hit[1]) + 1)
    return sorted(set(found))
