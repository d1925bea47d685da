"""Title, year, period, number and dates of a document; what is no report is said to be none."""

from __future__ import annotations

import csv
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.identify import identify
from orchestration.reports.extractions.model import Identity

TITLE = "临溪区石桥镇2016年政府信息公开工作年度报告"
BODY = """
一、主动公开政府信息情况
全年主动公开政府信息12条。
二、依申请公开政府信息情况
未收到申请。
三、行政复议和行政诉讼情况
没有发生。
"""


def document(text: str) -> Document:
    return read(text.encode(), "sample.txt")


def told(registry: Registry, text: str) -> Identity:
    return identify(document(text), registry)


# --- is it a report


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}{BODY}",
        f"临溪区石桥镇2016年政府信息\n\n公开工作年度报告{BODY}",
        f"石桥镇 2016 年 信息公开 年报{BODY}",
        f"石桥镇2016年度政务公开工作年度报告(全文){BODY}",
        f"现将石桥镇2016年政府信息公开工作情况报告如下。{BODY}",
        f"结合我镇实际,编制2016年石桥镇政府信息公开工作年度报告。{BODY}",
        f"标 题: | {TITLE} | 文号: |{BODY}",
        f"2016年,我镇工作有序开展。{BODY}四、存在的主要问题\n无。\n石桥镇人民政府\n2017年1月3日",
        f"临溪区政府办公室关于公布\n{TITLE}的通知\n各乡镇人民政府:\n现予公布。\n{TITLE}{BODY}",
    ],
)
def test_reports_are_taken_for_reports(registry: Registry, text: str) -> None:
    assert "not_a_report" not in told(registry, text).issue_codes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "今天天气很好。",
        f"关于做好2016年政府信息公开工作年度报告编制工作的通知\n各乡镇人民政府、街道办事处:\n请认真编制。{BODY}",
        f"关于做好2016年政府信息公开工作年度报告\n编制和公布工作的通知\n各街道办事处:\n附件\n{TITLE}{BODY}",
        "石桥镇政府信息公开指南\n为方便公众获取政府信息,制定本指南。\n一、主动公开\n二、依申请公开\n三、行政复议、诉讼",
        "石桥镇政府信息公开年度报告制度\n第一条 为做好主动公开,制定本制度。\n第二条 报告包括依申请公开、复议、诉讼。",
        "政府信息公开申请表\n申请人信息\n所需信息\n依申请公开\n行政复议",
        f"石桥镇2016年法治政府建设年度报告\n编制政府信息公开年度报告,现将工作情况报告如下。{BODY}存在的主要问题",
        f"石桥镇2016年上半年政府信息公开工作报告{BODY}存在的主要问题",
        "临溪区召开2016年政府信息公开工作年度报告编制培训会\n会议讲解主动公开、依申请公开和行政复议。",
        "临溪区发布2016年政府信息公开工作年度报告\n报告介绍了主动公开和依申请公开情况。",
        f"{TITLE}\n",
        "首页 > 政府信息公开 > 2016年政府信息公开工作年度报告\n主动公开",
    ],
)
def test_other_papers_are_not(registry: Registry, text: str) -> None:
    assert told(registry, text) == Identity(issue_codes=("not_a_report",))


# --- title and year


def test_a_title_over_two_lines_is_one(registry: Registry) -> None:
    identity = told(registry, f"网站首页\n\n临溪区石桥镇2016年政府信息公开\n\n  工作年度报告\n{BODY}")
    assert (identity.title, identity.report_year) == (TITLE, 2016)


def test_a_title_is_quoted_as_printed(registry: Registry) -> None:
    assert told(registry, f"临溪区石桥镇2016年政府信息公开年度报告（全文）{BODY}").title == (
        "临溪区石桥镇2016年政府信息公开年度报告（全文）"
    )


def test_a_day_above_the_title_is_no_part_of_it(registry: Registry) -> None:
    assert told(registry, f"二〇一七年一月九日\n{TITLE}{BODY}").title == TITLE


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("石桥镇2016年度政府信息公开工作年度报告", 2016),
        ("2016年石桥镇政府信息公开工作年度报告", 2016),
        ("石桥镇2016政府信息公开工作年度报告", 2016),
        ("石桥镇二〇一六年政府信息公开工作年度报告", 2016),
        ("石桥镇二O一六年度政府信息公开工作年度报告", 2016),
        ("2017石桥镇2016年政府信息公开工作年度报告", 2016),
        ("石桥镇政府信息公开工作年度报告(2016年度)", 2016),
        ("石桥镇2087年政府信息公开工作年度报告", 2087),
    ],
)
def test_the_title_names_the_year(registry: Registry, title: str, year: int) -> None:
    assert told(registry, f"{title}\n临溪区。2015年公开了信息。{BODY}2015年,2015年。").report_year == year


@pytest.mark.parametrize(
    "lead",
    [
        "本报告所列数据的统计期限为2016年1月1日至2016年12月31日。2018年工作思路:2018年加强。",
        "现将石桥镇2016年政府信息公开工作情况报告如下:",
        "2016年,我镇稳步推进。2016年我镇开展培训。下一步打算:2017年再接再厉。",
    ],
)
def test_a_title_without_a_year_is_completed(registry: Registry, lead: str) -> None:
    assert told(registry, f"石桥镇政府信息公开工作年度报告\n{lead}{BODY}").report_year == 2016


def test_a_sentence_copied_from_last_year_does_not_win(registry: Registry) -> None:
    lead = "特向社会公布2015年度石桥镇政府信息公开年度报告。统计期限自2016年1月1日起至2016年12月31日止。"
    assert told(registry, f"{TITLE}\n{lead}{BODY}").report_year == 2016
    assert told(registry, f"石桥镇政府信息公开年度报告\n{lead}{BODY}").report_year == 2016


def test_a_list_of_other_years_reports_names_no_year(registry: Registry) -> None:
    offered = "\n".join(f"临溪区石桥镇{year}年政府信息公开工作年度报告" for year in (2015, 2014, 2013))
    identity = told(
        registry, f"{offered}\n首页\n2016年政府信息公开工作年度报告\n石桥镇。{BODY}\n临溪区石桥镇人民政府\n"
    )
    assert identity.report_year == 2016
    assert identity.issue_codes[:1] != ("year_conflicting",)


def test_a_damaged_year_in_the_title_is_no_year(registry: Registry) -> None:
    title = "石桥镇21016年政府信息公开工作年度报告"
    assert told(registry, f"{title}\n统计期限为2016年1月1日至12月31日。{BODY}").report_year == 2016


def test_years_that_disagree_are_said(registry: Registry) -> None:
    identity = told(registry, f"{TITLE}\n统计期限为2015年1月1日至2015年12月31日。{BODY}")
    assert identity.report_year == 2016
    assert "year_conflicting" in identity.issue_codes


def test_no_year_is_said(registry: Registry) -> None:
    identity = told(registry, f"石桥镇政府信息公开工作年度报告\n临溪区。{BODY}")
    assert identity.report_year is None
    assert "no_report_year" in identity.issue_codes


# --- periods


def span(identity: Identity) -> tuple[date | None, date | None]:
    return identity.period_start, identity.period_end


WHOLE = (date(2016, 1, 1), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("统计期限自2016年1月1日起至2016年12月31日止。", WHOLE),
        ("统计时限为20161月1日至12月31日。", WHOLE),
        ("2016 年 1 月 1 日 至 2016 年 12 月 31 日,我镇公开信息12条。", WHOLE),
        ("截止2016年底,我镇公开信息12条。", (None, date(2016, 12, 31))),
        ("截至2016年12月20日,我镇主动公开信息12条。", (None, date(2016, 12, 20))),
        ("统计期限自2016年5月1日至2016年12月31日。", (date(2016, 5, 1), date(2016, 12, 31))),
        ("统计期限为2015年1月1日至2015年12月31日。", (date(2015, 1, 1), date(2015, 12, 31))),
        ("2016年12月1日至2016年12月31日,我镇公开信息12条。附表统计期限为2016年1月1日至12月31日。", WHOLE),
        ("自2008年5月1日起施行。", (None, None)),
        ("2016年9月1日至9月30日开展公开宣传月活动,发放资料12份。", (None, None)),
        ("2008年1月1日至2016年12月31日,受理申请0件。", (None, None)),
        ("截至2016年10月26日,全部整改到位。", (None, None)),
        ("截至2015年12月31日,公开信息10条。", (None, None)),
    ],
)
def test_the_period_is_what_the_document_states(
    registry: Registry, sentence: str, expected: tuple[date | None, date | None]
) -> None:
    assert span(told(registry, f"{TITLE}\n{sentence}{BODY}")) == expected


def test_the_head_of_a_table_states_the_period_too(registry: Registry) -> None:
    table = (
        "政府信息公开情况统计表\n（2016年1月1日至2016年12月31日）\n统计指标\t单位\t统计数\n主动公开政府信息数\t条\t12\n"
    )
    text = f"{TITLE}\n2016年12月1日至2016年12月31日,我镇公开信息12条。{BODY}\n{table}"
    identity = told(registry, text)
    assert span(identity) == WHOLE
    assert [(p.start, p.in_table_head) for p in identity.periods] == [
        (date(2016, 12, 1), False),
        (date(2016, 1, 1), True),
    ]


def test_a_stretch_of_many_years_is_cumulative(registry: Registry) -> None:
    identity = told(registry, f"{TITLE}\n20081月1日至201612月31日,累计受理0件。{BODY}")
    assert [(p.start, p.cumulative) for p in identity.periods] == [(date(2008, 1, 1), True)]


def test_every_statement_and_loss_stands_where_it_says(registry: Registry) -> None:
    paper = document(
        f"{TITLE}\n根据通知（临政办〔20178号）,统计时限为20161月1日至 12月31日。由概述等共部分组成。{BODY}"
    )
    identity = identify(paper, registry)
    assert [(loss.printed, loss.repaired) for loss in identity.glyph_losses] == [
        ("〔20178号", "〔2017〕8号"),
        ("20161月1日", "2016年1月1日"),
        ("共部分组成", None),
    ]
    for loss in identity.glyph_losses:
        assert paper.text[loss.char_start : loss.char_end] == loss.printed
    period = identity.periods[0]
    assert paper.text[period.char_start : period.char_end] == "20161月1日至 12月31日"


# --- head and signature


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("发布时间：2017-01-03 18:35", date(2017, 1, 3)),
        ("时间:2017-1-3 8:35", date(2017, 1, 3)),
        ("发布日期： 2017年01月03日  浏览次数：12", date(2017, 1, 3)),
        ("发布日期：\n2017-01-03", date(2017, 1, 3)),
        ("2017-01-03 18:35  来源：石桥镇", date(2017, 1, 3)),
        ("索引号： | A-1 | 发布日期： | 2017-01-03 |", date(2017, 1, 3)),
        ("更新日期:2017-01-03 信息来源:石桥镇", date(2017, 1, 3)),
        ("今天是2021年3月5日 星期五", None),
        ("统计时间:2016年1月1日至2016年12月31日", None),
        ("时间:2016年1月1日至2016年12月31日", None),
        ("采集时间:2020-01-01", None),
        ("截至2016年12月31日，公开信息7条。公众号阅读量25次。", None),
    ],
)
def test_the_day_of_publication(registry: Registry, head: str, expected: date | None) -> None:
    assert told(registry, f"{TITLE}\n{head}\n{BODY}").published_on == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("石桥镇人民政府\n2017 年 1 月 3 日", date(2017, 1, 3)),
        ("石桥镇人民政府\n\n   二〇一七年一月三日", date(2017, 1, 3)),
        ("石桥镇人民政府2017年1月3日", date(2017, 1, 3)),
        ("石桥镇人民政府\n20170103", date(2017, 1, 3)),
        ("石桥镇人民政府\n2017-01-03", date(2017, 1, 3)),
        ("(二0一七年元月三日)", date(2017, 1, 3)),
        ("石桥镇党政办公室 2017年1月5日印发", date(2017, 1, 5)),
        ("石桥镇人民政府\n2017年1月3日\n石桥镇党政办公室 2017年1月5日印发", date(2017, 1, 3)),
        ("石桥镇人民政府\n2017年1月", None),
        ("2017-01-03", None),
        ("截至2016年12月31日", None),
        ("发布日期 2017年1月3日", None),
        ("2016年12月31日前完成", None),
    ],
)
def test_the_day_of_the_signature(registry: Registry, end: str, expected: date | None) -> None:
    assert told(registry, f"{TITLE}\n{BODY}\n{end}\n").signed_on == expected


def test_a_signature_may_stand_below_the_title(registry: Registry) -> None:
    assert told(registry, f"{TITLE}\n石桥镇人民政府\n(2017年1月3日)\n{BODY}").signed_on == date(2017, 1, 3)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("临石政〔2017〕12号", "临石政〔2017〕12号"),
        ("临石政〔201712", "临石政〔2017〕12号"),
        ("(临石政发[2017]5号)", "临石政发[2017]5号"),
        ("文号： 临石政〔2017〕12号  主题：综合", "临石政〔2017〕12号"),
        ("根据《关于编制年度报告的通知》(临政办〔20178号)要求。", None),
        ("文号： 无", None),
        ("电话12345678", None),
    ],
)
def test_the_number_is_the_documents_own(registry: Registry, head: str, expected: str | None) -> None:
    assert told(registry, f"{TITLE}\n{head}\n{BODY}").document_number == expected


def test_a_cited_number_on_a_line_of_its_own_is_not_ours(registry: Registry) -> None:
    assert told(registry, f"{TITLE}\n根据上级要求编制。\n(国办发〔2014〕32号)\n{BODY}").document_number is None


# --- the whole


def test_an_unstated_fact_is_none(registry: Registry) -> None:
    identity = told(registry, f"{TITLE}{BODY}")
    unstated = ("document_number", "period_start", "period_end", "published_on", "signed_on")
    assert all(getattr(identity, name) is None for name in unstated)
    assert identity.issue_codes == ()


def test_another_registry_gives_its_own_answer(registry: Registry) -> None:
    text = f"{TITLE}{BODY}"
    empty = replace(registry, regions=())
    assert told(registry, text).region_code == "990101100"
    assert told(empty, text).region_code is None
    assert told(registry, text).region_code == "990101100"


def test_the_real_reports_are_identified_as_a_careful_person_does(registry: Registry, shared: Path) -> None:
    with (shared / "gold" / "identity.csv").open(encoding="utf-8", newline="") as file:
        gold = [row for row in csv.DictReader(file) if row["document"].endswith(".txt")]
    assert gold
    for row in gold:
        paper = read((shared / "reports" / row["document"]).read_bytes(), row["document"])
        got = {name: "" if value is None else str(value) for name, value in asdict(identify(paper, registry)).items()}
        stated = ("region_code", "report_year", "period_start", "period_end", "published_on", "signed_on")
        for name in (*stated, "document_number"):
            assert got[name] == row[name], (row["document"], name)
        assert plain(got["agency_name"], row) == plain(row["agency_name"], row), row["document"]


def plain(name: str, row: dict[str, str]) -> str:
    """A name without the words for its kind and the names above it, as the scorer compares them."""
    bare = name.replace("人民政府", "").removesuffix("办事处").removesuffix("街道")
    for above in (row["province"], row["prefecture"], row["county"]):
        bare = bare.removeprefix(above)
    return bare
