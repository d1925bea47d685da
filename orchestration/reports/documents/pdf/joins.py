"""Tables cut by page ends put together again: repeated headers dropped, cells that go on made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from orchestration.reports.documents.lines import ORDINAL, shape_of
from orchestration.reports.documents.model import Cell, Span, Table

# How far the edges of a column may differ from page to page, in points.
_SAME_EDGE = 7.0
_MOST_HEADER_ROWS = 6
# So many edges in common show that a table goes on, though a column to the left of them is missing.
_MANY_EDGES = 6
_FEWEST_CELLS = 2
# What is left of a label set upright, after a page end.
_LONGEST_REST = 8
_OPEN_ENDS = "、,和及与或的("
# As much room is left at the right of a line that another character did not fit on, in heights of the line.
_NO_ROOM = 1.5
_NEVER_FIRST = "、,;:.)》。"


@dataclass(slots=True)
class PartCell:
    """A cell of one part, rows and columns from 0; `words` are folded and without line breaks.

    `room`: what its last line leaves free, in heights of that line.
    """

    words: str
    span: Span
    row: int
    column: int
    row_span: int
    column_span: int
    room: float = inf

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
    """Whether a part is the rest of the one on the page before: side by side with the page end, with its columns.

    Where a merged label goes through the whole page, no line may close its column there.
    """
    if not (above.closes and below.opens and below.page == above.page + 1):
        return False
    few, many = sorted((above.edges, below.edges), key=len)
    begins = abs(few[0] - many[0]) <= _SAME_EDGE or len(few) >= _MANY_EDGES
    return (
        begins
        and abs(few[-1] - many[-1]) <= _SAME_EDGE
        and all(min(abs(edge - other) for other in many) <= _SAME_EDGE for edge in few)
    )


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
    """The cells that end above, each with the rest of it below, where a page end cut the last row; else none.

    The label plainly goes on, or nothing but what may be the rest of labels stands in the row below; or all words of
    heads go on.
    """
    last = above.rows - 1
    ends = {(cell.column, cell.column_span): cell for cell in above.cells if cell.past_row == above.rows}
    lower = below.row(0)
    pairs = [(ends[key], cell) for cell in lower if (key := (cell.column, cell.column_span)) in ends]
    begun = {id(cell) for cell, _ in pairs if cell.row == last}
    if len(begun) < _FEWEST_CELLS or len(pairs) < len(lower):
        return []
    first = min(cell.column for cell, _ in pairs if cell.row == last)
    if any(cell.column > first and id(cell) not in begun for cell in above.row(last)):
        return []
    both = [(a, b) for a, b in pairs if a.words and b.words and a.words != b.words]
    own = [(a, b) for a, b in both if a.row == last]
    if _are_heads([(a, b) for a, b in pairs if a.row == last]):
        return pairs
    if not own or any(_is_number(a.words) or _is_number(b.words) for a, b in both):
        return []
    if not all(_may_go_on(a, b) or (a.row < last and _is_cut(a, b)) for a, b in both):
        return []
    figures = any(b.words for a, b in pairs if not a.words)
    alone = not figures and any(a.words and not b.words for a, b in pairs if a.row == last)
    return pairs if any(_plainly_goes_on(a, b) for a, b in own) or alone else []


def _may_go_on(begun: PartCell, rest: PartCell) -> bool:
    """Whether words fill their cell above, as far as the next ones let them, and no label begins with what follows."""
    if ORDINAL.match("".join(rest.words.split())) and not begun.words.endswith(":"):
        return False
    # What may not begin a line draws the character before it along.
    drawn = len(rest.words) > 1 and rest.words[1] in _NEVER_FIRST
    return begun.room < _NO_ROOM + drawn or begun.words.endswith(":") or _plainly_goes_on(begun, rest)


def _plainly_goes_on(begun: PartCell, rest: PartCell) -> bool:
    open_ended = _left_open(begun.words) > 0 or begun.words[-1] in _OPEN_ENDS or rest.words[0] in ")、,;"
    return open_ended and not ORDINAL.match("".join(rest.words.split()))


def _is_number(words: str) -> bool:
    return shape_of(words) in ("number", "dash")


def _are_heads(pairs: Sequence[tuple[PartCell, PartCell]]) -> bool:
    """Whether words of several heads fill their cells above and go on below, and no figure is among them."""
    whole = all(a.room < _NO_ROOM and a.words and b.words and b.row_span == 1 for a, b in pairs)
    words = "".join(cell.words for pair in pairs for cell in pair)
    return whole and len(pairs) > _FEWEST_CELLS and not any(map(str.isdigit, words))


def _left_open(words: str) -> int:
    """How many brackets are opened and not closed, less than none where more are closed."""
    return words.count("(") - words.count(")")


def _join_rows(pairs: Sequence[tuple[PartCell, PartCell]], below: Part) -> None:
    for begun, rest in pairs:
        begun.row_span += rest.row_span - 1
        if begun.words and rest.words:
            begun.words += rest.words if rest.words != begun.words else ""
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
    if _left_open(over.words) > 0 > _left_open(cell.words) and cell.row_span > 1:
        return True
    if not over.words or over.row_span == 1:
        return False
    if not cell.words or cell.words == over.words:
        return True
    rest = "".join(cell.words.split())
    return cell.row_span > 1 and len(rest) <= _LONGEST_REST and not ORDINAL.match(rest)
