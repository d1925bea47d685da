"""Days and periods as Chinese text prints them, whole or damaged; pure functions on squeezed text.

A date that lost 年, 月 or 日 (20171月1日, 2017年1231日, 20171231) is read where only one day can be meant, and marked.
Which of the days found is the signature, the publication or the end of the period is judged elsewhere.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_NUMERALS = {**dict.fromkeys("〇零○◯ОΟOo0", 0), **{mark: i for i, mark in enumerate("一二三四五六七八九", 1)}}
_ZERO = "〇零○◯ОΟOo0"
YEAR_IN_WORDS = rf"[二一][{_ZERO}九][{_ZERO}一二三四五六七八九]{{2}}"
_COUNT_IN_WORDS = "元|[一二三四五六七八九]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[一二三四五六七八九]"

_Y = r"(?<!\d)(?P<y>(?:19|20)\d\d)"
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>3[01]|[12]\d|0?[1-9])"
# What any of the patterns below begins with: most words that name a year name no day.
_YEAR_OF_A_DAY = re.compile(rf"(?:19|20)\d\d(?:年?\d|[-/.])|{YEAR_IN_WORDS}年")
_WHOLE = re.compile(rf"{_Y}年{_M}月{_D}[日号]")
_IN_WORDS = re.compile(rf"(?P<y>{YEAR_IN_WORDS})年(?P<m>{_COUNT_IN_WORDS})月(?P<d>{_COUNT_IN_WORDS})[日号]")
# Squeezing joins a day to the clock time behind it (2018-01-0318:35).
_MARKED = re.compile(
    rf"{_Y}(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[0-2]\d(?=\D|$|[0-2]?\d:)|[1-9](?=\D|$|\d\d:))"
)
_START_OF_SPAN = re.compile(rf"{_Y}年{_M}月{_D}(?=(?:至|到|—|-|~)+(?:(?:19|20)\d\d年)?(?:1[0-2]|0?[1-9])月)")
_NO_YEAR_SIGN = re.compile(rf"{_Y}{_M}月{_D}(?:[日号]|(?!\d))")
_NO_MONTH_SIGN = re.compile(rf"{_Y}年(?P<md>\d{{2,4}})日")
_NO_DAY_SIGN = re.compile(rf"{_Y}年{_M}月{_D}(?=止|底|[,。;)]|$)")
_NO_INNER_SIGNS = re.compile(rf"{_Y}(?P<md>\d{{2,4}})日")
_NO_SIGNS = re.compile(rf"{_Y}(?P<md>\d{{4}})(?!\d)")
_DAY_OF_SAME_YEAR = re.compile(rf"(?<!\d){_M}月{_D}[日号]?")
_DAMAGED_DAY_OF_SAME_YEAR = re.compile(r"(?<!\d)(?P<md>\d{3,4})日")
_YEAR_RUN_TOGETHER = re.compile(rf"{_Y}0?10?11231日")
_JOINT = re.compile(r"(?:[起始]|开始)?[,、]?(?:截[至止](?:到|至|于)?|到|至|—+|-+|~+)")
_UNTIL = re.compile(r"截[至止](?:日期|时间)?(?:到|至|于|为|是)?:?$")
_BEFORE_BARE_DIGITS = re.compile(r"(?:截[至止](?:日期|时间)?(?:到|至|于|为|是)?|[自从至到—~]|日期:?|时间:?)$")
_AFTER_BARE_DIGITS = re.compile(r"止|至|到|起|期间|印发")
_SIGNED_BY = re.compile(r"(?:^|[局会府处办厅院委司心社站所部镇乡道章)(])$")
_YEAR_END = re.compile(rf"截[至止](?:到|至|于)?{_Y}年?年?(?:底|末|12月底|12月末)")
_MONTHS = re.compile(rf"{_Y}年(?P<a>1[0-2]|[1-9])月?(?:份)?(?:至|到|-+|—+|~)(?:(?P=y)年)?(?P<b>1[0-2]|[1-9])月(?!\d)")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day in a text; `damaged` where a sign between its digits is lost, `value` None where no single day is left."""

    value: date | None
    start: int
    end: int
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """From a day to a day (`start_day` None: only the end is stated), and which of its dates are damaged."""

    start_day: date | None
    end_day: date
    start: int
    end: int
    damaged: tuple[DateMention, ...] = ()


def year_of(words: str) -> int | None:
    """The year in four digits or four Chinese numerals (2017, 二〇一七, 二O一七); None for anything else."""
    if re.fullmatch(r"(?:19|20)\d\d", words):
        return int(words)
    if re.fullmatch(YEAR_IN_WORDS, words):
        return int("".join(str(_NUMERALS[mark]) for mark in words))
    return None


def _count_of(words: str) -> int:
    if words == "元":
        return 1
    words = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = words.partition("十")
    if not ten:
        return _NUMERALS[words]
    return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)


def day(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has none such."""
    if not (1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    return date(year, month, number)


def _day_without_sign(year: int, digits: str) -> date | None:
    """The only day whose month and day, printed without leading zeros or with both, give these digits.

    1231 is 31 December; 111 may be 11 January or 1 November and is none; 320 is 20 March.
    """
    found = _days_without_sign(year, digits)
    return found[0] if len(found) == 1 else None


def _days_without_sign(year: int, digits: str) -> list[date]:
    found = []
    for cut in range(1, len(digits)):
        month, number = digits[:cut], digits[cut:]
        if len(month) > 2 or len(number) > 2:
            continue
        if len(digits) < 4 and (month[0] == "0" or number[0] == "0"):
            continue
        value = day(year, int(month), int(number))
        if value:
            found.append(value)
    return found


def find_dates(text: str) -> list[DateMention]:
    """Every day printed in a squeezed text with its year, in order; a damaged one only where it cannot be a number."""
    if not _YEAR_OF_A_DAY.search(text):
        return []
    found: list[DateMention] = []
    taken = [False] * len(text)

    def take(value: date | None, start: int, end: int, damaged: bool) -> None:
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            found.append(DateMention(value, start, end, damaged))

    for pattern in (_WHOLE, _START_OF_SPAN, _IN_WORDS, _MARKED):
        for hit in pattern.finditer(text):
            year = year_of(hit["y"])
            if year is not None:
                month, number = (int(part) if part.isdigit() else _count_of(part) for part in (hit["m"], hit["d"]))
                value = day(year, month, number)
                if value:
                    take(value, *hit.span(), damaged=False)
    for pattern in (_NO_YEAR_SIGN, _NO_DAY_SIGN):
        for hit in pattern.finditer(text):
            value = day(int(hit["y"]), int(hit["m"]), int(hit["d"]))
            if value:
                take(value, *hit.span(), damaged=True)
    for pattern in (_NO_MONTH_SIGN, _NO_INNER_SIGNS):
        for hit in pattern.finditer(text):
            days = _days_without_sign(int(hit["y"]), hit["md"])
            if days:
                take(days[0] if len(days) == 1 else None, *hit.span(), damaged=True)
    for hit in _NO_SIGNS.finditer(text):
        value = day(int(hit["y"]), int(hit["md"][:2]), int(hit["md"][2:]))
        before, after = text[max(0, hit.start() - 8) : hit.start()], text[hit.end() : hit.end() + 4]
        bounded = _AFTER_BARE_DIGITS.match(after) or (not after.strip(")") and _SIGNED_BY.search(before))
        if value and (_BEFORE_BARE_DIGITS.search(before) or (bounded and not _joined(before))):
            take(value, *hit.span(), damaged=True)
    return sorted(found, key=lambda mention: mention.start)


def _joined(before: str) -> bool:
    """Whether digits behind these characters are part of a longer mark: an address, an index number, a telephone."""
    return bool(re.search(r"[A-Za-z\d/\\_.=:#+*×%-]$", before))


def find_periods(text: str, dates: list[DateMention] | None = None) -> Iterator[PeriodMention]:
    """Every stretch of days a squeezed text states: from a day to a day, month to month of a year, or up to a day.

    The end may leave out the year (2017年1月1日至12月31日), also damaged (20171月1日至1231日).
    """
    mentions = find_dates(text) if dates is None else dates
    ends_used = set()
    for i, first in enumerate(mentions):
        joint = _JOINT.match(text, first.end)
        if not joint or first.value is None:
            continue
        second = next((m for m in mentions[i + 1 : i + 2] if m.start == joint.end()), None)
        second = second or _day_of_same_year(text, joint.end(), first)
        if second is None or second.value is None:
            continue
        if first.value > second.value:
            continue
        ends_used.add(second.start)
        damaged = tuple(mention for mention in (first, second) if mention.damaged)
        yield PeriodMention(first.value, second.value, first.start, second.end, damaged)
    for hit in _MONTHS.finditer(text):
        year, first_month, last_month = int(hit["y"]), int(hit["a"]), int(hit["b"])
        if first_month < last_month:
            last_day = date(year, last_month, monthrange(year, last_month)[1])
            yield PeriodMention(date(year, first_month, 1), last_day, *hit.span())
    for hit in _YEAR_RUN_TOGETHER.finditer(text):
        year = int(hit["y"])
        whole = DateMention(None, *hit.span(), damaged=True)
        yield PeriodMention(date(year, 1, 1), date(year, 12, 31), *hit.span(), damaged=(whole,))
    for hit in _YEAR_END.finditer(text):
        yield PeriodMention(None, date(int(hit["y"]), 12, 31), *hit.span())
    for mention in mentions:
        before = _UNTIL.search(text[max(0, mention.start - 8) : mention.start])
        if before and mention.value and mention.start not in ends_used:
            start = mention.start - len(before[0])
            yield PeriodMention(None, mention.value, start, mention.end, (mention,) if mention.damaged else ())


def _day_of_same_year(text: str, at: int, first: DateMention) -> DateMention | None:
    """The end of a period that leaves out the year of its beginning."""
    if first.value is None:
        return None
    hit = _DAY_OF_SAME_YEAR.match(text, at)
    if hit:
        value = day(first.value.year, int(hit["m"]), int(hit["d"]))
        return DateMention(value, *hit.span()) if value else None
    hit = _DAMAGED_DAY_OF_SAME_YEAR.match(text, at)
    value = _day_without_sign(first.value.year, hit["md"]) if hit else None
    return DateMention(value, *hit.span(), damaged=True) if hit and value else None


def in_words(value: date) -> str:
    """The day as a report prints it: 2017年1月1日."""
    return f"{value.year}年{value.month}月{value.day}日"
