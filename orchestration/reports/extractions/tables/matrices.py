"""The figures of forms whose columns are headed by words: blocks with headers of their own, applicants, outcomes.

What row a line is, matrix_lines.py has found; here its values come under their columns. A figure whose column is not
plain stays unread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from orchestration.registry.model import Template, TemplateCell
from orchestration.reports.documents.model import Cell, Document
from orchestration.reports.extractions.locate import told_cell_by_cell
from orchestration.reports.extractions.tables.amounts import parsed
from orchestration.reports.extractions.tables.header_words import (
    APPLICANTS,
    BLOCKS,
    FIVE,
    OUTCOMES,
    Columns,
    Heading,
)
from orchestration.reports.extractions.tables.line_gaps import count_blanks
from orchestration.reports.extractions.tables.matrix_lines import Form, Line, find_rows, is_figure, printed_lines
from orchestration.reports.extractions.tables.placing import Alike, Placed, Row, compared, place

_UNLIKE = Alike()


@dataclass(frozen=True, slots=True)
class Figure:
    """One data cell of the form; `value` is None where the row ends before it, `torn`: the row's figures fit no column.

    `by_count`: no header words say that this is its column. `doubled`: another row says something else of the cell.
    `stray`: the form has no figure here, as in a row that only heads others. `lacking`: its row has fewer cells than
    the form, in a print that shows no other blank.
    """

    cell: TemplateCell
    applicant: str
    line: Line
    heading: Heading | None
    value: Cell | None
    torn: bool = False
    by_count: bool = False
    doubled: bool = False
    stray: bool = False
    lacking: bool = False


@dataclass(slots=True)
class Matrices:
    """Every figure of the form in print order, the cells whose row is printed, and what was odd."""

    figures: list[Figure] = field(default_factory=list)
    printed: dict[str, TemplateCell] = field(default_factory=dict)
    unknown: list[Line] = field(default_factory=list)
    truncated: bool = False


def read_matrices(document: Document, template: Template) -> Matrices:
    """The figures of a form with the layout key `tables`; empty where none of its rows is printed."""
    form = Form(template)
    lines = printed_lines(document, form)
    find_rows(lines, form)
    cell_by_cell = told_cell_by_cell(document)
    count_blanks(document, lines, cell_by_cell)
    return _Reader(lines, form, cell_by_cell).read()


class _Reader:
    """Puts the values of the found rows under their columns."""

    def __init__(self, lines: Sequence[Line], form: Form, cell_by_cell: Collection[int]) -> None:
        self._lines = lines
        self._form = form
        self._cell_by_cell = cell_by_cell
        self._alike = _alike(lines)
        self._found = Matrices()
        self._turned: dict[int, Columns] = {}
        # Columns of our making, kept so that no other object gets their identity.
        self._kept: list[Columns] = []

    def read(self) -> Matrices:
        """The figures in print order."""
        with_parts = {cell.parent_id for line in self._lines for cell in line.cells if line.values}
        rows: dict[str, list[tuple[Line, list[Figure]]]] = defaultdict(list)
        for line in self._lines:
            if not line.cells:
                continue
            first = line.cells[0]
            if first.kind == "header" or first.cell_id in with_parts:
                stray = [cell for cell in line.values if is_figure(cell)]
                self._found.figures.extend(Figure(first, "total", line, None, cell, stray=True) for cell in stray[-1:])
                continue
            figures = self._of_line(line)
            if figures:
                rows[first.cell_id].append((line, figures))
        for printed in rows.values():
            self._take(printed)
        self._found.figures.sort(key=lambda f: (f.line.table_no, f.line.values[0].span.start if f.line.values else 0))
        self._remark()
        return self._found

    def _of_line(self, line: Line) -> list[Figure]:
        """The figures of one row; none where the words around it do not make it a row of this form's tables."""
        first = line.cells[0]
        in_matrix = first.cell_id in self._form.matrix_ids
        kinds = (APPLICANTS,) if in_matrix else (BLOCKS, OUTCOMES)
        own = self._form.canonical if in_matrix else _own_columns(line)
        columns = self._columns(line, own, kinds)
        placed = self._place(line, columns, own) if columns else None
        if placed is None and (columns is None or _lost_words(columns, own)) and len(line.values) == len(own.headings):
            placed, columns = Placed(line.values, by_count=True), own
        if placed is not None and columns is not None:
            counted = placed.by_count or columns.by_count or self._may_be_shifted(columns, placed.cells)
            return self._under(line, columns, placed.cells, counted)
        if columns is None or not line.filled:
            return []
        return [replace(figure, torn=True) for figure in self._under(line, own, [_first(line.values)])]

    def _columns(self, line: Line, own: Columns, kinds: Collection[str]) -> Columns | None:
        """The columns above a row; where some words are cut, the form's own, if the others stand at their places."""
        columns = line.columns if line.columns and line.columns.kind in kinds else None
        if columns is not None and _begins_with_total(columns):
            return self._total_where_it_adds_up(columns)
        if columns is None or columns.kind != BLOCKS or len(columns.headings) != len(own.headings):
            return columns
        keys = [heading.key for heading in own.headings]
        cut = [
            heading.key == key
            or (heading.key is None and heading.cell is not None and self._form.is_cut(heading.cell.text, key))
            for heading, key in zip(columns.headings, keys, strict=True)
        ]
        if not all(cut) or columns.keys == own.keys:
            return columns
        headings = tuple(replace(h, key=key) for h, key in zip(columns.headings, keys, strict=True))
        return self._in_place_of(columns, replace(columns, headings=headings))

    def _may_be_shifted(self, columns: Columns, cells: Sequence[Cell | None]) -> bool:
        """Whether outcomes that no grid holds in their places do not add up: a cell may be lost, or one too many."""
        if columns.kind != OUTCOMES or columns.in_grid:
            return False
        groups: dict[str, dict[str, float]] = defaultdict(dict)
        for heading, cell in zip(columns.headings, cells, strict=True):
            group, _, outcome = (heading.key or "").rpartition("-")
            value = parsed(cell.text).value if cell else None
            groups[group].update({} if value is None else {outcome: value})
        whole = self._form.vocabulary.order[OUTCOMES][-1]
        told = any(whole in found for found in groups.values())
        return told and not all(_adds_up(found, whole) for found in groups.values())

    def _in_place_of(self, columns: Columns, others: Columns) -> Columns:
        """The other columns, over the same rows."""
        self._alike.setdefault(id(others), self._alike.get(id(columns), _UNLIKE))
        self._kept.append(others)
        return others

    def _total_where_it_adds_up(self, columns: Columns) -> Columns:
        """The columns with the total at the end where the rows add up there: a head over all rows is told first.

        Where no row shows it, the form's order is taken, and said to be counted.
        """
        known = self._turned.get(id(columns))
        if known is None:
            rows = [_amounts(line) for line in self._lines if line.columns is columns and line.cells and line.filled]
            first = [bool(row) and row[0] == sum(row[1:]) for row in rows]
            last = [bool(row) and row[-1] == sum(row[:-1]) for row in rows]
            ahead = sum(last) - sum(first)
            if ahead >= 0:
                total, *others = columns.headings
                open_ = not ahead and any(len({*row}) != 1 for row in rows)
                turned = replace(columns, headings=(*others, total), by_count=columns.by_count or open_)
                known = self._in_place_of(columns, turned)
            self._turned[id(columns)] = known = known or columns
        return known

    def _under(
        self, line: Line, columns: Columns, values: Sequence[Cell | None], by_count: bool = False
    ) -> list[Figure]:
        """The figures of a row below the headings the form knows; one value alone stands for a row without columns."""
        values = values if len(values) == len(columns.headings) else [values[0]] * len(columns.headings)
        by_key = {key: cell for cell in line.cells for key in cell.column_keys}
        applicants = columns.kind == APPLICANTS
        return [
            Figure(
                line.cells[0] if applicants else by_key[key],
                key if applicants else "total",
                line,
                heading,
                value,
                by_count=by_count,
                lacking=value is None and line.table_no in self._cell_by_cell,
            )
            for heading, value in zip(columns.headings, values, strict=True)
            if (key := heading.key) is not None and (applicants or key in by_key)
        ]

    def _place(self, line: Line, columns: Columns, own: Columns) -> Placed | None:
        """The values under a header; one that lacks columns of the form only where every row has as few."""
        alike = self._alike.get(id(columns), _UNLIKE)
        if not own.keys <= columns.keys:
            lengths = {length for found in alike.lengths.values() for length in found}
            if lengths != {len(columns.headings)}:
                return None
        return place(_row(line), columns, alike)

    def _take(self, printed: list[tuple[Line, list[Figure]]]) -> None:
        """The row of the form that is printed; of several the first that can be read."""
        line, figures = next(((one, read) for one, read in printed if not read[0].torn), printed[0])
        doubled = any(_said(read) != _said(figures) for other, read in printed if other is not line)
        self._found.figures.extend(replace(figure, doubled=True) if doubled else figure for figure in figures)
        line.snippet = " ".join(cell.text for cell in (*line.words, *line.values) if cell.text)
        self._found.printed.update((figure.cell.cell_id, figure.cell) for figure in figures)

    def _remark(self) -> None:
        """The rows that are nobody's in tables of the form, and whether the matrix breaks off before its last row."""
        tables = {figure.line.table_no for figure in self._found.figures}
        self._found.unknown = [
            line
            for line in self._lines
            if not line.cells
            and line.words
            and line.table_no in tables
            and line.kind in (BLOCKS, APPLICANTS)
            and any(is_figure(cell) for cell in line.values)
        ]
        rows = [cell.row_no for cell in self._form.matrix if cell.cell_id in self._found.printed]
        last = max((number for number, line in enumerate(self._lines) if line.cells), default=0)
        after = any(line in self._found.unknown for line in self._lines[last:])
        self._found.truncated = bool(rows) and max(rows) < self._form.matrix[-1].row_no and not after


def _alike(lines: Iterable[Line]) -> dict[int, Alike]:
    """By header: what the rows below it have in common."""
    below: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.cells and line.columns and line.values:
            below[id(line.columns)].append(line)
    return {
        key: compared([_row(line) for line in found], len(found[0].columns.headings if found[0].columns else ()))
        for key, found in below.items()
    }


def _own_columns(line: Line) -> Columns:
    """The columns that the form itself has in a row of a block or of outcomes."""
    return Columns(BLOCKS, tuple(Heading(key) for cell in line.cells for key in cell.column_keys))


def _lost_words(columns: Columns, own: Columns) -> bool:
    """Whether a header lacks columns of the form, and no other words stand in their place."""
    return None not in columns.keys and not own.keys <= columns.keys


def _adds_up(outcomes: Mapping[str, float], whole: str) -> bool:
    """Whether the figures of one group can be the parts of its total; a total without its figures may be theirs."""
    parts = sum(value for outcome, value in outcomes.items() if outcome != whole)
    if whole not in outcomes:
        return parts == 0
    return parts == outcomes[whole] if len(outcomes) == FIVE else parts <= outcomes[whole]


def _begins_with_total(columns: Columns) -> bool:
    """Whether the total is told before all applicants, in words that no grid holds in their places."""
    return (
        columns.kind == APPLICANTS
        and not columns.in_grid
        and columns.headings[:1] != ()
        and (columns.headings[0].key == "total")
    )


def _amounts(line: Line) -> list[float]:
    """What a row that has a cell under each heading adds up, blanks as nothing; none of any other row."""
    whole = line.columns is not None and len(line.values) == len(line.columns.headings)
    return [parsed(cell.text).value or 0.0 for cell in line.values] if whole else []


def _row(line: Line) -> Row:
    return Row(line.values, line.cells[0].level, line.table_no, len(line.words))


def _first(cells: Sequence[Cell]) -> Cell | None:
    return next((cell for cell in cells if cell.text), cells[0] if cells else None)


def _said(figures: Iterable[Figure]) -> tuple[str, ...]:
    return tuple("".join(figure.value.text.split()) if figure.value else "" for figure in figures)
