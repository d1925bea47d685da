"""Checks a finished release against what it says of itself: its checksums, its dictionary, its tables."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from orchestration.publication.package import SUMS, file_hashes, read_sums
from orchestration.publication.tables import NOT_AS_CSV, TABLES
from orchestration.publication.views import VIEWS

DATABASE = "ogi_reports.duckdb"
EXPECTED_FILES = (
    *("index.html", "dictionary.csv", "dictionary.md", "coverage.csv", "known_issues.csv", "corrections.csv"),
    *("exceptions.csv", "documents.csv", "CHANGES.md", "datapackage.json", "README.md", "README.zh.md"),
    *("CITATION.cff", DATABASE),
)


def verify(release: Path) -> list[str]:
    """What is wrong with a release folder, one sentence each; empty when it is as it was published."""
    if not (release / SUMS).is_file():
        return [f"{release} is no release: it has no {SUMS}"]
    said, found = read_sums(release), file_hashes(release)
    problems = [f"{name} is missing" for name in sorted(said.keys() - found.keys())]
    problems += [f"{name} is not in {SUMS}" for name in sorted(found.keys() - said.keys())]
    problems += [
        f"{name} has other bytes than published" for name in sorted(said) if found.get(name, said[name]) != said[name]
    ]
    problems += [f"{name} is missing" for name in EXPECTED_FILES if name not in said and name not in found]
    if not problems:
        problems += _dictionary_problems(release)
    return problems


def _dictionary_problems(release: Path) -> list[str]:
    with (release / "dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        described = {
            (row["table_name"], row["column_name"]): row for row in csv.DictReader(file) if row["kind"] == "column"
        }
    with duckdb.connect(str(release / DATABASE), read_only=True) as connection:
        rows = connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where database_name = current_database()"
        ).fetchall()
        counts = {
            table.name: connection.execute(f"select count(*) from {table.name}").fetchone()
            for table in TABLES
            if any(table.name == name for name, _, _ in rows)
        }
        problems = _parquet_problems(connection, release, counts)
    present = {(str(table), str(column)): str(kind) for table, column, kind in rows}
    tables = {table for table, _ in present}
    expected = {table.name for table in TABLES} | {view.name for view in VIEWS}
    problems += [f"{DATABASE} has no {name}" for name in sorted(expected - tables)]
    problems += [f"{DATABASE} has {name}, which the contract does not name" for name in sorted(tables - expected)]
    for key, kind in present.items():
        name = ".".join(key)
        if key not in described:
            problems.append(f"{name} is not in dictionary.csv")
        elif described[key]["data_type"] != kind:
            problems.append(f"{name} is {kind}, dictionary.csv says {described[key]['data_type']}")
    problems += [f"{'.'.join(key)} of dictionary.csv does not exist" for key in described.keys() - present.keys()]
    return problems


def _parquet_problems(
    connection: duckdb.DuckDBPyConnection, release: Path, counts: dict[str, tuple[int] | None]
) -> list[str]:
    problems = []
    for name, counted in counts.items():
        files = sorted(str(path) for path in (release / "parquet" / name).rglob("*.parquet"))
        rows = connection.execute("select count(*) from read_parquet(?)", [files]).fetchone() if files else (0,)
        if rows != counted:
            problems.append(f"parquet/{name} has {rows and rows[0]} rows, {DATABASE} has {counted and counted[0]}")
        if name not in NOT_AS_CSV and not (release / "csv" / f"{name}.csv").is_file():
            problems.append(f"csv/{name}.csv is missing")
    return problems
