"""Builds the database of a release: judged years from the warehouse, the others from the release before."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from orchestration.gate.warehouse import FILLED_BY_PUBLICATION
from orchestration.publication.decide import YearOutcome
from orchestration.publication.tables import TABLES, Table, quoted
from orchestration.publication.views import create_views

YEAR_COLUMNS = "report_year integer, maturity varchar, verdict varchar, judged_as_of date, stale_since date"


def assemble(connection: duckdb.DuckDBPyConnection, years: Sequence[YearOutcome], before: bool) -> None:
    """Create every table and view of the release in the default catalog of `connection`.

    The warehouse is attached as `warehouse`, and the release before as `before` where there is one.
    """
    taken = [year.report_year for year in years if year.from_warehouse]
    kept = [year.report_year for year in years if year.kept] if before else []
    for table in sorted(TABLES, key=lambda table: table.name != "dim_reports"):
        if table.by_year:
            _create_fact_table(connection, table, years, before)
        elif table.holds == "year":
            _create_year_table(connection, table, taken, kept)
        elif table.holds == "shared":
            _create_shared_table(connection, table, bool(kept), years if before else ())
        elif table.holds == "audit":
            _create_audit_table(connection, table, taken, kept)
        else:
            _create_years(connection, years)
        _copy_comments(connection, table)
    connection.execute(
        """update aud_coverage set published = exists (
               select 1 from dim_reports as r
               where r.agency_id = aud_coverage.agency_id and r.report_year = aud_coverage.report_year and r.is_current
           )"""
    )
    create_views(connection)


def _create_year_table(connection: duckdb.DuckDBPyConnection, table: Table, taken: list[int], kept: list[int]) -> None:
    source = f"warehouse.{table.schema}.{table.name}"
    parts = [f"select * from {source} where {_of_years(connection, source, 'warehouse.marts.dim_reports', taken)}"]
    if kept and _is_held(connection, table):
        old = f"before.main.{table.name}"
        shared = _shared_columns(connection, table, source, old)
        condition = _of_years(connection, old, "before.main.dim_reports", kept)
        parts.append(f"select {shared} from {old} where {condition}")
    connection.execute(
        f"create table {table.name} as select * from ({' union all by name '.join(parts)}) order by {table.order}"
    )


def _create_fact_table(
    connection: duckdb.DuckDBPyConnection, table: Table, years: Sequence[YearOutcome], before: bool
) -> None:
    """A fact year by year, so that only new content is put in order: what the release before holds is in order."""
    source, old = f"warehouse.{table.schema}.{table.name}", f"before.main.{table.name}"
    connection.execute(f"create table {table.name} as select * from {source} limit 0")
    for year in years:
        of_year = f"where report_year = {year.report_year}"
        if before and (year.kept or year.outcome == "unchanged"):
            shared = _shared_columns(connection, table, source, old)
            connection.execute(f"insert into {table.name} by name select {shared} from {old} {of_year}")
        elif year.from_warehouse:
            connection.execute(
                f"insert into {table.name} by name select * from {source} {of_year} order by {table.order}"
            )


def _create_shared_table(
    connection: duckdb.DuckDBPyConnection, table: Table, kept: bool, years: Sequence[YearOutcome]
) -> None:
    """A dimension as the warehouse has it, except for what a refused year alone may have changed.

    `years` are the outcomes where there is a release before, `kept` says whether one of them keeps older content.
    """
    source, key = f"warehouse.{table.schema}.{table.name}", table.key[0]
    held = _held_agencies(years) if key == "agency_id" and years else f"select {key} from {source} where false"
    parts = [f"select * from {source} where {key} not in ({held})"]
    if years:
        old = f"before.main.{table.name}"
        shared = _shared_columns(connection, table, source, old)
        parts.append(f"select {shared} from {old} where {key} in ({held})")
        if kept:
            # Of an agency or a division that the warehouse knows, its periods alone hold; older ones would overlap.
            parts.append(f"select {shared} from {old} anti join {source} using ({key}) where {key} not in ({held})")
    connection.execute(
        f"create table {table.name} as select * from ({' union all by name '.join(parts)}) order by {table.order}"
    )


def _held_agencies(years: Sequence[YearOutcome]) -> str:
    """A query of the agencies that stay as the release before names them.

    They have a report in a refused year and none in a year with new content: whatever the warehouse says otherwise of
    their names, divisions and periods was not judged fit. An agency that the release did not know is not among them.
    """
    refused = _listed([year.report_year for year in years if year.outcome == "refused"])
    kept = _listed([year.report_year for year in years if year.kept])
    new = _listed([year.report_year for year in years if year.outcome == "published"])
    return (
        f"(select agency_id from warehouse.marts.dim_reports where report_year in ({refused})"
        f" union select agency_id from before.main.dim_reports where report_year in ({kept}))"
        f" except (select agency_id from warehouse.marts.dim_reports where report_year in ({new})"
        " union select agency_id from warehouse.marts.dim_agencies"
        " where agency_id not in (select agency_id from before.main.dim_agencies))"
    )


def _create_audit_table(connection: duckdb.DuckDBPyConnection, table: Table, taken: list[int], kept: list[int]) -> None:
    """What the warehouse knows now, except that a year with older content keeps the rows that went with it.

    A correction that the warehouse has applied to content which is not published is not told.
    """
    source = f"warehouse.{table.schema}.{table.name}"
    told = f"state <> 'applied' or report_year in ({_listed(taken)})" if table.name == "aud_corrections" else "true"
    parts = [f"select *, 1 as age from {source} where {told}"]
    if kept and _is_held(connection, table):
        old = f"before.main.{table.name}"
        shared = _shared_columns(connection, table, source, old)
        parts.append(f"select {shared}, 0 as age from {old} where report_year in ({_listed(kept)})")
    filled = FILLED_BY_PUBLICATION.get(table.name, ())
    replaced = f" replace ({', '.join(f'cast(null as boolean) as {name}' for name in filled)})" if filled else ""
    connection.execute(
        f"""create table {table.name} as
            select * exclude (age){replaced} from ({" union all by name ".join(parts)})
            qualify row_number() over (partition by {table.order} order by age) = 1
            order by {table.order}"""
    )


def _create_years(connection: duckdb.DuckDBPyConnection, years: Sequence[YearOutcome]) -> None:
    connection.execute(f"create table dim_report_years ({YEAR_COLUMNS})")
    for year in years:
        connection.execute(
            "insert into dim_report_years values (?, ?, ?, ?, ?)",
            [year.report_year, year.maturity, year.verdict, year.judged_as_of, year.stale_since],
        )


def _of_years(connection: duckdb.DuckDBPyConnection, place: str, reports: str, years: list[int]) -> str:
    if "report_year" in _columns(connection, place):
        return f"report_year in ({_listed(years)})"
    return f"report_id in (select report_id from {reports} where report_year in ({_listed(years)}))"


def _listed(years: list[int]) -> str:
    return ", ".join(map(str, years)) or "null"


def _is_held(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Whether the release before has the table: one made by an older program may not."""
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = 'before' and table_name = ?", [table.name]
    ).fetchone()
    return found is not None


def _shared_columns(connection: duckdb.DuckDBPyConnection, table: Table, source: str, old: str) -> str:
    had = _columns(connection, old)
    return ", ".join(f'"{name}"' for name in _columns(connection, source) if name in had)


def _columns(connection: duckdb.DuckDBPyConnection, place: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"describe {place}").fetchall()]


def _copy_comments(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Give the table the descriptions that its model has in the warehouse."""
    place = ["warehouse", table.schema, table.name]
    told = connection.execute(
        "select comment from duckdb_tables() where database_name = ? and schema_name = ? and table_name = ?", place
    ).fetchone()
    if told and told[0]:
        connection.execute(f"comment on table {table.name} is {quoted(told[0])}")
    for name, words in connection.execute(
        "select column_name, comment from duckdb_columns()"
        " where database_name = ? and schema_name = ? and table_name = ? and comment is not null",
        place,
    ).fetchall():
        connection.execute(f'comment on column {table.name}."{name}" is {quoted(words)}')
