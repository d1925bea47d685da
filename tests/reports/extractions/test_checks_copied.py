"""The rule about copied years: last year's work told as this year's, and mentions of other years that are none."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Pages, Span, Table

from .hand_made import Case

COPIED = [
    "2016年街道公开的政府文件涉及农村工作、社会治安等多方面的内容。",
    "现将2016年度政府信息公开工作情况报告如下：",
    "（一）主动公开情况。2016年，我街道主动公开政府信息45条。",
    "截至2016年12月31日，街道共受理申请3件。",
    "二〇一六年度，松岗街道公开政府信息45条。",
    "根据《2017年政务公开工作要点》，现将松岗街道办事处2016年度政府信息公开工作情况报告如下：",
    "特向社会公布2016年度我街道信息公开年度报告。",
    "本报告是松岗街道根据要求编制的2016年度政府信息公开年度报告。",
]
NOT_COPIED = [
    "2016年公开政府信息30条，2017年公开政府信息45条。",
    "2016年公开政府信息30条。2017年公开政府信息45条。",
    "2017年公开政府信息45条，比2016年公开的多15条。",
    "与2016年相比，公开数量增长50%。",
    "根据《某县2016年政府信息公开工作要点》的要求，公开了有关信息。",
    "2016年印发的信息公开制度继续执行。",
    "2016年开通政务微信，用于公开政府信息。",
    "2016年12月20日，街道召开政府信息公开工作会议。",
    "对2016年公开的信息进行了清理。",
    "2018年，街道将继续公开政府信息。",
    "2016年结转的申请2件，已答复。",
    "2016年以来，街道坚持公开政府信息。",
    "自2016年起，街道公开政府信息。",
    "上一篇：松岗街道2016年政府信息公开工作年度报告",
    "松岗街道2016年政府信息公开工作年度报告",
    "2016年度信息公开考核获得优秀。",
    "2012年，街道公开政府信息30条。",
]


@pytest.mark.parametrize("words", COPIED)
def test_another_years_work_told_as_this_years(words: str, registry: Registry) -> None:
    case = Case(registry, "national_2014", "2017年，街道认真推进公开工作。", words)
    (finding,) = case.findings()
    assert (finding.rule_id, finding.expected, finding.actual) == ("foreign_year", "2017", "2016")
    assert "第2行" in finding.message_zh


@pytest.mark.parametrize("words", NOT_COPIED)
def test_mentions_of_other_years_are_left_alone(words: str, registry: Registry) -> None:
    assert Case(registry, "national_2014", words).rules() == []


def test_one_copied_year_is_one_finding(registry: Registry) -> None:
    (finding,) = Case(registry, "national_2014", *COPIED).findings()
    assert all(f"第{line}行" in finding.message_zh for line in range(1, 9))


def test_places_in_a_document_of_pages_are_pages(registry: Registry) -> None:
    case = Case(registry, "national_2014", COPIED[0])
    assert "（第1行）" in case.findings()[0].message_zh
    pages = Pages((0,), [nan] * 4 * len(case.document.text))
    case.document = replace(case.document, pages=pages)
    assert "（第1页）" in case.findings()[0].message_zh
    assert "(page 1)" in case.findings()[0].message_en


def test_the_head_of_the_table_may_be_last_years(registry: Registry) -> None:
    case = Case(registry, "national_2014", "松岗街道2016年政府信息公开情况统计表")
    assert case.rules() == []
    table = Table(1, (), Span(21, 22))
    case.document = replace(case.document, blocks=(*case.document.blocks, table))
    assert case.cell("B.1.1", 5, table_no=1).rules() == ["foreign_year"]
