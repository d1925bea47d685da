"""What of a document became no figure: numbers in prose and tables that no reading covers, rows of no known form.

Whether a number ought to have been read is not judged; only years, days and the numbers of papers are set apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orchestration.registry.model import Registry, Template
from orchestration.reports.documents.model import Cell, Document, Paragraph, Span
from orchestration.reports.documents.text import Squeezed, squeeze
from orchestration.reports.extractions.identity.dates import find_dates
from orchestration.reports.extractions.locate import locate, printed_elsewhere
from orchestration.reports.extractions.model import Reading
from orchestration.reports.extractions.numbers import find_numbers, parse_value
from orchestration.reports.extractions.tables.columns import Layout
from orchestration.reports.extractions.tables.matrices import read_matrices

_STOPS = ",;。!?"
# A clause longer than this on either side of a number is quoted from near it.
_WIDEST = 30
# What is named or dated by a number: titles, papers, addresses, telephones, times, ordinals.
_NAMES = re.compile(
    r"《[^《》]*》|[〔\[(](?:19|20)\d\d[〕\])]?第?\d{1,4}号?|https?://[!-~]*|(?<!\d)\d{3,4}-\d{7,8}|(?:电话|传真|热线|邮编|邮政编码)[^\d,。;]{0,8}\d{3,}(?:[-、,/]\d{3,})*|\d{1,2}:\d\d(?::\d\d)?"
)
_DATED = re.compile(r"年|月|[日号时点](?!常)|届|路|楼|室|-|~|—")
_ORDINAL_BEFORE = "第-~/"
_LONGEST_FIGURE = 9


@dataclass(frozen=True, slots=True)
class UnreadClause:
    """A clause of the document and the numbers in it that became no figure."""

    span: Span
    numbers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class UnreadProse:
    """The clauses with unread numbers in reading order, and how many numbers only date or name something."""

    clauses: tuple[UnreadClause, ...]
    names: int


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row of a table, its filled cells, and those with a number that became no figure."""

    table_no: int
    cells: tuple[Cell, ...]
    span: Span
    numbers: tuple[Cell, ...] = ()


class _Covered:
    """The ranges of a text that readings stand in."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        ranges = sorted((r.char_start, r.char_end) for r in readings if r.char_end > r.char_start)
        self._starts = [start for start, _ in ranges]
        self._ends: list[int] = []
        for _, end in ranges:
            self._ends.append(max(end, self._ends[-1]) if self._ends else end)

    def touches(self, span: Span) -> bool:
        """Whether a reading holds any character of the span."""
        before = bisect_right(self._starts, span.end - 1)
        return bool(before) and self._ends[before - 1] > span.start


def unread_prose(document: Document, readings: Iterable[Reading]) -> UnreadProse:
    """The numbers of paragraphs (noise left out) that no reading covers, each clause once."""
    covered = _Covered(readings)
    clauses: list[UnreadClause] = []
    names = 0
    for paragraph in document.paragraphs:
        words = squeeze(document.folded, paragraph.spans)
        if not words.text:
            continue
        naming = [hit.span() for hit in _NAMES.finditer(words.text)]
        naming += [(mention.start, mention.end) for mention in find_dates(words.text)]
        found: list[tuple[int, int, list[Span]]] = []
        for number in find_numbers(words.text):
            span = words.span(number.start, number.end)
            if covered.touches(span):
                continue
            if _only_names(words.text, number.start, number.end, naming):
                names += 1
            else:
                left, right = _clause(words.text, number.start, number.end)
                if found and left < found[-1][1]:
                    left, _, spans = found.pop()
                    found.append((left, right, [*spans, span]))
                else:
                    found.append((left, right, [span]))
        clauses.extend(UnreadClause(words.span(left, right), tuple(spans)) for left, right, spans in found)
    return UnreadProse(tuple(clauses), names)


def _only_names(text: str, start: int, end: int, naming: Sequence[tuple[int, int]]) -> bool:
    if any(first < end and start < last for first, last in naming):
        return True
    numbered = start > 0 and text[start - 1] in _ORDINAL_BEFORE
    too_long = sum(map(str.isdigit, text[start:end])) > _LONGEST_FIGURE
    return numbered or too_long or _DATED.match(text, end) is not None


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around a number begins and ends; a thousands comma is no stop."""
    left, right = start, end
    while left > 0 and start - left < _WIDEST and text[left - 1] not in _STOPS:
        left -= 1
    while right < len(text) and right - end < _WIDEST and text[right] not in _STOPS:
        right += 1
    return left, right


def unread_cells(document: Document, readings: Iterable[Reading]) -> Iterator[UnreadRow]:
    """Rows of any table with numbers beside a label that no reading covers, in reading order."""
    covered = _Covered(readings)
    for table in document.tables:
        for row in table.rows:
            cells = tuple(cell for cell in row if cell.text)
            label = next((i for i, cell in enumerate(cells) if not _is_number(cell)), len(cells))
            numbers = tuple(c for c in cells[label + 1 :] if _is_number(c) and not covered.touches(c.span))
            if numbers:
                yield _row(table.number, cells, numbers)


def _row(table_no: int, cells: tuple[Cell, ...], numbers: tuple[Cell, ...] = ()) -> UnreadRow:
    return UnreadRow(table_no, cells, Span(cells[0].span.start, cells[-1].span.end), numbers)


def _is_number(cell: Cell) -> bool:
    return parse_value(cell.text).value is not None


def unknown_rows(document: Document, template: Template | None, registry: Registry) -> list[UnreadRow]:
    """The printed rows that belong to no row of the document's form, in reading order."""
    if template is None or not document.tables:
        return []
    if "tables" in template.layout:
        lines = read_matrices(document, template).unknown
        rows = [(line.table_no, (*line.words, *line.values)) for line in lines]
    elif template.layout.get("columns"):
        located = locate(
            document, template, Layout(template.layout["columns"]).header, printed_elsewhere(registry, template)
        )
        rows = [(row.table_no, (row.label, *row.beside)) for row in located.unknown]
    else:
        rows = []
    shown = ((number, tuple(cell for cell in cells if cell.text)) for number, cells in rows)
    return [_row(number, cells, tuple(c for c in cells[1:] if _is_number(c))) for number, cells in shown if cells]


def silent_paragraphs(document: Document) -> list[Squeezed]:
    """The paragraphs taken for the furniture of a page (navigation, page numbers) that hold a digit."""
    noise = [b for b in document.blocks if isinstance(b, Paragraph) and b.role == "noise"]
    squeezed = [squeeze(document.folded, paragraph.spans) for paragraph in noise]
    return [words for words in squeezed if any(c.isdigit() for c in words.text)]
