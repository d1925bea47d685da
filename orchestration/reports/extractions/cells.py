"""The figures of a form's tables: one reading for each printed data cell, with its place and what is odd about it.

A blank, a dash, a zero and a row that is not printed are four different things here and stay so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from orchestration.registry.model import Registry, Template, TemplateCell
from orchestration.reports.documents.model import Cell, Document, Span
from orchestration.reports.documents.text import compact
from orchestration.reports.extractions.columns import Columns, Layout, RowFigures, assign
from orchestration.reports.extractions.locate import Located, PrintedRow, locate
from orchestration.reports.extractions.model import PeriodBasis, Reading, ValueStatus
from orchestration.reports.extractions.numbers import CellValue, parse_value, to_unit

_NO_CELLS = frozenset({"header", "text"})
_UNIT_IN_LABEL = re.compile(r"\((?:单位[:为]?)?([^()\d]{1,5})\)")
_HAN = re.compile(r"[\u3400-\u9fff]+")


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
    columns = template.layout.get("columns")
    if not columns or not document.tables:
        return TableReading()
    layout = Layout(columns)
    located = locate(document, template, layout.header)
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
        self._registry = registry
        self._located = located
        self._units = registry.units
        # A base unit some printed units are fractions of (万元): a figure in no such unit cannot be put into it.
        self._scaled = {unit for unit, factor in registry.units.values() if factor != 1}
        self._columns = _columns_by_table(document, located, layout)
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
                yield replace(reading, issue_codes=(*reading.issue_codes, "duplicate_row")) if doubled else reading
        self.lacks_units = not unit_seen
        for cell, prompt, row in self._located.prompts:
            reading = self._reading(cell, row, prompt, "blank", None, ("placeholder_text",))
            yield replace(reading, indicator_code=None, unit=None, cell_id=cell.cell_id)

    def _row(self, cell: TemplateCell, row: PrintedRow, figures: RowFigures) -> Iterator[Reading]:
        columns = self._columns[row.table_no]
        if figures.torn:
            yield self._reading(cell, row, figures.values[0], "unreadable", None, ("row_arity",), columns.bases[0])
            return
        for basis, value in zip(columns.bases, figures.values, strict=True):
            reading = self._figure(cell, row, value, basis, figures.unit)
            codes = [*reading.issue_codes]
            codes.extend(["row_arity"] if figures.odd else [])
            codes.extend(["column_by_count"] if columns.by_count else [])
            yield replace(reading, issue_codes=tuple(codes))

    def _figure(
        self, cell: TemplateCell, row: PrintedRow, value: Cell | None, basis: PeriodBasis, unit: Cell | None
    ) -> Reading:
        """One data cell: its value in the indicator's unit, its status, its printed unit."""
        parsed = parse_value(value.text if value else "")
        printed_unit = parsed.unit_text or (compact(unit.text).strip("()") if unit else self._unit_in_label(row))
        status, amount, codes = self._conformed(cell, parsed, printed_unit)
        if printed_unit is not None and printed_unit != cell.unit:
            codes = (*codes, "unit_unexpected")
        reading = self._reading(cell, row, value, status, amount, codes, basis)
        return replace(reading, unit_text=printed_unit)

    def _conformed(
        self, cell: TemplateCell, parsed: CellValue, printed_unit: str | None
    ) -> tuple[ValueStatus, float | None, tuple[str, ...]]:
        if parsed.value is None:
            return parsed.status, None, parsed.issue_codes
        if (parsed.value < 0 and cell.kind != "signed") or (parsed.unit_text and parsed.unit_text not in self._units):
            return "unreadable", None, (*parsed.issue_codes, "not_a_number")
        number = parsed.value
        if "magnitude_word" in parsed.issue_codes and printed_unit and printed_unit[0] == "万":
            # 1.17万 in a column of 万元 is that many 万元, not 万 times as many.
            number = round(number / 10_000, 6)
        value = to_unit(number, printed_unit or cell.unit, self._unit_of(cell), self._units)
        if value is None and self._only_counts(printed_unit, self._unit_of(cell)):
            value = number
        if value is None:
            return "unreadable", None, (*parsed.issue_codes, "unit_unconvertible")
        return parsed.status, value, parsed.issue_codes

    def _only_counts(self, printed_unit: str | None, conformed: str | None) -> bool:
        """Whether both units count things one by one, so that another word for the thing changes no figure."""
        bases = {self._units[unit][0] for unit in (printed_unit, conformed) if unit and unit in self._units}
        return not bases & self._scaled and all(_HAN.fullmatch(base) for base in bases)

    def _unit_of(self, cell: TemplateCell) -> str | None:
        indicator = self._registry.indicators.get(cell.indicator_code or "")
        return indicator.unit if indicator else cell.unit

    def _unit_in_label(self, row: PrintedRow) -> str | None:
        noted = _UNIT_IN_LABEL.findall(compact(row.label.text))
        return next((unit for unit in noted if unit in self._units), None)

    def _header_values(self, cell: TemplateCell, row: PrintedRow, figures: RowFigures) -> Iterator[Reading]:
        for value in figures.values if cell.kind == "header" else ():
            if value is not None and parse_value(value.text).value is not None:
                reading = self._reading(cell, row, value, "not_applicable", None, ("header_value",))
                yield replace(reading, indicator_code=None, unit=None)

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
            unit=self._unit_of(cell),
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


def _said(figures: RowFigures) -> tuple[str, ...]:
    return tuple(compact(value.text) if value else "" for value in figures.values)


def _columns_by_table(document: Document, located: Located, layout: Layout) -> dict[int, Columns]:
    """The columns of every table that holds rows of the form."""
    first: dict[int, int] = {}
    for row in located.rows:
        if row.found:
            first.setdefault(row.table_no, row.label.row)
    columns: dict[int, Columns] = {}
    above: Columns | None = None
    for table in document.tables:
        if table.number in first:
            above = columns[table.number] = layout.of_table(table, first[table.number], above)
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
