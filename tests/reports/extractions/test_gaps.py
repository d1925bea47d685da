"""What of a form gave no reading: a report that lacks rows, or holds rows nobody could read, is never complete."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.extractions.cells import read_tables

from . import printed
from .printed import NATIONAL_HEADER, Row, form


def codes(registry: Registry, table: str, template: str = "national_2014") -> tuple[str, ...]:
    return read_tables(read(printed.document(table), "x"), registry.templates[template], registry).issue_codes


def test_a_whole_form_has_no_gap(registry: Registry) -> None:
    rows = form(registry.templates["national_2014"])
    assert codes(registry, printed.tab_rows(NATIONAL_HEADER, rows)) == ()


def test_a_row_that_is_not_printed_is_absent(registry: Registry) -> None:
    rows = form(registry.templates["national_2014"], without=["B.3.1.2"])
    assert codes(registry, printed.tab_rows(NATIONAL_HEADER, rows)) == ("rows_absent",)


def test_a_row_run_together_is_unreadable(registry: Registry) -> None:
    rows = form(registry.templates["national_2014"])
    table = printed.tab_rows(NATIONAL_HEADER, rows)
    label = next(line for line in table.split("\n") if "传真申请数" in line)
    assert "rows_unreadable" in codes(registry, table.replace(label, label.replace("\t", "")))


def without_marks(header: printed.Header, rows: Sequence[Row]) -> str:
    return "\n".join("".join(cells) for cells in [list(header), *map(printed.cells_of, rows)])


def units_left_out(header: printed.Header, rows: Sequence[Row]) -> str:
    return without_marks(header, printed.without_units(rows))


@pytest.mark.parametrize("template", ["national_2014", "fujian_2008", "municipal_2008"])
@pytest.mark.parametrize("layout", [without_marks, units_left_out], ids=lambda layout: layout.__name__)
def test_a_form_without_any_mark_between_its_cells_is_unreadable(
    registry: Registry, template: str, layout: Callable[[printed.Header, Sequence[Row]], str]
) -> None:
    rows = form(registry.templates[template])
    document = read(printed.document(layout(NATIONAL_HEADER, rows)), "x")
    found = extract(document, registry)
    assert found.status == "partial"
    assert "rows_unreadable" in found.issue_codes


def test_prose_about_the_same_things_has_no_gap(registry: Registry) -> None:
    prose = "\n\n".join(
        f"{row.label}情况良好，共{number}{row.unit}。"
        for number, row in enumerate(form(registry.templates["national_2014"]))
    )
    document = read(printed.document(prose), "x")
    assert read_tables(document, registry.templates["narrative_2008"], registry).issue_codes == ()


@pytest.mark.parametrize("layout", [printed.cell_lines, printed.cell_paragraphs])
def test_a_blank_that_left_no_trace_says_so(
    registry: Registry, layout: Callable[[printed.Header, Sequence[Row]], str]
) -> None:
    rows = form(registry.templates["national_2014"], value=lambda cell, _: "" if cell.cell_id == "B.3.1.2" else "4")
    document = read(printed.document(layout(NATIONAL_HEADER, rows)), "x")
    reading = read_tables(document, registry.templates["national_2014"], registry)
    (blank,) = [r for r in reading.readings if r.value is None]
    assert (blank.cell_id, blank.value_status, blank.issue_codes) == ("B.3.1.2", "blank", ("row_arity",))


def test_a_blank_at_the_end_of_its_line_is_a_plain_blank(registry: Registry) -> None:
    rows = form(registry.templates["national_2014"], value=lambda cell, _: "" if cell.cell_id == "B.3.1.2" else "4")
    document = read(printed.document(printed.stripped_tab_rows(NATIONAL_HEADER, rows)), "x")
    reading = read_tables(document, registry.templates["national_2014"], registry)
    assert [r.issue_codes for r in reading.readings if r.value is None] == [()]


IN_A_REPORT = (
    "青河市临溪区柳湾街道办事处2022年政府信息公开工作年度报告\n\n"
    "根据条例，编制本报告。本报告所列数据的统计期限为2022年1月1日至2022年12月31日。\n\n"
    "一、总体情况\n\n2022年，柳湾街道主动公开政府信息7条。\n\n{}\n\n二、存在问题\n\n"
    "继续做好公开工作，方便群众查询。\n"
)


@pytest.mark.parametrize("rows", ["行政许可\t12\n行政处罚\t3", "收到申请数\t件\t3\n当面申请数\t件\t1"])
def test_a_report_in_prose_with_rows_of_a_form_that_were_not_read_is_not_complete(
    registry: Registry, rows: str
) -> None:
    found = extract(read(IN_A_REPORT.format(rows).encode(), "x"), registry)
    assert (found.template_id, found.status) == ("narrative_2008", "partial")
    assert found.issue_codes == ("rows_unreadable",)


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "行政许可\t\n行政处罚\t",
        "机构职能\t12\n规划计划\t3\n财政预算\t4",
        "行政许可\t12\n行政处罚\t3\n行政征收\t4\n行政确认\t5\n行政给付\t3\n行政裁决\t2",
        "门户网站\t12\n其他\t3\n总计\t15\n宣传画册\t4",
    ],
    ids=["none", "empty", "other rows", "a list of powers", "a sum"],
)
def test_a_table_of_its_own_leaves_a_report_in_prose_complete(registry: Registry, rows: str) -> None:
    found = extract(read(IN_A_REPORT.format(rows).encode(), "x"), registry)
    assert (found.template_id, found.status) == ("narrative_2008", "complete")
