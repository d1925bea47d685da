"""One page laid out: its tables and its other lines, from the top down."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.reports.documents.pdf_columns import find_columns
from orchestration.reports.documents.pdf_grids import Grid
from orchestration.reports.documents.pdf_lines import Line, lines_of
from orchestration.reports.documents.pdf_marks import Glyph, Page


@dataclass(frozen=True, slots=True)
class Layout:
    """A page with its tables and the lines outside them, from the top down."""

    page: Page
    items: list[Line | Grid]


def lay_out(page: Page, grids: list[Grid], outside: list[Glyph]) -> Layout:
    """The page with these tables; tables that no lines draw are looked for among the characters outside."""
    lines, unruled = find_columns(lines_of(outside))
    items: list[Line | Grid] = [*grids, *unruled, *lines]
    items.sort(key=_top)
    return Layout(page, items)


def _top(item: Line | Grid) -> float:
    return item.box[1] if isinstance(item, Grid) else item.top
