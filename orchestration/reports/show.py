"""An extraction as others take it: the object of `read --json`, and a summary for a person. Nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from orchestration.registry.model import Registry
from orchestration.reports.explanation.phrasing import BASIS_ZH, SEVERITY_ZH, STATUS_ZH, place_zh
from orchestration.reports.extractions.model import Extraction, Finding, Reading
from orchestration.reports.extractions.rules.evidence import plain
from orchestration.reports.issues import exclusion_words

Record = dict[str, Any]

_IDENTITY = (
    "agency_name",
    "agency_name_as_printed",
    "agency_level",
    "region_code",
    "region_resolution",
    "report_year",
    "title",
    "document_number",
    "period_start",
    "period_end",
    "published_on",
    "signed_on",
)
_READING = (
    "source_kind",
    "indicator_code",
    "category",
    "applicant_type",
    "period_basis",
    "scope",
    "value",
    "unit",
    "value_status",
    "value_text",
    "unit_text",
    "label_text",
    "snippet",
    "recognition",
    "issue_codes",
    "page",
)
_PLACE = ("line", "char_start", "char_end", "table_no", "row_no", "column_no")
_FINDING = ("rule_id", "severity", "indicator_code", "expected", "actual", "message_zh", "message_en")


def as_record(extraction: Extraction, registry: Registry, extractor_version: str) -> Record:
    """The object of CONTRACT, section 3: document, identity, readings and findings, ready for JSON.

    Days are ISO texts. What one document cannot know (is_current) is null.
    """
    return {
        "document": extraction.name,
        "document_id": extraction.document_id,
        "status": extraction.status,
        "identity": _identity(extraction, registry, extractor_version),
        "readings": [_reading(reading, extraction) for reading in extraction.readings],
        "findings": [_finding(finding, extraction) for finding in extraction.findings],
        "issue_codes": list(extraction.issue_codes),
    }


def _identity(extraction: Extraction, registry: Registry, extractor_version: str) -> Record:
    identity = extraction.identity
    due_on = _due_on(identity.report_year, identity.agency_level, registry)
    known: Record = {name: getattr(identity, name) for name in _IDENTITY}
    known |= {
        "report_id": extraction.report_id,
        "agency_id": extraction.agency_id,
        "template_id": extraction.template_id,
        "template_variant": extraction.template_variant,
        "document_id": extraction.document_id,
        "source_file_name": extraction.name.rpartition("/")[2],
        "source_uri": extraction.name,
        "media_type": extraction.media_type,
        "due_on": due_on,
        "timeliness": _timeliness(identity.published_on, due_on),
        "is_current": None,
        "status": extraction.status,
        "extractor_version": extractor_version,
    }
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in known.items()}


def _due_on(report_year: int | None, agency_level: str | None, registry: Registry) -> date | None:
    """The day by which this kind of agency publishes the report of this year, by registry table due_dates."""
    for rule in registry.due_dates:
        if report_year is None or agency_level not in rule.agency_levels:
            continue
        if rule.first_report_year <= report_year <= (rule.last_report_year or report_year):
            return date(report_year + 1, rule.month, rule.day)
    return None


def _timeliness(published_on: date | None, due_on: date | None) -> str:
    if published_on is None or due_on is None:
        return "unknown"
    return "on_time" if published_on <= due_on else "late"


def _reading(reading: Reading, extraction: Extraction) -> Record:
    box = reading.box or (None, None, None, None)
    return {
        "reading_id": reading.reading_id,
        "report_id": extraction.report_id,
        "document_id": reading.document_id or extraction.document_id,
        "report_year": extraction.identity.report_year,
        **{name: getattr(reading, name) for name in _READING},
        "issue_codes": list(reading.issue_codes),
        **dict(zip(("bbox_x0", "bbox_y0", "bbox_x1", "bbox_y1"), box, strict=True)),
        **{name: getattr(reading, name) for name in _PLACE},
    }


def _finding(finding: Finding, extraction: Extraction) -> Record:
    return {
        "finding_id": finding.finding_id,
        "report_id": extraction.report_id,
        "report_year": extraction.identity.report_year,
        **{name: getattr(finding, name) for name in _FINDING},
        "reading_ids": list(finding.readings),
    }


def as_summary(extraction: Extraction, registry: Registry) -> str:
    """For a person: who reports on what, how many figures were read, and what the rules saw, in Chinese."""
    return "\n".join(_summary(extraction, registry))


def _summary(extraction: Extraction, registry: Registry) -> Iterator[str]:
    identity = extraction.identity
    yield f"{extraction.name}：{STATUS_ZH[extraction.status]}"
    excluded = exclusion_words(extraction.document_id, registry)
    if excluded:
        yield f"  不入库  {excluded[0]}"
    for code in extraction.issue_codes:
        yield f"  问题  {registry.issue_codes[code].reason_zh}"
    if extraction.status in ("unmatched", "unreadable"):
        return
    template = registry.templates.get(extraction.template_id or "")
    printed = f"（印为“{identity.agency_name_as_printed}”）" if identity.agency_name_as_printed else ""
    period = "至".join(str(day) if day else "未写明" for day in (identity.period_start, identity.period_end))
    variant = f"，{extraction.template_variant}" if extraction.template_variant else ""
    yield f"  机关  {identity.agency_name or '未能确认'}{printed}  行政区划 {identity.region_code or '未能确认'}"
    yield f"  年度  {identity.report_year or '未写明'}  统计期间 {period}"
    published, signed = (day or "未写明" for day in (identity.published_on, identity.signed_on))
    yield f"  文号  {identity.document_number or '未写明'}  发布 {published}  落款 {signed}"
    yield f"  表式  {template.title_zh if template else '未能确认'}{variant}"
    yield from _figures(extraction)
    yield from _findings(extraction, registry)


def _figures(extraction: Extraction) -> Iterator[str]:
    kinds = Counter(reading.source_kind for reading in extraction.readings)
    states: Counter[str] = Counter(r.value_status for r in extraction.readings if r.source_kind == "table")
    told = "，".join(
        f"{zh}{states[status]}项"
        for status, zh in (("reported", "大于零"), ("reported_zero", "零"), ("blank", "空白"), ("dash", "横线"))
        if states[status]
    )
    yield f"  数字  统计表{kinds['table']}项{f'（{told}）' if told else ''}，文字{kinds['narrative']}项"


def _findings(extraction: Extraction, registry: Registry) -> Iterator[str]:
    yield f"  发现  {len(extraction.findings)}项"
    by_id = {reading.reading_id: reading for reading in extraction.readings}
    by_applicant = {r.cell_id for r in extraction.readings if r.cell_id and r.applicant_type != "total"}
    for finding in extraction.findings:
        yield f"    [{SEVERITY_ZH[finding.severity]}] {finding.message_zh}"
        for reading_id in finding.readings:
            # What stands in another file of the same report is told with that file.
            if reading_id in by_id:
                reading = by_id[reading_id]
                applicant = registry.applicant_types[reading.applicant_type] if reading.cell_id in by_applicant else ""
                yield f"        {_quoted(reading, applicant)}"


def _quoted(reading: Reading, applicant: str) -> str:
    """The number beside the words that print it and their place; the heads of its column where these words lack them.

    `applicant`: what its column is called; empty where the row has one column alone.
    """
    value = "—" if reading.value is None else plain(reading.value)
    words = " ".join((reading.snippet or f"{reading.label_text or ''} {reading.value_text or '空白'}").split())
    label = " ".join((reading.label_text or "").split()) if reading.cell_id else ""
    basis = BASIS_ZH[reading.period_basis] if reading.cell_id and reading.period_basis != "year" else ""
    column = "·".join(filter(None, ("" if label in words else label, applicant, basis)))
    quote = f"“{words if len(words) <= 60 else words[:60] + '…'}”"
    return "  ".join(filter(None, (place_zh(reading), column, f"{value}{reading.unit or ''}", quote)))
