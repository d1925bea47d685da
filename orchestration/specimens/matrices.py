"""The tables with merged cells that the forms since 2019 print, built from forms/<template>.yml, and cut in two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from orchestration.specimens.chance import Chance
from orchestration.specimens.forms import layout
from orchestration.specimens.model import Box, Draft, Grid, Printed

SECTIONS_WITH_GRIDS = ("disclosure", "requests", "cases")
_WIDTH = 4


def build_grids(draft: Draft, chance: Chance) -> dict[str, list[Grid]]:
    """The tables of a report by the section they stand in: disclosure, requests, cases."""
    form = layout(draft.template_id)
    blocks = [_block(draft, block, chance.fork(block["article"])) for block in form["blocks"]]
    if chance.happens(0.7):
        blocks = [Grid([line for block in blocks for line in block.lines])]
    return {
        "disclosure": blocks,
        "requests": [_applications(draft, form["applicants"], chance.fork("applicants"))],
        "cases": [_disputes(draft, form["disputes"])],
    }


def boxes(draft: Draft) -> Iterator[Box]:
    """Every cell of a report's tables with merged cells that holds a figure, in the order of the print."""
    for passage in draft.passages:
        for grid in passage.grids:
            for line in grid.lines:
                yield from (box for box in line if box.printed is not None)


def _figure(draft: Draft, cell_id: str, label: str, applicant: str = "total", unit: str = "件") -> Box:
    value = draft.matrix[cell_id[2:], applicant]
    return Box("", cell_id=cell_id, applicant=applicant, label=label, printed=Printed(value, unit))


def _block(draft: Draft, block: Mapping[str, Any], chance: Chance) -> Grid:
    """One article of section two, as wide as the widest: its last column reaches over what is left."""
    columns: Mapping[str, str] = block["columns"]
    more = _WIDTH - len(columns)
    head = [Box("信息内容"), *(Box(words) for words in columns.values())]
    in_cell = chance.happens(0.3)
    if "amount" in columns and not in_cell:
        head[-1].words += chance.pick(("（单位：万元）", "（万元）"))
    lines = [[Box(block["article"], columns=_WIDTH)], head]
    for row, label in block["rows"].items():
        line = [Box(label)]
        for column in columns:
            box = _figure(draft, f"{row}.{column}", label, unit="万元" if column == "amount" else "件")
            if box.printed and column == "change":
                box.printed.plus = draft.look.header_unit == "—"
            if box.printed and column == "amount" and in_cell:
                box.printed.suffix = "万元"
            line.append(box)
        lines.append(line)
    for line in lines[1:]:
        line[-1] = replace(line[-1], columns=more)
    return Grid(lines)


def _applications(draft: Draft, form: Mapping[str, Any], chance: Chance) -> Grid:
    columns: Mapping[str, str] = form["columns"]
    organisations = [words for key, words in columns.items() if key.startswith("org_")]
    corner = Box(form["corner"], 3, 3)
    lines = [[corner, Box(form["above"], columns=len(columns))]]
    lines.append(
        [Box(columns["natural_person"], 2), Box(form["group"], 1, len(organisations)), Box(columns["total"], 2)]
    )
    lines.append([Box(words) for words in organisations])

    def figures(cell_id: str, label: str) -> list[Box]:
        return [_figure(draft, cell_id, label, applicant) for applicant in columns]

    for cell_id, label in form["taken"]:
        lines.append([Box(label, columns=3), *figures(cell_id, label)])
    first = len(lines)
    for outcome in form["outcomes"]:
        rows, group = outcome["rows"], outcome["label"]
        if len(rows) == 1:
            lines.append([Box(group, columns=2), *figures(rows[0][0], group)])
            continue
        for at, (cell_id, label) in enumerate(rows):
            lead = [] if at else [Box(group, rows=len(rows))]
            lines.append([*lead, Box(label), *figures(cell_id, label)])
    lines[first].insert(0, Box(form["results"], rows=len(lines) - first, upright=chance.happens(0.3)))
    cell_id, label = form["left"]
    lines.append([Box(label, columns=3), *figures(cell_id, label)])
    return Grid(lines, heads=3)


def _disputes(draft: Draft, form: Mapping[str, Any]) -> Grid:
    columns: Mapping[str, str] = form["columns"]
    five = len(columns)
    lawsuits: Mapping[str, str] = form["litigation"]
    lines = [[Box(form["review"], columns=five), Box(form["above"], columns=five * len(lawsuits))]]
    lines.append([*(Box(words, 2) for words in columns.values()), *(Box(w, columns=five) for w in lawsuits.values())])
    lines.append([Box(words) for _ in lawsuits for words in columns.values()])
    lines.append(
        [
            _figure(draft, f"{form['prefix']}.{group}.{column}", words)
            for group in ("review", *lawsuits)
            for column, words in columns.items()
        ]
    )
    return Grid(lines, heads=3)


def cut_grid(grid: Grid, at: int) -> tuple[Grid, Grid]:
    """The grid in two before line `at`; a cell that reaches over the cut goes on below, without its words."""
    upper = [list(line) for line in grid.lines[:at]]
    lower = [list(line) for line in grid.lines[at:]]
    reaching: list[Box] = []
    for number, line in enumerate(upper):
        for place, box in enumerate(line):
            if number + box.rows > at:
                line[place] = replace(box, rows=at - number)
                reaching.append(replace(box, words="", rows=number + box.rows - at))
    return Grid(upper, grid.heads), Grid([[*reaching, *lower[0]], *lower[1:]], 0)


def spread(grid: Grid) -> list[list[tuple[Box, bool]]]:
    """For each line its cells from the left; True marks the place of a cell that reaches down from a line above."""
    reaching: dict[int, tuple[Box, int]] = {}
    rows = []
    for line in grid.lines:
        waiting, row, column = list(line), [], 0
        while waiting or any(left and at >= column for at, (_, left) in reaching.items()):
            above, left = reaching.get(column, (None, 0))
            if above is not None and left:
                row.append((above, True))
                reaching[column] = (above, left - 1)
                column += above.columns
                continue
            if not waiting:
                break
            box = waiting.pop(0)
            row.append((box, False))
            reaching[column] = (box, box.rows - 1)
            column += box.columns
        rows.append(row)
    return rows
