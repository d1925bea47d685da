"""Which of the years that a paper prints is the one it reports on."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.identify import identify
from orchestration.reports.extractions.model import Identity

BODY = """
一、主动公开政府信息情况
主动公开政府信息12条。
二、依申请公开政府信息情况
未收到申请。
三、行政复议和行政诉讼情况
没有发生。
"""
UNDATED = "青河市教育局政府信息公开工作年度报告"


def told(registry: Registry, head: str, foot: str = "", name: str = "sample.txt") -> Identity:
    return identify(read(f"{head}{BODY}{foot}".encode(), name), registry)


@pytest.mark.parametrize(
    "year",
    [
        "二〇一六年", "二○一六年", "二零一六年", "二O一六年", "二0一六年", "二〇一六", "２０１６年", "2016",
        "2 0 1 6年", "2015-2016年", "2016-2016年度",
    ],
)  # fmt: skip
def test_a_year_in_a_title_is_read_however_it_is_written(registry: Registry, year: str) -> None:
    identity = told(registry, f"青河市教育局{year}政府信息公开工作年度报告")
    assert (identity.report_year, identity.agency_name) == (2016, "青河市教育局")


@pytest.mark.parametrize(
    ("head", "foot", "name"),
    [
        (f"{UNDATED}\n(2016年度)", "", "sample.txt"),
        (f"{UNDATED}\n二〇一六年度", "", "sample.txt"),
        (UNDATED, "\n青河市教育局\n2017年1月15日", "sample.txt"),
        (UNDATED, "\n青河市教育局\n二〇一七年一月十五日", "sample.txt"),
        (UNDATED, "", "青河市教育局2016年度政府信息公开年报.txt"),
        (
            "发布日期\n- 2017-01-28\n- 主题分类\n- 政府信息公开年度报告\n2016年,青河市教育局认真落实。",
            "",
            "sample.txt",
        ),
    ],
)
def test_a_title_without_a_year_leaves_it_to_the_rest(registry: Registry, head: str, foot: str, name: str) -> None:
    assert told(registry, head, foot, name).report_year == 2016


@pytest.mark.parametrize("foot", ["\n2017年1月", "\n青河市教育局\n2016年12月30日", ""])
def test_what_says_only_when_it_was_written_is_no_year(registry: Registry, foot: str) -> None:
    assert told(registry, UNDATED, foot).issue_codes == ("no_report_year",)


@pytest.mark.parametrize(
    "head",
    [
        "2015年度政府信息公开工作年度报告\n\n青河市教育局2016年政府信息公开工作年度报告",
        "青河市教育局2016年政府信息公开工作年度报告\n2015年政府信息公开工作年度报告",
    ],
)
def test_a_title_of_the_year_before_beside_it_is_the_site_s(registry: Registry, head: str) -> None:
    identity = told(registry, head)
    assert (identity.report_year, identity.agency_name) == (2016, "青河市教育局")


def test_a_period_of_two_years_is_a_slip(registry: Registry) -> None:
    head = "现公布青河市教育局2016年政府信息公开工作年度报告。\n统计期限为2016年1月1日至2017年12月31日。"
    assert told(registry, head).report_year == 2016


@pytest.mark.parametrize(
    ("signed", "year"), [("\n青河市教育局\n2017年1月3日", 2016), ("\n青河市教育局\n2016年1月3日", 2015), ("", 2015)]
)
def test_the_signature_decides_between_a_title_and_another_period(registry: Registry, signed: str, year: int) -> None:
    head = "青河市教育局2015年政府信息公开工作年度报告\n统计期限自2016年1月1日起至2016年12月31日止。"
    identity = told(registry, head, signed)
    assert (identity.report_year, identity.issue_codes) == (year, ("year_conflicting",))
