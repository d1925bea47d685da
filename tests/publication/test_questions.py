"""The views for the questions people ask first, and the examples that the release shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.publication.dictionary_page import USES
from orchestration.publication.examples import examples
from orchestration.publication.views import VIEWS, create_views
from orchestration.registry.load import load
from tests.gate.handmade import COLUMNS

REPLIES = (
    *(("replies_count", None), ("reply_granted_count", "replies_count"), ("reply_denied_count", "replies_count")),
    *(("reply_already_public_count", "replies_count"), ("reply_granted_or_public_count", "replies_count")),
    ("requests_concluded_on_time_count", "requests_concluded_count"),
)


@pytest.fixture
def tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of a release in memory, to be changed, with every view on them."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder / 'ogi_reports.duckdb'}' as release (read_only)")
        for table in COLUMNS:
            name = table.split(".")[1]
            connection.execute(f"create table {name} as select * from release.main.{name}")
        create_views(connection)
        yield connection


def add_observation(
    connection: duckdb.DuckDBPyConnection, report: str, code: str, value: float, inputs: list[str] | None = None
) -> None:
    connection.execute(
        """insert into fct_observations by name
           select report_id, agency_id, report_year, template_id, ? as indicator_code, 'total' as applicant_type,
                  'year' as period_basis, ?::double as value, 'reported' as value_status,
                  if(?, 'derived', 'table') as source_kind, 'exact' as comparability, ? as reading_id,
                  ?::text[] as input_reading_ids
           from dim_reports where report_id = ?""",
        [code, value, bool(inputs), None if inputs else f"{report}{code}", inputs or [], report],
    )


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_every_example_runs_on_the_release(folder: Path, example: object) -> None:
    assert example in examples()
    with duckdb.connect(str(folder / "ogi_reports.duckdb"), read_only=True) as connection:
        query = next(one.query for one in examples() if one == example)
        assert connection.execute(query).description


def test_the_examples_stand_in_the_read_me_of_both_languages(folder: Path) -> None:
    assert len(examples()) >= 6
    for example in examples():
        assert example.query in (folder / "README.md").read_text(encoding="utf-8")
        assert example.zh in (folder / "README.zh.md").read_text(encoding="utf-8")


def test_a_series_says_whether_years_compare(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("update dim_reports set template_id = 'national_2019' where report_id in ('r1y2018', 'r2y2018')")
    tables.execute(
        "update fct_observations set template_id = 'national_2019' where report_id in ('r1y2018', 'r2y2018')"
    )
    tables.execute("update fct_observations set comparability = 'approximate' where report_id = 'r2y2018'")
    tables.execute("update fct_observations set value = 130 where reading_id = 'r0y2018i0'")
    rows = tables.execute(
        """select agency_id, report_year, previous_year, change, step from indicator_series
           where indicator_code = 'proactive_info_count' order by agency_id, report_year"""
    ).fetchall()
    assert rows == [
        ("a0", 2017, None, None, "first"),
        ("a0", 2018, 2017, 10.0, "same_form"),
        ("a1", 2017, None, None, "first"),
        ("a1", 2018, 2017, 0.0, "other_form"),
        ("a2", 2017, None, None, "first"),
        ("a2", 2018, 2017, 0.0, "approximate"),
    ]


def test_a_blank_year_is_passed_over_in_a_series(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("update fct_observations set value = null, value_status = 'blank' where reading_id = 'r0y2017i0'")
    tables.execute(
        "insert into dim_reports by name select * replace ('x' as report_id, 2016 as report_year)"
        " from dim_reports where report_id = 'r0y2017'"
    )
    add_observation(tables, "x", "proactive_info_count", 100)
    rows = tables.execute(
        """select report_year, previous_year, change, step from indicator_series
           where indicator_code = 'proactive_info_count' and agency_id = 'a0' order by report_year"""
    ).fetchall()
    assert rows == [(2016, None, None, "first"), (2017, 2016, None, "no_value"), (2018, 2016, 20.0, "same_form")]


def test_a_corrected_figure_is_marked_wherever_a_view_shows_it(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute(
        "update fct_observations set correction_id = 'c', source_kind = 'correction' where reading_id = 'r0y2017i0'"
    )
    rows = tables.execute(
        """select report_year, correction_id, previous_correction_id from indicator_series
           where indicator_code = 'proactive_info_count' and agency_id = 'a0' order by report_year"""
    ).fetchall()
    assert rows == [(2017, "c", None), (2018, None, "c")]
    marked = "select distinct report_id, correction_id from contradictions where agency_name like '%石桥%' order by all"
    assert tables.execute(marked).fetchall() == [("r0y2017", "c"), ("r0y2018", None)]


def test_versions_that_are_not_current_are_in_no_series(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("update dim_reports set is_current = false where report_id = 'r0y2017'")
    counted = tables.execute("select count(*) from indicator_series where agency_id = 'a0'").fetchone()
    assert counted == (3,)


def test_a_region_holds_the_agencies_of_all_divisions_below(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("insert into dim_agencies values ('a3', '青河市人民政府', 'prefecture', '9901', null)")
    tables.execute("insert into dim_agencies values ('a4', '无区划的机关', 'other', null, null)")
    rows = tables.execute(
        """select region_code, any_value(region_name), list(agency_id order by agency_id) from agencies_by_region
           group by region_code order by region_code"""
    ).fetchall()
    below = ["a0", "a1", "a2"]
    assert rows == [
        ("99", "云岭省", [*below, "a3"]),
        ("9901", "青河市", [*below, "a3"]),
        ("990102", "白石县", below),
    ]
    assert tables.execute("select distinct reports from agencies_by_region where agency_id = 'a3'").fetchall() == [(0,)]
    years = (
        "select distinct first_report_year, last_report_year, reports from agencies_by_region where agency_id = 'a0'"
    )
    assert tables.execute(years).fetchall() == [(2017, 2018, 2)]


def test_a_contradiction_has_both_figures_with_words_and_place(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("update fct_findings set reading_ids = ['r0y2017i1', 'r0y2018i0'] where finding_id = 'r0y2017f'")
    tables.execute("update fct_findings set reading_ids = [] where finding_id = 'r1y2017f'")
    tables.execute("update fct_findings set severity = 'info' where finding_id = 'r2y2017f'")
    rows = tables.execute(
        """select finding_id, figure_no, printed_label, printed_value, source_file_name, line from contradictions
           where report_year = 2017 order by finding_id, figure_no"""
    ).fetchall()
    name = "白石县石桥镇人民政府.txt"
    assert rows[:2] == [
        ("r0y2017f", 1, "收到申请数", "0", name, 11),
        ("r0y2017f", 2, "主动公开政府信息数", "120", name, 10),
    ]
    assert [row[:3] for row in rows[2:]] == [("r1y2017f", None, None)]


def test_missing_and_late_are_told_apart(tables: duckdb.DuckDBPyConnection) -> None:
    assert tables.execute("select count(*) from missing_or_late").fetchone() == (0,)
    tables.execute("update aud_coverage set days_late = 3 where agency_id = 'a0' and report_year = 2018")
    tables.execute("update aud_coverage set received = false where agency_id = 'a1' and report_year = 2018")
    tables.execute("update aud_coverage set extracted = false where agency_id = 'a2' and report_year = 2018")
    tables.execute("update aud_coverage set published = false where agency_id = 'a0' and report_year = 2017")
    tables.execute("update aud_coverage set days_late = null where agency_id = 'a1' and report_year = 2017")
    tables.execute(
        "insert into aud_coverage by name select 'a0' as agency_id, 2019 as report_year, true as expected,"
        " false as received"
    )
    rows = tables.execute(
        "select report_year, agency_id, state, maturity from missing_or_late order by report_year, agency_id"
    ).fetchall()
    assert rows == [
        (2017, "a0", "withheld", "final"),
        (2018, "a0", "late", "final"),
        (2018, "a1", "missing", "final"),
        (2018, "a2", "set_aside", "final"),
        (2019, "a0", "awaited", "collecting"),
    ]


def test_what_is_set_aside_or_withheld_says_why(tables: duckdb.DuckDBPyConnection) -> None:
    code = load().issue_codes["region_unresolved"]
    tables.execute(
        "update aud_coverage set extracted = false, published = false, quarantine_reason = 'region_unresolved'"
        " where report_year = 2018 and agency_id <> 'a2'"
    )
    tables.execute("update aud_coverage set published = false where report_year = 2017 and agency_id = 'a0'")
    rows = "select state, reason_code, reason_zh, reason_en from missing_or_late order by report_year, agency_id"
    withheld, *aside = tables.execute(rows).fetchall()
    assert withheld[:2] == ("withheld", "year_refused") and "verdicts/2017.json" in withheld[2] + withheld[3]
    assert aside == [("set_aside", "region_unresolved", code.reason_zh, code.reason_en)] * 2
    for words in ("甲", "乙"):
        tables.execute(
            "insert into aud_quarantine by name select ? as document_id, 'x' as source_uri, 2018 as report_year,"
            " 'region_unresolved' as reason_code, ? as reason_zh, ? as reason_en",
            [words, words, words],
        )
        told = {row[2] for row in tables.execute(rows).fetchall()[1:]}
        assert told == ({"甲"} if words == "甲" else {code.reason_zh})


def test_outcomes_are_shares_of_the_replies_and_count_nothing_twice(tables: duckdb.DuckDBPyConnection) -> None:
    for code, parent in REPLIES:
        tables.execute(
            "insert into dim_indicators by name select ? as indicator_code, ? as parent_indicator_code, ? as name_zh",
            [code, parent, code],
        )
    for report, granted in (("r0y2017", 3), ("r1y2017", 1)):
        add_observation(tables, report, "replies_count", 10)
        add_observation(tables, report, "reply_granted_count", granted)
        add_observation(tables, report, "reply_already_public_count", 2)
        printed = [f"{report}reply_granted_count", f"{report}reply_already_public_count"]
        add_observation(tables, report, "reply_granted_or_public_count", granted + 2, printed)
        add_observation(tables, report, "reply_denied_count", 4, [f"{report}denied_privacy_count"])
        add_observation(tables, report, "requests_concluded_on_time_count", 9)
    add_observation(tables, "r2y2017", "reply_granted_count", 50)
    rows = tables.execute(
        "select indicator_code, reports, outcome_count, replies, share from request_outcomes order by indicator_code"
    ).fetchall()
    assert rows == [
        ("reply_already_public_count", 2, 4.0, 20.0, 20.0),
        ("reply_denied_count", 2, 8.0, 20.0, 40.0),
        ("reply_granted_count", 2, 4.0, 20.0, 20.0),
    ]


def test_what_the_dictionary_sends_people_to_exists() -> None:
    names = {name.split(".")[1] for name in COLUMNS} | {view.name for view in VIEWS}
    assert {name for _, _, name in USES} <= names
