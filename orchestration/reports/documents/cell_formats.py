"""How a spreadsheet shows a number: the patterns of its cells (ECMA-376, 18.8.31), as far as tables of figures go.

A pattern that is not known here is never guessed: the number is then shown together with it, which is no figure.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

FIRST_DAY, FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_AS_IT_IS = ("", "General", "G/通用格式", "@")
# Words in quotes or behind \ or !, room as wide as a sign, a sign that fills the cell, a colour or a language.
_TOKENS = re.compile(
    r'"(?P<words>[^"]*)"|[\\!](?P<sign>.)|(?P<room>_.)|\*.|\[(?:\$[^\]]*|[A-Za-z]+\d*)\]|(?P<plain>.)', re.S
)
_SECTION = re.compile(r'(?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*', re.S)
_PLACES = re.compile(r"(?P<whole>[#0?,]*[#0?])?(?:\.(?P<decimals>[#0?]*))?(?P<thousands>,*)(?P<percent>%?)")


class _Section(NamedTuple):
    """One section of a pattern: what stands before and behind the number, and the places for its digits."""

    before: str
    places: str
    behind: str


def shown(value: float, pattern: str, first_day: date = FIRST_DAY) -> str:
    """What a person reads in a cell: a day, a percentage, a rounded number with its unit, nothing, or a dash."""
    if pattern in _AS_IT_IS:
        return f"{value:.15g}"
    parts = _sections(pattern)
    number = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    chosen = parts[number]
    if _is_date(chosen):
        return _day(value, chosen, first_day) or _not_known(value, pattern)
    section = _parsed(chosen)
    if section is None:
        return _not_known(value, pattern)
    if not section.places:
        return f"{section.before}{section.behind}".strip()
    digits = _digits(abs(value), section.places)
    if digits is None:
        return _not_known(value, pattern)
    sign = "-" if value < 0 and number == 0 and digits.strip("0.,%") else ""
    return f"{sign}{section.before}{digits}{section.behind}".strip()


def _not_known(value: float, pattern: str) -> str:
    return f"{value:.15g}〔{pattern}〕"


@lru_cache(maxsize=1024)
def _sections(pattern: str) -> tuple[str, ...]:
    sections, at = [], 0
    while at <= len(pattern):
        found = _SECTION.match(pattern, at)
        assert found is not None
        sections.append(found[0])
        at = found.end() + 1
    return tuple(sections)


def _is_date(section: str) -> bool:
    bare = _TOKENS.sub(lambda token: token["plain"] or "", section)
    return any(letter in "yYdD" for letter in bare) or ("m" in bare.lower() and not any(p in bare for p in "0#?"))


def _day(value: float, section: str, first_day: date) -> str | None:
    bare = _TOKENS.sub(lambda token: token["plain"] or "", section).lower()
    if not 0 < value < (date.max - first_day).days or ("y" not in bare and any(letter in bare for letter in "hs")):
        return None
    day = first_day + timedelta(days=int(value))
    if "y" not in bare:
        return f"{day.month}月{day.day}日"
    return day.isoformat() if "d" in bare else f"{day.year}年{day.month}月" if "m" in bare else f"{day.year}年"


@lru_cache(maxsize=1024)
def _parsed(section: str) -> _Section | None:
    """The section in its three parts; None for one with conditions, exponents, fractions, or words among its digits."""
    texts = ["", "", ""]
    part = 0
    for token in _TOKENS.finditer(section):
        if token[0].startswith("[DBNum") or token[0].startswith(("[<", "[>", "[=")):
            return None
        plain = token["plain"] or ""
        if plain and plain in "#0?.,%" and not (plain == "%" and part == 0):
            if part == 2:
                return None
            part = 1
            texts[1] += plain
            continue
        literal = token["words"] or token["sign"] or plain
        if plain == "@" or (plain.isascii() and plain.isalpha()):
            return None
        if literal or token["room"]:
            part = 2 if part else 0
            texts[part] += literal
    return _Section(*texts)


def _digits(value: float, places: str) -> str | None:
    found = _PLACES.fullmatch(places)
    if found is None:
        return None
    scaled = Decimal(f"{value:.15g}") * (100 if found["percent"] else 1) / 1000 ** len(found["thousands"])
    decimals = found["decimals"] or ""
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    kept = rest.rstrip("0").ljust(len(decimals.rstrip("#?")), "0") if rest else ""
    if whole == "0" and "0" not in (found["whole"] or ""):
        whole = ""
    if "," in (found["whole"] or "") and whole:
        whole = f"{int(whole):,}"
    return f"{whole}{'.' + kept if kept else ''}{found['percent'] if whole or kept else ''}"
