"""Documents, identities and readings made by hand, so that each rule can be shown its fault and its clean twin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Document, Paragraph, Span
from orchestration.reports.documents.text import fold
from orchestration.reports.extractions.cells import TableReading
from orchestration.reports.extractions.checks import check
from orchestration.reports.extractions.model import Finding, GlyphLoss, Identity, Period, Reading
from orchestration.reports.provenance import with_ids

BLANK = "blank"
DASH = "dash"
COMPLETE = Identity(
    title="临溪区松岗街道2017年政府信息公开工作年度报告",
    agency_name="临溪区松岗街道办事处",
    agency_name_as_printed="松岗街道",
    agency_key="990101001",
    agency_level="township",
    region_code="990101001",
    region_resolution="exact",
    report_year=2017,
    period_start=date(2017, 1, 1),
    period_end=date(2017, 12, 31),
    signed_on=date(2018, 2, 1),
)


def document(*paragraphs: str) -> Document:
    """A text document of these paragraphs, one a line."""
    text = "\n".join(paragraphs) + "\n"
    blocks, at = [], 0
    for words in paragraphs:
        blocks.append(Paragraph((Span(at, at + len(words)),)))
        at += len(words) + 1
    return Document("d" * 64, "made.txt", "text/plain", text, fold(text), tuple(blocks))


class Case:
    """One report in the making; `findings()` is what the rules say of it."""

    def __init__(self, registry: Registry, template_id: str = "national_2014", *paragraphs: str) -> None:
        self.registry = registry
        self.template = registry.templates[template_id]
        self.document = document(*paragraphs)
        self.identity = COMPLETE
        self.truncated = False
        self.absent: tuple[str, ...] = ()
        self.readings: list[Reading] = []

    def cell(
        self, cell_id: str, value: float | str, applicant: str = "total", basis: str = "year", **more: object
    ) -> Case:
        """Add a table reading; BLANK or DASH in place of a number prints none."""
        row = next(c for c in self.template.cells if c.cell_id == cell_id)
        status = value if isinstance(value, str) else "reported" if value else "reported_zero"
        at = 1000 + len(self.readings)
        reading = Reading(
            source_kind="table",
            indicator_code=row.indicator_code,
            value=None if isinstance(value, str) else float(value),
            unit=row.unit,
            value_status=status,
            char_start=at,
            char_end=at,
            line=100 + len(self.readings),
            applicant_type=applicant,
            period_basis=basis,
            unit_text=row.unit,
            label_text=row.label,
            cell_id=cell_id,
        )
        self.readings.append(reading._replace(**more))
        return self

    def cells(self, **values: float | str) -> Case:
        """Add several table readings; `B_3_1=5` is cell B.3.1."""
        for name, value in values.items():
            self.cell(name.replace("_", "."), value)
        return self

    def says(self, indicator_code: str, words: str, value: float, **more: object) -> Case:
        """Add a prose reading whose figure stands in these words of the document."""
        start = self.document.text.index(words)
        reading = Reading(
            source_kind="narrative",
            indicator_code=indicator_code,
            value=value,
            unit=self.registry.indicators[indicator_code].unit,
            value_status="reported" if value else "reported_zero",
            char_start=start,
            char_end=start + len(words),
            line=1,
            value_text=words,
            snippet=words,
        )
        self.readings.append(reading._replace(**more))
        return self

    def known(self, **changes: object) -> Case:
        """Change the identity."""
        self.identity = replace(self.identity, **changes)
        return self

    def period(self, words: str, start: date | None, end: date | None, **more: bool) -> Case:
        """Add a period stated in these words of the document."""
        at = self.document.text.index(words)
        period = Period(start, end, at, at + len(words), **more)
        return self.known(periods=(*self.identity.periods, period))

    def loss(self, printed: str, repaired: str | None) -> Case:
        """Add a glyph loss printed in the document."""
        at = self.document.text.index(printed)
        loss = GlyphLoss(printed, repaired, at, at + len(printed))
        return self.known(glyph_losses=(*self.identity.glyph_losses, loss))

    def findings(self) -> list[Finding]:
        """What every rule says."""
        table = TableReading(tuple(self.readings), None, self.absent, self.truncated, ())
        readings = with_ids(self.document.document_id, self.readings)
        return list(check(self.document, self.identity, self.template, table, readings, self.registry))

    def rules(self) -> list[str]:
        """The rule of every finding, sorted."""
        return sorted(finding.rule_id for finding in self.findings())
