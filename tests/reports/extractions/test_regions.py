"""Names of areas and townships: what one name may mean, and in which forms it is printed."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Region, Registry, Succession
from orchestration.registry.placenames import area_stem, township_key
from orchestration.reports.extractions.identity.history import RegionHistory
from orchestration.reports.extractions.identity.regions import RegionIndex


@pytest.fixture(scope="module")
def index(registry: Registry) -> RegionIndex:
    words = registry.wording["identity"]
    return RegionIndex(
        RegionHistory(registry.regions, registry.successions, words["placeholder_areas"], words["township_endings"]),
        2017,
        words["common_word_areas"],
    )


def test_the_list_of_regions_is_whole(registry: Registry) -> None:
    known = {region.region_code for region in registry.regions}
    assert all(len(code) == 2 or code[: {4: 2, 6: 4, 9: 6}[len(code)]] in known for code in known)
    assert sum(len(code) == 9 for code in known) > 46_000
    assert sum(len(code) == 2 for code in known) == 32


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("松坪街道办事处", "松坪街道"),
        ("松坪街道办", "松坪街道"),
        ("松坪办事处", "松坪街道"),
        ("石桥镇人民政府", "石桥镇"),
        ("望云乡政府", "望云乡"),
        ("石桥镇(开发区)", "石桥镇"),
        ("竹园街街道办事处", "竹园街街道"),
        ("街道办事处", "街道办事处"),
        ("松坪地区办事处", "松坪地区街道"),
        ("松坪地区", "松坪地区街道"),
    ],
)
def test_one_form_for_all_ways_to_write_a_township(printed: str, key: str) -> None:
    assert township_key(printed) == key


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("临溪区", "临溪"),
        ("广西壮族自治区", "广西"),
        ("延边朝鲜族自治州", "延边"),
        ("云岭省", "云岭"),
        ("赵县", "赵县"),
    ],
)
def test_the_stem_of_an_area_drops_its_kind(name: str, stem: str) -> None:
    assert area_stem(name) == stem


def test_a_township_name_may_mean_several_places(index: RegionIndex) -> None:
    assert index.townships("和顺街道办事处") == index.townships("和顺街道")
    assert {"990101003", "990102002"} <= set(index.townships("和顺街道"))
    assert len(index.townships("光明街道")) > 5


def test_shortened_and_renamed_townships_are_found_loosely(index: RegionIndex) -> None:
    assert index.townships_loosely("竹园街", "990101") == ("990101004",)
    assert index.townships_loosely("竹园街道", "990101") == ("990101004",)
    assert index.townships_loosely("望云镇", "990101") == ("990101200",)
    assert index.townships_loosely("望云镇") == ()
    assert index.townships_loosely("杉木沟乡", "990102") == ("990102201",)


def test_what_lies_above_has_a_name_of_its_own(index: RegionIndex) -> None:
    assert index.above("990101100") == ("990101", "9901", "99")
    assert index.above("110101001") == ("110101", "11")
    assert index.above("441900003") == ("4419", "44")
    assert index.county_of("441900003") == "4419"


def test_a_city_with_one_district_of_its_name_is_one_area(index: RegionIndex) -> None:
    assert index.areas("东莞市") == ("4419",)
    assert len(index.areas("鼓楼区")) == 4


def test_mentions_take_the_longest_name(index: RegionIndex) -> None:
    found = [(m.name, m.codes) for m in index.mentions("青河市临溪区与社区、市辖区")]
    assert found == [("青河市", ("9901",)), ("临溪区", ("990101",))]


# --- the same places over the years


def made_up(*rows: tuple[str, str, int, int | None], successions: tuple[Succession, ...] = ()) -> RegionHistory:
    levels = {2: "province", 4: "prefecture", 6: "county", 9: "township"}
    regions = [
        Region(code, name, levels[len(code)], code[: {2: 0, 4: 2, 6: 4, 9: 6}[len(code)]] or None, first, last)
        for code, name, first, last in rows
    ]
    return RegionHistory(regions, successions, ["市辖区"], ["镇", "乡", "街道"])


ABOVE = (("11", "甲省", 2002, None), ("1101", "乙市", 2002, None))
COUNTY_TO_DISTRICT = made_up(
    *ABOVE,
    ("110122", "戊己县", 2002, 2017),
    ("110103", "戊己区", 2018, None),
    ("110122100", "上河镇", 2016, 2017),
    ("110103100", "上河镇", 2018, 2019),
    ("110103001", "上河街道", 2020, None),
    successions=(
        Succession("110122", "110103", 2018),
        Succession("110122100", "110103100", 2018),
        Succession("110103100", "110103001", 2020),
    ),
)


@pytest.mark.parametrize(
    ("year", "county", "township"),
    [
        (2010, ("110122", "戊己县"), ("110122100", "上河镇")),
        (2017, ("110122", "戊己县"), ("110122100", "上河镇")),
        (2018, ("110103", "戊己区"), ("110103100", "上河镇")),
        (2025, ("110103", "戊己区"), ("110103001", "上河街道")),
    ],
)
def test_a_division_keeps_its_key_through_new_numbers_and_names(
    year: int, county: tuple[str, str], township: tuple[str, str]
) -> None:
    index = RegionIndex(COUNTY_TO_DISTRICT, year, [])
    assert index.areas(county[1]) == (county[0],)
    assert index.townships(township[1]) == (township[0],)
    assert (index.name(county[0]), index.name(township[0])) == (county[1], township[1])
    assert (index.key(county[0]), index.key(township[0])) == ("110122", "110122100")
    assert index.county_of(township[0]) == county[0]


def test_names_of_other_years_lead_to_the_number_of_the_year() -> None:
    index = RegionIndex(COUNTY_TO_DISTRICT, 2025, [])
    assert index.areas("戊己县") == ()
    assert index.areas_by_stem("戊己县") == ("110103",)
    assert index.townships("上河镇") == ()
    assert index.townships_of_other_years("上河镇") == ("110103001",)
    assert index.names("110103") == {"戊己县", "戊己区"}


def test_a_township_of_the_first_list_lies_in_its_county_of_earlier_years() -> None:
    history = made_up(
        *ABOVE,
        ("110122", "戊己县", 2002, 2013),
        ("110103", "戊己区", 2014, None),
        ("110103100", "上河镇", 2016, None),
        successions=(Succession("110122", "110103", 2014),),
    )
    index = RegionIndex(history, 2010, [])
    assert index.county_of("110103100") == "110122"
    assert index.lies_in("110103100", ("110122",))
    assert index.townships_loosely("上河乡", "110122") == ("110103100",)


def test_a_number_given_to_another_place_has_a_key_of_its_own() -> None:
    history = made_up(
        *ABOVE,
        ("110101", "丙丁区", 2002, 2015),
        ("110101", "庚辛区", 2016, None),
        ("110181", "丙丁市", 2016, None),
        successions=(Succession("110101", "110181", 2016),),
    )
    index = RegionIndex(history, 2020, [])
    assert index.key("110181") == "110101"
    assert index.key("110101") == "110101@2016"


def test_numbers_that_changed_places_keep_to_their_names() -> None:
    history = made_up(
        *ABOVE,
        ("110101", "丙丁区", 2002, None),
        ("110101001", "东门街道", 2016, 2018),
        ("110101001", "西门街道", 2019, None),
        ("110101002", "西门街道", 2016, 2018),
        ("110101002", "东门街道", 2019, None),
        successions=(Succession("110101001", "110101002", 2019), Succession("110101002", "110101001", 2019)),
    )
    index = RegionIndex(history, 2020, [])
    assert (index.key("110101002"), index.key("110101001")) == ("110101001", "110101002")


def test_a_new_name_alone_changes_no_key() -> None:
    history = made_up(*ABOVE, ("110101", "丙丁区", 2002, 2011), ("110101", "庚辛区", 2012, None))
    assert RegionIndex(history, 2020, []).key("110101") == "110101"
    assert RegionIndex(history, 2010, []).name("110101") == "丙丁区"


def test_years_after_the_newest_list_take_the_newest() -> None:
    index = RegionIndex(COUNTY_TO_DISTRICT, 2040, [])
    assert index.townships("上河街道") == ("110103001",)
    assert index.townships("新集街道") == ()
