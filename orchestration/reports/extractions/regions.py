"""Administrative divisions by name: which codes a printed name may mean, and what lies above them.

A name alone decides nothing (光明街道 lies in eleven places): every question is answered with all codes that fit.
Which of them a document means is judged in agencies.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orchestration.registry.model import Region

# 广西壮族自治区 is also 广西, 延边朝鲜族自治州 also 延边: the place's own name, then a people, then the kind of area.
_PEOPLES = (
    "壮族|回族|维吾尔|蒙古族?|藏族|苗族|侗族|土家族|布依族|彝族|傣族|哈尼族|白族|朝鲜族|满族|羌族|瑶族|黎族|畲族|景颇族|傈僳族|哈萨克族?"
    "|柯尔克孜|佤族|拉祜族|纳西族|水族|仡佬族|土族|撒拉族|东乡族|保安族|裕固族|塔吉克|锡伯|达斡尔族|鄂温克族|鄂伦春|布朗族|独龙族|怒族|普米族"
    "|毛南族|仫佬族|各族|民族"
)
_AREA_KIND = re.compile(rf"(?:{_PEOPLES})*(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|州|盟|县|区|旗)$")
_IN_BRACKETS = re.compile(r"[(（].*?[)）]")
_STREET = re.compile(r"(?:街道办事处|街道办|街道|街办|办事处)$")
_TOWN_GOVERNMENT = re.compile(r"(?<=[镇乡木])(?:人民政府|政府)$")
_TOWNSHIP_KIND = re.compile(rf"(?:街道|镇|(?:{_PEOPLES})*乡|苏木)$")
LONGEST_AREA = 15


def area_stem(name: str) -> str:
    """The name of an area without its kind (鲤城区 → 鲤城); the name itself where one character would be left."""
    stem = _AREA_KIND.sub("", name)
    return stem if len(stem) >= 2 else name


def township_key(name: str) -> str:
    """One form for the ways to write a township: 街道, 街道办 and 办事处 are the same, 人民政府 is dropped."""
    plain = _TOWN_GOVERNMENT.sub("", _IN_BRACKETS.sub("", name))
    stem = _STREET.sub("", plain)
    return stem + "街道" if stem != plain and stem else plain


@dataclass(frozen=True, slots=True)
class Mention:
    """A full area name in a text, with every code it may mean and where it stands."""

    name: str
    codes: tuple[str, ...]
    start: int
    end: int


class RegionIndex:
    """The list of regions by name; built once from the registry's rows.

    `placeholders` are rows that name no place (市辖区); `common_words` are areas whose name is also a common word.
    """

    def __init__(self, regions: Iterable[Region], placeholders: Iterable[str], common_words: Iterable[str]) -> None:
        self._regions: dict[str, Region] = {}
        self._areas: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        self._townships: dict[str, list[str]] = {}
        self._below: dict[str, list[str]] = {}
        self._placeholders = frozenset(placeholders)
        self._common_words = frozenset(common_words)
        for region in regions:
            code, name = region.region_code, region.region_name
            self._regions[code] = region
            if len(code) == 9:
                self._townships.setdefault(township_key(name), []).append(code)
                self._below.setdefault(code[:6], []).append(code)
            elif name not in self._placeholders:
                self._areas.setdefault(name, []).append(code)
                self._stems.setdefault(area_stem(name), []).append(code)
        self._area_ends = frozenset(name[-1] for name in self._areas)

    def __contains__(self, code: str) -> bool:
        return code in self._regions

    def name(self, code: str) -> str:
        """The listed name of a code; raises KeyError for a code that is not listed."""
        return self._regions[code].region_name

    def above(self, code: str) -> tuple[str, ...]:
        """The codes of the areas above that have a name of their own, nearest first (东莞's townships: 4419, 44)."""
        named = [code[:size] for size in (2, 4, 6) if size < len(code) and code[:size] in self._regions]
        named = [parent for parent in named if self.name(parent) not in self._placeholders]
        return self._without_doubles(named)[::-1]

    def county_of(self, code: str) -> str | None:
        """The nearest area with a name above a township: its county, or the city that has none."""
        return next(iter(self.above(code)), None)

    def areas(self, name: str) -> tuple[str, ...]:
        """Provinces, prefectures and counties of exactly this name, the city before its only district."""
        return self._without_doubles(self._areas.get(name, ()))

    def areas_by_stem(self, name: str) -> tuple[str, ...]:
        """Areas whose name differs at most in its kind (洪泽县 → 洪泽区, 泉州 → 泉州市)."""
        return self._without_doubles(self._stems.get(area_stem(name), ()))

    def is_common_word(self, name: str) -> bool:
        """Whether the name of this area is also a common word."""
        return name in self._common_words

    def townships(self, name: str) -> tuple[str, ...]:
        """Townships of this name anywhere, whatever the form of 街道办事处."""
        return tuple(self._townships.get(township_key(name), ()))

    def townships_loosely(self, name: str, county: str | None = None) -> tuple[str, ...]:
        """Townships that a shortened or since renamed name may mean; only below `county` where it is given.

        丽景街 and 丽景街道 are 丽景街街道; inside one county a 乡 that became a 镇 or 街道 is found too.
        """
        key = township_key(name)
        if key.endswith("街道"):
            forms = [key.removesuffix("道") + "街道"]
        else:
            forms = [key + "道", key + "街道"] if key.endswith("街") else [key + "街道", key + "镇"]
        for form in forms:
            codes = [c for c in self._townships.get(form, ()) if county is None or c.startswith(county)]
            if codes and form != key:
                return tuple(codes)
        stem = _TOWNSHIP_KIND.sub("", key)
        if county is None or len(stem) < 2 or stem == key:
            return ()
        return tuple(
            code
            for code in self._below.get(county, ()) or self._under(county)
            if _TOWNSHIP_KIND.sub("", township_key(self.name(code))) == stem
        )

    def mentions(self, text: str) -> Iterator[Mention]:
        """Every full area name in a squeezed text, the longest at each place, left to right by where it ends."""
        for end, character in enumerate(text, 1):
            if character not in self._area_ends:
                continue
            for size in range(min(LONGEST_AREA, end), 1, -1):
                name = text[end - size : end]
                if name in self._areas:
                    yield Mention(name, self.areas(name), end - size, end)
                    break

    def _under(self, code: str) -> list[str]:
        return [below for county, codes in self._below.items() if county.startswith(code) for below in codes]

    def _without_doubles(self, codes: Iterable[str]) -> tuple[str, ...]:
        """东莞市 is listed as a prefecture and as its only county: the prefecture stands for both."""
        kept: list[str] = []
        for code in codes:
            if not any(code.startswith(other) and self.name(other) == self.name(code) for other in kept):
                kept.append(code)
        return tuple(kept)
