"""A late or a revised report of a year changes the verdict of that year and of the next, and of no other."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from orchestration.gate.content import content_hash
from orchestration.gate.judge import judge, outdated_years
from orchestration.gate.warehouse import open_warehouse
from orchestration.settings import Settings

from .conftest import Build
from .handmade import Extractions

LATE, REVISED, STEADY = "晚报镇", "改版镇", "如常镇"
YEARS = range(2011, 2021)
OWN = 40


def told(extractions: Extractions, key: str, year: int, more: int = 0, **given: object) -> None:
    """A report of an agency with the items of the year and of all years since 2008."""
    uri = given.pop("uri", None)
    report = extractions.report(key, year, str(uri) if uri else None, **given)
    extractions.reading(report, "proactive_info_count", OWN)
    total = OWN * (year - 2007) + more
    extractions.prose(report, "proactive_info_count", total, period_basis="cumulative")


def first() -> Extractions:
    """Three agencies in ten years; of one of them the report on 2013 is still missing."""
    extractions = Extractions()
    for year in YEARS:
        told(extractions, STEADY, year)
        told(extractions, REVISED, year, uri=f"{year}/first.txt", published_on=date(year + 1, 2, 1))
        if year != 2013:
            # One item was counted twice in 2014, which only the report before it can show.
            told(extractions, LATE, year, more=int(year >= 2014))
    return extractions


def second() -> Extractions:
    """The same, the missing report, and another version of a report on 2017."""
    extractions = first()
    told(extractions, LATE, 2013)
    told(extractions, REVISED, 2017, more=3, uri="2017/again.txt", published_on=date(2018, 6, 1))
    return extractions


@pytest.fixture(scope="module")
def roots(build: Build, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Settings]:
    """The data root before and after the two reports came in."""
    found = []
    for extractions in (first(), second()):
        root = tmp_path_factory.mktemp("judged")
        extractions.write(root)
        done = build(root)
        assert done.status == 0, done.printed
        found.append(Settings(data_root=root, inbox=root / "inbox", workers=1, as_of=date(2026, 1, 1)))
    return found[0], found[1]


def hashes(settings: Settings) -> dict[int, str]:
    """What a verdict of each year is bound to."""
    with open_warehouse(settings.warehouse) as connection:
        return {year: content_hash(connection, year) for year in YEARS}


def test_the_two_years_of_each_report_change_and_no_other(roots: tuple[Settings, Settings]) -> None:
    before, after = hashes(roots[0]), hashes(roots[1])
    assert {year for year in YEARS if before[year] != after[year]} == {2013, 2014, 2017, 2018}


def test_what_hangs_on_the_new_reports_is_found_in_the_next_year(roots: tuple[Settings, Settings]) -> None:
    query = "select report_year, message_zh from marts.fct_findings where rule_id = 'cumulative_rollforward'"
    with open_warehouse(roots[0].warehouse) as connection:
        assert connection.execute(query).fetchall() == []
    with open_warehouse(roots[1].warehouse) as connection:
        rows = dict(connection.execute(query).fetchall())
    assert rows.keys() == {2014, 2017, 2018}
    assert f"{LATE}2013年度报告（{LATE}-2013.txt）" in rows[2014]
    assert "（again.txt）" in rows[2018]


def test_the_verdicts_of_these_years_and_of_no_other_are_outdated(roots: tuple[Settings, Settings]) -> None:
    before, after = roots
    for year in YEARS:
        judge(before, year)
    assert outdated_years(before) == ()
    shutil.copytree(before.gate, after.gate)
    assert outdated_years(after) == (2013, 2014, 2017, 2018)
