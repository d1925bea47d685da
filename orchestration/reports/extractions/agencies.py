"""Which agency speaks, and in which administrative division it lies.

A name from the title, the signature or a label is resolved by what the document says around it: a township only
together with a county named in the same document, never by its name alone. What fits equally well is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from orchestration.registry.model import Agency
from orchestration.reports.extractions.model import RegionResolution
from orchestration.reports.extractions.names import AgencyName, NameReader
from orchestration.reports.extractions.regions import RegionIndex, area_stem, township_key

# A name right before the township or body (兴国县南坑乡) says more than one elsewhere in the text.
_BESIDE = 12
_CITED = re.compile(r"《[^《》]*》")
_LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township"}
_AREA_KINDS = "县区市旗"


@dataclass(frozen=True, slots=True)
class ResolvedAgency:
    """The agency as far as the document identifies it; field names as in Identity."""

    agency_name: str
    agency_name_as_printed: str
    agency_key: str
    agency_level: str
    region_code: str | None
    region_resolution: RegionResolution
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """The words of one document, squeezed, and the area names in them."""

    document_id: str
    text: str
    index: RegionIndex

    def key_of_its_own(self, candidates: Iterable[str], name: str) -> str:
        """A natural key for an agency whose place is not certain: two papers of 光明街道 are not one agency's."""
        return f"{'|'.join(sorted(candidates)) or '?'}/{name}/{self.document_id[:16]}"

    @cached_property
    def _mentions(self) -> dict[str, tuple[tuple[str, ...], int]]:
        found: dict[str, tuple[tuple[str, ...], int]] = {}
        for mention in self.index.mentions(self.text):
            codes, count = found.get(mention.name, (mention.codes, 0))
            if not self.index.is_common_word(mention.name):
                found[mention.name] = codes, count + 1
        return found

    def weight(self, code: str) -> int:
        """How often the area's full name stands in the document."""
        return self._mentions.get(self.index.name(code), ((), 0))[1]

    def former_weight(self, code: str) -> int:
        """How often its name stands there with another kind of area (洪泽县 for 洪泽区)."""
        name = self.index.name(code)
        stem = area_stem(name)
        if stem == name:
            return 0
        return sum(self.text.count(stem + kind) for kind in _AREA_KINDS if stem + kind != name)

    def beside(self, words: str) -> Counter[str]:
        """The areas whose names stand right before these words, with how often; 人民政府 may stand between."""
        found: Counter[str] = Counter()
        at = self.text.find(words)
        while at >= 0:
            before = self.text[max(0, at - _BESIDE) : at].removesuffix("政府").removesuffix("人民")
            last = [m for m in self.index.mentions(before) if m.end == len(before)]
            for mention in last[-1:]:
                if not self.index.is_common_word(mention.name):
                    found.update(mention.codes)
            at = self.text.find(words, at + 1)
        return found

    def spoken_of(self) -> Counter[str]:
        """Areas named outside the titles of rules and notices, where superiors are cited."""
        found: Counter[str] = Counter()
        for mention in self.index.mentions(_CITED.sub("", self.text)):
            if not self.index.is_common_word(mention.name):
                found.update(mention.codes)
        return found

    def support_from_above(self, code: str) -> int:
        """How strongly the document names what lies above an area: its city counts more than its province."""
        above = self.index.above(code)
        return sum((3 if len(parent) > 2 else 1) * bool(self.weight(parent)) for parent in above)


class AgencyResolver:
    """Resolves names by the list of regions, the registry's own agencies and the evidence of a document."""

    def __init__(self, reader: NameReader, agencies: Iterable[Agency]) -> None:
        self._reader = reader
        self._index = reader.index
        self._known: dict[str, Agency] = {}
        for agency in agencies:
            for name in (agency.agency_name, *agency.name_variants):
                self._known[name] = agency

    def resolve(self, names: Sequence[AgencyName], evidence: Evidence) -> ResolvedAgency | None:
        """The agency of the first name, completed by the others and the document; None without any name."""
        if not names:
            return None
        known = self._known.get(names[0].printed)
        if known:
            return ResolvedAgency(
                known.agency_name, names[0].printed, known.agency_key, known.agency_level, known.region_code, "exact"
            )
        name = self._listed_form(self._completed(names), names)
        printed = self._fullest(names, name)
        if name.township and not name.body:
            return self._township(name, printed, evidence)
        return self._body(name, printed, evidence)

    def _completed(self, names: Sequence[AgencyName]) -> AgencyName:
        """The first name with the areas of another form of itself where it has none that decide."""
        first = names[0]
        if len(first.areas) == 1 and len(first.areas[0]) >= 6:
            return first
        for other in names[1:]:
            deeper = len(other.areas) == 1 and (not first.areas or other.areas[0].startswith(first.areas))
            if deeper and _same(first, other):
                return replace(first, areas=other.areas, area_as_listed=other.area_as_listed)
        return first

    def _listed_form(self, name: AgencyName, names: Sequence[AgencyName]) -> AgencyName:
        """The name with its township as another form of it prints it, where only that form is listed (丽景街)."""
        if not name.township or self._index.townships(name.township):
            return name
        full = (n.township for n in names if n.township and _same(n, name) and self._index.townships(n.township))
        return replace(name, township=next(full, name.township))

    def _fullest(self, names: Sequence[AgencyName], name: AgencyName) -> str:
        return max((n.printed for n in names if _same(n, name)), key=len, default=name.printed)

    # --- townships

    def _township(self, name: AgencyName, printed: str, evidence: Evidence) -> ResolvedAgency:
        listed = self._index.townships(name.township)
        codes = [c for c in listed if not name.areas or c.startswith(name.areas)]
        resolution: RegionResolution = "exact" if name.area_as_listed else "by_county"
        if not codes:
            codes, resolution = self._township_loosely(name, evidence), "by_county"
        if not name.areas or len(codes) > 1:
            codes, certain = self._by_county(codes, name, evidence)
            resolution = resolution if certain else "by_county"
        if len(codes) == 1 and (name.areas or self._named_with(codes[0], evidence)):
            return self._township_found(codes[0], printed, resolution)
        county = self._county_alone(name, evidence) if not codes else None
        if county:
            body = _official(name.township)
            return ResolvedAgency(
                self._index.name(county) + body, printed, f"{county}/{body}", "township", county, "by_county"
            )
        body = _official(name.township)
        key = evidence.key_of_its_own(codes, body)
        return ResolvedAgency(
            body, printed, key, "township", None, "ambiguous" if len(codes) > 1 else "unresolved", tuple(sorted(codes))
        )

    def _township_found(self, code: str, printed: str, resolution: RegionResolution) -> ResolvedAgency:
        county = self._index.county_of(code)
        full = (self._index.name(county) if county else "") + _official(self._index.name(code))
        return ResolvedAgency(full, printed, code, "township", code, resolution)

    def _township_loosely(self, name: AgencyName, evidence: Evidence) -> list[str]:
        counties = name.areas or tuple(evidence.beside(name.township))
        found = [c for county in counties for c in self._index.townships_loosely(name.township, county)]
        return found or ([] if name.areas else list(self._index.townships_loosely(name.township)))

    def _by_county(self, codes: Sequence[str], name: AgencyName, evidence: Evidence) -> tuple[list[str], bool]:
        """The townships whose county the document names best, and whether by its listed name."""
        beside = evidence.beside(name.township)
        stem = name.township[:-2] if name.township.endswith("街道") else name.township
        beside.update(evidence.beside(stem) if len(stem) > 1 and stem != name.township else {})
        for weigh, certain in ((self._listed_weight, True), (self._former_weight, False), (self._above_weight, False)):
            weights = {code: weigh(code, beside, evidence) for code in codes}
            best = max(weights.values(), default=0)
            if best:
                leaders = [code for code, weight in weights.items() if 2 * weight > best]
                return self._by_what_lies_above(leaders, weights, evidence), certain
        return list(codes), False

    def _by_what_lies_above(self, codes: list[str], weights: Mapping[str, int], evidence: Evidence) -> list[str]:
        """Of townships in counties of one name, those whose city or province is named; all where none is."""
        if len(codes) < 2:
            return codes
        support = {code: evidence.support_from_above(self._index.county_of(code) or code) for code in codes}
        best = max(support.values())
        return [code for code in codes if support[code] == best]

    def _listed_weight(self, code: str, beside: Counter[str], evidence: Evidence) -> int:
        county = self._index.county_of(code)
        return 4 * beside[county] + evidence.weight(county) if county else 0

    def _former_weight(self, code: str, beside: Counter[str], evidence: Evidence) -> int:
        county = self._index.county_of(code)
        return evidence.former_weight(county) if county and len(county) == 6 else 0

    def _above_weight(self, code: str, beside: Counter[str], evidence: Evidence) -> int:
        return max((evidence.weight(area) for area in self._index.above(code) if len(area) == 4), default=0)

    def _named_with(self, code: str, evidence: Evidence) -> bool:
        """Whether the document names the county or city of a township at all: its own name alone proves nothing."""
        above = [area for area in self._index.above(code) if len(area) >= 4]
        return any(evidence.weight(area) or evidence.former_weight(area) for area in above)

    def _county_alone(self, name: AgencyName, evidence: Evidence) -> str | None:
        """The county of a township that the list does not know, where it stands before the township's name."""
        codes = name.areas or tuple(code for code, _ in evidence.beside(name.township).most_common())
        counties = [code for code in codes if len(code) >= 4]
        return counties[0] if len(counties) == 1 else None

    # --- governments and bodies

    def _body(self, name: AgencyName, printed: str, evidence: Evidence) -> ResolvedAgency:
        areas, resolution = self._areas_of(name, evidence)
        if name.township:
            return self._body_of_township(name, printed, evidence)
        if len(areas) != 1:
            body = name.body or (self._index.name(areas[0]) + "人民政府" if areas else name.printed)
            key = evidence.key_of_its_own(areas, body)
            level = self._reader.level(body) if name.body else "other"
            return ResolvedAgency(body, printed, key, level, None, "ambiguous" if areas else "unresolved", areas)
        code = areas[0]
        if not name.body:
            full = self._index.name(code) + "人民政府"
            return ResolvedAgency(full, printed, code, _LEVELS[len(code)], code, resolution)
        full = name.body if name.body.startswith(self._index.name(code)) else self._index.name(code) + name.body
        return ResolvedAgency(full, printed, f"{code}/{name.body}", self._reader.level(name.body), code, resolution)

    def _body_of_township(self, name: AgencyName, printed: str, evidence: Evidence) -> ResolvedAgency:
        place = self._township(name, printed, evidence)
        own = township_key(name.township) + name.body
        county = self._index.county_of(place.region_code) if place.region_code else None
        full = self._index.name(county) + own if county else own
        return ResolvedAgency(
            full,
            printed,
            f"{place.agency_key}/{name.body}",
            self._reader.level(name.body),
            place.region_code,
            place.region_resolution,
            place.candidates,
        )

    def _areas_of(self, name: AgencyName, evidence: Evidence) -> tuple[tuple[str, ...], RegionResolution]:
        """The areas the agency may belong to and how surely: by name, by what stands before it, by the text."""
        if len(name.areas) == 1:
            return name.areas, "exact" if name.area_as_listed else "by_county"
        if name.areas:
            return self._supported(name.areas, evidence), "exact"
        inside = [mention.codes for mention in self._index.mentions(name.body)]
        if inside:
            return self._supported(inside[-1], evidence), "exact"
        beside = _fitting(evidence.beside(name.body) if name.body else Counter(), name.relative, self._index)
        if beside:
            return self._supported(_leaders(beside), evidence), "exact"
        spoken = _fitting(evidence.spoken_of(), name.relative or _own_kind(evidence.text), self._index)
        return self._supported(_leaders(spoken), evidence), "by_county"

    def _supported(self, codes: Sequence[str], evidence: Evidence) -> tuple[str, ...]:
        """Of areas of one name, those whose city or province the document names best."""
        if len(codes) < 2:
            return tuple(codes)
        support = {code: evidence.support_from_above(code) for code in codes}
        best = max(support.values())
        return tuple(code for code in codes if support[code] == best)


def _same(one: AgencyName, other: AgencyName) -> bool:
    """Whether two names may be the same agency: same body, and the same township where both name one."""
    if one.body != other.body or bool(one.township) != bool(other.township):
        return False
    if (
        one.areas
        and other.areas
        and not (any(a.startswith(b) or b.startswith(a) for a in one.areas for b in other.areas))
    ):
        return False
    first, second = township_key(one.township), township_key(other.township)
    return first == second or {first + "街道", second + "街道"} & {first, second} != set()


def _official(township: str) -> str:
    """The name of a township's agency: 街道办事处 for a sub-district, 人民政府 for a town."""
    key = township_key(township)
    if key.endswith("街道"):
        return township if township.endswith("办事处") else key + "办事处"
    return key + "人民政府" if key.endswith(("镇", "乡", "苏木")) else key


def _own_kind(text: str) -> str:
    """The kind of area a text speaks of as its own government (县委, 区政府); "" where it does not say."""
    counts = Counter(re.findall(r"([县区旗])(?:委|人民政府|政府)", text))
    return counts.most_common(1)[0][0] if counts else ""


def _fitting(found: Counter[str], kind: str, index: RegionIndex) -> Counter[str]:
    """The areas of the kind asked for; provinces never stand for what lies below them."""
    return Counter(
        {
            code: count
            for code, count in found.items()
            if (len(code) > 2 or kind == "省" or index.name(code).endswith("市"))
            and (not kind or index.name(code).endswith(kind))
        }
    )


def _leaders(found: Counter[str]) -> tuple[str, ...]:
    """The areas named most; none where nothing is found."""
    best = max(found.values(), default=0)
    return tuple(sorted(code for code, count in found.items() if count == best))
