"""Who is expected: by the roll of a year, or, without one, those seen before; and what came of it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from orchestration.gate import judge as judge_module
from orchestration.gate.judge import judge
from orchestration.registry.load import load
from orchestration.registry.model import ExpectedAgency
from orchestration.reports.provenance import agency_id
from orchestration.settings import Settings

from .conftest import DBT_PROJECT, Build
from .handmade import Built, Extractions

BRIDGE, CLOUD, PINE, COUNTY, NEW = "990101100", "990101200", "990101001", "990101", "990101101"
ROLL = (
    f"{BRIDGE},石桥镇人民政府,township,2016,,名册",
    f"{CLOUD},望云乡人民政府,township,2016,2016,名册",
    f"{PINE},松坪街道办事处,township,2016,,名册",
    f"{COUNTY}/教育局,临溪区教育局,department,2016,,名册",
)
HEADER = "agency_key,agency_name,agency_level,first_report_year,last_report_year,source"


@pytest.fixture(scope="module")
def built(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """2014 with two agencies, 2015 with one of them, nothing of 2016, and 2017 with another that is on no roll."""
    root = tmp_path_factory.mktemp("roll")
    e = Extractions()
    for key, year in ((BRIDGE, 2014), (NEW, 2014), (BRIDGE, 2015), (BRIDGE, 2017), (NEW, 2017)):
        e.reading(e.report(key, year, region_code=key), "proactive_info_count", 7, cell_id="B.1.1")
    aside = {"status": "unreadable", "stage": "documents", "reason_code": "no_figures"}
    e.document("pine.txt", report_year=2017, agency_id=agency_id(PINE), **aside)
    e.write(root)
    tables = root / "tables"
    shutil.copytree(DBT_PROJECT.parent / "orchestration" / "registry" / "tables", tables)
    (tables / "expected_agencies.csv").write_text("\n".join([HEADER, *ROLL]) + "\n", encoding="utf-8")
    done = build(root, "--vars", json.dumps({"registry_tables": str(tables)}))
    assert done.status == 0, done.printed
    return done


def test_the_roll_says_who_is_expected_and_before_it_those_seen_before(built: Built) -> None:
    rows = built.rows("select agency_id, report_year, received, extracted from audit.aud_coverage where expected")
    assert set(rows) == {
        (agency_id(BRIDGE), 2015, True, True),
        (agency_id(NEW), 2015, False, False),
        (agency_id(BRIDGE), 2016, False, False),
        (agency_id(CLOUD), 2016, False, False),
        (agency_id(PINE), 2016, False, False),
        (agency_id(f"{COUNTY}/教育局"), 2016, False, False),
        (agency_id(BRIDGE), 2017, True, True),
        (agency_id(PINE), 2017, True, False),
        (agency_id(f"{COUNTY}/教育局"), 2017, False, False),
    }
    assert built.rows("select report_year from marts.dim_report_years order by 1") == [
        (2014,),
        (2015,),
        (2016,),
        (2017,),
    ]


def test_an_agency_that_never_reported_has_its_name_and_place(built: Built) -> None:
    query = "select agency_name, agency_level, region_code from marts.dim_agencies where agency_id = ?"
    assert built.one(query, agency_id(PINE)) == ("松坪街道办事处", "township", PINE)
    assert built.one(query, agency_id(f"{COUNTY}/教育局")) == ("临溪区教育局", "department", COUNTY)


@pytest.mark.parametrize(("day", "refused"), [(date(2018, 6, 30), False), (date(2018, 7, 1), True)])
def test_an_expected_year_that_is_missing_or_thin_fails_once_it_is_final(
    built: Built, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, day: date, refused: bool
) -> None:
    roll = tuple(
        ExpectedAgency(key, name, level, int(first), int(last) if last else None, source)
        for key, name, level, first, last, source in (row.split(",") for row in ROLL)
    )
    monkeypatch.setattr(judge_module, "load", lambda: replace(load(), expected_agencies=roll))
    (tmp_path / "data").mkdir()
    settings = Settings(data_root=tmp_path / "data", inbox=tmp_path, workers=1, as_of=day)
    settings.warehouse.symlink_to(built.warehouse)
    thin = judge(settings, 2017)
    assert thin.maturity == ("final" if refused else "provisional")
    assert {rule.rule_id for rule in thin.refusals} == ({"expected_agencies_reported"} if refused else set())
    assert "expected_agencies_all_reported" in {rule.rule_id for rule in thin.caveats}
    if refused:
        assert (thin.refusals[0].told_en or "").startswith("1 of 3 expected agencies have not reported (33.3 %")
        missing = {rule.rule_id for rule in judge(settings, 2016).refusals}
        assert missing == {"expected_year_reported", "expected_agencies_reported"}
        assert judge(settings, 2015).passed


def test_without_a_roll_the_expected_are_said_to_be_those_seen_before(built: Built, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    settings = Settings(data_root=tmp_path / "data", inbox=tmp_path, workers=1, as_of=date(2018, 6, 30))
    settings.warehouse.symlink_to(built.warehouse)
    told = {rule.rule_id: rule for rule in judge(settings, 2017).caveats}["expected_agencies_all_reported"]
    assert told.told_en == "1 of 3 agencies seen in earlier years (no roll) have not reported."
    assert told.told_zh == "往年报告过的机关（没有名册）共 3 个，其中 1 个没有报告。"
