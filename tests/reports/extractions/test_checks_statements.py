"""Every rule about words: prose against the table and itself, periods, dates, damage of the print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from orchestration.registry.model import Registry

from .hand_made import BLANK, COMPLETE, Case

Build = Callable[[Registry], Case]
WEB, TOTAL, CHANNEL = "disclosed_via_website_count", "proactive_info_count", "disclosed_via_other_count"
SUITS = "review_total_count"
LISTED = "网站公开政府信息20条(其中甲类9条、乙类6条、丙类3条),微博等公开2条"

SHARED = "网站公开政府信息20条(其中甲类9条，占45.00%；乙类6条，占30.00%；丙类3条，占15.00%等),微博等公开2条"


def listing(registry: Registry, words: str, total: int, *parts: tuple[str, int]) -> Case:
    """Prose that breaks a total down."""
    case = Case(registry, "narrative_2008", words).says(WEB, f"{total}条", total)
    for name, count in parts:
        case.says(WEB, f"{name}{count}条", count, category=name)
    return case


FAULTS: dict[str, tuple[Build, list[str]]] = {
    "prose and table differ": (
        lambda r: Case(r, "national_2014", "通过网站公开5条").cells(B_1_2_w=0).says(WEB, "5条", 5),
        ["narrative_vs_table"],
    ),
    "prose has a figure where the cell is blank": (
        lambda r: Case(r, "national_2014", "通过网站公开5条").cells(B_1_2_w=BLANK).says(WEB, "5条", 5),
        ["narrative_vs_table"],
    ),
    "prose and a derivable blank total differ": (
        lambda r: (
            Case(r, "national_2014", "收到申请4件")
            .cells(B_3_1=BLANK, B_3_1_3=3)
            .says("requests_received_count", "4件", 4)
        ),
        ["blank_parent_derivable", "narrative_vs_table"],
    ),
    "prose gives one figure for two rows": (
        lambda r: (
            Case(r, "national_2014", "信函、传真申请9件")
            .cells(B_3_1_2=1, B_3_1_4=2)
            .says("requests_letter_fax_count", "9件", 9)
        ),
        ["narrative_vs_table"],
    ),
    "prose denies what the table counts": (
        lambda r: (
            Case(r, "national_2014", "没有发生行政复议")
            .cells(B_4=1, B_4_1=1, B_4_2=0, B_4_3=0)
            .says(SUITS, "没有发生", 0, negated=True)
        ),
        ["negation_vs_table"],
    ),
    "a channel of prose above the total of prose": (
        lambda r: (
            Case(r, "narrative_2008", "公开28条，网站公开36条，其他135条")
            .says(TOTAL, "28条", 28)
            .says(WEB, "36条", 36)
            .says(CHANNEL, "135条", 135)
        ),
        ["channel_bounds"],
    ),
    "the year of prose above its cumulative figure": (
        lambda r: (
            Case(r, "narrative_2008", "公开28条，历年累计21条")
            .says(TOTAL, "28条", 28)
            .says(TOTAL, "21条", 21, period_basis="cumulative")
        ),
        ["subset_exceeds_parent"],
    ),
    "categories that fall short of their total": (
        lambda r: listing(r, LISTED, 20, ("甲类", 9), ("乙类", 6), ("丙类", 3)),
        ["breakdown_sum"],
    ),
    "categories above their total": (
        lambda r: listing(r, "公开12条，其中甲类9条、乙类6条", 12, ("甲类", 9), ("乙类", 6)),
        ["breakdown_sum"],
    ),
    "a run of the list is the total and one category is left over": (
        lambda r: listing(
            r, "公开8条，其中甲类2条、乙类5条、丙类1条、丁类3条", 8, ("甲类", 2), ("乙类", 5), ("丙类", 1), ("丁类", 3)
        ),
        ["breakdown_sum"],
    ),
    "ten thousands that do not fit the table": (
        lambda r: (
            Case(r, "national_2014", "公开1.5万条")
            .cells(B_1_2_w=11047)
            .says(WEB, "1.5万条", 15000, issue_codes=("approximate",))
        ),
        ["narrative_vs_table"],
    ),
    "a period of one month": (
        lambda r: Case(r, "national_2014", "2017年12月1日至2017年12月31日，公开5条").period(
            "2017年12月1日至2017年12月31日", date(2017, 12, 1), date(2017, 12, 31)
        ),
        ["period_not_calendar_year"],
    ),
    "a table head that ends early": (
        lambda r: Case(r, "national_2014", "(2017年1月1日至2017年11月30日)").period(
            "2017年1月1日至2017年11月30日", date(2017, 1, 1), date(2017, 11, 30), in_table_head=True
        ),
        ["period_not_calendar_year"],
    ),
    "a period of another year": (
        lambda r: Case(r, "national_2014", "(2016年1月1日至2016年12月31日)").period(
            "2016年1月1日至2016年12月31日", date(2016, 1, 1), date(2016, 12, 31), in_table_head=True
        ),
        ["foreign_year"],
    ),
    "a count from before the law": (
        lambda r: Case(r, "national_2014", "2008年1月1日至2017年12月31日,公开5条").period(
            "2008年1月1日至2017年12月31日", date(2008, 1, 1), date(2017, 12, 31), cumulative=True
        ),
        ["period_precedes_law"],
    ),
    "signed on the last day of the period": (
        lambda r: Case(r).known(signed_on=date(2017, 12, 31)),
        ["document_date_inside_period"],
    ),
    "lost characters of both kinds": (
        lambda r: (
            Case(r, "national_2014", "20171月1日起", "由附表共部分组成")
            .loss("20171月1日", "2017年1月1日")
            .loss("共部分", None)
        ),
        ["glyph_loss", "glyph_loss"],
    ),
    "a stray value in a header row": (
        lambda r: Case(r).cell("B.3", "not_applicable", value_text="0", issue_codes=("header_value",)),
        ["header_value"],
    ),
    "an unfilled prompt": (
        lambda r: Case(r).cell("B.3.4", BLANK, value_text="主要侧重----", issue_codes=("placeholder_text",)),
        ["placeholder_text"],
    ),
    "a unit that is not the form's": (lambda r: Case(r).cell("B.1.1.2", 2, unit_text="场"), ["unit_unexpected"]),
    "no date": (lambda r: Case(r).known(signed_on=None), ["identity_incomplete"]),
    "no period": (lambda r: Case(r).known(period_start=None, period_end=None), ["identity_incomplete"]),
    "no region": (lambda r: Case(r).known(region_resolution="ambiguous"), ["identity_incomplete"]),
    "another township signs": (
        lambda r: Case(r, "national_2014", "概述", "白石县双河镇人民政府", "2018年2月1日"),
        ["agency_mismatch"],
    ),
    "another township announces the report": (
        lambda r: Case(r, "national_2014", "现将双河镇2017年政府信息公开工作情况报告如下。"),
        ["agency_mismatch"],
    ),
    "another agency signs, as identify() found": (
        lambda r: Case(r).known(rival_names=("白石县教育局",)),
        ["agency_mismatch"],
    ),
    "applications made to a government are counted in a township's report": (
        lambda r: Case(r, "national_2014", "全年收到向市政府及市政府办公室提出的政府信息公开申请5件"),
        ["agency_mismatch"],
    ),
    "a township speaks of itself as a department": (
        lambda r: Case(r, "national_2014", "我局高度重视", "我局严格落实"),
        ["agency_mismatch"],
    ),
    "a period over two years": (
        lambda r: Case(r, "national_2014", "统计期限自2016年12月1日起至2017年10月30日止").period(
            "2016年12月1日起至2017年10月30日", date(2016, 12, 1), date(2017, 10, 30)
        ),
        ["period_not_calendar_year"],
    ),
    "prose that may count over all years has less than the table": (
        lambda r: (
            Case(r, "national_2014", "截至目前公开5条")
            .cells(B_1_2_w=6)
            .says(WEB, "5条", 5, issue_codes=("period_basis_open",))
        ),
        ["narrative_vs_table"],
    ),
}

CLEAN: dict[str, Build] = {
    "what anybody may ask of a government": lambda r: Case(
        r, "national_2014", "公民可以向县人民政府办公室提出政府信息公开申请,20个工作日内答复"
    ),
    "applications made to the town itself": lambda r: Case(r, "national_2014", "向镇政府提出的政府信息公开申请5件"),
    "a township that also calls itself an office": lambda r: Case(r, "national_2014", "我局", "我局", "我街道"),
    "nothing at all": lambda r: Case(r),
    "prose and table agree": lambda r: Case(r, "national_2014", "公开5条").cells(B_1_2_w=5).says(WEB, "5条", 5),
    "a zero of prose beside a blank": lambda r: (
        Case(r, "national_2014", "没有发生复议").cells(B_4=BLANK).says(SUITS, "没有发生", 0, negated=True)
    ),
    "a figure of prose for a row that is not printed": lambda r: Case(r, "national_2014", "公开5条").says(
        WEB, "5条", 5
    ),
    "a figure of prose for part of the jurisdiction": lambda r: (
        Case(r, "national_2014", "其中某村公开5条").cells(B_1_2_w=9).says(WEB, "5条", 5, scope="sub_scope")
    ),
    "a figure of prose for all years": lambda r: (
        Case(r, "national_2014", "历年累计5条").cells(B_1_2_w=3).says(WEB, "5条", 5, period_basis="cumulative")
    ),
    "a category is no total": lambda r: (
        Case(r, "national_2014", "其中政策类5条").cells(B_1_2_w=9).says(WEB, "5条", 5, category="政策类")
    ),
    "about as many": lambda r: (
        Case(r, "national_2014", "公开260余条")
        .cells(B_1_2_w=263)
        .says(WEB, "260余条", 260, issue_codes=("approximate",))
    ),
    "categories that add up": lambda r: listing(r, "公开15条，其中甲类9条、乙类6条", 15, ("甲类", 9), ("乙类", 6)),
    "a list that is not complete": lambda r: listing(
        r, "公开20条，其中甲类9条、乙类6条、丙类3条等", 20, ("甲类", 9), ("乙类", 6), ("丙类", 3)
    ),
    "a list whose last share is followed by 等": lambda r: listing(
        r, SHARED, 20, ("甲类", 9), ("乙类", 6), ("丙类", 3)
    ).says("proactive_info_share", "15.00%", 15, category="丙类"),
    "a list that names the total again": lambda r: listing(
        r, "公开15条，政府信息15条，甲类9条、乙类6条", 15, ("政府信息", 15), ("甲类", 9), ("乙类", 6)
    ),
    "ten thousands that fit the table": lambda r: (
        Case(r, "national_2014", "公开1.1万条")
        .cells(B_1_2_w=11047)
        .says(WEB, "1.1万条", 11000, issue_codes=("approximate",))
    ),
    "a list of a few": lambda r: listing(
        r, "公开90条，其中甲类9条、乙类6条、丙类3条", 90, ("甲类", 9), ("乙类", 6), ("丙类", 3)
    ),
    "a list by subject and one by form": lambda r: listing(
        r,
        "公开15条，按内容甲类9条、乙类6条，按体裁丙类8条、丁类7条",
        15,
        ("甲类", 9),
        ("乙类", 6),
        ("丙类", 8),
        ("丁类", 7),
    ),
    "a list inside a category": lambda r: listing(
        r, "公开15条，其中甲类9条(子类5条、丑类4条)、乙类6条", 15, ("甲类", 9), ("子类", 5), ("丑类", 4), ("乙类", 6)
    ),
    "channels of prose within the total": lambda r: (
        Case(r, "narrative_2008", "公开40条，网站公开36条").says(TOTAL, "40条", 40).says(WEB, "36条", 36)
    ),
    "the whole year": lambda r: Case(r, "national_2014", "2017年1月1日至12月31日").period(
        "2017年1月1日至12月31日", date(2017, 1, 1), date(2017, 12, 31)
    ),
    "half of the year after the whole": lambda r: (
        Case(r, "national_2014", "2017年1月1日至12月31日，其中1月1日至6月30日")
        .period("2017年1月1日至12月31日", date(2017, 1, 1), date(2017, 12, 31))
        .period("1月1日至6月30日", date(2017, 1, 1), date(2017, 6, 30))
    ),
    "the first report begins with the law": lambda r: (
        Case(r, "narrative_2008", "2008年5月1日至2008年12月31日")
        .known(report_year=2008, period_start=None, period_end=None, signed_on=date(2009, 3, 1))
        .period("2008年5月1日至2008年12月31日", date(2008, 5, 1), date(2008, 12, 31))
        .known(period_start=date(2008, 5, 1), period_end=date(2008, 12, 31))
    ),
    "a count from the day of the law": lambda r: Case(r, "national_2014", "2008年5月1日至2017年12月31日").period(
        "2008年5月1日至2017年12月31日", date(2008, 5, 1), date(2017, 12, 31), cumulative=True
    ),
    "a count that rests on a local rule": lambda r: Case(
        r, "national_2014", "2004年5月1日《某省规定》施行至2017年12月31日公开5条"
    ).period("2004年5月1日", date(2004, 5, 1), date(2017, 12, 31), cumulative=True),
    "the agency signs by its full name": lambda r: Case(
        r, "national_2014", "概述", "云岭省青河市临溪区人民政府松岗街道办事处", "2018年2月1日"
    ),
    "an office of the agency signs": lambda r: Case(r, "national_2014", "概述", "松岗街道党政办公室", "2018年2月1日"),
    "prose that may count over all years": lambda r: (
        Case(r, "national_2014", "截至目前公开9条")
        .cells(B_1_2_w=6)
        .says(WEB, "9条", 9, issue_codes=("period_basis_open",))
    ),
    "signed after the year": lambda r: Case(r).known(signed_on=date(2018, 1, 1)),
    "published but not signed": lambda r: Case(r).known(signed_on=None, published_on=date(2018, 1, 1)),
    "the unit of the form": lambda r: Case(r).cell("B.1.1.2", 2, unit_text="件"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_seen(name: str, registry: Registry) -> None:
    build, expected = FAULTS[name]
    assert build(registry).rules() == expected


@pytest.mark.parametrize("name", CLEAN)
def test_clean_twin_is_silent(name: str, registry: Registry) -> None:
    assert CLEAN[name](registry).rules() == []


def test_a_contradiction_quotes_the_prose_and_the_cell(registry: Registry) -> None:
    (finding,) = FAULTS["prose and table differ"][0](registry).findings()
    assert "政府网站公开政府信息数" in finding.message_zh
    assert "文字（第1行）称5“5条”" in finding.message_zh
    assert (finding.expected, finding.actual) == ("0", "5")
    assert len(finding.readings) == 2


def test_a_denial_is_quoted_and_not_denied(registry: Registry) -> None:
    (finding,) = FAULTS["prose denies what the table counts"][0](registry).findings()
    assert "文字（第1行）称“没有发生”，而行政复议数量（第100行）为1。" in finding.message_zh
    assert "称没有" not in finding.message_zh


def test_a_long_denial_is_quoted_as_far_as_it_denies(registry: Registry) -> None:
    sentence = f"2017年，{'全体工作人员' * 8}没有发生行政复议"
    case = Case(registry, "national_2014", sentence).cells(B_4=1, B_4_1=1, B_4_2=0, B_4_3=0)
    (finding,) = case.says(SUITS, "没有发生", 0, negated=True, snippet=sentence).findings()
    assert "称“没有发生”，而" in finding.message_zh


def test_a_blank_total_that_yields_the_figure_of_prose_is_no_contradiction(registry: Registry) -> None:
    case = Case(registry, "national_2014", "收到申请3件").cells(B_3_1=BLANK, B_3_1_3=3)
    assert case.says("requests_received_count", "3件", 3).rules() == ["blank_parent_derivable"]


def test_a_table_that_breaks_off_says_after_what(registry: Registry) -> None:
    case = Case(registry).cells(B_1_1=1)
    case.truncated, case.absent = True, ("B.4", "B.5")
    (finding,) = case.findings()
    assert finding.rule_id == "table_truncated"
    assert "主动公开政府信息数（第100行）之后" in finding.message_zh
    assert "自“行政复议数量”起2行" in finding.message_zh


def test_only_a_missing_period_or_region_is_no_warning(registry: Registry) -> None:
    (finding,) = Case(registry).known(region_code=None, region_resolution="unresolved").findings()
    assert finding.severity == "info"
    (finding,) = Case(registry).known(agency_name=None).findings()
    assert finding.severity == "warning"
    (finding,) = Case(registry).known(period_start=None, period_end=None).findings()
    assert finding.severity == "info"
    (finding,) = Case(registry).known(signed_on=None).findings()
    assert finding.severity == "warning"


def test_the_clean_identity_of_these_tests_is_complete(registry: Registry) -> None:
    assert Case(registry).identity == COMPLETE


def test_every_document_rule_of_the_registry_has_a_planted_fault(registry: Registry) -> None:
    from .test_checks_arithmetic import FAULTS as ARITHMETIC

    planted = {rule for _, rules in (*FAULTS.values(), *ARITHMETIC.values()) for rule in rules} | {"table_truncated"}
    assert planted == {rule.rule_id for rule in registry.rules.values() if rule.height == "document"}
