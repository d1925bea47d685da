"""Ids that are the same on every machine and in every release: hashes of natural keys.

Only the making of ids lives here; what is a natural key is said by each function.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from orchestration.reports.extractions.model import Finding, Reading, Scope

_SEPARATOR = "\x1f"
_LENGTH = 16
# What is claimed, and where it is printed: with the document the natural key of a reading.
_CLAIMED = attrgetter("source_kind", "cell_id", "indicator_code", "category", "applicant_type", "period_basis")
_PRINTED = attrgetter("char_start", "char_end", "page", "table_no", "row_no", "column_no")


def hashed(*key: object) -> str:
    """The first 16 hex digits of the SHA-256 of the members joined by U+001F; None is joined as an empty text."""
    words = _SEPARATOR.join(["" if member is None else str(member) for member in key])
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:_LENGTH]


def agency_id(agency_key: str) -> str:
    """The id of an agency by its natural key."""
    return hashed(agency_key)


def report_id(agency: str, report_year: int, document_id: str) -> str:
    """The id of one version of a report: agency id, report year and main document."""
    return hashed(agency, report_year, document_id)


def with_ids(document_id: str, readings: Iterable[Reading], table_scope: Scope | None = None) -> tuple[Reading, ...]:
    """The readings with their ids, in the order given; of claims that share a key and a place the first is kept.

    The id is of the document, of what is claimed, and of where it is printed. Figures of tables get `table_scope`
    as their scope where one is given.
    """
    kept: dict[str, Reading] = {}
    for reading in readings:
        scope = table_scope if table_scope and reading.source_kind == "table" else reading.scope
        key = hashed(document_id, *_CLAIMED(reading), scope, *_PRINTED(reading))
        if key not in kept:
            kept[key] = reading._replace(scope=scope, reading_id=key)
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
