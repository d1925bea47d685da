"""A file of Word 97 to 2003, or of WPS, as the words a person sees: paragraphs, tables with merged cells, text boxes.

Offsets are into the text built here: a paragraph or a row of a table a line. Deleted and hidden words are not in it;
heads and feet of pages are noise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from orchestration.reports.documents.compose import compose
from orchestration.reports.documents.flow import Box, Merged, Sheet, Strip, merged, running_heads, settled, visible
from orchestration.reports.documents.model import Content
from orchestration.reports.documents.word97_file import Paragraph, Row, open_word97
from orchestration.reports.documents.zipped import UnreadableError

# Edges of cells nearer to each other than this are meant to be one: twips, twenty to a point.
_ONE_EDGE = 30


def read_word97(data: bytes) -> Content:
    """The content of the file; issue codes damaged_file, unsupported_format and empty_file where there is none."""
    try:
        file = open_word97(data)
    except UnreadableError as error:
        return Content(issue_codes=(error.issue_code,))
    return compose([*settled(_flow(file.body)), *running_heads(_flow(file.running))])


@dataclass(slots=True)
class _Table:
    """A table while it is read: its rows and how they are cut, the cells of the open row, what the open cell holds."""

    rows: list[tuple[list[Box], Row | None]] = field(default_factory=list)
    cells: list[Box] = field(default_factory=list)
    flow: list[Strip | Sheet] = field(default_factory=list)


def _flow(paragraphs: Iterable[Paragraph]) -> list[Strip | Sheet]:
    """The paragraphs as a flow; tables inside cells are in the flow of their cell."""
    flow: list[Strip | Sheet] = []
    tables: list[_Table] = []
    for paragraph in paragraphs:
        _close(tables, flow, paragraph.level)
        while len(tables) < paragraph.level:
            tables.append(_Table())
        innermost = tables[-1].flow if tables else flow
        innermost.extend(Strip(line) for line in visible(paragraph.words).split("\n") if line.strip())
        if not tables or not paragraph.ends:
            continue
        table = tables[-1]
        if paragraph.ends == "cell":
            table.cells.append(Box(table.flow))
        else:
            table.rows.append((table.cells, paragraph.row))
            table.cells = []
        table.flow = []
    _close(tables, flow, 0)
    return flow


def _close(tables: list[_Table], flow: list[Strip | Sheet], level: int) -> None:
    """End the tables that lie deeper than this; each becomes part of the cell or the flow around it."""
    while len(tables) > level:
        table = tables.pop()
        if table.cells:
            table.rows.append((table.cells, None))
        around = tables[-1].flow if tables else flow
        around.extend([_sheet(table), *table.flow])


def _sheet(table: _Table) -> Sheet:
    columns = _columns([row.edges for _, row in table.rows if row])
    return merged(_placed(cells, row, columns) for cells, row in table.rows)


def _placed(cells: list[Box], row: Row | None, columns: list[int]) -> Iterator[tuple[Box, Merged]]:
    """The cells of a row where its edges put them, each with how it goes on; as they come where it has no edges."""
    if row is None or len(row.merged) != len(cells):
        yield from ((box, "") for box in cells)
        return
    for box, goes_on, (left, right) in zip(cells, row.merged, pairwise(row.edges), strict=True):
        box.column = bisect_left(columns, left - _ONE_EDGE) + 1
        box.column_span = max(1, bisect_left(columns, right - _ONE_EDGE) + 1 - box.column)
        yield box, goes_on


def _columns(rows: Iterable[tuple[int, ...]]) -> list[int]:
    """The edges that any row of a table has, those that are meant to be one taken once."""
    columns: list[int] = []
    for edge in sorted({edge for edges in rows for edge in edges}):
        if not columns or edge - columns[-1] > _ONE_EDGE:
            columns.append(edge)
    return columns
