"""Makes releases: decides, assembles in a draft folder, and switches `current` in one step when everything is there."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from orchestration.gate.warehouse import attach_warehouse
from orchestration.publication.assemble import assemble
from orchestration.publication.changes import changes_page, compare
from orchestration.publication.decide import YearOutcome, decide
from orchestration.publication.dictionary import as_rows, dictionary, headers
from orchestration.publication.dictionary_page import as_markdown
from orchestration.publication.history import (
    current_release,
    number,
    publication_lock,
    release_folders,
    remove_old,
)
from orchestration.publication.lists import write_lists, write_rows
from orchestration.publication.made_with import made_with
from orchestration.publication.package import citation, data_package, file_hash, read_sums, write_sums
from orchestration.publication.pages import index_page
from orchestration.publication.readme import read_me
from orchestration.publication.tables import TABLES, quoted, write_parquet, write_table_csv
from orchestration.publication.verify import DATABASE, lacks, verify
from orchestration.registry.load import load
from orchestration.registry.model import Registry
from orchestration.settings import Settings
from orchestration.storage.files import rename_folder, switch_link, sync_tree, write_draft
from orchestration.storage.layout import open_data_root

CONTENT = ("parquet/", "csv/", "documents.csv", "corrections.csv")
"""What makes a release another one, by the beginning of the path; and, but for the state of each, the excuses."""

EXCUSES = "exceptions.csv"
OF_THE_DAY = "dim_report_years"
"""The one table that holds the day of the judgement; what else it says is compared by itself."""


class PublicationError(Exception):
    """The release cannot be made, or what was made is not what it says; nothing was published."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What publication did: whether there is a new release, which release is current, and what became of each year.

    `release_id` and `folder` are None when nothing has ever been published.
    """

    released: bool
    release_id: str | None
    folder: Path | None
    years: tuple[YearOutcome, ...]

    @property
    def published(self) -> tuple[int, ...]:
        """Years with new content."""
        return self._with("published")

    @property
    def unchanged(self) -> tuple[int, ...]:
        """Years whose content was right already."""
        return self._with("unchanged")

    @property
    def refused(self) -> tuple[int, ...]:
        """Years without a passing verdict for what the warehouse holds."""
        return self._with("refused")

    @property
    def stale(self) -> tuple[int, ...]:
        """Refused years for which older content stands in."""
        return tuple(year.report_year for year in self.years if year.kept)

    def as_metadata(self) -> dict[str, Any]:
        """Plain figures for whoever shows the run."""
        return {
            "released": self.released,
            "release_id": self.release_id,
            "folder": str(self.folder) if self.folder else None,
            "published": list(self.published),
            "unchanged": list(self.unchanged),
            "refused": list(self.refused),
            "stale": list(self.stale),
            "reasons": {str(year.report_year): year.reason_en for year in self.years if year.outcome == "refused"},
        }

    def _with(self, outcome: str) -> tuple[int, ...]:
        return tuple(year.report_year for year in self.years if year.outcome == outcome)


def publish(settings: Settings) -> Publication:
    """Make a release of every year that has a passing verdict for exactly what the warehouse holds.

    No release is made when content, maturity and verdicts equal the current release's, or when nothing may be
    published; where they equal the newest release's, which an interruption or a step back kept from being current, that
    one becomes current. Of old releases, settings.keep_releases stay.

    Raises LayoutError, WarehouseError (missing or busy), RegistryError, PublicationError or OSError; then `current` and
    every release are as they were.
    """
    open_data_root(settings)
    registry = load()
    with publication_lock(settings):
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=settings.publication))
        draft.chmod(0o755)
        try:
            publication = _publish(settings, registry, current_release(settings), draft)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        if settings.keep_releases is not None:
            remove_old(settings, settings.keep_releases)
    return publication


def _publish(settings: Settings, registry: Registry, current: Path | None, draft: Path) -> Publication:
    release_id = next_release_id(settings)
    with duckdb.connect(str(draft / DATABASE), config={"threads": settings.workers}) as connection:
        (home,) = connection.execute("select current_database()").fetchone() or ("",)
        attach_warehouse(connection, settings.warehouse)
        if current is not None:
            connection.execute(f"attach {quoted(str(current / DATABASE))} as before (read_only)")
        connection.execute("use warehouse")
        years = decide(settings, connection, registry, current)
        connection.execute(f'use "{home}"')
        if current is None and not any(year.from_warehouse for year in years):
            return Publication(False, None, None, years)
        assemble(connection, years, before=current is not None)
        connection.execute("set threads = 1")
        write_lists(connection, years, draft, current)
        connection.execute("detach warehouse")
        _write_tables(connection, registry, draft, current, years)
        hashes = _content_hashes(draft)
        content = _content(draft, hashes, years)
        if current is not None and content == _content_of_release(current):
            return Publication(False, current.name, current, years)
        newest = max(release_folders(settings), key=number, default=None)
        if newest is not None and newest != current and not verify(newest) and content == _content_of_release(newest):
            switch_link(settings.publication / "current", newest)
            return Publication(True, newest.name, newest, years)
        _write_documents(connection, registry, draft, release_id, current, years, settings.as_of, hashes)
        if current is not None:
            connection.execute("detach before")
        connection.execute("checkpoint")
    _finish(settings, current, draft, release_id, hashes)
    return Publication(True, release_id, settings.publication / "releases" / release_id, years)


def next_release_id(settings: Settings) -> str:
    """vYYYY.MM.N of the day judged as of: N counts the releases of that month from 1.

    A day before the month of a release that is there takes that month, so that ids only grow.
    """
    found = [number(folder) for folder in release_folders(settings)]
    year, month = max([(settings.as_of.year, settings.as_of.month), *(one[:2] for one in found)])
    return f"v{year:04}.{month:02}.{max((one[2] for one in found if one[:2] == (year, month)), default=0) + 1}"


def _write_tables(
    connection: duckdb.DuckDBPyConnection,
    registry: Registry,
    draft: Path,
    current: Path | None,
    years: Sequence[YearOutcome],
) -> None:
    (draft / "csv").mkdir()
    held = {year for (year,) in connection.execute("select distinct report_year from dim_reports").fetchall()}
    same = {year.report_year: current if year.outcome == "unchanged" else None for year in years}
    parts = {year: same[year] for year in sorted(held)}
    for table in TABLES:
        write_parquet(connection, table, draft / "parquet", parts)
        captions = headers(connection, registry, table.name) if table.wide else {}
        write_table_csv(connection, table, draft / "csv", captions)


def _write_documents(
    connection: duckdb.DuckDBPyConnection,
    registry: Registry,
    draft: Path,
    release_id: str,
    current: Path | None,
    years: Sequence[YearOutcome],
    as_of: date,
    hashes: Mapping[str, str],
) -> None:
    entries = dictionary(connection, registry)
    write_rows(draft / "dictionary.csv", *as_rows(entries))
    (draft / "verdicts").mkdir()
    making = made_with()
    for year in years:
        if year.judgement is not None:
            noted = {**year.judgement, "made_with": making} if year.from_warehouse else year.judgement
            told = json.dumps(noted, ensure_ascii=False, indent=1) + "\n"
            write_draft(draft / "verdicts" / f"{year.report_year}.json", told.encode())
    names = {code: indicator.name_zh for code, indicator in registry.indicators.items()}
    changes = compare(connection, release_id, draft, current, years, making)
    texts = {
        "dictionary.md": as_markdown(entries),
        "CHANGES.md": changes_page(changes, names),
        "index.html": index_page(connection, registry, release_id, years, changes),
        "CITATION.cff": citation(release_id, as_of),
        "datapackage.json": data_package(draft, release_id, as_of, entries, hashes),
        **read_me(connection, release_id, as_of),
    }
    for name, text in texts.items():
        write_draft(draft / name, text.encode())


def _content_hashes(draft: Path) -> dict[str, str]:
    names = [path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()]
    return {name: file_hash(draft / name) for name in names if name.startswith(CONTENT)}


def _content(draft: Path, hashes: Mapping[str, str], years: Sequence[YearOutcome]) -> tuple[object, ...]:
    """What makes a release another one: its tables and lists, and what is said of each year."""
    told = [(year.report_year, year.maturity, year.verdict, year.stale_since) for year in years]
    return _of_content(hashes), _excuses(draft), told


def _content_of_release(folder: Path) -> tuple[object, ...]:
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        told = connection.execute(
            "select report_year, maturity, verdict, stale_since from dim_report_years order by report_year"
        ).fetchall()
    return _of_content(read_sums(folder)), _excuses(folder), told


def _of_content(hashes: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in hashes.items() if name.startswith(CONTENT) and OF_THE_DAY not in name}


def _excuses(folder: Path) -> list[dict[str, str]]:
    """The excuses without their state, which may differ by the day alone."""
    with (folder / EXCUSES).open(encoding="utf-8-sig", newline="") as file:
        return [{name: value for name, value in row.items() if name != "state"} for row in csv.DictReader(file)]


def _finish(settings: Settings, current: Path | None, draft: Path, release_id: str, hashes: Mapping[str, str]) -> None:
    """Link what did not change, seal, check, make durable, rename, switch: the old release is whole until the last."""
    if current is not None:
        before = read_sums(current)
        for name, digest in hashes.items():
            if name.startswith("parquet/") and before.get(name) == digest:
                (draft / name).unlink()
                (draft / name).hardlink_to(current / name)
    write_sums(draft, hashes)
    problems = [*verify(draft), *lacks(draft)]
    if problems:
        raise PublicationError("the release does not hold together: " + "; ".join(problems[:5]))
    sync_tree(draft)
    releases = settings.publication / "releases"
    releases.mkdir(exist_ok=True)
    rename_folder(draft, releases / release_id)
    switch_link(settings.publication / "current", releases / release_id)
