"""Divisions and agencies over the years: one series through a rename, and no row of a division is taken for another."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.provenance import agency_id

from .conftest import Build
from .handmade import Built, Extractions

COUNTY, OTHER = "320829", "990101"


@pytest.fixture(scope="module")
def built(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A county whose name and code changed in 2016, reporting before and after; and two files set aside."""
    e, root = Extractions(), tmp_path_factory.mktemp("renamed")
    before = {"agency_name": "洪泽县人民政府", "region_code": "320829", "agency_level": "county"}
    after = {"agency_name": "洪泽区人民政府", "region_code": "320813", "agency_level": "county"}
    for year, named, figure in ((2014, before, 10), (2015, before, 20), (2017, after, 40)):
        e.reading(e.report(COUNTY, year, **named), "proactive_info_count", figure, cell_id="B.1.1")
    e.report(OTHER, 2017, agency_name="临溪区人民政府", region_code="990101", agency_level="county")
    aside = {"status": "partial", "stage": "extractions", "report_year": 2017}
    e.document("which.txt", reason_code="agency_ambiguous", reason_detail="甲(990101); 乙(990102)", **aside)
    e.document("whose.txt", reason_code="agency_unresolved", **aside)
    e.write(root)
    done = build(root)
    assert done.status == 0, done.printed
    return done


def test_the_reports_of_a_renamed_county_are_one_series(built: Built) -> None:
    series = built.rows(
        "select agency_id, report_year, value from marts.fct_observations "
        "where indicator_code = 'proactive_info_count' and value is not null and period_basis = 'year' order by all"
    )
    agency = agency_id(COUNTY)
    assert series == [(agency, 2014, 10), (agency, 2015, 20), (agency, 2017, 40)]
    newest = built.one("select agency_name, region_code from marts.dim_agencies where agency_id = ?", agency)
    assert newest == ("洪泽区人民政府", "320813")


def test_its_versions_change_in_the_year_of_the_division(built: Built) -> None:
    versions = built.rows(
        "select agency_name, region_code, valid_from, valid_until from marts.dim_agency_versions "
        "where agency_id = ? order by valid_from",
        agency_id(COUNTY),
    )
    assert versions == [("洪泽县人民政府", "320829", 2014, 2015), ("洪泽区人民政府", "320813", 2016, None)]


def test_every_division_of_the_registry_has_the_names_above_it(built: Built, registry: Registry) -> None:
    lost = built.rows(
        "select region_code from marts.dim_regions where province_name is null "
        "or (length(region_code) >= 4 and prefecture_name is null) "
        "or (length(region_code) >= 6 and county_name is null)"
    )
    assert lost == []
    rows = built.rows("select region_code, valid_from, valid_until from marts.dim_regions order by all")
    listed = [(region.region_code, region.valid_from, region.valid_until) for region in registry.regions]
    assert rows == sorted(listed, key=lambda row: row[:2])


def test_the_candidates_for_a_file_set_aside_are_named(built: Built) -> None:
    reasons = {
        uri: (zh, en) for uri, zh, en in built.rows("select source_uri, reason_zh, reason_en from audit.aud_quarantine")
    }
    zh, en = reasons["which.txt"]
    assert zh.endswith("。候选：甲(990101); 乙(990102)。")
    assert en.endswith(". Candidates: 甲(990101); 乙(990102).")
    assert all("候选：" not in text and "Candidates" not in text for text in reasons["whose.txt"])
