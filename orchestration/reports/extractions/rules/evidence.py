"""What a rule may look at: one document, who it says it is, its figures by cell, and the words to quote them with.

Nothing is judged here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from orchestration.registry.model import Identity as Relation
from orchestration.registry.model import Registry, Severity, Template, TemplateCell
from orchestration.reports.documents.bundle import Bundle
from orchestration.reports.documents.model import Document, Place, Span
from orchestration.reports.documents.text import Squeezed, squeeze
from orchestration.reports.extractions.cells import TableReading
from orchestration.reports.extractions.model import Finding, Identity, Reading

Column = tuple[str, str]
"""An applicant type and a period basis: what tells the figures of one row apart."""

PRINTED = ("reported", "reported_zero")
_QUOTE = 30


def number(reading: Reading | None) -> float | None:
    """The printed number; None for anything else, because a blank is never 0."""
    return reading.value if reading is not None and reading.value_status in PRINTED else None


def plain(value: float) -> str:
    """A figure as people write it: whole numbers without a point, others with at most four decimals."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def same(one: float, other: float) -> bool:
    """Whether two figures are equal up to what a conversion of units may lose."""
    return abs(one - other) < 1e-4


@dataclass(frozen=True)
class Evidence:
    """One document as the rules see it; `readings` carry their ids."""

    document: Document
    identity: Identity
    template: Template | None
    table: TableReading
    readings: tuple[Reading, ...]
    registry: Registry

    @cached_property
    def cells(self) -> dict[str, TemplateCell]:
        """The rows of the document's form by id; empty when no form was recognised."""
        return {cell.cell_id: cell for cell in self.template.cells} if self.template else {}

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The arithmetic relations of the document's form."""
        wanted = self.template.template_id if self.template else None
        return tuple(r for r in self.registry.identities if r.template_id == wanted)

    @cached_property
    def table_readings(self) -> tuple[Reading, ...]:
        """The readings of the document's tables."""
        return tuple(r for r in self.readings if r.source_kind == "table")

    @cached_property
    def prose(self) -> tuple[Reading, ...]:
        """The readings of prose that speak of the reporting agency's own year, in the order of the text."""
        kept = [r for r in self.readings if r.source_kind == "narrative" and r.scope in ("own", "jurisdiction")]
        return tuple(sorted(kept, key=lambda r: (r.char_start, r.char_end)))

    @cached_property
    def _by_cell(self) -> dict[tuple[str, Column], Reading]:
        found: dict[tuple[str, Column], Reading] = {}
        contradicted = set()
        for reading in self.table_readings:
            if reading.cell_id is None or reading.value_status in ("absent", "not_applicable"):
                continue
            key = reading.cell_id, (reading.applicant_type, reading.period_basis)
            first = found.setdefault(key, reading)
            if first is not reading and number(first) != number(reading):
                contradicted.add(key)
        return {key: reading for key, reading in found.items() if key not in contradicted}

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, Column]]]:
        """For each row the columns in which it has a figure, numbered in the order of the table."""
        found: dict[str, list[tuple[int, Column]]] = {}
        for order, (cell_id, column) in enumerate(self._by_cell):
            found.setdefault(cell_id, []).append((order, column))
        return found

    def at(self, cell_id: str, column: Column) -> Reading | None:
        """The reading in this row and column; None where none is printed, or two that contradict each other."""
        return self._by_cell.get((cell_id, column))

    def columns(self, cell_ids: Iterable[str]) -> list[Column]:
        """The columns in which any of these rows has a cell, in the order of the table."""
        printed = sorted([place for cell_id in {*cell_ids} for place in self._places.get(cell_id, ())])
        return list(dict.fromkeys([column for _, column in printed]))

    @cached_property
    def paragraphs(self) -> tuple[Squeezed, ...]:
        """The paragraphs of prose without white space."""
        return tuple(squeeze(self.document.folded, paragraph.spans) for paragraph in self.document.paragraphs)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [words.offsets[0] if words.offsets else -1 for words in self.paragraphs]

    def paragraph_at(self, offset: int) -> int:
        """The number (from 0) of the last paragraph that begins at or before this character; -1 before the first."""
        return bisect_right(self._paragraph_starts, offset) - 1

    def name_zh(self, reading: Reading) -> str:
        """What the figure is called, as the form prints it (with the head of its own column), else by its indicator."""
        cell = self.cells.get(reading.cell_id or "")
        if cell is not None and len(cell.column_keys) == 1:
            return f"{cell.label}·{cell.column_keys[0]}" if cell.row_key else cell.column_keys[0]
        if cell is not None:
            return cell.label
        indicator = self.registry.indicators.get(reading.indicator_code or "")
        return indicator.name_zh if indicator else reading.label_text or ""

    def name_en(self, reading: Reading) -> str:
        """The English name of the indicator, else the printed label."""
        indicator = self.registry.indicators.get(reading.indicator_code or "")
        return indicator.name_en if indicator else self.name_zh(reading)

    def told_zh(self, reading: Reading, is_zh: str = "") -> str:
        """The figure with its name, column and place, as in 收到申请数（第102行）0; `is_zh` stands before it."""
        return f"{self.name_zh(reading)}{self._column_zh(reading)}{self.where_zh(reading)}{is_zh}{printed_zh(reading)}"

    def told_en(self, reading: Reading) -> str:
        """The same in English."""
        return f"{self.name_en(reading)}{_column_en(reading)} {printed_en(reading)}{self.where_en(reading)}"

    def _column_zh(self, reading: Reading) -> str:
        applicant = self.registry.applicant_types.get(reading.applicant_type, "")
        of_applicant = "" if reading.applicant_type == "total" else f"·{applicant}"
        return of_applicant + {"cumulative": "·历年累计", "month": "·本期"}.get(reading.period_basis, "")

    def where_zh(self, reading: Reading) -> str:
        """The place of a figure in brackets; empty where none is known."""
        spot = self._spot_zh(reading, reading.char_start)
        return f"（{spot}）" if spot else ""

    def where_en(self, reading: Reading) -> str:
        """The same in English."""
        spot = self._spot_en(reading, reading.char_start)
        return f" ({spot})" if spot else ""

    def spot_zh(self, start: int) -> str:
        """The line or page of a character, in an attachment with its file: 第12行, 附件“附表.txt”第12行."""
        return self._spot_zh(self.document.place(Span(start, start)), start)

    def spot_en(self, start: int) -> str:
        """The same in English."""
        return self._spot_en(self.document.place(Span(start, start)), start)

    def _spot_zh(self, place: Place | Reading, start: int) -> str:
        line = f"第{place.line}行" if place.line is not None else ""
        file = attachment_name(self.document, start)
        return (f"附件“{file}”" if file else "") + (f"第{place.page}页" if place.page is not None else line)

    def _spot_en(self, place: Place | Reading, start: int) -> str:
        line = f"line {place.line}" if place.line is not None else ""
        spot = f"page {place.page}" if place.page is not None else line
        file = attachment_name(self.document, start)
        return ", ".join(filter(None, (spot, f"attachment “{file}”" if file else "")))

    def finding(
        self,
        rule_id: str,
        zh: str,
        en: str,
        readings: Sequence[Reading] = (),
        *,
        indicator_code: str | None = None,
        expected: str | None = None,
        actual: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule, of the rule's own severity unless a milder case says otherwise."""
        return Finding(
            rule_id=rule_id,
            severity=severity or self.registry.rules[rule_id].severity,
            message_zh=zh,
            message_en=en,
            indicator_code=indicator_code,
            expected=expected,
            actual=actual,
            readings=tuple(dict.fromkeys(r.reading_id for r in readings)),
        )


def attachment_name(document: Document, start: int) -> str:
    """The name of the file in which a character of a report in several files stands; empty for the main document."""
    if not isinstance(document, Bundle):
        return ""
    index = document.part_of(start)
    name = document.parts[index].name.rpartition("/")[2] if index else ""
    return "".join(filter(str.isprintable, name))


def printed_zh(reading: Reading) -> str:
    """What is printed there: the figure, with the printed words where they differ, or 空白."""
    words = _odd_words(reading)
    value = number(reading)
    if value is None:
        return f"“{words}”" if words else "空白"
    return f"{plain(value)}（印为“{words}”）" if words else plain(value)


def printed_en(reading: Reading) -> str:
    """The same in English."""
    words = _odd_words(reading)
    value = number(reading)
    if value is None:
        return f'"{words}"' if words else "blank"
    return f'{plain(value)} (printed "{words}")' if words else plain(value)


def _odd_words(reading: Reading) -> str:
    """The printed words in one line, shortened; empty where they are the plain figure or nothing."""
    words = "".join((reading.value_text or "").split())
    value = number(reading)
    if value is not None and words == plain(value):
        return ""
    return words if len(words) <= _QUOTE else words[:_QUOTE] + "…"


def _column_en(reading: Reading) -> str:
    words = [reading.applicant_type] if reading.applicant_type != "total" else []
    words += [reading.period_basis] if reading.period_basis != "year" else []
    return f" [{', '.join(words)}]" if words else ""
