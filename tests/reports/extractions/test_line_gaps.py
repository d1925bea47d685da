"""Tables told one cell a line in which an empty cell left an empty line: what stands where is counted, or said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orchestration.registry.model import Registry, TemplateCell
from orchestration.reports.documents.read import read

from . import spread
from .held import FORMS, YEARS, read_document, said, truth, wrong
from .spread import Grid

EACH_FORM = pytest.mark.parametrize("form", FORMS)


def paragraphs(grid: Grid) -> str:
    """Cells apart by an empty line; an empty cell leaves one line end more."""
    return "".join(f"{cell.text}\n\n" if cell.text else "\n" for row in grid for cell in row)


def empty_paragraphs(grid: Grid) -> str:
    return "\n\n".join(cell.text for row in grid for cell in row)


def _first_and_total(cell: TemplateCell, applicant: str) -> str:
    shown = "natural_person" not in cell.column_keys or applicant in ("natural_person", "total")
    return spread.figure(cell, applicant) if shown else ""


def _total_alone(cell: TemplateCell, applicant: str) -> str:
    shown = "natural_person" not in cell.column_keys or (applicant == "total" and cell.row_no % 2 == 1)
    return spread.figure(cell, applicant) if shown else ""


@EACH_FORM
@pytest.mark.parametrize(
    ("layout", "value"),
    [(paragraphs, _first_and_total), (paragraphs, _total_alone), (empty_paragraphs, _first_and_total)],
)
def test_empty_cells_are_counted_by_the_line_ends_they_left(
    registry: Registry, form: str, layout: Callable[[Grid], str], value: spread.Value
) -> None:
    grids = spread.report(registry.templates[form], value)
    reading = read_document(registry, read(spread.text(grids, layout, YEARS[form]), "x"), form)
    assert said(reading) == truth(grids)
    # Where the table ends, line ends are no longer its own.
    doubted = {one.cell_id or "" for one in reading.readings if "row_arity" in one.issue_codes}
    assert all(cell_id.endswith(".carry_out") for cell_id in doubted)


@EACH_FORM
def test_where_line_ends_do_not_come_out_even_nothing_is_filled_in(registry: Registry, form: str) -> None:
    grids = spread.report(registry.templates[form], _first_and_total)
    text = spread.text(grids, paragraphs, YEARS[form]).decode()
    # A converter that keeps at most two empty lines.
    lost = text.replace("\n\n\n\n\n\n\n", "\n\n\n")
    reading = read_document(registry, read(lost.encode(), "x"), form)
    assert wrong(reading, grids) == []
    assert "row_arity" in reading.issue_codes


@EACH_FORM
def test_a_number_left_out_as_a_page_number_is_no_empty_cell(registry: Registry, form: str) -> None:
    grids = spread.report(registry.templates[form], _total_alone)
    text = spread.text(grids, paragraphs, YEARS[form]).decode()
    reading = read_document(registry, read(text.replace("\n\n\n\n", "\n\n第 3 页\n\n").encode(), "x"), form)
    assert wrong(reading, grids) == []
