"""Reading the warehouse: opening it beside a writer, and which of its rows belong to a report year.

Nothing here writes to the warehouse.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

WAIT_SECONDS = 120.0
PAUSE_SECONDS = 0.2

LIMITS = {"memory_limit": "512MB", "threads": "2"}
"""What a query may take here: a year of a million readings is judged within it, and beyond it spills to disk."""

YEAR_TABLES: dict[str, str] = {
    "dim_reports": "marts",
    "bridge_report_documents": "marts",
    "fct_readings": "marts",
    "fct_observations": "marts",
    "fct_findings": "marts",
    "fct_proactive_disclosures": "marts",
    "fct_interpretation_responses": "marts",
    "fct_requests": "marts",
    "fct_reviews_litigation": "marts",
    "fct_capacity": "marts",
    "aud_coverage": "audit",
    "aud_quarantine": "audit",
    "aud_corrections": "audit",
    "aud_revisions": "audit",
}
"""The report-keyed tables, whose rows belong to one report year, and their schemas."""

FILLED_BY_PUBLICATION: dict[str, tuple[str, ...]] = {"aud_coverage": ("published",)}
"""Columns that only verdicts know; they are no part of what is judged."""


class WarehouseError(Exception):
    """The warehouse is missing, busy for too long, or lacks a table; the message says what to do."""


def attach_warehouse(
    connection: duckdb.DuckDBPyConnection, path: Path, alias: str = "warehouse", wait_seconds: float = WAIT_SECONDS
) -> None:
    """Attach the warehouse read-only as `alias`, waiting for a process that writes it to finish.

    Raises WarehouseError when there is no such file, or when it is still being written after `wait_seconds`.
    """
    if not path.is_file():
        raise WarehouseError(f"{path} does not exist; build the warehouse with dbt first")
    place = str(path).replace("'", "''")
    patience = time.monotonic() + wait_seconds
    while True:
        try:
            connection.execute(f"attach '{place}' as {alias} (read_only)")
            return
        except duckdb.IOException as problem:
            if "lock" not in str(problem):
                raise WarehouseError(f"{path} cannot be opened: {problem}") from problem
            if time.monotonic() >= patience:
                raise WarehouseError(
                    f"{path} was still being written after {wait_seconds:.0f} s; end the other process or wait for it"
                ) from problem
        time.sleep(PAUSE_SECONDS)


@contextmanager
def open_warehouse(path: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose default catalog is the warehouse, read-only; closed on leaving. Raises WarehouseError."""
    with tempfile.TemporaryDirectory(prefix="ogi-gate-") as spilled:
        connection = duckdb.connect(config={**LIMITS, "temp_directory": spilled})
        try:
            attach_warehouse(connection, path, wait_seconds=wait_seconds)
            connection.execute("use warehouse")
            connection.execute("set enable_progress_bar = false")
            yield connection
        finally:
            connection.close()


def columns_of(connection: duckdb.DuckDBPyConnection, table: str, schema: str | None = None) -> tuple[str, ...]:
    """The columns of a table of the current catalog, in their order. Raises WarehouseError when it does not exist."""
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = current_database()"
        " and table_name = ? and schema_name = ? order by column_index",
        [table, schema or YEAR_TABLES.get(table, "marts")],
    ).fetchall()
    if not found:
        raise WarehouseError(f"the warehouse has no table {table}; build it with dbt first")
    return tuple(str(name) for (name,) in found)


def year_rows(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """A query of the rows of a report-keyed table that belong to the year bound as `$year`."""
    place = f"{YEAR_TABLES[table]}.{table}"
    if "report_year" in columns_of(connection, table):
        return f"select * from {place} where report_year = $year"
    return (
        f"select * from {place} where report_id in (select report_id from marts.dim_reports where report_year = $year)"
    )
