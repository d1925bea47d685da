"""Administrative divisions over the years: every name a code has borne, and which code was which before.

A division keeps its history through a new number (洪泽县 320829, since 2016 洪泽区 320813): its first is its key. So
does a department through a new name; one that others were merged into begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from orchestration.registry.model import Region, Reorganisation, Succession
from orchestration.registry.placenames import area_stem, township_key, township_stem

_COUNTY = 6
_TOWNSHIP = 9
_SHORTEST = 3
"""How long the own name of a township is at least, with its kind."""


def first_names(reorganisations: Iterable[Reorganisation]) -> dict[str, str]:
    """The first name of every body that went on whole under another one (自然资源局: 国土资源局)."""
    before = {r.new_body: r.old_body for r in reversed([*reorganisations]) if r.kind == "renamed"}
    found = {}
    for body in before:
        first = body
        while first in before:
            first = before[first]
        found[body] = first
    return found


class RegionHistory:
    """All names of all years; built once from the registry's rows.

    `placeholders` are rows that name no place (市辖区); they have codes, but are found by no name. `towns` is how the
    names of townships end.
    """

    def __init__(
        self,
        regions: Iterable[Region],
        successions: Iterable[Succession],
        placeholders: Iterable[str],
        towns: Iterable[str],
    ) -> None:
        self.placeholders = frozenset(placeholders)
        self.areas: list[Region] = []
        self.stems: dict[str, list[Region]] = {}
        self.townships: dict[str, list[Region]] = {}
        self._newest: dict[str, Region] = {}
        self._versions: dict[str, list[Region]] = {}
        for region in regions:
            code, name = region.region_code, region.region_name
            other = self._newest.setdefault(code, region)
            if other is not region:
                self._versions.setdefault(code, [other]).append(region)
            if len(code) == _TOWNSHIP:
                self.townships.setdefault(township_key(name), []).append(region)
            elif name not in self.placeholders:
                self.areas.append(region)
                self.stems.setdefault(area_stem(name), []).append(region)
        self._without_county(tuple(towns))
        for code, versions in self._versions.items():
            versions.sort(key=lambda region: region.valid_from)
            self._newest[code] = versions[-1]
        self._keys: dict[tuple[str, int], str] = {}
        self._lines: dict[str, list[Region]] = {}
        self._follow(list(successions))

    def __contains__(self, code: str) -> bool:
        return code in self._newest

    @cached_property
    def first_township_year(self) -> int:
        """The year of the first list that has townships; it stands for the years before."""
        return min((r.valid_from for found in self.townships.values() for r in found), default=0)

    @cached_property
    def newest_year(self) -> int:
        """The last year in which any name begins: later lists are not known."""
        return max((region.valid_from for region in self._newest.values()), default=0)

    @cached_property
    def township_stems(self) -> dict[str, list[Region]]:
        """The townships of all years by their name without its kind."""
        found: dict[str, list[Region]] = {}
        for regions in self.townships.values():
            for region in regions:
                found.setdefault(township_stem(region.region_name), []).append(region)
        return found

    def version(self, code: str, year: int) -> Region:
        """The name of a code in a year, else the nearest one; raises KeyError for a code that is not listed."""
        versions = self._versions.get(code)
        return _in_year(versions, year) if versions else self._newest[code]

    def key(self, code: str, year: int) -> str:
        """What the division that bears this code in that year is called in keys, whatever its number."""
        return self._keys.get((code, self.version(code, year).valid_from), code)

    def as_of(self, region: Region, year: int) -> Region:
        """The same division in that year: under another number and name where it had one."""
        key = self._keys.get((region.region_code, region.valid_from), region.region_code)
        line = self._lines.get(key)
        return _in_year(line, year) if line else self.version(region.region_code, year)

    def names(self, code: str, year: int) -> frozenset[str]:
        """Every name that the division of this code in that year has borne."""
        region = self.version(code, year)
        key = self._keys.get((code, region.valid_from), code)
        line = self._lines.get(key) or self._versions.get(code) or [region]
        return frozenset(one.region_name for one in line)

    def _without_county(self, towns: tuple[str, ...]) -> None:
        """Townships that the list names with their county (濮阳县户部寨镇) are found by their own name as well."""
        counties = {code: region.region_name for code, region in self._newest.items() if len(code) == _COUNTY}
        named = [region for regions in self.townships.values() for region in regions]
        for region in named:
            county = counties.get(region.region_code[:_COUNTY], "")
            own = region.region_name.removeprefix(county)
            if _SHORTEST <= len(own) < len(region.region_name) and own.endswith(towns):
                self.townships.setdefault(township_key(own), []).append(region)

    def _follow(self, successions: Sequence[Succession]) -> None:
        """Keys of all versions that differ from their code, and the line of versions of what had several codes."""
        before = {(s.new_code, s.year): s.old_code for s in successions}
        left = {(s.old_code, s.year) for s in successions}
        moving = self._versions.keys() | {code for s in successions for code in (s.old_code, s.new_code)}
        versions = [(v, at) for code in moving if code in self._newest for at, v in enumerate(self._of(code))]
        lines: dict[str, list[Region]] = {}
        for version, at in sorted(versions, key=lambda found: (found[0].valid_from, found[0].region_code)):
            key = self._key_of(version, at, before, left)
            if key != version.region_code:
                self._keys[version.region_code, version.valid_from] = key
            lines.setdefault(key, []).append(version)
        self._lines = {key: line for key, line in lines.items() if len(line) > 1 or line[0].region_code != key}

    def _of(self, code: str) -> Sequence[Region]:
        return self._versions.get(code) or (self._newest[code],)

    def _key_of(self, version: Region, at: int, before: dict[tuple[str, int], str], left: set[tuple[str, int]]) -> str:
        """The key of what it was before; else its own code, with the year where the code was another's."""
        code, year = version.region_code, version.valid_from
        former = before.get((code, year))
        if former in self._newest:
            last = next((v for v in self._of(former) if v.valid_until == year - 1), None)
            if last:
                return self._keys.get((former, last.valid_from), former)
        if at == 0:
            return code
        last = self._of(code)[at - 1]
        goes_on = last.valid_until == year - 1 or last.region_name == version.region_name
        if goes_on and (code, (last.valid_until or 0) + 1) not in left:
            return self._keys.get((code, last.valid_from), code)
        return f"{code}@{year}"


def _in_year(versions: Sequence[Region], year: int) -> Region:
    """Of versions in order of time the one that holds in the year, else the last one before it, else the first."""
    past = [version for version in versions if version.valid_from <= year]
    return past[-1] if past else versions[0]
