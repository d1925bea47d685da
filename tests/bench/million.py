"""A warehouse of one large year, made by SQL: as many readings and observations as asked for, all of them sound.

`python -m tests.bench.million [READINGS]` says how long the gate takes to judge it, and what Great Expectations alone
needs for a part of the same questions when it is handed the rows themselves.
"""

from __future__ import annotations

import importlib
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from orchestration.gate.judge import judge
from orchestration.registry.load import load
from tests.gate.handmade import COLUMNS, build, settings_at

YEAR = 2021
READINGS_OF_A_REPORT = 250
"""About as many as a report on the form of 2021 has: 36 rows in seven columns."""

APPLICANTS = "['natural_person', 'org_business', 'org_research', 'org_social_welfare', 'org_legal_service']"
COPIES = ("fct_proactive_disclosures", "fct_interpretation_responses", "fct_reviews_litigation", "fct_capacity")

REPORTS = f"""
    select left(sha256('report' || n), 16) as report_id, left(sha256('agency' || n), 16) as agency_id,
           sha256('document' || n) as document_id, '机关' || n as agency_name, {YEAR} as report_year,
           '{YEAR}/' || n || '.txt' as source_uri
    from range($reports) as t(n)
"""
FIGURES = f"""
    select left(sha256('reading' || r.report_id || n), 16) as reading_id, r.*, n,
           'indicator_' || (n // 5) || '_count' as indicator_code, {APPLICANTS}[1 + n % 5] as applicant_type,
           ((n * 7) % 90)::double as value
    from reports as r, range({READINGS_OF_A_REPORT}) as t(n)
"""
ROWS: dict[str, str] = {
    "marts.dim_agencies": "select agency_id, agency_name, 'township' as agency_level, '990102' as region_code"
    " from reports",
    "marts.dim_indicators": "select 'indicator_' || n || '_count' as indicator_code, '指标' || n as name_zh,"
    " 'indicator ' || n as name_en, '件' as unit, 'requests' as measure_group, 'flow' as aggregation"
    f" from range({READINGS_OF_A_REPORT // 5}) as t(n)",
    "marts.dim_report_years": f"select {YEAR} as report_year",
    "marts.dim_templates": "select 'national_2021' as template_id, '表' as title_zh, 2021 as first_report_year",
    "marts.dim_reports": "select report_id, agency_id, agency_name as agency_name_as_printed, report_year,"
    " 'national_2021' as template_id, document_id, source_uri, 'unknown' as timeliness,"
    " 'exact' as region_resolution, true as is_current, 'complete' as status, '1' as extractor_version from reports",
    "marts.bridge_report_documents": "select report_id, document_id, source_uri, 'main' as role from reports",
    "marts.fct_readings": "select reading_id, report_id, document_id, report_year, 'table' as source_kind,"
    " indicator_code, applicant_type, 'year' as period_basis, 'own' as scope, value, '件' as unit,"
    " if(value = 0, 'reported_zero', 'reported') as value_status, value::int::text as value_text, '件' as unit_text,"
    " '第' || n || '行的标签' as label_text, '第' || n || '行的标签 件 ' || value::int as snippet,"
    " 'text' as recognition, []::text[] as issue_codes, n as line, n * 10 as char_start, n * 10 + 2 as char_end,"
    " 1 as table_no, n // 5 as row_no, n % 5 as column_no from figures",
    "marts.fct_observations": "select report_id, agency_id, report_year, 'national_2021' as template_id,"
    " indicator_code, applicant_type, 'year' as period_basis, value, '件' as unit,"
    " if(value = 0, 'reported_zero', 'reported') as value_status, 'table' as source_kind, false as has_conflict,"
    " 'exact' as comparability, reading_id from figures",
    "marts.fct_findings": "select left(sha256('finding' || reading_id), 16) as finding_id, report_id, report_year,"
    " 'sum_of_children' as rule_id, 'error' as severity, indicator_code, '3' as expected, '4' as actual,"
    " '分项之和不等于总数。' as message_zh, 'The parts do not add up.' as message_en, [reading_id] as reading_ids"
    " from figures where n % 100 = 0",
    "marts.fct_requests": "select report_id, agency_id, report_year, unnest(applicant_types) as applicant_type"
    f" from reports, (select {APPLICANTS} as applicant_types)",
    **{f"marts.{name}": "select report_id, agency_id, report_year from reports" for name in COPIES},
    "audit.aud_coverage": "select agency_id, report_year, true as expected, true as received, true as extracted"
    " from reports",
}


def build_large(path: Path, readings: int) -> None:
    """Write a warehouse with about this many readings of YEAR, and as many observations of them."""
    build(path, years=())
    with duckdb.connect(str(path), config={"threads": 2, "memory_limit": "2GB"}) as connection:
        connection.execute("set enable_progress_bar = false")
        reports = max(1, readings // READINGS_OF_A_REPORT)
        connection.execute(f"create temp table reports as {REPORTS}", {"reports": reports})
        connection.execute(f"create temp table figures as {FIGURES}")
        for table, query in ROWS.items():
            if table in COLUMNS:
                connection.execute(f"insert into {table} by name {query}")


def judged(root: Path) -> None:
    """Print seconds and the peak of memory for the judgement of the year, beyond the import of Great Expectations."""
    importlib.import_module("great_expectations")
    load()
    begun = time.perf_counter(), time.process_time()
    verdict = judge(settings_at(root, as_of=date(2023, 1, 1)), YEAR)
    _print_measured(begun, f"{verdict.reports} reports judged by {len(verdict.expectations)} rules")


def handed_over(root: Path) -> None:
    """Print the same for six questions about the readings, with every row handed to Great Expectations."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations import ExpectColumnValuesToBeInSet, ExpectColumnValuesToBeUnique

    begun = time.perf_counter(), time.process_time()
    with duckdb.connect(str(root / "warehouse.duckdb"), read_only=True) as connection:
        connection.execute("set enable_progress_bar = false")
        rows = connection.execute("select * from marts.fct_readings").df()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("readings").add_dataframe_asset("readings")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": rows})
    words = {"source_kind": ["table"], "scope": ["own"], "period_basis": ["year"], "recognition": ["text"]}
    batch.validate(ExpectColumnValuesToBeUnique(column="reading_id"))
    batch.validate(ExpectColumnValuesToBeInSet(column="value_status", value_set=["reported", "reported_zero"]))
    for column, known in words.items():
        batch.validate(ExpectColumnValuesToBeInSet(column=column, value_set=known))
    _print_measured(begun, "six questions on the rows themselves")


def _print_measured(begun: tuple[float, float], what: str) -> None:
    wall, work = time.perf_counter() - begun[0], time.process_time() - begun[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{wall:.2f} s ({work:.2f} s of work), peak {peak:.0f} MB: {what}", flush=True)


def main(readings: int = 1_000_000) -> None:
    """Build the year in a folder of its own and measure both, each in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        build_large(Path(folder) / "warehouse.duckdb", readings)
        for work in (judged, handed_over):
            print(f"a year of {readings:,} readings: ", end="", flush=True)
            code = f"from pathlib import Path; from tests.bench.million import {work.__name__} as work; "
            subprocess.run([sys.executable, "-c", f"{code}work(Path({folder!r}))"], check=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
