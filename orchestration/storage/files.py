"""Writing files so that a crash leaves either the old or the new; no knowledge of what the files hold.

Every step that changes the disk is announced to `about_to`, the seam at which a test can end the process.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Literal

Step = Literal["write", "sync", "rename", "link", "remove"]


def _go_on(step: Step, path: Path) -> None:
    """What happens before a step outside of tests: nothing."""


about_to: Callable[[Step, Path], None] = _go_on


def write_atomically(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write `data` to `path`, creating its folder; a reader sees the old bytes or the new, never a part.

    The bytes and the folder entry are on disk when it returns; `mode` are its permissions, where they are not the
    usual ones. Raises OSError (disk full, no permission), in which case `path` is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path)
    try:
        with draft.open("wb") as file:
            about_to("write", path)
            file.write(data)
            file.flush()
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            about_to("sync", path)
            os.fsync(file.fileno())
        about_to("rename", path)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def append(path: Path, data: bytes) -> None:
    """Append whole lines to `path`, creating its folder; durable when it returns. Raises OSError.

    What a crash left of a line at the end is cut off first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        if file.tell():
            about_to("write", path)
            file.truncate(path.read_bytes().rfind(b"\n") + 1)
        about_to("write", path)
        file.write(data)
        file.flush()
        about_to("sync", path)
        os.fsync(file.fileno())
    sync_folder(path.parent)


def write_draft(path: Path, data: bytes) -> None:
    """Write a file of a folder that nobody reads before `sync_tree` and `rename_folder`. Raises OSError."""
    about_to("write", path)
    path.write_bytes(data)


def rename_folder(folder: Path, target: Path) -> None:
    """Give a folder its final name in one step; durable when it returns. Raises OSError where `target` exists."""
    about_to("rename", target)
    folder.rename(target)
    sync_folder(target.parent)


def switch_link(link: Path, target: Path) -> None:
    """Point the symbolic link `link` at `target` (stored relative to the link's folder) in one step.

    A reader follows the old link or the new one, never none. Raises OSError.
    """
    link.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(link)
    try:
        about_to("link", link)
        draft.symlink_to(os.path.relpath(target, link.parent))
        about_to("rename", link)
        draft.replace(link)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(link.parent)


def _draft(path: Path) -> Path:
    """Where the next content of `path` is written: a name that says which process writes it."""
    return path.with_name(f".{path.name}.{secrets.token_hex(6)}.{os.getpid()}.part")


def clear_drafts(folder: Path) -> None:
    """Remove what processes that have ended left half-written below `folder`; call it under the folder's lock."""
    for path in folder.rglob(".*.part"):
        if not _is_running(int(path.name.split(".")[-2])):
            remove(path)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove(path: Path) -> None:
    """Remove a file, if it is there. Raises OSError."""
    about_to("remove", path)
    path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the entries of one folder durable (file contents are synced by whoever wrote them)."""
    about_to("sync", folder)
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_tree(folder: Path) -> None:
    """Make every file and folder below `folder`, and `folder` itself, durable."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        elif path.is_file() and not path.is_symlink():
            about_to("sync", path)
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(folder)
