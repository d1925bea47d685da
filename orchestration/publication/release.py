"""Makes releases: decides, assembles in a draft folder, and switches `current` in one step when everything is there."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock

from orchestration.gate.warehouse import attach_warehouse
from orchestration.publication.assemble import assemble
from orchestration.publication.decide import YearOutcome, decide
from orchestration.publication.dictionary import as_markdown, as_rows, dictionary, headers
from orchestration.publication.diff import changes_page, differences
from orchestration.publication.lists import write_lists, write_rows
from orchestration.publication.package import citation, data_package, file_hashes, read_me, read_sums, write_sums
from orchestration.publication.pages import index_page
from orchestration.publication.tables import TABLES, quoted, write_parquet, write_table_csv
from orchestration.publication.verify import DATABASE, verify
from orchestration.registry.load import load
from orchestration.registry.model import Registry
from orchestration.settings import Settings
from orchestration.storage.files import switch_link, sync_folder, sync_tree

RELEASE_ID = re.compile(r"v(\d{4})\.(\d{2})\.(\d+)")
CONTENT = ("parquet/", "csv/", "documents.csv")
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
    published. Raises WarehouseError (missing or busy), RegistryError, PublicationError or OSError; then `current` and
    every release are as they were.
    """
    registry = load()
    settings.publication.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.publication / ".lock"):
        for remains in settings.publication.glob("draft-*"):
            shutil.rmtree(remains)
        current = current_release(settings)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=settings.publication))
        draft.chmod(0o755)
        try:
            return _publish(settings, registry, current, draft)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def current_release(settings: Settings) -> Path | None:
    """The folder that `current` points to, or None when nothing has been published."""
    link = settings.publication / "current"
    return link.resolve() if link.exists() else None


def _publish(settings: Settings, registry: Registry, current: Path | None, draft: Path) -> Publication:
    release_id = next_release_id(settings)
    with duckdb.connect(str(draft / DATABASE), config={"threads": 1}) as connection:
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
        write_lists(connection, years, draft)
        connection.execute("detach warehouse")
        _write_tables(connection, registry, draft)
        if current is not None and _content(draft, years) == _content_of_release(current):
            return Publication(False, current.name, current, years)
        _write_documents(connection, registry, draft, release_id, current, years, settings.as_of)
        if current is not None:
            connection.execute("detach before")
        connection.execute("checkpoint")
    _finish(settings, current, draft, release_id)
    return Publication(True, release_id, settings.publication / "releases" / release_id, years)


def next_release_id(settings: Settings) -> str:
    """vYYYY.MM.N of the day judged as of: N counts the releases of that month from 1.

    A day before the month of a release that is there takes that month, so that ids only grow.
    """
    matches = (RELEASE_ID.fullmatch(path.name) for path in (settings.publication / "releases").glob("v*"))
    found = [(int(match[1]), int(match[2]), int(match[3])) for match in matches if match]
    year, month = max([(settings.as_of.year, settings.as_of.month), *(one[:2] for one in found)])
    return f"v{year:04}.{month:02}.{max((one[2] for one in found if one[:2] == (year, month)), default=0) + 1}"


def _write_tables(connection: duckdb.DuckDBPyConnection, registry: Registry, draft: Path) -> None:
    (draft / "csv").mkdir()
    for table in TABLES:
        write_parquet(connection, table, draft / "parquet")
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
) -> None:
    entries = dictionary(connection, registry)
    write_rows(draft / "dictionary.csv", *as_rows(entries))
    (draft / "verdicts").mkdir()
    for year in years:
        if year.judgement is not None:
            told = json.dumps(year.judgement, ensure_ascii=False, indent=1) + "\n"
            (draft / "verdicts" / f"{year.report_year}.json").write_text(told, encoding="utf-8")
    names = {code: indicator.name_zh for code, indicator in registry.indicators.items()}
    found = differences(connection, before=current is not None)
    texts = {
        "dictionary.md": as_markdown(entries, registry),
        "CHANGES.md": changes_page(release_id, current.name if current else None, years, found, names),
        "index.html": index_page(connection, registry, release_id, years),
        "CITATION.cff": citation(release_id, as_of),
        "datapackage.json": data_package(draft, release_id, as_of, entries),
        **read_me(connection, release_id, as_of),
    }
    for name, text in texts.items():
        (draft / name).write_text(text, encoding="utf-8")


def _content(folder: Path, years: Sequence[YearOutcome]) -> tuple[dict[str, str], list[tuple[object, ...]]]:
    hashes = {name: digest for name, digest in file_hashes(folder).items() if _is_content(name)}
    return hashes, [(year.report_year, year.maturity, year.verdict, year.stale_since) for year in years]


def _content_of_release(folder: Path) -> tuple[dict[str, str], list[tuple[object, ...]]]:
    hashes = {name: digest for name, digest in read_sums(folder).items() if _is_content(name)}
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        years = connection.execute(
            "select report_year, maturity, verdict, stale_since from dim_report_years order by report_year"
        ).fetchall()
    return hashes, years


def _is_content(name: str) -> bool:
    return name.startswith(CONTENT) and OF_THE_DAY not in name


def _finish(settings: Settings, current: Path | None, draft: Path, release_id: str) -> None:
    """Link what did not change, seal, check, make durable, rename, switch: the old release is whole until the last."""
    if current is not None:
        before = read_sums(current)
        for name, digest in file_hashes(draft).items():
            if name.startswith("parquet/") and before.get(name) == digest:
                (draft / name).unlink()
                (draft / name).hardlink_to(current / name)
    write_sums(draft)
    problems = verify(draft)
    if problems:
        raise PublicationError("the release does not hold together: " + "; ".join(problems[:5]))
    sync_tree(draft)
    releases = settings.publication / "releases"
    releases.mkdir(exist_ok=True)
    folder = draft.rename(releases / release_id)
    sync_folder(releases)
    switch_link(settings.publication / "current", folder)
