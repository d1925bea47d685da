"""A correction beats what is printed; one whose expected value is gone changes nothing and refuses its year."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from orchestration.gate.judge import judge
from orchestration.settings import Settings

from .conftest import DBT_PROJECT, Build
from .handmade import Built, Extractions

AGENCY, ELSEWHERE, NOWHERE = "石桥镇人民政府", "望云乡人民政府", "没有报告的机关"
HEADER = (
    "agency_key,report_year,indicator_code,applicant_type,period_basis,expected_value,action,value,reason_zh,evidence,"
    "corrected_by,corrected_on"
)


def line(indicator: str, expected: str, action: str, value: str, agency: str = AGENCY, year: int = 2017) -> str:
    return f"{agency},{year},{indicator},total,year,{expected},{action},{value},多印一位,来函,编辑,2018-05-02"


LINES = (
    line("proactive_info_count", "100", "replace", "10"),
    line("requests_in_person_count", "2", "replace", "3"),
    line("requests_fax_count", "", "replace", "0"),
    line("trainees_count", "", "replace", "8"),
    line("meetings_count", "5", "withdraw", ""),
    line("proactive_info_count", "7", "replace", "8", agency=NOWHERE),
    line("proactive_info_count", "1000", "replace", "10", agency=ELSEWHERE, year=2018),
)


@pytest.fixture(scope="module")
def built(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The build with these corrections in an otherwise unchanged registry."""
    root = tmp_path_factory.mktemp("corrected")
    extractions = Extractions()
    report = extractions.report(AGENCY, 2017)
    extractions.reading(report, "proactive_info_count", 100, cell_id="B.1.1")
    extractions.reading(report, "requests_received_count", None, cell_id="B.3.1")
    extractions.reading(report, "requests_in_person_count", 2, cell_id="B.3.1.1")
    extractions.reading(report, "requests_fax_count", None, cell_id="B.3.1.2")
    extractions.reading(report, "requests_letter_count", 4, cell_id="B.3.1.4")
    extractions.reading(report, "meetings_count", 5, cell_id="B.9.1")
    other = extractions.report(ELSEWHERE, 2018)
    extractions.reading(other, "proactive_info_count", 100, cell_id="B.1.1")
    extractions.write(root)
    tables = root / "tables"
    shutil.copytree(DBT_PROJECT.parent / "orchestration" / "registry" / "tables", tables)
    (tables / "corrections.csv").write_text("\n".join([HEADER, *LINES]) + "\n", encoding="utf-8")
    done = build(root, "--vars", json.dumps({"registry_tables": str(tables)}))
    assert done.status == 0, done.printed
    return done


def settings_of(built: Built) -> Settings:
    root = built.warehouse.parent
    return Settings(data_root=root, inbox=root / "inbox", workers=1, as_of=date(2026, 1, 1))


def test_every_action_is_applied_and_named(built: Built) -> None:
    rows = built.rows(
        "select indicator_code, value, value_status, source_kind, correction_id is not null, reading_id is "
        "not null from marts.fct_observations where report_year = 2017 and value_status not in ('absent', 'blank')"
    )
    assert set(rows) == {
        ("proactive_info_count", 10, "reported", "correction", True, True),
        ("requests_in_person_count", 3, "reported", "correction", True, True),
        ("requests_fax_count", 0, "reported_zero", "correction", True, True),
        ("trainees_count", 8, "reported", "correction", True, False),
        ("meetings_count", None, "not_applicable", "correction", True, True),
        ("requests_received_count", 7, "derived", "derived", True, False),
        ("requests_letter_count", 4, "reported", "table", False, True),
        ("requests_letter_fax_count", 4, "derived", "derived", True, False),
    }
    wide = built.one(
        "select proactive_info_count, requests_in_person_count, requests_fax_count from marts.fct_requests "
        "join marts.fct_proactive_disclosures using (report_id) where fct_requests.report_year = 2017"
    )
    assert wide == (10, 3, 0)


def test_each_correction_says_what_became_of_it(built: Built) -> None:
    rows = built.rows("select agency_name, report_year, indicator_code, state, found_value from audit.aud_corrections")
    assert set(rows) == {
        (AGENCY, 2017, "proactive_info_count", "applied", 100),
        (AGENCY, 2017, "requests_in_person_count", "applied", 2),
        (AGENCY, 2017, "requests_fax_count", "applied", None),
        (AGENCY, 2017, "trainees_count", "applied", None),
        (AGENCY, 2017, "meetings_count", "applied", 5),
        (NOWHERE, 2017, "proactive_info_count", "no_report", None),
        (ELSEWHERE, 2018, "proactive_info_count", "expected_value_gone", 100),
    }
    published = built.rows("select distinct unnest(string_split(correction_id, ';')) from marts.fct_observations")
    applied = built.rows("select correction_id from audit.aud_corrections where state = 'applied'")
    assert set(published) == set(applied)


def test_a_withdrawn_value_is_not_said_to_be_corrected(built: Built) -> None:
    told = "select message_zh, message_en from audit.aud_corrections where indicator_code = ? and state = 'applied'"
    zh, en = built.one(told, "meetings_count")
    assert zh.endswith("，已撤下。") and en.endswith(" and was withdrawn.")
    zh, en = built.one(told, "requests_fax_count")
    assert zh.endswith("，已更正。") and en.endswith(" and was corrected.")


def test_a_value_derived_from_corrected_figures_names_all_their_corrections(built: Built) -> None:
    behind = """
        select list_sort(list(corrections.indicator_code))
        from (select unnest(string_split(correction_id, ';')) as correction_id
              from marts.fct_observations where indicator_code = ? and value_status = 'derived') as named
        join audit.aud_corrections as corrections using (correction_id)"""
    assert built.one(behind, "requests_received_count") == (["requests_fax_count", "requests_in_person_count"],)
    assert built.one(behind, "requests_letter_fax_count") == (["requests_fax_count"],)


def test_a_wide_row_says_which_of_its_figures_a_correction_stands_behind(built: Built) -> None:
    for fact, codes in (
        ("fct_proactive_disclosures", "proactive_info_count"),
        (
            "fct_requests",
            "requests_fax_count;requests_in_person_count;requests_letter_fax_count;requests_received_count",
        ),
        ("fct_capacity", "meetings_count;trainees_count"),
        ("fct_reviews_litigation", None),
    ):
        query = f"select corrected_indicators from marts.{fact} where report_year = ?"
        assert built.one(query, 2017) == (codes,)
        assert built.one(query, 2018) == (None,)
    last = "select last(column_name order by column_index) from duckdb_columns() where table_name = 'fct_requests'"
    assert built.one(last) == ("corrected_indicators",)


def test_a_correction_without_a_report_is_a_caveat_of_the_verdict(built: Built) -> None:
    verdict = judge(settings_of(built), 2017)
    assert verdict.passed
    (caveat,) = [rule for rule in verdict.caveats if rule.rule_id == "corrections_have_a_report"]
    assert caveat.told_en is not None and NOWHERE in caveat.told_en and "check agency_key" in caveat.told_en
    assert f"“{NOWHERE}”2017年" in (caveat.told_zh or "")
    assert "corrections_still_stand" in built.printed and "WARN" in built.printed


def test_an_expected_value_that_is_gone_changes_nothing_and_refuses_its_year_in_one_sentence(built: Built) -> None:
    query = "select value, source_kind from marts.fct_observations where report_year = 2018 and value is not null"
    assert built.rows(query) == [(100, "table")]
    verdict = judge(settings_of(built), 2018)
    assert [rule.rule_id for rule in verdict.refusals] == ["corrections_still_stand"]
    told = verdict.refusals[0].told_en or ""
    for words in (ELSEWHERE, "2018", "expects 1000", "proactive_info_count", "but 100 is printed", "change or remove"):
        assert words in told
    in_zh = verdict.refusals[0].told_zh or ""
    assert "预期的数字已变" in in_zh and f"“{ELSEWHERE}”2018年" in in_zh
    for sentence, detail in ((told, "corrections.csv expects"), (in_zh, "corrections.csv 以为")):
        assert sentence.count("corrections.csv") == sentence.count(detail) == 1 and ".txt" in sentence
    assert "以为" not in told and "expects" not in in_zh
    html = (settings_of(built).gate / "2018" / "report.html").read_text(encoding="utf-8")
    assert html.count("corrections.csv expects 1000") == html.count("corrections.csv 以为") == 1
