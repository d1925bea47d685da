"""What people have decided against what is printed, as values: figures corrected, documents excluded.

What such a row says of others is judged in checks.py; whether what it is about stands there, in the warehouse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from orchestration.registry.entries import PERIOD_BASES, Entry
from orchestration.registry.model import Correction, Exclusion
from orchestration.registry.tables import Row

DOCUMENT_ID = re.compile("[0-9a-f]{64}")


def corrections(rows: Iterable[Row]) -> list[Entry[Correction]]:
    """corrections.csv; a replacement has a value, a withdrawal has none."""
    found = []
    for row in rows:
        action, value = row.word("action", ("replace", "withdraw"), "replace or withdraw"), row.optional_number("value")
        if (action == "replace") != (value is not None):
            row.fault("replace needs a value, and withdraw has none.")
        found.append(
            Entry(
                Correction(
                    agency_key=row.text("agency_key"),
                    report_year=row.year("report_year"),
                    indicator_code=row.text("indicator_code"),
                    applicant_type=row.text("applicant_type"),
                    period_basis=row.word("period_basis", PERIOD_BASES, "a period basis"),
                    expected_value=row.optional_number("expected_value"),
                    action=cast(Any, action),
                    value=value,
                    reason_zh=row.text("reason_zh"),
                    evidence=row.text("evidence"),
                    corrected_by=row.text("corrected_by"),
                    corrected_on=row.day("corrected_on"),
                ),
                row,
            )
        )
    return found


def exclusions(rows: Iterable[Row]) -> list[Entry[Exclusion]]:
    """exclusions.csv; a document is named by the SHA-256 of its bytes."""
    found = []
    for row in rows:
        document_id = row.text("document_id")
        if not DOCUMENT_ID.fullmatch(document_id):
            row.fault(f"document_id {document_id!r} is not a SHA-256 in 64 lower-case hex digits.")
        found.append(
            Entry(
                Exclusion(
                    document_id=document_id,
                    reason_zh=row.text("reason_zh"),
                    reason_en=row.text("reason_en"),
                    evidence=row.text("evidence"),
                    excluded_by=row.text("excluded_by"),
                    excluded_on=row.day("excluded_on"),
                ),
                row,
            )
        )
    return found
