"""Layouts of the forms with one row a figure met on real pages: halves side by side, more columns than the form has."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.cells import TableReading, read_tables
from orchestration.reports.extractions.match import score_templates

from . import printed
from .printed import NO_CELLS, Row, form

Lines = Sequence[Sequence[str]]


def web_table(lines: Lines) -> str:
    rows = ("".join(f"<td>{escape(words) or '&nbsp;'}</td>" for words in line) for line in lines)
    return "<table>" + "".join(f"<tr>{cells}</tr>" for cells in rows) + "</table>"


def read_lines(registry: Registry, lines: Lines, template: str, *, web: bool) -> TableReading:
    table = web_table(lines) if web else "\n".join("\t".join(line) for line in lines)
    data = (
        f"<html><body><p>{printed.PROSE_BEFORE}</p>{table}</body></html>".encode() if web else printed.document(table)
    )
    return read_tables(read(data, "x"), registry.templates[template], registry)


def said(reading: TableReading) -> dict[tuple[str, str], float | None]:
    return {(r.cell_id or "", r.period_basis): r.value for r in reading.readings}


def truth(rows: Sequence[Row], bases: Sequence[str]) -> dict[tuple[str, str], float | None]:
    rows = [row for row in rows if row.cell.kind not in NO_CELLS]
    return {(r.cell.cell_id, basis): float(v) for r in rows for basis, v in zip(bases, r.values, strict=True)}


WEB = pytest.mark.parametrize("web", [True, False], ids=["page", "text"])


@WEB
def test_halves_of_a_form_side_by_side(registry: Registry, web: bool) -> None:
    rows = form(registry.templates["national_2014"])
    half = len(rows) // 2
    left, right = rows[:half], rows[half:]
    lines = [["统计指标", "单位", "统计数"] * 2]
    lines += [printed.cells_of(a) + printed.cells_of(b) for a, b in zip(left, right, strict=False)]
    lines += [["", "", "", *printed.cells_of(row)] for row in right[half:]]
    assert said(read_lines(registry, lines, "national_2014", web=web)) == truth(rows, ("year",))


MORE_COLUMNS = {
    "whole and parts": (("合计", "区政府", "区直部门", "乡镇"), 0),
    "parts and whole": (("区政府", "区直部门", "乡镇", "合计"), 3),
    "quarters and the year": (("一季度", "二季度", "三季度", "四季度", "全年"), 4),
    "this year and last": (("2016年", "2015年"), 0),
    "last year and this": (("2015年度", "2016年度"), 1),
    "remarks": (("统计数", "备注"), 0),
}


@WEB
@pytest.mark.parametrize(("heads", "at"), MORE_COLUMNS.values(), ids=[*MORE_COLUMNS])
def test_the_head_says_which_of_several_columns_is_the_years(
    registry: Registry, heads: Sequence[str], at: int, web: bool
) -> None:
    rows = form(registry.templates["national_2014"])
    lines = [["统计指标", "单位", *heads]]
    for row in rows:
        others = [str(900 + number) if row.values[0] else "" for number in range(len(heads))]
        lines.append([*printed.cells_of(row)[:2], *others[:at], *row.values, *others[at + 1 :]])
    assert said(read_lines(registry, lines, "national_2014", web=web)) == truth(rows, ("year",))


@WEB
def test_of_two_years_beside_the_total_the_later_is_reported_on(registry: Registry, web: bool) -> None:
    rows = form(registry.templates["fujian_2008"], columns=2)
    for earlier in (0, 1):
        heads = ["2015年度", "2016年度"][:: 1 if earlier == 0 else -1]
        lines = [["指标名称", "计量单位", *heads, "历年累计"]]
        for row in rows:
            years = [row.values[0]]
            years.insert(earlier, "901")
            lines.append([row.label, row.unit, *years, row.values[1]])
        assert said(read_lines(registry, lines, "fujian_2008", web=web)) == truth(rows, ("year", "cumulative"))


# The return of 2009, which counts each way of asking by itself; what the later form counts together is no part of it.
OF_2009 = {
    "主动公开信息数": "F.1", "其中：1.政府网站": "F.1.1", "2.政府公报": "F.1.2", "受理依申请公开信息总数": "F.2",
    "其中：1.当面申请数": "F.2.1", "2.传真申请数": None, "3.电子邮件申请数": None, "4.网上申请数": "F.2.2",
    "5.信函申请数": None, "6.其它形式申请数": None, "本年度对申请的答复总数": "F.3", "其中：1.同意公开答复数": "F.3.1",
    "2.同意部分公开答复数": "F.3.2", "3.否决公开答复总数": "F.3.3", "行政复议数": "F.5",
    "行政诉讼数": "F.6", "行政申诉数": "F.4",
}  # fmt: skip


@WEB
def test_what_is_whole_in_another_form_is_no_damaged_label_of_this(registry: Registry, web: bool) -> None:
    lines = [["指标名称", "计量单位", "2009年度", "历年累计"]]
    lines.extend([label, "件", str(40 + at), str(400 + at)] for at, label in enumerate(OF_2009))
    reading = read_lines(registry, lines, "fujian_2008", web=web)
    true = {cell_id: 40.0 + at for at, cell_id in enumerate(OF_2009.values()) if cell_id}
    assert {cell_id: value for (cell_id, basis), value in said(reading).items() if basis == "year"} == true
    assert "unknown_row" in reading.issue_codes


def test_a_form_of_2009_is_told_by_its_rows(registry: Registry) -> None:
    lines = [["指标名称", "计量单位", "2009年度", "历年累计"], *([label, "件", "1", "2"] for label in OF_2009)]
    document = read(printed.document("\n".join("\t".join(line) for line in lines)), "x")
    assert score_templates(document, registry)[0].template_id == "fujian_2008"


@WEB
def test_a_row_that_lost_its_first_figure_and_was_filled_up_says_so(registry: Registry, web: bool) -> None:
    rows = form(registry.templates["fujian_2008"], columns=2)
    lines = [["指标名称", "计量单位", "2016年度", "历年累计"], *([r.label, r.unit, *r.values] for r in rows)]
    lines[5] = [*lines[5][:2], lines[5][3], ""]
    reading = read_lines(registry, lines, "fujian_2008", web=web)
    doubted = {r.cell_id for r in reading.readings if "row_arity" in r.issue_codes}
    assert doubted == {rows[4].cell.cell_id}


def test_a_code_is_no_figure_where_the_figure_is_lost(registry: Registry) -> None:
    rows = form(registry.templates["municipal_2008"], columns=2)
    lines = [[r.label, r.unit, r.cell.row_key or "", *r.values] for r in rows]
    lost = rows[11].cell.cell_id
    del lines[11][-1]
    lines.insert(0, ["指标名称", "计量单位", "代码", "本期实际", "本年累计"])
    reading = read_lines(registry, lines, "municipal_2008", web=False)
    assert [r.value_status for r in reading.readings if r.cell_id == lost] == ["unreadable"]
    true = truth(rows, ("month", "year"))
    found = said(reading)
    assert {key: value for key, value in true.items() if key[0] != lost and found[key] != value} == {}
