"""Layouts of the forms of 2019 and 2021 met on real pages: what decides a column or a row when the usual is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from orchestration.registry.model import Registry, Template, TemplateCell
from orchestration.reports.documents.read import read

from . import spread
from .held import FORMS, YEARS, read_document, read_grids, said, truth, wrong
from .spread import Grid, Printed

EACH_FORM = pytest.mark.parametrize("form", FORMS)
FIVE = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def _heads(*words: str) -> list[Printed]:
    return [Printed(word) for word in words]


def total_first(template: Template) -> Grid:
    top, middle, organisations, *rows = spread.matrix(template)
    return [top, [middle[2], *middle[:2]], organisations, *([*row[:-7], row[-1], *row[-7:-1]] for row in rows)]


def header_in_one_row(template: Template) -> Grid:
    names = ["自然人", *(f"法人或其他组织/{words}" for words in list(spread.APPLICANTS.values())[1:-1]), "总计"]
    return [[Printed("申请人情况", 3), *_heads(*names)], *spread.matrix(template)[3:]]


def header_without_its_group(template: Template) -> Grid:
    return [[Printed("", 3), *_heads(*spread.APPLICANTS.values())], *spread.matrix(template)[3:]]


def merged_labels_lost(template: Template) -> Grid:
    whole = spread.matrix(template)
    return [[replace(cell, text="") if cell.rows > 1 and not cell.holds else cell for cell in row] for row in whole[3:]]


def ordinals_lost(template: Template) -> Grid:
    ordinal = re.compile(r"^(?:\d\.|（[一二三四五六七]）|[一二三四]、)")
    return [[replace(cell, text=ordinal.sub("", cell.text)) for cell in row] for row in spread.matrix(template)]


def rows_of_our_own(template: Template) -> Grid:
    whole = spread.matrix(template)
    added = [[Printed(words, 3), *_heads(*"8888888")] for words in ("其中：网络申请", "五、当面咨询", "合计")]
    return [*whole[:5], added[0], *whole[5:], *added[1:]]


MATRICES = (
    total_first, header_in_one_row, header_without_its_group, merged_labels_lost, ordinals_lost, rows_of_our_own,
)  # fmt: skip


@EACH_FORM
@pytest.mark.parametrize("make", MATRICES, ids=lambda make: make.__name__)
def test_a_matrix_told_otherwise(registry: Registry, form: str, make: Callable[[Template], Grid]) -> None:
    grid = make(registry.templates[form])
    assert said(read_grids(registry, [grid], form)) == truth([grid])


def group_beside_each_row(row: Sequence[Printed]) -> list[Grid]:
    return [
        [
            [Printed("类别", 2), *_heads(*FIVE)],
            [Printed("行政复议", 2), *row[:5]],
            [Printed("行政诉讼", rows=2), Printed("未经复议直接起诉"), *row[5:10]],
            [Printed("复议后起诉"), *row[10:]],
        ]
    ]


def two_halves(row: Sequence[Printed]) -> list[Grid]:
    litigation = [
        [Printed("行政诉讼", 10)],
        [Printed("未经复议直接起诉", 5), Printed("复议后起诉", 5)],
        _heads(*FIVE * 2),
    ]
    return [[[Printed("行政复议", 5)], _heads(*FIVE), list(row[:5])], [*litigation, list(row[5:])]]


def review_without_its_head(row: Sequence[Printed]) -> list[Grid]:
    review, litigation = two_halves(row)
    return [review[1:], litigation[1:]]


def every_merged_cell_again(row: Sequence[Printed]) -> list[Grid]:
    top = _heads(*["行政复议"] * 5, *["行政诉讼"] * 10)
    middle = _heads(*FIVE, *["未经复议直接起诉"] * 5, *["复议后起诉"] * 5)
    return [[top, middle, _heads(*FIVE * 3), list(row)]]


OUTCOMES = (group_beside_each_row, two_halves, review_without_its_head, every_merged_cell_again)


@EACH_FORM
@pytest.mark.parametrize("make", OUTCOMES, ids=lambda make: make.__name__)
def test_outcomes_told_otherwise(
    registry: Registry, form: str, make: Callable[[Sequence[Printed]], list[Grid]]
) -> None:
    grids = make(spread.outcomes(registry.templates[form])[-1])
    assert said(read_grids(registry, grids, form)) == truth(grids)


def test_an_amount_in_every_column_it_spans_is_one(registry: Registry) -> None:
    whole = spread.one_grid(spread.blocks(registry.templates["national_2021"]))
    again = [[replace(cell, columns=1) for cell in row for _ in range(cell.columns)] for row in whole]
    reading = read_grids(registry, [again], "national_2021")
    assert said(reading) == truth([whole])
    assert len(reading.readings) == len(truth([whole]))


@pytest.mark.parametrize(
    ("form", "cut"),
    [
        ("national_2019", ("本年新制作数量", "本年新公开数量", "本年新")),
        ("national_2021", ("本年制发件数", "本年废止件数", "本年")),
    ],
)
def test_heads_cut_to_the_same_words_are_told_by_the_others(
    registry: Registry, form: str, cut: tuple[str, str, str]
) -> None:
    whole = spread.blocks(registry.templates[form])[0]
    grid = [[replace(c, text=cut[2]) if c.text in cut[:2] else c for c in row] for row in whole]
    assert said(read_grids(registry, [grid], form)) == truth([whole])
    strange = [[replace(c, text="备注") if c.text == cut[1] else c for c in row] for row in whole]
    found = said(read_grids(registry, [strange], form))
    assert found == {
        key: value for key, value in truth([whole]).items() if not key[0].endswith(("disclosed", "repealed"))
    }


LABELS = {
    "national_2019": ("规章", "规范性文件", "行政强制", "其他对外管理服务事项"),
    "national_2021": ("规章", "行政规范性文件", "行政强制", "行政许可"),
}


@pytest.mark.parametrize(("form", "label"), [(form, label) for form, labels in LABELS.items() for label in labels])
def test_a_row_without_its_label_is_told_by_its_place(registry: Registry, form: str, label: str) -> None:
    whole = spread.one_grid(spread.blocks(registry.templates[form]))
    grid = [[replace(cell, text="") if cell.text == label else cell for cell in row] for row in whole]
    reading = read_grids(registry, [grid], form)
    assert said(reading) == truth([whole])
    lost = {cell.cell_id for cell in registry.templates[form].cells if cell.label == label}
    assert {r.cell_id for r in reading.readings if "row_by_place" in r.issue_codes} == lost
    assert "row_by_place" in reading.issue_codes


def test_a_row_that_could_be_either_is_nobodys(registry: Registry) -> None:
    whole = spread.blocks(registry.templates["national_2021"])[0]
    reading = read_grids(registry, [[*whole[:2], [Printed(""), *whole[2][1:]]]], "national_2021")
    assert reading.readings == ()


def closed_cells(grid: Grid) -> str:
    """One cell a line behind its pipe, and the columns that cells span as pipes on a line of their own."""
    lines = []
    for row in grid:
        spanned = sum(cell.columns - 1 for cell in row)
        lines += [f"{cell.text} |" if cell.text else "|" for cell in row] + ["|" * spanned] * (spanned > 0)
    return "\n".join(lines)


def closed_rows(grid: Grid) -> str:
    """One row a line, and the columns that cells span as pipes at its end."""
    rows = ((" | ".join(cell.text for cell in row), sum(cell.columns - 1 for cell in row)) for row in grid)
    return "\n".join(f"{words} | {'|' * spanned}" for words, spanned in rows)


def left_out(grid: Grid) -> Grid:
    """The rows as a page prints them that leaves out empty cells and fills its rows up at their ends."""
    rows = []
    for row in grid:
        shown = [cell for cell in row if cell.text]
        width = sum(cell.columns for cell in row)
        spare = width - sum(cell.columns for cell in shown)
        rows.append([*shown[:-1], replace(shown[-1], columns=shown[-1].columns + spare)])
    return rows


PIPED = pytest.mark.parametrize("layout", [closed_cells, closed_rows], ids=lambda layout: layout.__name__)


def _sparse(cell: TemplateCell, applicant: str) -> str:
    empty = applicant in ("org_research", "org_legal_service") and "natural_person" in cell.column_keys
    return "" if empty else spread.figure(cell, applicant)


@EACH_FORM
@PIPED
@pytest.mark.parametrize("value", [spread.figure, _sparse], ids=["figures", "blanks"])
def test_pipes_that_fill_a_row_up_are_no_cells(
    registry: Registry, form: str, layout: Callable[[Grid], str], value: spread.Value
) -> None:
    grids = spread.report(registry.templates[form], value)
    reading = read_document(registry, read(spread.text(grids, layout, YEARS[form]), "x"), form)
    assert said(reading) == truth(grids)


@EACH_FORM
@PIPED
def test_empty_cells_left_out_shift_no_other(registry: Registry, form: str, layout: Callable[[Grid], str]) -> None:
    grids = spread.report(registry.templates[form], _sparse)
    printed = [left_out(grid) for grid in grids]
    reading = read_document(registry, read(spread.text(printed, layout, YEARS[form]), "x"), form)
    assert wrong(reading, grids) == []
    assert "row_arity" in reading.issue_codes


@EACH_FORM
@pytest.mark.parametrize("broken", ["{}\n| ", "{}\n|\n"])
def test_a_label_whose_mark_stands_below_it_keeps_its_figures(registry: Registry, form: str, broken: str) -> None:
    grids = spread.report(registry.templates[form])
    text = spread.text(grids, closed_rows, YEARS[form]).decode()
    for label in ("行政规范性文件", "规范性文件", "行政处罚"):
        text = text.replace(f"\n{label} | ", "\n" + broken.format(label))
    assert said(read_document(registry, read(text.encode(), "x"), form)) == truth(grids)


@EACH_FORM
@pytest.mark.parametrize("mark", ["- {} -", "{}/9", "第{}页", "第 {} 页 共 9 页"])
def test_page_numbers_between_cells_are_no_figures(registry: Registry, form: str, mark: str) -> None:
    grids = spread.report(registry.templates[form])

    def layout(grid: Grid) -> str:
        cells = [cell.text for row in grid for cell in row]
        pages = [mark.format(at // 37 + 1) if at % 37 == 36 else "" for at in range(len(cells))]
        return "\n".join(words for pair in zip(cells, pages, strict=True) for words in pair if words)

    reading = read_document(registry, read(spread.text(grids, layout, YEARS[form]), "x"), form)
    assert said(reading) == truth(grids)


@EACH_FORM
def test_a_cell_that_leaves_no_trace_is_blank_and_says_so(registry: Registry, form: str) -> None:
    grids = spread.report(registry.templates[form], lambda cell, applicant: "" if cell.kind == "amount" else "4")
    text = spread.text(grids, lambda grid: "\n".join(c.text for row in grid for c in row if c.text), YEARS[form])
    reading = read_document(registry, read(text, "x"), form)
    lost = [r for r in reading.readings if (r.cell_id or "").endswith("amount")]
    assert [(r.value, "row_arity" in r.issue_codes) for r in lost] == [(None, True)]


def glued_labels(text: str) -> str:
    return re.sub(r"\n(规章|行政规范性文件|规范性文件)\t0\t0\t0", r"\n\g<1>000", text)


def glued_rows(text: str) -> str:
    return text.replace("\t", "")


@EACH_FORM
@pytest.mark.parametrize("glued", [glued_labels, glued_rows], ids=lambda glued: glued.__name__)
def test_rows_run_together_are_said_to_be_unread(registry: Registry, form: str, glued: Callable[[str], str]) -> None:
    grids = spread.report(registry.templates[form], lambda cell, applicant: "0")
    text = glued(spread.text(grids, spread.tab_rows, YEARS[form]).decode())
    reading = read_document(registry, read(text.encode(), "x"), form)
    assert wrong(reading, grids) == []
    assert "rows_unreadable" in reading.issue_codes


@EACH_FORM
def test_a_form_that_leaves_out_a_row_is_not_whole(registry: Registry, form: str) -> None:
    section_two, *others = spread.report(registry.templates[form])
    reading = read_grids(registry, [[row for row in section_two if row[0].text != "规章"], *others], form)
    assert reading.issue_codes == ("rows_absent",)
