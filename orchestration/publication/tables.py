"""The tables of a release: which they are, what names a row, and how they are written as Parquet and CSV.

The same rows give the same bytes: every file is written in key order by one thread, without a time of writing. Facts
lie in key order already.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

BOM = b"\xef\xbb\xbf"
"""A byte order mark, without which spreadsheet programs take UTF-8 Chinese for another encoding."""

LIST_MARK = ";"
KEY_ENDINGS = ("_id", "_code")
ROWS_PER_GROUP = 122_880


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the contract: its schema in the warehouse, the columns that name a row, and whose rows they are.

    `holds`: shared (dimensions of all years), year (rows of one report year), audit (rows of one report year, or of
    none, kept also for years that are not published), years (one row per report year, filled by publication).
    """

    name: str
    schema: str
    key: tuple[str, ...]
    holds: Literal["shared", "year", "audit", "years"]
    wide: bool = False

    @property
    def order(self) -> str:
        """The columns of the key, for ORDER BY."""
        return ", ".join(self.key)

    @property
    def by_year(self) -> bool:
        """Whether its Parquet is partitioned by report year."""
        return self.name.startswith("fct_")


@dataclass(frozen=True, slots=True)
class View:
    """A view, its description in both languages (the first sentence is the grain), and its query.

    `columns` describes, in both languages, the columns that no table has.
    """

    name: str
    zh: str
    en: str
    query: str
    columns: dict[str, tuple[str, str]]


TABLES: tuple[Table, ...] = (
    Table("dim_agencies", "marts", ("agency_id",), "shared"),
    Table("dim_agency_versions", "marts", ("agency_id", "valid_from"), "shared"),
    Table("dim_regions", "marts", ("region_code", "valid_from"), "shared"),
    Table("dim_indicators", "marts", ("indicator_code",), "shared"),
    Table("dim_templates", "marts", ("template_id",), "shared"),
    Table("dim_report_years", "marts", ("report_year",), "years"),
    Table("dim_reports", "marts", ("report_id",), "year"),
    Table("bridge_report_documents", "marts", ("report_id", "document_id", "source_uri"), "year"),
    Table("fct_readings", "marts", ("report_year", "reading_id"), "year"),
    Table(
        "fct_observations",
        "marts",
        ("report_year", "report_id", "indicator_code", "applicant_type", "period_basis"),
        "year",
    ),
    Table("fct_findings", "marts", ("report_year", "finding_id"), "year"),
    Table("fct_proactive_disclosures", "marts", ("report_year", "report_id"), "year", wide=True),
    Table("fct_interpretation_responses", "marts", ("report_year", "report_id"), "year", wide=True),
    Table("fct_requests", "marts", ("report_year", "report_id", "applicant_type"), "year", wide=True),
    Table("fct_reviews_litigation", "marts", ("report_year", "report_id"), "year", wide=True),
    Table("fct_capacity", "marts", ("report_year", "report_id"), "year", wide=True),
    Table("aud_coverage", "audit", ("report_year", "agency_id"), "audit"),
    Table("aud_quarantine", "audit", ("document_id", "source_uri"), "audit"),
    Table("aud_corrections", "audit", ("correction_id",), "audit"),
    Table(
        "aud_revisions",
        "audit",
        ("report_id", "superseded_report_id", "indicator_code", "applicant_type", "period_basis"),
        "year",
    ),
)

NOT_AS_CSV = {"fct_readings"}


def columns(connection: duckdb.DuckDBPyConnection, table: str) -> Mapping[str, str]:
    """The columns of a table or view of the release and their DuckDB types, in order; empty when there is none."""
    rows = connection.execute(
        "select column_name, data_type from duckdb_columns()"
        " where database_name = current_database() and schema_name = 'main' and table_name = ? order by column_index",
        [table],
    ).fetchall()
    return {str(name): str(kind) for name, kind in rows}


def quoted(words: str) -> str:
    """A text as an SQL literal, for the statements that take no parameters."""
    return "'" + words.replace("'", "''") + "'"


def write_parquet(
    connection: duckdb.DuckDBPyConnection, table: Table, folder: Path, years: Mapping[int, Path | None]
) -> None:
    """Write one table below `folder`/<table>/: facts as report_year=YYYY/part-0.parquet, the others as one file.

    `years` are the report years of the facts, each with the release whose file of it has the same rows, which is then
    linked, or None. A partition's files leave report_year out, as readers of partitioned Parquet expect it from the
    folder name.
    """
    place = folder / table.name
    if not table.by_year:
        place.mkdir(parents=True)
        _copy(connection, f"select * from {table.name} order by {table.order}", place / f"{table.name}.parquet")
        return
    for year, release in years.items():
        part = place / f"report_year={year}" / "part-0.parquet"
        part.parent.mkdir(parents=True)
        same = release / "parquet" / table.name / part.parent.name / part.name if release else None
        if same and same.is_file():
            part.hardlink_to(same)
        else:
            _copy(connection, f"select * exclude (report_year) from {table.name} where report_year = {year}", part)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    connection.execute(
        f"copy ({query}) to {quoted(str(path))} (format parquet, compression zstd, row_group_size {ROWS_PER_GROUP})"
    )


def write_csv(
    connection: duckdb.DuckDBPyConnection, query: str, path: Path, headers: Mapping[str, str] | None = None
) -> None:
    """Write the rows of a query as CSV: UTF-8 with a byte order mark, lists joined by `;`, null as nothing.

    Whole numbers are written without decimals. Keys and codes are quoted, so that a spreadsheet program told to keep
    quoted fields as text does not take one for a number. `headers` replaces column names by captions.
    """
    described = connection.execute(f"describe {query}").fetchall()
    captions = headers or {}
    fields = ", ".join(
        f'{_as_text(str(name), str(kind))} as "{captions.get(str(name), str(name))}"' for name, kind, *_ in described
    )
    keys = [str(name) for name, *_ in described if str(name).endswith(KEY_ENDINGS)]
    kept = ", ".join(f'"{captions.get(name, name)}"' for name in keys)
    options = f"format csv, header, force_quote ({kept})" if keys else "format csv, header"
    body = path.with_suffix(".part")
    connection.execute(f"copy (select {fields} from ({query})) to {quoted(str(body))} ({options})")
    with path.open("wb") as file, body.open("rb") as rows:
        file.write(BOM)
        shutil.copyfileobj(rows, file)
    body.unlink()


def write_table_csv(
    connection: duckdb.DuckDBPyConnection, table: Table, folder: Path, headers: Mapping[str, str]
) -> None:
    """Write csv/<table>.csv, and for a wide fact <table>.zh.csv with agency and region before and Chinese captions."""
    if table.name in NOT_AS_CSV:
        return
    order = "" if table.by_year else f"order by {table.order}"
    write_csv(connection, f"select * from {table.name} {order}", folder / f"{table.name}.csv")
    if table.wide:
        order = ", ".join(f"t.{name}" for name in table.key)
        query = f"""
            select r.agency_name, r.province_name, r.prefecture_name, r.county_name, t.*
            from {table.name} as t left join report_places as r using (report_id) order by {order}"""
        write_csv(connection, query, folder / f"{table.name}.zh.csv", headers)


def _as_text(name: str, kind: str) -> str:
    if kind.endswith("[]"):
        return f"nullif(array_to_string(\"{name}\", '{LIST_MARK}'), '')"
    if kind in {"DOUBLE", "FLOAT"}:
        whole = f'"{name}" = trunc("{name}") and abs("{name}") < 1e15'
        return f'case when {whole} then cast(cast("{name}" as bigint) as varchar) else cast("{name}" as varchar) end'
    return f'cast("{name}" as varchar)'
