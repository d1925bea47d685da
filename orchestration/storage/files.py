"""Writing files so that a crash leaves either the old or the new; no knowledge of what the files hold."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path`, creating its folder; a reader sees the old bytes or the new, never a part.

    The bytes and the folder entry are on disk when it returns. Raises OSError (disk full, no permission), in which
    case `path` is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def switch_link(link: Path, target: Path) -> None:
    """Point the symbolic link `link` at `target` (stored relative to the link's folder) in one step.

    A reader follows the old link or the new one, never none. Raises OSError.
    """
    link.parent.mkdir(parents=True, exist_ok=True)
    draft = link.with_name(f".{link.name}.{secrets.token_hex(6)}.part")
    try:
        draft.symlink_to(os.path.relpath(target, link.parent))
        draft.replace(link)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(link.parent)


def sync_folder(folder: Path) -> None:
    """Make the entries of one folder durable (file contents are synced by whoever wrote them)."""
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
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(folder)
