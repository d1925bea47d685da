"""The grids that straight lines draw on a page: rows, columns, merged cells, and which cell a character is in.

Lines that do not quite meet are snapped; a table open at a page end or at its sides is closed. A box of a single
column is a frame around prose, not a table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from orchestration.reports.documents.pdf.marks import Glyph
from orchestration.reports.documents.pdf.paths import Box

# Lines nearer than this are one line, in points; gaps up to this in one line are no gaps.
_SNAP = 3.0
_SHORTEST = 5.0
# How far lines stand out of a table that is open at this end.
_OPEN_END = 4.0
_OPEN_SIDE = 8.0
# A page of more lines is a drawing.
_MOST_LINES = 1500
# Narrower than any figure: the space between the strokes of a double line.
_NARROWEST = 5.0
# The share of its figures that may stand in a table's cells that no lines close.
_MOST_LOOSE = 0.2


class _Line(NamedTuple):
    """A level or an upright line: where it stands, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class GridCell:
    """A cell by its first row and column (from 0), how many it takes up, its box, and the characters in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """The cells of one table on one page, by row and column; `edges`: the left edge of each column and the last right
    one; `rows`: how many rows there are; `ruled`: lines draw it."""

    box: Box
    edges: list[float]
    rows: int
    cells: list[GridCell]
    ruled: bool = True


def find_grids(lines: Iterable[Box], glyphs: list[Glyph]) -> tuple[list[Grid], list[Glyph]]:
    """The tables drawn by these lines, from the top down, and the characters in none of them.

    A character belongs to the smallest table around its middle, and there to the one cell around it.
    """
    frames = sorted(_frames(lines), key=lambda frame: frame.area)
    outside = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for frame in frames:
            if frame.holds(x, y):
                frame.put(x, y, glyph)
                break
        else:
            outside.append(glyph)
    grids = [grid for frame in frames if (grid := frame.grid(outside))]
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0])), outside


class _Frame:
    """Lines that touch each other, and the cells between them."""

    def __init__(self, level: list[_Line], upright: list[_Line]) -> None:
        self._xs = sorted({line.at for line in upright})
        self._ys = sorted({line.at for line in level})
        self.area = (self._xs[-1] - self._xs[0]) * (self._ys[-1] - self._ys[0])
        self._left = _walls(upright, self._xs, self._ys)
        self._above = _walls(level, self._ys, self._xs)
        self._cells: list[GridCell] = []
        self._owner: dict[tuple[int, int], GridCell] = {}
        for row in range(len(self._ys) - 1):
            for column in range(len(self._xs) - 1):
                if (row, column) not in self._owner:
                    self._open_cell(row, column)

    def _open_cell(self, row: int, column: int) -> None:
        """The widest, then highest cell that begins here and no line crosses."""
        past_column, past_row = column + 1, row + 1
        while past_column < len(self._xs) - 1 and (past_column, row) not in self._left:
            if (row, past_column) in self._owner:
                break
            past_column += 1
        while past_row < len(self._ys) - 1 and self._goes_on(past_row, column, past_column):
            past_row += 1
        box = self._xs[column], self._ys[row], self._xs[past_column], self._ys[past_row]
        cell = GridCell(row, column, past_row - row, past_column - column, box)
        self._cells.append(cell)
        for r in range(row, past_row):
            for c in range(column, past_column):
                self._owner[r, c] = cell

    def _goes_on(self, row: int, column: int, past: int) -> bool:
        return not any(
            (row, c) in self._above or (row, c) in self._owner or (c > column and (c, row) in self._left)
            for c in range(column, past)
        )

    def holds(self, x: float, y: float) -> bool:
        return self._xs[0] <= x < self._xs[-1] and self._ys[0] <= y < self._ys[-1]

    def put(self, x: float, y: float, glyph: Glyph) -> None:
        self._owner[bisect_right(self._ys, y) - 1, bisect_right(self._xs, x) - 1].glyphs.append(glyph)

    def grid(self, outside: list[Glyph]) -> Grid | None:
        """The table, without what no line closes in; None for a frame around prose, whose characters go `outside`."""
        closed = [cell for cell in self._cells if self._is_closed(cell)]
        cells = [
            cell
            for cell in closed
            if cell.glyphs or (cell.box[2] - cell.box[0] > _NARROWEST and cell.box[3] - cell.box[1] > _NARROWEST)
        ]
        loose = sum(map(_figures, self._cells)) - sum(map(_figures, closed))
        drawn = len({cell.column for cell in cells}) > 1 and any(cell.glyphs for cell in cells)
        # Lines that shut out many figures draw something else than the cells of these.
        if not drawn or loose > _MOST_LOOSE * sum(map(_figures, cells)):
            cells = []
        taken = set(map(id, cells))
        outside.extend(glyph for cell in self._cells if id(cell) not in taken for glyph in cell.glyphs)
        if not cells:
            return None
        return numbered(cells)

    def _is_closed(self, cell: GridCell) -> bool:
        """Whether lines stand along all sides of a cell, or along three where the fourth is the end of the lines.

        A side of the table is open only beside words: where nothing stands, the row ends before it.
        """
        past_row, past_column = cell.row + cell.row_span, cell.column + cell.column_span
        rows, columns = range(cell.row, past_row), range(cell.column, past_column)
        filled = bool(cell.glyphs)
        missing = [
            at_end
            for walls, along, place, at_end in (
                (self._left, rows, cell.column, filled and cell.column == 0),
                (self._left, rows, past_column, filled and past_column == len(self._xs) - 1),
                (self._above, columns, cell.row, cell.row == 0),
                (self._above, columns, past_row, past_row == len(self._ys) - 1),
            )
            if not any((place, step) in walls for step in along)
        ]
        return not missing or missing == [True]


def _figures(cell: GridCell) -> int:
    return sum(glyph.words.isdigit() for glyph in cell.glyphs)


def numbered(cells: list[GridCell]) -> Grid:
    """The grid of these cells, with only the rows and columns in which one begins."""
    columns = sorted({cell.column for cell in cells})
    rows = sorted({cell.row for cell in cells})
    lefts: dict[int, float] = {}
    for cell in cells:
        lefts[cell.column] = min(cell.box[0], lefts.get(cell.column, cell.box[0]))
    edges = [lefts[column] for column in columns]
    for cell in cells:
        row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        cell.row_span = bisect_left(rows, cell.row + cell.row_span) - row
        cell.column_span = bisect_left(columns, cell.column + cell.column_span) - column
        cell.row, cell.column = row, column
    boxes = [cell.box for cell in cells]
    box = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    return Grid(box, [*edges, box[2]], len(rows), cells)


def _walls(lines: Iterable[_Line], across: list[float], along: list[float]) -> set[tuple[int, int]]:
    """For each line its place among `across`, with each step of `along` whose middle it passes."""
    place = {at: index for index, at in enumerate(across)}
    middles = [(a + b) / 2 for a, b in pairwise(along)]
    return {
        (place[line.at], step)
        for line in lines
        for step, middle in enumerate(middles)
        if line.start - _SNAP <= middle <= line.end + _SNAP
    }


def _frames(lines: Iterable[Box]) -> list[_Frame]:
    level, upright = [], []
    for x0, top, x1, bottom in lines:
        if x1 - x0 > bottom - top:
            level.append(_Line((top + bottom) / 2, x0, x1))
        else:
            upright.append(_Line((x0 + x1) / 2, top, bottom))
    if len(level) + len(upright) > _MOST_LINES:
        return []
    frames = []
    for part_level, part_upright in _touching(_snapped(level), _snapped(upright)):
        ends, sides = _open(part_level, part_upright, _OPEN_END), _open(part_upright, part_level, _OPEN_SIDE)
        shut_level = [*part_level, *_closing(ends, [*part_upright, *sides])]
        shut_upright = [*part_upright, *_closing(sides, shut_level)]
        if len({line.at for line in shut_level}) > 1 and len({line.at for line in shut_upright}) > 2:
            frames.append(_Frame(shut_level, shut_upright))
    return frames


def _snapped(lines: list[_Line]) -> list[_Line]:
    """The lines with those almost at one place put at one, those that run on joined, and stubs left out."""
    joined: list[_Line] = []
    group: list[_Line] = []
    for line in sorted(lines):
        if group and line.at - group[-1].at > _SNAP:
            joined.extend(_joined(group))
            group = []
        group.append(line)
    joined.extend(_joined(group))
    return [line for line in joined if line.end - line.start >= _SHORTEST]


def _joined(group: list[_Line]) -> Iterable[_Line]:
    """The lines of one place, as one where they touch."""
    if not group:
        return
    at = sum(line.at for line in group) / len(group)
    _, start, end = group[0]
    start, end = min((line.start, line.end) for line in group)
    for _, next_start, next_end in sorted(group, key=lambda line: line.start):
        if next_start > end + _SNAP:
            yield _Line(at, start, end)
            start, end = next_start, next_end
        end = max(end, next_end)
    yield _Line(at, start, end)


def _touching(level: list[_Line], upright: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """The lines in groups that hang together."""
    group_of = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while group_of[index] != index:
            group_of[index] = index = group_of[group_of[index]]
        return index

    for i, flat in enumerate(level):
        low, high = flat.at - _SNAP, flat.at + _SNAP
        left, right = flat.start - _SNAP, flat.end + _SNAP
        for j, line in enumerate(upright, len(level)):
            if left <= line.at <= right and line.start <= high and line.end >= low:
                group_of[root(j)] = root(i)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for index, line in enumerate([*level, *upright]):
        pair = groups.setdefault(root(index), ([], []))
        pair[index >= len(level)].append(line)
    return list(groups.values())


def _open(lines: Sequence[_Line], crossing: Sequence[_Line], least: float) -> list[_Line]:
    """Where the table is open before the first or past the last of `lines`: `crossing` ones stand out by `least`.

    Each opening is told by its place alone, as a line of no length.
    """
    if not lines or not crossing:
        return []
    first, last = min(line.at for line in lines), max(line.at for line in lines)
    before = {line.at: line.start for line in crossing if line.start < first - least}
    past = {line.at: line.end for line in crossing if line.end > last + least}
    ends = ([min(before.values())] if len(before) > 1 else []) + ([max(past.values())] if len(past) > 1 else [])
    return [_Line(at, at, at) for at in ends]


def _closing(openings: Sequence[_Line], crossing: Sequence[_Line]) -> list[_Line]:
    """Lines that close the openings from the first to the last of the lines that cross them."""
    places = [line.at for line in crossing]
    return [_Line(opening.at, min(places), max(places)) for opening in openings]
