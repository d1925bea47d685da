"""What reading has shown of a document, or of the documents of one report: kept between runs, by extraction key.

A failure of ours is not kept, so that it is tried again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from orchestration.registry.model import Registry
from orchestration.reports.issues import closed, quarantining
from orchestration.settings import Settings
from orchestration.storage.batch import Failed, Outcome, Read, Work, read_batch
from orchestration.storage.parquet import read_table, write_table
from orchestration.storage.schemas import KNOWN

YEAR_NOT_OVER = "year_not_over"
YEAR_NOT_STATED = "no_report_year"
NOT_A_REPORT = "not_a_report"
TABLE_ALONE = "table_alone"
AGENCY_UNRESOLVED = "agency_unresolved"
AGENCY_AMBIGUOUS = "agency_ambiguous"
REGION_UNRESOLVED = "region_unresolved"
EXTRACTOR_FAILED = "extractor_failed"
DOCUMENT_EXCLUDED = "document_excluded"
ROUTING_CODES = (
    YEAR_NOT_OVER,
    YEAR_NOT_STATED,
    AGENCY_UNRESOLVED,
    TABLE_ALONE,
    EXTRACTOR_FAILED,
    DOCUMENT_EXCLUDED,
)
"""The issue codes this room gives itself; the registry says what they mean."""

OPEN_AGENCY = (AGENCY_UNRESOLVED, AGENCY_AMBIGUOUS, REGION_UNRESOLVED)
"""The reasons that a person removes with a row of agencies.csv, and for that needs the candidates."""

CANDIDATES_NAMED = 20
"""A name that hundreds of places bear is not told apart by a longer list."""


class Known:
    """What is known of pieces of work, by their key; grows by reading."""

    def __init__(self, settings: Settings, registry: Registry) -> None:
        """Takes up what earlier runs kept."""
        self._settings, self._registry = settings, registry
        self._file = settings.extractions / "documents" / "known.parquet"
        kept: list[dict[str, Any]] = read_table(self._file, KNOWN).to_pylist()
        self.entries = {entry["extraction_key"]: entry for entry in kept}

    def read(self, works: Iterable[Work], what: str) -> tuple[Outcome, ...]:
        """Read what is not known yet; returns one outcome for each that was read."""
        fresh = [work for work in works if work.key not in self.entries]
        outcomes = tuple(read_batch(self._settings, fresh, what))
        self.entries |= {outcome.work.key: _entry(outcome, self._registry) for outcome in outcomes}
        return outcomes

    def keep(self, keys: set[str]) -> None:
        """Write what is known of these pieces of work for the next run, and forget the rest."""
        kept = [
            entry
            for key, entry in sorted(self.entries.items())
            if key in keys and entry["reason_code"] != EXTRACTOR_FAILED
        ]
        write_table(self._file, pa.Table.from_pylist(kept, schema=KNOWN))


def _entry(outcome: Outcome, registry: Registry) -> dict[str, Any]:
    """The row of KNOWN for one outcome."""
    if isinstance(outcome, Failed):
        nothing = dict.fromkeys(KNOWN.names)
        return nothing | {
            "extraction_key": outcome.work.key,
            "status": "unreadable",
            "reason_code": EXTRACTOR_FAILED,
            "contents": "nothing",
        }
    reason = _reason(outcome, registry)
    return {
        "extraction_key": outcome.work.key,
        "media_type": outcome.media_type,
        "status": outcome.status,
        "report_year": outcome.report_year,
        "agency_id": outcome.agency_id,
        "report_id": outcome.report_id,
        "reason_code": reason,
        "reason_detail": _named(outcome.candidates) if reason in OPEN_AGENCY else None,
        "contents": outcome.said.contents,
        "whose": outcome.said.agency_id,
        "names": list(outcome.said.names),
        "years": list(outcome.said.years),
        "doubts": list(outcome.said.doubts),
        "attachments": list(outcome.said.attachments),
    }


def _named(candidates: Sequence[str]) -> str | None:
    """The candidates as one text, and how many more there are; None where there is none."""
    more = len(candidates) - CANDIDATES_NAMED
    return "; ".join((*candidates[:CANDIDATES_NAMED], *([f"… +{more}"] if more > 0 else ()))) or None


def candidates_of(detail: str | None, most: int) -> tuple[str, ...]:
    """The first `most` candidates that a `reason_detail` names, and after them `… +N` for the others."""
    parts = detail.split("; ") if detail else []
    further = int(parts.pop().removeprefix("… +")) if parts and parts[-1].startswith("… +") else 0
    more = len(parts[most:]) + further
    return (*parts[:most], *([f"… +{more}"] if more else ()))


def _reason(outcome: Read, registry: Registry) -> str | None:
    """Why what was read belongs to no year; None where it may, as far as the document itself can say."""
    told = quarantining(closed(outcome.issue_codes, registry), registry)
    if told is not None:
        lone = told.issue_code == NOT_A_REPORT and outcome.said.contents == "table"
        return TABLE_ALONE if lone else told.issue_code
    if outcome.report_year is None:
        return YEAR_NOT_STATED
    return AGENCY_UNRESOLVED if outcome.report_id is None else None
