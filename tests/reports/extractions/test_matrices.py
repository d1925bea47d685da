"""The forms of 2019 and 2021 from grids with spans and from texts that lost them, figure by figure, and with damage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from orchestration.registry.model import Registry, TemplateCell
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.cells import TableReading
from orchestration.reports.extractions.match import score_templates

from . import spread
from .held import FORMS, YEARS, read_document, read_grids, said, truth, wrong
from .spread import Grid, Printed

Layout = Callable[[Grid], str]
EACH_FORM = pytest.mark.parametrize("form", FORMS)
EACH_LAYOUT = pytest.mark.parametrize("layout", spread.LAYOUTS, ids=lambda layout: layout.__name__)
# Cells on lines of their own lose an empty cell, or leave an empty line that may be told by its place.
WITHOUT_TRACE = ("cell_lines", "cell_paragraphs", "spaced_rows")


def mixed(cell: TemplateCell, applicant: str) -> str:
    return ("0", "", "—", "/", spread.figure(cell, applicant), "-")[(cell.row_no + len(applicant)) % 6]


def no_row_totals(cell: TemplateCell, applicant: str) -> str:
    of_matrix = "natural_person" in cell.column_keys
    return "" if of_matrix and applicant == "total" else spread.figure(cell, applicant)


@EACH_FORM
@pytest.mark.parametrize("value", [spread.figure, mixed, no_row_totals, lambda cell, applicant: ""])
def test_every_cell_of_a_grid(registry: Registry, form: str, value: spread.Value) -> None:
    grids = spread.report(registry.templates[form], value)
    reading = read_grids(registry, grids, form)
    assert said(reading) == truth(grids)
    assert reading.variant == "full"
    assert reading.issue_codes == ()
    assert reading.absent == ()
    assert not reading.truncated


@EACH_FORM
@EACH_LAYOUT
@pytest.mark.parametrize("value", [spread.figure, lambda cell, applicant: "0"], ids=["figures", "zeros"])
def test_every_cell_of_a_text_that_lost_its_grid(
    registry: Registry, form: str, layout: Layout, value: spread.Value
) -> None:
    grids = spread.report(registry.templates[form], value)
    document = read(spread.text(grids, layout, YEARS[form]), "x")
    reading = read_document(registry, document, form)
    assert said(reading) == truth(grids)
    assert reading.issue_codes == ()
    assert score_templates(document, registry)[0].template_id == form


@EACH_FORM
@EACH_LAYOUT
@pytest.mark.parametrize("value", [mixed, no_row_totals], ids=["mixed", "no row totals"])
def test_blank_cells_never_shift_the_others(registry: Registry, form: str, layout: Layout, value: spread.Value) -> None:
    grids = spread.report(registry.templates[form], value)
    reading = read_document(registry, read(spread.text(grids, layout, YEARS[form]), "x"), form)
    assert wrong(reading, grids) == []
    found, true = said(reading), truth(grids)
    right = sum(found.get(key) == expected for key, expected in true.items())
    if layout.__name__ not in WITHOUT_TRACE:
        assert right >= 0.85 * len(true)
    else:
        assert "row_arity" in reading.issue_codes or right == len(true)


def test_a_matrix_with_one_row_for_other_processing(registry: Registry) -> None:
    template = registry.templates["national_2021"]
    grids = [spread.one_grid(spread.blocks(template)), spread.matrix(template, single_other=True)]
    reading = read_grids(registry, [*grids, spread.outcomes(template)], "national_2021")
    assert said(reading) == truth([*grids, spread.outcomes(template)])
    assert reading.variant == "single_other"
    assert reading.absent == ("D.3.other.overdue", "D.3.other.fee_unpaid", "D.3.other.other")
    assert {one.indicator_code for one in reading.readings if one.cell_id == "D.3.other"} == {"other_processing_count"}


@EACH_FORM
def test_a_column_for_all_organisations(registry: Registry, form: str) -> None:
    grids = [spread.matrix(registry.templates[form], subtotal=True)]
    reading = read_grids(registry, grids, form)
    assert said(reading) == truth(grids)
    assert {one.applicant_type for one in reading.readings} == {*spread.APPLICANTS, "org_total"}


@EACH_FORM
@pytest.mark.parametrize("again", [False, True], ids=["header once", "header repeated"])
@pytest.mark.parametrize("cut", [4, 6, 12, 20, 24])
def test_a_matrix_cut_over_pages(registry: Registry, form: str, cut: int, again: bool) -> None:
    whole = spread.matrix(registry.templates[form])
    pages = [whole[:cut], (spread.matrix_header() if again else []) + whole[cut:]]
    assert said(read_grids(registry, pages, form)) == truth([whole])


@EACH_FORM
def test_value_rows_whose_spans_are_shifted_against_the_header(registry: Registry, form: str) -> None:
    whole = spread.matrix(registry.templates[form])
    narrower = [
        row if at < 3 else [replace(row[0], columns=max(1, row[0].columns - 1)), *row[1:]]
        for at, row in enumerate(whole)
    ]
    wider = [
        row if at < 3 else [replace(cell, columns=1 + number % 2) for number, cell in enumerate(row)]
        for at, row in enumerate(whole)
    ]
    for shifted in (narrower, wider):
        assert said(read_grids(registry, [shifted], form)) == truth([whole])


def test_columns_follow_their_words_not_their_place(registry: Registry) -> None:
    whole = spread.matrix(registry.templates["national_2021"])
    # 科研机构 stands before 商业企业 here, in the header and in every row.
    swapped = [row if at < 2 else [*row[:-7], *_swapped(row)] for at, row in enumerate(whole)]
    swapped[2] = [whole[2][1], whole[2][0], *whole[2][2:]]
    assert said(read_grids(registry, [swapped], "national_2021")) == truth([whole])
    grid = spread.blocks(registry.templates["national_2021"])[0]
    turned = [row if len(row) < 2 else [row[0], row[3], row[1], row[2]] for row in grid]
    assert said(read_grids(registry, [turned], "national_2021")) == truth([grid])


def _swapped(row: list[Printed]) -> list[Printed]:
    cells = row[-7:]
    return [cells[0], cells[2], cells[1], *cells[3:]]


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        (["信息内容", "本年制发件数", "备注", "现行有效件数"], set()),
        (["信息内容", "本年制发件数", "本年止件数", "现行有效件数"], set()),
        (["信息内容", "本年发布件数", "本年清理件数", "留存件数"], {"unknown_row"}),
    ],
    ids=["a column of its own", "lost characters", "no word of the form"],
)
def test_header_words_decide(registry: Registry, header: list[str], codes: set[str]) -> None:
    rows = [header, ["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", "6"]]
    matrix = spread.matrix(registry.templates["national_2021"])
    reading = read_grids(registry, [[[Printed(text) for text in row] for row in rows], matrix], "national_2021")
    found = {key: value for key, (_, value) in said(reading).items() if "20_1" in key[0]}
    expected = {("D.20_1.rules.made", "total"): 1.0, ("D.20_1.norm.made", "total"): 4.0}
    expected |= {("D.20_1.rules.in_force", "total"): 3.0, ("D.20_1.norm.in_force", "total"): 6.0}
    if header[2] == "本年止件数":
        expected |= {("D.20_1.rules.repealed", "total"): 2.0, ("D.20_1.norm.repealed", "total"): 5.0}
    assert found == ({} if codes else expected)


@pytest.mark.parametrize(
    ("header", "cell", "value", "status", "codes"),
    [
        ("采购总金额（万元）", "12.5", 12.5, "reported", ()),
        ("采购总金额", "251000元", 25.1, "reported", ()),
        ("采购总金额", "18.6198万元", 18.6198, "reported", ()),
        ("采购总金额（单位：元）", "3000", 0.3, "reported", ()),
        ("采购总金额", "0", 0.0, "reported_zero", ()),
        ("采购总金额", "251000", None, "unreadable", ("unit_missing",)),
        ("采购总金额（万元）", "1 2.5", None, "unreadable", ("split_digits",)),
    ],
)
def test_units_of_amounts(
    registry: Registry, header: str, cell: str, value: float | None, status: str, codes: tuple[str, ...]
) -> None:
    rows = [["信息内容", "采购项目数量", header], ["政府集中采购", "2", cell]]
    (amount,) = [r for r in _small(registry, rows).readings if r.cell_id == "C.20_9.procure.amount"]
    assert (amount.value, amount.value_status, amount.issue_codes) == (value, status, codes)
    assert amount.unit == "万元"


@pytest.mark.parametrize(
    ("printed", "value"),
    [("+3", 3), ("-8", -8), ("减2", -2), ("增5", 5), ("0", 0), ("增加1项", 1), ("↓2", -2), ("↑4", 4), ("－6", -6)],
)
def test_changes_are_signed(registry: Registry, printed: str, value: float) -> None:
    rows = [["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政许可", "9", printed, "1"]]
    (change,) = [r for r in _small(registry, rows).readings if r.cell_id == "C.20_5.license.change"]
    assert change.value == value


def _small(registry: Registry, rows: Sequence[Sequence[str]]) -> TableReading:
    return read_grids(registry, [[[Printed(text) for text in row] for row in rows]], "national_2019")


def test_a_local_row_with_long_glosses(registry: Registry) -> None:
    rows = [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章（设区的市人民政府提供数据）", "0", "0", "0"],
        ["规范性文件：机关发布的决定、公告和意见，标题用规定、办法等字样的一般都是", "7", "6", "5"],
        ["其他主动公开文件（除规范性文件以外，以本单位名义签发的（含办公室）文件）", "4", "3", "2"],
    ]
    reading = _small(registry, rows)
    assert [r.value for r in reading.readings] == [0, 0, 0, 7, 6, 5, 4, 3, 2]
    assert reading.variant == "wuhan"
    assert [r.indicator_code for r in reading.readings][6:] == [None] * 3


def test_figures_beside_a_label_that_only_heads_others(registry: Registry) -> None:
    template = registry.templates["national_2021"]
    grid = spread.matrix(template)
    at = next(i for i, row in enumerate(grid) if _labelled(row, "1.信访举报"))
    group, own = grid[at][0], [Printed(str(number)) for number in range(7)]
    grid[at : at + 1] = [[replace(group, rows=1, columns=2), *own], grid[at][1:]]
    reading = read_grids(registry, [grid], "national_2021")
    assert said(reading) == truth([grid])
    (stray,) = [r for r in reading.readings if r.value_status == "not_applicable"]
    assert (stray.cell_id, stray.indicator_code, stray.issue_codes) == ("D.3.noproc", None, ("header_value",))


def test_a_row_printed_twice(registry: Registry) -> None:
    grid = spread.matrix(registry.templates["national_2019"])
    same = read_grids(registry, [[*grid, grid[-1]]], "national_2019")
    assert said(same) == truth([grid])
    assert "duplicate_row" not in same.issue_codes
    other = [replace(cell, text="9") if cell.holds else cell for cell in grid[-1]]
    differs = read_grids(registry, [[*grid, other]], "national_2019")
    assert "duplicate_row" in differs.issue_codes
    doubled = [r for r in differs.readings if "duplicate_row" in r.issue_codes]
    assert {r.cell_id for r in doubled} == {"C.3.carry_out"}


@EACH_FORM
def test_too_few_or_too_many_cells_are_no_figures(registry: Registry, form: str) -> None:
    grid = spread.outcomes(registry.templates[form])
    for row in (grid[-1][:-1], [*grid[-1], Printed("4")]):
        reading = read_grids(registry, [[*grid[:-1], row]], form)
        assert {r.value_status for r in reading.readings} == {"unreadable"}
        assert "row_arity" in reading.issue_codes
    matrix = spread.matrix(registry.templates[form])
    torn = [*matrix[3][:3], replace(matrix[3][3], text="1"), Printed("8"), *matrix[3][4:]]
    reading = read_grids(registry, [[*matrix[:3], torn, *matrix[4:]]], form)
    assert wrong(reading, [matrix]) == []
    assert sum("row_arity" in r.issue_codes for r in reading.readings) == 7


@EACH_FORM
def test_outcomes_are_told_by_spans_or_by_order(registry: Registry, form: str) -> None:
    grid = spread.outcomes(registry.templates[form])
    leaves_below = [grid[0], [grid[1][5], grid[1][6]], [replace(c, rows=1) for c in grid[1][:5]] + grid[2], grid[3]]
    turned = [
        [grid[0][1], grid[0][0]],
        [grid[1][5], grid[1][6], *grid[1][:5]],
        grid[2],
        [*grid[3][5:], *grid[3][:5]],
    ]
    for whole in (leaves_below, turned):
        assert said(read_grids(registry, [whole], form)) == truth([grid])
    backwards = read(spread.text([[], [], turned], spread.cell_lines), "x")
    assert wrong(read_document(registry, backwards, form), [grid]) == []


SHREDDED = """行政复议 行政诉讼
未经复议直接起诉 复议后起诉
结 结 其 尚
结 结 其 尚 结 结 其 尚
总计 果 果 他 未 总 果 果 他 未 总
维 纠 结 审 计 维 纠 结 审 计
"""


@EACH_FORM
def test_outcomes_whose_words_are_shredded_are_told_by_count(registry: Registry, form: str) -> None:
    grids = spread.report(registry.templates[form])

    def flat(grid: Grid) -> str:
        whole = spread.spaced_rows(grid)
        return SHREDDED + whole.rpartition("\n")[2] if grid is grids[2] else whole

    reading = read_document(registry, read(spread.text(grids, flat, YEARS[form]), "x"), form)
    assert said(reading) == truth(grids)
    by_count = {r.cell_id for r in reading.readings if "column_by_count" in r.issue_codes}
    assert len(by_count) == 15
    assert all(cell_id and cell_id[2:4] == "4." for cell_id in by_count)


@pytest.mark.parametrize("lost", [[], ["对外公开总数量"]], ids=["a damaged word", "and a lost one"])
def test_what_stands_over_the_labels_is_no_column(registry: Registry, lost: list[str]) -> None:
    header = [word for word in ["信息内", "本年新制作数量", "本年新公开数量", "对外公开总数量"] if word not in lost]
    reading = _small(registry, [header, ["规章", "1", "2", "3"], ["规范性文件", "4", "5", ""]])
    assert [r.value for r in reading.readings] == [1, 2, 3, 4, 5, None]
    assert all(r.issue_codes == (("column_by_count",) if lost else ()) for r in reading.readings)


def test_a_matrix_that_lost_its_header_is_told_by_count(registry: Registry) -> None:
    grid = spread.matrix(registry.templates["national_2021"], header=False)
    reading = read_grids(registry, [grid], "national_2021")
    assert said(reading) == truth([grid])
    assert all(r.issue_codes == ("column_by_count",) for r in reading.readings)


def test_a_form_that_breaks_off(registry: Registry) -> None:
    grid = spread.matrix(registry.templates["national_2021"])
    reading = read_grids(registry, [grid[:14]], "national_2021")
    assert reading.truncated
    assert reading.variant == "truncated"
    assert "table_truncated" in reading.issue_codes
    assert "D.3.carry_out" in reading.absent


def test_other_is_a_row_only_below_other_processing(registry: Registry) -> None:
    grid = spread.matrix(registry.templates["national_2021"])
    rows = [row for row in grid if not _labelled(row, "1.申请人", "2.申请人")]
    expected = {key for key in truth([rows]) if key[0] != "D.3.other.other"}
    reading = read_grids(registry, [rows], "national_2021")
    assert said(reading).keys() == expected
    assert "unknown_row" in reading.issue_codes


def _labelled(row: Sequence[Printed], *beginnings: str) -> bool:
    return any(cell.text.startswith(beginnings) for cell in row)
