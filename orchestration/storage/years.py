"""One report year of extractions/: its three tables, and whether it has changed since it was last published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.registry.load import load
from orchestration.settings import Settings
from orchestration.storage.batch import Failed, Work, kept_file, read_batch
from orchestration.storage.catalogue import catalogued
from orchestration.storage.files import remove, write_atomically
from orchestration.storage.fingerprints import digest, judgement_fingerprint, passed_days
from orchestration.storage.layout import extractions_lock
from orchestration.storage.parquet import read_table, write_table
from orchestration.storage.schemas import FINDINGS, READINGS, REPORTS

TABLES = {
    "reports": (REPORTS, ("report_id", "document_id")),
    "readings": (READINGS, ("report_id", "document_id", "char_start", "char_end", "reading_id")),
    "findings": (FINDINGS, ("report_id", "rule_id", "finding_id")),
}
"""The tables of a year with their schema and their order on disk."""

READINGS_SHOWN = 10

EXTRACTED, MODELLED, HANDLED = "extracted.sha256", "modelled.sha256", "handled.sha256"
"""How far a year has come: the state its tables are in, the warehouse holds, and was judged and told."""


class ExtractionError(Exception):
    """Our own code failed on documents it had read before; the message names them."""


@dataclass(frozen=True, slots=True)
class YearSummary:
    """One year's extractions in numbers."""

    year: int
    path: Path
    reports: int
    readings: int
    findings: Mapping[str, int]
    """Number of findings by severity."""
    statuses: Mapping[str, int]
    """Number of reports by status."""
    taken: int
    """Reports whose rows are new in this year; the others stood there already."""
    first_readings: tuple[Mapping[str, Any], ...]
    """The first readings as they stand on disk, to show what the year looks like."""


def year_folder(settings: Settings, year: int) -> Path:
    """Where the extractions of a year lie."""
    return settings.extractions / f"report_year={year}"


def extract_year(settings: Settings, year: int) -> YearSummary:
    """Bring a year's three tables in line with the catalogue; returns them in numbers.

    Rows of unchanged documents are taken over; a year that has lost its documents is written empty. The bytes depend
    on the documents, the registry and the code alone. The state that was extracted is noted beside them. Raises
    ExtractionError, OSError.
    """
    with extractions_lock(settings):
        wanted = _wanted([row for row in catalogued(settings) if _is_of(row, year)])
        before = _standing(settings, year, wanted)
        missing = [
            work for key, work in wanted.items() if key not in set(before["reports"]["extraction_key"].to_pylist())
        ]
        _read_again(settings, [work for work in missing if not kept_file(settings, work.key).exists()], year)
        tables = _joined(before, [kept_file(settings, work.key) for work in missing])
        _note(settings, year, EXTRACTED, None)
        for name, table in tables.items():
            write_table(year_folder(settings, year) / f"{name}.parquet", table)
        for key in wanted:
            remove(kept_file(settings, key))
        _note(settings, year, EXTRACTED, year_states(settings, [year])[year])
    return YearSummary(
        year=year,
        path=year_folder(settings, year),
        reports=tables["reports"].num_rows,
        readings=tables["readings"].num_rows,
        findings=Counter(sorted(tables["findings"]["severity"].to_pylist())),
        statuses=Counter(sorted(tables["reports"]["status"].to_pylist())),
        taken=len(missing),
        first_readings=tuple(tables["readings"].slice(0, READINGS_SHOWN).to_pylist()),
    )


def extract_years(settings: Settings, years: Iterable[int]) -> tuple[YearSummary, ...]:
    """extract_year for each of the years, in order."""
    return tuple(extract_year(settings, year) for year in sorted(years))


def arrivals(settings: Settings, years: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """For each year the paths of the documents in the catalogue that its extractions do not hold yet."""
    rows = catalogued(settings)
    return {year: tuple(_arrived(settings, year, rows)) for year in sorted(years)}


def _arrived(settings: Settings, year: int, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    held = set(read_table(year_folder(settings, year) / "reports.parquet", REPORTS)["document_id"].to_pylist())
    for row in rows:
        if _is_of(row, year) and (row["main_document_id"] or row["document_id"]) not in held:
            yield row["source_uri"]


def _is_of(row: Mapping[str, Any], year: int) -> bool:
    return bool(row["report_year"] == year and row["reason_code"] is None)


def _wanted(rows: Sequence[Mapping[str, Any]]) -> dict[str, Work]:
    """The reports of the rows by extraction key; a document bears the name of its first file by path."""
    names = {row["document_id"]: row["source_file_name"] for row in reversed(rows)}
    return {
        row["extraction_key"]: Work(
            row["document_id"],
            names[row["document_id"]],
            row["extraction_key"],
            tuple((one, names[one]) for one in row["attached"]),
        )
        for row in rows
        if row["main_document_id"] is None
    }


def years_changed(settings: Settings) -> tuple[int, ...]:
    """The years whose documents, registry, code or due days are not those that were last handled, in order."""
    states = year_states(settings, _years_seen(settings, catalogued(settings)))
    return tuple(year for year, state in states.items() if _noted(settings, year, HANDLED) != state)


def year_states(settings: Settings, years: Iterable[int]) -> dict[int, str]:
    """For each year, in order, the hash of everything its verdict and the release depend on.

    Files without a year count with the newest year, so that a release that tells of them follows them.
    """
    registry = load()
    judgement = judgement_fingerprint(registry)
    rows = catalogued(settings)
    seen = _years_seen(settings, rows)
    states = {}
    for year in sorted(years):
        own = [row for row in rows if row["report_year"] == year]
        if year == max(seen, default=None):
            own += [row for row in rows if row["report_year"] not in seen]
        told = (f"{row['source_uri']}:{row['extraction_key']}:{row['reason_code']}" for row in own)
        states[year] = digest((judgement, *passed_days(registry, settings.as_of, year), *told))
    return states


def _years_seen(settings: Settings, rows: Iterable[Mapping[str, Any]]) -> set[int]:
    """The years that have documents, or had some in an earlier run."""
    folders = settings.extractions.glob("report_year=*")
    now = {row["report_year"] for row in rows if row["reason_code"] is None}
    return now | {int(path.name.partition("=")[2]) for path in folders}


def mark_modelled(settings: Settings) -> None:
    """Note that the warehouse holds every year as it was extracted; call it under the lock the models were built in."""
    for folder in settings.extractions.glob("report_year=*"):
        year = int(folder.name.partition("=")[2])
        _note(settings, year, MODELLED, _noted(settings, year, EXTRACTED))


def mark_handled(settings: Settings, years: Iterable[int]) -> None:
    """Note that these years have been judged, and published or refused, in the state they were modelled in.

    A year that is in another state by now counts as changed until it has been extracted, modelled and judged anew.
    """
    for year, state in year_states(settings, years).items():
        _note(settings, year, HANDLED, state if _noted(settings, year, MODELLED) == state else None)


def _noted(settings: Settings, year: int, step: str) -> str | None:
    path = year_folder(settings, year) / step
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def _note(settings: Settings, year: int, step: str, state: str | None) -> None:
    path = year_folder(settings, year) / step
    if state is None:
        remove(path)
    else:
        write_atomically(path, f"{state}\n".encode())


def _standing(settings: Settings, year: int, wanted: Iterable[str]) -> dict[str, pa.Table]:
    """The rows of the year on disk that are still right; none where its tables may not fit each other."""
    if _noted(settings, year, EXTRACTED) is None:
        return {name: schema.empty_table() for name, (schema, _) in TABLES.items()}
    tables = {
        name: read_table(year_folder(settings, year) / f"{name}.parquet", schema)
        for name, (schema, _) in TABLES.items()
    }
    keys = pa.array(wanted, pa.string())
    tables["reports"] = tables["reports"].filter(pc.is_in(tables["reports"]["extraction_key"], keys))
    reports = tables["reports"]["report_id"].combine_chunks()
    for name in ("readings", "findings"):
        tables[name] = tables[name].filter(pc.is_in(tables[name]["report_id"], reports))
    return tables


def _read_again(settings: Settings, works: Sequence[Work], year: int) -> None:
    """Documents whose rows are neither in the year nor waiting for it are read once more."""
    failed = [outcome for outcome in read_batch(settings, works, f"{year}") if isinstance(outcome, Failed)]
    if failed:
        raise ExtractionError("\n".join(f"{outcome.work.file_name}: {outcome.error}" for outcome in failed))


def _joined(before: Mapping[str, pa.Table], kept: Sequence[Path]) -> dict[str, pa.Table]:
    rows = [pa.ipc.open_file(path).read_all() for path in kept]
    tables = {}
    for name, (schema, order) in TABLES.items():
        parts = [pa.Table.from_struct_array(pc.list_flatten(row[name]).combine_chunks()) for row in rows]
        whole = pa.concat_tables([before[name], *(part.cast(schema) for part in parts)])
        tables[name] = whole.sort_by([(column, "ascending") for column in order])
    return tables
