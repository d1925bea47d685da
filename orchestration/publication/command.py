"""`python -m orchestration verify` and `releases`: check a release, list them, go back to one, remove old ones."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.settings import Settings

if TYPE_CHECKING:
    from orchestration.publication.history import Kept

WRONG_USAGE = 2
FAILED = 4


def add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `verify` with its argument."""
    parser = commands.add_parser("verify", help="check a release against its checksums and its dictionary")
    parser.add_argument("release", nargs="?", metavar="RELEASE", help="a release id or folder; default: current")
    _add_data_root(parser)
    parser.set_defaults(run=run_verify)


def add_releases(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `releases` with what it can do: list, use, prune."""
    parser = commands.add_parser("releases", help="list the releases, go back to one, remove old ones")
    asked = parser.add_subparsers(dest="action", required=True)
    listed = asked.add_parser("list", help="every release, oldest first, the current one marked")
    used = asked.add_parser("use", help="make a release the current one, until the next publication")
    used.add_argument("release", metavar="RELEASE", help="the id of a release, as `list` prints it")
    pruned = asked.add_parser("prune", help="remove all but the newest releases; the current one always stays")
    pruned.add_argument("--keep", type=int, metavar="N", help="so many stay; default: OGI_KEEP_RELEASES")
    for action in (listed, used, pruned):
        _add_data_root(action)
        action.set_defaults(run=run_releases)


def run_verify(asked: argparse.Namespace) -> int:
    """Verify one release; returns the exit status of CONTRACT, section 3."""
    from orchestration.publication.verify import verify

    try:
        publication = Settings.read(data_root=asked.data_root).publication
    except ValueError as error:
        return _refuse(str(error))
    named = publication / "releases" / asked.release if asked.release else publication / "current"
    release = named if named.is_dir() else Path(asked.release or named)
    if not release.is_dir():
        return _refuse(f"{release} is no folder: name a release by its id or its folder.")
    problems = verify(release)
    print("\n".join(problems) if problems else f"{release.resolve().name}: as it was published.")
    return FAILED if problems else 0


def run_releases(asked: argparse.Namespace) -> int:
    """List, use or prune; returns the exit status of CONTRACT, section 3."""
    from orchestration.publication.history import ReleaseError, prune, releases, use
    from orchestration.storage.layout import LayoutError, open_data_root

    try:
        settings = Settings.read(data_root=asked.data_root)
        open_data_root(settings)
        if asked.action == "list":
            for release in releases(settings):
                print(_line(release))
        elif asked.action == "use":
            print(f"current: {use(settings, asked.release)}")
        else:
            keep = asked.keep if asked.keep is not None else settings.keep_releases
            if keep is None:
                return _refuse("how many releases shall stay? Say --keep N or set OGI_KEEP_RELEASES.")
            removed = prune(settings, keep)
            print(f"removed: {', '.join(removed) or 'nothing'}")
    except (LayoutError, ReleaseError, ValueError, OSError) as error:
        return _refuse(str(error))
    return 0


def _line(release: Kept) -> str:
    """A release in one line: current or not, its id, the day it was judged as of, its years, its folder."""
    stale = f" (stale: {', '.join(map(str, release.stale))})" if release.stale else ""
    years = ", ".join(map(str, release.years)) or "none"
    mark, which = ("*", "  current") if release.is_current else (" ", "")
    told = f"as of {release.judged_as_of or 'unknown'}  years: {years}{stale}  {release.folder}{which}"
    return f"{mark} {release.folder.name}  {told}"


def _add_data_root(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-root", type=Path, metavar="DIR", help="default: OGI_DATA_ROOT, else ./data")


def _refuse(sentence: str) -> int:
    print(f"orchestration: {sentence}", file=sys.stderr)
    return WRONG_USAGE
