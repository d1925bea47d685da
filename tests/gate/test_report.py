"""The page of a verdict: every example has its agency and its file, is shown once, and the rest are counted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from orchestration.gate.judge import judge
from orchestration.gate.suites import EXPECTATIONS
from orchestration.gate.verdict import read_verdict
from orchestration.settings import Settings
from tests.gate.faults import FAULTS
from tests.gate.handmade import AGENCIES, change


def page(settings: Settings) -> str:
    """The page of 2017, judged now."""
    judge(settings, 2017)
    return (settings.gate / "2017" / "report.html").read_text(encoding="utf-8")


def test_every_finding_names_its_agency_and_file_in_both_languages(root: Settings) -> None:
    html = page(root)
    for agency in AGENCIES:
        assert f"<li>{agency} · 2017/{agency}.txt：分项之和为119，总数为120。" in html
        assert f"{agency} · 2017/{agency}.txt: The parts add up to 119, the total is 120." in html
    assert " more</p>" not in html


@pytest.mark.parametrize(("findings", "more"), [(20, None), (21, 1), (50, 30)])
def test_the_findings_that_are_not_shown_are_counted(root: Settings, findings: int, more: int | None) -> None:
    change(
        root,
        "delete from marts.fct_findings where report_id <> 'r0y2017'",
        "insert into marts.fct_findings select f.* replace (concat(finding_id, i) as finding_id)"
        f" from marts.fct_findings as f cross join range({findings - 1}) as t(i)",
    )
    html = page(root)
    assert html.count("<li>") == min(findings, 20)
    assert re.findall(r"还有 (\d+) 项 · (\d+) more", html) == ([] if more is None else [(str(more), str(more))])


def test_rows_at_fault_that_read_alike_are_one_example(root: Settings) -> None:
    change(root, "update marts.fct_readings set report_id = 'nothing' where report_id = 'r0y2017'")
    rule = next(rule for rule in judge(root, 2017).refusals if rule.rule_id == "reading_report_exists")
    assert (rule.failing, rule.rows[0]["examples_in_all"]) == (3, 1)
    assert " more</p>" not in (root.gate / "2017" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule_id", ["regions_resolved", "value_equals_reading", "requests_key_unique"])
def test_every_row_at_fault_names_its_agency_and_file(root: Settings, rule_id: str) -> None:
    change(root, *FAULTS[rule_id])
    rule = next(rule for rule in judge(root, 2017).expectations if rule.rule_id == rule_id)
    assert rule.rows[0]["examples"].startswith(f"{AGENCIES[0]} · 2017/{AGENCIES[0]}.txt · r0y2017")


def test_an_excused_rule_says_by_whom_and_until_when_and_not_that_the_year_waits(
    root: Settings, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(EXPECTATIONS, tmp_path / "expectations"))
    row = {"rule": "corrections_still_stand", "year": 2017, "reason": "misprint", "evidence": "a letter"}
    row |= {"by": "a reviewer", "until": "2020-06-30"}
    (folder / "exceptions.yml").write_text(yaml.safe_dump({"exceptions": [row]}), encoding="utf-8")
    change(root, *FAULTS["corrections_still_stand"])
    verdict = judge(root, 2017, folder)
    (rule,) = [rule for rule in verdict.caveats if rule.outcome == "excused"]
    assert rule.why_en == "Excused by a reviewer until 2020-06-30: misprint (evidence: a letter)."
    assert rule.why_zh == "已由a reviewer豁免至 2020-06-30：misprint（依据：a letter）。"
    zh, en = verdict.decision
    assert en == "The gate passed it with rules excused: corrections_still_stand (until 2020-06-30, by a reviewer)."
    assert zh == "审核通过，但有豁免：corrections_still_stand（至 2020-06-30，由a reviewer批准）。"
    html = (root.gate / "2017" / "report.html").read_text(encoding="utf-8")
    assert en in html and "is not published until" not in html
    assert read_verdict(root.gate / "2017" / "verdict.json") == verdict


def test_a_decision_without_excuses_is_plain(root: Settings) -> None:
    assert judge(root, 2017).decision == ("审核通过。", "The gate passed it.")
    change(root, *FAULTS["value_has_reading"])
    assert judge(root, 2017).decision[1] == "The gate refused it: value_has_reading."
