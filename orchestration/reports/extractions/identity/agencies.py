"""Which agency speaks, and in which administrative division it lies.

A name from the title, the signature or a label is resolved by what the document says around it: a township only
together with a county named in the same document, never by its name alone. What fits equally well is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from orchestration.registry.model import Agency
from orchestration.registry.placenames import area_stem, township_key
from orchestration.reports.extractions.identity.names import AgencyName, NameReader
from orchestration.reports.extractions.identity.resolved import ResolvedAgency, below
from orchestration.reports.extractions.identity.seats import SeatFinder
from orchestration.reports.extractions.identity.surroundings import Surroundings
from orchestration.reports.extractions.identity.testimony import same
from orchestration.reports.extractions.identity.townships import TownshipResolver
from orchestration.reports.extractions.model import RegionResolution

_LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township"}
_CERTAIN = ("exact", "by_county")


class AgencyResolver:
    """Resolves names by the divisions of a year, the registry's own agencies and what the document says."""

    def __init__(
        self, reader: NameReader, agencies: Iterable[Agency], year: int | None, first_names: Mapping[str, str]
    ) -> None:
        self._reader = reader
        self._first_names = first_names
        self._index = reader.index
        self._bodies = reader.bodies
        self._townships = TownshipResolver(reader.index)
        self._seats = SeatFinder(reader.index, reader.bodies)
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
            self._townships.resolve(name, printed, evidence)
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
        full = (n.body for n in self._forms(names) if self._bodies.spells_out(n.body, name.body))
        return replace(name, body=next(full, name.body))

    def _listed_form(self, name: AgencyName, names: Sequence[AgencyName]) -> AgencyName:
        """The name with its township as another form of it prints it, where only that form is listed (丽景街)."""
        if not name.township or self._index.townships(name.township):
            return name
        full = (n.township for n in self._forms(names) if n.township and self._index.townships(n.township))
        return replace(name, township=next(full, name.township))

    def _fullest(self, names: Sequence[AgencyName], name: AgencyName) -> str:
        return max((n.printed for n in names if same(n, name, self._reader)), key=len, default=name.printed)

    # --- governments and bodies

    def _body(self, name: AgencyName, printed: str, evidence: Surroundings) -> ResolvedAgency:
        if name.township:
            return self._body_of_township(name, printed, evidence)
        body = self._bodies.full_form(name.body)
        areas, resolution = self._seats.areas_of(name, evidence)
        twins = () if body or printed.endswith("政府") else self._index.townships(printed)
        if twins and areas and not evidence.support_from_above(areas[0]):
            areas = (*areas, *twins)
        if len(areas) != 1:
            return self._body_nowhere(name, body, printed, areas, evidence)
        code = areas[0]
        body = self._without_stem(code, body, evidence)
        area, seat = self._index.name(code), self._index.key(code)
        government = self._bodies.government_of(area)
        is_zone = self._bodies.is_zone(area)
        if not body and is_zone and self._bodies.has_code_of_zone(code) and not printed.endswith("政府"):
            body = self._bodies.committee
        if not body:
            return ResolvedAgency(area + government, printed, seat, _LEVELS[len(code)], code, resolution)
        if is_zone and self._bodies.is_committee(body):
            body, seat = area + body, self._index.key(next(iter(self._index.above(code)), code))
        full = self._with_area(code, body.replace("人民政府", government))
        key = f"{seat}/{self._first_names.get(body, body)}"
        return ResolvedAgency(full, printed, key, self._bodies.level(body), code, resolution)

    def _without_stem(self, code: str, body: str, evidence: Surroundings) -> str:
        """The department of an area without the short name of that before it (益阳教育局, 巴州财政局)."""
        name = self._index.name(code)
        for short in (area_stem(name), evidence.places.abbreviation(body, name)):
            rest = body.removeprefix(short)
            if short and self._bodies.is_department(rest):
                return self._bodies.full_form(rest)
        return body

    def _with_area(self, code: str, body: str) -> str:
        """The body with its area before it, unless it says itself where it is (南昌海关, 国家统计局重庆调查总队)."""
        area = self._index.name(code)
        stem = area_stem(area)
        if self._bodies.bears_its_place(body):
            return body
        inside = area in body or (stem in body and (self._bodies.is_nationwide(body) or self._above(code, body)))
        return body if inside or body.startswith(stem) else area + body

    def _above(self, code: str, body: str) -> bool:
        """Whether a body begins with the name of what its area lies in (广东从化经济开发区管委会)."""
        return any(body.startswith(area_stem(self._index.name(above))) for above in self._index.above(code))

    def _body_nowhere(
        self, name: AgencyName, body: str, printed: str, areas: tuple[str, ...], evidence: Surroundings
    ) -> ResolvedAgency:
        """A body whose place is not certain: one of several, unless its name alone is enough."""
        full = body or (self._index.name(areas[0]) + "人民政府" if areas else name.printed)
        level = self._bodies.level(body) if body else _LEVELS[len(areas[0])] if areas else "other"
        if body and self._bodies.is_unique(body):
            return ResolvedAgency(full, printed, f"cn/{body}", level, None, "unresolved")
        how: RegionResolution = "ambiguous" if areas else "unresolved"
        return ResolvedAgency(full, printed, evidence.key_of_its_own(areas, full), level, None, how, areas)

    def _body_of_township(self, name: AgencyName, printed: str, evidence: Surroundings) -> ResolvedAgency:
        place = self._townships.resolve(name, printed, evidence)
        body = self._bodies.full_form(name.body)
        own = township_key(name.township) + body
        county = self._index.county_of(place.region_code) if place.region_code else None
        return ResolvedAgency(
            below(self._index.name(county) if county else "", own),
            printed,
            f"{place.agency_key}/{body}",
            self._bodies.level(body),
            place.region_code,
            place.region_resolution,
            place.candidates,
        )


def _holds(agency: Agency, year: int | None) -> bool:
    """Whether a row of the registry holds in the year; in its newest where none is known."""
    if year is None:
        return agency.valid_until is None
    return agency.valid_from <= year and (agency.valid_until is None or year <= agency.valid_until)


def _as_registered(agency: Agency, printed: str) -> ResolvedAgency:
    return ResolvedAgency(
        agency.agency_name, printed, agency.agency_key, agency.agency_level, agency.region_code, "exact"
    )
