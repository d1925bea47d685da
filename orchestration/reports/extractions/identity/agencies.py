"""Which agency speaks, and in which administrative division it lies.

A name from the title, the signature or a label is resolved by what the document says around it: a township only
together with a county named in the same document, never by its name alone. What fits equally well is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from orchestration.registry.model import Agency
from orchestration.registry.placenames import area_stem, township_agency, township_key
from orchestration.reports.extractions.identity.names import AgencyName, NameReader
from orchestration.reports.extractions.identity.surroundings import (
    Surroundings,
    abbreviation,
    fitting,
    leaders,
    own_kind,
)
from orchestration.reports.extractions.identity.testimony import same
from orchestration.reports.extractions.model import RegionResolution

_ZONE_CODES = frozenset(map(str, range(71, 80)))
"""How the codes of zones that count as counties end; a committee governs them, no government."""
_LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township"}
_CERTAIN = ("exact", "by_county")
_SHORT_AREAS = (2, 3, 4)
_PROVINCE, _CITY = 2, 4
_ENDS_BEFORE_A_PLACE = "局会行部署院委室厅驻网站"


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


class AgencyResolver:
    """Resolves names by the divisions of a year, the registry's own agencies and what the document says."""

    def __init__(
        self, reader: NameReader, agencies: Iterable[Agency], year: int | None, first_names: Mapping[str, str]
    ) -> None:
        self._reader = reader
        self._first_names = first_names
        self._index = reader.index
        self._registered: dict[str, Agency] = {}
        for agency in sorted(agencies, key=lambda agency: _holds(agency, year)):
            for name in (agency.agency_name, *agency.name_variants):
                self._registered[township_key(name)] = agency

    def resolve(self, names: Sequence[AgencyName], evidence: Surroundings) -> ResolvedAgency | None:
        """The agency of the first name, completed by the others and the document; None without any name.

        A row of the registry that bears the printed name decides where it names no region or what the document says
        decides nothing.
        """
        if not names:
            return None
        printed_forms = (township_key(form.printed) for form in self._forms(names))
        registered = next((self._registered[form] for form in printed_forms if form in self._registered), None)
        if registered and registered.region_code is None:
            return _as_registered(registered, names[0].printed)
        name = self._listed_form(self._spelt_out(self._completed(names), names), names)
        printed = self._fullest(names, name)
        found = (
            self._township(name, printed, evidence)
            if name.township and not name.body
            else self._body(name, printed, evidence)
        )
        if registered and found.region_resolution not in _CERTAIN:
            return _as_registered(registered, printed)
        return found

    def _forms(self, names: Sequence[AgencyName]) -> list[AgencyName]:
        """The first name and its other forms."""
        return [name for name in names if same(names[0], name, self._reader)]

    def _completed(self, names: Sequence[AgencyName]) -> AgencyName:
        """The first name with the areas of another form of itself where it has none that decide."""
        first = names[0]
        if len(first.areas) == 1 and len(first.areas[0]) >= 6:
            return first
        for other in names[1:]:
            deeper = len(other.areas) == 1 and (not first.areas or self._index.lies_in(other.areas[0], first.areas))
            if deeper and same(first, other, self._reader):
                return replace(first, areas=other.areas, area_as_listed=other.area_as_listed)
        return first

    def _spelt_out(self, name: AgencyName, names: Sequence[AgencyName]) -> AgencyName:
        """The name with its body as another form of it writes it out (市扶农办, 市扶贫和农业开发办公室)."""
        full = (n.body for n in self._forms(names) if self._reader.spells_out(n.body, name.body))
        return replace(name, body=next(full, name.body))

    def _listed_form(self, name: AgencyName, names: Sequence[AgencyName]) -> AgencyName:
        """The name with its township as another form of it prints it, where only that form is listed (丽景街)."""
        if not name.township or self._index.townships(name.township):
            return name
        full = (n.township for n in self._forms(names) if n.township and self._index.townships(n.township))
        return replace(name, township=next(full, name.township))

    def _fullest(self, names: Sequence[AgencyName], name: AgencyName) -> str:
        return max((n.printed for n in names if same(n, name, self._reader)), key=len, default=name.printed)

    # --- townships

    def _township(self, name: AgencyName, printed: str, evidence: Surroundings) -> ResolvedAgency:
        codes, certain = self._townships(name, evidence)
        resolution: RegionResolution = "exact" if certain and name.area_as_listed else "by_county"
        if not name.areas or len(codes) > 1:
            codes, certain = self._by_county(codes, name, evidence)
            resolution = resolution if certain else "by_county"
        if len(codes) == 1 and (name.areas or self._named_with(codes[0], evidence)):
            return self._township_found(codes[0], printed, resolution)
        body = township_agency(name.township)
        county = self._county_alone(name, evidence) if not codes else None
        if county:
            full, key = _below(self._index.name(county), body), f"{self._index.key(county)}/{body}"
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
        full = _below(self._index.name(county) if county else "", township_agency(self._index.name(code)))
        return ResolvedAgency(full, printed, self._index.key(code), "township", code, resolution)

    def _township_loosely(self, name: AgencyName, evidence: Surroundings) -> list[str]:
        counties = name.areas or tuple(evidence.beside(name.township))
        found = [c for county in counties for c in self._index.townships_loosely(name.township, county)]
        return found or ([] if name.areas else list(self._index.townships_loosely(name.township)))

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

    # --- governments and bodies

    def _body(self, name: AgencyName, printed: str, evidence: Surroundings) -> ResolvedAgency:
        if name.township:
            return self._body_of_township(name, printed, evidence)
        body = self._reader.full_form(name.body)
        areas, resolution = self._areas_of(name, evidence)
        twins = () if body or printed.endswith("政府") else self._index.townships(printed)
        if twins and areas and not evidence.support_from_above(areas[0]):
            areas = (*areas, *twins)
        if len(areas) != 1:
            return self._body_nowhere(name, body, printed, areas, evidence)
        code = areas[0]
        body = self._without_stem(code, body)
        area, seat = self._index.name(code), self._index.key(code)
        government = self._reader.government_of(area)
        if not body and self._reader.is_zone(area) and code[4:] in _ZONE_CODES and not printed.endswith("政府"):
            body = self._reader.committee
        if not body:
            return ResolvedAgency(area + government, printed, seat, _LEVELS[len(code)], code, resolution)
        if self._reader.is_zone(area) and self._reader.is_committee(body):
            body, seat = area + body, self._index.key(next(iter(self._index.above(code)), code))
        full = self._with_area(code, body.replace("人民政府", government))
        key = f"{seat}/{self._first_names.get(body, body)}"
        return ResolvedAgency(full, printed, key, self._reader.level(body), code, resolution)

    def _without_stem(self, code: str, body: str) -> str:
        """The department of an area without the short name of that before it (益阳教育局, 巴州财政局)."""
        name = self._index.name(code)
        for short in (area_stem(name), abbreviation(body, name)):
            rest = body.removeprefix(short)
            if short and self._reader.is_department(rest):
                return self._reader.full_form(rest)
        return body

    def _with_area(self, code: str, body: str) -> str:
        """The body with its area before it, unless it says itself where it is (南昌海关, 国家统计局重庆调查总队)."""
        area = self._index.name(code)
        stem = area_stem(area)
        if self._reader.bears_its_place(body):
            return body
        inside = area in body or (stem in body and (self._reader.is_nationwide(body) or self._above(code, body)))
        return body if inside or body.startswith(stem) else area + body

    def _above(self, code: str, body: str) -> bool:
        """Whether a body begins with the name of what its area lies in (广东从化经济开发区管委会)."""
        return any(body.startswith(area_stem(self._index.name(above))) for above in self._index.above(code))

    def _body_nowhere(
        self, name: AgencyName, body: str, printed: str, areas: tuple[str, ...], evidence: Surroundings
    ) -> ResolvedAgency:
        """A body whose place is not certain: one of several, unless its name alone is enough."""
        full = body or (self._index.name(areas[0]) + "人民政府" if areas else name.printed)
        level = self._reader.level(body) if body else _LEVELS[len(areas[0])] if areas else "other"
        if body and self._reader.is_unique(body):
            return ResolvedAgency(full, printed, f"cn/{body}", level, None, "unresolved")
        how: RegionResolution = "ambiguous" if areas else "unresolved"
        return ResolvedAgency(full, printed, evidence.key_of_its_own(areas, full), level, None, how, areas)

    def _body_of_township(self, name: AgencyName, printed: str, evidence: Surroundings) -> ResolvedAgency:
        place = self._township(name, printed, evidence)
        body = self._reader.full_form(name.body)
        own = township_key(name.township) + body
        county = self._index.county_of(place.region_code) if place.region_code else None
        return ResolvedAgency(
            _below(self._index.name(county) if county else "", own),
            printed,
            f"{place.agency_key}/{body}",
            self._reader.level(body),
            place.region_code,
            place.region_resolution,
            place.candidates,
        )

    def _areas_of(self, name: AgencyName, evidence: Surroundings) -> tuple[tuple[str, ...], RegionResolution]:
        """The areas the agency may belong to and how surely: by name, by what stands before it, by the text."""
        if self._may_be_no_place(name) and not any(map(evidence.support_from_above, name.areas)):
            return (), "unresolved"
        if len(name.areas) == 1:
            return name.areas, "exact" if name.area_as_listed else "by_county"
        if name.areas:
            return self._supported(name.areas, evidence), "exact" if name.area_as_listed else "by_county"
        inside = [mention.codes for mention in self._index.mentions(name.body)]
        if inside:
            return self._supported(inside[-1], evidence), "exact"
        beside = fitting(evidence.beside(name.body) if name.body else Counter(), name.relative, self._index)
        if beside:
            return self._supported(leaders(beside), evidence), "exact"
        if self._reader.is_unique(name.body):
            return (), "unresolved"
        short = self._short_area(name.body, evidence) or evidence.abbreviated_by(name.body)
        if short:
            return self._with_areas_below(short, name.body, evidence), "by_county"
        of_the_state = self._reader.is_nationwide(name.body) and not self._reader.is_department(name.body)
        if of_the_state and not name.relative:
            # Where a branch of the state has its seat says nothing of what it serves.
            return (), "unresolved"
        if self._reader.department_of(name.body)[0]:
            # What stands before the department is a place of its own, though nothing says which.
            return evidence.abbreviated_above(name.body), "by_county"
        spoken = fitting(evidence.spoken_of(), name.relative or own_kind(evidence.text), self._index)
        best = leaders(spoken)
        pairs = (pair for pair in product(best, best) if pair[0] != pair[1] and self._index.lies_in(pair[0], pair[1:]))
        nested = tuple(sorted({code for pair in pairs for code in pair}))
        if nested and not (name.relative or own_kind(evidence.text)):
            # 济宁市任城区 in an address: nothing says whether it is the city's or the district's.
            return nested, "by_county"
        return self._supported(best, evidence), "by_county"

    def _may_be_no_place(self, name: AgencyName) -> bool:
        """Whether a name begins with an area that is a common word as well (郊区人民政府)."""
        return any(
            self._index.is_common_word(w) and name.printed.startswith(w) for w in map(self._index.name, name.areas)
        )

    def _with_areas_below(self, codes: tuple[str, ...], body: str, evidence: Surroundings) -> tuple[str, ...]:
        """A zone named after its province lies in it, or in an area of it that the document names: all are possible."""
        if self._reader.level(body) != "other" or any(len(code) > _PROVINCE for code in codes):
            return codes
        below = (code for code in evidence.spoken_of() if len(code) > _PROVINCE and self._index.lies_in(code, codes))
        return (*codes, *sorted(below))

    def _short_area(self, body: str, evidence: Surroundings) -> tuple[str, ...]:
        """The area that a body begins with but for its kind (本溪高新区), where the document names it in full.

        A branch of the state that names the only area of its name has no need of that.
        """
        nationwide = self._reader.is_nationwide(body)
        behind = range(max(1, len(self._reader.head_office(body))), len(body))
        for at, size in product(behind if nationwide else (0,), reversed(_SHORT_AREAS)):
            name, rest = body[at : at + size], body[at + size :]
            found = self._index.areas_by_stem(name) if rest else ()
            if nationwide and body[at - 1] not in _ENDS_BEFORE_A_PLACE:
                # 长江海事局 is not in 江海区.
                found = tuple(code for code in found if len(code) <= _CITY)
            sure = found if nationwide and len(found) == 1 else () if nationwide else self._named_after(found, rest)
            codes: Sequence[str] = [code for code in found if evidence.weight(code)] or sure
            if codes and not nationwide and self._reader.level(body) == "other":
                codes = self._deeper(rest, codes)
            if codes:
                return self._supported(codes, evidence)
        return ()

    def _named_after(self, found: Sequence[str], rest: str) -> tuple[str, ...]:
        """The city or province after which a zone or company is surely named: no other but districts bear its name."""
        kind = self._reader.is_named_after(rest)
        large = tuple(code for code in found if len(code) <= _CITY)
        others = [code for code in found if code not in large]
        if len(found) == 1 and self._reader.is_branch(rest):
            return tuple(found)
        if len(large) != 1 or any(self._index.lies_in(code, large) for code in others):
            return ()
        if len(large[0]) == _CITY:
            return large if kind and all(self._index.name(code).endswith("区") for code in others) else ()
        return large if not others and (kind or self._reader.level(rest) == "department") else ()

    def _deeper(self, rest: str, codes: Sequence[str]) -> Sequence[str]:
        """The area inside a province that a zone names behind it (广东|从化经济开发区); else the province."""
        if all(len(code) > _PROVINCE for code in codes):
            return codes
        for at, size in product(range(len(rest)), reversed(_SHORT_AREAS)):
            name = rest[at : at + size]
            inside = [c for c in self._index.areas_by_stem(name) if self._index.lies_in(c, codes)]
            if inside and (not at or (name == area_stem(name) and self._reader.is_committee(rest[at + size :]))):
                return inside
        return codes

    def _supported(self, codes: Sequence[str], evidence: Surroundings) -> tuple[str, ...]:
        """Of areas of one name, those whose city or province the document names best."""
        if len(codes) < 2:
            return tuple(codes)
        support = {code: evidence.support_from_above(code) for code in codes}
        best = max(support.values())
        return tuple(code for code in codes if support[code] == best)


def _below(area: str, own: str) -> str:
    """A name with its area before it, once."""
    return own if own.startswith(area) else area + own


def _holds(agency: Agency, year: int | None) -> bool:
    """Whether a row of the registry holds in the year; in its newest where none is known."""
    if year is None:
        return agency.valid_until is None
    return agency.valid_from <= year and (agency.valid_until is None or year <= agency.valid_until)


def _as_registered(agency: Agency, printed: str) -> ResolvedAgency:
    return ResolvedAgency(
        agency.agency_name, printed, agency.agency_key, agency.agency_level, agency.region_code, "exact"
    )
