"""Which township a name means: never by its name alone, but by the county or city that the document names with it.

Townships of one name lie in many counties; what fits equally well is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from orchestration.registry.placenames import township_agency
from orchestration.reports.extractions.identity.names import AgencyName
from orchestration.reports.extractions.identity.regions import RegionIndex
from orchestration.reports.extractions.identity.resolved import ResolvedAgency, below
from orchestration.reports.extractions.identity.surroundings import Surroundings
from orchestration.reports.extractions.model import RegionResolution

_OTHER_WORDS, _SHORTEST = 3, 2
"""How many signs stand before the end of a name that may be a township's, and how many that has at least."""


class TownshipResolver:
    """Resolves names of townships by the divisions of a year and what the document says."""

    def __init__(self, index: RegionIndex) -> None:
        self._index = index

    def resolve(self, name: AgencyName, printed: str, evidence: Surroundings) -> ResolvedAgency:
        """The agency of the township of this name, with its candidates where the document does not decide."""
        codes, certain = self._townships(name, evidence)
        resolution: RegionResolution = "exact" if certain and name.area_as_listed else "by_county"
        if not name.areas or len(codes) > 1:
            codes, certain = self._by_county(codes, name, evidence)
            resolution = resolution if certain else "by_county"
        if len(codes) == 1 and (name.areas or self._named_with(codes[0], evidence)):
            return self._township_found(codes[0], printed, resolution)
        listed = {township_agency(self._index.name(code)) for code in codes}
        body = listed.pop() if len(listed) == 1 else township_agency(name.township)
        county = self._county_alone(name, evidence) if not codes else None
        if county:
            full, key = below(self._index.name(county), body), f"{self._index.key(county)}/{body}"
            return ResolvedAgency(full, printed, key, "township", county, "by_county")
        key = evidence.key_of_its_own(codes, body)
        open_how: RegionResolution = "ambiguous" if len(codes) > 1 else "unresolved"
        return ResolvedAgency(body, printed, key, "township", None, open_how, tuple(sorted(codes)))

    def _townships(self, name: AgencyName, evidence: Surroundings) -> tuple[list[str], bool]:
        """The townships that the name may mean, and whether they bear it in the year.

        A name of the year comes first; one of another year counts where the county is named beside it.
        """
        codes = [
            c for c in self._index.townships(name.township) if not name.areas or self._index.lies_in(c, name.areas)
        ]
        former = [
            c
            for c in self._index.townships_of_other_years(name.township)
            if (self._index.lies_in(c, name.areas) if name.areas else self._named_with(c, evidence))
        ]
        if codes and (name.areas or not former or any(self._named_with(code, evidence) for code in codes)):
            return codes, True
        return (former, False) if former else (self._township_loosely(name, evidence), False)

    def _township_found(self, code: str, printed: str, resolution: RegionResolution) -> ResolvedAgency:
        county = self._index.county_of(code)
        full = below(self._index.name(county) if county else "", township_agency(self._index.name(code)))
        return ResolvedAgency(full, printed, self._index.key(code), "township", code, resolution)

    def _township_loosely(self, name: AgencyName, evidence: Surroundings) -> list[str]:
        counties = name.areas or tuple(evidence.beside(name.township))
        found = [c for county in counties for c in self._index.townships_loosely(name.township, county)]
        if found or name.areas:
            return found
        return list(self._index.townships_loosely(name.township)) or self._behind_other_words(name.township, evidence)

    def _behind_other_words(self, name: str, evidence: Surroundings) -> list[str]:
        """Townships that the end of a name means, where the document names what they lie in.

        A mirror writes its own words over the name of the county before it.
        """
        for at in range(_OTHER_WORDS, len(name) - _SHORTEST):
            found = [code for code in self._index.townships(name[at:]) if self._named_with(code, evidence)]
            if found:
                return found
        return []

    def _by_county(self, codes: Sequence[str], name: AgencyName, evidence: Surroundings) -> tuple[list[str], bool]:
        """The townships whose county the document names best, and whether by its listed name."""
        beside = evidence.beside(name.township)
        stem = name.township[:-2] if name.township.endswith("街道") else name.township
        beside.update(evidence.beside(stem) if len(stem) > 1 and stem != name.township else {})
        for weigh, certain in (
            (self._listed_weight, True),
            (self._former_weight, False),
            (self._above_weight, False),
            (self._site_weight, False),
        ):
            weights = {code: weigh(code, beside, evidence) for code in codes}
            best = max(weights.values(), default=0)
            if best:
                leaders = [code for code, weight in weights.items() if 2 * weight > best]
                return self._by_what_lies_above(leaders, weights, evidence), certain
        return list(codes), False

    def _by_what_lies_above(self, codes: list[str], weights: Mapping[str, int], evidence: Surroundings) -> list[str]:
        """Of townships in counties of one name, those whose city or province is named; all where none is."""
        if len(codes) < 2:
            return codes
        support = {code: evidence.support_from_above(self._index.county_of(code) or code) for code in codes}
        best = max(support.values())
        return [code for code in codes if support[code] == best]

    def _listed_weight(self, code: str, beside: Counter[str], evidence: Surroundings) -> int:
        county = self._index.county_of(code)
        return 4 * beside[county] + evidence.weight(county) if county else 0

    def _former_weight(self, code: str, beside: Counter[str], evidence: Surroundings) -> int:
        county = self._index.county_of(code)
        return evidence.former_weight(county) if county and len(county) == 6 else 0

    def _above_weight(self, code: str, beside: Counter[str], evidence: Surroundings) -> int:
        return max((evidence.weight(area) for area in self._index.above(code) if len(area) == 4), default=0)

    def _site_weight(self, code: str, beside: Counter[str], evidence: Surroundings) -> int:
        return max((evidence.sites[area] * len(area) for area in self._index.above(code) if len(area) >= 4), default=0)

    def _named_with(self, code: str, evidence: Surroundings) -> bool:
        """Whether the document names the county or city of a township at all: its own name alone proves nothing."""
        above = [area for area in self._index.above(code) if len(area) >= 4]
        return any(evidence.weight(area) or evidence.former_weight(area) or evidence.sites[area] for area in above)

    def _county_alone(self, name: AgencyName, evidence: Surroundings) -> str | None:
        """The county of a township that the list does not know, where it stands before the township's name."""
        codes = name.areas or tuple(code for code, _ in evidence.beside(name.township).most_common())
        counties = [code for code in codes if len(code) >= 4]
        return counties[0] if len(counties) == 1 else None
