"""Which cell of a row stands under which heading: by the grid, by count, or by the rows that are complete.

A row that fits none of these is torn: none of its figures is given a column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from orchestration.reports.documents.model import Cell
from orchestration.reports.extractions.tables.header_words import BLOCKS, Columns


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell for each heading (None: nothing is printed there, a blank); `by_count`: only other rows show where."""

    cells: tuple[Cell | None, ...]
    by_count: bool = False


Pattern = tuple[int, ...]

# One row alone may have lost its column to split digits; so many of one length have not.
_FEWEST_ALIKE = 2
# Rows that lack cells, if more than one in so many, show that empty cells were left out.
_FEW_SHORT = 10


@dataclass(frozen=True, slots=True)
class Row:
    """The cells after the label of a row, and the level of its label in the form: one level spans one width.

    `labels` is how many cells stand before them: its label, and the names of what it is a part of.
    """

    cells: tuple[Cell, ...]
    level: int
    table_no: int
    labels: int = 1

    def keeps_to(self, columns: Columns) -> bool:
        """Whether the row takes up no more of the grid than its header, in one table or in one as wide."""
        past = self.cells[-1].column + self.cells[-1].column_span if self.cells else 0
        return past <= columns.past if self.table_no == columns.table_no else past == columns.past


@dataclass(frozen=True, slots=True)
class Alike:
    """What the rows below one header have in common.

    `patterns`: by level and number of cells, which of them are values; `lengths`: by level, the numbers of cells.
    """

    patterns: Mapping[tuple[int, int], Pattern] = field(default_factory=dict)
    lengths: Mapping[int, frozenset[int]] = field(default_factory=dict)


def place(row: Row, columns: Columns, alike: Alike) -> Placed | None:
    """The cells of a row below their headings; `alike` is what the rows around it show. None for a torn row."""
    cells, wanted = row.cells, len(columns.headings)
    if not wanted:
        return None
    # Where rows differ in length, an empty first cell may be what a wide label left of the columns it spans.
    if len(cells) == wanted and (cells[0].text or columns.in_grid or len(alike.lengths.get(row.level, ())) < 2):
        return Placed(cells)
    if columns.in_grid and row.keeps_to(columns):
        placed = _by_grid(cells, columns)
        if placed is not None:
            return Placed(placed)
    filled = _filled(row)
    if not filled:
        return Placed(cells[:wanted] + (None,) * (wanted - len(cells)))
    if columns.in_grid and (columns.kind != BLOCKS or not row.keeps_to(columns)):
        # Where the grid shows the columns, a row that does not keep to them is torn.
        return None
    pattern = alike.patterns.get((row.level, len(cells)))
    if pattern is not None and {*filled} <= {*pattern}:
        return Placed(tuple(cells[at] for at in pattern), len(filled) < wanted)
    return None


def compared(rows: Sequence[Row], wanted: int) -> Alike:
    """What rows below one header of `wanted` columns show about those that are longer than it.

    Complete rows show it. Else empty cells that a wide label or a wide last column left stand before or after the
    values; how many after is the same in every row of a level, so that its rows, or all, may leave but one answer.
    Where rows are filled up to one width behind their values, it is the same in rows with as many labels and cells.
    """
    same: dict[tuple[int, int], list[Row]] = defaultdict(list)
    built: dict[tuple[int, int], list[Row]] = defaultdict(list)
    lengths: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        same[row.level, len(row.cells)].append(row)
        built[row.labels, len(row.cells)].append(row)
        lengths[row.level].add(len(row.cells))
    short = sum(1 for row in rows if len(row.cells) < wanted and _filled(row))
    ragged = short * _FEW_SHORT > len(rows)
    no_blanks = all(len(_filled(row)) == wanted for row in rows)
    # Where a level has rows without and with spare cells, those without say nothing about the others.
    padded = {level for level, printed in lengths.items() if wanted in printed and max(printed) > wanted}
    everywhere = None if padded else _spare_after(rows, wanted)
    own = {key: _spare_after(like, wanted) for key, like in same.items()}
    none_before = all(after is None or length == wanted + after for (_, length), after in own.items())
    found: dict[tuple[int, int], Pattern] = {}
    for (level, length), like in same.items():
        complete = {filled for row in like if len(filled := _filled(row)) == wanted}
        several = len(like) >= _FEWEST_ALIKE
        if len(complete) == 1 and (several or no_blanks or len(lengths[level]) == 1):
            found[level, length] = complete.pop()
        elif length >= wanted and not ragged:
            of_level = like if level in padded else [row for row in rows if row.level == level]
            answers = (
                _spare_after(of_level, wanted) if several else None,
                _spare_after(_built_like(like, built), wanted) if none_before and length > wanted else None,
                everywhere if several else own[level, length],
            )
            after = next((answer for answer in answers if answer is not None), None)
            if after is not None and length >= wanted + after:
                found[level, length] = tuple(range(length - after - wanted, length - after))
    return Alike(found, {level: frozenset(found_lengths) for level, found_lengths in lengths.items()})


def _built_like(like: Sequence[Row], built: Mapping[tuple[int, int], Sequence[Row]]) -> Sequence[Row]:
    """The rows of any level with as many labels and cells as these; none where one alone has them, or these differ."""
    labels = {row.labels for row in like}
    found = built[labels.pop(), len(like[0].cells)] if len(labels) == 1 else ()
    return found if len(found) >= _FEWEST_ALIKE else ()


def _spare_after(rows: Sequence[Row], wanted: int) -> int | None:
    """How many empty cells follow the values in every row; None where the rows leave more than one answer."""
    answers: set[int] | None = None
    for row in rows:
        filled = _filled(row)
        spare = len(row.cells) - wanted
        if spare < 0 or not filled or filled[-1] - filled[0] >= wanted:
            continue
        first, last = max(0, filled[-1] - wanted + 1), min(filled[0], spare)
        possible = {spare - before for before in range(first, last + 1)}
        answers = possible if answers is None else answers & possible
    return answers.pop() if answers is not None and len(answers) == 1 else None


def _filled(row: Row) -> Pattern:
    return tuple(at for at, cell in enumerate(row.cells) if cell.text)


def _by_grid(cells: Sequence[Cell], columns: Columns) -> tuple[Cell, ...] | None:
    """The cells under each heading; None where a figure stands under none or several, or a heading over nothing."""
    under: list[list[Cell]] = [[] for _ in columns.headings]
    for cell in cells:
        over = [
            at
            for at, heading in enumerate(columns.headings)
            if cell.column < heading.past and heading.start < cell.column + cell.column_span
        ]
        if cell.text and len(over) != 1:
            return None
        for at in over:
            under[at].append(cell)
    placed: list[Cell] = []
    for found in under:
        filled = [cell for cell in found if cell.text]
        # A merged cell may be printed in each of its columns.
        if not found or len({cell.text for cell in filled}) > 1 or (len(filled) > 1 and len(filled) < len(found)):
            return None
        placed.append(filled[0] if filled else found[0])
    return tuple(placed)
