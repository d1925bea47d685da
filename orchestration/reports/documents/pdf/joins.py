"""Tables cut by page ends put together again: repeated headers dropped, cells that go on made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.reports.documents.lines import ORDINAL
from orchestration.reports.documents.model import Cell, Span, Table

# How far the edges of a column may differ from page to page, in points.
_SAME_EDGE = 7.0
_MOST_HEADER_ROWS = 6
_FEWEST_CELLS = 2
# What is left of a label set upright, after a page end.
_LONGEST_REST = 8
_OPEN_ENDS = "、,和及与或的("


@dataclass(slots=True)
class PartCell:
    """A cell of one part, rows and columns from 0; `words` are folded and without line breaks.

    `full`: its last line leaves no room for one more character.
    """

    words: str
    span: Span
    row: int
    column: int
    row_span: int
    column_span: int
    full: bool = False

    @property
    def past_row(self) -> int:
        """The row after the cell's last."""
        return self.row + self.row_span


@dataclass(slots=True)
class Part:
    """What of a table stands on one page, or on several after joining.

    `edges` are those of its columns; `opens`, `closes`: nothing of the report stands before, after it on its page.
    """

    page: int
    edges: list[float]
    rows: int
    cells: list[PartCell]
    opens: bool = False
    closes: bool = False

    def row(self, number: int) -> list[PartCell]:
        """The cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == number]


def goes_on(above: Part, below: Part) -> bool:
    """Whether a part is the rest of the one on the page before: side by side with the page end, with its columns."""
    if not (above.closes and below.opens and below.page == above.page + 1):
        return False
    few, many = sorted((above.edges, below.edges), key=len)
    ends = abs(few[0] - many[0]) <= _SAME_EDGE and abs(few[-1] - many[-1]) <= _SAME_EDGE
    return ends and all(min(abs(edge - other) for other in many) <= _SAME_EDGE for edge in few)


def join(above: Part, below: Part) -> None:
    """Put the rows of the part below to those of the part above, which becomes a part of the page of the other."""
    _drop_header(above, below)
    if len(above.edges) < len(below.edges):
        _take_columns(above, below.edges)
    else:
        _take_columns(below, above.edges)
    pairs = _split_row(above, below)
    if pairs:
        _join_rows(pairs, below)
    _extend(above, below)
    for cell in below.cells:
        cell.row += above.rows
    above.cells.extend(below.cells)
    above.rows += below.rows
    above.page, above.closes = below.page, below.closes


def as_table(part: Part, number: int) -> Table:
    """The part as a table, with rows and columns from 1."""
    rows: list[list[Cell]] = [[] for _ in range(part.rows)]
    for cell in part.cells:
        placed = Cell(cell.words, cell.span, cell.row + 1, cell.column + 1, cell.row_span, cell.column_span)
        rows[cell.row].append(placed)
    for row in rows:
        row.sort(key=lambda cell: cell.column)
    starts, ends = [cell.span.start for cell in part.cells], [cell.span.end for cell in part.cells]
    return Table(number, tuple(tuple(row) for row in rows), Span(min(starts), max(ends)))


def _drop_header(above: Part, below: Part) -> None:
    """Take away the first rows that say what rows at the head of the table above say."""
    for count in range(min(_MOST_HEADER_ROWS, above.rows, below.rows - 1), 0, -1):
        heads = [_said(below.row(number)) for number in range(count)]
        closed = all(cell.past_row <= count for cell in below.cells if cell.row < count)
        if closed and all(heads) and _heads_with(above, heads):
            below.cells = [cell for cell in below.cells if cell.row >= count]
            below.rows -= count
            for cell in below.cells:
                cell.row -= count
            return


def _heads_with(part: Part, heads: Sequence[list[str]]) -> bool:
    """Whether a part begins with these rows; a title may stand above several only on its first page."""
    said = [_said(part.row(number)) for number in range(min(_MOST_HEADER_ROWS, part.rows))]
    titles = len(said) - len(heads) if len(heads) > 1 else 0
    return any(all(said[:first]) and said[first : first + len(heads)] == heads for first in range(titles + 1))


def _said(cells: Sequence[PartCell]) -> list[str]:
    said = ["".join(cell.words.split()) for cell in sorted(cells, key=lambda cell: cell.column)]
    # A row with figures, or with nothing to tell it by, is no header.
    return [] if any(words.isdigit() for words in said) or not any(said) else said


def _take_columns(part: Part, edges: list[float]) -> None:
    """Number the columns of a part by the edges of another."""
    if len(part.edges) != len(edges):
        place = [min(range(len(edges)), key=lambda i: abs(edges[i] - edge)) for edge in part.edges]
        for cell in part.cells:
            first, past = place[cell.column], place[cell.column + cell.column_span]
            cell.column, cell.column_span = first, max(1, past - first)
    part.edges = edges


def _split_row(above: Part, below: Part) -> list[tuple[PartCell, PartCell]]:
    """The cells of the last row above, each with the rest of it below, where a page end cut that row; else none.

    The label plainly goes on, or nothing but what may be its rest stands in the row below.
    """
    upper, lower = above.row(above.rows - 1), {(c.column, c.column_span): c for c in below.row(0)}
    pairs = [(cell, lower[cell.column, cell.column_span]) for cell in upper if (cell.column, cell.column_span) in lower]
    rest = [cell for cell in below.row(0) if not any(cell is other for _, other in pairs)]
    if len(pairs) < _FEWEST_CELLS or below.rows < _FEWEST_CELLS:
        return []
    first = min(cell.column for cell, _ in pairs)
    if any(cell.column > first and not any(cell is own for own, _ in pairs) for cell in upper):
        return []
    if any(cell.row_span > 1 for _, cell in pairs) or any(cell.row_span == 1 for cell in rest):
        return []
    both = [(a, b) for a, b in pairs if a.words and b.words]
    if len(both) != 1 or ORDINAL.match("".join(both[0][1].words.split())):
        return []
    begun, rest_of_it = both[0][0].words, both[0][1].words
    unclosed = begun.count("(") > begun.count(")") or begun[-1] in _OPEN_ENDS or rest_of_it[0] in ")、,;"
    alone = both[0][0].full and not any(b.words for a, b in pairs if not a.words) and any(a.words for a, _ in pairs[1:])
    return pairs if unclosed or alone else []


def _join_rows(pairs: Sequence[tuple[PartCell, PartCell]], below: Part) -> None:
    for begun, rest in pairs:
        if begun.words and rest.words:
            begun.words += rest.words
        elif rest.words:
            begun.words, begun.span = rest.words, rest.span
    below.cells = [cell for cell in below.cells if not any(cell is rest for _, rest in pairs)]
    below.rows -= 1
    for cell in below.cells:
        cell.row_span -= cell.row == 0
        cell.row -= cell.row > 0


def _extend(above: Part, below: Part) -> None:
    """Let merged cells that a page end cut go on: the part below is blank, or the rest of an upright label."""
    bottom = {(c.column, c.column_span): c for c in above.cells if c.past_row == above.rows}
    kept = []
    for cell in below.cells:
        over = bottom.get((cell.column, cell.column_span)) if cell.row == 0 else None
        if over and _is_cut(over, cell):
            over.row_span += cell.row_span
            if cell.words != over.words:
                over.words += cell.words
        else:
            kept.append(cell)
    below.cells = kept


def _is_cut(over: PartCell, cell: PartCell) -> bool:
    if not over.words or over.row_span == 1:
        return False
    if not cell.words or cell.words == over.words:
        return True
    rest = "".join(cell.words.split())
    return cell.row_span > 1 and len(rest) <= _LONGEST_REST and not ORDINAL.match(rest)
