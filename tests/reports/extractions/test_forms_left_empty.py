"""Forms of 2019 and 2021 that are left empty, or nearly so: their blanks are blank, and their few figures are read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orchestration.registry.model import Registry, TemplateCell
from orchestration.reports.documents.read import read

from . import spread
from .held import FORMS, YEARS, read_document, said, truth, wrong
from .spread import Grid

EACH_FORM = pytest.mark.parametrize("form", FORMS)


def reaching_down(grid: Grid) -> str:
    """Closed rows in which a cell that reaches down from a row above leaves an empty cell."""
    return "\n".join(
        "| " * (row[0][0] - 1) + " | ".join(c.text for _, c in row) + " |" for row in spread.laid_out(grid)
    )


def ruled_rows(grid: Grid) -> str:
    """Framed rows of one width, with a rule under the first."""
    first, *others = ("| " + " | ".join(spread.words_of(row, True)) + " |" for row in grid)
    return "\n".join([first, "|" + " --- |" * (first.count("|") - 1), *others])


ROWS = (
    spread.tab_rows, spread.spread_tab_rows, spread.pipe_rows, spread.spread_pipe_rows, spread.markdown_rows,
    spread.led_cells, reaching_down, ruled_rows,
)  # fmt: skip
CELLS = (spread.closed_pipe_cells, spread.framed_pipe_cells, spread.lone_pipe_cells)


def nothing(_cell: TemplateCell, _applicant: str) -> str:
    return ""


def one_figure(cell: TemplateCell, _applicant: str) -> str:
    return "3" if cell.label == "行政处罚" else ""


def a_row_of_two(cell: TemplateCell, applicant: str) -> str:
    return "7" if cell.row_key == "new" and applicant in ("natural_person", "total") else ""


def requests_alone(cell: TemplateCell, _applicant: str) -> str:
    return "0" if cell.row_key else ""


VALUES = pytest.mark.parametrize(
    "value", [nothing, one_figure, a_row_of_two, requests_alone], ids=lambda value: value.__name__
)


@EACH_FORM
@VALUES
@pytest.mark.parametrize("layout", ROWS, ids=lambda layout: layout.__name__)
def test_what_is_left_empty_is_blank(
    registry: Registry, form: str, layout: Callable[[Grid], str], value: spread.Value
) -> None:
    grids = spread.report(registry.templates[form], value)
    reading = read_document(registry, read(spread.text(grids, layout, YEARS[form]), "x"), form)
    assert said(reading) == truth(grids)
    assert reading.issue_codes == ()


@EACH_FORM
@VALUES
@pytest.mark.parametrize("layout", CELLS, ids=lambda layout: layout.__name__)
def test_one_cell_a_line_loses_no_figure_and_says_which_blanks_were_not_read(
    registry: Registry, form: str, layout: Callable[[Grid], str], value: spread.Value
) -> None:
    grids = spread.report(registry.templates[form], value)
    reading = read_document(registry, read(spread.text(grids, layout, YEARS[form]), "x"), form)
    assert wrong(reading, grids) == []
    found, true = said(reading), truth(grids)
    assert [key for key, (_, number) in true.items() if number is not None and key not in found] == []
    assert len(found) > 0.9 * len(true)
    assert len(found) == len(true) or "rows_unreadable" in reading.issue_codes
