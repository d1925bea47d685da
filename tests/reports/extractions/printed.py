"""Forms printed the ways real pages print them, with figures of our own: what the table tests read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from orchestration.registry.model import Template, TemplateCell

PROSE_BEFORE = (
    "青河市临溪区柳湾街道2016年政府信息公开工作年度报告\n\n一、概述\n\n"
    "柳湾街道全年公开各类信息，内容真实、更新及时。\n\n"
)
PROSE_AFTER = "\n\n柳湾街道将继续做好公开工作，方便群众查询。\n\n柳湾街道办事处\n"

NO_CELLS = {"header", "text"}


@dataclass(frozen=True)
class Row:
    """A row as printed; `values` of a header row are empty cells."""

    cell: TemplateCell
    label: str
    unit: str
    values: tuple[str, ...]


def ordinal(cell: TemplateCell) -> str:
    """The ordinal that the form prints before a label, from the position of the cell."""
    last = re.findall(r"其中|\([一二三四五六七八九十]\)|\d+$|^[一二三四五六七八九十]$", cell.position)
    if not last or cell.position[0] not in "一二三四五六七八九十":
        return ""
    mark = last[-1]
    if mark == "其中":
        return "其中："
    if mark.startswith("("):
        return mark.replace("(", "（").replace(")", "）")
    return f"{mark}." if mark.isdigit() else f"{mark}、"


def figure(cell: TemplateCell, column: int) -> str:
    """A figure of our own for a cell, different from its neighbours'."""
    return str((cell.row_no * 37 + column * 11) % 400)


def form(
    template: Template,
    *,
    columns: int = 1,
    without: Iterable[str] = (),
    variants: Iterable[str] = ("gazette", "section_nine"),
    value: Callable[[TemplateCell, int], str] = figure,
) -> list[Row]:
    """The rows of a form in print order, without the cells or variants that are left out."""
    rows = []
    for cell in template.cells:
        if cell.cell_id in without or (cell.variant and cell.variant not in variants):
            continue
        empty = cell.kind in NO_CELLS
        values = tuple("" if empty else value(cell, column) for column in range(columns))
        rows.append(Row(cell, ordinal(cell) + cell.label, "——" if empty else cell.unit or "", values))
    return rows


def without_units(rows: Sequence[Row]) -> list[Row]:
    """The rows as a page prints them that lost the cells of the unit column."""
    return [replace(row, unit="") for row in rows]


def cells_of(row: Row, with_unit: bool = True) -> list[str]:
    return [row.label, *([row.unit] if with_unit else []), *row.values]


Header = Sequence[str]
NATIONAL_HEADER = ("统计指标", "单位", "统计数")
FUJIAN_HEADER = ("指标名称", "计量单位", "2016年度", "历年累计")


def tab_rows(header: Header, rows: Sequence[Row]) -> str:
    return "\n".join("\t".join(cells) for cells in [list(header), *map(cells_of, rows)])


def stripped_tab_rows(header: Header, rows: Sequence[Row]) -> str:
    return "\n".join(line.strip() for line in tab_rows(header, rows).split("\n"))


def indented_tab_rows(header: Header, rows: Sequence[Row]) -> str:
    return "\n\n".join("\t" + line for line in tab_rows(header, rows).split("\n"))


def pipe_rows(header: Header, rows: Sequence[Row]) -> str:
    return "\n".join(" | ".join(cells) for cells in [list(header), *map(cells_of, rows)])


def closed_pipe_rows(header: Header, rows: Sequence[Row]) -> str:
    return "\n".join(" | ".join(cells) + " |" for cells in [list(header), *map(cells_of, rows)])


def markdown(header: Header, rows: Sequence[Row]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in [list(header), *map(cells_of, rows)]]
    return "\n".join([lines[0], "|" + " --- |" * len(header), *lines[1:]])


def led_cells(header: Header, rows: Sequence[Row]) -> str:
    return "\n\n".join("\n".join(f"\t{cell}" for cell in cells) for cells in [list(header), *map(cells_of, rows)])


def led_cells_apart(header: Header, rows: Sequence[Row]) -> str:
    return led_cells(header, rows).replace("\n\t", "\n\n\t")


def cell_paragraphs(header: Header, rows: Sequence[Row]) -> str:
    cells = [cell for line in [list(header), *map(cells_of, rows)] for cell in line]
    return "\n\n".join(f"    {cell}" for cell in cells if cell)


def cell_lines(header: Header, rows: Sequence[Row]) -> str:
    return "\n".join(cell for line in [list(header), *map(cells_of, rows)] for cell in line if cell)


def pipe_closed_cells(header: Header, rows: Sequence[Row]) -> str:
    cells = [cell for line in [list(header), *map(cells_of, rows)] for cell in line]
    return "\n\n".join(f"{cell} |" if cell else "|" for cell in cells)


def pipe_led_cells(header: Header, rows: Sequence[Row]) -> str:
    lines = []
    for cells in [list(header), *map(cells_of, rows)]:
        lines.append(cells[0])
        lines.extend(f"| {cell}".rstrip() for cell in cells[1:])
        lines.append("|")
    return "\n".join(lines)


def tabs_between(header: Header, rows: Sequence[Row]) -> str:
    return "\n\n".join("\n\n\t\n\n".join(cells) for cells in [list(header), *map(cells_of, rows)])


def spaced_rows(header: Header, rows: Sequence[Row]) -> str:
    return "\n".join(" ".join(cell for cell in cells if cell) for cells in [list(header), *map(cells_of, rows)])


LAYOUTS = (
    tab_rows, stripped_tab_rows, indented_tab_rows, pipe_rows, closed_pipe_rows, markdown, led_cells, led_cells_apart,
    cell_paragraphs, cell_lines, pipe_closed_cells, pipe_led_cells, tabs_between, spaced_rows,
)  # fmt: skip


def document(table: str, title: str = "附件：政府信息公开情况统计表") -> bytes:
    """The table between the prose of a report, as the bytes of a file."""
    return f"{PROSE_BEFORE}{title}\n\n{table}{PROSE_AFTER}".encode()
