"""A correction beats what is printed; one whose expected value no longer stands there fails the build in words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import DBT_PROJECT, Build
from .handmade import Built, Extractions

AGENCY = "石桥镇人民政府"
HEADER = (
    "agency_key,report_year,indicator_code,applicant_type,period_basis,expected_value,action,value,reason_zh,evidence,"
    "corrected_by,corrected_on"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    extractions = Extractions()
    report = extractions.report(AGENCY, 2017)
    extractions.reading(report, "proactive_info_count", 100, cell_id="B.1.1")
    extractions.reading(report, "requests_received_count", None, cell_id="B.3.1")
    extractions.reading(report, "requests_in_person_count", 2, cell_id="B.3.1.1")
    extractions.write(tmp_path)
    return tmp_path


def corrected(build: Build, root: Path, *lines: str) -> Built:
    """The build with these corrections in an otherwise unchanged registry."""
    tables = root / "tables"
    shutil.copytree(DBT_PROJECT.parent / "orchestration" / "registry" / "tables", tables)
    (tables / "corrections.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return build(root, "--vars", json.dumps({"registry_tables": str(tables)}))


def line(indicator: str, expected: str, action: str, value: str, agency: str = AGENCY) -> str:
    return f"{agency},2017,{indicator},total,year,{expected},{action},{value},多印一位,来函,编辑,2018-05-02"


def test_it_beats_what_is_printed_and_is_named(build: Build, root: Path) -> None:
    done = corrected(
        build,
        root,
        line("proactive_info_count", "100", "replace", "10"),
        line("requests_in_person_count", "2", "replace", "3"),
        line("proactive_info_count", "7", "replace", "8", agency="没有报告的机关"),
    )
    assert done.status == 0, done.printed
    rows = done.rows(
        "select indicator_code, value, value_status, source_kind, correction_id is not null, reading_id is "
        "not null from marts.fct_observations where value is not null"
    )
    assert set(rows) == {
        ("proactive_info_count", 10, "reported", "correction", True, True),
        ("requests_in_person_count", 3, "reported", "correction", True, True),
        ("requests_received_count", 3, "derived", "derived", False, False),
    }


def test_it_fails_the_build_where_something_else_stands_now(build: Build, root: Path) -> None:
    done = corrected(build, root, line("proactive_info_count", "1000", "replace", "10"))
    assert done.status != 0
    assert "proactive_info_count (total, year)" in done.printed
    assert "expects 1000.0, but 100.0 stands there now" in done.printed
    assert not done.rows("select 1 from duckdb_tables() where table_name = 'fct_observations'")
