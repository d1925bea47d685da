"""From the inbox into landing/: every file at any depth, once, as it came; of an archive, every member.

The inbox itself is never changed.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.reports.documents.bundle import begins_archive, members
from orchestration.settings import Settings
from orchestration.storage.files import clear_drafts
from orchestration.storage.layout import landing_lock, open_data_root
from orchestration.storage.originals import Landed, keep, keep_bytes, newest, record

UNFINISHED_ENDINGS = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".swp", ".lock", "~")
UNFINISHED_BEGINNINGS = (".", "~$")
SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class ArchiveSummary:
    """What one walk through the inbox saw.

    `files` were looked at or found in archives, `new` are rows of the manifest; `left_aside` are hidden, temporary and
    lock files and folders; `unreadable` are paths with what the system said.
    """

    inbox: Path
    files: int
    new: tuple[Landed, ...]
    left_aside: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...]


def archive(settings: Settings) -> ArchiveSummary:
    """Copy what is new in the inbox into landing/ and note where it stood; returns what was seen.

    A file is known by the path relative to the inbox (POSIX, NFC) and its bytes: the same bytes under a second path
    are one original and two rows, other bytes under the same path are two originals. Raises NotADirectoryError
    where there is no inbox, and OSError where landing/ cannot be written. A member of an archive is a file of the
    path `archive.zip!/member`.
    """
    if not settings.inbox.is_dir():
        raise NotADirectoryError(f"{settings.inbox} is no folder: name an existing folder as the inbox.")
    open_data_root(settings)
    seen: list[Landed] = []
    left_aside: list[str] = []
    unreadable: list[tuple[str, str]] = []
    with landing_lock(settings):
        clear_drafts(settings.landing)
        for path, wanted in _walk(settings, unreadable):
            uri = _uri(settings, path)
            if not wanted:
                left_aside.append(uri)
            elif not os.access(path, os.R_OK):
                unreadable.append((uri, os.strerror(errno.EACCES)))
            else:
                seen.extend(_kept(settings, path, uri))
        before = newest(settings)
        new = tuple(sorted({row for row in seen if before.get(row.source_uri) != row.document_id}))
        record(settings, new)
    return ArchiveSummary(settings.inbox, len(seen), new, tuple(left_aside), tuple(unreadable))


def _kept(settings: Settings, path: Path, uri: str) -> Iterator[Landed]:
    """The file in landing/, or the members of an archive there."""
    with path.open("rb") as file:
        packed = begins_archive(file.read(4))
    if not packed:
        yield Landed(uri, *keep(settings, path))
        return
    for name, content in members(path.read_bytes(), uri):
        yield Landed(unicodedata.normalize("NFC", name), *keep_bytes(settings, content))


def _uri(settings: Settings, path: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(settings.inbox).as_posix())


def _walk(settings: Settings, unreadable: list[tuple[str, str]]) -> Iterator[tuple[Path, bool]]:
    """Every file below the inbox with whether it is to be taken in; what is set aside as a folder comes as one path.

    Links to folders are followed, each folder once; the data root is not walked where the inbox lies above it.
    Folders that cannot be listed are added to `unreadable`.
    """

    def refuse(error: OSError) -> None:
        unreadable.append((_uri(settings, Path(error.filename)), error.strerror or str(error)))

    visited: set[tuple[int, int]] = set()
    for folder, names, files in os.walk(settings.inbox, onerror=refuse, followlinks=True):
        names.sort()
        for name in tuple(names):
            path = Path(folder, name)
            status = path.stat()
            if not _is_wanted(name):
                names.remove(name)
                yield path, False
            elif (status.st_dev, status.st_ino) in visited or path.resolve() == settings.data_root.resolve():
                names.remove(name)
            visited.add((status.st_dev, status.st_ino))
        for name in sorted(files):
            path = Path(folder, name)
            yield path, _is_wanted(name) and path.is_file()


def _is_wanted(name: str) -> bool:
    """Whether a name is that of a finished file or folder a person put there."""
    plain = name.lower()
    return not (plain.startswith(UNFINISHED_BEGINNINGS) or plain.endswith(UNFINISHED_ENDINGS) or plain in SYSTEM_NAMES)
