"""A settled flow as one text with its blocks: a strip or a row of a table a line, cells apart by tabs."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.reports.documents.flow import Flow, Placed, Strip, placed
from orchestration.reports.documents.model import Cell, Content, Span, Table
from orchestration.reports.documents.plain import read_around
from orchestration.reports.documents.text import fold

_NO_TEXT = "\ufeff \t\r\n\u3000\xa0"


def compose(flow: Flow, attachments: Iterable[str] = ()) -> Content:
    """The content of a document; issue code empty_file where there is not a word in it."""
    parts: list[str] = []
    noise: list[Span] = []
    sheets: list[_Written] = []
    at = 0
    for item in flow:
        if isinstance(item, Strip):
            words = item.words.rstrip()
            if not words:
                continue
            if item.noise:
                noise.append(Span(at, at + len(words)))
            parts.append(words)
            at += len(words) + 1
        else:
            rows = placed(item)
            sheets.append((rows, at))
            for row in rows:
                words = "\t".join([printed for printed, _, _, _, _ in row])
                parts.append(words)
                at += len(words) + 1
    text = "\n".join([*parts, ""])
    attached = tuple(dict.fromkeys(attachments))
    if not text.strip(_NO_TEXT):
        return Content(text, text, issue_codes=("empty_file",), attachments=attached)
    folded = fold(text)
    tables = [_table(folded, number, rows, start) for number, (rows, start) in enumerate(sheets, 1)]
    return Content(text, folded, read_around(folded, tables, noise), (), attached)


_Written = tuple[list[list[Placed]], int]


def _table(folded: str, number: int, rows: list[list[Placed]], start: int) -> Table:
    """The table whose rows begin at `start` of the text."""
    at = start
    lines = []
    for row in rows:
        cells = []
        for printed, row_no, column_no, row_span, column_span in row:
            end = at + len(printed)
            words = " ".join(folded[at:end].split()) if end > at + 1 else folded[at:end].strip()
            cells.append(Cell(words, Span(at, end), row_no, column_no, row_span, column_span))
            at = end + 1
        at += not row
        if cells:
            lines.append(tuple(cells))
    return Table(number, tuple(lines), Span(start, at - 1))
