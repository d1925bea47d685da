"""The layout of a data root: its version, and the locks that keep two processes from one file.

Whoever needs two locks takes warehouse_lock before extractions_lock, so that no two wait for each other.

No knowledge of what the files hold.
"""

from __future__ import annotations

from filelock import FileLock

from orchestration.settings import Settings
from orchestration.storage.files import write_atomically

LAYOUT_VERSION = "1"


class LayoutError(Exception):
    """The data root was laid out by another version of this project; the message says what to do."""


def open_data_root(settings: Settings) -> None:
    """Create the data root and its VERSION where there is none.

    Raises LayoutError when VERSION names another layout, so that no file of it is half-read.
    """
    version_file = settings.data_root / "VERSION"
    if not version_file.exists():
        write_atomically(version_file, f"{LAYOUT_VERSION}\n".encode())
        return
    found = version_file.read_text(encoding="utf-8").strip()
    if found != LAYOUT_VERSION:
        raise LayoutError(
            f"{version_file} names layout {found!r}, and this version reads layout {LAYOUT_VERSION!r}: "
            "use the version of the project that wrote it, or another data root."
        )


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
