"""The layout of a data root: its version, the way from older ones, the locks that keep two processes from one file.

Whoever needs two locks takes warehouse_lock before extractions_lock, so that no two wait for each other.

No knowledge of what the files hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from orchestration.settings import Settings
from orchestration.storage.files import write_atomically

LAYOUT_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Migration:
    """How a data root of one layout becomes one of the next: a function that may be run again after a crash."""

    old: str
    new: str
    migrate: Callable[[Path], None]


MIGRATIONS: tuple[Migration, ...] = ()
"""One step from each older layout that can still be read; layout 1 is the first."""


class LayoutError(Exception):
    """The data root was laid out by another version of this project; the message says what to do."""


def open_data_root(settings: Settings) -> None:
    """Create the data root and its VERSION where there is none, and bring an older layout to this one, step by step.

    VERSION is rewritten after every step, so that an interrupted migration goes on where it was. Raises LayoutError
    when no steps lead from the layout that VERSION names to this one, or data lie there without a VERSION, before
    anything is changed.
    """
    version_file = settings.data_root / "VERSION"
    if not version_file.exists():
        with _lock(settings, "layout"):
            _mark(settings, version_file)
    elif _read(version_file) != LAYOUT_VERSION:
        with _lock(settings, "layout"):
            for step in _steps(version_file):
                step.migrate(settings.data_root)
                write_atomically(version_file, f"{step.new}\n".encode())


def _mark(settings: Settings, version_file: Path) -> None:
    """Write the VERSION of a new data root, unless another process has just done so."""
    if version_file.exists():
        return
    if any(path.exists() for path in (settings.landing, settings.extractions, settings.publication)):
        raise LayoutError(
            f"{version_file} is missing though {settings.data_root} holds data, so their layout is unknown: "
            "put the file back from a backup, or use another data root."
        )
    write_atomically(version_file, f"{LAYOUT_VERSION}\n".encode())


def _read(version_file: Path) -> str:
    return version_file.read_text(encoding="utf-8").strip()


def _steps(version_file: Path) -> list[Migration]:
    """The migrations that lead from the layout of the data root to this one."""
    found = _read(version_file)
    by_old = {step.old: step for step in MIGRATIONS}
    steps, reached = [], found
    while reached != LAYOUT_VERSION:
        if reached not in by_old:
            raise LayoutError(
                f"{version_file} names layout {found!r}, and this version reads layout {LAYOUT_VERSION!r}: "
                "use the version of the project that wrote it, or another data root."
            )
        steps.append(by_old.pop(reached))
        reached = steps[-1].new
    return steps


def warehouse_lock(settings: Settings) -> FileLock:
    """The lock to hold while writing warehouse.duckdb; a context manager that waits for the one who has it."""
    return _lock(settings, "warehouse")


def landing_lock(settings: Settings) -> FileLock:
    """The lock to hold while adding to landing/; a context manager that waits for the one who has it."""
    return _lock(settings, "landing")


def extractions_lock(settings: Settings) -> FileLock:
    """The lock to hold while rewriting extractions/, or reading several of its files that must fit together.

    A context manager that waits for the one who has it.
    """
    return _lock(settings, "extractions")


def _lock(settings: Settings, name: str) -> FileLock:
    settings.data_root.mkdir(parents=True, exist_ok=True)
    return FileLock(settings.data_root / f".{name}.lock", is_singleton=True)
