"""Empty cells of tables told one cell a line: where each left one line end more, they are counted.

Nothing is filled in unless the rows of a table agree: with what the line ends count, each has the form's columns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from orchestration.reports.documents.model import Cell, Document, Span, Table
from orchestration.reports.extractions.tables.matrix_lines import Line

# Fewer rows that come out even may do so by chance.
_FEWEST_EVEN = 3
# One row in so many may not: what stands before a heading, or where the table ends, has lost its line ends.
_MOST_UNEVEN = 5
# How many line ends an empty cell may have left.
_LEFT = (1, 2)


def count_blanks(document: Document, lines: Sequence[Line], cell_by_cell: Collection[int]) -> None:
    """Put the empty cells that line ends show among the values of their rows."""
    below: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.table_no in cell_by_cell and line.columns is not None and line.cells and line.cells[0].kind != "header":
            below[line.table_no].append(line)
    for table in document.tables:
        found = below.get(table.number, [])
        if any(_lacks(line) for line in found):
            _fill(document, table, found)


def _fill(document: Document, table: Table, lines: Sequence[Line]) -> None:
    cells = [cell for row in table.rows for cell in row]
    ends = {one.span.end: _breaks(document, one, other) for one, other in pairwise(cells)}
    bare = Counter(number for number in ends.values() if number is not None)
    usual = bare.most_common(1)[0][0] if bare else 0
    spares = [(line, _spares(line, ends, usual)) for line in lines if _lacks(line)]
    # A row that leaves no trace of a cell may only head others.
    told = [(line, found) for line, found in spares if found is not None and (line.values or any(found))]
    for left in _LEFT:
        even = [(line, found) for line, found in told if _is_even(line, found, left)]
        if len(even) >= max(_FEWEST_EVEN, _MOST_UNEVEN * (len(told) - len(even))):
            for line, found in even:
                line.values = tuple(_with_blanks(line, found, left))
            return


def _lacks(line: Line) -> bool:
    return line.columns is not None and len(line.values) < len(line.columns.headings)


def _spares(line: Line, ends: Mapping[int, int | None], usual: int) -> list[int] | None:
    """How many line ends more than usual follow the label of a row and each value; None where it is not told."""
    found = [ends.get(cell.span.end, usual) for cell in (*line.words[-1:], *line.values)]
    spares = [number - usual for number in found if number is not None]
    return spares if len(spares) == len(found) and line.words else None


def _is_even(line: Line, spares: Sequence[int], left: int) -> bool:
    """Whether the empty cells that the line ends stand for make the row a whole one.

    A row that is whole without those behind its last value may stand before a heading.
    """
    wanted = len(line.columns.headings) if line.columns else 0
    lacking = wanted - len(line.values) - sum(spares[:-1]) // left
    told = all(spare >= 0 and spare % left == 0 for spare in spares[: -1 if lacking == 0 else None])
    return told and lacking in (0, spares[-1] // left)


def _with_blanks(line: Line, spares: Sequence[int], left: int) -> list[Cell]:
    values: list[Cell] = []
    for cell, spare in zip((*line.words[-1:], *line.values), spares, strict=True):
        values.extend((cell, *_empty(cell, spare // left)))
    return values[1 : 1 + len(line.columns.headings if line.columns else ())]


def _empty(before: Cell, number: int) -> Iterator[Cell]:
    """So many empty cells behind another."""
    for at in range(1, number + 1):
        place = before.span.end + at
        yield before._replace(text="", span=Span(place, place))


def _breaks(document: Document, one: Cell, other: Cell) -> int | None:
    """The line ends between two cells; None where anything else stands there, as a number taken for a page's."""
    between = document.folded[one.span.end : other.span.start]
    return None if between.strip() else between.count("\n")
