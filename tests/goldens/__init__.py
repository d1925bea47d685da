"""What a person has read once in reports of our own: identity.csv, readings.csv and findings.csv, by document.

A golden is rewritten with `python -m tests.goldens`, and then read against the document before it is committed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.extractions.model import Extraction

FOLDER = Path(__file__).parent
SAMPLES = FOLDER.parents[1] / "orchestration" / "specimens" / "samples"
DOCUMENTS = {
    **{
        name: SAMPLES / name
        for name in ("2015/青岩乡.txt", "2015/双河镇.txt", "2017/松坪街道.txt", "2017/柳岸街道.txt")
    },
    **{path.name: path for path in sorted((FOLDER / "documents").glob("*"))},
}
"""The documents with goldens: some of the bundled samples, and those beside this module."""

IDENTITY = ("agency_name", "agency_name_as_printed", "region_code", "region_resolution", "report_year")
DATES = ("period_start", "period_end", "published_on", "signed_on", "document_number")
READING = ("source_kind", "indicator_code", "category", "applicant_type", "period_basis", "scope")
FIGURE = ("value", "unit", "value_status", "value_text", "unit_text", "line", "page", "issue_codes", "cell_id")

Row = dict[str, str]


def read_all(registry: Registry) -> dict[str, list[Row]]:
    """The three tables of goldens as the readers see the documents now."""
    tables: dict[str, list[Row]] = {"identity": [], "readings": [], "findings": []}
    for name, path in DOCUMENTS.items():
        extraction = extract(read(path.read_bytes(), path.name), registry)
        tables["identity"].append(_identity(name, extraction))
        tables["readings"] += [_row(name, reading, READING + FIGURE) for reading in extraction.readings]
        tables["findings"] += [
            _row(name, finding, ("rule_id", "severity", "indicator_code", "expected", "actual", "message_zh"))
            for finding in extraction.findings
        ]
    return tables


def committed() -> dict[str, list[Row]]:
    """The three tables as committed."""
    return {name: list(_rows(FOLDER / f"{name}.csv")) for name in ("identity", "readings", "findings")}


def rewrite(tables: Mapping[str, list[Row]]) -> None:
    """Write the tables beside this module."""
    for name, rows in tables.items():
        with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _identity(name: str, extraction: Extraction) -> Row:
    row = _row(name, extraction.identity, IDENTITY + DATES)
    return row | {"status": extraction.status} | _row(name, extraction, ("template_id", "template_variant"))


def _row(name: str, value: object, fields: Iterable[str]) -> Row:
    return {"document": name} | {field: _text(getattr(value, field)) for field in fields}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(str(part) for part in value)
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _rows(path: Path) -> Iterable[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
