"""Hand-made extractions, from Parquet to marts and audit: keys, versions, copies, derivations, coverage."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from orchestration.reports.provenance import agency_id

from .conftest import Build
from .handmade import Built, Extractions

TOWNSHIP, COUNTY, DEPARTMENT, PROSE = "石桥镇人民政府", "临溪区人民政府", "临溪区教育局", "望云乡人民政府"
OBSERVATION = (
    "select value, value_status, source_kind, has_conflict, comparability from marts.fct_observations "
    "where report_id = ? and indicator_code = ? and period_basis = 'year' and applicant_type = 'total'"
)


class World:
    """The reports of the tests below, by name, and what dbt made of them."""

    def __init__(self) -> None:
        self.extractions = e = Extractions()
        region = {"region_code": "990101100", "region_resolution": "exact"}
        self.before = e.report(TOWNSHIP, 2016, agency_level="township", **region)
        self.old = e.report(TOWNSHIP, 2017, "b/first.txt", published_on=date(2018, 3, 1), **region)
        self.new = e.report(TOWNSHIP, 2017, "b/second.txt", published_on=date(2018, 4, 2), **region)
        self.county = e.report(COUNTY, 2017, agency_level="county", region_code="990101", published_on=date(2018, 3, 1))
        self.prose = e.report(PROSE, 2017, template_id="narrative_2008", region_code="990101200")
        self._figures()
        self._files()

    def _figures(self) -> None:
        e = self.extractions
        e.reading(self.old, "proactive_info_count", 90, cell_id="B.1.1")
        e.reading(self.new, "proactive_info_count", 100, cell_id="B.1.1")
        self.blank = e.reading(self.new, "requests_received_count", None, cell_id="B.3.1")
        self.in_person = e.reading(self.new, "requests_in_person_count", 2, cell_id="B.3.1.1")
        self.fax = e.reading(self.new, "requests_fax_count", 1, cell_id="B.3.1.2")
        self.letter = e.reading(self.new, "requests_letter_count", 4, cell_id="B.3.1.4")
        e.reading(self.new, "special_budget_amount", 1.5, cell_id="B.8.4", unit="万元")
        e.prose(self.new, "proactive_info_count", 101)
        e.prose(self.new, "proactive_info_count", 40, category="机构职能类信息")
        e.reading(self.county, "requests_received_count", None, cell_id="B.3.1")
        wrong = [
            e.reading(self.county, "requests_in_person_count", 2, cell_id="B.3.1.1"),
            e.reading(self.county, "requests_fax_count", 1, cell_id="B.3.1.2"),
        ]
        e.finding(self.county, "sum_of_children", wrong)
        e.prose(self.prose, "staff_total_count", 3)
        e.prose(self.prose, "requests_received_count", 0)

    def _files(self) -> None:
        e = self.extractions
        county = next(row["document_id"] for row in e.reports if row["report_id"] == self.county)
        e.document("a/copy.txt", document_id=county, report_year=2017, report_id=self.county)
        aside = {"status": "unreadable", "stage": "documents"}
        e.document("empty.txt", reason_code="empty_file", **aside)
        e.document("late/year.txt", report_year=2087, reason_code="year_outside_registry", **aside)
        known = {"report_year": 2016, "agency_id": agency_id(COUNTY)}
        e.document("unclear.txt", reason_code="no_figures", **known, **aside)


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def root(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("world")
    world.extractions.write(root)
    return root


@pytest.fixture(scope="module")
def built(root: Path, build: Build) -> Built:
    done = build(root)
    assert done.status == 0, done.printed
    return done


def test_both_versions_stay_and_the_later_publication_is_current(built: Built, world: World) -> None:
    versions = built.rows(
        "select report_id, is_current from marts.dim_reports where agency_id = ? and report_year = 2017",
        agency_id(TOWNSHIP),
    )
    assert dict(versions) == {world.old: False, world.new: True}
    assert built.one(OBSERVATION, world.old, "proactive_info_count")[0] == 90
    finding = built.one("select report_id, severity, actual from marts.fct_findings where rule_id = 'duplicate_report'")
    assert finding == (world.new, "warning", "2")


def test_every_file_has_its_role_or_its_reason(built: Built, world: World) -> None:
    roles = built.rows("select source_uri, role from marts.bridge_report_documents")
    assert dict(roles) == {
        f"{TOWNSHIP}-2016.txt": "main",
        "b/first.txt": "revision",
        "b/second.txt": "main",
        "a/copy.txt": "main",
        f"{COUNTY}-2017.txt": "copy",
        f"{PROSE}-2017.txt": "main",
    }
    assert built.one("select source_uri from marts.dim_reports where report_id = ?", world.county) == ("a/copy.txt",)
    reasons = built.rows("select source_uri, reason_code, reason_zh, reason_en from audit.aud_quarantine")
    assert {uri: code for uri, code, _, _ in reasons} == {
        "empty.txt": "empty_file",
        "late/year.txt": "year_outside_registry",
        "unclear.txt": "no_figures",
    }
    assert all(zh and en for _, _, zh, en in reasons)


def test_the_table_comes_before_the_prose_and_the_difference_is_marked(built: Built, world: World) -> None:
    observed = built.one(OBSERVATION, world.new, "proactive_info_count")
    assert observed == (100, "reported", "table", True, "exact")


def test_a_blank_whole_is_derived_and_names_what_it_was_derived_from(built: Built, world: World) -> None:
    assert built.one(OBSERVATION, world.new, "requests_received_count") == (7, "derived", "derived", False, "exact")
    inputs = "select input_reading_ids from marts.fct_observations where report_id = ? and indicator_code = ?"
    assert built.one(inputs, world.new, "requests_received_count") == ([world.in_person, world.fax, world.letter],)
    assert built.one(inputs, world.new, "requests_letter_fax_count") == ([world.fax, world.letter],)
    assert built.one(OBSERVATION, world.new, "requests_letter_fax_count")[:3] == (5, "derived", "derived")


def test_nothing_is_derived_from_a_figure_under_an_arithmetic_error(built: Built, world: World) -> None:
    assert built.one(OBSERVATION, world.county, "requests_received_count")[:3] == (None, "blank", "table")
    assert not built.rows(OBSERVATION, world.county, "requests_letter_fax_count")


def test_prose_that_the_form_has_no_cell_for_is_approximate(built: Built, world: World) -> None:
    assert built.one(OBSERVATION, world.prose, "staff_total_count") == (
        3,
        "reported",
        "narrative",
        False,
        "approximate",
    )
    assert built.one(OBSERVATION, world.prose, "requests_received_count")[-1] == "exact"
    assert built.one("select count(*) from marts.fct_observations where report_id = ?", world.prose) == (2,)


def test_rows_of_the_form_that_are_not_printed_are_absent_and_null(built: Built, world: World) -> None:
    assert built.one(OBSERVATION, world.new, "disclosed_via_gazette_count")[:3] == (None, "absent", "table")
    assert built.one(OBSERVATION, world.new, "trainees_count")[:2] == (None, "absent")
    assert not built.rows(OBSERVATION, world.new, "key_area_disclosed_count")


def test_wide_facts_hold_current_reports_and_the_years_totals(built: Built, world: World) -> None:
    rows = built.rows(
        "select report_id, requests_received_count, requests_letter_fax_count from marts.fct_requests "
        "where applicant_type = 'total'"
    )
    assert sorted(rows) == sorted(
        [(world.before, None, None), (world.new, 7, 5), (world.county, None, None), (world.prose, 0, None)]
    )
    assert built.one("select special_budget_amount from marts.fct_capacity where report_id = ?", world.new) == (1.5,)


def test_due_days_and_timeliness(built: Built, world: World) -> None:
    days = built.rows("select report_id, due_on, timeliness from marts.dim_reports where report_year = 2017")
    assert {report: (due, word) for report, due, word in days} == {
        world.old: (date(2018, 3, 31), "on_time"),
        world.new: (date(2018, 3, 31), "late"),
        world.county: (date(2018, 3, 31), "on_time"),
        world.prose: (date(2018, 3, 31), "unknown"),
    }


def test_coverage_counts_what_is_expected_and_what_was_set_aside(built: Built) -> None:
    rows = built.rows("select * from audit.aud_coverage")
    assert set(rows) == {
        (agency_id(TOWNSHIP), 2016, False, True, True, None, None, None),
        (agency_id(TOWNSHIP), 2017, True, True, True, None, None, 2),
        (agency_id(COUNTY), 2016, False, True, False, None, "no_figures", None),
        (agency_id(COUNTY), 2017, False, True, True, None, None, 0),
        (agency_id(PROSE), 2017, False, True, True, None, None, None),
    }


def test_shared_dimensions(built: Built) -> None:
    assert built.rows("select * from marts.dim_report_years order by 1") == [
        (2016, None, None, None, None),
        (2017, None, None, None, None),
    ]
    named = built.one(
        "select region_level, parent_region_code, province_name, prefecture_name, county_name "
        "from marts.dim_regions where region_code = '990101100'"
    )
    assert named == ("township", "990101", "云岭省", "青河市", "临溪区")
    versions = "select agency_name, valid_from, valid_until from marts.dim_agency_versions where agency_id = ?"
    assert built.rows(versions, agency_id(TOWNSHIP)) == [(TOWNSHIP, 2016, None)]


def test_building_again_gives_the_same_rows(
    built: Built, root: Path, world: World, build: Build, tmp_path: Path
) -> None:
    world.extractions.write(tmp_path)
    again = build(tmp_path)
    for table in ("marts.fct_observations", "marts.fct_findings", "marts.fct_readings", "audit.aud_coverage"):
        query = f"select * from {table} order by all"
        assert built.rows(query) == again.rows(query)


def test_a_second_writer_waits_for_the_first(built: Built, root: Path, build: Build) -> None:
    holder = "import duckdb, sys, time\nheld = duckdb.connect(sys.argv[1])\nprint('held', flush=True)\ntime.sleep(6)\n"
    with subprocess.Popen([sys.executable, "-c", holder, str(built.warehouse)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        waited = build(root, "--select", "dim_templates")
    assert waited.status == 0, waited.printed
