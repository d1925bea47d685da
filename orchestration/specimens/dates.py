"""Days as reports print them, whole or with signs lost on the way into the text."""

from __future__ import annotations

from datetime import date, timedelta

from orchestration.specimens.chance import Chance

_NUMERALS = "〇一二三四五六七八九"
# The last day on which reports of a year are published on time; since 2019 governments alone have until March.
_MARCH, _JANUARY = (3, 31), (1, 31)
_JANUARY_SINCE = 2019


def plain_day(day: date, spaced: bool = False) -> str:
    """2018年3月26日, or with a blank around each number."""
    gap = " " if spaced else ""
    return f"{day.year}{gap}年{gap}{day.month}{gap}月{gap}{day.day}{gap}日"


def numeral(number: int) -> str:
    """A number below 100 in Chinese numerals: 二十六."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return head + (_NUMERALS[ones] if ones or not tens else "")


def chinese_day(day: date) -> str:
    """二〇一八年三月二十六日."""
    year = "".join(_NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"


def lossy_day(day: date, signs: str) -> str:
    """The day without these of its signs: 20181月10日, 20171231日."""
    text = plain_day(day)
    for sign in signs:
        text = text.replace(sign, "")
    return text


def one_reading(day: date, signs: str) -> bool:
    """Whether the day can still be told where these signs are lost: 2018125日 may be 25 January or 5 December."""
    if "月" not in signs:
        return True
    digits = f"{day.month}{day.day}"
    fits = {(digits[:cut], digits[cut:]) for cut in range(1, len(digits))}
    valid = [
        (int(month), int(rest))
        for month, rest in fits
        if month[0] != "0" and rest[0] != "0" and int(month) <= 12 and int(rest) <= 31
    ]
    return len(valid) == 1


def day_after(year: int, government: bool, chance: Chance) -> date:
    """A day on which a report of this year is signed: between 4 January and the due day of the next year."""
    due = _JANUARY if year >= _JANUARY_SINCE and not government else _MARCH
    first, last = date(year + 1, 1, 4), date(year + 1, *due)
    return first + timedelta(days=chance.whole(0, (last - first).days - 7))
