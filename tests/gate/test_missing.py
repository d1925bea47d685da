"""A year of which nothing has come in is judged by itself: once it is known, and whenever it has grown more mature."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from orchestration.gate import judge as judge_module
from orchestration.gate.judge import is_expected, judge, missing_years, outdated_years
from orchestration.registry.model import ExpectedAgency, Registry
from orchestration.settings import Settings
from tests.gate.handmade import change


def test_it_is_judged_once_at_each_maturity(root: Settings) -> None:
    for day in (date(2020, 1, 15), date(2020, 4, 1), date(2020, 7, 1)):
        settings = replace(root, as_of=day)
        assert missing_years(settings) == (2019,)
        assert judge(settings, 2019).passed
        assert missing_years(settings) == ()


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(2008, None, True), (2019, 2019, True), (2020, None, False), (2008, 2018, False)]
)
def test_a_year_with_a_roll_is_expected(
    root: Settings, registry: Registry, monkeypatch: pytest.MonkeyPatch, first: int, last: int | None, expected: bool
) -> None:
    roll = (ExpectedAgency("990102", "白石县人民政府", "county", first, last, "名册"),)
    known = replace(registry, expected_agencies=roll)
    assert is_expected(known, 2019) is expected
    monkeypatch.setattr(judge_module, "load", lambda: known)
    verdict = judge(replace(root, as_of=date(2020, 7, 1)), 2019)
    assert {rule.rule_id for rule in verdict.refusals} == ({"expected_year_reported"} if expected else set())
    if expected:
        assert verdict.refusals[0].told_en == "No report has arrived for a year that is expected."


def test_other_content_and_a_verdict_of_another_version_are_judged_again(root: Settings) -> None:
    for year in (2017, 2018):
        judge(root, year)
    assert outdated_years(root) == ()
    change(root, "update marts.dim_reports set title = '改' where report_year = 2018")
    assert outdated_years(root) == (2018,)
    (root.gate / "2017" / "verdict.json").write_text('{"passed": true}', encoding="utf-8")
    assert outdated_years(root) == (2017, 2018)
