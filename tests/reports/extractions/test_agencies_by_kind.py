"""Agencies whose names do not end where the plain ones do: branches of the state, zones, coordinating offices."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
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


def titled(registry: Registry, author: str, text: str = "", year: int = 2016) -> Identity:
    return identify(read(f"{author}{year}年政府信息公开工作年度报告\n{text}{BODY}".encode(), "sample.txt"), registry)


@pytest.mark.parametrize(
    ("author", "text", "name", "level", "code"),
    [
        # A coordinating body is its office; a department is not.
        ("青河市重大项目建设指挥部办公室", "", "青河市重大项目建设指挥部办公室", "department", "9901"),
        ("青河市机构编制委员会办公室", "", "青河市机构编制委员会办公室", "department", "9901"),
        ("中共青河市委机构编制委员会办公室", "", "中共青河市委机构编制委员会办公室", "department", "9901"),
        ("青河市发展和改革委员会办公室", "", "青河市发展和改革委员会", "department", "9901"),
        # Words of other papers and duties that stand in names.
        ("青河市国家保密局", "", "青河市国家保密局", "department", "9901"),
        ("青河市教育评估院", "", "青河市教育评估院", "institution", "9901"),
        # An office of one place in another is no township.
        ("青河市人民政府驻北京办事处", "", "青河市驻北京办事处", "department", "9901"),
        # Branches bear their place; what they are branches of may be any registered agency.
        ("财政部驻浙江省财政监察专员办事处", "", "财政部驻浙江省财政监察专员办事处", "department", "33"),
        ("新疆生产建设兵团教育局", "", "新疆生产建设兵团教育局", "department", None),
        ("湛江海关", "", "湛江海关", "department", "4408"),
        ("拱北海关", "珠海市。", "拱北海关", "department", "4404"),
        ("国网浙江省电力有限公司", "", "国网浙江省电力有限公司", "institution", "33"),
        ("芜湖市环境保护局无为县分局", "", "芜湖市环境保护局无为县分局", "department", "3402"),
        # Letters of a place inside a river's name are none, and a river's bureau is not of the place of its seat.
        ("长江海事局", "", "长江海事局", "department", None),
        ("太湖流域管理局", "上海市。", "太湖流域管理局", "department", None),
        # Two duties are not the short name of one of them.
        ("白石县国土环保局", "", "白石县国土环保局", "department", "990102"),
        # A place of its own before a department, though the document names another in full.
        ("巴州林业局", "地址:库尔勒市一号。", "巴音郭楞蒙古自治州林业局", "department", "6528"),
        ("巴州林业局", "地址:青河市一号。", "巴州林业局", "department", None),
        ("自治区民政厅", "广西壮族自治区。", "广西壮族自治区民政厅", "department", "45"),
    ],
)
def test_kinds_of_agencies(registry: Registry, author: str, text: str, name: str, level: str, code: str | None) -> None:
    identity = titled(registry, author, text)
    assert (identity.agency_name, identity.agency_level, identity.region_code) == (name, level, code)


@pytest.mark.parametrize(
    ("author", "text", "code", "candidates"),
    [
        # The only city of the name, and one beside districts of that name elsewhere.
        ("武汉东湖新技术开发区管委会", "", "4201", ()),
        ("西安高新区市场监管局", "", "6101", ()),
        # A county of that name in the city, or a province beside the city, leaves it open.
        ("长沙经济技术开发区管委会", "", None, ()),
        ("吉林经济技术合作区管委会", "", None, ()),
        # A zone named after the province may lie in any part of it that is named.
        ("贵州贵安新区管理委员会", "", "52", ()),
        ("福建湄洲岛国家旅游度假区管委会", "莆田市。", None, ("35", "3503")),
        ("四川天府新区成都管理委员会", "四川省成都市。", "5101", ()),
        ("河北雄安新区管理委员会", "河北省。", "13", ()),
    ],
)
def test_zones_are_where_their_name_says_or_open(
    registry: Registry, author: str, text: str, code: str | None, candidates: tuple[str, ...]
) -> None:
    identity = titled(registry, author, text, year=2019)
    assert (identity.agency_level, identity.region_code) == ("other" if "局" not in author else "department", code)
    assert identity.candidates == candidates


@pytest.mark.parametrize(
    ("author", "text", "code"),
    [
        ("郊区人民政府", "山西省阳泉市。", "140311"),
        ("郊区人民政府", "", None),
        ("和县人民政府", "安徽省。", "340523"),
        ("和县人民政府", "", None),
    ],
)
def test_a_common_word_is_a_place_only_with_what_it_lies_in(
    registry: Registry, author: str, text: str, code: str | None
) -> None:
    assert titled(registry, author, text).region_code == code


def test_an_address_of_city_and_district_does_not_say_whose_the_body_is(registry: Registry) -> None:
    identity = titled(registry, "第三中学", "地址:天津市和平区一号。")
    assert (identity.region_code, identity.candidates) == (None, ("12", "120101"))
    assert titled(registry, "市第三中学", "地址:天津市和平区一号。").region_code == "12"


@pytest.mark.parametrize("author", ["市局", "鼓楼分局"])
def test_a_part_of_a_body_is_no_name(registry: Registry, author: str) -> None:
    assert titled(registry, author, "我局在南京市。").agency_name is None


@pytest.mark.parametrize("author", ["国家保密局", "国务院南水北调工程建设委员会办公室"])
def test_ministries_with_words_of_other_papers(registry: Registry, author: str) -> None:
    identity = titled(registry, author)
    assert (identity.agency_name, identity.agency_level, identity.issue_codes) == (author, "ministry", ())


def test_a_report_of_another_duty_is_still_none(registry: Registry) -> None:
    text = f"白石县2016年保密工作和政府信息公开工作检查报告{BODY}"
    assert "保密" not in (identify(read(text.encode(), "sample.txt"), registry).agency_name or "")


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("本报告由概述、主动公开情况和其他事项共部分组成。", "warning"),
        ("本报告由概述和其他事项组成。", "warning"),
        ("本报告于2017年111日公布。", "info"),
    ],
)
def test_only_a_lost_day_counts_as_a_day(registry: Registry, words: str, severity: str) -> None:
    text = f"白石县教育局2016年政府信息公开工作年度报告\n{words}{BODY}"
    found = extract(read(text.encode(), "sample.txt"), registry).findings
    assert [finding.severity for finding in found if finding.rule_id == "identity_incomplete"] == [severity]
