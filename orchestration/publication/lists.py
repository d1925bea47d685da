"""The lists a release hands over beside its tables: coverage, known issues, corrections, exceptions, documents."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from orchestration import registry
from orchestration.publication.decide import YearOutcome
from orchestration.publication.tables import BOM, write_csv
from orchestration.reports.provenance import hashed
from orchestration.storage.files import write_draft

REGISTRY_TABLES = Path(registry.__file__).parent / "tables"

COVERAGE = """
    select c.report_year, y.maturity, c.agency_id, a.agency_name, a.agency_level, a.region_code,
           c.expected, c.received, c.extracted, c.published, c.quarantine_reason, c.days_late
    from aud_coverage as c
    left join dim_agencies as a using (agency_id)
    left join dim_report_years as y on y.report_year = c.report_year
    order by c.report_year, a.region_code, a.agency_name, c.agency_id
"""

DOCUMENTS = """
    select document_id, source_uri, source_file_name, report_year, agency_name, role, status, reason_code, reason_zh,
           reason_en, report_id
    from (
        select b.document_id, b.source_uri, regexp_extract(b.source_uri, '[^/]*$') as source_file_name, r.report_year,
               a.agency_name, b.role, 'published' as status, null as reason_code, null as reason_zh, null as reason_en,
               b.report_id
        from bridge_report_documents as b left join dim_reports as r using (report_id)
        left join dim_agencies as a using (agency_id)
        union all
        select document_id, source_uri, source_file_name, report_year, null, null, 'quarantined', reason_code,
               reason_zh, reason_en, null
        from aud_quarantine
        union all
        select b.document_id, b.source_uri, regexp_extract(b.source_uri, '[^/]*$'), r.report_year, null, null,
               'withheld', 'year_refused', '所属年度未通过审核，此文件的内容未发布。',
               'Its report year was refused; nothing of this file is published.', null
        from warehouse.marts.bridge_report_documents as b
        join warehouse.marts.dim_reports as r using (report_id)
        anti join bridge_report_documents as p on p.document_id = b.document_id and p.source_uri = b.source_uri
        anti join aud_quarantine as q on q.document_id = b.document_id and q.source_uri = b.source_uri
    )
    order by source_uri, document_id, report_id
"""

KNOWN_COLUMNS = (
    *("source", "report_year", "issue_code", "applies_to", "name", "count"),
    *("text_zh", "text_en"),
)
CORRECTION_KEY = ("agency_key", "report_year", "indicator_code", "applicant_type", "period_basis")
EXCEPTION_COLUMNS = ("rule_id", "report_year", "reason", "evidence", "by", "until", "state")


def write_lists(
    connection: duckdb.DuckDBPyConnection, years: Sequence[YearOutcome], folder: Path, current: Path | None
) -> None:
    """Write coverage.csv, documents.csv, known_issues.csv, corrections.csv and exceptions.csv into the release.

    The warehouse is attached as `warehouse`: a file of a refused year stands nowhere else, and is listed as withheld.
    `current` is the folder of the release before: a year that keeps its content keeps the corrections it was made with.
    """
    write_csv(connection, COVERAGE, folder / "coverage.csv")
    write_csv(connection, DOCUMENTS, folder / "documents.csv")
    write_rows(folder / "known_issues.csv", KNOWN_COLUMNS, _known_issues(connection, years))
    write_rows(folder / "corrections.csv", *_corrections(connection, years, current))
    write_rows(folder / "exceptions.csv", EXCEPTION_COLUMNS, _exceptions(years))


def write_rows(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV: UTF-8 with a byte order mark, None as nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    write_draft(path, BOM + text.getvalue().encode())


def caveats(year: YearOutcome) -> list[dict[str, object]]:
    """What a reader must know of the content that the release holds of a year: failed or excused rules."""
    judgement = year.judgement or {}
    told = judgement if year.from_warehouse else judgement.get("published") or {}
    return [
        rule
        for rule in told.get("expectations", [])
        if rule["outcome"] == "excused" or (rule["outcome"] == "failed" and rule["severity"] != "critical")
    ]


def _known_issues(connection: duckdb.DuckDBPyConnection, years: Sequence[YearOutcome]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for warning in registry_rows("usage_warnings"):
        rows.append(
            (
                "usage_warning",
                None,
                warning["warning_code"],
                warning["applies_to"],
                warning["name"],
                None,
                warning["text_zh"],
                warning["text_en"],
            )
        )
    for year in years:
        if year.outcome == "refused":
            zh = f"{year.reason_zh}{'沿用上次发布的内容。' if year.kept else '该年度未发布。'}"
            en = f"{year.reason_en} {'Older content stands in.' if year.kept else 'The year is not published.'}"
            rows.append(("gate", year.report_year, "year_refused", "year", str(year.report_year), None, zh, en))
        for rule in caveats(year):
            rows.append(
                (
                    "gate",
                    year.report_year,
                    rule["rule_id"],
                    "year",
                    rule["suite"],
                    rule["failing"],
                    f"{rule.get('told_zh') or rule['name_zh']} {rule['why_zh']}",
                    f"{rule.get('told_en') or rule['name_en']} {rule['why_en']}",
                )
            )
    quarantined = connection.execute(
        "select report_year, reason_code, count(*), min(reason_zh), min(reason_en) from aud_quarantine"
        " group by report_year, reason_code order by report_year nulls last, reason_code"
    ).fetchall()
    # The words of the code: what is said of one file does not hold for the others.
    words = {row["issue_code"]: (row["reason_zh"], row["reason_en"]) for row in registry_rows("issue_codes")}
    rows += [
        ("quarantine", year, code, "document", None, count, *words.get(code, told))
        for year, code, count, *told in quarantined
    ]
    rows += _exclusions_not_landed(connection)
    corrected = connection.execute(
        "select report_year, state, indicator_code, message_zh, message_en from aud_corrections"
        " order by report_year, agency_id, indicator_code, applicant_type, period_basis"
    ).fetchall()
    rows += [("correction", year, state, "indicator", code, None, zh, en) for year, state, code, zh, en in corrected]
    return rows


def _exclusions_not_landed(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """The exclusions that exclude nothing: no document with these bytes has come in."""
    excluded = connection.execute(
        "select distinct document_id from aud_quarantine where reason_code = 'document_excluded'"
    ).fetchall()
    return [
        (
            *("exclusion", None, "not_landed", "document", row["document_id"], None),
            "exclusions.csv 所列文件未收到：请核对其 SHA-256，或删除该行。",
            "No document that exclusions.csv names so has come in: check its SHA-256, or remove the row.",
        )
        for row in registry_rows("exclusions")
        if (row["document_id"],) not in excluded
    ]


def _corrections(
    connection: duckdb.DuckDBPyConnection, years: Sequence[YearOutcome], current: Path | None
) -> tuple[list[str], list[list[object]]]:
    """The corrections as published: how many values each one stands behind, derived ones too, its state, the agency.

    A row stands as the registry has it, but for years that keep older content: there it stands as it was applied to
    that content, also where the registry has dropped it, and a row that is new is `withheld`.
    """
    with (REGISTRY_TABLES / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        now = {_key(row): row for row in table}
        names = list(table.fieldnames or [])
    refused = {str(year.report_year) for year in years if year.outcome == "refused"}
    held = {str(year.report_year) for year in years if year.kept}
    applied = dict(
        connection.execute(
            """select one, count(*)
               from (select report_id, unnest(string_split(correction_id, ';')) as one from fct_observations) as named
               semi join dim_reports on named.report_id = dim_reports.report_id and dim_reports.is_current
               group by one"""
        ).fetchall()
    )
    states = {
        one: (state, name)
        for one, state, name in connection.execute(
            "select correction_id, state, agency_name from aud_corrections"
        ).fetchall()
    }
    for row in _rows_before(current):
        if row["report_year"] in held and hashed(*_key(row)) in applied:
            now[_key(row)] = row
    rows: list[list[object]] = []
    for key, row in now.items():
        correction = hashed(*key)
        state, agency = states.get(correction, (None, row["agency_key"]))
        if correction not in applied and row["report_year"] in refused:
            state = state if state and state != "applied" else "withheld"
        told = [row.get(name) for name in names]
        rows.append([*told, correction, applied.get(correction, 0), state, agency])
    return [*names, "correction_id", "applied_count", "state", "agency_name"], rows


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in CORRECTION_KEY)


def _rows_before(current: Path | None) -> list[dict[str, str]]:
    """The corrections as the release before tells them."""
    if current is None:
        return []
    with (current / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _exceptions(years: Sequence[YearOutcome]) -> list[tuple[object, ...]]:
    return [
        tuple(excuse[name] for name in EXCEPTION_COLUMNS)
        for year in years
        for excuse in (year.judgement or {}).get("exceptions", [])
    ]


def registry_rows(table: str) -> list[dict[str, str]]:
    """The rows of one CSV table of the registry, as text."""
    with (REGISTRY_TABLES / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
