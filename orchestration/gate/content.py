"""What a verdict is bound to: one hash over a year's rows of the report-keyed tables.

Shared dimensions are left out, so that a new year voids no other; so are the columns that publication fills in.
"""

from __future__ import annotations

import hashlib

import duckdb

from orchestration.gate.warehouse import FILLED_BY_PUBLICATION, YEAR_TABLES, columns_of, year_rows

FIELD_END = "chr(31)"
NULL_MARK = "chr(30)"
LOWER_HALF = "18446744073709551615::uhugeint"


def content_hash(connection: duckdb.DuckDBPyConnection, year: int) -> str:
    """The SHA-256 (64 hex digits) of the year's rows; `connection` has the warehouse as its default catalog.

    A row's text is its values as DuckDB prints them, each ended by a separator and null by a mark of its own. The MD5
    digests of the rows of a table are added up, the upper and the lower halves each, and hashed with their number: so
    neither the order of the rows nor the machine matters, and no row is sorted. Raises WarehouseError when a table is
    missing.
    """
    digest = hashlib.sha256()
    for table in YEAR_TABLES:
        judged = [name for name in columns_of(connection, table) if name not in FILLED_BY_PUBLICATION.get(table, ())]
        fields = ", ".join(f"coalesce(cast({name} as varchar), {NULL_MARK}), {FIELD_END}" for name in judged)
        counted = connection.execute(
            f"""
            select count(*), sum((row_hash >> 64)::hugeint), sum((row_hash & {LOWER_HALF})::hugeint)
            from (select md5_number(concat({fields}))::uhugeint as row_hash from ({year_rows(connection, table)}))
            """,
            {"year": year},
        ).fetchone()
        digest.update(f"{table}({','.join(judged)}) {counted}\n".encode())
    return digest.hexdigest()
