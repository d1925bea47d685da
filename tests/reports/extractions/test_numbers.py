"""Figures as printed: cells, sentences, Chinese numerals, units; nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.reports.extractions.numbers import chinese_number, find_numbers, parse_value, to_unit

UNITS = {"条": ("件", 1.0), "件": ("件", 1.0), "元": ("万元", 0.0001), "万元": ("万元", 1.0), "人": ("人", 1.0)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5), ("１２", 12), ("1,234", 1234), ("1，234,567", 1234567), ("3.5", 3.5), ("-8", -8),
        ("+3", 3), ("减2", -2),
        ("增加3", 3), ("十二", 12), ("三百二十", 320), ("0.5", 0.5), (" 7 ", 7), ("7。", 7), ("18.6198", 18.6198),
    ],
)  # fmt: skip
def test_a_figure_is_reported(text: str, value: float) -> None:
    cell = parse_value(text)
    assert (cell.value, cell.status, cell.issue_codes) == (value, "reported", ())


@pytest.mark.parametrize("text", ["0", "０", "零", "0.0", "〇", "-0"])
def test_a_printed_zero_is_not_a_blank(text: str) -> None:
    assert (parse_value(text).value, parse_value(text).status) == (0.0, "reported_zero")


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\xa0\n"])
def test_an_empty_cell_is_blank(text: str) -> None:
    assert (parse_value(text).value, parse_value(text).status) == (None, "blank")


@pytest.mark.parametrize("text", ["-", "—", "——", "/", "//", "-//-", "－", "\\", "―"])
def test_strokes_are_a_dash(text: str) -> None:
    assert (parse_value(text).value, parse_value(text).status) == (None, "dash")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("251000元", 251000, "元"),
        ("5万元", 5, "万元"),
        ("3条", 3, "条"),
        ("0（件）", 0, "件"),
        ("人民币5元", 5, "元"),
        ("5%", 5, "%"),
    ],
)
def test_a_unit_in_the_cell_is_told_apart(text: str, value: float, unit: str) -> None:
    assert (parse_value(text).value, parse_value(text).unit_text) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("约44", 44, "approximate"),
        ("778余", 778, "approximate"),
        ("1.17万", 11700, "magnitude_word"),
        ("3千", 3000, "magnitude_word"),
    ],
)
def test_what_qualifies_a_figure_is_marked(text: str, value: float, code: str) -> None:
    assert (parse_value(text).value, parse_value(text).issue_codes) == (value, (code,))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 0", "split_digits"), ("12 345", "split_digits"), ("3 .5", "split_digits"),
        ("一", "ambiguous_dash"),
        ("O", "not_a_number"), ("1,23", "not_a_number"), ("1.2.3", "not_a_number"), ("0项0", "not_a_number"),
        ("3-5", "not_a_number"), ("百千", "not_a_number"), ("12345678901234567", "not_a_number"),
        ("见附件", "not_a_number"),
        ("①", "not_a_number"), ("5²", "not_a_number"),
    ],
)  # fmt: skip
def test_what_needs_a_guess_is_unreadable(text: str, code: str) -> None:
    cell = parse_value(text)
    assert (cell.value, cell.status, cell.issue_codes) == (None, "unreadable", (code,))


def test_a_word_for_none_is_no_zero() -> None:
    cell = parse_value("无")
    assert (cell.value, cell.status, cell.issue_codes) == (None, "blank", ("word_for_none",))


@given(st.integers(0, 10**11), st.booleans())
def test_every_whole_number_is_read_back(number: int, separated: bool) -> None:
    printed = f"{number:,}" if separated else str(number)
    assert parse_value(printed).value == number
    assert [n.value for n in find_numbers(f"共{printed}条")] == [number]


@given(st.text(max_size=12))
def test_a_value_stands_only_beside_a_status_that_has_one(text: str) -> None:
    cell = parse_value(text)
    assert (cell.value is None) == (cell.status in ("blank", "dash", "unreadable"))
    assert (cell.value == 0) == (cell.status == "reported_zero")


def spelled(number: int) -> str:
    """Chinese numerals by place, written by other rules than the reader's."""
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return spelled(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + spelled(low))
    words, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        gap = gap or (digit == 0 and bool(words))
        if digit:
            words += ("零" if gap else "") + digits[digit] + name
            gap = False
    return words or "零"


@given(st.integers(0, 99_999_999))
def test_numerals_by_place_are_read_back(number: int) -> None:
    assert chinese_number(spelled(number)) == number


@pytest.mark.parametrize(
    ("text", "number"), [("二〇一七", 2017), ("十", 10), ("廿三", 23), ("两", 2), ("二零一八", 2018)]
)
def test_numerals(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "百", "一二", "十十", "百千", "三五", "万", "条"])
def test_what_is_no_numeral(text: str) -> None:
    assert chinese_number(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("主动公开政府信息1.17万条,约44条", [("1.17万", 11700, False), ("44", 44, True)]),
        ("共18万余条,百余件,一百多人次", [("18万余", 180000, True), ("百余", 100, True), ("一百多", 100, True)]),
        ("配备两名工作人员,公开三百二十条", [("两", 2, False), ("三百二十", 320, False)]),
        ("受理申请数量为零,零投诉", [("零", 0, False), ("零", 0, False)]),
        ("二〇一八年一月十日", [("二〇一八", 2018, False), ("一", 1, False), ("十", 10, False)]),
        ("占16.67%,支出1,234.5元", [("16.67", 16.67, False), ("1,234.5", 1234.5, False)]),
        ("超过300条,最近3次", [("300", 300, True), ("3", 3, False)]),
    ],
)
def test_numbers_of_a_sentence(text: str, numbers: list[tuple[str, float, bool]]) -> None:
    assert [(text[n.start : n.end], n.value, n.approximate) for n in find_numbers(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "一是加强领导", "进一步统一思想", "第一条", "(一)主动公开", "一、概述", "一市镇", "三明市", "廿三里街道",
        "七里乡",
        "一次性告知",
        "十九大精神", "三公经费", "1、政府网站", "。2.其他", "a1jj8@163.com", "零售", "零距离", "万元", "千方百计",
        "一部分",
        "共\ufffd3件", "共3\ufffd件",
    ],
)  # fmt: skip
def test_numerals_of_names_and_idioms_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == []


@given(st.text(alphabet="一二三十百万零两0123456789,.余多约条件公开、()", max_size=30))
def test_numbers_stand_where_they_say(text: str) -> None:
    at = 0
    for number in find_numbers(text):
        assert at <= number.start < number.end <= len(text)
        at = number.start


def test_a_value_is_put_into_the_conformed_unit() -> None:
    assert to_unit(251000, "元", "万元", UNITS) == 25.1
    assert to_unit(3, "条", "件", UNITS) == 3
    assert to_unit(3, None, "件", UNITS) == 3
    assert to_unit(3, "斤", "斤", UNITS) == 3


def test_units_of_different_things_are_not_converted() -> None:
    assert to_unit(3, "人", "万元", UNITS) is None
    assert to_unit(3, "斤", "件", UNITS) is None
