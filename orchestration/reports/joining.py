"""Reports that come in several files: which files belong together, and the one report they are.

The prose stands in one file and the table in another; both are read as one document, so that every rule sees both.
Where the files lie is known to the caller alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from orchestration.registry.model import Registry
from orchestration.reports.documents.bundle import Bundle, bundled, members
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract_once, settle
from orchestration.reports.extractions.cells import read_tables
from orchestration.reports.extractions.model import Extraction, Reading
from orchestration.reports.provenance import with_finding_ids, with_ids

Contents = Literal["whole", "prose", "table", "nothing"]

_LIKELY = 0.5
_FEW_WORDS = 400
_MEMBER = "!/"
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Stands:
    """One file as it stands alone: where, what it holds, and whose report it is, if it says so.

    `uri` is its path, or `archive!/path`; `attachments` are the addresses that the page offers beside its text.
    """

    uri: str
    document_id: str
    contents: Contents
    agency_id: str | None
    report_year: int | None
    attachments: tuple[str, ...] = ()


def contents(document: Document, extraction: Extraction, registry: Registry) -> Contents:
    """What a file holds of a report: its prose, its table with at least one figure, both, or neither."""
    if any(reading.cell_id for reading in extraction.readings):
        told = any(reading.source_kind == "narrative" for reading in extraction.readings)
        return "whole" if told or _words(document) > _FEW_WORDS else "table"
    if extraction.report_id is not None:
        return "prose"
    best = next(iter(extraction.template_scores), None)
    if extraction.status != "unmatched" or best is None or best.score < _LIKELY or _words(document) > _FEW_WORDS:
        return "nothing"
    table = read_tables(document, registry.templates[best.template_id], registry)
    return "table" if any(reading.value is not None for reading in table.readings) else "nothing"


def _words(document: Document) -> int:
    """How many characters stand outside the tables."""
    return sum(span.end - span.start for paragraph in document.paragraphs for span in paragraph.spans)


def belonging(files: Sequence[Stands]) -> dict[str, str]:
    """The document with the prose for every document that holds the table of the same report, by document_id.

    A table belongs to the one prose that names it among its attachments, lies beside it in the same archive, bears
    its name with something added, or is the same agency's for the same year. Where several could be meant, or the
    table says another agency or year, nothing is joined.
    """
    prose = [file for file in files if file.contents == "prose"]
    found: dict[str, str] = {}
    for table in (file for file in files if file.contents == "table"):
        mains = {main.document_id for main in prose if _agree(main, table) and _belongs(main, table)}
        if len(mains) == 1 and table.document_id not in mains:
            found.setdefault(table.document_id, mains.pop())
    return found


def _agree(main: Stands, table: Stands) -> bool:
    """Whether the table says nothing else about agency and year."""
    return table.agency_id in (None, main.agency_id) and table.report_year in (None, main.report_year)


def _belongs(main: Stands, table: Stands) -> bool:
    if table.agency_id is not None and table.report_year is not None:
        return True
    ours, theirs = PurePosixPath(main.uri), PurePosixPath(table.uri)
    if ours.parent != theirs.parent:
        return False
    named = {PurePosixPath(_unescaped(address)).name for address in main.attachments}
    return _MEMBER in table.uri or theirs.name in named or theirs.stem.startswith(ours.stem)


def _unescaped(address: str) -> str:
    """An address with its %XX escapes as the characters they stand for."""
    raw = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), address.encode())
    return raw.decode("utf-8", "replace")


def opened(data: bytes, name: str) -> tuple[Document, ...]:
    """The documents in a file: its members where it is an archive, itself otherwise."""
    return tuple(read(content, path) for path, content in members(data, name))


def grouped(documents: Sequence[Document], registry: Registry) -> tuple[tuple[Document, ...], ...]:
    """The documents of one archive, report by report: the main document first, then what belongs to it."""
    if len(documents) == 1:
        return (tuple(documents),)
    stands = [_stands(document, registry) for document in documents]
    mains = belonging(stands)
    return tuple(
        (document, *(part for part in documents if mains.get(part.document_id) == document.document_id))
        for document in documents
        if document.document_id not in mains
    )


def _stands(document: Document, registry: Registry) -> Stands:
    settled, alone = settle(document, registry)
    held = contents(settled, alone, registry)
    year = alone.identity.report_year
    return Stands(document.name, document.document_id, held, alone.agency_id, year, document.attachments)


def settle_together(parts: Sequence[Document], registry: Registry) -> tuple[Document, Extraction]:
    """`settle` for the parts of one report as one document, in which offsets and tables count on."""
    if len(parts) == 1:
        return settle(parts[0], registry)
    whole = bundled([settle(part, registry)[0] for part in parts])
    return whole, extract_once(whole, registry)


def extract_together(parts: Sequence[Document], registry: Registry) -> Extraction:
    """Everything that the parts of one report say, as one: the first is its main document, the others attachments.

    A reading says in `document_id` which attachment it stands in; its offsets, lines, pages and table numbers are
    those of that document.
    """
    whole, extraction = settle_together(parts, registry)
    if not isinstance(whole, Bundle):
        return extraction
    readings = tuple(_identified([_apart(reading, whole) for reading in extraction.readings], whole))
    ids = {old.reading_id: new.reading_id for old, new in zip(extraction.readings, readings, strict=True)}
    told = (replace(finding, readings=tuple(ids[one] for one in finding.readings)) for finding in extraction.findings)
    return replace(extraction, readings=readings, findings=with_finding_ids(whole.document_id, told))


def extract_apart(parts: Sequence[Document], registry: Registry) -> Iterator[Extraction]:
    """What `extract_together` says, file by file: each with its own readings; the findings are with the first."""
    whole = extract_together(parts, registry)
    yield replace(whole, readings=tuple(one for one in whole.readings if one.document_id is None))
    for part in parts[1:]:
        own = tuple(one for one in whole.readings if one.document_id == part.document_id)
        yield replace(
            whole,
            document_id=part.document_id,
            name=part.name,
            media_type=part.media_type,
            readings=own,
            findings=(),
        )


def _apart(reading: Reading, whole: Bundle) -> Reading:
    """The reading as it stands in its own part."""
    index = whole.part_of(reading.char_start)
    part, start, tables = whole.parts[index], whole.starts[index], whole.tables_before[index]
    return replace(
        reading,
        char_start=reading.char_start - start,
        char_end=reading.char_end - start,
        table_no=None if reading.table_no is None else reading.table_no - tables,
        document_id=part.document_id if index else None,
    )


def _identified(readings: Iterable[Reading], whole: Bundle) -> Iterator[Reading]:
    for reading in readings:
        yield from with_ids(reading.document_id or whole.document_id, [reading])
