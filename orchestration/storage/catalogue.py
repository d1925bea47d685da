"""The catalogue: every landed file with its report year, or the reason why it has none.

Documents whose bytes, registry and reading code are as before are not read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from orchestration.registry.load import load
from orchestration.registry.model import Registry
from orchestration.reports.joining import Alone, Standing, belonging, holds_together
from orchestration.settings import Settings
from orchestration.storage.batch import Failed, Outcome, Work, kept_file
from orchestration.storage.files import clear_drafts, remove
from orchestration.storage.fingerprints import digest, extraction_key
from orchestration.storage.known import DOCUMENT_EXCLUDED, EXTRACTOR_FAILED, YEAR_NOT_OVER, Known
from orchestration.storage.layout import extractions_lock, open_data_root
from orchestration.storage.originals import Landed, landed, newest
from orchestration.storage.parquet import read_table, write_if_absent, write_table
from orchestration.storage.reasons import reason_words
from orchestration.storage.schemas import DOCUMENTS, FINDINGS, READINGS, REPORTS


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


@dataclass(frozen=True, slots=True)
class Joined:
    """The work of the files of reports in several files, by (source_uri, document_id), and all that was tried."""

    works: Mapping[tuple[str, str], Work]
    tried: tuple[Work, ...]
    outcomes: tuple[Outcome, ...]


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
        clear_drafts(settings.extractions)
        files = landed(settings)
        alone = _works(files, registry)
        known = Known(settings, registry)
        outcomes = known.read(alone.values(), "documents")
        # An excluded document is a part of no report, and in the way of none.
        usable = [file for file in files if file.document_id not in registry.exclusions]
        joined = _together(alone, usable, known, settings)
        known.keep({work.key for work in (*alone.values(), *joined.works.values(), *joined.tried)})
        rows = [
            _row(file, joined.works.get((file.source_uri, file.document_id), alone[file.document_id]), known, settings)
            for file in files
        ]
        write_table(documents_file(settings), pa.Table.from_pylist(rows, schema=DOCUMENTS))
        for name, schema in (("reports", REPORTS), ("readings", READINGS), ("findings", FINDINGS)):
            write_if_absent(documents_file(settings).with_name(f"{name}.parquet"), schema)
        _forget(settings, {row["extraction_key"] for row in rows if row["reason_code"] is None})
    return CatalogueSummary(
        path=documents_file(settings),
        files=len(files),
        documents=len(alone),
        read=len(outcomes),
        reused=len(alone) - len(outcomes),
        years=_years(rows),
        quarantined=quarantined(rows),
        failed=tuple(one for one in (*outcomes, *joined.outcomes) if isinstance(one, Failed)),
    )


def quarantined(rows: Iterable[Mapping[str, Any]]) -> tuple[Quarantined, ...]:
    """The rows of the catalogue that have a reason, with its words."""
    return tuple(
        Quarantined(
            source_uri=row["source_uri"],
            document_id=row["document_id"],
            report_year=row["report_year"],
            reason_code=row["reason_code"],
            reason_zh=row["reason_zh"],
            reason_en=row["reason_en"],
        )
        for row in rows
        if row["reason_code"] is not None
    )


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


def _together(alone: Mapping[str, Work], files: Sequence[Landed], known: Known, settings: Settings) -> Joined:
    """Reports that come in several files: the work a file is part of, by (source_uri, document_id).

    Read together they must give the report of the main document without new doubts; else each file stays alone.
    """
    last = newest(settings)
    stands = [
        Standing(file.source_uri, _said(alone[file.document_id], known), last[file.source_uri] == file.document_id)
        for file in files
    ]
    mains = belonging(stands, load())
    joint = {main: _joint(alone, main, mains) for main in sorted({one for ids in mains.values() for one in ids})}
    outcomes = known.read(joint.values(), "reports in several files")
    held = {main: work for main, work in joint.items() if _is_one_report(work, alone[main], known)}
    works = {(file.source_uri, file.document_id): held[file.document_id] for file in files if file.document_id in held}
    works |= {place: held[main] for place, ids in mains.items() for main in reversed(ids) if main in held}
    return Joined(works, tuple(joint.values()), outcomes)


def _is_one_report(together: Work, main: Work, known: Known) -> bool:
    """Whether the files are one report; where our own code failed on them, they are what it failed on."""
    reason = known.entries[together.key]["reason_code"]
    fits = reason is None and holds_together(_said(together, known), _said(main, known))
    return fits or reason == EXTRACTOR_FAILED


def _said(work: Work, known: Known) -> Alone:
    entry = known.entries[work.key]
    lists = {name: tuple(entry[name] or ()) for name in ("names", "years", "doubts", "attachments")}
    return Alone(work.document_id, entry["contents"], entry["whose"], entry["report_year"], **lists)


def _joint(alone: Mapping[str, Work], main: str, mains: Mapping[tuple[str, str], Sequence[str]]) -> Work:
    """One piece of work for a main document and what belongs to it."""
    parts = [alone[one] for one in sorted({document_id for (_, document_id), ids in mains.items() if main in ids})]
    key = digest((alone[main].key, *(part.key for part in parts)))
    return replace(alone[main], key=key, attachments=tuple((part.document_id, part.file_name) for part in parts))


def _row(file: Landed, work: Work, known: Known, settings: Settings) -> dict[str, Any]:
    registry, entry = load(), known.entries[work.key]
    reason = entry["reason_code"]
    if file.document_id in registry.exclusions:
        reason = DOCUMENT_EXCLUDED
    elif reason in (None, YEAR_NOT_OVER):
        reason = YEAR_NOT_OVER if entry["report_year"] >= settings.as_of.year else None
    row = {
        **{name: entry[name] for name in ("media_type", "status", "report_year", "agency_id", "report_id")},
        "document_id": file.document_id,
        "source_uri": file.source_uri,
        "source_file_name": file.source_file_name,
        "byte_size": file.byte_size,
        "stage": registry.issue_codes[reason].stage if reason else None,
        "reason_code": reason,
        "reason_detail": entry["reason_detail"] if reason == entry["reason_code"] else None,
        "reason_zh": None,
        "reason_en": None,
        "main_document_id": None if file.document_id == work.document_id else work.document_id,
        "attached": [one for one, _ in work.attachments] if file.document_id == work.document_id else [],
        "extraction_key": work.key,
    }
    if reason:
        row["reason_zh"], row["reason_en"] = reason_words(row, registry)
    return row


def _years(rows: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    documents = {(row["report_year"], row["document_id"]) for row in rows if row["reason_code"] is None}
    return dict(sorted(Counter(year for year, _ in documents).items()))


def _forget(settings: Settings, wanted: set[str]) -> None:
    """Remove the kept rows that no year will ask for."""
    for path in kept_file(settings, "").parent.glob("*.arrow"):
        if path.stem not in wanted:
            remove(path)
