"""The columns of a form's tables: which cell of a row is its unit, and which figure belongs to which column.

Header words decide where they are printed; without them the number of cells does, and a row that does not add up
is said to be odd instead of being guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from orchestration.reports.documents.model import Cell, Span, Table
from orchestration.reports.documents.text import compact
from orchestration.reports.extractions.locate import PrintedRow
from orchestration.reports.extractions.model import PeriodBasis
from orchestration.reports.extractions.numbers import parse_value

_FIGURES = frozenset({"reported", "reported_zero", "dash"})
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_SMALL = re.compile(r"\d{1,3}")
_NO_WORDS = re.compile(r"[-—_/\s]*")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of figures in the order one table prints them.

    `places`, `unit_place` and `last_place` (of any header word) count from the label's column; None where no header
    row shows them. `by_count` marks an order that no header word confirms; `codes`: most rows print their own code.
    """

    bases: tuple[PeriodBasis, ...]
    by_count: bool = False
    places: tuple[int, ...] | None = None
    unit_place: int | None = None
    last_place: int | None = None
    codes: bool = False


@dataclass(frozen=True, slots=True)
class RowFigures:
    """The unit cell of a row, and one value cell for each column (None: the row ends before it, which is a blank).

    `odd`: the row has more or fewer cells than the form; `torn`: so much that no figure can be given a column.
    """

    unit: Cell | None
    values: tuple[Cell | None, ...]
    odd: bool = False
    torn: bool = False


class Layout:
    """The key `columns` of a template's YAML: header words of the label, the unit, each column of figures, the rest."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self.bases: tuple[PeriodBasis, ...] = tuple(value["period_basis"] for value in columns["values"])
        self._values = {value["period_basis"]: _any_of(value["words"]) for value in columns["values"]}
        self._label, self._ignored = _any_of(columns["label"]), _any_of(columns["ignored"])
        # Two narrow columns may be printed as one: a code and the unit.
        self._unit = re.compile(f"(?:{self._ignored.pattern})?(?:{_any_of(columns['unit']).pattern})")
        patterns = (self._label, self._unit, self._ignored, *self._values.values())
        self.header = _any_of(pattern.pattern for pattern in patterns)

    def of_table(self, table: Table, past_row: int, above: Columns | None) -> Columns:
        """The columns as the rows before `past_row` head them; a table without a header goes on with those above."""
        heads = [cell for row in table.rows[: past_row - 1] for cell in row if cell.text]
        label = next((cell for cell in heads if self._is(self._label, cell)), None)
        if label is not None:
            # A small number among the words of a header is the page's.
            heading = (cell for cell in heads if not _SMALL.fullmatch(cell.text))
            beside = [cell for cell in heading if cell.row == label.row and cell.column > label.column]
            if any(not (self._is(self._unit, cell) or self._is(self._ignored, cell)) for cell in beside):
                return self._of_header_row(label, beside)
        order = tuple(dict.fromkeys(basis for cell in heads if (basis := self._basis(cell))))
        if not order:
            return above or Columns(self.bases, len(self.bases) > 1)
        whole = len(order) == len(self.bases)
        return Columns(order if whole else self.bases, not whole)

    def _of_header_row(self, label: Cell, beside: Sequence[Cell]) -> Columns:
        places: dict[PeriodBasis, int] = {}
        years: dict[PeriodBasis, int] = {}
        strange, unit_place = [], None
        for cell in beside:
            basis, place = self._basis(cell), cell.column - label.column
            year = _year(cell)
            if basis and (basis not in places or (basis in years and year > years[basis])):
                # Beside the year that is reported on, earlier ones may stand for comparison.
                places[basis] = place
                years.update({basis: year} if year else {})
            elif basis and year and basis in years:
                continue
            elif self._is(self._unit, cell):
                unit_place = place
            elif not self._is(self._ignored, cell):
                strange.append(place)
        missing = [basis for basis in self.bases if basis not in places]
        if missing and len(strange) != len(missing):
            return Columns(self.bases, len(self.bases) > 1, None, unit_place)
        places.update(zip(missing, strange, strict=False))
        order = tuple(sorted(places, key=lambda basis: places[basis]))
        last = beside[-1].column - label.column
        return Columns(order, len(missing) > 1, tuple(places[basis] for basis in order), unit_place, last)

    def _basis(self, cell: Cell) -> PeriodBasis | None:
        return next((basis for basis, words in self._values.items() if self._is(words, cell)), None)

    @staticmethod
    def _is(words: re.Pattern[str], cell: Cell) -> bool:
        return words.fullmatch(compact(cell.text)) is not None


def assign(row: PrintedRow, columns: Columns, units: Collection[str], row_key: str | None) -> RowFigures:
    """Which cells beside a label are its unit and its figures; `row_key` is the code a form prints beside the label."""
    if not row.beside:
        # A label alone has lost even its unit: whether a figure stood there is not told.
        return RowFigures(None, (None,) * len(columns.bases), odd=True)
    if row_key:
        row = replace(row, beside=_without_code(row.beside, units, row_key))
    if columns.places is not None:
        placed = _by_place(row, columns, units)
        if placed:
            return placed
    return _by_count(row, columns, units, row_key)


def prints_codes(rows: Iterable[PrintedRow], units: Collection[str]) -> bool:
    """Whether most of the rows have their own code for the first cell that is no unit."""
    keyed = [row for row in rows if row.found is not None and row.found.row_key and row.beside]
    first = (next((cell.text for cell in row.beside if not is_unit(cell, units)), "") for row in keyed)
    coded = sum(1 for row, text in zip(keyed, first, strict=True) if row.found and compact(text) == row.found.row_key)
    return coded * 2 > len(keyed)


def _without_code(beside: Sequence[Cell], units: Collection[str], row_key: str) -> tuple[Cell, ...]:
    """The cells beside a label without the code that stands before the unit, in a cell of its own or in the unit's."""
    first, *rest = beside
    words = compact(first.text)
    if words == row_key and rest and is_unit(rest[0], units):
        return tuple(rest)
    unit = words.removeprefix(row_key)
    if unit != words and unit in units and first.text.endswith(unit):
        own = Span(first.span.end - len(unit), first.span.end)
        return (first._replace(text=unit, span=own), *rest)
    return tuple(beside)


def _by_place(row: PrintedRow, columns: Columns, units: Collection[str]) -> RowFigures | None:
    """The cells where the header puts them; None where they are plainly shifted against it."""
    base = row.label.column
    if columns.unit_place and is_unit(row.beside[0], units) and not _follow(row):
        # A label wider than its head begins in another column than it: the unit tells where the others stand.
        base = row.beside[0].column - columns.unit_place
    at = {cell.column - base: cell for cell in row.beside}
    unit = at.get(columns.unit_place) if columns.unit_place else None
    if unit is not None and not is_unit(unit, units) and not _NO_WORDS.fullmatch(unit.text):
        return None
    values = tuple(at.get(place) for place in columns.places or ())
    if any(cell is not None and is_unit(cell, units) for cell in values):
        return None
    if len(values) > 1 and None in values and any(values):
        # Which of several columns a row that ends early has left out, its place does not tell.
        return None
    if not any(cell is not None and cell.text for cell in values) and any(_is_figure(cell) for cell in row.beside):
        return None
    beyond = any(cell.text and place > (columns.last_place or 0) for place, cell in at.items())
    return RowFigures(unit if unit is not None and is_unit(unit, units) else None, values, odd=beyond)


def _by_count(row: PrintedRow, columns: Columns, units: Collection[str], row_key: str | None) -> RowFigures:
    wanted = len(columns.bases)
    unit = next((cell for cell in row.beside if is_unit(cell, units)), None)
    rest = [cell for cell in row.beside if cell is not unit]
    if row_key and rest and rest[0].text == row_key and (columns.codes or len(rest) > wanted):
        del rest[0]
    odd = columns.places is not None
    if len(rest) == wanted + 1 and unit is None and _NO_WORDS.fullmatch(rest[0].text):
        return RowFigures(None, tuple(rest[1:]), odd)
    if len(rest) > wanted:
        figures = [cell for cell in rest if _is_figure(cell)]
        if figures and len(figures) != wanted:
            return RowFigures(unit, tuple(figures), True, torn=True)
        return RowFigures(unit, tuple(figures or rest[:wanted]), True)
    if 0 < len(rest) < wanted and any(cell.text for cell in rest):
        return RowFigures(unit, tuple(rest), True, torn=True)
    return RowFigures(unit, (*rest, *[None] * (wanted - len(rest))), odd)


def _follow(row: PrintedRow) -> bool:
    """Whether the cells of a row stand in columns that follow each other, as they do where nothing is left out."""
    cells = (row.label, *row.beside)
    return all(right.column == left.column + left.column_span for left, right in pairwise(cells))


def is_unit(cell: Cell, units: Collection[str]) -> bool:
    """Whether a cell holds a unit word and nothing else."""
    return compact(cell.text).strip("()") in units


def _is_figure(cell: Cell) -> bool:
    return parse_value(cell.text).status in _FIGURES


def _year(cell: Cell) -> int:
    """The year that a column header names; 0 where it names none."""
    found = _YEAR.search(cell.text)
    return int(found[0]) if found else 0


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
