"""The small language of wording/sentences.yml: choosing a sentence that fits a report, and filling its slots in.

What the signs of a slot mean is said at the head of that file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.specimens.chance import Chance
from orchestration.specimens.dates import numeral
from orchestration.specimens.marks import Marks, without
from orchestration.specimens.model import Claim, Draft, Key

_FOLDER = Path(__file__).parent / "wording"
_SLOT = re.compile(r"\{([!~#=?<>^_]?)([^{}]*)\}")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_RANGE = re.compile(r"(\d+)-(\d+)(?:>(\w+))?")
_MEASURES = "条件次人名个篇份"
_LARGEST_NUMERAL = 20
_LEAST_WAN = 10000
_LEAST_ABOUT = 30
_CLAUSE_ENDS = "，。；（）："

Units = Callable[[str], str]


@cache
def wording(name: str) -> Mapping[str, Any]:
    """wording/<name>.yml as loaded."""
    loaded: Mapping[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


def choose(bank: Sequence[str | Mapping[str, Any]], draft: Draft, chance: Chance) -> str | None:
    """One sentence of the bank that says what the report counts, its alternatives chosen; None where none fits."""
    own = [p if isinstance(p, str) else p["say"] for p in bank if isinstance(p, str) or draft.agency.level in p["for"]]
    for phrase in chance.shuffled(own):
        grown = _grown(_CHOICE.sub(lambda hit: chance.pick(hit[1].split("|")), phrase), draft, chance)
        if grown is not None and _fits(grown, draft):
            return grown
    return None


def _grown(phrase: str, draft: Draft, chance: Chance) -> str | None:
    """The phrase with its lists made up; None where there is nothing to list."""
    for hit in re.findall(r"\{\*(\w+)\}", phrase):
        style = chance.pick(wording("sentences")["lists"][hit])
        parts = [
            text.replace("{}", "{" + code + "}") for code, text in style.items() if draft.figures.get((code, "year"))
        ]
        if len(parts) < 2:
            return None
        phrase = phrase.replace("{*" + hit + "}", chance.pick(("，", "、", "；")).join(parts))
    return phrase


def _key(body: str) -> tuple[Key, str]:
    """The indicator, the basis and the style of a slot."""
    body, _, style = body.partition(":")
    if body.endswith("+"):
        body, style = body[:-1], style + "+"
    code, _, basis = body.partition("@")
    return (code, basis or "year"), style


def _fits(phrase: str, draft: Draft) -> bool:
    last = None
    for sign, body in _SLOT.findall(phrase):
        if sign == "?" or body in _WORDS:
            continue
        if body == "classes":
            if not draft.classes:
                return False
            continue
        key, style = _key(body)
        value = draft.figures.get(key)
        if value is None or not _value_fits(sign, style, value, last):
            return False
        if sign in _COMPARISONS and not _COMPARISONS[sign](draft.before.get(key, value), value):
            return False
        last = value
    return True


def _value_fits(sign: str, style: str, value: float, last: float | None) -> bool:
    if sign in ("!", "~", "#"):
        return value == 0
    if sign == "=":
        return value == last
    if style == "cn":
        return 0 < value <= _LARGEST_NUMERAL
    if style == "about":
        return value >= _LEAST_ABOUT
    if style == "wan":
        return value >= _LEAST_WAN
    return value > 0 or "+" in style


class Filler:
    """Fills the slots of the sentences of one report and keeps the claims they make, by their marks."""

    def __init__(self, draft: Draft, marks: Marks, chance: Chance, unit_of: Units) -> None:
        self._draft = draft
        self._marks = marks
        self._chance = chance
        self._unit_of = unit_of
        self._open: list[tuple[str, Key, str | None, float, bool, bool, bool]] = []
        self._left_out = draft.lost_units
        self.claims: dict[str, Claim] = {}

    def fill(self, phrase: str) -> str:
        """The sentence as printed, with a mark where each of its claims begins."""
        self._open = []
        self._last: float = 0.0
        text = _SLOT.sub(self._slot, phrase)
        for mark, key, category, value, graded, negated, approximate in self._open:
            unit = self._unit_of(key[0])
            snippet = _clause(text, text.index(mark))
            self.claims[mark] = Claim(key[0], key[1], category, value, unit, graded, negated, snippet, approximate)
        return text if "{=" in phrase else self._without_units(text)

    def _claim(
        self,
        key: Key,
        value: float,
        category: str | None = None,
        graded: bool = True,
        negated: bool = False,
        approximate: bool = False,
    ) -> str:
        mark = self._marks.issue()
        self._open.append((mark, key, category, value, graded, negated, approximate))
        return mark

    def _slot(self, hit: re.Match[str]) -> str:
        sign, body = hit[1], hit[2]
        if sign == "?":
            return self._number(body)
        if body in _WORDS:
            return _WORDS[body](self._draft)
        if body == "classes":
            return self._classes()
        key, style = _key(body)
        if sign in _COMPARISONS:
            before, now = self._draft.before[key], self._draft.figures[key]
            return f"{before if sign in '<>' else abs(now - before):.10g}"
        if sign in ("!", "~", "#"):
            return self._claim(key, 0.0, graded=sign != "~", negated=sign != "#")
        value = self._draft.told[key]
        if sign == "=":
            return self._claim(key, self._last)
        self._last = value
        return self._figure(key, value, style)

    def _figure(self, key: Key, value: float, style: str) -> str:
        if style == "cn":
            digits = numeral(int(value))
            return self._claim(key, value) + ("两" if value == 2 else digits)
        if style == "about":
            step = 10 if value < 1000 else 100
            rounded = value // step * step
            return self._claim(key, rounded, approximate=True) + f"{rounded:.0f}余"
        if style == "wan":
            rounded = round(value / _LEAST_WAN, 2)
            return self._claim(key, round(rounded * _LEAST_WAN, 0), approximate=True) + f"{rounded:g}"
        if style.startswith("yuan"):
            return self._claim(key, value) + f"{round(value * 10000, 2):g}"
        return self._claim(key, value) + f"{value:.10g}"

    def _number(self, body: str) -> str:
        found = _RANGE.fullmatch(body)
        if found is None:
            raise ValueError(f"{{?{body}}} is no range of numbers")
        number = self._chance.whole(int(found[1]), int(found[2]))
        mark = self._claim((found[3], "year"), number, graded=False) if found[3] else ""
        return f"{mark}{number}"

    def _classes(self) -> str:
        shown, ending = self._draft.classes, ""
        if self._draft.classes_cut:
            shown, ending = shown[: self._draft.classes_cut], "等"
        parts = []
        for item in shown:
            part = f"{item.name}{self._claim(self._draft.classes_of, item.count, item.name)}{item.count}条"
            if item.share is not None:
                share = self._claim(("proactive_info_share", "year"), item.share, item.name)
                part += f"，占{share}{item.share:.2f}%"
            parts.append(part)
        joint = "；" if any(item.share is not None for item in shown) else "、"
        return joint.join(parts) + ending

    def _without_units(self, text: str) -> str:
        """The text, with the unit after some figures lost where the report loses units."""
        while self._left_out:
            hit = re.search(rf"(\d)([{_MEASURES}])(?=[，。；、])", text)
            if hit is None:
                break
            marked = max((at for mark in self.claims if 0 <= (at := text.find(mark)) < hit.start()), default=None)
            if marked is not None:
                self.claims[text[marked]] = replace(self.claims[text[marked]], graded=False)
            text = text[: hit.start(2)] + text[hit.end(2) :]
            self._left_out -= 1
        return text


def _clause(text: str, at: int) -> str:
    """The printed clause around an offset."""
    start = max(text.rfind(end, 0, at) for end in _CLAUSE_ENDS) + 1
    past = min((found for end in _CLAUSE_ENDS if (found := text.find(end, at)) >= 0), default=len(text))
    return without(text[start:past])


# What must hold between the figure of the year before and this year's.
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda before, now: before < now,
    ">": lambda before, now: before > now,
    "^": lambda before, now: before < now,
    "_": lambda before, now: before > now,
}
_WORDS: Mapping[str, Callable[[Draft], str]] = {
    "year": lambda draft: str(draft.year),
    "last_year": lambda draft: str(draft.year - 1),
    "next_year": lambda draft: str(draft.year + 1),
    "agency": lambda draft: draft.agency.name,
    "superior": lambda draft: draft.agency.superior,
    "me": lambda draft: draft.agency.own_word,
    "period_sentence": lambda draft: draft.period_sentence,
    "parts": lambda draft: "共部分" if draft.lost_count else "共六部分",
}
