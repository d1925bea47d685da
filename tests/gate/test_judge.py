"""The verdict: what it decides, what it is written as, what excuses it, and what it refuses to do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from orchestration.gate import judge as judge_module
from orchestration.gate.judge import GateError, judge
from orchestration.gate.suites import EXPECTATIONS, SuiteError, load_rules
from orchestration.gate.verdict import maturity, read_verdict
from orchestration.gate.warehouse import WarehouseError, open_warehouse
from orchestration.registry.model import Registry, ReportYear
from orchestration.settings import Settings
from tests.gate.faults import FAULTS
from tests.gate.handmade import change, forget, publish_sound

EXCUSE = {
    "rule": "value_equals_reading",
    "year": 2017,
    "reason": "印刷错误",
    "evidence": "letter of the agency",
    "by": "a reviewer",
    "until": "2020-06-30",
}


@pytest.fixture
def expectations(tmp_path: Path) -> Path:
    """A copy of expectations/ whose exceptions a test may write."""
    return Path(shutil.copytree(EXPECTATIONS, tmp_path / "expectations"))


def excuse(folder: Path, **changes: object) -> None:
    """Write one row of exceptions.yml."""
    rows = [{**EXCUSE, **changes}]
    (folder / "exceptions.yml").write_text(yaml.safe_dump({"exceptions": rows}, allow_unicode=True), encoding="utf-8")


def test_a_sound_year_passes_with_its_caveats_counted(root: Settings) -> None:
    verdict = judge(root, 2017)
    assert verdict.passed and verdict.maturity == "final" and verdict.reports == 3
    assert [rule.rule_id for rule in verdict.caveats] == ["no_sum_of_children"]
    assert verdict.caveats[0].rows[0]["reports"] == 3


def test_the_verdict_is_written_down_whole(root: Settings) -> None:
    verdict = judge(root, 2017)
    folder = root.gate / "2017"
    assert read_verdict(folder / "verdict.json") == verdict
    told = json.loads((folder / "verdict.json").read_text(encoding="utf-8"))
    assert told["as_of"] == "2020-01-15" and len(told["content_hash"]) == 64
    assert len(told["expectations"]) == len(load_rules())
    assert {result["rule"] for result in json.loads((folder / "results.json").read_text(encoding="utf-8"))}
    assert not list(folder.glob("*.part"))


def test_the_report_is_bilingual_and_self_contained(root: Settings) -> None:
    change(root, *FAULTS["value_equals_reading"])
    judge(root, 2017)
    html = (root.gate / "2017" / "report.html").read_text(encoding="utf-8")
    assert "拒绝发布 · refused" in html and "数值与其读数一致" in html and "Every value equals its reading" in html
    assert "r0y2017/proactive_info_count/total" in html
    assert not any(word in html for word in ("http:", "https:", "<script", "@import", "src="))


def test_the_same_day_gives_the_same_bytes(root: Settings) -> None:
    names = ("verdict.json", "report.html", "results.json")
    judge(root, 2017)
    first = [(root.gate / "2017" / name).read_bytes() for name in names]
    judge(root, 2017)
    assert [(root.gate / "2017" / name).read_bytes() for name in names] == first


def test_one_critical_fault_refuses_the_year_and_no_other(root: Settings) -> None:
    change(root, *FAULTS["value_has_reading"])
    verdict = judge(root, 2017)
    assert not verdict.passed
    assert [rule.rule_id for rule in verdict.refusals] == ["value_has_reading"]
    assert verdict.refusals[0].failing == 1
    assert judge(root, 2018).passed


def test_a_warning_refuses_nothing(root: Settings) -> None:
    change(root, *FAULTS["regions_resolved"])
    verdict = judge(root, 2017)
    assert verdict.passed and "regions_resolved" in {rule.rule_id for rule in verdict.caveats}


def test_an_excuse_lets_the_year_pass_and_is_printed(root: Settings, expectations: Path) -> None:
    change(root, *FAULTS["value_equals_reading"])
    excuse(expectations)
    verdict = judge(root, 2017, expectations)
    assert verdict.passed
    assert [row.state for row in verdict.exceptions] == ["applied"]
    assert [rule.rule_id for rule in verdict.caveats if rule.outcome == "excused"] == ["value_equals_reading"]
    html = (root.gate / "2017" / "report.html").read_text(encoding="utf-8")
    assert "letter of the agency" in html and "a reviewer" in html


@pytest.mark.parametrize(("until", "passed"), [("2020-01-14", False), ("2020-01-15", True)])
def test_an_expired_excuse_excuses_nothing(root: Settings, expectations: Path, until: str, passed: bool) -> None:
    change(root, *FAULTS["value_equals_reading"])
    excuse(expectations, until=until)
    verdict = judge(root, 2017, expectations)
    assert verdict.passed is passed
    assert verdict.exceptions[0].state == ("applied" if passed else "expired")


def test_an_excuse_for_another_year_or_rule_excuses_nothing(root: Settings, expectations: Path) -> None:
    change(root, *FAULTS["value_equals_reading"])
    excuse(expectations, year=2018)
    assert not judge(root, 2017, expectations).passed
    excuse(expectations, rule="value_has_reading")
    verdict = judge(root, 2017, expectations)
    assert not verdict.passed and verdict.exceptions[0].state == "not_needed"


@pytest.mark.parametrize("changes", [{"rule": "no_such_rule"}, {"evidence": " "}, {"until": "some day"}])
def test_an_excuse_that_is_not_whole_is_refused(root: Settings, expectations: Path, changes: dict[str, object]) -> None:
    excuse(expectations, **changes)
    with pytest.raises(SuiteError, match=r"exceptions\.yml"):
        judge(root, 2017, expectations)
    assert not (root.gate / "2017").exists()


def test_a_faulty_suite_is_refused_with_every_fault(expectations: Path) -> None:
    path = expectations / "suites" / "coverage.yml"
    text = path.read_text(encoding="utf-8").replace("severity: info", "severity: fatal", 1)
    path.write_text(text.replace("why_en: ", "why: ", 1), encoding="utf-8")
    with pytest.raises(SuiteError, match=r"(?s)why_en.*fatal"):
        load_rules(expectations)


@pytest.mark.parametrize(("old", "new"), [("frame: coverage", "frame: none"), ("column: share,", "column: none,")])
def test_a_rule_that_does_not_fit_its_frame_is_an_error_not_a_verdict(
    root: Settings, expectations: Path, old: str, new: str
) -> None:
    path = expectations / "suites" / "coverage.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GateError, match="files_extracted"):
        judge(root, 2017, expectations)
    assert not (root.gate / "2017").exists()


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2018, 3, 31), "collecting"),
        (date(2018, 4, 1), "provisional"),
        (date(2018, 6, 30), "provisional"),
        (date(2018, 7, 1), "final"),
    ],
)
def test_maturity_follows_due_date_and_follow_up(day: date, stage: str) -> None:
    assert maturity(ReportYear(2017, date(2018, 3, 31), date(2018, 6, 30), True), day) == stage


@pytest.mark.parametrize(
    ("expected", "day", "passed"),
    [(True, date(2020, 7, 1), False), (True, date(2020, 6, 30), True), (False, date(2020, 7, 1), True)],
)
def test_only_an_expected_year_that_is_final_needs_reports(
    root: Settings, registry: Registry, monkeypatch: pytest.MonkeyPatch, expected: bool, day: date, passed: bool
) -> None:
    years = {2019: ReportYear(2019, date(2020, 3, 31), date(2020, 6, 30), expected)}
    monkeypatch.setattr(judge_module, "load", lambda: replace(registry, report_years=years))
    verdict = judge(replace(root, as_of=day), 2019)
    assert verdict.passed is passed and verdict.reports == 0


def test_a_year_outside_the_registry_cannot_be_judged(root: Settings) -> None:
    with pytest.raises(GateError, match="1999"):
        judge(root, 1999)


def test_without_a_warehouse_there_is_no_verdict(root: Settings) -> None:
    root.warehouse.unlink()
    with pytest.raises(WarehouseError, match="dbt"):
        judge(root, 2017)


@pytest.mark.parametrize(
    ("lost", "refusals", "caveats"),
    [
        ((0, 1, 2), {"files_extracted", "published_agencies_kept"}, set()),
        ((0, 1), {"files_extracted", "published_agencies_kept"}, set()),
        ((0,), set(), {"files_extracted_nearly_all", "published_agencies_all_kept"}),
    ],
)
def test_published_documents_without_a_report_count_as_not_read(
    root: Settings, lost: tuple[int, ...], refusals: set[str], caveats: set[str]
) -> None:
    publish_sound(root)
    forget(root, 2017, lost)
    verdict = judge(root, 2017)
    assert {rule.rule_id for rule in verdict.refusals} == refusals
    assert caveats <= {rule.rule_id for rule in verdict.caveats}
    read = next(rule for rule in verdict.expectations if rule.rule_id == "files_extracted")
    assert (read.checked, read.observed["lost"]) == (3, len(lost))
    assert judge(root, 2018).passed


def test_a_published_document_in_quarantine_or_at_another_place_counts_once(root: Settings) -> None:
    publish_sound(root)
    forget(root, 2017, (0,))
    change(
        root,
        "update audit.aud_quarantine set report_year = 2017 where reason_code = 'no_report_year'",
        "update marts.bridge_report_documents set source_uri = 'moved/' || source_uri where report_id = 'r1y2017'",
    )
    read = next(rule for rule in judge(root, 2017).expectations if rule.rule_id == "files_extracted")
    assert (read.checked, read.observed["lost"]) == (3, 1)


def test_a_document_that_people_excluded_is_not_lost(root: Settings) -> None:
    publish_sound(root)
    forget(root, 2017, (0, 1))
    excluded = "set report_year = 2017, reason_code = 'document_excluded' where reason_code = 'no_report_year'"
    change(root, f"update audit.aud_quarantine {excluded}")
    verdict = judge(root, 2017)
    assert verdict.passed and "published_agencies_all_kept" not in {rule.rule_id for rule in verdict.caveats}
    read = next(rule for rule in verdict.expectations if rule.rule_id == "files_extracted")
    assert (read.checked, read.observed["lost"]) == (1, 0)


@pytest.fixture
def writer(root: Settings) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the warehouse for writing until its input is closed."""
    code = "import duckdb,sys; c=duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(root.warehouse)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_writer_is_waited_for_but_not_for_ever(root: Settings, writer: subprocess.Popen[str]) -> None:
    begun = time.monotonic()
    with pytest.raises(WarehouseError, match="still being written"), open_warehouse(root.warehouse, wait_seconds=0.3):
        pass
    assert time.monotonic() - begun >= 0.3
    assert writer.stdin is not None
    writer.stdin.close()
    with open_warehouse(root.warehouse, wait_seconds=30) as connection:
        assert connection.execute("select count(*) from marts.dim_reports").fetchone() == (6,)


def test_a_verdict_of_something_else_is_not_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "verdict.json"
    assert read_verdict(path) is None
    path.write_text('{"passed": true}', encoding="utf-8")
    with pytest.raises(ValueError, match="judge the year again"):
        read_verdict(path)
