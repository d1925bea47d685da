"""Ways of writing met in published reports, said in words of our own: what they state, and what they do not."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.extractions.identify import identify
from orchestration.reports.extractions.model import Identity, Reading
from orchestration.reports.extractions.narrative import read_narrative
from orchestration.reports.extractions.numbers import find_numbers

TOWN = Identity(agency_name="石桥镇人民政府", agency_level="township", report_year=2016)
BODY = """
一、主动公开政府信息情况
全年主动公开政府信息12条。
二、依申请公开政府信息情况
未收到申请。
三、行政复议和行政诉讼情况
没有发生。
"""
TITLE = "临溪区石桥镇2016年政府信息公开工作年度报告"


def prose(text: str, registry: Registry) -> tuple[Reading, ...]:
    return read_narrative(read(text.encode(), "report.txt"), registry.templates["narrative_2008"], TOWN, registry)


def told(text: str, registry: Registry) -> Identity:
    return identify(read(text.encode(), "sample.txt"), registry)


# --- figures


def test_the_numbers_of_a_list_whose_stops_are_lost_count_nothing() -> None:
    text = "公开形式1、设公开栏2、在广播中公开信息3、发公开信"
    assert [n.value for n in find_numbers(text)] == [1]
    assert [n.value for n in find_numbers("公开政府信息12、解读3条")] == [12, 3]


def test_a_list_run_into_one_line_states_no_total(registry: Registry) -> None:
    text = "二、主动公开政府信息情况\n主要形式 1、设公开栏 2、通过广播主动公开政府信息 3、发公开信。"
    assert prose(text, registry) == ()


@pytest.mark.parametrize("noun", ["本级文件", "本单位事务", "本部门资金"])
def test_what_belongs_to_the_agency_may_be_a_class(noun: str, registry: Registry) -> None:
    text = f"二、主动公开政府信息情况\n共主动公开政府信息9条,其中重要会议4条、{noun}5条。"
    assert {(r.category, r.value) for r in prose(text, registry)} == {(None, 9), ("重要会议", 4), (noun, 5)}


@pytest.mark.parametrize("noun", ["本级政府", "本单位", "本镇"])
def test_the_agency_itself_is_no_class(noun: str, registry: Registry) -> None:
    text = f"二、主动公开政府信息情况\n共主动公开政府信息9条,其中重要会议4条、{noun}5条。"
    assert noun not in {r.category for r in prose(text, registry)}


def test_a_way_of_publishing_among_the_classes_completes_their_sum(registry: Registry) -> None:
    def rules(wechat: int) -> set[str]:
        text = (
            f"{TITLE}\n一、主动公开政府信息情况\n2016年主动公开政府信息45条,其中资金信息2条,工作信息16条,"
            f"交易信息18条,政务微信信息{wechat}条。\n二、依申请公开情况\n未收到申请。"
        )
        return {f.rule_id for f in extract(read(text.encode(), "report.txt"), registry).findings}

    assert "breakdown_sum" not in rules(9)
    assert "breakdown_sum" in rules(5)


def test_put_off_to_the_next_year_is_carried_out(registry: Registry) -> None:
    text = "三、依申请公开情况\n新收到政府信息公开申请81件,另有4件申请顺延到下年度答复。"
    assert {(r.indicator_code, r.value) for r in prose(text, registry)} == {
        ("requests_received_count", 81),
        ("requests_carried_out_count", 4),
    }


def test_dealt_with_is_concluded(registry: Registry) -> None:
    text = "三、依申请公开情况\n收到政府信息公开申请58件,已处理54件。"
    assert ("requests_concluded_count", 54) in {(r.indicator_code, r.value) for r in prose(text, registry)}


@pytest.mark.parametrize(
    "sentence",
    ["未收到群众关于政府信息公开和不予公开的申请。", "本年度没有申请公开政府信息和不予公开政府信息的情况。"],
)
def test_neither_requests_nor_refusals(sentence: str, registry: Registry) -> None:
    found = prose("三、依申请公开政府信息和不予公开政府信息情况\n" + sentence, registry)
    assert [(r.indicator_code, r.value) for r in found] == [("requests_received_count", 0)]


# --- who speaks, and whether it is a report


@pytest.mark.parametrize(
    "text",
    [
        f"现公开石桥镇政府信息公开2016年度报告。{BODY}",
        f"根据《政府信息公开条例》第五十条规定,编制本报告。{BODY}",
        f"{TITLE}\n一、总体情况\n工作有序。\n五、存在的主要问题及改进情况\n人手不足。\n六、其他需要报告的事项\n无。",
    ],
)
def test_more_ways_to_announce_a_report(text: str, registry: Registry) -> None:
    assert "not_a_report" not in told(text, registry).issue_codes


@pytest.mark.parametrize("kind", ["范文", "模板", "范文(最新)"])
def test_a_model_text_is_no_report(kind: str, registry: Registry) -> None:
    text = f"政府信息公开工作年度报告{kind}\n本年度报告是根据政府信息公开条例要求,由某区编制。{BODY}"
    assert told(text, registry).issue_codes == ("not_a_report",)


def test_the_column_of_the_site_is_no_part_of_the_title(registry: Registry) -> None:
    assert told(f"政府信息公开\n{TITLE}{BODY}", registry).title == TITLE
    parted = told(f"政府信息公开\n2016年年度报告{BODY}", registry)
    assert parted.title == "政府信息公开2016年年度报告"


def test_the_way_of_publishing_is_no_agency(registry: Registry) -> None:
    text = (
        "2016年政府信息公开年度报告\n一、主动公开\n2016年,通过政府门户网站主动公开信息2条。\n二、依申请公开\n未收到。"
    )
    assert told(text, registry).agency_name is None


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("由临溪区人民政府信息公开办编制。", "临溪区人民政府"),
        ("由临溪区审批服务管理办公室(资源交易管理委员会办公室)编制。", "临溪区审批服务管理办公室"),
        ("如有疑问,请与临溪区政府办公室政府信息公开领导小组办公室联系。", "临溪区人民政府办公室"),
        ("如有疑问,请与临溪区人民政府办公室文电科联系。", "临溪区人民政府办公室"),
        ("如有疑问,可与临溪区中医院行政办公室联系。", "临溪区中医院"),
        ("现公布本报告。\n2016年临溪区财政局坚持公开为常态。", "临溪区财政局"),
    ],
)
def test_offices_behind_which_an_agency_stands(sentence: str, name: str, registry: Registry) -> None:
    assert told(f"2016年政府信息公开工作年度报告\n{sentence}{BODY}", registry).agency_name == name


def test_what_is_disclosed_is_no_second_author(registry: Registry) -> None:
    text = f"{TITLE}{BODY}\n政府信息公开平台建设中街道政府信息公开60条。"
    assert told(text, registry).issue_codes == ()


def test_a_zone_among_the_counties_has_a_committee(registry: Registry) -> None:
    found = told(f"连云港经济技术开发区2017年政府信息公开工作年度报告{BODY}", registry)
    assert (found.agency_name, found.agency_level) == ("连云港经济技术开发区管理委员会", "other")
    assert told(f"浦东新区2017年政府信息公开工作年度报告{BODY}", registry).agency_name == "浦东新区人民政府"


@pytest.mark.parametrize(
    "words", ["所列数据截止日期为2016年12月31日", "所列数据截止日期为20161231日", "数据截止时间是2016年12月31日"]
)
def test_the_day_of_reckoning_ends_the_period(words: str, registry: Registry) -> None:
    found = told(f"{TITLE}\n{words},可在网站下载。{BODY}", registry)
    assert (found.period_start, found.period_end) == (None, date(2016, 12, 31))
