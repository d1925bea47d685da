"""Layouts of the forms with one row a figure met on real pages: halves side by side, more columns than the form has."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.cells import TableReading, read_tables

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
