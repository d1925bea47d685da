"""The forms of 2019 and 2021 as pages print them, with figures of our own: as grids with spans, and as texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from orchestration.registry.model import Template, TemplateCell
from orchestration.reports.documents.model import Block, Cell, Document, Paragraph, Span, Table
from orchestration.reports.documents.text import fold

APPLICANTS = {
    "natural_person": "自然人",
    "org_business": "商业企业",
    "org_research": "科研机构",
    "org_social_welfare": "社会公益组织",
    "org_legal_service": "法律服务机构",
    "org_other": "其他",
    "total": "总计",
}
HEADINGS = {"本年收费金额": "本年收费金额（单位：万元）", "采购总金额": "采购总金额（万元）"}
ARTICLES = {
    "第二十条第（一）项": 4,
    "第二十条第（五）项": 4,
    "第二十条第（六）项": 4,
    "第二十条第（八）项": 3,
    "第二十条第（九）项": 3,
}
ORDINALS = "一二三四五六七八九"
TITLE = "青河市临溪区柳湾街道办事处{year}年政府信息公开工作年度报告"
SECTIONS = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")


@dataclass(frozen=True)
class Printed:
    """A printed cell: its words, how far it spans, and the data cell of the form it is (cell id, applicant)."""

    text: str
    columns: int = 1
    rows: int = 1
    holds: tuple[str, str] | None = None


Grid = list[list[Printed]]
Value = Callable[[TemplateCell, str], str]


def figure(cell: TemplateCell, applicant: str) -> str:
    """A figure of our own for a cell, different from its neighbours'."""
    column = list(APPLICANTS).index(applicant) if applicant in APPLICANTS else 9
    number = (cell.row_no * 37 + column * 11) % 400
    if cell.kind == "signed":
        return f"{'+' if number % 2 else '-'}{number}" if number else "0"
    return f"{number}.5" if cell.kind == "amount" else str(number)


def adding_up(template: Template) -> Value:
    """Figures of our own that keep every identity of the form: rows, columns, the balance and the five outcomes."""
    cells = {cell.row_key or "": cell for cell in template.cells if "natural_person" in cell.column_keys}
    parents = {cell.parent_id for cell in cells.values()}
    leaves = [c for c in cells.values() if c.level > 1 and c.cell_id not in parents and c.row_key != "total"]

    def of_applicant(key: str, column: int) -> int:
        if key == "total":
            return sum(((leaf.row_no + column) % 4 for leaf in leaves), 0)
        if key == "new":
            return of_applicant("total", column) + 2 - 1
        return {"carry_in": 1, "carry_out": 2}.get(key, (cells[key].row_no + column) % 4)

    def value(cell: TemplateCell, applicant: str) -> str:
        if cell.row_key in cells and "natural_person" in cell.column_keys:
            places = {"total": range(6), "org_total": range(1, 6)}
            places.update({key: range(at, at + 1) for at, key in enumerate(list(APPLICANTS)[:-1])})
            return str(sum(of_applicant(cell.row_key or "", column) for column in places[applicant]))
        if cell.cell_id[2:4] == "4.":
            return (
                "10"
                if cell.label == "总计"
                else str("维纠他未".index(next(c for c in cell.label if c in "维纠他未")) + 1)
            )
        return figure(cell, applicant)

    return value


def ordinal(cell: TemplateCell) -> str:
    """The ordinal before a label, from the position of the cell: 一、 or （三） or 2."""
    last = cell.position[-1]
    if last.isdigit():
        return f"{last}."
    return f"（{cell.position.partition('(')[2].rstrip(')')}）" if last == ")" else f"{cell.position}、"


def blocks(template: Template, value: Value = figure) -> list[Grid]:
    """Section two: one grid for each block, as its rows print it."""
    found: dict[str, dict[str, list[TemplateCell]]] = {}
    for cell in template.cells:
        if cell.position.startswith("第二十条") and not cell.variant:
            found.setdefault(cell.position, {}).setdefault(cell.label, []).append(cell)
    grids = []
    for position, rows in found.items():
        keys = list(dict.fromkeys(key for cells in rows.values() for cell in cells for key in cell.column_keys))
        grid = [[Printed(position, 1 + len(keys))], [Printed("信息内容"), *(Printed(HEADINGS.get(k, k)) for k in keys)]]
        for label, cells in rows.items():
            figures = (Printed(value(cell, "total"), holds=(cell.cell_id, "total")) for cell in cells)
            grid.append([Printed(label), *figures])
        grids.append(grid)
    return grids


def one_grid(grids: Iterable[Grid], width: int = 4) -> Grid:
    """The blocks below each other in one grid: their last column spans what is left, as the official form does."""
    whole: Grid = []
    for grid in grids:
        for row in grid:
            missing = width - sum(cell.columns for cell in row)
            whole.append([*row[:-1], replace(row[-1], columns=row[-1].columns + missing)])
    return whole


def matrix(
    template: Template,
    value: Value = figure,
    *,
    single_other: bool = False,
    subtotal: bool = False,
    header: bool = True,
) -> Grid:
    """Section three with its merged labels; `single_other`: one row 其他处理; `subtotal`: a column 小计 beside 其他."""
    cells = [cell for cell in template.cells if "natural_person" in cell.column_keys]
    parts = {cell.cell_id: [c for c in cells if c.parent_id == cell.cell_id] for cell in cells}
    columns = list(APPLICANTS)
    if subtotal:
        columns.insert(-1, "org_total")
    if single_other:
        cells = [cell for cell in cells if cell.parent_id is None or not cell.parent_id.endswith(".other")]
        parts = {key: found for key, found in parts.items() if not key.endswith(".other")}
    rows: Grid = matrix_header(subtotal) if header else []
    results = sum(1 for cell in cells if cell.level > 1 and not parts.get(cell.cell_id))
    for cell in cells:
        below = parts.get(cell.cell_id)
        if below and cell.level == 1:
            pending = [Printed(f"{ordinal(cell)}{cell.label}", rows=results)]
        elif below:
            pending = [*pending, Printed(f"{ordinal(cell)}{cell.label}", rows=len(below))]
        else:
            span = {1: 3, 2: 2, 3: 1}[cell.level]
            figures = [Printed(value(cell, column), holds=(cell.cell_id, column)) for column in columns]
            lead = pending if cell.level > 1 else []
            rows.append([*lead, Printed(f"{ordinal(cell)}{cell.label}", span), *figures])
            pending = []
    return rows


def matrix_header(subtotal: bool = False) -> Grid:
    """The three header rows of section three."""
    organisations = [words for key, words in APPLICANTS.items() if key.startswith("org_")]
    organisations += ["小计"] if subtotal else []
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    return [
        [Printed(note, 3, 3), Printed("申请人情况", len(organisations) + 2)],
        [Printed("自然人", rows=2), Printed("法人或其他组织", len(organisations)), Printed("总计", rows=2)],
        [Printed(words) for words in organisations],
    ]


def outcomes(template: Template, value: Value = figure) -> Grid:
    """Section four: the outcomes of review stand beside those of both kinds of litigation, in one row."""
    cells = [cell for cell in template.cells if cell.cell_id[2:4] == "4."]
    five = [cell.column_keys[0].rpartition("-")[2] for cell in cells[:5]]
    return [
        [Printed("行政复议", 5), Printed("行政诉讼", 10)],
        [*(Printed(words, rows=2) for words in five), Printed("未经复议直接起诉", 5), Printed("复议后起诉", 5)],
        [Printed(words) for words in five * 2],
        [Printed(value(cell, "total"), holds=(cell.cell_id, "total")) for cell in cells],
    ]


def report(template: Template, value: Value = figure) -> list[Grid]:
    """All grids of a report, in their sections: section two in one grid."""
    return [one_grid(blocks(template, value)), matrix(template, value), outcomes(template, value)]


def held(grids: Iterable[Grid]) -> dict[tuple[str, str], str]:
    """What the grids print for each data cell of the form."""
    return {cell.holds: cell.text for grid in grids for row in grid for cell in row if cell.holds}


def laid_out(grid: Grid) -> list[list[tuple[int, Printed]]]:
    """Each row's own cells with the column at which they begin, cells from above left room."""
    taken: dict[int, int] = {}
    rows = []
    for number, row in enumerate(grid):
        column, placed = 1, []
        for cell in row:
            while taken.get(column, -1) >= number:
                column += 1
            placed.append((column, cell))
            for at in range(column, column + cell.columns):
                taken[at] = number + cell.rows - 1
            column += cell.columns
        rows.append(placed)
    return rows


def document(grids: Sequence[Grid], year: int = 2022) -> Document:
    """A document whose tables are these grids, as a reader of pages with spans delivers it."""
    text = TITLE.format(year=year) + "\n"
    blocks_of: list[Block] = [Paragraph((Span(0, len(text) - 1),), "heading")]
    for number, grid in enumerate(grids, 1):
        rows = []
        begin = len(text)
        for row_no, row in enumerate(laid_out(grid), 1):
            cells = []
            for column, cell in row:
                span = Span(len(text), len(text) + len(cell.text))
                words = fold(cell.text).replace("\n", "")
                cells.append(Cell(words, span, row_no, column, cell.rows, cell.columns))
                text += cell.text + "\n"
            rows.append(tuple(cells))
        blocks_of.append(Table(number, tuple(rows), Span(begin, len(text))))
    return Document("0" * 64, "x", "text/html", text, fold(text), tuple(blocks_of))


def words_of(row: Sequence[Printed], spread: bool) -> list[str]:
    """The words of a row; `spread`: a cell that spans columns leaves an empty cell in each of them."""
    return [words for cell in row for words in (cell.text, *([""] * (cell.columns - 1) if spread else []))]


def tab_rows(grid: Grid) -> str:
    return "\n".join("\t".join(words_of(row, False)) for row in grid)


def spread_tab_rows(grid: Grid) -> str:
    return "\n".join("\t".join(words_of(row, True)) for row in grid)


def pipe_rows(grid: Grid) -> str:
    return "\n".join(" | ".join(words_of(row, False)) + " |" for row in grid)


def spread_pipe_rows(grid: Grid) -> str:
    return "\n".join(" | ".join(words_of(row, True)) + " |" for row in grid)


def markdown_rows(grid: Grid) -> str:
    return "\n".join("| " + " | ".join(words_of(row, False)) + " |" for row in grid)


def framed_pipe_cells(grid: Grid) -> str:
    lines = []
    for row in grid:
        lines.append("|")
        for cell in row:
            lines.append(f"{cell.text} |" + " " * (cell.columns > 1) + "|" * (cell.columns - 1))
    return "\n".join(lines)


def closed_pipe_cells(grid: Grid) -> str:
    lines = []
    for row in grid:
        for cell in row:
            lines.append(f"{cell.text} |")
            if cell.columns > 1:
                lines.append("|" * (cell.columns - 1))
    return "\n".join(lines)


def row_led_pipes(grid: Grid) -> str:
    lines = []
    for row in grid:
        first, *others = words_of(row, True)
        lines += [f"| {first}", "|"]
        for words in others:
            lines += [words, "|"] if words else ["|"]
    return "\n".join(lines)


def lone_pipe_cells(grid: Grid) -> str:
    return "".join(f"{cell.text}\n|\n" for row in grid for cell in row)


def cell_lines(grid: Grid) -> str:
    return "\n".join(cell.text for row in grid for cell in row)


def cell_paragraphs(grid: Grid) -> str:
    return "\n\n".join(f"  {cell.text}" for row in grid for cell in row)


def led_cells(grid: Grid) -> str:
    return "\n\n".join("\n".join(f"\t{cell.text}" for cell in row) for row in grid)


def spaced_rows(grid: Grid) -> str:
    return "\n".join(" ".join(words_of(row, False)) for row in grid)


LAYOUTS = (
    tab_rows, spread_tab_rows, pipe_rows, spread_pipe_rows, markdown_rows, framed_pipe_cells, closed_pipe_cells,
    row_led_pipes, lone_pipe_cells, cell_lines, cell_paragraphs, led_cells, spaced_rows,
)  # fmt: skip


def text(grids: Sequence[Grid], layout: Callable[[Grid], str], year: int = 2022) -> bytes:
    """A text report in whose sections these grids stand, each section with its heading."""
    parts = [TITLE.format(year=year), "一、总体情况", "街道按要求公开了各类信息，内容真实、更新及时，方便群众查询。"]
    for heading, grid in zip(SECTIONS, grids, strict=False):
        parts += [heading, layout(grid)]
    parts += [
        "五、存在的主要问题及改进情况",
        "街道将继续做好公开工作，方便群众查询。",
        "六、其他需要报告的事项",
        "没有其他需要报告的事项。",
    ]
    return "\n\n".join(parts).encode()
