"""What extract() returns: who reports on which year, the figures with their places, what the rules saw.

Field names are those of CONTRACT.md, section 5; vocabularies too. Plain frozen values only: no behaviour, no rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Status = Literal["complete", "partial", "unmatched", "unreadable"]
SourceKind = Literal["table", "narrative"]
PeriodBasis = Literal["year", "cumulative", "month"]
Scope = Literal["own", "jurisdiction", "sub_scope", "other_year"]
ValueStatus = Literal["reported", "reported_zero", "blank", "dash", "absent", "not_applicable", "derived", "unreadable"]
Severity = Literal["error", "warning", "info"]
RegionResolution = Literal["exact", "by_county", "ambiguous", "unresolved"]


class Reading(NamedTuple):
    """One figure read from a document (fct_readings), and the cell of the template it stands in, if any.

    `value` is in `unit`, the conformed unit of the indicator; `value_text` and `unit_text` are as printed, and
    `char_start`:`char_end` enclose `value_text`. `negated` marks a zero that is said in words (没有, 未发生, 零投诉).
    `document_id` is the attachment it stands in; None for the main document.
    """

    source_kind: SourceKind
    indicator_code: str | None
    value: float | None
    unit: str | None
    value_status: ValueStatus
    char_start: int
    char_end: int
    line: int | None
    category: str | None = None
    applicant_type: str = "total"
    period_basis: PeriodBasis = "year"
    scope: Scope = "own"
    value_text: str | None = None
    unit_text: str | None = None
    label_text: str | None = None
    snippet: str | None = None
    recognition: Literal["text", "ocr"] = "text"
    issue_codes: tuple[str, ...] = ()
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    table_no: int | None = None
    row_no: int | None = None
    column_no: int | None = None
    cell_id: str | None = None
    negated: bool = False
    document_id: str | None = None
    reading_id: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A period as one sentence of the document states it; None where it states no day."""

    start: date | None
    end: date | None
    char_start: int
    char_end: int
    in_table_head: bool = False
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class GlyphLoss:
    """A date or number that lost 年, 月, 日, 〕 or 号: what is printed, and what it must have been (None: unknown)."""

    printed: str
    repaired: str | None
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on which year, as far as the document says; None is "not stated".

    `candidates` are region codes that fit equally well when the resolution is ambiguous; `agency_key` is the key
    of the agency over releases, machines and new names. `agency_score` is the share of the evidence that speaks for
    the agency, from 0 to 1, and `rival_names` are the names that strong evidence puts in its place. `periods` and
    `glyph_losses` keep every statement as printed, for the rules; `period_start` and `period_end` are what the
    document as a whole states.
    """

    title: str | None = None
    agency_name: str | None = None
    agency_name_as_printed: str | None = None
    agency_key: str | None = None
    agency_level: str | None = None
    region_code: str | None = None
    region_resolution: RegionResolution = "unresolved"
    candidates: tuple[str, ...] = ()
    agency_score: float | None = None
    rival_names: tuple[str, ...] = ()
    report_year: int | None = None
    document_number: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    published_on: date | None = None
    signed_on: date | None = None
    periods: tuple[Period, ...] = ()
    glyph_losses: tuple[GlyphLoss, ...] = ()
    issue_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule saw (fct_findings); `readings` are the ids of the readings it looked at."""

    rule_id: str
    severity: Severity
    message_zh: str
    message_en: str
    indicator_code: str | None = None
    expected: str | None = None
    actual: str | None = None
    readings: tuple[str, ...] = ()
    finding_id: str = ""


@dataclass(frozen=True, slots=True)
class TemplateScore:
    """How well one template fits the document, from 0 to 1, and the labels that say so."""

    template_id: str
    score: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one document; `issue_codes` of registry table issue_codes say why it is not complete.

    `text_signature` tells reports with the same words (resemblance.py); empty where there is no prose or no report.
    """

    document_id: str
    name: str
    media_type: str
    status: Status
    identity: Identity
    agency_id: str | None
    report_id: str | None
    template_id: str | None
    template_variant: str | None
    template_scores: tuple[TemplateScore, ...]
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    issue_codes: tuple[str, ...] = ()
    text_signature: tuple[int, ...] = ()
