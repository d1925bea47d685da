"""Every layout and every damage of the forms, figure by figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from orchestration.registry.model import Registry, TemplateCell
from orchestration.reports.documents.model import Cell, Span
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.cells import TableReading, read_tables
from orchestration.reports.extractions.locate import PrintedRow
from orchestration.reports.extractions.model import Reading
from orchestration.reports.extractions.tables.columns import Columns, assign

from . import printed
from .printed import FUJIAN_HEADER, NATIONAL_HEADER, NO_CELLS, Row, form

Layout = Callable[[printed.Header, Sequence[Row]], str]
Said = tuple[str, float | None]

EACH_LAYOUT = pytest.mark.parametrize("layout", printed.LAYOUTS, ids=lambda layout: layout.__name__)
BLANK_OR_DASH = {"": "blank", "—": "dash", "/": "dash", "0": "reported_zero"}


def read_form(registry: Registry, table: str, template: str = "national_2014") -> TableReading:
    document = read(printed.document(table), "x")
    reading = read_tables(document, registry.templates[template], registry)
    for one in reading.readings:
        assert (one.value_text or "") == document.text[one.char_start : one.char_end]
        assert set(one.issue_codes) <= registry.issue_codes.keys()
    assert set(reading.issue_codes) <= registry.issue_codes.keys()
    return reading


def said(readings: Sequence[Reading]) -> dict[tuple[str, str], Said]:
    found: dict[tuple[str, str], Said] = {}
    for one in readings:
        if one.value_status != "not_applicable" and "placeholder_text" not in one.issue_codes:
            assert one.cell_id
            assert (one.cell_id, one.period_basis) not in found
            found[one.cell_id, one.period_basis] = (one.value_status, one.value)
    return found


def truth(rows: Sequence[Row], bases: Sequence[str] = ("year",)) -> dict[tuple[str, str], Said]:
    expected: dict[tuple[str, str], Said] = {}
    for row in rows:
        for basis, value in zip(bases, row.values, strict=True) if row.cell.kind not in NO_CELLS else ():
            status = BLANK_OR_DASH.get(value, "reported")
            expected[row.cell.cell_id, basis] = (status, None if status in ("blank", "dash") else float(value))
    return expected


def one(registry: Registry, text: str, cell_id: str) -> Reading:
    """The reading of a cell of a small national form that these rows stand in."""
    rows = f"统计指标\t单位\t统计数\n当面申请数\t件\t1\n{text}\n信函申请数\t件\t2\n"
    (reading,) = [r for r in read_form(registry, rows).readings if r.cell_id == cell_id]
    return reading


def mixed(cell: TemplateCell, column: int) -> str:
    return ("", "0", "—", "/", printed.figure(cell, column))[cell.row_no % 5]


@EACH_LAYOUT
@pytest.mark.parametrize(
    "value",
    [printed.figure, mixed, lambda cell, column: "", lambda cell, column: "0"],
    ids=["figures", "mixed", "blanks", "zeros"],
)
def test_every_cell_of_the_national_form(
    registry: Registry, layout: Layout, value: Callable[[TemplateCell, int], str]
) -> None:
    rows = form(registry.templates["national_2014"], value=value)
    if layout is printed.spaced_rows and not any("".join(row.values) for row in rows):
        pytest.skip("labels and units with nothing beside them are no table that white space could tell")
    reading = read_form(registry, layout(NATIONAL_HEADER, rows))
    assert said(reading.readings) == truth(rows)
    assert (reading.variant, reading.truncated, reading.absent) == ("full", False, ())


def broken_labels(table: str) -> str:
    note = "主动公开政府信息数\n（不同渠道和方式公开相同信息计1条）"
    return table.replace("主动公开政府信息数", note, 1).replace("工作专门机构数", "工作\n专门机构数")


def lost_words(table: str) -> str:
    return table.replace("公共安全、经济安全和社会稳定", "公共全、经济安全社会稳定").replace(
        "驳回原告诉讼请求数", "驳回原告诉"
    )


def cut_labels(table: str) -> str:
    return table.replace("政府信息公开专项经费", "政府信息公开专项经费（不包括用于政府公报编辑管理").replace(
        "稿件发布数", "稿件发"
    )


def spread(table: str) -> str:
    return table.replace("申请", "申 请").replace("公开", "公　开")


def full_width(table: str) -> str:
    return table.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


def split(table: str) -> str:
    """The table in two, with a page footer and a repeated title between."""
    lines = table.split("\n")
    middle = next(i for i, line in enumerate(lines) if "三、依申请公开情况" in line)
    return "\n".join([*lines[:middle], "", "- 7 -", "", "政府信息公开情况统计表（续）", "", *lines[middle:]])


@EACH_LAYOUT
@pytest.mark.parametrize(
    "damage", [broken_labels, lost_words, cut_labels, spread, full_width, split], ids=lambda damage: damage.__name__
)
def test_damage_changes_no_figure(registry: Registry, layout: Layout, damage: Callable[[str], str]) -> None:
    rows = form(registry.templates["national_2014"])
    reading = read_form(registry, damage(layout(NATIONAL_HEADER, rows)))
    assert said(reading.readings) == truth(rows)


@EACH_LAYOUT
def test_the_fujian_form_has_two_columns(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["fujian_2008"], columns=2)
    reading = read_form(registry, layout(FUJIAN_HEADER, rows), "fujian_2008")
    assert said(reading.readings) == truth(rows, ("year", "cumulative"))
    assert not any(r.issue_codes for r in reading.readings)


@EACH_LAYOUT
def test_the_header_decides_the_order_of_the_columns(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["fujian_2008"], columns=2)
    turned = [replace(row, values=row.values[::-1]) for row in rows]
    header = (*FUJIAN_HEADER[:2], *FUJIAN_HEADER[:1:-1])
    reading = read_form(registry, layout(header, turned), "fujian_2008")
    assert said(reading.readings) == truth(rows, ("year", "cumulative"))


@EACH_LAYOUT
def test_without_a_header_the_count_decides_and_says_so(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["fujian_2008"], columns=2)
    table = layout(("甲", "乙", "丙", "丁"), rows)
    reading = read_form(registry, table, "fujian_2008")
    assert said(reading.readings) == truth(rows, ("year", "cumulative"))
    assert all("column_by_count" in r.issue_codes for r in reading.readings)


@EACH_LAYOUT
def test_a_lost_unit_column_leaves_the_unit_of_the_form(registry: Registry, layout: Layout) -> None:
    rows = printed.without_units(form(registry.templates["fujian_2008"], columns=2))
    reading = read_form(registry, layout(FUJIAN_HEADER, rows), "fujian_2008")
    assert said(reading.readings) == truth(rows, ("year", "cumulative"))
    assert {r.unit_text for r in reading.readings} == {None}
    assert "row_arity" in reading.issue_codes


@pytest.mark.parametrize("layout", [printed.cell_paragraphs, printed.cell_lines, printed.spaced_rows])
def test_a_missing_cell_that_could_be_either_column_is_no_figure(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["fujian_2008"], columns=2)
    rows[3] = replace(rows[3], values=("", "7"))
    reading = read_form(registry, layout(FUJIAN_HEADER, rows), "fujian_2008")
    (torn,) = [r for r in reading.readings if r.cell_id == rows[3].cell.cell_id]
    assert (torn.value, torn.value_status, torn.value_text) == (None, "unreadable", "7")
    assert "row_arity" in torn.issue_codes


@EACH_LAYOUT
def test_the_code_column_of_the_municipal_form_is_no_figure(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["municipal_2008"], columns=2)
    coded = [replace(row, values=(row.cell.row_key or "", *row.values)) for row in rows]
    reading = read_form(
        registry, layout(("指标名称", "计量单位", "代码", "本期实际", "本年累计"), coded), "municipal_2008"
    )
    assert said(reading.readings) == truth(rows, ("month", "year"))


@EACH_LAYOUT
def test_a_code_before_the_unit_is_no_figure(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["municipal_2008"], columns=2)
    coded = [replace(row, unit=row.cell.row_key or "", values=(row.unit, *row.values)) for row in rows]
    reading = read_form(
        registry, layout(("指标名称", "代码", "计量单位", "本期实际", "本年累计"), coded), "municipal_2008"
    )
    assert said(reading.readings) == truth(rows, ("month", "year"))
    assert "row_arity" not in reading.issue_codes


def test_a_code_in_one_cell_with_the_unit_is_no_figure(registry: Registry) -> None:
    rows = [row for row in form(registry.templates["municipal_2008"], columns=2) if row.cell.row_key]
    lines = ["指标名称\t代码 计量单位\t本期实际\t本年累计"]
    lines += ["\t".join((row.label, f"{row.cell.row_key} {row.unit}", *row.values)) for row in rows]
    reading = read_form(registry, "\n".join(lines), "municipal_2008")
    assert said(reading.readings) == truth(rows, ("month", "year"))
    assert {one.unit_text for one in reading.readings} == {row.unit for row in rows}


@pytest.mark.parametrize("at", [1, 2])
def test_the_unit_tells_the_columns_of_a_label_wider_than_its_head(registry: Registry, at: int) -> None:
    cells = [("网上申请数", at), ("14 条", 3), ("3", 4), ("8", 5)]
    label, *beside = (Cell(text, Span(10 * column, 10 * column + len(text)), 2, column) for text, column in cells)
    columns = Columns(("month", "year"), places=(2, 3), unit_place=1, last_place=3)
    figures = assign(PrintedRow(1, label, tuple(beside), "网上申请数"), columns, registry.units, "14")
    assert figures.unit is not None
    assert (figures.unit.text, figures.unit.span, figures.odd) == ("条", Span(33, 34), False)
    assert [cell and cell.text for cell in figures.values] == ["3", "8"]


@EACH_LAYOUT
def test_the_gazette_row_may_be_left_out(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["national_2014"], variants=())
    reading = read_form(registry, layout(NATIONAL_HEADER, rows))
    assert said(reading.readings) == truth(rows)
    assert (reading.variant, reading.absent) == ("nogazette", ())


@EACH_LAYOUT
def test_a_form_cut_off_has_absent_rows_and_no_zeros(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["national_2014"])
    shown = [row for row in rows if row.cell.row_no <= 55]
    reading = read_form(registry, layout(NATIONAL_HEADER, shown))
    assert said(reading.readings) == truth(shown)
    assert (reading.variant, reading.truncated) == ("truncated", True)
    assert "table_truncated" in reading.issue_codes
    assert set(reading.absent) == {c for c, _ in truth(rows)} - {c for c, _ in truth(shown)} - {
        "B.9.1",
        "B.9.2",
        "B.9.3",
    }


@EACH_LAYOUT
def test_the_beijing_rows_stand_before_the_channels(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["national_2014"], variants=("gazette", "beijing"))
    inserted = [row for row in rows if row.cell.variant == "beijing"]
    others = [row for row in rows if row.cell.variant != "beijing"]
    shown = [*others[:4], *inserted, *others[4:]]
    reading = read_form(registry, layout(NATIONAL_HEADER, shown))
    assert said(reading.readings) == truth(shown)
    assert reading.variant == "beijing"


PROMPT = "主要侧重----、----等几个方面，其中----占比---%、----占比---%。"


@pytest.mark.parametrize("layout", [printed.tab_rows, printed.markdown, printed.led_cells, printed.cell_paragraphs])
def test_an_unfilled_prompt_is_a_blank_and_no_row(registry: Registry, layout: Layout) -> None:
    rows = form(registry.templates["national_2014"], variants=("gazette", "section_nine", "ningxia"))
    at = next(i for i, row in enumerate(rows) if row.cell.variant == "ningxia")
    shown = [*rows[: at + 1], replace(rows[at], label=PROMPT), *rows[at + 1 :]]
    reading = read_form(registry, layout(NATIONAL_HEADER, shown))
    assert said(reading.readings) == truth(rows)
    (prompt,) = [r for r in reading.readings if "placeholder_text" in r.issue_codes]
    assert (prompt.value, prompt.value_status, prompt.indicator_code, prompt.value_text) == (
        None,
        "blank",
        None,
        PROMPT,
    )
    assert reading.variant == "ningxia"
    assert "unknown_row" not in reading.issue_codes


def test_a_prompt_that_was_filled_in_is_neither(registry: Registry) -> None:
    rows = form(registry.templates["national_2014"], variants=("gazette", "section_nine", "ningxia"))
    at = next(i for i, row in enumerate(rows) if row.cell.variant == "ningxia")
    shown = [*rows[: at + 1], replace(rows[at], label="主要侧重征地补偿等几个方面，其中征地占比60%。"), *rows[at + 1 :]]
    reading = read_form(registry, printed.tab_rows(NATIONAL_HEADER, shown))
    assert said(reading.readings) == truth(rows)
    assert not any(r.issue_codes for r in reading.readings)


@EACH_LAYOUT
def test_a_stray_figure_in_a_header_row_is_not_applicable(registry: Registry, layout: Layout) -> None:
    rows = [
        replace(r, values=("9",)) if r.cell.cell_id == "B.3" else r for r in form(registry.templates["national_2014"])
    ]
    reading = read_form(registry, layout(NATIONAL_HEADER, rows))
    (stray,) = [r for r in reading.readings if r.value_status == "not_applicable"]
    assert (stray.cell_id, stray.value, stray.value_text, stray.indicator_code) == ("B.3", None, "9", None)
    assert stray.issue_codes == ("header_value",)
    assert said(reading.readings) == truth(rows)


@pytest.mark.parametrize("mark", ["——", "—", "", "----"])
def test_a_dash_in_the_unit_column_of_a_header_row_is_no_figure(registry: Registry, mark: str) -> None:
    rows = [replace(r, unit=mark) if r.cell.kind == "header" else r for r in form(registry.templates["national_2014"])]
    reading = read_form(registry, printed.tab_rows(NATIONAL_HEADER, rows))
    assert said(reading.readings) == truth(rows)


def test_a_unit_other_than_the_forms_is_marked(registry: Registry) -> None:
    assert one(registry, "制发规范性文件总数\t条\t5", "B.1.1.2").issue_codes == ("unit_unexpected",)
    assert one(registry, "制发规范性文件总数\t件\t5", "B.1.1.2").issue_codes == ()


@pytest.mark.parametrize(
    ("row", "value", "unit"),
    [
        ("七、依申请公开信息收取的费用\t元\t251000", 25.1, "元"),
        ("七、依申请公开信息收取的费用\t万元\t251000元", 25.1, "元"),
        ("七、依申请公开信息收取的费用（元）\t\t251000", 25.1, "元"),
        ("七、依申请公开信息收取的费用\t万元\t1.17万", 1.17, "万元"),
        ("七、依申请公开信息收取的费用\t万元\t5", 5, "万元"),
    ],
)
def test_an_amount_is_put_into_the_unit_of_its_indicator(registry: Registry, row: str, value: float, unit: str) -> None:
    reading = one(registry, row, "B.7")
    assert (reading.value, reading.unit, reading.unit_text) == (value, "万元", unit)


@pytest.mark.parametrize(
    ("row", "cell_id", "code"),
    [
        ("七、依申请公开信息收取的费用\t件\t5", "B.7", "unit_unconvertible"),
        ("收到申请数\t件\t1 0", "B.3.1", "split_digits"),
        ("收到申请数\t件\t2017年", "B.3.1", "not_a_number"),
        ("收到申请数\t件\t-3", "B.3.1", "not_a_number"),
    ],
)
def test_what_cannot_be_trusted_is_unreadable(registry: Registry, row: str, cell_id: str, code: str) -> None:
    reading = one(registry, row, cell_id)
    assert (reading.value, reading.value_status) == (None, "unreadable")
    assert code in reading.issue_codes


def test_a_figure_beyond_the_last_header_is_said(registry: Registry) -> None:
    reading = one(registry, "收到申请数\t件\t3\t4", "B.3.1")
    assert (reading.value, reading.issue_codes) == (3, ("row_arity",))


def test_more_figures_than_columns_are_torn(registry: Registry) -> None:
    table = "收到申请数\t件\t3\t4\t5\n当面申请数\t件\t1\t1\t1\n传真申请数\t件\t1\t0\t2\n"
    readings = read_form(registry, table).readings
    assert {(r.value, r.value_status) for r in readings} == {(None, "unreadable")}
    assert all("row_arity" in r.issue_codes for r in readings)


def test_a_label_that_lost_even_its_unit_is_marked(registry: Registry) -> None:
    assert "row_arity" in one(registry, "网络申请数", "B.3.1.3").issue_codes


def test_two_rows_for_one_cell_that_differ_are_marked(registry: Registry) -> None:
    table = "统计指标\t单位\t统计数\n收到申请数\t件\t3\n当面申请数\t件\t3\n收到申请数\t件\t4\n当面申请数\t件\t3\n"
    reading = read_form(registry, table)
    assert {r.cell_id: r.issue_codes for r in reading.readings} == {"B.3.1": ("duplicate_row",), "B.3.1.1": ()}
    assert "duplicate_row" in reading.issue_codes


def test_a_local_row_is_said_and_read_as_nothing(registry: Registry) -> None:
    rows = form(registry.templates["national_2014"])
    at = next(i for i, row in enumerate(rows) if row.cell.cell_id == "B.1.2.x")
    shown = [*rows[:at], replace(rows[at], label="政务头条公开政府信息数"), *rows[at + 1 :]]
    reading = read_form(registry, printed.tab_rows(NATIONAL_HEADER, shown))
    assert "B.1.2.x" in reading.absent
    assert "unknown_row" in reading.issue_codes
    assert reading.truncated is False


def test_places_count_rows_and_columns_of_the_table(registry: Registry) -> None:
    reading = one(registry, "收到申请数\t件\t5", "B.3.1")
    assert (reading.table_no, reading.row_no, reading.column_no, reading.label_text) == (1, 3, 3, "收到申请数")
    assert reading.line == 11


def test_prose_has_no_table_readings(registry: Registry) -> None:
    document = read("柳湾街道收到申请数3件。".encode(), "x")
    for template in registry.templates.values():
        assert read_tables(document, template, registry) == TableReading()
