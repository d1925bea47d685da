"""The catalogue: every landed file with its report year, or the reason why it has none.

Documents whose bytes, registry and reading code are as before are not read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from orchestration.registry.load import load
from orchestration.registry.model import Registry
from orchestration.reports.issues import closed, quarantining
from orchestration.settings import Settings
from orchestration.storage.batch import Failed, Outcome, Read, Work, kept_file, read_batch
from orchestration.storage.fingerprints import extraction_key
from orchestration.storage.layout import extractions_lock, open_data_root
from orchestration.storage.originals import Landed, landed
from orchestration.storage.parquet import read_table, write_if_absent, write_table
from orchestration.storage.schemas import DOCUMENTS, FINDINGS, READINGS, REPORTS

YEAR_NOT_OVER = "year_not_over"
YEAR_NOT_STATED = "no_report_year"
AGENCY_UNRESOLVED = "agency_unresolved"
AGENCY_AMBIGUOUS = "agency_ambiguous"
REGION_UNRESOLVED = "region_unresolved"
EXTRACTOR_FAILED = "extractor_failed"
ROUTING_CODES = (
    YEAR_NOT_OVER,
    YEAR_NOT_STATED,
    AGENCY_UNRESOLVED,
    EXTRACTOR_FAILED,
)
"""The issue codes this room gives itself; the registry says what they mean."""

OPEN_AGENCY = (AGENCY_UNRESOLVED, AGENCY_AMBIGUOUS, REGION_UNRESOLVED)
"""The reasons that a person removes with a row of agencies.csv, and for that needs the candidates."""

CANDIDATES_NAMED = 20
"""A name that hundreds of places bear is not told apart by a longer list."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One file that is in no year, and why, in both languages, with the candidates where there are some."""

    source_uri: str
    document_id: str
    report_year: int | None
    reason_code: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class CatalogueSummary:
    """The catalogue in numbers: documents per year, what is quarantined, and what our own code failed on."""

    path: Path
    files: int
    documents: int
    read: int
    reused: int
    years: Mapping[int, int]
    quarantined: tuple[Quarantined, ...]
    failed: tuple[Failed, ...]


def documents_file(settings: Settings) -> Path:
    """Where the catalogue lies (schema DOCUMENTS)."""
    return settings.extractions / "documents" / "documents.parquet"


def catalogue(settings: Settings) -> CatalogueSummary:
    """Read what has landed and is not read yet, and write the catalogue; returns it in numbers.

    A document that cannot be read, identified or trusted is a row with its reason. Raises RegistryError or OSError;
    an error of ours on one document is a row too, kept in `failed`, and tried again the next time.
    """
    open_data_root(settings)
    registry = load()
    with extractions_lock(settings):
        # Read under the lock: whoever waited for it would else write what had landed before it waited.
        files = landed(settings)
        works = _works(files, registry)
        known = _known(settings)
        fresh = [work for work in works.values() if work.key not in known]
        outcomes = tuple(read_batch(settings, fresh, "documents"))
        entries = known | {outcome.work.key: _entry(outcome, registry) for outcome in outcomes}
        rows = [_row(file, works[file.document_id], entries, registry, settings) for file in files]
        write_table(documents_file(settings), pa.Table.from_pylist(rows, schema=DOCUMENTS))
        for name, schema in (("reports", REPORTS), ("readings", READINGS), ("findings", FINDINGS)):
            write_if_absent(documents_file(settings).with_name(f"{name}.parquet"), schema)
        _forget(settings, {row["extraction_key"] for row in rows if row["reason_code"] is None})
    return CatalogueSummary(
        path=documents_file(settings),
        files=len(files),
        documents=len(works),
        read=len(fresh),
        reused=len(works) - len(fresh),
        years=_years(rows),
        quarantined=quarantined(rows, registry),
        failed=tuple(outcome for outcome in outcomes if isinstance(outcome, Failed)),
    )


def quarantined(rows: Iterable[Mapping[str, Any]], registry: Registry) -> tuple[Quarantined, ...]:
    """The rows of the catalogue that have a reason, with its words."""
    return tuple(
        Quarantined(
            source_uri=row["source_uri"],
            document_id=row["document_id"],
            report_year=row["report_year"],
            reason_code=row["reason_code"],
            reason_zh=registry.issue_codes[row["reason_code"]].reason_zh + _told(row, "候选：{}。"),
            reason_en=registry.issue_codes[row["reason_code"]].reason_en + _told(row, " Candidates: {}."),
        )
        for row in rows
        if row["reason_code"] is not None
    )


def _told(row: Mapping[str, Any], words: str) -> str:
    """The candidates of a row in these words; nothing where it has none."""
    return words.format(row["reason_detail"]) if row["reason_detail"] else ""


def catalogued(settings: Settings) -> list[dict[str, Any]]:
    """The rows of the catalogue as last written, in its order."""
    rows: list[dict[str, Any]] = read_table(documents_file(settings), DOCUMENTS).to_pylist()
    return rows


def _works(files: Sequence[Landed], registry: Registry) -> dict[str, Work]:
    """One piece of work per document, under the name of its first file by path."""
    works: dict[str, Work] = {}
    for file in files:
        if file.document_id not in works:
            key = extraction_key(file.document_id, file.source_file_name, registry)
            works[file.document_id] = Work(file.document_id, file.source_file_name, key)
    return works


def _known(settings: Settings) -> dict[str, dict[str, Any]]:
    """What the catalogue already says of documents, by extraction key; failures of ours are not known."""
    return {row["extraction_key"]: row for row in catalogued(settings) if row["reason_code"] != EXTRACTOR_FAILED}


def _entry(outcome: Outcome, registry: Registry) -> dict[str, Any]:
    """The columns of the catalogue that only reading the document can fill."""
    if isinstance(outcome, Failed):
        return {
            "media_type": None,
            "status": "unreadable",
            "report_year": None,
            "agency_id": None,
            "report_id": None,
            "reason_code": EXTRACTOR_FAILED,
            "reason_detail": None,
        }
    reason = _reason(outcome, registry)
    return {
        "media_type": outcome.media_type,
        "status": outcome.status,
        "report_year": outcome.report_year,
        "agency_id": outcome.agency_id,
        "report_id": outcome.report_id,
        "reason_code": reason,
        "reason_detail": _named(outcome.candidates) if reason in OPEN_AGENCY else None,
    }


def _named(candidates: Sequence[str]) -> str | None:
    """The candidates as one text, and how many more there are; None where there is none."""
    more = len(candidates) - CANDIDATES_NAMED
    return "; ".join((*candidates[:CANDIDATES_NAMED], *([f"… +{more}"] if more > 0 else ()))) or None


def _reason(outcome: Read, registry: Registry) -> str | None:
    """Why what was read belongs to no year; None where it may, as far as the document itself can say."""
    told = quarantining(closed(outcome.issue_codes, registry), registry)
    if told is not None:
        return told.issue_code
    if outcome.report_year is None:
        return YEAR_NOT_STATED
    return AGENCY_UNRESOLVED if outcome.report_id is None else None


def _row(
    file: Landed, work: Work, entries: Mapping[str, Mapping[str, Any]], registry: Registry, settings: Settings
) -> dict[str, Any]:
    entry = entries[work.key]
    reason = entry["reason_code"]
    if reason in (None, YEAR_NOT_OVER):
        reason = YEAR_NOT_OVER if entry["report_year"] >= settings.as_of.year else None
    return {
        **{name: entry[name] for name in ("media_type", "status", "report_year", "agency_id", "report_id")},
        "document_id": file.document_id,
        "source_uri": file.source_uri,
        "source_file_name": file.source_file_name,
        "byte_size": file.byte_size,
        "stage": registry.issue_codes[reason].stage if reason else None,
        "reason_code": reason,
        "reason_detail": entry["reason_detail"],
        "extraction_key": work.key,
    }


def _years(rows: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    documents = {(row["report_year"], row["document_id"]) for row in rows if row["reason_code"] is None}
    return dict(sorted(Counter(year for year, _ in documents).items()))


def _forget(settings: Settings, wanted: set[str]) -> None:
    """Remove the kept rows that no year will ask for."""
    for path in kept_file(settings, "").parent.glob("*.arrow"):
        if path.stem not in wanted:
            path.unlink(missing_ok=True)
