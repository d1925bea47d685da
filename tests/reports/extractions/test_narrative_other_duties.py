"""Figures of other duties, bodies, years and papers, and parts told as if they were the whole; words of our own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from orchestration.registry.model import Registry

from .test_narrative import DISCLOSED, DISPUTED, EQUIPPED, REQUESTED, TOWN, facts, readings

OVERALL = "一、总体情况\n"
ALL, WEBSITE, WECHAT = "proactive_info", "disclosed_via_website", "disclosed_via_wechat"
RECEIVED = "requests_received"
BUREAU = replace(TOWN, agency_name="青河市司法局", agency_level="department")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (EQUIPPED + "配备2名专职人员,设立1个专门的信息公开申请受理点。", {("staff_fulltime", 2)}),
        (OVERALL + "从主动公开、平台建设等5个方面提出20项措施。通过网站主动公开信息240条。", {(WEBSITE, 240)}),
        (OVERALL + "在政务服务网公示权力事项40项。主动公开信息9条。", {(ALL, 9)}),
        (OVERALL + "在政务公开栏公开信息50条。", set()),
        (OVERALL + "办理行政复议案件56件,行政应诉23件。", set()),
        (OVERALL + "因政府信息公开被提起行政复议2件。", {("review_total", 2)}),
        (DISPUTED + "本年度受理行政复议0件,行政诉讼0件。", {("review_total", 0), ("litigation_total", 0)}),
        (DISPUTED + "无办理行政复议案件。", {("review_total", 0)}),
        (DISPUTED + "未发生行政应诉。", {("litigation_total", 0)}),
        (EQUIPPED + "组织人员参加县里的政务公开培训5次。", set()),
        (EQUIPPED + "举办政务公开培训5次。", {("training_sessions", 5)}),
        (EQUIPPED + "新增3名专职政务公开工作人员。", set()),
        (EQUIPPED + "大厅配备1名兼职人员。图书馆配备4名兼职人员。", set()),
        (REQUESTED + "全年制作依申请公开文件数40件,未收到申请。", {(RECEIVED, 0)}),
        (REQUESTED + "收到申请9件,因本机关不掌握等原因无法提供6件。", {(RECEIVED, 9)}),
        (REQUESTED + "收到申请9件,因本机关不掌握无法提供6件。", {(RECEIVED, 9), ("unable_not_held", 6)}),
        (DISCLOSED + "公开拍卖土地5宗,公开招聘3次。厂务公开12次。", set()),
        (DISCLOSED + "公开政府信息12次。", {(ALL, 12)}),
        (OVERALL + "明确公开属性文件210份,其中主动公开150份。", {(ALL, 150)}),
    ],
)
def test_what_is_done_besides_is_no_figure_of_openness(text: str, expected: set[Any], registry: Registry) -> None:
    assert facts(text, registry) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            DISCLOSED + "主动公开信息33条,其中领导信息类12条、工作动态类20条、2015年信息公开年报1条。",
            {(ALL, 33), (ALL, "领导信息类", 12), (ALL, "工作动态类", 20), (ALL, "信息公开年报", 1)},
        ),
        (DISCLOSED + "2017年计划公开信息500条。2016年公开信息320条。", {(ALL, 320)}),
        (DISCLOSED + "2015年主动公开信息202条。2016年主动公开信息206条。", {(ALL, 206)}),
        (
            REQUESTED + "受理申请86件,办理完成78件,余8件转2017年度办理;行政复议6件,5件结果维持。",
            {
                (RECEIVED, 86),
                ("requests_concluded", 78),
                ("requests_carried_out", 8),
                ("review_total", 6),
                ("review_upheld", 5),
            },
        ),
    ],
)
def test_the_year_of_a_paper_or_of_what_is_carried_over_is_none_of_the_figure(
    text: str, expected: set[Any], registry: Registry
) -> None:
    assert facts(text, registry) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016年,公开信息206条,2015年公开信息202条,近四年累计公开信息889条。", (889, "cumulative", "own")),
        ("2015-2016学年,学校网站公开信息102条。", (102, "year", "own")),
        ("2013-2016年,网站公开信息102条。", (102, "cumulative", "own")),
        ("2016年度,通过政府网站累计发布动态信息165条。", (165, "year", "own")),
        ("下属学校公开信息300条。", (300, "year", "sub_scope")),
        ("各业务室和基层单位共计公开信息65条。", (65, "year", "sub_scope")),
        ("在网站上发布了全县赛事有关的文字、图片等信息500条。", (500, "year", "own")),
        ("全县公开政府信息500条。", (500, "year", "jurisdiction")),
    ],
)
def test_whose_and_of_when(text: str, expected: tuple[float, str, str], registry: Registry) -> None:
    last = readings(DISCLOSED + text, registry)[-1]
    assert (last.value, last.period_basis, last.scope) == expected


def test_a_sum_that_names_no_year_is_left_open_behind_one_way_of_publishing(registry: Registry) -> None:
    found = readings(DISCLOSED + "2016年通过政府网站公开信息92条,累计公开信息831条。", registry)
    assert [(r.value, r.issue_codes) for r in found] == [(92, ()), (831, ("period_basis_open",))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("截至2016年12月31日,官方微博共累计发布微博120条,其中原创微博11条。", {11}),
        ("截至2016年12月31日,官方微博共累计发布微博120条,其中2016年发布微博11条。", set()),
        ("通过网站公开信息145条。全年网站公开水利、防汛等领域信息60条。", {60}),
        ("通过网站公开信息145条。全年微信公开水利、防汛等领域信息60条。", set()),
        ("召开专场新闻发布会3次,举行新闻发布会、吹风会6次。", {3}),
        ("召开新闻发布会3次,举行吹风会6次。", set()),
    ],
)
def test_a_part_is_put_aside(text: str, parts: set[float], registry: Registry) -> None:
    assert {r.value for r in readings(DISCLOSED + text, registry) if r.scope == "sub_scope"} == parts


@pytest.mark.parametrize(
    ("text", "received"),
    [
        ("共受理申请121件(其中本年度新收112件,上年结转9件)。", {112}),
        ("共收到申请63件,其中上年结转3件。", set()),
        ("新收到申请81件,办理84件(含上年度结转申请3件)。", {81}),
        ("收到申请63件,上年结转3件。", {63}),
        ("收到并答复申请事项2件。", {2}),
    ],
)
def test_what_came_over_did_not_come_this_year(text: str, received: set[float], registry: Registry) -> None:
    found = readings(REQUESTED + text, registry)
    assert {r.value for r in found if r.indicator_code == "requests_received_count" and r.scope == "own"} == received


def test_requests_of_every_sort_are_not_those_for_information(registry: Registry) -> None:
    text = OVERALL + "全年共收到各类申请5件,其中政府信息公开申请3件。"
    assert facts(text, registry, BUREAU) == {(RECEIVED, 3)}
    text = OVERALL + "全年解答群众咨询50人次,其中信息公开咨询2人次。"
    assert facts(text, registry, BUREAU) == {("consultation", 2)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("媒体刊发新闻447条,其中省报发布78条。", set()),
        ("制发公文210件,其中主动公开150件。", {(ALL, 150)}),
        (
            "发布法定主动公开内容12条,通过网站发布信息30条。",
            {(ALL, "法定主动公开内容", 12), (WEBSITE, 30)},
        ),
        (
            "主动公开信息470条,其中官方网站发布100条,微信公众号发布352条,微信微视频发布18条。",
            {(ALL, 470), (WEBSITE, 100), (WECHAT, 352)},
        ),
        ("通过政府网站和“石桥融合号”等渠道,发布各类信息500条。", {(ALL, 500)}),
        (
            "网站发布政策文件等信息30条,微信公众号发布活动预告等20条,短信发布10条。",
            {(WEBSITE, 30), (WECHAT, "活动预告", 20)},
        ),
        ("单位政务网站信息79条;微信信息39条。", {(WEBSITE, 79), (WECHAT, 39)}),
        (
            "主动公开信息30条,其中机构信息20条、政府公报4条、其他信息6条。",
            {(ALL, 30), (ALL, "机构信息", 20), (ALL, "政府公报", 4), (ALL, "其他信息", 6)},
        ),
        ("主动公开信息30条,其中政府公报公开4条。", {(ALL, 30), ("disclosed_via_gazette", 4)}),
        (
            "微信公众号发布信息98条,在网站涉及普法栏目发布信息84条,其中政策文件80条,工作动态4条。",
            {
                (WECHAT, 98),
                (WEBSITE, "普法栏目", 84),
                (WEBSITE, "政策文件", 80),
                (WEBSITE, "工作动态", 4),
            },
        ),
        ("公开信息59条。通过政府信息公开“农业”专栏公开信息54条。", {(ALL, 59)}),
        ("通过政府信息公开“农业”专栏公开信息54条。", {(ALL, 54)}),
        ("网站公开信息61条,媒体网站、报纸等其他媒体发布信息68条。", {(WEBSITE, 61), ("disclosed_via_other", 68)}),
        (
            "主动公开信息99条,其中行政许可决定书82份、行政处罚决定书8份。",
            {(ALL, 99), (ALL, "行政许可决定书", 82), (ALL, "行政处罚决定书", 8)},
        ),
        ("2016年已上网发布信息52条。", {(WEBSITE, 52)}),
        ("政府网站日均更新信息5条,每月更新信息150条。", set()),
        ("全系统公开信息80条,其中市局机关公开信息30条。", {(ALL, 80)}),
        ("网站公开信息75条;依申请公开信息3条,其中公民申请公开信息2条。", {(WEBSITE, 75)}),
        ("通过网站、微博公开降低价格的通知等政策文件12条。", {(ALL, "降低价格的通知等政策文件", 12)}),
        ("全市公开信息12条,其中市本级3条,各县区9条。", {(ALL, 12)}),
    ],
)
def test_a_figure_has_the_way_and_the_whole_it_is_of(text: str, expected: set[Any], registry: Registry) -> None:
    assert facts(DISCLOSED + text, registry) == expected


def test_a_share_behind_a_bracket_is_of_what_stands_before_it(registry: Registry) -> None:
    text = DISCLOSED + "主动公开信息100条。其中,政务类信息28条(动态类信息20条,文件类信息8条),占总数的28%。"
    (share,) = [r for r in readings(text, registry) if r.unit == "%"]
    assert (share.category, share.value) == ("政务类信息", 28)


def test_converted_words_are_read_as_they_are_meant(registry: Registry) -> None:
    text = "二、政府資訊主動公開情況\n2016年共主動公開政府資訊426條,其中機構職能類資訊8條。"
    assert facts(text, registry, BUREAU) == {(ALL, 426), (ALL, "機構職能類資訊", 8)}
    assert facts(DISCLOSED + "公开信息30条,其中资讯12条。", registry) == {(ALL, 30), (ALL, "资讯", 12)}


def test_replies_to_requests_told_behind_what_was_published(registry: Registry) -> None:
    text = "一、概述\n主动公开政府信息20条,受理政府信息公开申请13件,答复13件。"
    assert facts(text, registry) == {(ALL, 20), (RECEIVED, 13), ("replies", 13)}
