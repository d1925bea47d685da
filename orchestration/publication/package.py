"""What makes a folder a package: datapackage.json, checksums, the citation."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from orchestration.publication.dictionary import Entry
from orchestration.publication.lists import registry_rows
from orchestration.publication.tables import NOT_AS_CSV, TABLES, Table
from orchestration.storage.files import write_draft

SUMS = "SHA256SUMS"
CHUNK = 1 << 20
TITLE = "政府信息公开工作年度报告数据 · Open government information reports of China"
TYPES = {"VARCHAR": "string", "INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean"}
LISTS = (
    (
        "dictionary.csv",
        "数据字典：表、列、指标及其沿革、使用须知。",
        "Tables, columns, indicators, their history, warnings.",
    ),
    ("coverage.csv", "各机关各年度：应报、收到、发布。", "Every agency and year: expected, received, published."),
    ("known_issues.csv", "已知问题。", "Known issues."),
    ("corrections.csv", "更正及依据。", "Corrections with their evidence."),
    ("exceptions.csv", "豁免的规则。", "Rules that were excused."),
    ("documents.csv", "每个文件的去向。", "What became of every file."),
)
"""The lists beside the tables, and what they hold."""

NO_REFERENCES = {"aud_quarantine", "aud_corrections"}
"""A quarantined file may name a year that no other table has."""

REFERENCES = {
    "agency_id": "dim_agencies",
    "indicator_code": "dim_indicators",
    "template_id": "dim_templates",
    "report_id": "dim_reports",
    "report_year": "dim_report_years",
}


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def file_hashes(folder: Path, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """The SHA-256 of every file below a release folder but SHA256SUMS itself, by path relative to it, sorted.

    A file whose hash is `known` is not read again.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    names = [path.relative_to(folder).as_posix() for path in paths]
    return {name: (known or {}).get(name) or file_hash(path) for name, path in zip(names, paths, strict=True)}


def read_sums(folder: Path) -> dict[str, str]:
    """What SHA256SUMS of a release says, by relative path. Raises OSError when it is not there."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines if line)}


def write_sums(folder: Path, known: Mapping[str, str]) -> None:
    """Write SHA256SUMS, in the form that `sha256sum --check` reads; `known` are the hashes computed already."""
    lines = [f"{digest}  {name}\n" for name, digest in file_hashes(folder, known).items()]
    write_draft(folder / SUMS, "".join(lines).encode())


def data_package(
    folder: Path, release_id: str, as_of: date, entries: Sequence[Entry], hashes: Mapping[str, str]
) -> str:
    """datapackage.json: every CSV table with its schema, every Parquet table with its files; bytes and `hashes`."""
    columns: dict[str, list[Entry]] = {}
    titles = {entry.table_name: entry for entry in entries if entry.kind == "table"}
    for entry in entries:
        if entry.kind == "column":
            columns.setdefault(entry.table_name, []).append(entry)
    resources: list[dict[str, Any]] = []
    for table in TABLES:
        told = titles[table.name]
        described = {"title": table.name, "description": f"{told.description_zh} {told.description_en}".strip()}
        resources += _table_resources(folder, hashes, table, described, columns[table.name])
    for path, zh, en in LISTS:
        named = {"name": path.removesuffix(".csv").replace("_", "-"), "title": path, "description": f"{zh} {en}"}
        resources.append(_csv(folder, path, hashes, named, _untyped(folder / path)))
    package = {
        "profile": "data-package",
        "name": "ogi-reports",
        "id": f"ogi-reports-{release_id}",
        "title": TITLE,
        "version": release_id.removeprefix("v"),
        "created": f"{as_of.isoformat()}T00:00:00Z",
        "keywords": ["政府信息公开", "open government information", "China"],
        "licenses": [{"path": path, "title": title} for path, title in _licences()],
        "sources": [
            {"title": f"{row['publisher_zh']} {row['publisher_en']}", "path": row["address"]}
            for row in registry_rows("sources")
        ],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _table_resources(
    folder: Path,
    hashes: Mapping[str, str],
    table: Table,
    described: Mapping[str, str],
    columns: Sequence[Entry],
) -> Iterator[dict[str, Any]]:
    """A table as CSV, the same for people where there is one, and every file of its Parquet."""
    name = table.name.replace("_", "-")
    if table.name not in NOT_AS_CSV:
        schema = _schema(table.name, table.key, columns)
        yield _csv(folder, f"csv/{table.name}.csv", hashes, {"name": name, **described}, schema)
    if table.wide:
        path = f"csv/{table.name}.zh.csv"
        yield _csv(folder, path, hashes, {"name": f"{name}-zh", **described}, _untyped(folder / path))
    for part in sorted((folder / "parquet" / table.name).rglob("*.parquet")):
        year = part.parent.name.removeprefix("report_year=") if table.by_year else ""
        path = part.relative_to(folder).as_posix()
        yield {
            "name": "-".join(filter(None, [name, year, "parquet"])),
            **described,
            "type": "file",
            "profile": "data-resource",
            "path": path,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            **_bytes(part, hashes.get(path)),
        }


def _csv(
    folder: Path, path: str, hashes: Mapping[str, str], described: Mapping[str, str], schema: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        **described,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        **_bytes(folder / path, hashes.get(path)),
        "schema": schema,
    }


def _bytes(path: Path, known: str | None) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "hash": f"sha256:{known or file_hash(path)}"}


def _untyped(path: Path) -> dict[str, Any]:
    """The schema of a list or of a table for people: its columns, whatever they hold."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file))
    return {"fields": [{"name": name, "type": "any"} for name in names], "missingValues": [""]}


def _licences() -> list[tuple[str, str]]:
    """The licences of the sources, each once, with an address where it is told."""
    found: dict[str, tuple[str, str]] = {}
    for row in registry_rows("sources"):
        words = " ".join(dict.fromkeys([row["licence_zh"], row["licence_en"]]))
        found.setdefault(row["licence_en"], (row["address"], words))
    return list(found.values())


def _schema(table: str, key: Sequence[str], columns: Sequence[Entry]) -> dict[str, Any]:
    names = {column.column_name for column in columns}
    references = [
        {"fields": [name], "reference": {"resource": other.replace("_", "-"), "fields": [name]}}
        for name, other in REFERENCES.items()
        if name in names and other != table and table not in NO_REFERENCES
    ]
    return {
        "fields": [
            {
                "name": column.column_name,
                "type": TYPES.get(column.data_type, "date" if column.data_type == "DATE" else "string"),
                "title": column.name_zh or column.column_name,
                "description": f"{column.description_zh} {column.description_en}".strip(),
                **({"unit": column.unit} if column.unit else {}),
            }
            for column in columns
        ],
        "missingValues": [""],
        "primaryKey": list(key),
        "foreignKeys": references,
    }


def citation(release_id: str, as_of: date) -> str:
    """CITATION.cff for exactly this release."""
    return "\n".join(
        [
            "cff-version: 1.2.0",
            "message: Cite the release you used.",
            f'title: "{TITLE}"',
            "type: dataset",
            "authors:",
            '  - name: "ogi-reports"',
            f"version: {release_id}",
            f"date-released: {as_of.isoformat()}",
            "abstract: >-",
            "  Figures of the yearly open government information reports of Chinese agencies,",
            f"  made with ogi-reports {version('ogi-reports')}.",
            "",
        ]
    )
