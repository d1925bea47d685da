"""Administrative divisions by name in one year: which codes a printed name may mean, and what lies above them.

A name alone decides nothing (光明街道 lies in eleven places): every question is answered with all codes that fit.
Which of them a document means is judged in agencies.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orchestration.registry.model import Region
from orchestration.registry.placenames import area_stem, township_key, township_stem
from orchestration.reports.extractions.identity.history import RegionHistory

LONGEST_AREA = 15


@dataclass(frozen=True, slots=True)
class Mention:
    """A full area name in a text, with every code it may mean and where it stands."""

    name: str
    codes: tuple[str, ...]
    start: int
    end: int


class RegionIndex:
    """The divisions of one year by name, and those of other years by their code in this one.

    `common_words` are areas whose name is also a common word. Years before the first list of townships take that
    list; years after the newest list take the newest.
    """

    def __init__(self, history: RegionHistory, year: int | None, common_words: Iterable[str]) -> None:
        self._history = history
        self._year = history.newest_year if year is None else year
        self._township_year = max(self._year, history.first_township_year)
        self._common_words = frozenset(common_words)
        self._areas: dict[str, list[str]] = {}
        for region in history.areas:
            if _holds(region, self._year):
                self._areas.setdefault(region.region_name, []).append(region.region_code)
        self._area_ends = frozenset(name[-1] for name in self._areas)

    def __contains__(self, code: str) -> bool:
        return code in self._history

    def name(self, code: str) -> str:
        """The name of a code in the year; raises KeyError for a code that is not listed."""
        return self._history.version(code, self._year_of(code)).region_name

    def names(self, code: str) -> frozenset[str]:
        """Every name that the division of this code has borne in any year."""
        return self._history.names(code, self._year_of(code))

    def key(self, code: str) -> str:
        """What the division is called in keys, whatever its number in this year."""
        return self._history.key(code, self._year_of(code))

    def above(self, code: str) -> tuple[str, ...]:
        """The codes of the areas above that have a name of their own, nearest first (东莞's townships: 4419, 44)."""
        named = [parent for parent in self._parents(code) if self.name(parent) not in self._history.placeholders]
        return self._without_doubles(named)[::-1]

    def _parents(self, code: str) -> list[str]:
        """The codes above, highest first, as they are in the year."""
        county = self._in_year(code[:6]) if len(code) > 6 else code
        sizes = [size for size in (2, 4) if size < len(county)]
        return [county[:size] for size in sizes if county[:size] in self] + ([county] if county != code else [])

    def county_of(self, code: str) -> str | None:
        """The nearest area with a name above a township: its county, or the city that has none."""
        return next(iter(self.above(code)), None)

    def lies_in(self, code: str, areas: Sequence[str]) -> bool:
        """Whether a division lies in one of the areas, or is one, by its number in the year or in the list."""
        if code.startswith(tuple(areas)):
            return True
        return len(code) > 6 and any(parent in areas for parent in self._parents(code))

    def areas(self, name: str) -> tuple[str, ...]:
        """Provinces, prefectures and counties of exactly this name, the city before its only district."""
        return self._without_doubles(self._areas.get(name, ()))

    def areas_by_stem(self, name: str) -> tuple[str, ...]:
        """Areas of this name in other years, else of its kind (恩施州), else of another kind (洪泽县 → 洪泽区)."""
        found = self._history.stems.get(area_stem(name))
        if not found:
            return ()
        same = [region for region in found if region.region_name == name]
        same = same or [region for region in found if region.region_name[-1] == name[-1]] or list(found)
        return self._without_doubles(sorted({self._as_of(region) for region in same}))

    def is_common_word(self, name: str) -> bool:
        """Whether the name of this area is also a common word."""
        return name in self._common_words

    def townships(self, name: str) -> tuple[str, ...]:
        """Townships of this name anywhere, whatever the form of 街道办事处."""
        found = self._history.townships.get(township_key(name), ())
        return tuple(region.region_code for region in found if _holds(region, self._township_year))

    def townships_of_other_years(self, name: str) -> tuple[str, ...]:
        """The codes of townships that bear this name in another year only."""
        found = self._history.townships.get(township_key(name), ())
        other = {self._as_of(region) for region in found if not _holds(region, self._township_year)}
        return tuple(sorted(other - set(self.townships(name))))

    def townships_loosely(self, name: str, county: str | None = None) -> tuple[str, ...]:
        """Townships that a shortened or since renamed name may mean; only below `county` where it is given.

        丽景街 and 丽景街道 are 丽景街街道; inside one county a 乡 that became a 镇 or 街道 is found too.
        """
        key = township_key(name)
        if key.endswith("街道"):
            forms = [key.removesuffix("道") + "街道", key.removesuffix("街道"), key.removesuffix("街道") + "地区街道"]
        else:
            forms = [key + "道", key + "街道"] if key.endswith("街") else [key + "街道", key + "镇"]
        for form in forms:
            codes = [c for c in self.townships(form) if county is None or self.lies_in(c, (county,))]
            if codes and form != key:
                return tuple(codes)
        stem = township_stem(name)
        if county is None or stem == key:
            return ()
        found = (region for region in self._history.township_stems.get(stem, ()) if self._is_under(region, county))
        return tuple(sorted({self._as_of(region) for region in found}))

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

    def _is_under(self, township: Region, area: str) -> bool:
        """Whether a township of any year lies in the area."""
        county = township.region_code[:6]
        return county.startswith(area) or (len(area) == 6 and self._in_year(county) == area)

    def _year_of(self, code: str) -> int:
        return self._township_year if len(code) > 6 else self._year

    def _in_year(self, code: str) -> str:
        """The number in this year of what bears the code in the list of townships that is used for it."""
        if code not in self._history:
            return code
        return self._as_of(self._history.version(code, self._township_year))

    def _as_of(self, region: Region) -> str:
        return self._history.as_of(region, self._year_of(region.region_code)).region_code

    def _without_doubles(self, codes: Iterable[str]) -> tuple[str, ...]:
        """东莞市 is listed as a prefecture and as its only county: the prefecture stands for both."""
        kept: list[str] = []
        for code in codes:
            if not any(code.startswith(other) and self.name(other) == self.name(code) for other in kept):
                kept.append(code)
        return tuple(kept)


def _holds(region: Region, year: int) -> bool:
    return region.valid_from <= year and (region.valid_until is None or year <= region.valid_until)
