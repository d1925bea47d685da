"""Agencies as papers and pages write them: short, doubled, without a place, or named by who answers for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestration.registry.model import Agency, Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.extractions.identify import identify
from orchestration.reports.extractions.model import Identity

BODY = """
一、主动公开政府信息情况
全年主动公开政府信息12条。
二、依申请公开政府信息情况
未收到申请。
三、行政复议和行政诉讼情况
没有发生。
"""
UNTITLED = "2016年政府信息公开工作年度报告"


def told(registry: Registry, text: str) -> Identity:
    return identify(read(f"{text}{BODY}".encode(), "sample.txt"), registry)


def titled(registry: Registry, author: str, text: str = "") -> Identity:
    return told(registry, f"{author}2016年政府信息公开工作年度报告\n{text}")


# --- the name


@pytest.mark.parametrize(
    ("author", "text", "name", "code"),
    [
        ("宁夏自然资源厅", "", "宁夏回族自治区自然资源厅", "64"),
        ("内蒙古财政厅", "", "内蒙古自治区财政厅", "15"),
        ("广西发展改革委", "", "广西壮族自治区发展和改革委员会", "45"),
        ("青河教育局", "青河市政府网站。", "青河市教育局", "9901"),
        ("青河教育局", "", "青河教育局", None),
        ("巴州财政局", "巴音郭楞蒙古自治州", "巴音郭楞蒙古自治州财政局", "6528"),
        ("巴州财政局", "", "巴州财政局", None),
        ("国家统计局上海调查总队", "", "国家统计局上海调查总队", "31"),
        ("国家统计局青河调查队", "青河市政府网站。", "国家统计局青河调查队", "9901"),
        ("中国民用航空华东地区管理局", "设在上海市。", "中国民用航空华东地区管理局", None),
        ("长春新区管理委员会", "长春市。", "长春新区管理委员会", "2201"),
        ("青河台商投资区管委会", "青河市。", "青河台商投资区管理委员会", "9901"),
        ("青河高新区", "青河市。", "青河高新区管理委员会", "9901"),
        ("云岭临溪经济开发区管委会", "落实临溪区要求。", "云岭临溪经济开发区管理委员会", "990101"),
        ("白石县白石县人民政府", "", "白石县人民政府", "990102"),
        ("白石县教育局白石县教育局", "", "白石县教育局", "990102"),
        ("白石县市场监管局(县粮食局)", "", "白石县市场监督管理局", "990102"),
        ("乡镇(街道)石桥镇", "临溪区。", "临溪区石桥镇人民政府", "990101100"),
        ("乡镇_石桥镇", "临溪区。", "临溪区石桥镇人民政府", "990101100"),
        ("临溪区松坪街道筹备处", "", "临溪区松坪街道办事处", "990101001"),
        ("青河市高新区柳岸街道办事处", "", "临溪区柳岸街道办事处", "990101002"),
        ("青河经济开发区柳岸街道", "", "临溪区柳岸街道办事处", "990101002"),
        ("青河市残联", "", "青河市残疾人联合会", "9901"),
        ("云岭省省级机关事务管理局", "", "云岭省省级机关事务管理局", "99"),
        ("白石县政府服务中心", "", "白石县政府服务中心", "990102"),
        ("林业局", "", "林业局", None),
        ("第九师青河市", "", "青河市人民政府", "9901"),
        ("云岭省青河第三中学", "", "青河第三中学", None),
        ("mirror.example.com松坪街道", "按照临溪区要求。", "临溪区松坪街道办事处", "990101001"),
        ("某某站主页松坪街道", "按照临溪区要求。", "临溪区松坪街道办事处", "990101001"),
    ],
)
def test_names_as_written_are_the_full_names(
    registry: Registry, author: str, text: str, name: str, code: str | None
) -> None:
    identity = titled(registry, author, text)
    assert (identity.agency_name, identity.region_code) == (name, code)


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("市扶农办", "青河市扶贫和农业开发办公室落实要求。", "青河市扶贫和农业开发办公室"),
        ("青河市审管办", "由青河市行政审批服务管理办公室编制。", "青河市行政审批服务管理办公室"),
        ("青河市文广新局", "由青河市文化广电新闻出版局编制。", "青河市文化广电新闻出版局"),
        ("青河市教育局", "由青河市教育体育局编制。", "青河市教育局"),
    ],
)
def test_a_short_name_is_written_out_as_the_paper_does(registry: Registry, title: str, text: str, name: str) -> None:
    identity = titled(registry, title, text)
    assert (identity.agency_name, identity.rival_names) == (name, ())


# --- who it is not


@pytest.mark.parametrize("end", ["街道办事处", "办事处", "临溪区街道办事处"])
def test_a_kind_without_a_name_is_nobody_else(registry: Registry, end: str) -> None:
    text = f"临溪区松坪街道2016年政府信息公开工作年度报告\n填报单位:{end}\n{BODY}\n{end}\n2017年1月3日\n"
    extraction = extract(read(text.encode(), "sample.txt"), registry)
    assert (extraction.identity.region_code, extraction.identity.rival_names) == ("990101001", ())
    assert "agency_mismatch" not in {finding.rule_id for finding in extraction.findings}


@pytest.mark.parametrize(
    "text",
    [
        "来源:白石县人民政府\n我局报告如下。",
        "来源:白石县人民政府办公室\n我局报告如下。",
        "来源:白石县人民政府办公室\n我镇报告如下。",
        "请与白石县人民政府办公室联系。我镇报告如下。",
    ],
)
def test_the_government_is_not_the_author_of_what_speaks_otherwise(registry: Registry, text: str) -> None:
    assert told(registry, f"{UNTITLED}\n{text}").issue_codes == ("agency_unresolved",)


def test_nobody_on_the_page_stands_in_for_an_author_that_cannot_be_read(registry: Registry) -> None:
    title = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄联合管理委员会"
    assert titled(registry, title, "白石县人民政府\n").agency_name is None
    assert told(registry, f"{UNTITLED}\n白石县人民政府\n").agency_name == "白石县人民政府"


def test_what_a_site_prints_above_a_title_is_no_part_of_its_author(registry: Registry) -> None:
    for above in ("无障碍浏览 长者专版", "进入关怀版", "本站快讯"):
        identity = told(registry, f"{above}\n石桥镇人民政府2016年政府信息公开工作年度报告\n按照临溪区要求。")
        assert (identity.agency_name, identity.region_code) == ("临溪区石桥镇人民政府", "990101100"), above


def test_an_author_over_two_lines_is_whole(registry: Registry) -> None:
    identity = told(registry, "青河市高新区管委会\n卫生健康办公室2016年政府信息公开工作年度报告")
    assert identity.agency_name == "青河市高新区管委会卫生健康办公室"


@pytest.mark.parametrize("text", ["本街道认真落实。请与临溪区本街道办事处联系。", "由本镇编制。"])
def test_what_the_text_calls_itself_is_no_name(registry: Registry, text: str) -> None:
    assert told(registry, f"{UNTITLED}\n{text}").agency_name is None


def test_the_short_form_of_a_department_is_not_another_one(registry: Registry) -> None:
    text = "由市发改局编制。"
    assert titled(registry, "青河市发展和改革局", text).rival_names == ()


# --- who answers for it


@pytest.mark.parametrize(
    "text",
    [
        "请与白石县政府信息中心联系。全县36个单位编制了目录。",
        "请与白石县政府信息中心联系。我县落实条例。",
        "白石县人民政府办公室编制了2016年政府信息公开工作报告。我县落实条例。",
        "由白石县人民政府办公室编制。我县落实条例。",
    ],
)
def test_a_service_answers_for_the_government_of_the_whole_area(registry: Registry, text: str) -> None:
    assert told(registry, f"{UNTITLED}\n{text}").agency_name == "白石县人民政府"


def test_a_service_speaks_for_itself_where_it_is_the_author(registry: Registry) -> None:
    assert titled(registry, "白石县信息中心", "全县。").agency_name == "白石县信息中心"
    assert told(registry, f"{UNTITLED}\n请与白石县信息中心联系。我中心落实。").agency_name == "白石县信息中心"


def test_the_seat_names_the_author_where_nothing_else_does(registry: Registry) -> None:
    text = f"{UNTITLED}\n请与本单位联系,地址:青河市白石县双河镇人民政府党政办公室,电话:1。我镇报告如下。"
    assert told(registry, text).region_code == "990102102"
    assert told(registry, text.replace("人民政府党政办公室", "")).agency_name is None


# --- where it is


@pytest.mark.parametrize(
    "site", ["“中国白石”政府网站", "“中国·白石”", "白石融媒体中心", "白石政府网", "“中国青河”网站"]
)
def test_a_site_places_a_township(registry: Registry, site: str) -> None:
    text = f"本报告在{site}公布。我乡报告如下。"
    assert titled(registry, "杉木沟苗族乡", text).region_code == "990102201"


def test_a_full_name_beats_a_site(registry: Registry) -> None:
    text = "在“中国白石”网站公布。按照临溪区政府要求,我街道报告如下。"
    assert titled(registry, "和顺街道", text).region_code == "990101003"


def test_a_street_without_its_office_speaks_as_one(registry: Registry) -> None:
    text = f"一、总体情况\n2016年,竹园街紧紧围绕临溪区政府要求开展工作。我街受理申请1件。{BODY}"
    identity = told(registry, text)
    assert (identity.agency_name, identity.region_code) == ("临溪区竹园街街道办事处", "990101004")


# --- places the list does not know


def test_a_row_places_a_township_of_a_new_district_for_good(registry: Registry) -> None:
    open_case = titled(registry, "新城路街道", "我街道按新区要求开展工作。")
    assert (open_case.region_code, open_case.region_resolution) == (None, "unresolved")
    key = "990101/新城路街道办事处"
    row = Agency(key, "临溪区新城路街道办事处", "township", "990101", None, ("新城路街道",), 2008, None)
    known = replace(registry, agencies=(*registry.agencies, row))
    for author in ("新城路街道", "新城路街道办事处", "新城路街道办", "临溪区新城路街道办事处"):
        found = titled(known, author, "我街道按新区要求开展工作。")
        assert (found.agency_key, found.agency_name, found.region_code) == (key, row.agency_name, "990101"), author
        assert "region_unresolved" not in found.issue_codes


def test_a_township_that_the_list_names_with_its_county_is_found_without_it(registry: Registry) -> None:
    listed = next(r for r in registry.regions if r.region_code == "410928107")
    assert listed.region_name == "濮阳县户部寨镇"
    for author, text in (("濮阳县户部寨镇", ""), ("户部寨镇", "按照濮阳县要求编制。")):
        identity = titled(registry, author, text)
        assert (identity.agency_name, identity.region_code) == ("濮阳县户部寨镇人民政府", "410928107")
