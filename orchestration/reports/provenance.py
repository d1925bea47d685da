"""Ids that are the same on every machine and in every release: hashes of natural keys.

Only the making of ids lives here; what is a natural key is said by each function.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from orchestration.reports.extractions.model import Finding, Reading

_SEPARATOR = "\x1f"
_LENGTH = 16


def hashed(*key: object) -> str:
    """The first 16 hex digits of the SHA-256 of the members joined by U+001F; None is joined as an empty text."""
    words = _SEPARATOR.join("" if member is None else str(member) for member in key)
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:_LENGTH]


def agency_id(agency_key: str) -> str:
    """The id of an agency by its natural key."""
    return hashed(agency_key)


def report_id(agency: str, report_year: int, document_id: str) -> str:
    """The id of one version of a report: agency id, report year and main document."""
    return hashed(agency, report_year, document_id)


def reading_id(document_id: str, reading: Reading) -> str:
    """The id of a reading: the document, what is claimed, and where it is printed."""
    return hashed(
        document_id,
        reading.source_kind,
        reading.cell_id,
        reading.indicator_code,
        reading.category,
        reading.applicant_type,
        reading.period_basis,
        reading.scope,
        reading.char_start,
        reading.char_end,
        reading.page,
        reading.table_no,
        reading.row_no,
        reading.column_no,
    )


def with_ids(document_id: str, readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings with their ids, in the order given; of claims that share a key and a place the first is kept."""
    kept: dict[str, Reading] = {}
    for reading in readings:
        key = reading_id(document_id, reading)
        kept.setdefault(key, replace(reading, reading_id=key))
    return tuple(kept.values())


def with_finding_ids(document_id: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with their ids, in the order given; the same thing seen twice is kept once."""
    kept: dict[str, Finding] = {}
    for finding in findings:
        key = hashed(
            document_id,
            finding.rule_id,
            finding.indicator_code,
            finding.expected,
            finding.actual,
            *finding.readings,
        )
        kept.setdefault(key, replace(finding, finding_id=key))
    return tuple(kept.values())
