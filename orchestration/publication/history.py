"""The releases of a data root: which there are, which is current, going back to one, letting old ones go.

No release is made or changed here.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock

from orchestration.publication.verify import verify
from orchestration.settings import Settings
from orchestration.storage.files import remove, rename_folder, switch_link

RELEASE_ID = re.compile(r"v(\d{4})\.(\d{2})\.(\d+)")
DRAFTS = ("draft-*", ".current.*.part")
"""What an interrupted publication, or an interrupted removal, leaves behind."""


class ReleaseError(Exception):
    """There is no such release, or it is not as it was published; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A release that is there: its folder, named by its id, and whether `current` points to it.

    `judged_as_of` is the day it was made as of, `years` are those it has content of and `stale` those of them whose
    content is older; None and empty where the folder does not tell.
    """

    folder: Path
    is_current: bool
    judged_as_of: date | None
    years: tuple[int, ...]
    stale: tuple[int, ...]


@contextmanager
def publication_lock(settings: Settings) -> Iterator[None]:
    """Hold publication/ for oneself; what an interrupted publication left there is removed first."""
    settings.publication.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.publication / ".lock"):
        for pattern in DRAFTS:
            for remains in settings.publication.glob(pattern):
                if remains.is_dir() and not remains.is_symlink():
                    shutil.rmtree(remains)
                else:
                    remove(remains)
        yield


def current_release(settings: Settings) -> Path | None:
    """The folder that `current` points to, or None when nothing has been published."""
    link = settings.publication / "current"
    return link.resolve() if link.exists() else None


def release_folders(settings: Settings) -> list[Path]:
    """The folders of all releases, oldest id first."""
    return sorted(
        (path for path in (settings.publication / "releases").glob("v*") if RELEASE_ID.fullmatch(path.name)), key=number
    )


def newer_release(settings: Settings) -> Path | None:
    """The folder of the newest release where an older one is the current one; None where there is none newer."""
    current, folders = current_release(settings), release_folders(settings)
    return folders[-1] if current is not None and folders and folders[-1].resolve() != current else None


def number(folder: Path) -> tuple[int, int, int]:
    """Year, month and count of a release's id. Raises ValueError for a folder that is named otherwise."""
    match = RELEASE_ID.fullmatch(folder.name)
    if match is None:
        raise ValueError(f"{folder.name} is no release id")
    return int(match[1]), int(match[2]), int(match[3])


def releases(settings: Settings) -> list[Kept]:
    """Every release, oldest id first."""
    current = current_release(settings)
    return [
        Kept(folder, folder.resolve() == current, _judged_as_of(folder), *_years(folder))
        for folder in release_folders(settings)
    ]


def _judged_as_of(folder: Path) -> date | None:
    try:
        told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        return datetime.fromisoformat(told["created"]).date()
    except (OSError, ValueError, KeyError):
        return None


def _years(folder: Path) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The years with content, and those of them with older content, as the verdicts of a release tell."""
    held, stale = [], []
    try:
        for path in sorted(folder.glob("verdicts/*.json")):
            told = json.loads(path.read_text(encoding="utf-8"))
            content = told if told["passed"] else told.get("published")
            if content and content["reports"]:
                held.append(int(path.stem))
                stale += [] if told["passed"] else [int(path.stem)]
    except (OSError, ValueError, KeyError):
        return (), ()
    return tuple(held), tuple(stale)


def use(settings: Settings, release_id: str) -> Path:
    """Make a release the current one again, in one step, and return its folder.

    The next publication compares with it, and makes the newest content current again where the verdicts still pass.
    Raises ReleaseError when there is no such release or `verify` finds it damaged.
    """
    with publication_lock(settings):
        found = {folder.name: folder for folder in release_folders(settings)}
        if release_id not in found:
            raise ReleaseError(f"there is no release {release_id!r}; `releases list` names those there are")
        problems = verify(found[release_id])
        if problems:
            raise ReleaseError(f"{release_id} is not as it was published: {'; '.join(problems[:5])}")
        switch_link(settings.publication / "current", found[release_id])
        return found[release_id]


def prune(settings: Settings, keep: int) -> list[str]:
    """Remove all but the `keep` newest releases and return the ids of those removed, oldest first.

    The current release, which the gate compares with, always stays. Files that a release shares with a later one stay
    there. Raises ValueError when `keep` is below 1.
    """
    with publication_lock(settings):
        return remove_old(settings, keep)


def remove_old(settings: Settings, keep: int) -> list[str]:
    """What `prune` does, for whoever holds the lock."""
    if keep < 1:
        raise ValueError(f"keep {keep} releases: at least one has to stay")
    removed = []
    for release in releases(settings)[:-keep]:
        if not release.is_current:
            gone = settings.publication / f"draft-{release.folder.name}"
            rename_folder(release.folder, gone)
            shutil.rmtree(gone)
            removed.append(release.folder.name)
    return removed
