"""Who speaks: names taken apart, and resolved only by what the document says around them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestration.registry.model import Agency, Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.identify import candidates_in_words, identify
from orchestration.reports.extractions.identity.bodies import BodyWords
from orchestration.reports.extractions.identity.history import RegionHistory
from orchestration.reports.extractions.identity.names import NameReader
from orchestration.reports.extractions.identity.regions import RegionIndex
from orchestration.reports.extractions.model import Identity

BODY = """
一、主动公开政府信息情况
全年主动公开政府信息12条。
二、依申请公开政府信息情况
未收到申请。
三、行政复议和行政诉讼情况
没有发生。
"""


@pytest.fixture(scope="module")
def reader(registry: Registry) -> NameReader:
    words = registry.wording["identity"]
    history = RegionHistory(
        registry.regions, registry.successions, words["placeholder_areas"], words["township_endings"]
    )
    return NameReader(RegionIndex(history, 2017, words["common_word_areas"]), words, BodyWords(words))


def told(registry: Registry, text: str) -> Identity:
    return identify(read(text.encode(), "sample.txt"), registry)


@pytest.mark.parametrize(
    ("printed", "areas", "township", "body"),
    [
        ("临溪区松坪街道办事处", ("990101",), "松坪街道办事处", ""),
        ("云岭省青河市临溪区人民政府松坪街道办事处", ("990101",), "松坪街道办事处", ""),
        ("临溪区竹园街", ("990101",), "竹园街", ""),
        ("石桥镇人民政府党政办公室", (), "石桥镇", ""),
        ("青河市教育局", ("9901",), "", "教育局"),
        ("青河临溪区教育局", ("990101",), "", "教育局"),
        ("白石区教育局", ("990102",), "", "教育局"),
        ("县教育局办公室", (), "", "教育局"),
        ("临溪区人民政府", ("990101",), "", ""),
        ("临溪区人民政府办公室", ("990101",), "", "人民政府办公室"),
        ("临溪区政府信息公开领导小组办公室", ("990101",), "", ""),
        ("一市镇", (), "一市镇", ""),
        ("廿三里街道", (), "廿三里街道", ""),
        ("延安街道", (), "延安街道", ""),
        ("武山镇", (), "武山镇", ""),
        ("住房和城乡建设局", (), "", "住房和城乡建设局"),
        ("乡镇企业局", (), "", "乡镇企业局"),
        ("大同市城区", ("140202",), "", ""),
    ],
)
def test_names_are_taken_apart(
    reader: NameReader, printed: str, areas: tuple[str, ...], township: str, body: str
) -> None:
    name = reader.read(printed)
    assert name is not None
    assert (name.areas, name.township.removesuffix("人民政府"), name.body) == (areas, township, body)


@pytest.mark.parametrize(
    "words",
    ["", "我局", "街道党工委", "本单位", "发布日期", "截至", "根据区政府办公室", "城区", "认真贯彻落实文件", "办公室"],
)
def test_other_words_are_no_names(reader: NameReader, words: str) -> None:
    assert reader.read(words) is None


def test_a_township_is_found_by_county_and_name_together(registry: Registry) -> None:
    identity = told(registry, f"和顺街道2016年政府信息公开工作年度报告\n按照白石县政府要求,我街道报告如下。{BODY}")
    assert identity.agency_name == "白石县和顺街道办事处"
    assert (identity.region_code, identity.agency_key, identity.region_resolution) == (
        "990102002",
        "990102002",
        "exact",
    )
    assert identity.agency_level == "township"


def test_a_name_alone_decides_nothing(registry: Registry) -> None:
    identity = told(registry, f"和顺街道2016年政府信息公开工作年度报告\n我街道报告如下。{BODY}")
    assert identity.region_resolution == "ambiguous"
    assert identity.region_code is None
    assert {"990101003", "990102002"} <= set(identity.candidates)
    assert "agency_ambiguous" in identity.issue_codes


def test_even_the_only_place_of_a_name_needs_its_county(registry: Registry) -> None:
    identity = told(registry, f"杉木沟苗族乡2016年政府信息公开工作年度报告\n我乡报告如下。{BODY}")
    assert (identity.region_resolution, identity.region_code) == ("unresolved", None)
    assert identity.candidates == ("990102201",)
    assert identity.agency_name == "杉木沟苗族乡人民政府"


def test_two_papers_of_one_name_and_no_place_are_two_agencies(registry: Registry) -> None:
    keys = {
        told(registry, f"和顺街道2016年政府信息公开工作年度报告\n{extra}{BODY}").agency_key
        for extra in ("甲。", "乙。")
    }
    assert len(keys) == 2


def test_the_county_beside_the_name_beats_a_county_that_is_only_mentioned(registry: Registry) -> None:
    text = f"和顺街道2016年政府信息公开工作年度报告\n我街道赴白石县学习。由临溪区和顺街道办事处编制。{BODY}临溪区"
    assert told(registry, text).region_code == "990101003"


def test_the_city_decides_between_counties_of_one_name(registry: Registry) -> None:
    title = "鼓楼区教育局2016年政府信息公开工作年度报告\n"
    assert told(registry, f"{title}福州市鼓楼区。{BODY}").region_code == "350102"
    open_case = told(registry, f"{title}{BODY}")
    assert (open_case.region_resolution, len(open_case.candidates)) == ("ambiguous", 4)


def test_a_shortened_name_is_resolved_in_its_county(registry: Registry) -> None:
    identity = told(registry, f"临溪区竹园街2016年政府信息公开工作年度报告{BODY}")
    assert (identity.region_code, identity.region_resolution) == ("990101004", "by_county")
    assert identity.agency_name == "临溪区竹园街街道办事处"


def test_the_full_form_elsewhere_makes_a_shortened_name_exact(registry: Registry) -> None:
    identity = told(
        registry,
        f"临溪区竹园街2016年政府信息公开工作年度报告{BODY}\n临溪区竹园街街道办事处\n2017年3月1日\n",
    )
    assert (identity.region_resolution, identity.agency_name_as_printed) == ("exact", "临溪区竹园街街道办事处")


def test_a_township_the_list_does_not_know_keeps_its_county(registry: Registry) -> None:
    identity = told(registry, f"临溪区新店镇2016年政府信息公开工作年度报告{BODY}")
    assert (identity.region_code, identity.region_resolution) == ("990101", "by_county")
    assert identity.agency_key == "990101/新店镇人民政府"


def test_a_county_since_renamed_still_places_its_agencies(registry: Registry) -> None:
    identity = told(registry, f"石桥镇2012年政府信息公开工作年度报告\n白石区政府网站。{BODY}")
    assert (identity.region_code, identity.region_resolution) == ("990102101", "by_county")


def test_a_department_is_region_and_body(registry: Registry) -> None:
    identity = told(registry, f"青河市教育局2016年政府信息公开工作年度报告{BODY}")
    assert (identity.agency_key, identity.agency_level) == ("9901/教育局", "department")
    assert (identity.agency_name, identity.region_code) == ("青河市教育局", "9901")


def test_the_year_may_stand_inside_the_name(registry: Registry) -> None:
    identity = told(registry, f"白石县2016年教育局信息公开工作年度报告{BODY}")
    assert identity.agency_key == "990102/教育局"


def test_a_department_without_its_place_is_placed_by_the_words_beside_it(registry: Registry) -> None:
    text = f"县教育局2016年政府信息公开工作年度报告\n请与白石县教育局联系。{BODY}"
    assert told(registry, text).agency_key == "990102/教育局"


def test_superiors_cited_in_titles_of_rules_place_nobody(registry: Registry) -> None:
    text = f"教育局2016年政府信息公开工作年度报告\n根据《青河市政府信息公开规定》,我局报告如下。{BODY}"
    assert told(registry, text).region_resolution == "unresolved"


def test_governments_of_every_level(registry: Registry) -> None:
    for title, code, level in (
        ("云岭省", "99", "province"),
        ("青河市人民政府", "9901", "prefecture"),
        ("临溪区", "990101", "county"),
    ):
        identity = told(registry, f"{title}2016年政府信息公开工作年度报告{BODY}")
        assert (identity.agency_key, identity.agency_level) == (code, level)
        assert identity.agency_name == f"{title.removesuffix('人民政府')}人民政府"


def test_the_registrys_own_agencies_come_before_the_rules(registry: Registry) -> None:
    identity = told(registry, f"国家发展改革委2016年政府信息公开工作年度报告{BODY}")
    assert (identity.agency_name, identity.agency_level) == ("国家发展和改革委员会", "ministry")
    assert identity.issue_codes == ()


@pytest.mark.parametrize(
    "text",
    [
        f"2016年政府信息公开工作年度报告{BODY}\n临溪区松坪街道办事处\n2017年2月6日\n",
        f"2016年政府信息公开工作年度报告\n填报单位(盖章):临溪区松坪街道办事处\n{BODY}",
        f"2016年政府信息公开工作年度报告\n本报告由临溪区松坪街道办事处根据条例编制。{BODY}",
        f"2016年政府信息公开工作年度报告\n如有疑问,请与临溪区松坪街道党政办公室联系(电话:1)。{BODY}",
        f"2016年政府信息公开工作年度报告(松坪街道)\n地址:临溪区一号。{BODY}",
        f"首页 > 政府信息公开 > 临溪区松坪街道 > 年度报告\n2016年政府信息公开工作年度报告\n我街道{BODY}",
    ],
)
def test_a_title_without_a_name_is_completed_from_elsewhere(registry: Registry, text: str) -> None:
    assert told(registry, text).region_code == "990101001"


def test_the_publisher_is_not_the_author(registry: Registry) -> None:
    text = (
        f"2016年政府信息公开工作年度报告\n来源:临溪区人民政府办公室\n我镇报告如下。{BODY}\n石桥镇人民政府\n2017年1月9日"
    )
    assert told(registry, text).region_code == "990101100"


def test_a_row_of_the_registry_resolves_what_the_document_leaves_open(registry: Registry) -> None:
    text = f"和顺街道2016年政府信息公开工作年度报告\n我街道报告如下。{BODY}"
    row = Agency("990102002", "白石县和顺街道办事处", "township", "990102002", None, ("和顺街道",), 2008, None)
    identity = told(replace(registry, agencies=(*registry.agencies, row)), text)
    assert (identity.region_code, identity.agency_key, identity.region_resolution) == (
        "990102002",
        "990102002",
        "exact",
    )
    assert identity.issue_codes == ()
    elsewhere = told(replace(registry, agencies=(*registry.agencies, row)), text.replace("我街道", "临溪区和顺街道"))
    assert elsewhere.region_code == "990101003"


def test_of_two_rows_of_one_agency_the_one_of_the_year_names_it(registry: Registry) -> None:
    rows = (
        Agency("cn/旧署", "国家旧署", "ministry", None, None, ("旧署",), 2008, 2012),
        Agency("cn/旧署", "国家新署", "ministry", None, None, ("旧署",), 2013, None),
    )
    known = replace(registry, agencies=rows)
    for year, name in ((2010, "国家旧署"), (2015, "国家新署")):
        identity = told(known, f"旧署{year}年政府信息公开工作年度报告{BODY}")
        assert (identity.agency_name, identity.agency_key) == (name, "cn/旧署")


def test_candidates_are_told_with_all_names_above_them(registry: Registry) -> None:
    identity = told(registry, f"杉木沟苗族乡2016年政府信息公开工作年度报告\n我乡报告如下。{BODY}")
    assert candidates_in_words(identity, registry) == ("云岭省青河市白石县杉木沟苗族乡(990102201)",)


# --- evidence that contradicts itself


def test_another_agency_that_signs_is_a_contradiction(registry: Registry) -> None:
    text = f"白石县教育局2016年政府信息公开工作年度报告{BODY}\n白石县水利局\n2017年1月9日\n"
    identity = told(registry, text)
    assert (identity.agency_name, identity.rival_names) == ("白石县教育局", ("白石县水利局",))
    assert "agency_conflicting" in identity.issue_codes
    assert identity.agency_score is not None and 0.5 < identity.agency_score < 1


@pytest.mark.parametrize(
    ("title", "signature"),
    [
        ("白石县教育局", "白石县教育局办公室"),
        ("白石县教育局", "白石县教育体育局"),
        ("白石县教育局", "白石县人民政府办公室"),
        ("白石县石桥镇", "石桥镇人民政府"),
        ("白石县石桥镇", "白石县人民政府"),
        ("临溪区竹园街", "临溪区竹园街街道办事处"),
        ("白石县", "白石县人民政府办公室"),
    ],
)
def test_other_forms_and_offices_are_no_contradiction(registry: Registry, title: str, signature: str) -> None:
    identity = told(registry, f"{title}2016年政府信息公开工作年度报告{BODY}\n{signature}\n2017年1月9日\n")
    assert (identity.rival_names, identity.agency_score) == ((), 1.0)


def test_a_title_of_the_county_gives_way_to_the_town_that_speaks_and_signs(registry: Registry) -> None:
    text = f"白石县2016年政府信息公开工作年度报告\n我镇报告如下。{BODY}\n白石县双河镇人民政府\n2017年1月9日\n"
    assert told(registry, text).region_code == "990102102"


def test_the_file_name_completes_what_the_text_leaves_open(registry: Registry) -> None:
    text = f"2016年政府信息公开工作年度报告\n我街道报告如下。{BODY}".encode()
    assert identify(read(text, "白石县和顺街道2016年政府信息公开工作年度报告.txt"), registry).region_code == "990102002"
    assert identify(read(text, "001_cf4ab820.txt"), registry).agency_key is None


# --- names over the years


@pytest.mark.parametrize(("title", "name"), [("洪泽县", "洪泽县"), ("洪泽区", "洪泽县")])
def test_a_department_is_one_agency_through_the_new_name_of_its_county(
    registry: Registry, title: str, name: str
) -> None:
    early = told(registry, f"{title}教育局2014年政府信息公开工作年度报告{BODY}")
    assert (early.agency_name, early.region_code) == (f"{name}教育局", "320829")
    assert early.region_resolution == ("exact" if title == name else "by_county")
    late = told(registry, f"洪泽区教育局2022年政府信息公开工作年度报告{BODY}")
    assert (late.agency_name, late.region_code) == ("洪泽区教育局", "320813")
    assert early.agency_key == late.agency_key


def test_short_names_of_departments_are_the_same_agency(registry: Registry) -> None:
    keys = {
        told(registry, f"白石县{body}2020年政府信息公开工作年度报告{BODY}").agency_key
        for body in ("市场监管局", "市场监督管理局")
    }
    assert keys == {"990102/市场监督管理局"}


def test_no_name_at_all_is_said(registry: Registry) -> None:
    identity = told(registry, f"2016年政府信息公开工作年度报告\n我局报告如下。{BODY}")
    assert identity.agency_key is None
    assert identity.issue_codes == ("agency_unresolved",)
