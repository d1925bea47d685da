"""One page laid out: its tables and its other lines, from the top down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from orchestration.reports.documents.pdf.columns import find_columns
from orchestration.reports.documents.pdf.grids import Grid, GridCell
from orchestration.reports.documents.pdf.gutters import Strip, part_columns
from orchestration.reports.documents.pdf.lines import Line, lines_of
from orchestration.reports.documents.pdf.marks import Glyph, Page

# As many lines at the ends of pages show whether a table goes on from one to the next; page numbers are among them.
_AT_END = 4
# How far the characters of one number lie over each other or apart at most, in their widths and heights.
_OVER, _GAP = 0.4, 0.25
_UNKNOWN = "\ufffd\ufffe\uffff"
# A cell of more characters may hold rows of a table.
_MOST_OF_CELL = 24


@dataclass(frozen=True, slots=True)
class Layout:
    """A page with its tables and the lines outside them, from the top down, of two columns the left one first."""

    page: Page
    items: list[Line | Grid]


def lay_out(
    page: Page,
    grids: list[Grid],
    lines: list[Line],
    above: Sequence[Line] = (),
    below: Sequence[Line] = (),
    apart: Sequence[Line] = (),
) -> Layout:
    """The page with these tables and lines, among which tables are looked for that no rulings draw.

    `above` and `below` are the lines of the pages before and after, `apart` those that are in no table.
    """
    ruled = [grid for grid in grids if not _holds_tables(grid)]
    if len(ruled) < len(grids):
        inside = (glyph for grid in grids if grid not in ruled for cell in grid.cells for glyph in cell.glyphs)
        lines = lines_of([*(glyph for line in lines for glyph in line.glyphs), *inside])
    items: list[Line | Grid] = [*ruled, *apart]
    placed = [(_top(item), item) for item in items]
    parts = list(part_columns(lines, page.width, [grid.box[1] for grid in ruled]))
    for part in parts:
        if isinstance(part, Strip):
            placed.extend((part.top, line) for line in part.lines)
            continue
        rest, unruled = find_columns(
            part, above[-_AT_END:] if part is parts[0] else (), below[:_AT_END] if part is parts[-1] else ()
        )
        placed.extend((grid.box[1], grid) for grid in unruled)
        placed.extend((line.top, line) for line in rest)
    placed.sort(key=itemgetter(0))
    return Layout(page, [item for _, item in placed])


def _holds_tables(grid: Grid) -> bool:
    """Whether rulings stand only around a table or between parts of it, so that whole rows stand in one cell."""
    return any(len(cell.glyphs) > _MOST_OF_CELL and find_columns(lines_of(cell.glyphs))[1] for cell in grid.cells)


def _top(item: Line | Grid) -> float:
    return item.box[1] if isinstance(item, Grid) else item.top


def is_plain(layout: Layout) -> bool:
    """Whether no other reader could read the tables of the page otherwise.

    Every cell with figures holds one number, on one line, none of its characters printed over another. Rulings close in
    every cell, and no word stands beside or between them; or nothing at all is drawn that could be a ruling.
    """
    grids = [item for item in layout.items if isinstance(item, Grid)]
    lines = [item for item in layout.items if not isinstance(item, Grid)]
    return bool(grids) and all(
        (_is_closed(grid, lines) if grid.ruled else not layout.page.paths) and all(map(_holds_one_number, grid.cells))
        for grid in grids
    )


def _is_closed(grid: Grid, lines: Iterable[Line]) -> bool:
    """Whether cells fill a table without a hole, and no word stands beside them."""
    filled = sum(cell.row_span * cell.column_span for cell in grid.cells) == grid.rows * (len(grid.edges) - 1)
    return filled and not any(line.top < grid.box[3] and line.bottom > grid.box[1] for line in lines)


def _holds_one_number(cell: GridCell) -> bool:
    """Whether the figures of a cell are one number as plain as can be; true where it holds none."""
    if not any(glyph.words.isdigit() for glyph in cell.glyphs) or any(glyph.words > "\x7f" for glyph in cell.glyphs):
        return all(glyph.words not in _UNKNOWN for glyph in cell.glyphs)
    row = sorted(cell.glyphs, key=_left)
    return all(
        before.x1 - _OVER * (before.x1 - before.x0) < after.x0 < before.x1 + _GAP * (after.bottom - after.top)
        and abs(after.top - before.top) < _OVER * (after.bottom - after.top)
        for before, after in pairwise(row)
    )


def _left(glyph: Glyph) -> float:
    return glyph.x0
