"""Rows that a converter filled up to the width of their table, and a head over all rows of a header, told first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from orchestration.registry.model import Registry, TemplateCell
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.tables.placing import Row, compared

from . import spread
from .held import FORMS, YEARS, read_document, said, truth, wrong
from .spread import Grid, Printed

EACH_FORM = pytest.mark.parametrize("form", FORMS)


def _width(grid: Grid) -> int:
    return max(sum(cell.columns for cell in row) for row in grid)


def rows_filled_up(grid: Grid) -> str:
    """One row a line, each with as many marks as the widest row has cells: also for what reaches down from above."""
    width = _width(grid)
    return "\n".join(" | ".join(c.text for c in row) + " | " + "|" * (width - len(row)) for row in grid)


def cells_filled_up(grid: Grid) -> str:
    """One cell a line, the marks that fill a row up behind its last cell."""
    width = _width(grid)
    rows = ("\n".join(f"{c.text} |".lstrip() for c in row) + " " + "|" * (width - len(row)) for row in grid)
    return "\n".join(words.rstrip() for words in rows)


def markdown_filled_up(grid: Grid) -> str:
    width = _width(grid)
    rows = ["| " + " | ".join([*(c.text for c in row), *[""] * (width - len(row))]) + " |" for row in grid]
    return "\n".join([rows[0], "|" + " --- |" * width, *rows[1:]])


FILLED_UP = pytest.mark.parametrize(
    "layout", [rows_filled_up, cells_filled_up, markdown_filled_up], ids=lambda layout: layout.__name__
)


def _blanks(cell: TemplateCell, applicant: str) -> str:
    empty = applicant in ("org_research", "org_legal_service") and "natural_person" in cell.column_keys
    return "" if empty else spread.figure(cell, applicant)


def _few(cell: TemplateCell, applicant: str) -> str:
    """Blank all but the first applicant of every third row: no row is complete, no total is printed."""
    shown = "natural_person" not in cell.column_keys or (applicant == "natural_person" and cell.row_no % 3 == 0)
    return spread.figure(cell, applicant) if shown else ""


@EACH_FORM
@FILLED_UP
@pytest.mark.parametrize("value", [spread.figure, _blanks], ids=["figures", "blanks"])
def test_rows_with_more_labels_are_filled_up_with_less(
    registry: Registry, form: str, layout: Callable[[Grid], str], value: spread.Value
) -> None:
    grids = spread.report(registry.templates[form], value)
    reading = read_document(registry, read(spread.text(grids, layout, YEARS[form]), "x"), form)
    assert said(reading) == truth(grids)
    assert "row_arity" not in reading.issue_codes


@EACH_FORM
@FILLED_UP
def test_where_few_cells_are_filled_no_figure_moves(
    registry: Registry, form: str, layout: Callable[[Grid], str]
) -> None:
    grids = spread.report(registry.templates[form], _few)
    reading = read_document(registry, read(spread.text(grids, layout, YEARS[form]), "x"), form)
    true = truth(grids)
    moved = {key: value for key, value in said(reading).items() if value[0] != "unreadable" and value != true[key]}
    assert moved == {} and said(reading).keys() == true.keys()


def _row(words: str, level: int, labels: int) -> Row:
    grid = [[Printed(mark.strip("_")) for mark in words.split()]]
    cells = tuple(cell for row in spread.document([grid]).tables[0].rows for cell in row)
    return Row(cells, level, 1, labels)


def test_empty_cells_before_the_figures_of_a_wide_label_are_not_taken_for_filling() -> None:
    rows = [
        *[_row("_ _ 1 2 3", 1, 1), _row("_ _ 4 5 6", 1, 1)],
        *[_row("7 8 9 _", 2, 2), _row("1 2 _ _", 2, 2)],
        _row("_ 3 _ _", 3, 2),
    ]
    # The second level is filled up behind, the first is not: what stands alone in the third is left open.
    assert compared(rows, 3).patterns == {(1, 5): (2, 3, 4), (2, 4): (0, 1, 2)}
    assert compared(rows[2:], 3).patterns[3, 4] == (0, 1, 2)


def _total_told_first(grid: Grid, last: bool) -> Grid:
    """The matrix as it is told where the head of the total reaches over all rows of the header, `last` or first."""
    top, middle, organisations, *rows = grid
    rows = rows if last else [[*row[:-7], row[-1], *row[-7:-1]] for row in rows]
    return [[*top[1:], middle[2]], middle[:2], organisations, *rows]


@EACH_FORM
@pytest.mark.parametrize("layout", [spread.cell_lines, spread.pipe_rows], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("last", [True, False], ids=["last", "first"])
def test_a_total_whose_head_is_told_first_stands_where_the_rows_add_up(
    registry: Registry, form: str, layout: Callable[[Grid], str], last: bool
) -> None:
    template = registry.templates[form]
    matrix = _total_told_first(spread.matrix(template, spread.adding_up(template)), last)
    reading = read_document(registry, read(spread.text([matrix], layout, YEARS[form]), "x"), form)
    assert said(reading) == truth([matrix])
    assert not any("column_by_count" in one.issue_codes for one in reading.readings)


@EACH_FORM
def test_a_total_that_adds_up_nowhere_is_said_to_be_counted(registry: Registry, form: str) -> None:
    matrix = _total_told_first(spread.matrix(registry.templates[form]), last=True)
    reading = read_document(registry, read(spread.text([matrix], spread.cell_lines, YEARS[form]), "x"), form)
    figures = [one for one in reading.readings if one.value_status != "not_applicable"]
    assert figures and all("column_by_count" in one.issue_codes for one in figures)


@EACH_FORM
def test_the_way_to_court_may_stand_in_brackets(registry: Registry, form: str) -> None:
    five = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    row = list(spread.outcomes(registry.templates[form])[-1])
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼(复议后起诉)")
    beside = [
        [Printed(""), *map(Printed, five)],
        *([Printed(name), *row[at : at + 5]] for at, name in zip((0, 5, 10), names, strict=True)),
    ]
    alone = [
        [[replace(Printed(name), columns=5)], [*map(Printed, five)], row[at : at + 5]]
        for at, name in zip((0, 5, 10), names, strict=True)
    ]
    for grids in ([beside], alone):
        assert said(read_document(registry, spread.document(grids), form)) == truth(grids)


@pytest.mark.parametrize("torn", [("对外公开", "总数量"), ("对外", "公开总数量")])
def test_a_last_head_in_pieces_is_no_label_of_the_first_row(registry: Registry, torn: tuple[str, str]) -> None:
    grids = spread.report(registry.templates["national_2019"])
    text = spread.text(grids, spread.cell_lines, 2019).decode()
    for whole, pieces in (("本年新公开数量", ("本年新", "公开数量")), ("对外公开总数量", torn)):
        text = text.replace(whole, "\n".join(pieces))
    reading = read_document(registry, read(text.encode(), "x"), "national_2019")
    assert said(reading) == truth(grids)
    assert reading.issue_codes == ()


@pytest.mark.parametrize("head", ["现行有效件", "现行有效"])
def test_a_head_that_lost_its_end_beside_the_first_row(registry: Registry, head: str) -> None:
    template = registry.templates["national_2021"]
    grids = spread.report(template, spread.adding_up(template))
    text = spread.text(grids, spread.cell_lines, 2022).decode().replace("现行有效件数", head)
    reading = read_document(registry, read(text.encode(), "x"), "national_2021")
    assert said(reading) == truth(grids)
    assert not any("column_by_count" in one.issue_codes for one in reading.readings)


@EACH_FORM
@pytest.mark.parametrize("lost", range(15))
def test_outcomes_that_lost_a_cell_and_were_filled_up_are_doubted(registry: Registry, form: str, lost: int) -> None:
    template = registry.templates[form]
    grid = spread.outcomes(template, spread.adding_up(template))
    row = list(grid[-1])
    damaged = [*grid[:-1], [*row[:lost], *row[lost + 1 :], Printed("")]]
    reading = read_document(registry, read(spread.text([damaged], spread.tab_rows, YEARS[form]), "x"), form)
    assert wrong(reading, [grid]) == []


@EACH_FORM
def test_groups_of_outcomes_told_in_another_order_are_not_guessed(registry: Registry, form: str) -> None:
    template = registry.templates[form]
    top, middle, bottom, row = spread.outcomes(template, spread.adding_up(template))
    reading = read_document(
        registry, read(spread.text([[middle, top, bottom, row]], spread.cell_lines, YEARS[form]), "x"), form
    )
    assert wrong(reading, [[row]]) == []
