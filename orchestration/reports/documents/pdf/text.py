"""The text of a PDF as it is put together: lines and cells in reading order, each character with its box."""

from __future__ import annotations

from array import array
from math import inf

from orchestration.reports.documents.model import Pages, Span
from orchestration.reports.documents.pdf.grids import Grid, GridCell
from orchestration.reports.documents.pdf.joins import Part, PartCell
from orchestration.reports.documents.pdf.layout import Layout
from orchestration.reports.documents.pdf.lines import Marks, cell_marks, spaced
from orchestration.reports.documents.pdf.marks import Page
from orchestration.reports.documents.pdf.paths import Box
from orchestration.reports.documents.pdf.prose import ProseLine
from orchestration.reports.documents.text import fold

Item = ProseLine | Part
_NOWHERE = (float("nan"),) * 4


class PageText:
    """Takes pages in order and keeps their text, with a box for every character and for the place of a blank cell."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._boxes = array("f")
        self._starts: list[int] = []

    @property
    def text(self) -> str:
        """All that was written: one line of text, or one row of a table with tabs between cells, to a line."""
        return "".join(self._parts)

    def pages(self) -> Pages:
        """Where the characters of the text stand."""
        return Pages(tuple(self._starts), self._boxes)

    def write(self, layout: Layout) -> list[Item]:
        """Write one page; the lines and tables of it, with their spans."""
        page = layout.page
        while len(self._starts) < page.number:
            self._starts.append(self._length)
        items: list[Item] = []
        for item in layout.items:
            if isinstance(item, Grid):
                items.append(self._grid(page, item))
                continue
            span = self._write(page, spaced(item))
            items.append(ProseLine(page.number, item, span, "".join(fold(item.words).split())))
            self._end("\n", _NOWHERE)
        return items

    def _grid(self, page: Page, grid: Grid) -> Part:
        cells = sorted(grid.cells, key=_place)
        written = []
        for cell, following in zip(cells, [*cells[1:], None], strict=True):
            marks = cell_marks(cell.glyphs, cell.box)
            span = self._write(page, marks)
            # An empty span stands before the mark that ends its cell: the box of that mark is the cell's.
            self._end("\t" if following and following.row == cell.row else "\n", page.shown(cell.box))
            words = fold("".join([character for character, _ in marks]))
            room = _room(marks, cell.box)
            written.append(PartCell(words, span, cell.row, cell.column, cell.row_span, cell.column_span, room))
        return Part(page.number, grid.edges, grid.rows, written)

    def _write(self, page: Page, marks: Marks) -> Span:
        start = self._length
        self._parts.append("".join([character for character, _ in marks]))
        self._length += len(marks)
        if page.turn:
            marks = [(character, box and page.shown(box)) for character, box in marks]
        self._boxes.extend([side for _, box in marks for side in box or _NOWHERE])
        return Span(start, self._length)

    def _end(self, mark: str, box: Box) -> None:
        self._parts.append(mark)
        self._boxes.extend(box)
        self._length += 1


def _room(marks: Marks, box: Box) -> float:
    """What the last line of a cell leaves free to the right of its words, in heights of the line."""
    last = marks[-1][1] if marks else None
    return (box[2] - last[2]) / max(last[3] - last[1], 1.0) if last else inf


def _place(cell: GridCell) -> tuple[int, int]:
    return cell.row, cell.column
