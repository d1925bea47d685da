"""Bundles: what a file is that holds other files, its members as (name, bytes), and several documents as one.

A Word or ODT file is one document, though it is packed the same way. Which documents belong together is decided
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from orchestration.reports.documents.model import Block, Cell, Document, Paragraph, Place, Span, Table
from orchestration.reports.documents.zipped import BROKEN, MOST_MEMBERS, ZIP, kind

_MOST_BYTES = 400_000_000
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_UTF8_NAME = 0x800


def begins_archive(head: bytes) -> bool:
    """Whether a file begins as zip archives do, Word and ODT files among them; four bytes are enough."""
    return head.startswith(_SIGNATURES)


def members(data: bytes, name: str) -> tuple[tuple[str, bytes], ...]:
    """The files in an archive as (`name!/path`, bytes), in the order of their paths; of any other file, itself.

    An archive that is broken, locked, empty or unpacks to more than 400 MB is left whole, for the reader to refuse.
    """
    if not begins_archive(data) or kind(data) != ZIP:
        return ((name, data),)
    try:
        with ZipFile(BytesIO(data)) as archive:
            found = sorted(_unpacked(archive))
    except BROKEN:
        found = []
    return tuple((f"{name}!/{path}", content) for path, content in found) or ((name, data),)


def _unpacked(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every file that a person put into the archive; raises ValueError where there is too much."""
    entries = archive.infolist()
    if len(entries) > MOST_MEMBERS:
        raise ValueError("too many members")
    left = _MOST_BYTES
    for entry in entries:
        path = _path(entry)
        parts = path.split("/")
        if entry.is_dir() or "__MACOSX" in parts or any(part.startswith((".", "~$")) for part in parts):
            continue
        with archive.open(entry) as stream:
            # What the archive says of its sizes may be wrong: the bytes that come out are counted.
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise ValueError("too large")
        yield path, content


def _path(entry: ZipInfo) -> str:
    """The path of a member; what does not say it is UTF-8 was mostly written by a Chinese Windows."""
    path = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        raw = path.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                path = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return path.replace("\\", "/").lstrip("/")


@dataclass(frozen=True)
class Bundle(Document):
    """Several documents read as one, in their order: the first gives the name and the id.

    Offsets count on through the parts; `place` answers as the part does that the span stands in.
    """

    parts: tuple[Document, ...] = field(default=(), compare=False)
    starts: tuple[int, ...] = field(default=(), compare=False)
    """The offset of `text` at which each part begins."""
    tables_before: tuple[int, ...] = field(default=(), compare=False)
    """How many tables stand in the parts before each."""

    def part_of(self, offset: int) -> int:
        """The index of the part in which this offset of `text` lies."""
        return max(index for index, start in enumerate(self.starts) if start <= offset)

    def place(self, span: Span) -> Place:
        """Where the span begins, as its part says it."""
        index = self.part_of(span.start)
        start = self.starts[index]
        return self.parts[index].place(Span(span.start - start, span.end - start))


def bundled(parts: Sequence[Document]) -> Bundle:
    """The documents as one; `parts` is not empty."""
    first = parts[0]
    starts, before, blocks = [], [], list[Block]()
    at = tables = 0
    for part in parts:
        starts.append(at)
        before.append(tables)
        blocks += [_moved(block, at, tables) for block in part.blocks]
        at += len(part.text) + 1
        tables += len(part.tables)
    return Bundle(
        document_id=first.document_id,
        name=first.name,
        media_type=first.media_type,
        text="\n".join(part.text for part in parts),
        folded="\n".join(part.folded for part in parts),
        blocks=tuple(blocks),
        issue_codes=tuple(dict.fromkeys(code for part in parts for code in part.issue_codes)),
        attachments=first.attachments,
        parts=tuple(parts),
        starts=tuple(starts),
        tables_before=tuple(before),
    )


def _moved(block: Block, by: int, tables: int) -> Block:
    """The block with its offsets moved on and, for a table, numbered on."""
    if isinstance(block, Paragraph):
        return replace(block, spans=tuple(_on(span, by) for span in block.spans))
    rows = tuple(tuple(_cell(cell, by) for cell in row) for row in block.rows)
    return Table(block.number + tables, rows, _on(block.span, by))


def _cell(cell: Cell, by: int) -> Cell:
    return cell._replace(span=_on(cell.span, by))


def _on(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
