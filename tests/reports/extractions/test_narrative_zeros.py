"""Zeros said in words: what a negation of the whole says, and what a negation of something narrower does not."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.model import Identity
from orchestration.reports.extractions.narrative import read_narrative

TOWN = Identity(agency_name="石桥镇人民政府", agency_level="township", report_year=2016)
REQUESTS, REVIEW, LITIGATION = "requests_received_count", "review_total_count", "litigation_total_count"
COMPLAINTS, FEE = "complaints_count", "request_fee_amount"


def zeros(text: str, registry: Registry) -> Any:
    document = read(text.encode(), "report.txt")
    found = read_narrative(document, registry.templates["narrative_2008"], TOWN, registry)
    for reading in found:
        assert (reading.value, reading.value_status, reading.negated) == (0.0, "reported_zero", True)
        assert document.text[reading.char_start : reading.char_end] == reading.value_text
    return {(r.indicator_code, r.period_basis) for r in found}


def of_the_year(*codes: str) -> set[tuple[str, str]]:
    return {(code, "year") for code in codes}


@pytest.mark.parametrize(
    "sentence",
    [
        "2016年度未收到政府信息公开申请。",
        "无公民、法人和其他组织向我镇提出获取主动公开以外政府信息的申请。",
        "没有公民、法人或其他组织要求办理申请公开事项。",
        "没有接到群众主动要求公开政府信息的情况。",
        "我镇没有依申请公开的政府信息。",
        "没有依申请公开和不予公开的政府信息。",
        "尚未收到该项申请。",
        "未收到一件政府信息公开申请。",
        "未受理任何形式的依申请公开。",
        "截至201612月31日,无政府信息公开申请。",
        "无依申请公开。",
        "无。",
        "2016年度无申请。",
    ],
)
def test_no_requests(sentence: str, registry: Registry) -> None:
    assert zeros("三、依申请公开政府信息情况\n" + sentence, registry) == of_the_year(REQUESTS)


@pytest.mark.parametrize(
    "sentence",
    [
        "没有因政府信息公开被申请行政复议、提起行政诉讼的情况。",
        "未发生针对我镇的行政复议和行政诉讼案件。",
        "无一例因政府信息公开申请行政复议或提起行政诉讼。",
        "行政复议、行政诉讼案件均未发生。",
        "无。",
        "本年度未发生此类情况。",
        "我镇2016年度无申请。",
    ],
)
def test_one_clause_on_both_reviews_and_lawsuits(sentence: str, registry: Registry) -> None:
    text = "四、因政府信息公开申请行政复议、提起行政诉讼的情况\n" + sentence
    assert zeros(text, registry) == of_the_year(REVIEW, LITIGATION)


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("实现了零举报、零投诉、零泄密。", [COMPLAINTS]),
        ("未收到举报投诉。", [COMPLAINTS]),
        ("未接到复议、诉讼和申诉。", [REVIEW, LITIGATION, COMPLAINTS]),
        ("没有向申请人收取检索、复制、邮寄等费用。", [FEE]),
        ("未发生收费及减免情况。", [FEE]),
        ("不收取任何费用。", [FEE]),
        ("无信息公开申请、行政复议、行政诉讼情况。", [REQUESTS, REVIEW, LITIGATION]),
        ("未收到申请,也未发生行政诉讼。", [REQUESTS, LITIGATION]),
        ("没有收到申请行政复议,没有引发行政诉讼。", [REVIEW, LITIGATION]),
    ],
)
def test_zeros_without_a_heading(sentence: str, codes: list[str], registry: Registry) -> None:
    assert zeros(sentence, registry) == of_the_year(*codes)


@pytest.mark.parametrize(
    "sentence",
    [
        "没有超期答复的申请。",
        "未发生行政复议被纠正的情况。",
        "未产生与诉讼有关的费用支出。",
        "不存在减免情况。",
        "没有收到信访投诉。",
        "未接到有关信息公开方面的咨询。",
        "没有发生超时公开、违规公开等情况。",
        "对无法提供的申请,告知申请人。",
        "除成本费外不得收取其他费用。",
        "收到的申请无不当答复。",
        "尚无发现应主动公开而未予公开的情况。",
        "公开的信息没有涉及国家秘密。",
    ],
)
def test_a_narrower_negation_is_no_zero(sentence: str, registry: Registry) -> None:
    assert zeros(sentence, registry) == set()


@pytest.mark.parametrize("heading", ["七、其他需要报告的事项", "三、软件开发使用情况", "八、存在的问题"])
def test_a_bare_none_says_nothing_under_other_headings(heading: str, registry: Registry) -> None:
    assert zeros(f"{heading}\n无。", registry) == set()


@pytest.mark.parametrize("words", ["尚未", "未"])
def test_half_a_table_heading_is_no_zero(words: str, registry: Registry) -> None:
    assert zeros(f"四、行政复议、行政诉讼情况\n{words}", registry) == set()


def test_a_zero_of_all_years_is_cumulative(registry: Registry) -> None:
    text = "2008年5月1日至2016年12月31日,未收到政府信息公开申请。"
    assert zeros(text, registry) == {(REQUESTS, "cumulative")}


def test_a_negation_beside_a_figure_is_not_taken_for_the_whole(registry: Registry) -> None:
    document = read("三、依申请公开情况\n收到申请3件,无延期答复的申请。".encode(), "report.txt")
    found = read_narrative(document, registry.templates["narrative_2008"], TOWN, registry)
    assert [(r.indicator_code, r.value) for r in found] == [(REQUESTS, 3.0)]
