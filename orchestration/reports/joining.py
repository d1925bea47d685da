"""Reports that come in several files: which files belong together, and the one report they are.

The prose stands in one file and the table in another; both are read as one document, so that every rule sees both. A
table goes to a prose only where nothing else could be meant and nothing in it says otherwise. Where the files lie is
known to the caller alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from orchestration.registry.model import Registry
from orchestration.reports.documents.bundle import Bundle, bundled, members
from orchestration.reports.documents.model import Document, Paragraph
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract_once, settle
from orchestration.reports.extractions.cells import read_tables
from orchestration.reports.extractions.model import Extraction, Identity, Reading
from orchestration.reports.provenance import with_finding_ids, with_ids

Contents = Literal["whole", "prose", "table", "nothing"]

_LIKELY = 0.5
_FEW_WORDS = 400
_MEMBER = "!/"
_PROSE_AND_TABLE = 2
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_OPEN = ("ambiguous", "unresolved")
_DOUBTS = frozenset({"agency_mismatch", "foreign_year", "period_not_calendar_year"})
_ENDINGS = ("governments", "township_endings", "department_endings", "institution_endings")


@dataclass(frozen=True, slots=True)
class Alone:
    """What one document holds and says when it is read alone.

    `names` are how it names its agency, of a table every body named beside it; `years` those a table names; `doubts`
    what speaks against one agency and one year; `attachments` the addresses that the page offers beside its text.
    """

    document_id: str
    contents: Contents
    agency_id: str | None
    report_year: int | None
    names: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


def alone(document: Document, extraction: Extraction, registry: Registry) -> Alone:
    """What the document, as it was settled, holds and says alone."""
    held = _contents(document, extraction, registry)
    identity = extraction.identity
    bodies = _bodies(document, registry) if held == "table" else ()
    # A table whose name lacks its county says a name, but not yet whose it is.
    open_ = held == "table" and identity.region_resolution in _OPEN
    return Alone(
        document_id=extraction.document_id,
        contents=held,
        agency_id=None if open_ else extraction.agency_id,
        report_year=identity.report_year,
        names=bodies if held == "table" and not open_ else (*bodies, *_own_names(identity, registry)),
        years=_years(document) if held == "table" else (),
        doubts=doubts(extraction),
        attachments=document.attachments,
    )


def doubts(extraction: Extraction) -> tuple[str, ...]:
    """What speaks against one agency, one year and one table, as issue codes and rule ids."""
    codes = {*extraction.identity.issue_codes, *extraction.issue_codes}
    rules = {finding.rule_id for finding in extraction.findings} & _DOUBTS
    return tuple(sorted(rules | {code for code in codes if code.endswith("_conflicting") or code == "duplicate_row"}))


def _contents(document: Document, extraction: Extraction, registry: Registry) -> Contents:
    """What a file holds of a report: its prose, its table with at least one figure, both, or neither."""
    if any(reading.cell_id for reading in extraction.readings):
        told = any(reading.source_kind == "narrative" for reading in extraction.readings)
        return "whole" if told or len(_beside(document)) > _FEW_WORDS else "table"
    if extraction.report_id is not None:
        return "prose"
    best = next(iter(extraction.template_scores), None)
    if extraction.status != "unmatched" or best is None or best.score < _LIKELY or len(_beside(document)) > _FEW_WORDS:
        return "nothing"
    table = read_tables(document, registry.templates[best.template_id], registry)
    return "table" if any(reading.value is not None for reading in table.readings) else "nothing"


def _beside(document: Document) -> str:
    """The words outside the tables, marks of pages and navigation among them."""
    prose = (block for block in document.blocks if isinstance(block, Paragraph))
    return "\n".join(document.folded[span.start : span.end] for paragraph in prose for span in paragraph.spans)


def _years(document: Document) -> tuple[int, ...]:
    return tuple(sorted({int(year) for year in _YEAR.findall("".join(document.folded.split()))}))


def _own_names(identity: Identity, registry: Registry) -> tuple[str, ...]:
    """How the prose names its agency, also without the word for a government or an office."""
    name = identity.agency_name or ""
    short = [name.removesuffix(word) for word in registry.wording["identity"]["left_out_of_names"]]
    return tuple(dict.fromkeys(one for one in (name, identity.agency_name_as_printed or "", *short) if one))


def _bodies(document: Document, registry: Registry) -> tuple[str, ...]:
    """The bodies that are named beside a table."""
    words = registry.wording["identity"]
    endings = sorted({ending for key in _ENDINGS for ending in words[key]}, key=len, reverse=True)
    named = re.compile(rf"[\u4e00-\u9fff]{{2,}}?(?:{'|'.join(map(re.escape, endings))})(?![\u4e00-\u9fff])")
    text = _beside(document)
    for head in sorted((*words["statistics_tables"], *words["topics"], *words["agency_labels"]), key=len, reverse=True):
        text = text.replace(head, " ")
    return tuple(dict.fromkeys(named.findall(text)))


@dataclass(frozen=True, slots=True)
class Standing:
    """One file and where it lies: its path, or `archive!/path`. `newest`: no other bytes came under its path since."""

    uri: str
    said: Alone
    newest: bool = True


class _Folder:
    """What lies in one folder: its prose by the name of the file and by the attachments it offers."""

    def __init__(self) -> None:
        self._uris: set[str] = set()
        self._prose: list[Standing] = []
        self._called: defaultdict[str, list[Standing]] = defaultdict(list)
        self._offering: defaultdict[str, list[Standing]] = defaultdict(list)

    def add(self, file: Standing) -> None:
        """Take in a file that holds something of a report."""
        if file.said.contents != "nothing":
            self._uris.add(file.uri)
        if file.said.contents == "prose":
            self._prose.append(file)
            self._called[PurePosixPath(file.uri).stem].append(file)
            for name in {PurePosixPath(_unescaped(address)).name for address in file.said.attachments}:
                self._offering[name].append(file)

    def mains_of(self, table: Standing, words: Sequence[str]) -> list[Standing]:
        """The prose that offers the table, whose name it bears with one of `words` added, or that it is alone with."""
        if _MEMBER in table.uri and len(self._uris) == _PROSE_AND_TABLE:
            return self._prose
        path = PurePosixPath(table.uri)
        called = (
            main
            for end in range(1, len(path.stem))
            if any(word in path.stem[end:] for word in words)
            for main in self._called.get(path.stem[:end], ())
        )
        return list(dict.fromkeys((*self._offering.get(path.name, ()), *called)))


def belonging(files: Sequence[Standing], registry: Registry) -> dict[tuple[str, str], tuple[str, ...]]:
    """For every file that holds a table of another's report the main documents it belongs to, the newest first.

    Keys are (uri, document_id), values document ids. A table belongs to the prose, in all versions, that names it among
    its attachments, alone lies beside it in the folder of an archive, bears the same name without the word for a table,
    or is the same agency's for the same year. Where two paths could be meant, or the table says another agency or year,
    nothing is joined; nor is an older version of a table.
    """
    words = registry.wording["identity"]["attachment_names"]
    folders: defaultdict[PurePosixPath, _Folder] = defaultdict(_Folder)
    whose = defaultdict(list)
    for file in files:
        folders[PurePosixPath(file.uri).parent].add(file)
        if file.said.contents == "prose":
            whose[file.said.agency_id, file.said.report_year].append(file)
    found = {}
    for table in (file for file in files if file.said.contents == "table" and file.newest):
        if table.said.agency_id is not None and table.said.report_year is not None:
            mains = whose[table.said.agency_id, table.said.report_year]
        else:
            mains = folders[PurePosixPath(table.uri).parent].mains_of(table, words)
        if len({main.uri for main in mains}) == 1 and all(_agree(main.said, table.said) for main in mains):
            ordered = sorted(mains, key=lambda main: (not main.newest, main.said.document_id))
            found[table.uri, table.said.document_id] = tuple(main.said.document_id for main in ordered)
    return found


def _agree(main: Alone, table: Alone) -> bool:
    """Whether the table names no other agency and no other year than the prose does."""
    return (
        table.agency_id in (None, main.agency_id)
        and table.report_year in (None, main.report_year)
        and (not table.years or main.report_year in table.years)
        and all(any(theirs in ours or ours in theirs for ours in main.names) for theirs in table.names)
    )


def holds_together(together: Alone, main: Alone) -> bool:
    """Whether the parts read as one give the report of the main document, and raise no doubt that it had not alone."""
    same = (together.agency_id, together.report_year) == (main.agency_id, main.report_year)
    return same and set(together.doubts) <= set(main.doubts)


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
    said = [alone(*settle(document, registry), registry) for document in documents]
    stands = [Standing(document.name, one) for document, one in zip(documents, said, strict=True)]
    mains = {uri: ids[0] for (uri, _), ids in belonging(stands, registry).items()}
    groups = []
    for document, one in zip(documents, said, strict=True):
        parts = (document, *(part for part in documents if mains.get(part.name) == document.document_id))
        if len(parts) > 1 and not holds_together(alone(*settle_together(parts, registry), registry), one):
            mains = {uri: main for uri, main in mains.items() if main != document.document_id}
            parts = (document,)
        groups.append(parts)
    return tuple(group for group in groups if group[0].name not in mains)


def settle_together(parts: Sequence[Document], registry: Registry) -> tuple[Document, Extraction]:
    """`settle` for the parts of one report as one document, in which offsets and tables count on."""
    if len(parts) == 1:
        return settle(parts[0], registry)
    whole = bundled([settle(part, registry)[0] for part in parts])
    return whole, extract_once(whole, registry)


def extract_together(parts: Sequence[Document], registry: Registry) -> Extraction:
    """Everything that the parts of one report say, as one: the first is its main document, the others attachments."""
    return apart(*settle_together(parts, registry))


def apart(whole: Document, extraction: Extraction) -> Extraction:
    """The extraction of a bundle with every figure in its own part; of one document, as it is.

    A reading says in `document_id` which attachment it stands in; its offsets, lines, pages and table numbers are
    those of that document.
    """
    if not isinstance(whole, Bundle):
        return extraction
    readings = tuple(_identified([_in_its_part(reading, whole) for reading in extraction.readings], whole))
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


def _in_its_part(reading: Reading, whole: Bundle) -> Reading:
    """The reading as it stands in its own part."""
    index = whole.part_of(reading.char_start)
    part, start, tables = whole.parts[index], whole.starts[index], whole.tables_before[index]
    return reading._replace(
        char_start=reading.char_start - start,
        char_end=reading.char_end - start,
        table_no=None if reading.table_no is None else reading.table_no - tables,
        document_id=part.document_id if index else None,
    )


def _identified(readings: Iterable[Reading], whole: Bundle) -> Iterator[Reading]:
    """The readings with ids; the same attachment of two reports gives two readings."""
    for reading in readings:
        yield from with_ids(whole.document_id + (reading.document_id or ""), [reading])
