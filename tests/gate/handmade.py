"""A small warehouse made by hand: the tables of the contract with two sound years of fictional agencies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from orchestration.settings import Settings
from orchestration.storage.layout import LAYOUT_VERSION

YEARS = (2017, 2018)
AS_OF = date(2020, 1, 15)

COLUMNS = {
    "marts.dim_agencies": "agency_id text, agency_name text, agency_level text, region_code text,"
    " parent_agency_id text",
    "marts.dim_agency_versions": "agency_id text, agency_name text, region_code text, valid_from int, valid_until int",
    "marts.dim_regions": "region_code text, region_name text, region_level text, parent_region_code text,"
    " province_name text, prefecture_name text, county_name text, valid_from int, valid_until int",
    "marts.dim_indicators": "indicator_code text, name_zh text, name_en text, definition_zh text, unit text,"
    " measure_group text, aggregation text, parent_indicator_code text",
    "marts.dim_report_years": "report_year int, maturity text, verdict text, judged_as_of date, stale_since date",
    "marts.dim_templates": "template_id text, title_zh text, issuing_document text, first_report_year int,"
    " last_report_year int",
    "marts.dim_reports": "report_id text, agency_id text, agency_name_as_printed text, report_year int,"
    " template_id text, template_variant text, document_id text, source_file_name text, source_uri text,"
    " media_type text, title text, document_number text, period_start date, period_end date, published_on date,"
    " signed_on date, due_on date, timeliness text, region_resolution text, is_current boolean, status text,"
    " extractor_version text",
    "marts.bridge_report_documents": "report_id text, document_id text, source_uri text, role text",
    "marts.fct_readings": "reading_id text, report_id text, document_id text, report_year int, source_kind text,"
    " indicator_code text, category text, applicant_type text, period_basis text, scope text, value double, unit text,"
    " value_status text, value_text text, unit_text text, label_text text, snippet text, recognition text,"
    " issue_codes text[], page int, bbox_x0 double, bbox_y0 double, bbox_x1 double, bbox_y1 double, line int,"
    " char_start int, char_end int, table_no int, row_no int, column_no int",
    "marts.fct_observations": "report_id text, agency_id text, report_year int, template_id text, indicator_code text,"
    " applicant_type text, period_basis text, value double, unit text, value_status text, source_kind text,"
    " has_conflict boolean, comparability text, reading_id text, input_reading_ids text[], correction_id text",
    "marts.fct_findings": "finding_id text, report_id text, report_year int, rule_id text, severity text,"
    " indicator_code text, expected text, actual text, message_zh text, message_en text, reading_ids text[]",
    "marts.fct_proactive_disclosures": "report_id text, agency_id text, report_year int, proactive_info_count double,"
    " corrected_indicators text",
    "marts.fct_interpretation_responses": "report_id text, agency_id text, report_year int, corrected_indicators text",
    "marts.fct_requests": "report_id text, agency_id text, report_year int, applicant_type text,"
    " requests_received_count double, corrected_indicators text",
    "marts.fct_reviews_litigation": "report_id text, agency_id text, report_year int, corrected_indicators text",
    "marts.fct_capacity": "report_id text, agency_id text, report_year int, special_budget_amount double,"
    " corrected_indicators text",
    "audit.aud_coverage": "agency_id text, report_year int, expected boolean, received boolean, extracted boolean,"
    " published boolean, quarantine_reason text, days_late int",
    "audit.aud_quarantine": "document_id text, source_uri text, source_file_name text, report_year int, stage text,"
    " reason_code text, reason_zh text, reason_en text",
    "audit.aud_corrections": "correction_id text, agency_id text, agency_name text, report_year int, report_id text,"
    " indicator_code text, applicant_type text, period_basis text, action text, expected_value double,"
    " found_value double, value double, state text, message_zh text, message_en text, reason_zh text, evidence text,"
    " corrected_by text, corrected_on date",
    "audit.aud_revisions": "report_id text, superseded_report_id text, agency_id text, report_year int,"
    " indicator_code text, applicant_type text, period_basis text, unit text, value_before double, value_after double,"
    " value_status_before text, value_status_after text, reading_id_before text, reading_id_after text, change text,"
    " correction_id_after text",
}

AGENCIES = ("白石县石桥镇人民政府", "白石县青坪乡人民政府", "临溪区柳河街道办事处")
FIGURES = (
    ("proactive_info_count", "条", "主动公开政府信息数", 120.0),
    ("requests_received_count", "件", "收到申请数", 0.0),
    ("special_budget_amount", "万元", "工作经费", 2.5),
)


def report_id(agency: int, year: int) -> str:
    """The id of an agency's report of a year."""
    return f"r{agency}y{year}"


def build(path: Path, years: tuple[int, ...] = YEARS) -> None:
    """Write the whole warehouse file, replacing one that is there, and the VERSION of its data root."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    (path.parent / "VERSION").write_text(f"{LAYOUT_VERSION}\n", encoding="utf-8")
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create schema audit")
        for table, columns in COLUMNS.items():
            connection.execute(f"create table {table} ({columns})")
            connection.execute(f"comment on table {table} is 'One row per thing. 每件事物一行。'")
            for column in columns.split(", "):
                name = column.split()[0]
                connection.execute(f"comment on column {table}.{name} is '{name}：内容。 What {name} holds.'")
        for table, row in _shared_rows():
            _insert(connection, table, row)
        for year in years:
            for agency in range(len(AGENCIES)):
                add_report(connection, agency, year)
        for year in (2017, 2018, 2019):
            _insert(connection, "marts.dim_report_years", (year, None, None, None, None))
        unread = ("f" * 64, "odd/empty.txt", "empty.txt", None, "documents", "empty_file", "文件为空。", "Empty file.")
        _insert(connection, "audit.aud_quarantine", unread)


def add_report(connection: duckdb.DuckDBPyConnection, agency: int, year: int) -> None:
    """One sound report: its document, three readings, their observations, one finding, its wide rows, its coverage."""
    report, agent, document = report_id(agency, year), f"a{agency}", f"{agency}{year}".ljust(64, "0")
    uri = f"{year}/{AGENCIES[agency]}.txt"
    _insert(
        connection,
        "marts.dim_reports",
        (
            report,
            agent,
            AGENCIES[agency],
            year,
            "national_2014",
            None,
            document,
            uri.split("/")[1],
            uri,
            "text/plain",
            f"{AGENCIES[agency]}{year}年政府信息公开工作年度报告",
            None,
            date(year, 1, 1),
            date(year, 12, 31),
            None,
            date(year + 1, 3, 1),
            date(year + 1, 3, 31),
            "on_time",
            "exact",
            True,
            "complete",
            "1",
        ),
    )
    _insert(connection, "marts.bridge_report_documents", (report, document, uri, "main"))
    for number, (code, unit, label, figure) in enumerate(FIGURES):
        value = figure + agency
        reading, status = f"{report}i{number}", "reported" if value else "reported_zero"
        _insert(
            connection,
            "marts.fct_readings",
            (
                reading,
                report,
                document,
                year,
                "table",
                code,
                None,
                "total",
                "year",
                "own",
                value,
                unit,
                status,
                f"{value:g}",
                unit,
                label,
                f"{label} {unit} {value:g}",
                "text",
                [],
                None,
                None,
                None,
                None,
                None,
                10 + number,
                100,
                103,
                1,
                number + 1,
                3,
            ),
        )
        _insert(
            connection,
            "marts.fct_observations",
            (
                report,
                agent,
                year,
                "national_2014",
                code,
                "total",
                "year",
                value,
                unit,
                status,
                "table",
                False,
                "exact",
                reading,
                [],
                None,
            ),
        )
    _insert(
        connection,
        "marts.fct_findings",
        (
            f"{report}f",
            report,
            year,
            "sum_of_children",
            "error",
            "proactive_info_count",
            "120",
            "119",
            "分项之和为119，总数为120。",
            "The parts add up to 119, the total is 120.",
            [f"{report}i0"],
        ),
    )
    _insert(connection, "marts.fct_proactive_disclosures", (report, agent, year, FIGURES[0][3] + agency, None))
    _insert(connection, "marts.fct_interpretation_responses", (report, agent, year, None))
    _insert(connection, "marts.fct_requests", (report, agent, year, "total", float(agency), None))
    _insert(connection, "marts.fct_reviews_litigation", (report, agent, year, None))
    _insert(connection, "marts.fct_capacity", (report, agent, year, FIGURES[2][3] + agency, None))
    _insert(connection, "audit.aud_coverage", (agent, year, True, True, True, None, None, 0))


def add_audits(path: Path) -> None:
    """A correction that was applied to every report, and a superseded version from which it differs in one figure."""
    with duckdb.connect(str(path)) as connection:
        for year in YEARS:
            for agency, name in enumerate(AGENCIES):
                report, agent = report_id(agency, year), f"a{agency}"
                of_total = ("proactive_info_count", "total", "year")
                told = ("印错", "evidence", "a reviewer", date(year + 1, 5, 2))
                applied = (12.0, 12.0, 120.0, "applied", "已更正。", "It was corrected.")
                corrected = (f"{report}c", agent, name, year, report, *of_total, "replace", *applied, *told)
                _insert(connection, "audit.aud_corrections", corrected)
                figures = (100.0, 120.0, "reported", "reported", f"{report}o0", f"{report}i0", "changed", None)
                _insert(
                    connection, "audit.aud_revisions", (report, f"{report}o", agent, year, *of_total, "条", *figures)
                )


def change(settings: Settings, *statements: str) -> None:
    """Run SQL statements on the warehouse."""
    with duckdb.connect(str(settings.warehouse)) as connection:
        for statement in statements:
            connection.execute(statement)


def forget(settings: Settings, year: int, agencies: tuple[int, ...] = (0, 1, 2)) -> None:
    """Leave nothing of these agencies' reports of a year but files in quarantine that nobody knows the year of."""
    reports = ", ".join(f"'{report_id(agency, year)}'" for agency in agencies)
    agents = ", ".join(f"'a{agency}'" for agency in agencies)
    lost = f"from marts.bridge_report_documents where report_id in ({reports})"
    change(
        settings,
        "insert into audit.aud_quarantine select document_id, source_uri, source_uri, null, 'extractions',"
        f" 'no_report_year', '没有报告年度。', 'No report year.' {lost}",
        *(
            f"delete from {table} where report_id in ({reports})"
            for table in COLUMNS
            if "report_id text" in COLUMNS[table]
        ),
        f"delete from audit.aud_coverage where report_year = {year} and agency_id in ({agents})",
    )


def publish_sound(settings: Settings) -> None:
    """What the gate reads of a release, with the reports that the warehouse holds now."""
    folder = settings.publication / "releases" / "v2020.01.1"
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        for name in ("dim_reports", "bridge_report_documents"):
            (folder / "parquet" / name).mkdir(parents=True)
            connection.execute(f"copy marts.{name} to '{folder}/parquet/{name}/{name}.parquet'")
    (settings.publication / "current").symlink_to(folder)


def settings_at(root: Path, as_of: date = AS_OF) -> Settings:
    """Settings of a data root with one worker and a fixed day."""
    return Settings(data_root=root, inbox=root / "inbox", workers=1, as_of=as_of)


def _shared_rows() -> list[tuple[str, tuple[object, ...]]]:
    regions = [
        ("99", "云岭省", "province", None, "云岭省", None, None),
        ("9901", "青河市", "prefecture", "99", "云岭省", "青河市", None),
        ("990102", "白石县", "county", "9901", "云岭省", "青河市", "白石县"),
    ]
    rows: list[tuple[str, tuple[object, ...]]] = [("marts.dim_regions", (*row, 2008, None)) for row in regions]
    for number, name in enumerate(AGENCIES):
        rows.append(("marts.dim_agencies", (f"a{number}", name, "township", "990102", None)))
        rows.append(("marts.dim_agency_versions", (f"a{number}", name, "990102", 2008, None)))
    for code, unit, label, _ in FIGURES:
        group = {"条": "proactive_disclosure", "件": "requests", "万元": "capacity"}[unit]
        kind = "amount" if unit == "万元" else "flow"
        rows.append(
            ("marts.dim_indicators", (code, label, code.replace("_", " "), f"{label}。", unit, group, kind, None))
        )
    form = ("national_2014", "政府信息公开情况统计表", "国办发〔2014〕32号", 2014, 2018)
    rows.append(("marts.dim_templates", form))
    return rows


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: tuple[object, ...]) -> None:
    connection.execute(f"insert into {table} values ({', '.join('?' * len(row))})", list(row))
