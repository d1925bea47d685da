"""Hand-made extractions, and the warehouse that dbt makes of them. No expectation stands here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.registry.load import load
from orchestration.reports.provenance import agency_id, hashed, report_id
from orchestration.storage.reasons import reason_words
from orchestration.storage.schemas import DOCUMENTS, FINDINGS, READINGS, REPORTS

SCHEMAS = {"documents": DOCUMENTS, "reports": REPORTS, "readings": READINGS, "findings": FINDINGS}

Row = dict[str, Any]


@dataclass
class Extractions:
    """Rows of extractions/ as storage would write them; every method returns the id of what it adds."""

    documents: list[Row] = field(default_factory=list)
    reports: list[Row] = field(default_factory=list)
    readings: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)

    def document(self, uri: str, **given: Any) -> str:
        """A file; its id is the hash of its `uri` unless `document_id` says otherwise."""
        document = given.pop("document_id", None) or hashlib.sha256(uri.encode()).hexdigest()
        row: Row = {"document_id": document, "source_uri": uri, "source_file_name": Path(uri).name, "byte_size": 1}
        row |= {"media_type": "text/plain", "status": "complete"} | given
        if row.get("reason_code") and "reason_zh" not in row:
            row["reason_zh"], row["reason_en"] = reason_words({"reason_detail": None} | row, load())
        self.documents.append(row)
        return document

    def report(self, key: str, year: int, uri: str | None = None, **given: Any) -> str:
        """A report of the agency with this natural key, with its file; a township with the 2014 table by default."""
        document = self.document(uri or f"{key}-{year}.txt", report_year=year)
        report = report_id(agency_id(key), year, document)
        self.documents[-1] |= {"report_id": report, "agency_id": agency_id(key)}
        defaults: Row = {
            "agency_name": key,
            "agency_name_as_printed": key,
            "agency_level": "township",
            "region_resolution": "exact",
            "template_id": "national_2014",
            "media_type": "text/plain",
            "status": "complete",
            "extractor_version": "0",
            "issue_codes": [],
        }
        ids = {"report_id": report, "agency_id": agency_id(key), "report_year": year, "document_id": document}
        self.reports.append(defaults | ids | given)
        return report

    def reading(self, report: str, indicator: str | None, value: float | None, **given: Any) -> str:
        """A figure of a report, printed in its table by default and after all figures added before."""
        of = next(row for row in self.reports if row["report_id"] == report)
        place = len(self.readings) * 10
        reading = hashed(report, place)
        status = "blank" if value is None else "reported_zero" if value == 0 else "reported"
        defaults: Row = {
            "source_kind": "table",
            "applicant_type": "total",
            "period_basis": "year",
            "scope": "own",
            "value_status": status,
            "value_text": None if value is None else f"{value:g}",
            "recognition": "text",
            "issue_codes": [],
            "line": place,
            "char_start": place,
            "char_end": place + 1,
        }
        ids = {"reading_id": reading, "report_id": report, "indicator_code": indicator, "value": value}
        belongs = {"document_id": of["document_id"], "report_year": of["report_year"]}
        self.readings.append(defaults | ids | belongs | given)
        return reading

    def prose(self, report: str, indicator: str, value: float | None, **given: Any) -> str:
        """The same, in the text of the report."""
        return self.reading(report, indicator, value, source_kind="narrative", **given)

    def finding(self, report: str, rule: str, readings: list[str], severity: str = "error") -> str:
        """A finding of a rule on some readings of a report."""
        of = next(row for row in self.reports if row["report_id"] == report)
        finding = hashed(report, rule, *readings)
        self.findings.append(
            {
                "finding_id": finding,
                "report_id": report,
                "report_year": of["report_year"],
                "rule_id": rule,
                "severity": severity,
                "message_zh": "不符。",
                "message_en": "It does not fit.",
                "reading_ids": readings,
            }
        )
        return finding

    def write(self, data_root: Path) -> None:
        """Write them under a data root, one folder per report year, and the empty files beside the documents."""
        folder = data_root / "extractions" / "documents"
        folder.mkdir(parents=True)
        for name, schema in SCHEMAS.items():
            rows = self.documents if name == "documents" else []
            pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / f"{name}.parquet")
        for year in sorted({row["report_year"] for row in self.reports}):
            folder = data_root / "extractions" / f"report_year={year}"
            folder.mkdir()
            for name in ("reports", "readings", "findings"):
                rows = [row for row in getattr(self, name) if row["report_year"] == year]
                pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMAS[name]), folder / f"{name}.parquet")


@dataclass(frozen=True)
class Built:
    """A dbt run that has ended: its exit status and what it printed, and the warehouse it wrote."""

    status: int
    printed: str
    warehouse: Path

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query of the warehouse."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(query, list(values)).fetchall()

    def one(self, query: str, *values: Any) -> tuple[Any, ...]:
        """The one row of a query; fails on none or several."""
        (row,) = self.rows(query, *values)
        return row
