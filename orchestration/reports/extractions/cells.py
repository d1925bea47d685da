"""The figures of a form's tables: one reading for each printed data cell, with its place and what is odd about it.

A blank, a dash, a zero and a row that is not printed are four different things here and stay so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from orchestration.registry.model import Registry, Template, TemplateCell
from orchestration.reports.documents.model import Cell, Document, Span
from orchestration.reports.documents.text import compact
from orchestration.reports.extractions.locate import Located, PrintedRow, locate, printed_elsewhere, told_cell_by_cell
from orchestration.reports.extractions.model import PeriodBasis, Reading, ValueStatus
from orchestration.reports.extractions.tables.amounts import Amounts, parsed
from orchestration.reports.extractions.tables.columns import Columns, Layout, RowFigures, assign, prints_codes
from orchestration.reports.extractions.tables.gaps import left_out
from orchestration.reports.extractions.tables.matrices import Figure, read_matrices
from orchestration.reports.extractions.tables.page_numbers import doubted

_NO_CELLS = frozenset({"header", "text", "narrative"})


@dataclass(frozen=True, slots=True)
class TableReading:
    """The readings of a form, in print order; `absent` are the cells of rows that are not printed.

    `variant` names how this print differs from others of the form (None: no table is there, or the form has but one
    print); `truncated`: the form breaks off before its last row.
    """

    readings: tuple[Reading, ...] = ()
    variant: str | None = None
    absent: tuple[str, ...] = ()
    truncated: bool = False
    issue_codes: tuple[str, ...] = ()


def read_tables(document: Document, template: Template, registry: Registry) -> TableReading:
    """Every figure of the form's tables; nothing where the template has no tables or the document none of its own."""
    found = _read(document, template, registry)
    found = replace(found, readings=doubted(document, found.readings))
    printed = {reading.cell_id for reading in found.readings if reading.cell_id}
    # What a table that breaks off has lost stands behind its end.
    absent = () if found.truncated else found.absent
    codes = left_out(document, template, absent, printed, registry) if absent or not printed else ()
    return replace(found, issue_codes=(*found.issue_codes, *codes)) if codes else found


def _read(document: Document, template: Template, registry: Registry) -> TableReading:
    columns = template.layout.get("columns")
    if not document.tables:
        return TableReading()
    if "tables" in template.layout:
        return _read_matrices(document, template, registry)
    if not columns:
        return TableReading()
    layout = Layout(columns)
    located = locate(document, template, layout.header, printed_elsewhere(registry, template))
    if not located.by_cell:
        return TableReading()
    reader = _Reader(document, registry, located, layout)
    readings = sorted(reader.readings(), key=lambda reading: reading.char_start)
    printed = {cell.cell_id: cell for cell in template.cells if cell.cell_id in located.by_cell}
    truncated = _truncated(template, printed, located)
    codes = {
        "unknown_row": bool(located.unknown),
        "duplicate_row": bool(located.doubles),
        "table_truncated": truncated,
        "row_arity": reader.lacks_units or any("row_arity" in reading.issue_codes for reading in readings),
    }
    return TableReading(
        tuple(readings),
        _variant(template, printed, truncated),
        _absent(template, printed),
        truncated,
        tuple(code for code, there in codes.items() if there),
    )


class _Reader:
    """Reads the located rows of one document."""

    def __init__(self, document: Document, registry: Registry, located: Located, layout: Layout) -> None:
        self._document = document
        self._located = located
        self._units = registry.units
        self._amounts = Amounts(registry)
        self._columns = _columns_by_table(document, located, layout, registry.units)
        self._filled = self._mostly_filled()
        self._cell_by_cell = told_cell_by_cell(document)
        self.lacks_units = False

    def readings(self) -> Iterator[Reading]:
        """The readings of data cells, of stray figures in header rows, and of prompts left unfilled."""
        unit_seen = 0
        for cell_id, row in self._located.by_cell.items():
            cell = row.found
            if cell is None:
                continue
            figures = assign(row, self._columns[row.table_no], self._units, cell.row_key)
            unit_seen += figures.unit is not None
            if cell.kind in _NO_CELLS:
                yield from self._header_values(cell, row, figures)
                continue
            doubled = self._differs(cell_id, row, figures)
            for reading in self._row(cell, row, figures):
                yield reading._replace(issue_codes=(*reading.issue_codes, "duplicate_row")) if doubled else reading
        self.lacks_units = not unit_seen
        for cell, prompt, row in self._located.prompts:
            reading = self._reading(cell, row, prompt, "blank", None, ("placeholder_text",))
            yield reading._replace(indicator_code=None, unit=None, cell_id=cell.cell_id)

    def _mostly_filled(self) -> frozenset[int]:
        """The tables with several columns of figures of which the last is filled in most rows."""
        shown: dict[int, list[bool]] = defaultdict(list)
        for row in self._located.by_cell.values():
            columns = self._columns[row.table_no]
            if len(columns.bases) > 1 and row.found is not None and row.found.kind not in _NO_CELLS:
                shown[row.table_no].append(_last_filled(assign(row, columns, self._units, row.found.row_key)))
        return frozenset(number for number, filled in shown.items() if sum(filled) * 2 > len(filled))

    def _row(self, cell: TemplateCell, row: PrintedRow, figures: RowFigures) -> Iterator[Reading]:
        columns = self._columns[row.table_no]
        if figures.torn:
            yield self._reading(cell, row, figures.values[0], "unreadable", None, ("row_arity",), columns.bases[0])
            return
        # The figure of a lost cell may be the next one's, and the last cell what fills the row up.
        shifted = row.table_no in self._filled and not _last_filled(figures) and any(_said(figures))
        for basis, value in zip(columns.bases, figures.values, strict=True):
            reading = self._figure(cell, row, value, basis, figures.unit)
            codes = [*reading.issue_codes]
            odd = figures.odd or shifted or (value is None and row.table_no in self._cell_by_cell)
            codes.extend(["row_arity"] if odd else [])
            codes.extend(["column_by_count"] if columns.by_count else [])
            yield reading._replace(issue_codes=tuple(codes)) if odd or columns.by_count else reading

    def _figure(
        self, cell: TemplateCell, row: PrintedRow, value: Cell | None, basis: PeriodBasis, unit: Cell | None
    ) -> Reading:
        """One data cell: its value in the indicator's unit, its status, its printed unit."""
        said = parsed(value.text if value else "")
        unit_text = compact(unit.text).strip("()") if unit else self._amounts.unit_noted(row.label.text)
        printed_unit = said.unit_text or unit_text
        status, amount, codes = self._amounts.conformed(cell, said, printed_unit)
        if self._amounts.is_unexpected(cell, printed_unit):
            codes = (*codes, "unit_unexpected")
        reading = self._reading(cell, row, value, status, amount, codes, basis)
        return reading if printed_unit is None else reading._replace(unit_text=printed_unit)

    def _header_values(self, cell: TemplateCell, row: PrintedRow, figures: RowFigures) -> Iterator[Reading]:
        for value in figures.values if cell.kind == "header" else ():
            if value is not None and parsed(value.text).value is not None:
                reading = self._reading(cell, row, value, "not_applicable", None, ("header_value",))
                yield reading._replace(indicator_code=None, unit=None)

    def _differs(self, cell_id: str, row: PrintedRow, figures: RowFigures) -> bool:
        """Whether another printed row for the same cell says something else."""
        said = _said(figures)
        return any(
            _said(assign(double, self._columns[double.table_no], self._units, None)) != said
            for double in self._located.doubles.get(cell_id, ())
        )

    def _reading(
        self,
        cell: TemplateCell,
        row: PrintedRow,
        value: Cell | None,
        status: ValueStatus,
        amount: float | None,
        codes: tuple[str, ...],
        basis: PeriodBasis = "year",
    ) -> Reading:
        """A reading at the value's place; a cell the row ends before stands where the row ends."""
        last = row.beside[-1] if row.beside else row.label
        span = value.span if value else Span(last.span.end, last.span.end)
        printed = self._document.text[span.start : span.end]
        place = self._document.place(span)
        return Reading(
            source_kind="table",
            indicator_code=cell.indicator_code,
            value=amount,
            unit=self._amounts.unit_of(cell),
            value_status=status,
            char_start=span.start,
            char_end=span.end,
            line=place.line,
            period_basis=basis,
            value_text=printed or None,
            label_text=row.label.text,
            snippet=" ".join(filter(None, (row.label.text, *(c.text for c in row.beside)))),
            issue_codes=codes,
            page=place.page,
            box=place.box,
            table_no=row.table_no,
            row_no=row.label.row,
            column_no=value.column if value else None,
            cell_id=cell.cell_id,
        )


def _read_matrices(document: Document, template: Template, registry: Registry) -> TableReading:
    """The figures of a form whose columns are headed by words: blocks, the matrix of applicants, outcomes."""
    found = read_matrices(document, template)
    if not found.printed:
        return TableReading()
    amounts = Amounts(registry)
    readings = [_under_heading(figure, document, amounts) for figure in found.figures]
    noted = {
        "unknown_row": bool(found.unknown),
        "duplicate_row": any(figure.doubled for figure in found.figures),
        "table_truncated": found.truncated,
        "row_arity": any(figure.torn or figure.lacking for figure in found.figures),
        "row_by_place": any(figure.line.by_place for figure in found.figures),
    }
    return TableReading(
        tuple(sorted(readings, key=lambda reading: reading.char_start)),
        _variant(template, found.printed, found.truncated),
        _absent(template, found.printed),
        found.truncated,
        tuple(code for code, there in noted.items() if there),
    )


def _under_heading(figure: Figure, document: Document, amounts: Amounts) -> Reading:
    """One data cell: its unit stands in it, in its column's header or in its row's label."""
    cell, line, value, heading = figure.cell, figure.line, figure.value, figure.heading
    head = heading.cell.text if heading and heading.cell else ""
    group = heading.group.text if heading and heading.group else ""
    label = line.label.text if line.label else " ".join(filter(None, (group, head)))
    said = parsed(value.text if value else "")
    printed_unit = said.unit_text or amounts.unit_noted(head) or amounts.unit_noted(label)
    status, amount, codes = amounts.conformed(cell, said, printed_unit)
    if figure.torn:
        status, amount, codes = "unreadable", None, ("row_arity",)
    if figure.stray:
        status, amount, codes = "not_applicable", None, ("header_value",)
    codes = (*codes, *_oddities(figure, printed_unit is not None and amounts.is_unexpected(cell, printed_unit)))
    first = line.words[0] if line.words else line.values[0]
    last = (line.values or line.words)[-1].span.end
    span = value.span if value else Span(last, last)
    place = document.place(span)
    return Reading(
        source_kind="table",
        indicator_code=None if figure.stray else cell.indicator_code,
        value=amount,
        unit=None if figure.stray else amounts.unit_of(cell),
        value_status=status,
        char_start=span.start,
        char_end=span.end,
        line=place.line,
        applicant_type=figure.applicant,
        value_text=document.text[span.start : span.end] or None,
        unit_text=printed_unit,
        label_text=label,
        snippet=line.snippet,
        issue_codes=codes,
        page=place.page,
        box=place.box,
        table_no=line.table_no,
        row_no=first.row,
        column_no=value.column if value else None,
        cell_id=cell.cell_id,
    )


def _oddities(figure: Figure, strange_unit: bool) -> tuple[str, ...]:
    """The issue codes of how a figure stands in its table."""
    line = figure.line
    if not (strange_unit or figure.by_count or figure.doubled or line.by_place or figure.lacking):
        return ()
    odd = {
        "unit_unexpected": strange_unit,
        "column_by_count": figure.by_count,
        "duplicate_row": figure.doubled,
        "row_by_place": line.by_place,
        "row_arity": figure.lacking,
    }
    return tuple(code for code, there in odd.items() if there)


def _said(figures: RowFigures) -> tuple[str, ...]:
    return tuple(compact(value.text) if value else "" for value in figures.values)


def _last_filled(figures: RowFigures) -> bool:
    last = figures.values[-1] if figures.values else None
    return last is not None and last.text != ""


def _columns_by_table(
    document: Document, located: Located, layout: Layout, units: Collection[str]
) -> dict[int, Columns]:
    """The columns of every table that holds rows of the form."""
    first: dict[int, int] = {}
    rows: dict[int, list[PrintedRow]] = defaultdict(list)
    for row in located.rows:
        if row.found:
            first.setdefault(row.table_no, row.label.row)
            rows[row.table_no].append(row)
    columns: dict[int, Columns] = {}
    above: Columns | None = None
    for table in document.tables:
        if table.number in first:
            above = layout.of_table(table, first[table.number], above)
            columns[table.number] = replace(above, codes=True) if prints_codes(rows[table.number], units) else above
    return columns


def _absent(template: Template, printed: dict[str, TemplateCell]) -> tuple[str, ...]:
    """Data cells whose row is not printed; those of a variant only where the rest of the variant is."""
    shown = {cell.variant for cell in printed.values() if cell.variant}
    return tuple(
        cell.cell_id
        for cell in template.cells
        if cell.kind not in _NO_CELLS and cell.cell_id not in printed and (not cell.variant or cell.variant in shown)
    )


def _truncated(template: Template, printed: dict[str, TemplateCell], located: Located) -> bool:
    """Whether the print ends before rows that every print has; a last row nobody knows may be one of them."""
    last = max(printed.values(), key=lambda cell: cell.row_no)
    later = any(
        cell.row_no > last.row_no and not cell.variant and cell.kind not in _NO_CELLS for cell in template.cells
    )
    end = located.by_cell[last.cell_id].label.span.start
    return later and not any(row.label.span.start > end for row in located.unknown)


def _variant(template: Template, printed: dict[str, TemplateCell], truncated: bool) -> str | None:
    """The name of this print of the form: what it adds and what it leaves out, joined by +; full where neither."""
    names = template.layout.get("variants")
    parts = []
    last = max(cell.row_no for cell in printed.values())
    for name, rule in (names or {}).items():
        wanted = rule.get("printed") or rule.get("missing")
        cells = [cell for cell in template.cells if cell.variant == wanted]
        there = any(cell.cell_id in printed for cell in cells)
        passed = all(cell.row_no < last for cell in cells)
        if there if "printed" in rule else passed and not there:
            parts.append(str(name))
    if truncated:
        parts.append("truncated")
    return "+".join(parts) or ("full" if names else None)
