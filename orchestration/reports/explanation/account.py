"""One document together with all that was read from it: names, places and quotations for those who tell about it.

Nothing is judged here, and nothing is laid out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from orchestration.registry.model import Correction, Registry, TemplateCell
from orchestration.reports.documents.model import Document, Paragraph, Span
from orchestration.reports.documents.text import Squeezed, compact, fold, squeeze
from orchestration.reports.explanation.phrasing import place_zh
from orchestration.reports.explanation.typesetting import CLOSE, OPEN, clean, cut
from orchestration.reports.extractions.model import Extraction, Finding, Reading
from orchestration.reports.extractions.rules.evidence import attachment_name

_LONGEST_HEADING = 60


@dataclass(frozen=True)
class Account:
    """One document with all that was read from it, and how to quote it."""

    document: Document
    extraction: Extraction
    registry: Registry

    @cached_property
    def cells(self) -> dict[str, TemplateCell]:
        """The rows of the recognised form by id, in print order."""
        template = self.registry.templates.get(self.extraction.template_id or "")
        return {cell.cell_id: cell for cell in template.cells} if template else {}

    @cached_property
    def by_id(self) -> dict[str, Reading]:
        """The readings by id."""
        return {reading.reading_id: reading for reading in self.extraction.readings}

    @cached_property
    def numbered(self) -> dict[int, Finding]:
        """The findings, numbered from 1 in their order."""
        return dict(enumerate(self.extraction.findings, 1))

    @cached_property
    def _seen(self) -> dict[str, list[int]]:
        seen: dict[str, list[int]] = {}
        for number, finding in self.numbered.items():
            for reading_id in finding.readings:
                seen.setdefault(reading_id, []).append(number)
        return seen

    def seen(self, reading: Reading) -> str:
        """The numbers of the findings that look at the figure: ▲3▲5; empty for none."""
        return "".join(f"▲{number}" for number in self._seen.get(reading.reading_id, ()))

    def name(self, reading: Reading) -> str:
        """The name of the indicator, else the form's or the printed label."""
        indicator = self.registry.indicators.get(reading.indicator_code or "")
        cell = self.cells.get(reading.cell_id or "")
        return indicator.name_zh if indicator else cell.label if cell else clean(reading.label_text or "") or "未命名"

    def quote(self, reading: Reading) -> str:
        """The printed words, with what was taken as the value between 【 and 】; of a table's row the printed unit
        only where it is not the indicator's.
        """
        if reading.source_kind == "table":
            unit = "" if reading.unit_text == reading.unit else clean(reading.unit_text or "")
            label = "" if reading.label_text == fold(reading.value_text or "") else clean(reading.label_text or "")
            return " ".join(filter(None, (label, unit, self._value(reading))))
        snippet = reading.snippet or ""
        first = self.document.text.find(
            snippet, max(0, reading.char_start - len(snippet)), reading.char_end + len(snippet)
        )
        a, b = reading.char_start - first, reading.char_end - first
        if first < 0 or a < 0 or b > len(snippet) or a >= b:
            return f"{clean(snippet)}…{self._value(reading)}"
        return clean(f"{snippet[:a]}{OPEN}{snippet[a:b]}{CLOSE}{snippet[b:]}")

    def _value(self, reading: Reading) -> str:
        return f"{OPEN}{clean(reading.value_text or '')}{CLOSE}"

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """What the registry puts right in the published values of this agency and year."""
        identity = self.extraction.identity
        return tuple(
            one
            for one in self.registry.corrections
            if (one.agency_key, one.report_year) == (identity.agency_key, identity.report_year)
        )

    def printed(self, one: Correction) -> Reading | None:
        """The reading that gives the value which this correction addresses; None where the report has none.

        A number of the table goes before one of the prose, and that before a cell without a number, all of the scope
        that decides in this report: the one that the warehouse publishes.
        """
        spoken = [r for r in self.extraction.readings if r.category is None and r.scope in ("own", "jurisdiction")]
        tables = [r.scope for r in spoken if r.source_kind == "table"]
        of_all = self.extraction.identity.agency_level in ("province", "prefecture", "county")
        if tables:
            of_all = tables.count("jurisdiction") > tables.count("own")
        sought = one.indicator_code, one.applicant_type, one.period_basis
        found = [r for r in spoken if (r.indicator_code, r.applicant_type, r.period_basis) == sought]
        deciding = [r for r in found if (r.scope == "jurisdiction") == of_all]
        if tables or any(r.value is not None for r in deciding):
            found = deciding
        ranked = ((r.value is None, r.source_kind != "table", r.char_start, r) for r in found)
        first = min(ranked, key=lambda ranks: ranks[:3], default=None)
        return first[-1] if first else None

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        """Where each heading begins, and its words."""
        found = []
        for block in self.document.blocks:
            if isinstance(block, Paragraph) and block.role == "heading" and block.spans:
                words = clean("".join(self.document.text[span.start : span.end] for span in block.spans))
                found.append((block.spans[0].start, cut(words, _LONGEST_HEADING)))
        return found

    def section(self, reading: Reading) -> str:
        """Under what the figure stands: the table and its section, or the heading above it; outside the main document
        with the file.
        """
        file = attachment_name(self.document, reading.char_start)
        of_file = f"附件“{file}” · " if file else ""
        if reading.source_kind == "table":
            cell = self.cells.get(reading.cell_id or "")
            return f"{of_file}统计表{reading.table_no}" + (f" · {cell.section}" if cell else "")
        above = [words for start, words in self._headings if start <= reading.char_start]
        return f"{of_file}正文 · {above[-1] if above else '开头'}"

    @cached_property
    def words(self) -> Squeezed:
        """The whole text without white space."""
        return squeeze(self.document.folded, [Span(0, len(self.document.folded))])

    def printed_at(self, words: str) -> Iterator[Span]:
        """Where the words are printed, white space left out of account."""
        sought = compact(words)
        at = self.words.text.find(sought) if sought else -1
        while at >= 0:
            yield self.words.span(at, at + len(sought))
            at = self.words.text.find(sought, at + len(sought))

    def place_of(self, span: Span) -> str:
        """The page or line on which the span begins."""
        return place_zh(self.document.place(span))
