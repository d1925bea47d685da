"""landing/ on disk: originals by the hash of their bytes, and the append-only manifest of where they came from.

Which files are taken in is decided elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from orchestration.settings import Settings
from orchestration.storage.files import append, write_atomically


@dataclass(frozen=True, slots=True, order=True)
class Landed:
    """One row of the manifest: `source_uri` is the path relative to the inbox, `document_id` the bytes it had."""

    source_uri: str
    document_id: str
    byte_size: int

    @property
    def source_file_name(self) -> str:
        """The last part of the path."""
        return self.source_uri.rpartition("/")[2]


def landed(settings: Settings) -> tuple[Landed, ...]:
    """Every file that has landed, sorted by path and document; empty where nothing has."""
    return tuple(sorted(set(_rows(settings))))


def newest(settings: Settings) -> dict[str, str]:
    """For every path the document that was last seen under it."""
    return {row.source_uri: row.document_id for row in _rows(settings)}


def _rows(settings: Settings) -> list[Landed]:
    """The manifest in the order it was written; a last line that a crash tore off is left out."""
    manifest = _manifest(settings)
    if not manifest.exists():
        return []
    return [Landed(**json.loads(line)) for line in manifest.read_bytes().split(b"\n")[:-1]]


def record(settings: Settings, rows: Sequence[Landed]) -> None:
    """Append rows to the manifest; durable when it returns. Call it under landing_lock."""
    if not rows:
        return
    text = "".join(json.dumps(asdict(row), ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    append(_manifest(settings), text.encode())


def original(settings: Settings, document_id: str) -> Path:
    """Where the bytes of a document lie."""
    return settings.landing / "originals" / document_id[:2] / document_id


def keep(settings: Settings, source: Path) -> tuple[str, int]:
    """Copy a file's bytes into landing/ unless they are there; returns their SHA-256 and their number.

    What is kept is what was hashed, also when the file changes while it is read; originals are read-only and never
    overwritten. Raises OSError where the file cannot be read.
    """
    with source.open("rb") as file:
        document_id = hashlib.file_digest(file, "sha256").hexdigest()
    if original(settings, document_id).exists():
        return document_id, original(settings, document_id).stat().st_size
    return keep_bytes(settings, source.read_bytes())


def keep_bytes(settings: Settings, data: bytes) -> tuple[str, int]:
    """Keep these bytes in landing/ unless they are there; returns their SHA-256 and their number."""
    document_id = hashlib.sha256(data).hexdigest()
    target = original(settings, document_id)
    if not target.exists():
        write_atomically(target, data, mode=0o444)
    return document_id, len(data)


def _manifest(settings: Settings) -> Path:
    return settings.landing / "manifest.jsonl"
