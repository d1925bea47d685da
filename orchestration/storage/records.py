"""From what extract() returns to rows of extractions/: one column per field, nothing decided, nothing left out."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from orchestration.reports.extractions.model import Extraction, Finding, Reading
from orchestration.storage.fingerprints import extractor_version
from orchestration.storage.schemas import FINDINGS, READINGS, REPORTS

Row = dict[str, Any]

EXTRACTED = pa.schema(
    [
        ("reports", pa.list_(pa.struct(list(REPORTS)))),
        ("readings", pa.list_(pa.struct(list(READINGS)))),
        ("findings", pa.list_(pa.struct(list(FINDINGS)))),
    ]
)
"""Everything read from one document, as one row."""


def extraction_row(extraction: Extraction, key: str) -> Row:
    """One row of EXTRACTED; the lists are empty where the document has no report."""
    if extraction.report_id is None or extraction.identity.report_year is None:
        return {"reports": [], "readings": [], "findings": []}
    return {
        "reports": [_report_row(extraction, key)],
        "readings": [_reading_row(reading, extraction) for reading in extraction.readings],
        "findings": [_finding_row(finding, extraction) for finding in extraction.findings],
    }


def _report_row(extraction: Extraction, key: str) -> Row:
    identity = extraction.identity
    return {
        "report_id": extraction.report_id,
        "agency_id": extraction.agency_id,
        "agency_name": identity.agency_name,
        "agency_name_as_printed": identity.agency_name_as_printed,
        "agency_level": identity.agency_level,
        "region_code": identity.region_code,
        "region_resolution": identity.region_resolution,
        "report_year": identity.report_year,
        "template_id": extraction.template_id,
        "template_variant": extraction.template_variant,
        "document_id": extraction.document_id,
        "media_type": extraction.media_type,
        "title": identity.title,
        "document_number": identity.document_number,
        "period_start": identity.period_start,
        "period_end": identity.period_end,
        "published_on": identity.published_on,
        "signed_on": identity.signed_on,
        "status": extraction.status,
        "extractor_version": extractor_version(),
        "issue_codes": list(extraction.issue_codes),
        "extraction_key": key,
        "text_signature": list(extraction.text_signature),
    }


def _reading_row(reading: Reading, extraction: Extraction) -> Row:
    row = {name: getattr(reading, name) for name in READINGS.names if hasattr(reading, name)}
    return row | {
        "report_id": extraction.report_id,
        "document_id": reading.document_id or extraction.document_id,
        "report_year": extraction.identity.report_year,
        "issue_codes": list(reading.issue_codes),
        **dict(zip(("bbox_x0", "bbox_y0", "bbox_x1", "bbox_y1"), reading.box or (None,) * 4, strict=True)),
    }


def _finding_row(finding: Finding, extraction: Extraction) -> Row:
    row = {name: getattr(finding, name) for name in FINDINGS.names if hasattr(finding, name)}
    return row | {
        "report_id": extraction.report_id,
        "report_year": extraction.identity.report_year,
        "reading_ids": list(finding.readings),
    }
