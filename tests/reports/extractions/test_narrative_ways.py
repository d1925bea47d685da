"""What figures beside ways of publishing state, and what stands in lists of them. Our own sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from orchestration.registry.model import Registry

from .test_narrative import DISCLOSED, EQUIPPED, REQUESTED, TOWN, facts, readings

CONSULTED = "五、咨询情况\n"
WEBSITE, WECHAT, TOTAL = "disclosed_via_website", "disclosed_via_wechat", "proactive_info"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("通过门户网站和信息查阅点共主动公开政府信息42条。", {(TOTAL, 42)}),
        ("在公共查阅室公开信息8条。", set()),
        ("通过政务微博微信发布信息21条。", {("disclosed_via_weibo_wechat", 21)}),
        ("微信公众号发布稿件53条,抖音公众号发布稿件16条。", {(WECHAT, 53)}),
        ("利用县政务公开网,全年上传公开信息68条。在云岭办公平台公开信息11条。", {(WEBSITE, 68)}),
        ("在网站公开政府信息16条。部分动态在新闻媒体上发布,发布信息5条。", {(WEBSITE, 16)}),
        (
            "通过政府网站主动公开财政预决算、政策解读、干部培训等群众关心的信息共计86条。",
            {(WEBSITE, 86)},
        ),
        ("微博、微信两个平台共发布信息30条。", {("disclosed_via_weibo_wechat", 30)}),
        ("局政务外网公开38条,微信公众号公开16条,今日头条公众号公开7条。", {(WEBSITE, 38), (WECHAT, 16)}),
        (
            "通过网站公开信息58条,其中文件类信息58条。另外,通过短信发送快讯信息4条。",
            {(WEBSITE, 58), (WEBSITE, "文件类信息", 58)},
        ),
        ("全年发布文件、动态、专题等各类信息87条。", {(TOTAL, 87)}),
        ("集中发布财政等领域信息87条。", set()),
        ("公示各类行政处罚案件信息56条。", {(TOTAL, "各类行政处罚案件信息", 56)}),
        ("通过各渠道公开信息通过政府网站主动公开信息共37条。", {(TOTAL, 37)}),
        ("主动公开政府信息22条,其中线上信息公开15条。", {(TOTAL, 22)}),
        (
            "公开信息37条。其中通过政府公报公开政府信息1条;通过政府网站公开政府信息30条,通过微信公开通知公告、政策法规等信息共6条。",
            {(TOTAL, 37), ("disclosed_via_gazette", 1), (WEBSITE, 30), (WECHAT, 6)},
        ),
        (
            "公开信息37条。网站公开信息20条;微信公开信息11条;其它类信息6条。",
            {(TOTAL, 37), (WEBSITE, 20), (WECHAT, 11), (TOTAL, "其它类信息", 6)},
        ),
        ("主动公开政府信息64条,其中通过网站公开各类粮食政府信息共41条。", {(TOTAL, 64), (WEBSITE, 41)}),
        (
            "主动公开政府信息70条。其中,网站公开的政府信息50条,公告公示20条、工作动态30条;微博发布信息(内容涉及律师)12条。",
            {
                (TOTAL, 70),
                (WEBSITE, 50),
                (WEBSITE, "公告公示", 20),
                (WEBSITE, "工作动态", 30),
                ("disclosed_via_weibo", 12),
            },
        ),
    ],
)
def test_a_figure_is_of_the_way_that_is_named_with_it(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(DISCLOSED + sentence, registry) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("在主动公开的信息中与公众密切相关的事项3条。", {(TOTAL, "与公众密切相关的事项", 3)}),
        ("在主动公开的信息中,和谐社区信息3条。", {(TOTAL, "和谐社区信息", 3)}),
        ("主动公开信息30条,涉及国家秘密的公文类信息0条。", {(TOTAL, 30)}),
        ("编制了目录,明确了六类18项主动公开的信息。", set()),
        ("后台录入数据300条。", set()),
        (
            "累计公开信息59条,内容涵盖政务信息12条、活动集锦46条以及涉企行政检查公示1条。",
            {(TOTAL, 59), (TOTAL, "政务信息", 12), (TOTAL, "活动集锦", 46), (TOTAL, "涉企行政检查", 1)},
        ),
        ("主动公开政府本级信息60条,其中工作动态45条。", {(TOTAL, 60), (TOTAL, "工作动态", 45)}),
        ("新增公开了机构设置4条、工作动态54条。", {(TOTAL, "机构设置", 4), (TOTAL, "工作动态", 54)}),
        (
            "主动公开信息44条。其中财政信息5条,信息主动公开清单1条。",
            {(TOTAL, 44), (TOTAL, "财政信息", 5), (TOTAL, "信息主动公开清单", 1)},
        ),
        (
            "公开信息42条,其中在首页公开目录中公开信息4条,更新政策信息38条。",
            {(TOTAL, 42), (TOTAL, "政策信息", 38)},
        ),
        ("在媒体刊登政务信息356500余条次(包括违章信息8000多条)。", set()),
    ],
)
def test_a_class_has_its_whole_name_and_is_one_of_what_is_open(
    sentence: str, expected: set[Any], registry: Registry
) -> None:
    assert facts(DISCLOSED + sentence, registry) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("受理申请零件;不予受理零件;已答复零件。", {("requests_received", 0), ("replies", 0)}),
        (
            "共受理申请7件,除1件尚在答复状态中,其余6件已处理完毕。",
            {("requests_received", 7), ("requests_carried_out", 1), ("requests_concluded", 6)},
        ),
        ("共受理申请3件,2件为自然人申请,1件为商业机构申请。", {("requests_received", 3)}),
        ("在受理的3件申请中,2件申请信息不属于公开范围,1件申请信息无法确定。", {("requests_received", 3)}),
        ("共受理申请3件,均已按规定予以公开。", {("requests_received", 3), ("reply_granted", 3)}),
        ("共受理申请3件,均予以公开或部分公开。", {("requests_received", 3)}),
        ("共受理申请3件。应当主动公开的信息均予以公开。", {("requests_received", 3)}),
        ("共受理申请8件,都为信函申请。", {("requests_received", 8), ("requests_letter", 8)}),
        ("共受理申请8件,均为网上申请。", {("requests_received", 8), ("requests_network", 8)}),
        ("没有收到申请。不予公开信息有10条,主要是人事安排。", {("requests_received", 0)}),
        ("共收到申请3件,其中不予公开2件。", {("requests_received", 3), ("reply_denied", 2)}),
        ("向设在图书馆的查阅大厅报送文件6种,受理依申请公开政府信息5件。", {("requests_received", 5)}),
    ],
)
def test_what_became_of_requests(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(REQUESTED + sentence, registry) == expected


def test_all_years_and_the_year(registry: Registry) -> None:
    text = "截止到2016年底,我局累计主动公开政府信息72条,全文电子化率达100%,其中,机构类4条,占5%;业务类68条,占95%。"
    text += "2016年新增的主动公开政府信息29条,全文电子化率达100%,其中,业务类29条,占100%。"
    found = {(r.value, r.category, r.period_basis) for r in readings(DISCLOSED + text, registry) if r.unit == "条"}
    assert found == {
        (72, None, "cumulative"),
        (4, "机构类", "cumulative"),
        (68, "业务类", "cumulative"),
        (29, None, "year"),
        (29, "业务类", "year"),
    }
    assert {r.scope for r in readings(DISCLOSED + text, registry)} == {"own"}


def test_a_bracket_tells_how_much_is_of_the_year(registry: Registry) -> None:
    text = DISCLOSED + "在县政府网站已发布信息150条(2016年新增20条);在局网站发布信息100条(2016年新增15条)。"
    found = [(r.value, r.category, r.period_basis) for r in readings(text, registry)]
    assert found == [
        (150, "县政府网站", "cumulative"),
        (20, "县政府网站", "year"),
        (100, "局网站", "cumulative"),
        (15, "局网站", "year"),
    ]


def test_classes_that_add_up_are_all_there_are(registry: Registry) -> None:
    text = "主动公开政府信息10条,类别有两类:机构类信息7条,其他类信息3条,行政许可20件,行政事业性收费27.9万元。"
    expected = {(TOTAL, 10), (TOTAL, "机构类信息", 7), (TOTAL, "其他类信息", 3)}
    assert facts(DISCLOSED + text, registry) == expected


def test_a_share_behind_a_list_inside_a_class_is_of_the_class(registry: Registry) -> None:
    text = "主动公开信息3320条。在主动公开的信息中,政策类31条,其中政策15条,纲要16条,占总体的1%;年度工作计划4条,占0.1%。"
    shares = [(r.category, r.value) for r in readings(DISCLOSED + text, registry) if r.unit == "%"]
    assert shares == [("政策类", 1), ("年度工作计划", 0.1)]


def test_a_theme_is_that_of_its_sentence(registry: Registry) -> None:
    text = "通过网站、微博、微信主动公开信息88条,其中网站公开信息60条。"
    text += "聚焦水利改革,开设4个专题,持续更新进展,发布各类信息5条。"
    assert facts(DISCLOSED + text, registry) == {(TOTAL, 88), (WEBSITE, 60)}


def test_an_aside_on_all_years_is_of_one_figure(registry: Registry) -> None:
    text = DISCLOSED + "网站发布信息25条,历年累计101条,微信发布信息12条。"
    found = [(r.indicator_code, r.value, r.period_basis) for r in readings(text, registry)]
    assert found[-2:] == [
        ("disclosed_via_website_count", 101, "cumulative"),
        ("disclosed_via_wechat_count", 12, "year"),
    ]


def test_information_of_the_field_of_an_agency_is_all_of_it(registry: Registry) -> None:
    bureau = replace(TOWN, agency_name="青河市环境保护局", agency_level="department")
    assert facts(DISCLOSED + "全年发布75条环保信息。", registry, bureau) == {(TOTAL, 75)}
    assert facts(DISCLOSED + "全年发布75条水利信息。", registry, bureau) == {(TOTAL, "水利信息", 75)}
    assert facts(DISCLOSED + "公开信息9条,其中环保信息5条。", registry, bureau) == {(TOTAL, 9), (TOTAL, "环保信息", 5)}


def test_a_training_of_those_who_report_is_a_training(registry: Registry) -> None:
    assert facts(EQUIPPED + "全年举办两期信息员业务培训班。", registry) == {("training_sessions", 2)}
    assert facts(EQUIPPED + "组织召开和参加新闻发布会9场。", registry) == {("press_conference", 9)}


def test_items_of_a_list_are_no_total_of_the_list(registry: Registry) -> None:
    assert facts(EQUIPPED + "局长走进“晨风”在线访谈2次、“夜话”在线访谈1次。", registry) == set()
    assert facts(EQUIPPED + "在线访谈3次。", registry) == {("online_interview", 3)}


def test_people_each_for_a_work_of_their_own_are_no_total(registry: Registry) -> None:
    text = "办公室明确一人专职负责政务公开工作,一人专职负责网站信息发布工作。"
    assert facts(EQUIPPED + text, registry) == set()
    assert facts(EQUIPPED + "明确一人专职负责政务公开工作。", registry) == {("staff_fulltime", 1)}


def test_a_year_set_apart_is_that_of_its_sentence(registry: Registry) -> None:
    text = "2016年,主动公开政府信息累计204条,通过政府网站公开信息数163条。2016年共发布重点领域各类信息12条。"
    found = [(r.indicator_code, r.value, r.period_basis) for r in readings(DISCLOSED + text, registry)]
    assert found == [("proactive_info_count", 204, "year"), ("disclosed_via_website_count", 163, "year")]


def test_who_asked_in_one_way_is_some_of_who_asked(registry: Registry) -> None:
    found = [(r.value, r.scope) for r in readings(CONSULTED + "全年接受咨询9人次。网上咨询4人次。", registry)]
    assert found == [(9, "own"), (4, "sub_scope")]
