"""The heads of a table that no lines draw: words broken over lines put together, each over its column.

A head over several columns stands above lines with a word for most columns, or is wider than one column. Nothing here
knows what a head says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestration.reports.documents.pdf.grids import GridCell
from orchestration.reports.documents.pdf.lines import Line, line_of
from orchestration.reports.documents.pdf.marks import Glyph
from orchestration.reports.documents.pdf.rows import Column, nearest
from orchestration.reports.documents.text import fold

# A gap this wide, in heights of the line, parts the heads of two columns.
_GAP = 0.3
# Lines of one head stand this close, from top to top in heights of the line.
_NEXT_LINE = 1.8
# A line with words for this share of the columns heads each of them; one with fewer heads groups of them.
_DENSE = 1 / 3
# How much wider than the other lines of a head its first one may be, in heights of the line.
_WIDER = 0.5


@dataclass(frozen=True, slots=True)
class Heads:
    """The cells of the heads, and how many rows they make."""

    cells: list[GridCell]
    rows: int


@dataclass(slots=True)
class _Stack:
    """The lines of one head from the top down."""

    lines: list[Line]
    column: int

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def widest(self) -> float:
        return max(line.x1 - line.x0 for line in self.lines)


def heads_of(lines: Sequence[tuple[Line, Sequence[Line]]], columns: Sequence[Column], labels: int) -> Heads:
    """The heads on these lines (each with its pieces): groups in rows of their own, then one row with the rest.

    `labels` is the number of columns to the left of those with figures.
    """
    if not lines:
        return Heads([], 0)
    corner: list[Line] = []
    wide: list[Line] = []
    narrow: list[list[Line]] = []
    for _, pieces in lines:
        parts = [part for piece in pieces for part in _cut(piece, columns)]
        over = [part for part in parts if not _is_beside(part, columns)]
        corner.extend(part for part in parts if _is_beside(part, columns))
        wide.extend(piece for piece in over if len(_covered(piece, columns)) > 1)
        narrow.append([piece for piece in over if len(_covered(piece, columns)) <= 1])
    first = next((i for i, found in enumerate(narrow) if _is_dense(found, narrow, columns)), max(0, len(narrow) - 1))
    stacks = _stacked([piece for found in narrow[first:] for piece in found], columns)
    for piece in reversed([piece for found in narrow[:first] for piece in found]):
        below = next((stack for stack in stacks if _begins(piece, stack, columns)), None)
        if below is not None:
            below.lines.insert(0, piece)
        else:
            wide.append(piece)
    return _placed(corner, wide, stacks, columns, labels)


def _is_dense(own: Sequence[Line], lines: Iterable[Sequence[Line]], columns: Sequence[Column]) -> bool:
    """Whether most columns have words on a line, or on lines that reach into its height."""
    top, bottom = min((p.top for p in own), default=0.0), max((p.bottom for p in own), default=0.0)
    beside = {nearest(p, columns) for line in lines for p in line if p.top < bottom and p.bottom > top}
    return len(beside) >= max(2, _DENSE * len(columns))


def _is_beside(piece: Line, columns: Sequence[Column]) -> bool:
    """Whether a piece stands to the left of all columns."""
    return (piece.x0 + piece.x1) / 2 < columns[0].start and piece.x1 < columns[0].middle


def _cut(piece: Line, columns: Sequence[Column]) -> list[Line]:
    """The piece, or its parts where a narrow gap parts the heads of two columns."""
    parts: list[list[Glyph]] = [[piece.glyphs[0]]]
    for before, after in pairwise(piece.glyphs):
        if after.x0 - before.x1 > _GAP * piece.size:
            parts.append([])
        parts[-1].append(after)
    if len(parts) == 1:
        return [piece]
    joined: list[list[Glyph]] = []
    for part in parts:
        if joined and _place(line_of([*joined[-1]]), columns) == _place(line_of([*part]), columns):
            joined[-1].extend(part)
        else:
            joined.append(part)
    return [line_of(part) for part in joined]


def _place(piece: Line, columns: Sequence[Column]) -> int:
    """The column a piece stands over, -1 to the left of all."""
    return -1 if _is_beside(piece, columns) else nearest(piece, columns)


def _covered(piece: Line, columns: Sequence[Column]) -> list[int]:
    """The columns over whose middles a piece stands."""
    return [index for index, column in enumerate(columns) if piece.x0 <= column.middle <= piece.x1]


def _stacked(pieces: Iterable[Line], columns: Sequence[Column]) -> list[_Stack]:
    """The words over single columns, those close below each other as one."""
    stacks: list[_Stack] = []
    for piece in sorted(pieces, key=lambda piece: piece.top):
        column = nearest(piece, columns)
        above = next((stack for stack in reversed(stacks) if stack.column == column), None)
        if above is not None and piece.top - above.lines[-1].top < _NEXT_LINE * piece.size:
            above.lines.append(piece)
        else:
            stacks.append(_Stack([piece], column))
    return stacks


def _begins(piece: Line, stack: _Stack, columns: Sequence[Column]) -> bool:
    """Whether a piece is the first line of the head below it: close above it and no wider than its column."""
    close = 0 < stack.top - piece.top < _NEXT_LINE * piece.size
    return (
        close and nearest(piece, columns) == stack.column and piece.x1 - piece.x0 <= stack.widest + _WIDER * piece.size
    )


def _placed(
    beside: Sequence[Line], wide: Iterable[Line], stacks: Sequence[_Stack], columns: Sequence[Column], labels: int
) -> Heads:
    """Rows of groups from the top down, then the row of the lowest word over each column, with the words beside."""
    lowest = {stack.column: stack for stack in stacks}
    above = [*([piece] for piece in wide), *(stack.lines for stack in stacks if lowest[stack.column] is not stack)]
    tops = sorted({round(lines[0].top) for lines in above})
    rows: dict[int, int] = {}
    for top in tops:
        rows[top] = rows[top - 1] if top - 1 in rows else len(set(rows.values()))
    count = len(set(rows.values()))
    cells: list[GridCell] = []
    *titles, corner = _chained(beside)
    said = fold("".join([line.words for line in corner]))
    if said.count(")") > said.count("("):
        titles, corner = [*titles, corner], []
    for lines in titles if labels else ():
        # A title between two parts of a table is a row of its own, and what a page end cut off the words beside heads.
        cells.append(_cell(count, labels - 1, 1, lines))
        count += 1
    for lines in above:
        covered = _covered(lines[0], columns) or [nearest(lines[0], columns)]
        row = rows[round(lines[0].top)]
        cells.append(_cell(row, labels + covered[0], len(covered), lines))
    if corner and labels:
        cells.append(_cell(count, labels - 1, 1, corner))
    cells.extend(_cell(count, labels + stack.column, 1, stack.lines) for stack in lowest.values())
    return Heads(_apart(cells), count + 1 if corner or lowest else count)


def _chained(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines, those close below each other together; at least one, perhaps empty, part."""
    chains: list[list[Line]] = [[]]
    for line in sorted(lines, key=lambda line: line.top):
        if chains[-1] and line.top - chains[-1][-1].top > _NEXT_LINE * line.size:
            chains.append([])
        chains[-1].append(line)
    return chains


def _cell(row: int, column: int, span: int, lines: Sequence[Line]) -> GridCell:
    box = (
        min(line.x0 for line in lines),
        min(line.top for line in lines),
        max(line.x1 for line in lines),
        max(line.bottom for line in lines),
    )
    return GridCell(row, column, 1, span, box, [glyph for line in lines for glyph in line.glyphs])


def _apart(cells: Iterable[GridCell]) -> list[GridCell]:
    """The cells, those of one place as one, none wider than up to the next."""
    placed: dict[tuple[int, int], GridCell] = {}
    for cell in cells:
        same = placed.setdefault((cell.row, cell.column), cell)
        if same is not cell:
            same.glyphs.extend(cell.glyphs)
    for (row, column), cell in placed.items():
        following = [other for at, other in placed if at == row and other > column]
        if following:
            cell.column_span = min(cell.column_span, min(following) - column)
    return list(placed.values())
