"""In which area a government or body lies: by its name, by what stands before that, and by what the document says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product

from orchestration.registry.placenames import area_stem
from orchestration.reports.extractions.identity.bodies import BodyWords
from orchestration.reports.extractions.identity.names import AgencyName
from orchestration.reports.extractions.identity.regions import RegionIndex
from orchestration.reports.extractions.identity.surroundings import Surroundings, leaders
from orchestration.reports.extractions.model import RegionResolution

_SHORT_AREAS = (2, 3, 4)
_PROVINCE, _CITY = 2, 4


class SeatFinder:
    """Finds the areas of names by the divisions of a year, the kinds of bodies and what the document says."""

    def __init__(self, index: RegionIndex, bodies: BodyWords) -> None:
        self._index = index
        self._bodies = bodies

    def areas_of(self, name: AgencyName, evidence: Surroundings) -> tuple[tuple[str, ...], RegionResolution]:
        """The areas the agency may belong to and how surely: by name, by what stands before it, by the text."""
        if self._may_be_no_place(name) and not any(map(evidence.support_from_above, name.areas)):
            return (), "unresolved"
        if len(name.areas) == 1:
            areas = (*name.areas, *self._named_inside(name.areas[0], name.body))
            return areas, "exact" if name.area_as_listed else "by_county"
        if name.areas:
            return self._supported(name.areas, evidence), "exact" if name.area_as_listed else "by_county"
        inside = [mention.codes for mention in self._index.mentions(name.body)]
        if inside:
            return self._supported(inside[-1], evidence), "exact"
        beside = evidence.fitting(evidence.beside(name.body) if name.body else Counter(), name.relative)
        if beside:
            return self._supported(leaders(beside), evidence), "exact"
        if self._bodies.is_unique(name.body):
            return (), "unresolved"
        short = self._short_area(name.body, evidence) or evidence.abbreviated_by(name.body)
        if short:
            return self._with_areas_below(short, name.body, evidence), "by_county"
        of_the_state = self._bodies.is_nationwide(name.body) and not self._bodies.is_department(name.body)
        after_a_place = self._bodies.bears_its_place(name.body) and any(self._stems_of(name.body))
        if (of_the_state or after_a_place) and not name.relative:
            # Where a branch of the state has its seat says nothing of what it serves.
            return (), "unresolved"
        if self._bodies.department_of(name.body)[0]:
            # What stands before the department is a place of its own, though nothing says which.
            return evidence.abbreviated_above(name.body), "by_county"
        spoken = evidence.fitting(evidence.spoken_of(), name.relative or evidence.own_kind)
        best = leaders(spoken or (evidence.fitting(evidence.sites, name.relative) if name.relative else spoken))
        pairs = (pair for pair in product(best, best) if pair[0] != pair[1] and self._index.lies_in(pair[0], pair[1:]))
        nested = tuple(sorted({code for pair in pairs for code in pair}))
        if nested and not (name.relative or evidence.own_kind):
            # 济宁市任城区 in an address: nothing says whether it is the city's or the district's.
            return nested, "by_county"
        return self._supported(best, evidence), "by_county"

    def _named_inside(self, area: str, body: str) -> tuple[str, ...]:
        """The areas inside a province or city after which a school or hospital is named (安徽省|涡阳第三中学).

        Whether it belongs to them or to the province, its name does not say.
        """
        if len(area) > _CITY or self._bodies.level(body) != "institution":
            return ()
        found = {code for codes in self._stems_of(body) for code in codes}
        return tuple(sorted(code for code in found if code != area and self._index.lies_in(code, (area,))))

    def _stems_of(self, body: str) -> list[tuple[str, ...]]:
        """The areas of each short name that the first signs of a body may be."""
        return [self._index.areas_by_stem(body[:size]) for size in _SHORT_AREAS]

    def _may_be_no_place(self, name: AgencyName) -> bool:
        """Whether a name begins with an area that is a common word as well (郊区人民政府)."""
        return any(
            self._index.is_common_word(w) and name.printed.startswith(w) for w in map(self._index.name, name.areas)
        )

    def _with_areas_below(self, codes: tuple[str, ...], body: str, evidence: Surroundings) -> tuple[str, ...]:
        """A zone named after its province lies in it, or in an area of it that the document names: all are possible."""
        if self._bodies.level(body) != "other" or any(len(code) > _PROVINCE for code in codes):
            return codes
        below = (code for code in evidence.named() if len(code) > _PROVINCE and self._index.lies_in(code, codes))
        return (*codes, *sorted(below))

    def _short_area(self, body: str, evidence: Surroundings) -> tuple[str, ...]:
        """The area that a body begins with but for its kind (本溪高新区), where the document names it in full.

        A branch of the state that names the only area of its name has no need of that.
        """
        nationwide = self._bodies.is_nationwide(body)
        behind = range(max(1, len(self._bodies.head_office(body))), len(body))
        for at, size in product(behind if nationwide else (0,), reversed(_SHORT_AREAS)):
            name, rest = body[at : at + size], body[at + size :]
            found = self._index.areas_by_stem(name) if rest else ()
            if nationwide and not self._bodies.ends_before_a_place(body[:at]):
                # 长江海事局 is not in 江海区.
                found = tuple(code for code in found if len(code) <= _CITY)
            sure = found if nationwide and len(found) == 1 else () if nationwide else self._named_after(found, rest)
            codes: Sequence[str] = [code for code in found if evidence.weight(code)] or sure
            if codes and not nationwide and self._bodies.level(body) == "other":
                codes = self._deeper(rest, codes)
            if codes:
                return self._supported(codes, evidence)
        return ()

    def _named_after(self, found: Sequence[str], rest: str) -> tuple[str, ...]:
        """The city or province after which a zone or company is surely named: no other but districts bear its name."""
        kind = self._bodies.is_named_after(rest)
        large = tuple(code for code in found if len(code) <= _CITY)
        others = [code for code in found if code not in large]
        if len(found) == 1 and self._bodies.is_branch(rest):
            return tuple(found)
        if len(large) != 1 or any(self._index.lies_in(code, large) for code in others):
            return ()
        if len(large[0]) == _CITY:
            return large if kind and all(self._index.name(code).endswith("区") for code in others) else ()
        return large if not others and (kind or self._bodies.level(rest) == "department") else ()

    def _deeper(self, rest: str, codes: Sequence[str]) -> Sequence[str]:
        """The area inside a province that a zone names behind it (广东|从化经济开发区); else the province."""
        if all(len(code) > _PROVINCE for code in codes):
            return codes
        for at, size in product(range(len(rest)), reversed(_SHORT_AREAS)):
            name = rest[at : at + size]
            inside = [c for c in self._index.areas_by_stem(name) if self._index.lies_in(c, codes)]
            if inside and (not at or (name == area_stem(name) and self._bodies.is_committee(rest[at + size :]))):
                return inside
        return codes

    def _supported(self, codes: Sequence[str], evidence: Surroundings) -> tuple[str, ...]:
        """Of areas of one name, those whose city or province the document names best."""
        if len(codes) < 2:
            return tuple(codes)
        support = {code: evidence.support_from_above(code) for code in codes}
        best = max(support.values())
        return tuple(code for code in codes if support[code] == best)
