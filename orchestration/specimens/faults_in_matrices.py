"""Faults planted in the tables with merged cells of the forms since 2019.

Each operator changes a draft and returns what it did, or returns None and changes nothing where it does not apply.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from orchestration.registry.model import Registry
from orchestration.specimens.chance import Chance
from orchestration.specimens.forms import arithmetic, layout
from orchestration.specimens.matrices import boxes, cut_grid
from orchestration.specimens.model import Box, Draft, Grid, Passage, Printed

_LEAST_ROWS = 3


class Matrices:
    """The figures of a draft's tables with merged cells, by cell and applicant."""

    def __init__(self, draft: Draft, registry: Registry) -> None:
        self.draft = draft
        self.rules = arithmetic(draft.template_id)
        self._codes = {c.cell_id: c.indicator_code or "" for c in registry.templates[draft.template_id].cells}
        self.boxes = {(box.cell_id or "", box.applicant): box for box in boxes(draft)}

    def printed(self, cell_id: str, applicant: str = "total") -> Printed | None:
        """What is printed there; None where nothing of the kind is."""
        box = self.boxes.get((cell_id, applicant))
        return box.printed if box else None

    def applicants(self) -> list[str]:
        """The applicants that have a column, without the total."""
        return list(dict.fromkeys(applicant for _, applicant in self.boxes if applicant != "total"))

    def told(self, cell_id: str) -> bool:
        """Whether the prose says this figure too."""
        return self.draft.says((self._codes[cell_id], "year"))

    def add(self, cell_id: str, applicant: str, more: int) -> bool:
        """Print so many more there; returns whether there was a number to add to."""
        cell = self.printed(cell_id, applicant)
        if cell is None or cell.value is None:
            return False
        cell.value += more
        return True

    def leaves(self) -> list[str]:
        """The outcomes that are printed and that the prose does not tell."""
        whole = next((w for w in self.rules.sums if (w, "natural_person") in self.boxes), "")
        parts = self.rules.sums.get(whole, ())
        return [part for part in parts if (part, "total") in self.boxes and not self.told(part)]


def row_total_broken(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The total of a row is not the sum of its applicants."""
    table = Matrices(draft, registry)
    leaves = table.leaves()
    if not leaves:
        return None
    leaf = chance.pick(leaves)
    table.add(leaf, "total", chance.whole(1, 4))
    return f"the total of {leaf} typed wrong"


def column_sum_broken(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """An outcome of one applicant is typed wrong, with it the total of its row: the outcomes no longer add up."""
    table = Matrices(draft, registry)
    leaves = table.leaves()
    if not leaves:
        return None
    leaf, applicant, more = chance.pick(leaves), chance.pick(table.applicants()), chance.whole(1, 3)
    for column in (applicant, "total"):
        table.add(leaf, column, more)
    return f"{more} more of {leaf} for {applicant}"


def balance_broken(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """What was carried over does not balance with what was received and concluded."""
    table = Matrices(draft, registry)
    if not table.boxes:
        return None
    ends = [table.rules.balance["taken"][1], table.rules.balance["out"][1]]
    free = [cell for cell in ends if not table.told(cell)]
    if not free:
        return None
    cell, applicant, more = chance.pick(free), chance.pick(table.applicants()), chance.whole(1, 5)
    for column in (applicant, "total"):
        table.add(cell, column, more)
    return f"{more} more of {cell} for {applicant}"


def dispute_sum_broken(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """One of the five columns of a group of reviews or lawsuits is typed wrong."""
    table = Matrices(draft, registry)
    parts = [p for parts in _groups(table).values() for p in parts if not table.told(p)]
    if not parts:
        return None
    part = chance.pick(parts)
    table.add(part, "total", chance.whole(1, 3))
    return f"{part} typed wrong"


def dispute_total_blank(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The total of a group of reviews or lawsuits is left blank."""
    table = Matrices(draft, registry)
    wholes = [whole for whole in _groups(table) if not table.told(whole)]
    if not wholes or draft.look.table in ("cells", "spaces"):
        # Where cells stand in lines of their own, nothing would show which one is missing.
        return None
    whole = chance.pick(wholes)
    cell = table.printed(whole)
    if cell is None:
        return None
    cell.value = None
    return f"{whole} left blank"


def _groups(table: Matrices) -> dict[str, list[str]]:
    """The groups of five columns: the parts of each total that has no applicants."""
    return {
        whole: list(parts)
        for whole, parts in table.rules.sums.items()
        if (whole, "total") in table.boxes and (whole, "natural_person") not in table.boxes
    }


def row_totals_blank(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The column of totals is left blank beside every outcome."""
    table = Matrices(draft, registry)
    leaves = table.leaves()
    if not leaves or draft.look.table in ("cells", "spaces"):
        return None
    for leaf in leaves:
        cell = table.printed(leaf)
        if cell is not None:
            cell.value = None
    return "no totals beside the outcomes"


def matrix_zeros_as_dashes(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """Every 0 of a table of the form is a dash or a stroke."""
    table = Matrices(draft, registry)
    zeros = [box.printed for box in table.boxes.values() if box.printed and box.printed.value == 0]
    if not zeros or any(table.told(cell) for cell, _ in table.boxes):
        return None
    sign = chance.pick(("/", "-", "—"))
    for cell in zeros:
        cell.value, cell.dash = None, sign
    return f"{sign} for 0"


def single_other(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The form of 2021 with one row 其他处理, as the form of 2019 has it."""
    if not draft.matrix:
        return None
    outcomes = layout(draft.template_id)["applicants"]["outcomes"]
    group = next((outcome for outcome in outcomes if outcome.get("single")), None)
    for passage, at in _grids(draft):
        grid = passage.grids[at]
        if group is None or not _holds(grid, group["rows"][0][0]):
            continue
        cells = [cell_id for cell_id, _ in group["rows"]]
        rows = [i for i, line in enumerate(grid.lines) if any(box.cell_id in cells for box in line)]
        label = Box(group["label"], columns=2)
        figures = [
            replace(box, cell_id=group["single"], label=group["label"], printed=_sum_of(grid, rows, box.applicant))
            for box in grid.lines[rows[0]]
            if box.printed is not None
        ]
        for line in grid.lines[: rows[0]]:
            line[:] = [_shorter(box, len(cells) - 1) if box.rows > len(cells) else box for box in line]
        grid.lines[rows[0] : rows[-1] + 1] = [[label, *figures]]
        return "one row for everything processed otherwise"
    return None


def _shorter(box: Box, less: int) -> Box:
    return replace(box, rows=box.rows - less)


def _sum_of(grid: Grid, rows: list[int], applicant: str) -> Printed:
    cells = [b.printed for row in rows for b in grid.lines[row] if b.printed and b.applicant == applicant]
    return replace(cells[0], value=sum(cell.value or 0 for cell in cells))


def table_split(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The table of applications goes on in a second table, without its head, as after the end of a page."""
    for passage, at in _grids(draft):
        grid = passage.grids[at]
        if not _holds(grid, _first_cell(draft)):
            continue
        cut = chance.whole(grid.heads + _LEAST_ROWS, len(grid.lines) - _LEAST_ROWS)
        passage.grids[at : at + 1] = cut_grid(grid, cut)
        return f"the table goes on in another after {cut} lines"
    return None


def spans_shifted(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The label of a row reaches over one column less than it should, so that its figures stand one too far left."""
    for passage, at in _grids(draft):
        grid = passage.grids[at]
        if not _holds(grid, _first_cell(draft)):
            continue
        rows = [line for line in grid.lines[grid.heads :] if line[0].columns == _LEAST_ROWS]
        line = chance.pick(rows)
        line[0] = replace(line[0], columns=line[0].columns - 1)
        line[-1] = replace(line[-1], columns=2)
        return "the spans of a row do not fit those of the head"
    return None


def _first_cell(draft: Draft) -> str:
    """The first row of the table of applications."""
    return str(layout(draft.template_id)["applicants"]["taken"][0][0]) if draft.matrix else ""


def _grids(draft: Draft) -> Iterator[tuple[Passage, int]]:
    for passage in draft.passages:
        for at in range(len(passage.grids)):
            yield passage, at


def _holds(grid: Grid, cell_id: str) -> bool:
    return any(box.cell_id == cell_id for line in grid.lines for box in line)
