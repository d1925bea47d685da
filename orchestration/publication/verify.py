"""Checks a finished release against what it says of itself: its checksums, its dictionary, its tables."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import duckdb

from orchestration.publication.package import SUMS, file_hashes, read_sums
from orchestration.publication.tables import NOT_AS_CSV, TABLES
from orchestration.publication.views import VIEWS

DATABASE = "ogi_reports.duckdb"
HREF = re.compile(r'href="([^"#]+)"')
EXPECTED_FILES = (
    *("index.html", "dictionary.csv", "dictionary.md", "coverage.csv", "known_issues.csv", "corrections.csv"),
    *("exceptions.csv", "documents.csv", "CHANGES.md", "datapackage.json", "README.md", "README.zh.md"),
    *("CITATION.cff", DATABASE),
)


def verify(release: Path) -> list[str]:
    """What is wrong with a release folder, one sentence each; empty when it is as it was published.

    It is held to what it says of itself, so that an old release stays sound under a newer program.
    """
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
        problems += _link_problems(release)
    return problems


def lacks(release: Path) -> list[str]:
    """What a release made by this program has to hold and does not, one sentence each."""
    expected = {table.name for table in TABLES} | {view.name for view in VIEWS}
    with duckdb.connect(str(release / DATABASE), read_only=True) as connection:
        present = {name for name, _ in _columns(connection)}
    problems = [f"{DATABASE} has no {name}" for name in sorted(expected - present)]
    problems += [f"{DATABASE} has {name}, which the contract does not name" for name in sorted(present - expected)]
    captioned = [f"csv/{table.name}.zh.csv" for table in TABLES if table.wide]
    return problems + [f"{name} is missing" for name in captioned if not (release / name).is_file()]


def _dictionary_problems(release: Path) -> list[str]:
    with (release / "dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        entries = list(csv.DictReader(file))
    described = {(row["table_name"], row["column_name"]): row for row in entries if row["kind"] == "column"}
    tables = [row["table_name"] for row in entries if row["kind"] == "table"]
    with duckdb.connect(str(release / DATABASE), read_only=True) as connection:
        present = _columns(connection)
        names = {name for name, _ in present}
        problems = [f"{DATABASE} has no {name}" for name in tables if name not in names]
        problems += _table_problems(connection, release, [name for name in tables if name in names])
        years = connection.execute("select report_year from dim_report_years where verdict is not null").fetchall()
    for key, kind in present.items():
        name = ".".join(key)
        if key not in described:
            problems.append(f"{name} is not in dictionary.csv")
        elif described[key]["data_type"] != kind:
            problems.append(f"{name} is {kind}, dictionary.csv says {described[key]['data_type']}")
    problems += [f"{'.'.join(key)} of dictionary.csv does not exist" for key in described.keys() - present.keys()]
    verdicts = [f"verdicts/{year}.json" for (year,) in years]
    return problems + [f"{name} is missing" for name in verdicts if not (release / name).is_file()]


def _table_problems(connection: duckdb.DuckDBPyConnection, release: Path, tables: list[str]) -> list[str]:
    """Tables that have another number of rows as Parquet, or are no CSV."""
    problems = []
    for name in tables:
        counted = connection.execute(f"select count(*) from {name}").fetchone()
        files = sorted(str(path) for path in (release / "parquet" / name).rglob("*.parquet"))
        rows = connection.execute("select count(*) from read_parquet(?)", [files]).fetchone() if files else (0,)
        if rows != counted:
            problems.append(f"parquet/{name} has {rows and rows[0]} rows, {DATABASE} has {counted and counted[0]}")
        if name not in NOT_AS_CSV and not (release / "csv" / f"{name}.csv").is_file():
            problems.append(f"csv/{name}.csv is missing")
    return problems


def _link_problems(release: Path) -> list[str]:
    """Addresses in index.html and datapackage.json that lead nowhere."""
    page = (release / "index.html").read_text(encoding="utf-8")
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    links = [*HREF.findall(page), *(resource["path"] for resource in package["resources"])]
    return [f"{link} is linked and does not exist" for link in dict.fromkeys(links) if not (release / link).exists()]


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """The types of every column of the database's tables and views, by table and column."""
    rows = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() where database_name = current_database()"
    ).fetchall()
    return {(str(table), str(column)): str(kind) for table, column, kind in rows}
