"""The figures of prose: every pattern read, every trap left alone. All sentences are of our own writing."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.model import Identity, Reading
from orchestration.reports.extractions.narrative import read_narrative

TOWN = Identity(agency_name="石桥镇人民政府", agency_level="township", report_year=2016)
COUNTY = Identity(agency_name="白石县人民政府", agency_level="county", report_year=2016)
OFFICE = Identity(agency_name="白石县人民政府办公室", agency_level="county", report_year=2016)

DISCLOSED = "二、主动公开政府信息情况\n"
REQUESTED = "三、依申请公开政府信息情况\n"
DISPUTED = "四、行政复议、行政诉讼情况\n"
CHARGED = "五、政府信息公开收费及减免情况\n"
EQUIPPED = "六、机构建设和保障经费情况\n"


def readings(
    text: str, registry: Registry, identity: Identity = TOWN, template: str = "narrative_2008"
) -> tuple[Reading, ...]:
    document = read(text.encode(), "report.txt")
    found = read_narrative(document, registry.templates[template], identity, registry)
    for reading in found:
        assert document.text[reading.char_start : reading.char_end] == reading.value_text
        assert reading.unit == registry.indicators[reading.indicator_code or ""].unit
    return found


def facts(text: str, registry: Registry, identity: Identity = TOWN, template: str = "narrative_2008") -> set[Any]:
    """(indicator without _count, value) of the year's own figures, with the category where there is one."""
    return {
        (str(r.indicator_code).removesuffix("_count"), *([r.category] if r.category else []), r.value)
        for r in readings(text, registry, identity, template)
        if r.scope in ("own", "jurisdiction") and r.period_basis == "year" and r.applicant_type == "total"
    }


def one(text: str, registry: Registry, identity: Identity = TOWN) -> Reading:
    (reading,) = readings(text, registry, identity)
    return reading


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年主动公开政府信息310条。", {("proactive_info", 310)}),
        ("主动公开39条政府信息。", {("proactive_info", 39)}),
        ("共公开285条信息。", {("proactive_info", 285)}),
        ("主动公开政府信息数为28条。", {("proactive_info", 28)}),
        ("公开信息统计总数达到100条。", {("proactive_info", 100)}),
        ("我镇整理、录入、发布14条主动公开政府信息。", {("proactive_info", 14)}),
        ("主动公开政府信息,共计66条。", {("proactive_info", 66)}),
        ("共制作、获取政府信息总数120条,其中主动公开80条。", {("info_produced", 120), ("proactive_info", 80)}),
        ("公开信息1.2万条。", {("proactive_info", 12000)}),
        ("主动公开政府信息三十五条。", {("proactive_info", 35)}),
        ("全文电子化率达95.5%。", {("fulltext_electronic_rate", 95.5)}),
        ("在镇政府网站上公开信息12条次。", {("disclosed_via_website", 12)}),
        ("通过“石桥发布”微信公众号推送信息95条。", {("disclosed_via_wechat", 95)}),
        ("“石桥微语”微博号发布了226条。", {("disclosed_via_weibo", 226)}),
        ("通过微博、微信公开信息40条。", {("disclosed_via_weibo_wechat", 40)}),
        ("政府公报公开政府信息1条。", {("disclosed_via_gazette", 1)}),
        ("其他方式公开政府信息58条。", {("disclosed_via_other", 58)}),
        ("通过政府网站,共公开32条。", {("disclosed_via_website", 32)}),
        ("网站公开20条,公示栏公开9条,合计29条。", {("disclosed_via_website", 20), ("proactive_info", 29)}),
        ("主动公开规范性文件3件,制发规范性文件2件。", {("normative_docs_disclosed", 3), ("normative_docs_issued", 2)}),
    ],
)
def test_what_is_disclosed(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(DISCLOSED + sentence, registry) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "全年产生公文类信息148条。",
        "网站访问量19432条次,公众号粉丝2300个。",
        "向县政府网站报送信息120条,被采用36条。",
        "设置栏目5个,建立制度13个,编制目录40项。",
        "涉及8大类政务信息。",
        "主动公开信息比上年增加6条,同比上升16.13%。",
        "推行“1+2+3+N”模式,出台创业扶持30条。",
        "下一步力争公开信息500条。",
        "政府公开文件15个工作日内上网。",
        "配置电脑1台,覆盖12个社区。",
        "编印政府公报6期。",
        "召开党委会议7期。",
        "联系电话63582606,邮编325000。",
        "根据《信息公开条例》(国务院令第711号)第20条公开。",
        "通过公示栏公开信息20条。",
        "集中发布财政预算等领域信息3500条。",
        "在两个专栏分别发布相关信息130条、100条。",
        "我镇通过两条途径公开信息。",
        "受理市长热线工单1240件。",
    ],
)
def test_what_looks_like_a_disclosure_and_is_none(sentence: str, registry: Registry) -> None:
    assert facts(DISCLOSED + sentence, registry) == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "主动公开政府信息24条,其中机构职能类信息4条,占16.67%;人事信息20条,占83.33%。",
            {
                ("proactive_info", 24),
                ("proactive_info", "机构职能类信息", 4),
                ("proactive_info_share", "机构职能类信息", 16.67),
                ("proactive_info", "人事信息", 20),
                ("proactive_info_share", "人事信息", 83.33),
            },
        ),
        (
            "政府网站公开32条(其中重点工作31条、征地拆迁1条),其他方式公开5条。",
            {
                ("disclosed_via_website", 32),
                ("disclosed_via_website", "重点工作", 31),
                ("disclosed_via_website", "征地拆迁", 1),
                ("disclosed_via_other", 5),
            },
        ),
        (
            "主动公开政府信息9条。其中:便民服务信息5条;政策解读4条。",
            {("proactive_info", 9), ("proactive_info", "便民服务信息", 5), ("proactive_info", "政策解读", 4)},
        ),
        (
            "通过门户网站主动公开规划计划类2条,应急管理1条。",
            {("disclosed_via_website", "规划计划类", 2), ("disclosed_via_website", "应急管理", 1)},
        ),
        (
            "主动公开目录类别包括:通知公告7条;工作动态8条。",
            {("proactive_info", "通知公告", 7), ("proactive_info", "工作动态", 8)},
        ),
        ("网站(含转发)共公开信息31条。", {("disclosed_via_website", 31)}),
    ],
)
def test_classes_of_a_breakdown(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(DISCLOSED + sentence, registry) == expected


def test_a_class_keeps_its_printed_traditional_name(registry: Registry) -> None:
    text = "二、主動公開政府信息情況\n全年主動公開政府信息60條,其中業務動態類信息60條。"
    assert ("proactive_info", "業務動態類信息", 60) in facts(text, registry)


def test_classes_by_openness_are_no_requests(registry: Registry) -> None:
    text = DISCLOSED + "全年制作政府信息215条,其中主动公开182条,依申请公开2条,不予公开31条。"
    assert facts(text, registry) == {("info_produced", 215), ("proactive_info", 182)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年收到政府信息公开申请12件。", {("requests_received", 12)}),
        ("收到4宗信息公开申请。", {("requests_received", 4)}),
        ("依申请公开申请数为21件。", {("requests_received", 21)}),
        ("受理依申请公开事项0项0。", {("requests_received", 0)}),
        ("依申请公开政府信息0件,已答复0件。", {("requests_received", 0), ("replies", 0)}),
        (
            "本年度共受理5宗,其中当面2宗,网上2宗,信函1宗;办结4宗,转下年度1宗。",
            {
                ("requests_received", 5),
                ("requests_in_person", 2),
                ("requests_network", 2),
                ("requests_letter", 1),
                ("requests_concluded", 4),
                ("requests_carried_out", 1),
            },
        ),
        ("信函、传真申请4件。", {("requests_letter_fax", 4)}),
        (
            "答复6件,其中同意公开2件、部分公开1件、不予公开1件、信息不存在1件、非本机关1件。",
            {
                ("replies", 6),
                ("reply_granted", 2),
                ("reply_partial", 1),
                ("reply_denied", 1),
                ("reply_not_exist", 1),
                ("reply_not_this_organ", 1),
            },
        ),
        ("今年新增依申请公开信息3条,已在15个工作日内作出答复。", {("requests_received", 3), ("replies", 3)}),
        ("收到申请2件,均按时办结。", {("requests_received", 2), ("requests_concluded", 2)}),
        ("收到申请16件,答复率100%。", {("requests_received", 16), ("replies", 16)}),
        ("收到申请5件,除2件结转下年度外,均已答复。", {("requests_received", 5), ("requests_carried_out", 2)}),
        ("上年度结转申请2件,新收申请3件。", {("requests_carried_in", 2), ("requests_received", 3)}),
    ],
)
def test_requests(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(REQUESTED + sentence, registry) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "共受理信访投诉56件,领导信箱来信35件,均已回复。",
        "办理人大代表建议5件、政协提案3件,办结率100%。",
        "网站留言咨询200次。",
        "共办理69件,含2015年转至今年的3件均已办结。",
        "对申请人的申请,15个工作日内予以答复。",
        "12345热线转办120件。",
        "没有超期答复的申请。",
    ],
)
def test_what_looks_like_requests_and_is_none(sentence: str, registry: Registry) -> None:
    assert {f for f in facts(REQUESTED + sentence, registry, template="national_2014") if f[1]} <= {
        ("requests_carried_in", 3)
    }
    assert ("requests_received", 0) not in facts(REQUESTED + sentence, registry)


def test_consultations_are_read_only_where_the_form_asks_for_them(registry: Registry) -> None:
    text = "四、咨询处理情况\n全年接受公众咨询40多人次。"
    assert facts(text, registry) == {("consultation", 40)}
    assert facts(text, registry, template="national_2014") == set()


def test_natural_persons_are_told_apart(registry: Registry) -> None:
    found = readings(REQUESTED + "收到申请12件,其中自然人申请10件,法人或其他组织申请2件。", registry)
    assert [(r.applicant_type, r.value) for r in found] == [("total", 12), ("natural_person", 10)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DISPUTED + "发生行政复议2件,其中维持1件,纠正1件;行政诉讼1件,结果维持1件。", {
            ("review_total", 2), ("review_upheld", 1), ("review_corrected", 1),
            ("litigation_total", 1), ("litigation_upheld", 1),
        }),
        (DISPUTED + "复议0件,诉讼0件。", {("review_total", 0), ("litigation_total", 0)}),
        ("四、举报投诉情况\n举报投诉数量3件。", {("complaints", 3)}),
        (CHARGED + "共收取检索费、复制费120元。", {("request_fee_amount", 0.012)}),
        (CHARGED + "收取信息处理费0.5万元。", {("request_fee_amount", 0.5)}),
        (CHARGED + "按每页0.5元/页收取复制费,减免费用300元。", set()),
    ],
)  # fmt: skip
def test_disputes_and_fees(text: str, expected: set[Any], registry: Registry) -> None:
    assert facts(text, registry) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("配备1名专职人员和2名兼职工作人员。", {("staff_fulltime", 1), ("staff_parttime", 2)}),
        ("从事信息公开工作人员共2人,全部兼职。", {("staff_total", 2), ("staff_parttime", 2)}),
        ("安排两名工作人员负责信息公开工作。", {("staff_total", 2)}),
        ("配备了12名专、兼职工作人员。", {("staff_total", 12)}),
        ("设立政府信息公开专门机构1个,设置政府信息公开查阅点3个。", {("goi_office", 1), ("access_point", 3)}),
        ("政府信息公开专项经费5万元。", {("special_budget_amount", 5)}),
        ("召开信息公开工作会议2次,举办培训班1期,培训人员80人次。", {
            ("meetings", 2), ("training_sessions", 1), ("trainees", 80),
        }),
        ("领导小组组长1名,成员12名。", set()),
        ("各村均明确1名工作人员负责信息公开。", set()),
        ("召开常务会议3次。", set()),
    ],
)  # fmt: skip
def test_capacity(sentence: str, expected: set[Any], registry: Registry) -> None:
    assert facts(EQUIPPED + sentence, registry) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("回应公众关注热点或重大舆情数2次。", {("hot_topic_response", 2)}),
        ("微博微信回应事件68件。", {("weibo_wechat_response", 68)}),
        ("通过微博、微信平台回复网民提出的问题405条。", {("weibo_wechat_response", 405)}),
        ("在网络问政平台上回复网友询问184帖。", {("other_response", 184)}),
        ("举办新闻发布会3次,其中主要负责同志参加1次。", {("press_conference", 3), ("press_conference_principal", 1)}),
        ("发布政策解读稿件6篇。", {("policy_interpretation", 6)}),
        ("领导出席新闻发布会25人次。", set()),
        ("发布文件及解读信息66条。", set()),
    ],
)
def test_responses(sentence: str, expected: set[Any], registry: Registry) -> None:
    found = facts("三、回应解读情况\n" + sentence, registry)
    assert {f for f in found if len(f) == 2} == expected


@pytest.mark.parametrize(
    ("sentence", "basis", "scope"),
    [
        ("历年累计主动公开政府信息238条。", "cumulative", "own"),
        ("全年累计主动公开政府信息238条。", "year", "own"),
        ("2016年度累计公开政府信息238条。", "year", "own"),
        ("2008年1月1日至2016年12月31日,主动公开政府信息238条。", "cumulative", "own"),
        ("20081月1日至201612月31日,主动公开政府信息238条。", "cumulative", "own"),
        ("自2016年1月1日起至2016年12月31日止,主动公开政府信息238条。", "year", "own"),
        ("201611日至20161231日,主动公开政府信息238条。", "year", "own"),
        ("截止2016年底,主动公开政府信息238条。", "year", "own"),
        ("自2008年5月1日以来,累计主动公开政府信息238条。", "cumulative", "own"),
        ("12月份主动公开政府信息238条。", "month", "own"),
        ("2015年主动公开政府信息238条。", "year", "other_year"),
        ("去年主动公开政府信息238条。", "year", "other_year"),
        ("20151231日前,2015年共主动公开政府信息238条。", "year", "other_year"),
    ],
)
def test_periods(sentence: str, basis: str, scope: str, registry: Registry) -> None:
    reading = one(DISCLOSED + sentence, registry)
    assert (reading.period_basis, reading.scope, reading.value) == (basis, scope, 238)


def test_the_year_before_stands_before_the_year(registry: Registry) -> None:
    found = readings(DISCLOSED + "主动公开政府信息由2015年的1128条增加到2016年的1887条。", registry)
    assert [(r.value, r.scope) for r in found] == [(1128, "other_year"), (1887, "own")]


def test_a_sum_up_to_a_day_is_of_all_years_where_the_year_is_part_of_it(registry: Registry) -> None:
    found = readings(DISCLOSED + "截至2016年底,累计主动公开政府信息846条,其中本年度214条。", registry)
    assert [(r.value, r.period_basis) for r in found][:1] == [(846, "cumulative")]
    left_open = one(DISCLOSED + "截至目前,累计主动公开政府信息100条。", registry)
    assert (left_open.period_basis, left_open.issue_codes) == ("year", ("period_basis_open",))


def test_half_a_year_is_no_figure_of_the_year(registry: Registry) -> None:
    assert readings(DISCLOSED + "上半年公开信息30条。", registry) == ()


@pytest.mark.parametrize(
    ("identity", "sentence", "scopes"),
    [
        (TOWN, "主动公开政府信息12条。", ["own"]),
        (TOWN, "全镇主动公开政府信息12条。", ["own"]),
        (COUNTY, "主动公开政府信息12条。", ["jurisdiction"]),
        (OFFICE, "主动公开政府信息12条。", ["own"]),
        (OFFICE, "全县主动公开政府信息12条。", ["jurisdiction"]),
        (COUNTY, "县政府办公室主动公开政府信息12条。", ["own"]),
        (COUNTY, "全县主动公开政府信息90条。其中,县教育局公开信息12条。", ["jurisdiction", "sub_scope"]),
        (COUNTY, "全县主动公开政府信息90条,各乡镇公开70条。", ["jurisdiction", "sub_scope"]),
    ],
)
def test_scopes(identity: Identity, sentence: str, scopes: list[str], registry: Registry) -> None:
    assert [r.scope for r in readings(DISCLOSED + sentence, registry, identity)] == scopes


def test_a_part_of_the_requests_is_not_their_number(registry: Registry) -> None:
    text = REQUESTED + "收到申请5件,其中涉及征地类申请3件,均已答复。"
    assert facts(text, registry) == {("requests_received", 5), ("replies", 5)}


@pytest.mark.parametrize("printed", ["公开信息44余条", "公开信息约44条"])
def test_approximate_numbers_say_so(printed: str, registry: Registry) -> None:
    reading = one(f"{DISCLOSED}{printed}。", registry)
    assert (reading.value, reading.issue_codes) == (44, ("approximate",))


def test_the_place_and_the_words_are_those_of_the_document(registry: Registry) -> None:
    text = "某镇年度报告\n\n一、概述\n\n" + DISCLOSED + "我 镇通过政府网站公 开信息32 条,占比很高。"
    reading = one(text, registry)
    assert (reading.line, reading.value_text, reading.unit_text) == (6, "32", "条")
    assert "政府网站公 开信息32" in (reading.snippet or "")


def test_a_row_of_a_table_read_as_prose_is_no_figure(registry: Registry) -> None:
    assert readings(REQUESTED + "重复申请 0 0 0 0 0 0 0", registry) == ()


def test_a_number_with_a_gap_says_so(registry: Registry) -> None:
    reading = one(DISCLOSED + "我镇公开信息1 136条。", registry)
    assert (reading.value, reading.issue_codes) == (1136, ("split_digits",))


def test_pinyin_and_traditional_characters_are_read(registry: Registry) -> None:
    text = "一、政府信息主動公開情況\n全年我鎮(zhèn)在政府門戶網(wǎng)站上主動公開信息數(shù)量為46件。"
    assert facts(text, registry) == {("disclosed_via_website", 46)}


def test_sections_run_together_in_one_paragraph_keep_their_headings(registry: Registry) -> None:
    text = "二、主动公开情况 全年主动公开政府信息8条。 三、依申请公开情况 本年度共受理2件。 四、存在的问题 仅受理3件。"
    assert facts(text, registry) == {("proactive_info", 8), ("requests_received", 2)}


def test_figures_of_intentions_are_left_alone(registry: Registry) -> None:
    assert readings("七、存在的主要问题及改进措施\n明年主动公开政府信息500条。公开信息600条。", registry) == ()
