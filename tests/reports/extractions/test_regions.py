"""Names of areas and townships: what one name may mean, and in which forms it is printed."""

from __future__ import annotations

from time import perf_counter

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.extractions.regions import RegionIndex, area_stem, township_key


@pytest.fixture(scope="module")
def index(registry: Registry) -> RegionIndex:
    words = registry.wording["identity"]
    return RegionIndex(registry.regions, words["placeholder_areas"], words["common_word_areas"])


def test_the_list_of_regions_is_whole_and_sorted(registry: Registry) -> None:
    codes = [region.region_code for region in registry.regions]
    assert codes == sorted(set(codes))
    known = set(codes)
    assert all(len(code) == 2 or code[: {4: 2, 6: 4, 9: 6}[len(code)]] in known for code in codes)
    assert sum(len(code) == 9 for code in codes) > 43_000
    assert sum(len(code) == 2 for code in codes) == 32


def test_the_index_is_built_quickly(registry: Registry) -> None:
    words = registry.wording["identity"]
    start = perf_counter()
    RegionIndex(registry.regions, words["placeholder_areas"], words["common_word_areas"])
    assert perf_counter() - start < 1.5


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
