"""What a figure counts and over which years: stocks, rates, parts, meetings, cases carried over. Our own sentences."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.extractions.prose.lexicon import lexicon
from orchestration.reports.extractions.prose.scopes import reporting_scope

from .test_narrative import COUNTY, DISCLOSED, DISPUTED, EQUIPPED, REQUESTED, facts, one, readings


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("目前共有三名工作人员负责政府信息公开工作。", [("staff_total_count", 3, "year")]),
        ("自2008年以来,配备兼职人员2名。", [("staff_parttime_count", 2, "year")]),
        (
            "历年累计主动公开政府信息170条,全文电子化的主动公开达100%。",
            [("proactive_info_count", 170, "cumulative"), ("fulltext_electronic_rate", 100, "year")],
        ),
        ("历年累计全文电子化率达98%。", [("fulltext_electronic_rate", 98, "cumulative")]),
        ("网站目前共有政府信息76条。", [("disclosed_via_website_count", 76, "cumulative")]),
        (
            "到2016年底累计公开政府信息592条,全文电子化率达90%,其中,本年度新增主动公开政府信息211条。",
            [
                ("proactive_info_count", 592, "cumulative"),
                ("fulltext_electronic_rate", 90, "year"),
                ("proactive_info_count", 211, "year"),
            ],
        ),
        (
            "全年主动公开政府信息196条。镇政府网站累计公开政府信息5000条。",
            [("proactive_info_count", 196, "year"), ("disclosed_via_website_count", 5000, "cumulative")],
        ),
        (
            "全年主动公开政府信息196条。镇政府网站累计公开政府信息150条。",
            [("proactive_info_count", 196, "year"), ("disclosed_via_website_count", 150, "year")],
        ),
    ],
)
def test_which_years_a_figure_counts(sentence: str, expected: list[Any], registry: Registry) -> None:
    found = [(r.indicator_code, r.value, r.period_basis) for r in readings(DISCLOSED + sentence, registry)]
    assert found == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("召开政府信息公开专题会议2次。全年召开党政联席会议33次,研究民生项目5个。", {("meetings", 2)}),
        ("召开政府信息公开工作会议2次。召开安全生产会议4次。", {("meetings", 2)}),
        ("召开会议3次,学习政务公开文件。", set()),
    ],
)
def test_only_meetings_on_disclosure_count(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(EQUIPPED + sentence, registry) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("共办理69件,含2015年转至今年的3件。", {("requests_carried_in", 3)}),
        (
            "全年共办理政府信息公开申请69件(含2015年结转3件),办结66件。",
            {("requests_carried_in", 3), ("requests_concluded", 66)},
        ),
        (
            "全年收办依申请公开申请37件,其中新收35件、上年结转2件,已办结36件。",
            {("requests_received", 35), ("requests_carried_in", 2), ("requests_concluded", 36)},
        ),
        ("共办理申请69件。其中2015年遗留申请3件。", {("requests_carried_in", 3)}),
        ("全年办理政府信息公开申请12件。", {("requests_received", 12)}),
        ("2016年结转2017年的申请2件。", {("requests_carried_out", 2)}),
        ("收到申请9件,其中予以公开2件,无法提供4件,不予处理3件。", {("requests_received", 9), ("reply_granted", 2)}),
        ("受理申请10件,以组织名义提交的申请有2件。", {("requests_received", 10)}),
        ("“非本机关政府信息”的1件,“信息不存在”的2件。", {("reply_not_this_organ", 1), ("reply_not_exist", 2)}),
    ],
)
def test_requests_handled_are_not_requests_received(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(REQUESTED + sentence, registry) == expected


def test_a_meeting_under_a_heading_on_meetings_needs_no_other_name(registry: Registry) -> None:
    heading = "六、政府信息公开会议情况\n"
    assert facts(heading + "全年共召开会议2次。", registry) == {("meetings", 2)}
    assert facts(heading + "全年共召开党政联席会议2次。", registry) == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("围绕惠民政策,发布各类信息25条。", set()),
        ("围绕中心工作,主动公开政府信息25条。", {("proactive_info", 25)}),
        ("通过微信公众号共发布有关图文59条。", {("disclosed_via_wechat", 59)}),
        (
            "主动公开政府信息6条,其中政府网站中机构职能类信息4条,公示公告2条。",
            {
                ("proactive_info", 6),
                ("proactive_info", "机构职能类信息", 4),
                ("proactive_info", "公示公告", 2),
            },
        ),
        (
            "主动公开政府信息9条,其中政府网站中机构职能类信息4条,公示公告2条。",
            {
                ("proactive_info", 9),
                ("disclosed_via_website", "机构职能类信息", 4),
                ("proactive_info", "公示公告", 2),
            },
        ),
    ],
)
def test_what_a_publication_figure_is_about(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(DISCLOSED + sentence, registry) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("通过县政务信息报刊登信息33条。", set()),
        ("镇政府门户网站阅读总量突破150万次。", set()),
        ("石桥镇政府信息公开专栏共主动发布政府信息47条。", {("proactive_info", 47)}),
        ("通知公告栏目共公开信息10条。", {("proactive_info", "通知公告栏目", 10)}),
        ("主动公开政府信息49条(多个渠道发布的同一信息计为1条)。", {("proactive_info", 49)}),
        ("主动公开的政府信息中,办事指南和财政预算两项内容所占比例最大。", set()),
        (
            "主动公开政府信息65条。其中,网上公开20条,石桥镇政务公开揭示板上公开45条。",
            {("proactive_info", 65), ("disclosed_via_website", 20)},
        ),
        ("网站共发布政府信息35条。其中,会议材料20次。", {("disclosed_via_website", 35)}),
        (
            "网站共发布政府信息25次,其中通知公告20次。",
            {("disclosed_via_website", 25), ("disclosed_via_website", "通知公告", 20)},
        ),
    ],
)
def test_where_things_stand_and_what_was_done_are_no_classes(
    sentence: str, expected: set[Any], registry: Registry
) -> None:
    assert facts(DISCLOSED + sentence, registry) == expected


def test_not_all_are_answered_where_some_are_carried_out(registry: Registry) -> None:
    text = REQUESTED + "共收到申请16件,结转下年度继续办理1件。均按时答复。"
    assert facts(text, registry) == {("requests_received", 16), ("requests_carried_out", 1)}
    text = REQUESTED + "共收到申请16件,结转下年度0件。均按时答复。"
    assert ("replies", 16) in facts(text, registry)


def test_trainees_are_the_people_of_a_training(registry: Registry) -> None:
    training = facts(EQUIPPED + "全年举办4次培训,参加人数为34人。", registry)
    assert training == {("training_sessions", 4), ("trainees", 34)}
    assert facts(EQUIPPED + "举办运动会1次,参加人数为34人。", registry) == set()


def test_a_bare_none_of_other_costs_is_no_zero_of_disputes(registry: Registry) -> None:
    assert facts(DISPUTED + "与行政复议、行政诉讼有关的费用支出:无。", registry) == set()
    assert facts(DISPUTED + "行政复议:无。", registry) == {("review_total", 0)}


def test_a_figure_in_ten_thousands_is_rounded(registry: Registry) -> None:
    assert one(DISCLOSED + "主动公开政府信息1.1万条。", registry).issue_codes == ("approximate",)
    assert one(DISCLOSED + "主动公开政府信息11000条。", registry).issue_codes == ()


def test_our_county_is_the_county_that_reports(registry: Registry) -> None:
    reading = one("三、解读回应情况\n2016年,我县在政府网站开展在线访谈3次。", registry, COUNTY)
    assert reading.scope == reporting_scope(COUNTY, lexicon(registry)) == "jurisdiction"
