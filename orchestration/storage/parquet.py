"""Parquet that is the same bytes for the same rows, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.storage.files import write_atomically

ROWS_PER_GROUP = 100_000


def write_table(path: Path, table: pa.Table) -> None:
    """Write a table atomically; no timestamp or machine goes into the file. Raises OSError."""
    sink = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), sink, compression="zstd", row_group_size=ROWS_PER_GROUP, store_schema=False)
    write_atomically(path, sink.getvalue().to_pybytes())


def read_table(path: Path, schema: pa.Schema) -> pa.Table:
    """The table in a file; empty where there is no file or one of another schema (an older layout of the rows)."""
    if not path.exists():
        return schema.empty_table()
    table = pq.read_table(path, partitioning=None)
    return table if table.schema.equals(schema) else schema.empty_table()


def write_if_absent(path: Path, schema: pa.Schema) -> None:
    """Write an empty table where no file with this schema stands."""
    if not path.exists() or not pq.read_schema(path).equals(schema):
        write_table(path, schema.empty_table())
