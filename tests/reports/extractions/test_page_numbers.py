"""Page numbers among the cells of a table told one cell a line, where a blank leaves no trace."""

from __future__ import annotations

from orchestration.registry.model import Registry, TemplateCell
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.cells import read_tables
from orchestration.reports.extractions.model import Reading

from .printed import NO_CELLS, Row, form

LINES_BEFORE = ["青河市临溪区柳湾街道2016年政府信息公开工作年度报告", "一、概述"]
SENTENCE = "柳湾街道按照要求做好公开工作，内容真实、更新及时，方便群众查询办事和了解情况。"
HEADER = ["统计指标", "单位", "统计数"]
PAGE = 45


def large(cell: TemplateCell, column: int) -> str:
    return str(100 + cell.row_no)


def lines_of(rows: list[Row]) -> list[str]:
    return [cell for row in rows for cell in (row.label, row.unit, *row.values) if cell]


def paged(lines: list[str], length: int = PAGE) -> str:
    """The lines with a bare number after each page of them."""
    return "\n".join(f"{line}\n{at // length}" if at % length == 0 else line for at, line in enumerate(lines, start=1))


def readings(registry: Registry, text: str) -> list[Reading]:
    template = registry.templates["national_2014"]
    return [r for r in read_tables(read(text.encode(), "x.txt"), template, registry).readings if r.cell_id]


def with_blanks_at_page_ends(registry: Registry, every: int) -> tuple[str, set[str]]:
    """A print in which the figure a page number follows is a blank without a trace, and every so many others are."""
    lines = [*LINES_BEFORE, *[SENTENCE] * 25, *HEADER]
    blank: set[str] = set()
    count = len(lines)
    for number, row in enumerate(form(registry.templates["national_2014"], value=large)):
        cells = [cell for cell in (row.label, row.unit, *row.values) if cell]
        full = row.cell.kind not in NO_CELLS
        if full and ((count + 2) % PAGE == 0 or (every and number % every == 0)):
            blank.add(row.cell.cell_id)
            cells.pop()
        lines.extend(cells)
        count += len(cells)
    return paged([*lines, *[SENTENCE] * 20]), blank


def test_a_page_number_in_the_place_of_a_blank_is_never_a_plain_figure(registry: Registry) -> None:
    text, blank = with_blanks_at_page_ends(registry, 9)
    taken = [r for r in readings(registry, text) if r.cell_id in blank and r.value is not None]
    assert taken
    assert all("row_arity" in r.issue_codes for r in taken)


def test_numbers_of_all_pages_are_doubted_where_no_other_blank_is_lost(registry: Registry) -> None:
    text, blank = with_blanks_at_page_ends(registry, 0)
    read_all = readings(registry, text)
    taken = [r for r in read_all if r.cell_id in blank and r.value is not None]
    assert taken
    assert all("row_arity" in r.issue_codes for r in taken)
    pages = sum(line.isdigit() and len(line) == 1 for line in text.splitlines())
    assert sum("row_arity" in r.issue_codes for r in read_all) <= pages


def test_small_figures_of_a_whole_table_are_not_doubted(registry: Registry) -> None:
    rows = form(registry.templates["national_2014"], value=lambda cell, column: str(cell.row_no % 5))
    text = "\n".join([*LINES_BEFORE, *[SENTENCE] * 25, *HEADER, *lines_of(rows), *[SENTENCE] * 20])
    read_all = readings(registry, text)
    assert len(read_all) > 40
    assert not [r for r in read_all if r.issue_codes]


def test_the_number_of_a_page_in_the_header_makes_no_column(registry: Registry) -> None:
    rows = form(registry.templates["national_2014"], value=large)
    body = lines_of(rows)
    at = next(i for i, line in enumerate(body) if line == "101" or line.isdigit())
    text = "\n".join([*LINES_BEFORE, SENTENCE, *HEADER, "1", *body[: at + 1], "7", *body[at + 1 :], SENTENCE])
    first = next(r for r in readings(registry, text) if r.value_text == body[at])
    assert "row_arity" in first.issue_codes
