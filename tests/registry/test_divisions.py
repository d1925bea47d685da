"""The yearly lists of divisions merged: names with their years, and what follows what, on a made-up country."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from orchestration.registry import divisions
from orchestration.registry.divisions import Version, comparable, merge
from orchestration.registry.model import Registry
from orchestration.registry.successors import Succession, successions_between

OLD = {
    "11": "甲省",
    "1101": "乙市",
    "110101": "丙丁区",
    "110122": "戊己县",
    "110101001": "东门街道办事处",
    "110101002": "西门街道",
    "110122100": "上河镇",
    "110122200": "下河乡",
}


def changed(**new: str | None) -> dict[str, str]:
    """The old list with these codes (c110101="…") named so, or left out."""
    codes = {code.removeprefix("c"): name for code, name in new.items()}
    return {code: name for code, name in (OLD | codes).items() if name is not None}


def versions_of(code: str, lists: dict[int, dict[str, str]]) -> list[tuple[str, int, int | None]]:
    return sorted(((v.name, v.first, v.last) for v in merge(lists)[0] if v.code == code), key=lambda found: found[1])


def test_a_name_that_stays_is_one_version_without_an_end() -> None:
    assert versions_of("110101", {2016: OLD, 2017: OLD}) == [("丙丁区", 2016, None)]


def test_ways_to_write_a_sub_district_are_no_versions() -> None:
    later = changed(c110101001="东门街道", c110101002="西门街道办事处")
    assert versions_of("110101001", {2016: OLD, 2017: later}) == [("东门街道", 2016, None)]
    assert versions_of("110101002", {2016: OLD, 2017: later}) == [("西门街道办事处", 2016, None)]


def test_a_new_name_ends_the_old_one() -> None:
    lists = {2016: OLD, 2017: OLD, 2018: changed(c110122100="上湾镇")}
    assert versions_of("110122100", lists) == [("上河镇", 2016, 2017), ("上湾镇", 2018, None)]
    assert merge(lists)[1] == []


def test_what_is_gone_ends_and_what_is_new_begins() -> None:
    lists = {2016: OLD, 2017: changed(c110122200=None, c110122105="新集镇")}
    assert versions_of("110122200", lists) == [("下河乡", 2016, 2016)]
    assert versions_of("110122105", lists) == [("新集镇", 2017, None)]
    assert merge(lists)[1] == []


def test_a_list_that_leaves_a_place_out_once_ends_nothing() -> None:
    lists = {2016: OLD, 2017: changed(c110122200=None), 2018: OLD}
    assert versions_of("110122200", lists) == [("下河乡", 2016, None)]
    gone_for_two = {2016: OLD, 2017: changed(c110122200=None), 2018: changed(c110122200=None), 2019: OLD}
    assert versions_of("110122200", gone_for_two) == [("下河乡", 2016, 2016), ("下河乡", 2019, None)]


@pytest.mark.parametrize(
    ("new", "followed"),
    [
        ({"c110122200": None, "c110122101": "下河镇"}, [("110122200", "110122101")]),
        ({"c110122200": None, "c110122102": "下河乡"}, [("110122200", "110122102")]),
        ({"c110122200": None, "c110101102": "下河乡"}, [("110122200", "110101102")]),
        ({"c110122200": None, "c110101102": "下河镇"}, []),
        ({"c110122200": None, "c110122101": "下河镇", "c110122003": "下河街道"}, []),
        (
            {
                "c110122": None,
                "c110103": "戊己区",
                "c110122100": None,
                "c110122200": None,
                "c110103100": "上河镇",
                "c110103101": "下河镇",
            },
            [("110122", "110103"), ("110122100", "110103100"), ("110122200", "110103101")],
        ),
        ({"c110101": "庚辛区", "c110181": "丙丁市"}, []),
        # What most of it consisted of goes on under another name and number; not where others joined it.
        (
            {
                "c110122": None,
                "c110103": "庚辛区",
                "c110122100": None,
                "c110122200": None,
                "c110103100": "上河镇",
                "c110103200": "下河乡",
            },
            [("110122", "110103"), ("110122100", "110103100"), ("110122200", "110103200")],
        ),
        (
            {
                "c110122": None,
                "c110103": "庚辛区",
                "c110122100": None,
                "c110122200": None,
                "c110103100": "上河镇",
                "c110103101": "中河镇",
                "c110103102": "大河镇",
                "c110103200": "下河乡",
            },
            [("110122100", "110103100"), ("110122200", "110103200")],
        ),
        ({"c110122100": "下河镇", "c110122200": "上河乡"}, [("110122100", "110122200"), ("110122200", "110122100")]),
    ],
)
def test_the_same_place_under_a_new_number_is_followed(
    new: dict[str, str | None], followed: list[tuple[str, str]]
) -> None:
    assert merge({2016: OLD, 2017: changed(**new)})[1] == [Succession(*pair, 2017) for pair in followed]


def packages(folder: Path, lists: dict[int, dict[str, str]]) -> None:
    """The lists as unpacked packages, of which vintages.csv names one for each year."""
    for vintage in divisions.read_vintages(divisions.TABLES / "vintages.csv"):
        names = lists[max(year for year in lists if year <= vintage.year)]
        root = folder / f"{vintage.package}-{vintage.version}" / "package"
        if vintage.revision:
            (root / "lib").mkdir(parents=True, exist_ok=True)
            codes = {code.ljust(6, "0"): name for code, name in names.items() if len(code) <= 6}
            text = json.dumps(codes | {"110100": "市辖区", "810000": "香港特别行政区"})
            (root / "lib" / f"{vintage.revision}.json").write_text(text, "utf-8")
            continue
        (root / "dist").mkdir(parents=True)
        for size, name in zip((2, 4, 6, 9), ("provinces", "cities", "areas", "streets"), strict=True):
            with (root / "dist" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([("code", "name"), *(i for i in names.items() if len(i[0]) == size)])


@pytest.mark.parametrize(
    ("old", "new", "followed"),
    [
        ({"110124": "郊县"}, {"110117": "郊都区"}, [("110124", "110117")]),
        ({"110124": "郊县"}, {"110184": "郊州市"}, [("110124", "110184")]),
        ({"110124": "郊县"}, {"110117": "郊都区", "110118": "郊阳区"}, []),
        ({"110124": "郊县"}, {"110117": "都郊区"}, []),
        ({"110124": "郊野县"}, {"110117": "郊都区"}, []),
        ({"110124": "郊区"}, {"110117": "郊都区"}, []),
        ({"110124": "庚新县"}, {"110117": "庚新区"}, [("110124", "110117")]),
    ],
)
def test_a_county_of_one_character_is_followed_under_its_longer_name(
    old: dict[str, str], new: dict[str, str], followed: list[tuple[str, str]]
) -> None:
    assert merge({2013: OLD | old, 2014: OLD | new})[1] == [Succession(*pair, 2014) for pair in followed]


def test_the_command_writes_both_tables_the_same_every_time(tmp_path: Path) -> None:
    renamed = changed(c110122200=None, c110122101="下河镇")
    packages(tmp_path / "in", {2002: OLD, 2019: renamed})
    written = []
    for name in ("one", "two"):
        out = tmp_path / name / "regions.csv"
        out.parent.mkdir()
        assert divisions.main([str(tmp_path / "in"), "--out", str(out)]) == 0
        written.append((out.read_bytes(), out.with_name("successions.csv").read_bytes()))
    assert written[0] == written[1]
    lines = written[0][0].decode().splitlines()
    assert lines[0] == "region_code,region_name,valid_from,valid_until"
    assert {"110122,戊己县,2002,", "110122200,下河乡,2016,2018", "110122101,下河镇,2019,"} <= set(lines)
    assert not any(line.startswith("81") for line in lines)
    assert any(line.startswith("99,") for line in lines)
    assert written[0][1].decode() == "old_code,new_code,year\n110122200,110122101,2019\n"


def test_packages_that_are_not_there_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert divisions.main([str(tmp_path), "--out", str(tmp_path / "regions.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "regions.csv").exists()


def test_the_committed_table_is_in_order_and_small(registry: Registry) -> None:
    rows = [(region.region_code, region.valid_from) for region in registry.regions]
    assert rows == sorted(rows)
    assert (divisions.TABLES / "regions.csv").stat().st_size < 2_500_000
    assert {vintage.year for vintage in registry.vintages} == set(range(2002, 2024))
    assert min(region.valid_from for region in registry.regions if len(region.region_code) == 9) == 2016


def test_the_committed_table_knows_the_changes_of_the_years(registry: Registry) -> None:
    known = {Version(r.region_code, r.region_name, r.valid_from, r.valid_until) for r in registry.regions}
    assert Version("320829", "洪泽县", 2002, 2015) in known
    assert Version("320813", "洪泽区", 2016, None) in known
    assert ("320829", "320813", 2016) in {(s.old_code, s.new_code, s.year) for s in registry.successions}
    assert ("510124", "510117", 2017) in {(s.old_code, s.new_code, s.year) for s in registry.successions}


def test_the_committed_successions_are_those_of_the_committed_lists(registry: Registry) -> None:
    """What follows what is found in regions.csv as well as in the packages: neither is edited without the other."""
    years = range(2002, 2024)
    lists: dict[int, dict[str, str]] = {year: {} for year in years}
    for region in registry.regions:
        if not region.region_code.startswith("99"):
            for year in range(region.valid_from, (region.valid_until or years[-1]) + 1):
                lists[year][region.region_code] = region.region_name
    found = {one for year in years[1:] for one in successions_between(lists[year - 1], lists[year], year, comparable)}
    committed = {Succession(s.old_code, s.new_code, s.year) for s in registry.successions}
    assert found == {one for one in committed if not one.old_code.startswith("99")}
