"""Days and periods: whole, in words, damaged, and the look-alikes that are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.reports.documents.model import Span
from orchestration.reports.documents.text import squeeze
from orchestration.reports.extractions.identity.dates import find_dates, find_periods, in_words
from orchestration.reports.extractions.identity.losses import find_losses, repaired_number

DAYS = st.dates(date(2003, 1, 1), date(2029, 12, 31))
NUMERALS = "〇一二三四五六七八九"


def spoken(number: int) -> str:
    """A number below 100 as a date spells it: 十, 十一, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens]) + ("十" if tens else "") + (NUMERALS[ones] if ones else "")


def values(text: str) -> list[date | None]:
    return [mention.value for mention in find_dates(text)]


def periods(text: str) -> list[tuple[date | None, date]]:
    return [(period.start_day, period.end_day) for period in find_periods(text)]


def losses(text: str) -> list[tuple[str, str | None]]:
    words = squeeze(text, (Span(0, len(text)),))
    dates = find_dates(words.text)
    found = find_losses(words, dates, list(find_periods(words.text, dates)))
    return [(loss.printed, loss.repaired) for loss in found]


@given(DAYS)
def test_a_day_is_found_in_every_whole_form(day: date) -> None:
    forms = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        "".join(NUMERALS[int(digit)] for digit in str(day.year)) + f"年{spoken(day.month)}月{spoken(day.day)}日",
    )
    for form in forms:
        for text in (form, f"本报告于{form}发布"):
            mentions = find_dates(text)
            assert [(m.value, m.damaged) for m in mentions] == [(day, False)], text
            assert text[mentions[0].start : mentions[0].end] == form


@given(DAYS)
def test_a_lost_year_sign_is_repaired_and_marked(day: date) -> None:
    text = f"截至{day.year}{day.month}月{day.day}日"
    assert [(m.value, m.damaged) for m in find_dates(text)] == [(day, True)]
    assert losses(text) == [(f"{day.year}{day.month}月{day.day}日", in_words(day))]


@given(DAYS)
def test_digits_without_any_sign_are_never_read_as_another_day(day: date) -> None:
    text = f"自{day.year}{day.month}{day.day}日起"
    assert set(values(text)) <= {day, None}


@given(DAYS, st.integers(0, 900))
def test_a_period_runs_from_its_first_to_its_last_day(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert (first, last) in periods(f"自{in_words(first)}起至{in_words(last)}止")
    if first.year == last.year:
        assert (first, last) in periods(f"{in_words(first)}至{last.month}月{last.day}日")


@given(st.text(alphabet="0123456789-/.年月日至止起截〔〕号二〇一八十 ", max_size=40))
def test_no_text_breaks_the_search(text: str) -> None:
    words = "".join(text.split())
    for mention in find_dates(words):
        assert 0 <= mention.start < mention.end <= len(words)
    for period in find_periods(words):
        assert period.start_day is None or period.start_day <= period.end_day


@pytest.mark.parametrize(
    "text",
    [
        "电话:20171231",
        "电话20181231)",
        "邮编:362000,联系电话:22473032",
        "http://example.invalid/t20171231_12.html",
        "索引号A20171231",
        "公开信息201712条",
        "2017年5月20余人参加",
        "2017年2月30日",
        "共2017项1231次",
        "15个工作日内",
    ],
)
def test_other_numbers_are_no_days_and_no_losses(text: str) -> None:
    assert values(text) == []
    assert losses(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last", "lost"),
    [
        ("自201611日起,至20161231止", date(2016, 1, 1), date(2016, 12, 31), 2),
        ("20161月1日至12月31日", date(2016, 1, 1), date(2016, 12, 31), 1),
        ("2016年11日至2016年1231日", date(2016, 1, 1), date(2016, 12, 31), 2),
        ("201611日到1231日", date(2016, 1, 1), date(2016, 12, 31), 2),
        ("2016111231日,公开", date(2016, 1, 1), date(2016, 12, 31), 1),
        ("2016年1月1-12月31日", date(2016, 1, 1), date(2016, 12, 31), 0),
        ("2016年1月—12月", date(2016, 1, 1), date(2016, 12, 31), 0),
        ("2016.1.1—2016.12.31", date(2016, 1, 1), date(2016, 12, 31), 0),
        ("自2016年1月1日起,截止2016年12月31日", date(2016, 1, 1), date(2016, 12, 31), 0),
        ("截止到2016年底", None, date(2016, 12, 31), 0),
        ("截至201612月31日", None, date(2016, 12, 31), 1),
        ("截止20161231日", None, date(2016, 12, 31), 1),
    ],
)
def test_periods_whole_and_damaged(text: str, first: date | None, last: date, lost: int) -> None:
    assert periods(text) == [(first, last)]
    assert len(losses(text)) == lost


def test_a_period_that_ends_before_it_begins_is_none() -> None:
    assert periods("2017年1月1日至2016年12月31日") == []


def test_an_open_day_stays_open() -> None:
    assert values("于2017年111日发布") == [None]
    assert losses("于2017年111日发布") == [("2017年111日", None)]


def test_digits_of_a_signature_are_a_day() -> None:
    assert losses("石桥镇人民政府20171231") == [("20171231", "2017年12月31日")]
    assert losses("20180105日印发") == [("20180105日", "2018年1月5日")]


def test_document_numbers_lose_signs() -> None:
    assert repaired_number("临石政〔201712") == "临石政〔2017〕12号"
    assert repaired_number("临石政〔2017〕12号") is None
    assert losses("根据通知(临政办〔20178号)要求") == [("〔20178号", "〔2017〕8号")]
    assert losses("国办发〔2014〕32号") == []


def test_a_lost_count_is_marked_and_words_are_not() -> None:
    assert losses("本报告由概述、附表共部分组成") == [("共部分组成", None)]
    for sound in ("共六部分组成", "由概述等部分组成", "属于公共部分组成", "共6个部分组成"):
        assert losses(sound) == []
