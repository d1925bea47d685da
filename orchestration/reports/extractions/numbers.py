"""Printed figures: one table cell, the numbers of a sentence, Chinese numerals, units.

Only what a figure says on its own is decided here; which indicator it belongs to, and which unit a cell should carry,
is decided where the words around it are known. What cannot be read without a guess is unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orchestration.reports.documents.text import fold
from orchestration.reports.extractions.model import ValueStatus

_DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_POWERS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_MAGNITUDES = {**_POWERS, **_GROUPS}
_NUMERALS = "零〇○一二两三四五六七八九十百千万亿廿卅"

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# More digits than this are an identifier or two figures run together, and a float would not keep them.
_MOST_DIGITS = 12

_NO_FIGURE = re.compile(r"[-—_/\\|~]+")
_NONE_WORDS = frozenset({"无", "没有", "暂无", "未发生"})
_CELL = re.compile(
    rf"(?P<approximate>大约|约|近|逾|超过|超)?(?:人民币|[¥￥])?(?P<sign>[+↑↓-]|增加|新增|增|减少|减)?"
    rf"(?P<digits>{_PLAIN}|[{_NUMERALS}]+)(?P<more>[余多])?(?P<magnitude>[百千万亿](?!元))?(?P<more_after>[余多])?"
    rf"\(?(?P<unit>%|[\u3400-\u9fff]{{1,4}})?\)?"
)


@dataclass(frozen=True, slots=True)
class CellValue:
    """What one value cell says: the number in its printed unit (None unless reported), its status, the unit inside."""

    value: float | None
    status: ValueStatus
    unit_text: str | None = None
    issue_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence: `start`:`end` enclose its digits, magnitude (万) and 余 or 多, never its unit."""

    value: float
    start: int
    end: int
    approximate: bool = False


def parse_value(text: str) -> CellValue:
    """The value a table cell prints.

    blank for an empty cell, dash for strokes that stand for "no figure", reported_zero for 0 and 零. A word for
    "none" is no number: blank with the issue word_for_none. 万 before 元 belongs to the unit (5万元 is 5 in 万元);
    elsewhere it multiplies and is marked magnitude_word. Anything else is unreadable and says why.
    """
    words = fold(text).strip().rstrip("。;,").strip()
    printed = "".join(words.split())
    if not printed:
        return CellValue(None, "blank")
    if _NO_FIGURE.fullmatch(printed):
        return CellValue(None, "dash")
    if printed in _NONE_WORDS:
        return CellValue(None, "blank", issue_codes=("word_for_none",))
    if re.search(r"\d\s+[\d.,]|[.,]\s+\d", words):
        return CellValue(None, "unreadable", issue_codes=("split_digits",))
    if printed == "一":
        # The same stroke is printed for one and, far more often, for a dash.
        return CellValue(None, "unreadable", issue_codes=("ambiguous_dash",))
    found = _CELL.fullmatch(printed)
    value = _amount(found["digits"]) if found else None
    if found is None or value is None:
        return CellValue(None, "unreadable", issue_codes=("not_a_number",))
    return _reported(found, value)


def _reported(found: re.Match[str], value: float) -> CellValue:
    issues = []
    if found["magnitude"]:
        value = _scaled(value, _MAGNITUDES[found["magnitude"]])
        issues.append("magnitude_word")
    if found["approximate"] or found["more"] or found["more_after"]:
        issues.append("approximate")
    if found["sign"] and found["sign"][0] in "-减↓":
        value = -value
    return CellValue(value or 0.0, "reported" if value else "reported_zero", found["unit"], tuple(issues))


def _amount(digits: str) -> float | None:
    """The number of plain digits or Chinese numerals; None where they are no number."""
    if digits[0] in _NUMERALS:
        whole = chinese_number(digits)
        return None if whole is None else float(whole)
    if sum(map(str.isdigit, digits)) > _MOST_DIGITS:
        return None
    return float(digits.replace(",", ""))


def _scaled(value: float, factor: float) -> float:
    """Value times factor without the last-digit noise of binary fractions (1.17万 is 11700)."""
    return round(value * factor, 6)


def chinese_number(text: str) -> int | None:
    """The whole number in Chinese numerals, by place (三百二十) or digit by digit (二〇一七); None if neither."""
    words = text.replace("廿", "二十").replace("卅", "三十")
    if not words or any(c not in _DIGITS and c not in _MAGNITUDES for c in words):
        return None
    if not any(c in _MAGNITUDES for c in words):
        if len(words) == 1:
            return _DIGITS[words]
        spelled = "两" not in words and (len(words) == 4 or any(c in "零〇○" for c in words))
        return int("".join(str(_DIGITS[c]) for c in words)) if spelled and len(words) <= _MOST_DIGITS else None
    return _by_place(words)


def _by_place(words: str) -> int | None:
    """A number by place; None where places do not fall (百千) or two digits stand side by side."""
    total, group, digit = 0, 0, None
    last_power, last_group = 10_000, 10**12
    for c in words:
        if c in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[c]
        elif c in _POWERS:
            if _POWERS[c] >= last_power or (digit is None and c != "十"):
                return None
            group += (1 if digit is None else digit) * _POWERS[c]
            digit, last_power = None, _POWERS[c]
        else:
            group += digit or 0
            if group == 0 or _GROUPS[c] >= last_group:
                return None
            total += group * _GROUPS[c]
            group, digit, last_power, last_group = 0, None, 10_000, _GROUPS[c]
    return total + group + (digit or 0)


_ARABIC = re.compile(
    rf"(?<![\d.])(?P<digits>{_PLAIN})(?P<more>[余多])?(?P<magnitude>[百千万亿])?(?P<more_after>[余多])?"
)
_CHINESE = re.compile(rf"[{_NUMERALS}]+")
_ITEM = re.compile(r"(?<!\d)\d{1,2}")
# A sign that was lost may have been a digit.
_PART_OF_MORE = re.compile("[A-Za-z@_+#\ufffd]")
_ABOUT = re.compile(r"(?:约|逾|超过|超|接近|将近|(?<![最附邻就相])近)$")
# A list ordinal: 1、 or 1. or 1) where a clause begins.
_BEFORE_ORDINAL = '。;:,!?(》"、'
_LISTED = re.compile(r"、[\u3400-\u9fff]")
# What a numeral of a quantity may stand before: a classifier, a date word, more or less, or the end of the clause.
_AFTER_QUANTITY = frozenset("条件份篇次场期帖起宗人名个处元项批家台部则封例种类位余多年月日天页张册所%,。;)、!?:")
_NAME_BEFORE = frozenset("第统唯专同进逐之单万某每星周礼数几上国初")
_ONE_IN_WORDS = re.compile(r"一(?:次性|条龙|件事|部分|部门|次办|年来|年一|个个|项项|条条|人一|类是|项是)")
_PLACE_AFTER = re.compile(r"家[子堡店庄村镇街屯营]|人[民口才]|[年月日]?[、](?![0-9])")
_ZERO_IN_WORDS = frozenset("售星散距碎基件部工")


def find_numbers(text: str) -> list[Number]:
    """The numbers of a sentence (folded, without white space) in order: digits, decimals, thousands, Chinese numerals.

    Numerals that are part of a word or a name (一是, 统一, 第三, 一市镇), list ordinals and digits inside codes and
    addresses are left out; years and days of dates are numbers, which the caller knows by the words around.
    """
    listed = _listed(text)
    found = [n for n in _arabic(text) if not (_is_ordinal(text, n) or _is_one_of_a_list(text, n, listed))]
    found.extend(_chinese(text))
    return sorted(found, key=lambda n: n.start)


def _arabic(text: str) -> Iterator[Number]:
    for hit in _ARABIC.finditer(text):
        start, end = hit.span()
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        value = _amount(hit["digits"])
        if value is None or _PART_OF_MORE.search(around):
            continue
        if hit["magnitude"]:
            value = _scaled(value, _MAGNITUDES[hit["magnitude"]])
        about = bool(hit["more"] or hit["more_after"] or _ABOUT.search(text, max(0, start - 3), start))
        yield Number(value, start, end, about)


def _is_ordinal(text: str, number: Number) -> bool:
    after = text[number.end : number.end + 2]
    begins = number.start == 0 or text[number.start - 1] in _BEFORE_ORDINAL
    return begins and after[:1] in ("、", ".", ")") and not after[1:].isdigit() and number.value < 100


def _listed(text: str) -> dict[str, int]:
    """The numbers that stand like the marks of a list, each with where it first ends."""
    found: dict[str, int] = {}
    for hit in _ITEM.finditer(text):
        if _LISTED.match(text, hit.end()):
            found.setdefault(hit[0], hit.end())
    return found


def _is_one_of_a_list(text: str, number: Number, listed: Mapping[str, int]) -> bool:
    """Whether the number runs on a list whose stops are lost: 形式1、公开栏2、广播3、公开信."""
    if not _LISTED.match(text, number.end) or not 0 < number.value < 20 or number.value % 1:
        return False
    one = int(number.value)
    return one > 1 and listed.get(str(one - 1), len(text)) <= number.start


def _chinese(text: str) -> Iterator[Number]:
    for hit in _CHINESE.finditer(text):
        start, end = hit.span()
        # 3万 belongs to the digits before it, 百余 and 万元 are no number of their own.
        if start and (text[start - 1].isdigit() or text[start - 1] in _NAME_BEFORE or text[start - 1] == "."):
            continue
        words = hit[0]
        more = text[end : end + 1] in ("余", "多")
        if words in ("百", "千", "万") and more:
            yield Number(float(_MAGNITUDES[words]), start, end + 1, True)
            continue
        value = chinese_number(words)
        if value is None or not _is_quantity(text, words, start, end):
            continue
        magnitude = _GROUPS.get(text[end + 1 : end + 2], 1) if more else 1
        end += more + (magnitude > 1)
        about = more or bool(_ABOUT.search(text, max(0, start - 3), start))
        yield Number(float(value * magnitude), start, end, about)


def _is_quantity(text: str, words: str, start: int, end: int) -> bool:
    """Whether the numerals count something here, rather than being part of a name, an idiom or an ordinal."""
    after = text[end : end + 1]
    if words in ("零", "〇", "○"):
        return after not in _ZERO_IN_WORDS or after == "件"
    if after and after not in _AFTER_QUANTITY:
        return False
    bracketed = after == ")" and text[start - 1 : start] == "("
    listed = after == "、" and (start == 0 or text[start - 1] in _BEFORE_ORDINAL)
    if bracketed or listed or _ONE_IN_WORDS.match(text, start) or _PLACE_AFTER.match(text, end):
        return False
    return not (words == "一" and after in ",。;)、!?:" and text[start - 1 : start] not in ("为", "是", ":"))


def to_unit(
    value: float, printed_unit: str | None, conformed_unit: str | None, units: Mapping[str, tuple[str, float]]
) -> float | None:
    """The value in the conformed unit; as it is when no unit is printed; None where the two do not measure the same.

    `units` maps a unit word to the unit it is measured in and the factor to it (registry.units).
    """
    if printed_unit is None or conformed_unit is None or printed_unit == conformed_unit:
        return value
    printed, conformed = units.get(printed_unit), units.get(conformed_unit)
    if printed is None or conformed is None or printed[0] != conformed[0]:
        return None
    return _scaled(value, printed[1] / conformed[1])
