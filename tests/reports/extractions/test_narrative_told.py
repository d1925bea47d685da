"""Ways of telling figures met in reports of all years and levels, in words and figures of our own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from orchestration.registry.model import Registry

from .test_narrative import COUNTY, DISCLOSED, DISPUTED, EQUIPPED, REQUESTED, TOWN, facts, readings

OVERALL = "一、总体情况\n"
WEBSITE, WECHAT, WEIBO = "disclosed_via_website", "disclosed_via_wechat", "disclosed_via_weibo"
ALL, RECEIVED = "proactive_info", "requests_received"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            OVERALL + "从公开渠道看,在门户网站发布65条;在微信公众号发布39条。按类别分,主动公开的政府信息中,"
            "项目建设信息19条、社会救助信息20条。",
            {(WEBSITE, 65), (WECHAT, 39), (ALL, "项目建设信息", 19), (ALL, "社会救助信息", 20)},
        ),
        (
            DISCLOSED + "其中通过网站公开40条;在主动公开的政府信息中,机构职能类信息30条。",
            {(WEBSITE, 40), (ALL, "机构职能类信息", 30)},
        ),
        (
            DISCLOSED + "主动公开政府信息360条,其中:基层政务公开“两化”领域343条。",
            {(ALL, 360), (ALL, '基层政务公开"两化"领域', 343)},
        ),
        (
            DISCLOSED + "共主动公开政府信息71条,工作动态67条,其他信息4条。",
            {(ALL, 71), (ALL, "工作动态", 67), (ALL, "其他信息", 4)},
        ),
        (
            "1.公开内容\n工作信息31条、文件通知3条。",
            {(ALL, "工作信息", 31), (ALL, "文件通知", 3)},
        ),
        (
            OVERALL + "全镇公开各类政府信息318条,其中:通过政府网站公开领导分工2条、通知文件12条。",
            {(ALL, 318), (WEBSITE, "领导分工", 2), (WEBSITE, "通知文件", 12)},
        ),
        (DISCLOSED + "公开取水许可等13项权力事项的名称。", set()),
        (
            DISCLOSED + "主动公开政府信息更新513条,其中概况类信息更新66条。",
            {(ALL, 513), (ALL, "概况类信息", 66)},
        ),
        (DISCLOSED + "微信公众号关注量3789个,共推送微信文章297篇。", {(WECHAT, 297)}),
        (DISCLOSED + "通过县政府网站主动公开各类政府信息超1900条。", {(WEBSITE, 1900)}),
    ],
)
def test_what_classes_break_down(text: str, expected: set[Any], registry: Registry) -> None:
    assert facts(text, registry) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DISCLOSED + "主动公开政府信息360条。政务网站、微信、微博共发布各类信息2483条。", {(ALL, 360)}),
        (DISCLOSED + "政务网站、微信、微博共发布各类信息2483条。", {(ALL, 2483)}),
        (DISCLOSED + "全年在公示栏、网站等处公开政府信息54条,内容涉及低保。", {(ALL, 54)}),
        (
            OVERALL + "通过微博“石桥发布V”、微信公众号“石之桥”分别发布各类信息92条、306条。",
            {(WEIBO, 92), (WECHAT, 306)},
        ),
        (OVERALL + "通过“石桥镇政府门户网站”发布信息451条。", {(WEBSITE, 451)}),
        (OVERALL + "通过石桥镇政府网微信公众号推送政务信息702条。", {(WECHAT, 702)}),
        (DISCLOSED + "其他广播、报纸、电视公开政府信息237条。", {("disclosed_via_other", 237)}),
        (OVERALL + "具体渠道为:政府网站33条;政务微信10条。", {(WEBSITE, 33), (WECHAT, 10)}),
        (DISCLOSED + "加强微博建设,进一步加大力度,全年累计发布政府信息332条。", set()),
        (DISCLOSED + "主动公开政府信息20条。各村(社区)公开村务、居务信息842条。", {(ALL, 20)}),
        (DISCLOSED + "2016年7-12月,在政府网站公开信息184条。截至2016年7月,在政府网站公开信息150条。", set()),
    ],
)
def test_ways_of_publishing(text: str, expected: set[Any], registry: Registry) -> None:
    assert facts(text, registry) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "受理申请12件,予以公开5件,已通过网站对外公开1件。",
            {(RECEIVED, 12), ("reply_granted", 5), ("reply_already_public", 1)},
        ),
        (
            "予以公开76件(含上年结转5件)、部分公开1件、不予公开7件。",
            {("reply_granted", 76), ("reply_partial", 1), ("reply_denied", 7)},
        ),
        ("同意公开15件,部分同意公开2件。", {("reply_granted", 15), ("reply_partial", 2)}),
        (
            "收到当面申请2件,信函申请3件,网上申请10件,合计15件。",
            {
                ("requests_in_person", 2),
                ("requests_letter", 3),
                ("requests_network", 10),
                (RECEIVED, 15),
            },
        ),
        ("收到申请7件,其中电子邮件申请2件,网上申请3件,其他形式申请2件。", {(RECEIVED, 7)}),
        ("收到申请8件,收到民生平台办件33件,均按时办结。", {(RECEIVED, 8)}),
        (
            "按时办结3件,经同意延期后办结2件。",
            {("requests_concluded_on_time", 3), ("requests_concluded_extended", 2)},
        ),
        ("其中,告知申请人查询方法的7件。", set()),
        ("收到申请2件。无下年度结转。", {(RECEIVED, 2), ("requests_carried_out", 0)}),
        (
            "以当面形式提出申请    件、通过网络提出申请1件。",
            {("requests_network", 1)},
        ),
        ("全年发生被申请行政复议、提起行政诉讼的案件0件。", {("review_total", 0), ("litigation_total", 0)}),
        (
            "不予公开4件,其中属于三类内部事务信息2件、属于四类过程性信息1件、属于行政查询事项1件。",
            {("reply_denied", 4), ("denied_internal", 2), ("denied_process", 1), ("denied_query", 1)},
        ),
    ],
)
def test_how_requests_ended(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(REQUESTED + sentence, registry) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2015年结转至2016年2件。", {("requests_carried_in", 2)}),
        ("2016年结转至2017年2件。", {("requests_carried_out", 2)}),
        ("2013年结转至2014年2件。", set()),
    ],
)
def test_the_year_says_whether_requests_come_or_go(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(REQUESTED + sentence, registry) == expected


def test_a_second_zero_is_of_all_years(registry: Registry) -> None:
    found = readings(REQUESTED + "申请0件,历年累计0件。", registry)
    assert [(r.indicator_code, r.value, r.period_basis) for r in found] == [
        ("requests_received_count", 0, "year"),
        ("requests_received_count", 0, "cumulative"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "截至2016年底,历年累计主动公开政府信息360条,其中年度报告8条,工作动态12条。",
        "自《条例》施行至2016年底,我镇累计主动公开政府信息360条。",
    ],
)
def test_all_years_stay_all_years(sentence: str, registry: Registry) -> None:
    assert {r.period_basis for r in readings(DISCLOSED + sentence, registry)} == {"cumulative"}


def test_complaints_of_all_sorts_are_none_about_disclosure(registry: Registry) -> None:
    heading = "五、举报投诉情况\n"
    assert facts(heading + "收到举报投诉658件,其中市长热线转交421件。", registry) == set()
    assert facts(heading + "收到举报投诉3件。", registry) == {("complaints", 3)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "作出行政处罚决定12件,行政强制决定3件。",
            {("admin_penalty_decisions", 12), ("admin_coercion_decisions", 3)},
        ),
        ("本年度办理行政许可62件。", {("admin_license_decisions", 62)}),
        ("公示行政处罚决定12件。", set()),
    ],
)
def test_decisions_are_what_was_decided(sentence: str, expected: set[Any], registry: Registry) -> None:
    town = replace(TOWN, report_year=2022)
    assert facts(OVERALL + sentence, registry, town, "national_2021") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("开展在线访谈活动1场,召开新闻发布会2次,负责同志到会1次。", {
            ("online_interview", 1), ("press_conference", 2), ("press_conference_principal", 1),
        }),
        ("发布政策解读稿6篇。", {("policy_interpretation", 6)}),
    ],
)  # fmt: skip
def test_events(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts("三、解读回应情况\n" + sentence, registry) == expected


def test_people_counted_beside_others_are_not_the_staff(registry: Registry) -> None:
    assert facts(EQUIPPED + "安排2名民警和1名工作人员承担政府信息公开工作。", registry) == set()


def test_a_denial_goes_on_over_a_comma(registry: Registry) -> None:
    text = DISPUTED + "无因政府信息产生行政复议,提起行政诉讼情况发生。"
    assert facts(text, registry) == {("review_total", 0), ("litigation_total", 0)}


def test_a_line_like_a_heading_may_deny(registry: Registry) -> None:
    assert facts("(二)依申请公开\n2016年我镇无依申请公开事项", registry) == {(RECEIVED, 0)}


def test_a_broken_line_is_read_on(registry: Registry) -> None:
    text = OVERALL + "主动公开政府信息40条,其中人事信息10条;\n财政信息12条,工作动态18条。"
    assert (ALL, "工作动态", 18) in facts(text, registry)
    text = DISPUTED + "(一)2016年没有发生因政府信息公开申请行政复议的案件,也没有发生行\n政诉讼案件。"
    assert facts(text, registry) == {("review_total", 0), ("litigation_total", 0)}


def test_a_list_of_which_some_is_work_of_others_is_still_a_figure(registry: Registry) -> None:
    text = OVERALL + "依托门户网站,主动公开公文类信息、建议提案办理结果等事项政府信息累计71条。"
    assert facts(text, registry, COUNTY) == {(WEBSITE, 71)}


def test_several_websites_are_told_by_name_and_none_is_all_of_them(registry: Registry) -> None:
    told = DISCLOSED + "主动公开政府信息100条,其中通过区政府网站公开60条,通过街道门户网站公开40条。"
    assert facts(told, registry) == {(ALL, 100), (WEBSITE, "区政府网站", 60), (WEBSITE, "街道门户网站", 40)}
    again = DISCLOSED + "通过政府网站公开60条。政府网站全年公开60条,微信公众号公开20条。"
    assert facts(again, registry) == {(WEBSITE, 60), (WECHAT, 20)}


def test_a_short_name_keeps_the_word_for_openness(registry: Registry) -> None:
    told = DISCLOSED + "主动公开政府信息100条,其中政策法规公开60条、管理公开3条、服务公开37条。"
    assert facts(told, registry) == {(ALL, 100), (ALL, "政策法规", 60), (ALL, "管理公开", 3), (ALL, "服务公开", 37)}


def test_ways_are_counted_though_one_unit_is_lost(registry: Registry) -> None:
    told = OVERALL + "柳湾街道坚持公开为常态。其中政府网站161；政务微信45条，同一信息只计一次。"
    assert (WECHAT, 45) in facts(told, registry)
