"""Who reports over the years: the agencies of the fictional province first, then townships of the registry.

Which agencies there are follows from the seed alone, not from the years that are asked for; some of them are renamed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from orchestration.registry.model import Registry, Succession
from orchestration.specimens.agencies import FICTIONAL_PROVINCE, Gazetteer, gazetteer
from orchestration.specimens.chance import Chance
from orchestration.specimens.course import FIRST_YEAR
from orchestration.specimens.model import Agency

LAST_YEAR = 2025
_TOWNSHIP = 9
_MOST_MINISTRIES = 12
_RENAMED_EVERY = 25
"""One of so many real townships has changed its name or code."""


@dataclass(frozen=True)
class Lineage:
    """One agency under its names: each with the first year in which it has that name, the oldest first."""

    names: tuple[tuple[int, Agency], ...]

    def agency(self, year: int) -> Agency:
        """The agency as it is called in this year."""
        return next(agency for first, agency in reversed(self.names) if first <= year)

    @property
    def key(self) -> str:
        """What stays the same over all years."""
        return self.names[0][1].key

    @property
    def fictional(self) -> bool:
        """Whether it lies in the fictional province."""
        return self.names[0][1].region_code.startswith(FICTIONAL_PROVINCE)


def cast(registry: Registry, count: int, chance: Chance) -> list[Lineage]:
    """So many agencies, each once: two townships, then one larger agency, and so on, as reports are distributed."""
    lasting = gazetteer(registry, FIRST_YEAR, LAST_YEAR)
    ours = [code for code in lasting.townships if code.startswith(FICTIONAL_PROVINCE)]
    fictional = [_one_name(lasting.township(code)) for code in ours]
    fictional += _renamed_alone(registry)
    above = sorted({r.region_code for r in registry.regions if r.region_code.startswith(FICTIONAL_PROVINCE)})
    higher = [a for code in above if len(code) < _TOWNSHIP and lasting.has(code) for a in lasting.higher(code)]
    ministries = chance.fork("ministries").sample(lasting.ministries(), _MOST_MINISTRIES)
    large = [_one_name(agency) for agency in (*higher, *ministries)]
    small = chain(chance.fork("small").shuffled(fictional), _real(registry, lasting, chance))
    chosen = list(_mixed(small, chance.fork("large").shuffled(large), count))
    if count > len(chosen):
        raise ValueError(f"the registry knows {len(chosen)} agencies for these years; ask for no more than that.")
    return chosen


def _one_name(agency: Agency) -> Lineage:
    return Lineage(((FIRST_YEAR, agency),))


def _named(names: list[tuple[int, Agency]]) -> Lineage:
    """A lineage of these names, which all carry the key of the oldest."""
    key = names[0][1].key
    return Lineage(tuple((year, replace(agency, lineage=key)) for year, agency in names))


def _mixed(small: Iterator[Lineage], large: list[Lineage], count: int) -> Iterator[Lineage]:
    left = iter(large)
    for number in range(count):
        source, other = (left, small) if number % 3 == 2 else (small, left)
        found = next(source, None) or next(other, None)
        if found is None:
            return
        yield found


def _real(registry: Registry, lasting: Gazetteer, chance: Chance) -> Iterator[Lineage]:
    """Real townships in some order, a renamed one now and then."""
    codes = [code for code in lasting.townships if not code.startswith(FICTIONAL_PROVINCE)]
    moved = _recoded(registry, chance.fork("recoded"))
    for number, code in enumerate(chance.fork("real").each(codes), 1):
        if number % _RENAMED_EVERY == 0:
            renamed = next(moved, None)
            if renamed is not None:
                yield renamed
        yield _one_name(lasting.township(code))


def _renamed_alone(registry: Registry) -> list[Lineage]:
    """The townships of the fictional province whose name, or whose county's name, changed under one code."""
    ours = [region for region in registry.regions if region.region_code.startswith(FICTIONAL_PROVINCE)]
    ended = {(region.region_code, (region.valid_until or 0) + 1) for region in ours}
    changes = sorted({(r.region_code, r.valid_from) for r in ours} & ended)
    found = []
    for township in sorted({r.region_code for r in ours if len(r.region_code) == _TOWNSHIP}):
        years = sorted(year for code, year in changes if township.startswith(code))
        names = [(year, gazetteer(registry, year, year).township(township)) for year in (FIRST_YEAR, *years)]
        if years:
            found.append(_named(names))
    return found


def _recoded(registry: Registry, chance: Chance) -> Iterator[Lineage]:
    """Real townships that have another code since some year, the old one being theirs in all years before."""
    since = {region.region_code: region.valid_from for region in registry.regions}
    until = {region.region_code: region.valid_until for region in registry.regions}
    first_list = min(year for code, year in since.items() if len(code) == _TOWNSHIP)
    once = [s for s in registry.successions if len(s.old_code) == len(s.new_code) == _TOWNSHIP and s.year > first_list]
    counts = [s for s in once if since[s.old_code] == first_list and until[s.new_code] is None]
    for succession in chance.each(sorted(counts, key=lambda s: (s.new_code, s.year))):
        before = gazetteer(registry, FIRST_YEAR, succession.year - 1)
        after = gazetteer(registry, succession.year, LAST_YEAR)
        names = _before_and_after(before, after, succession)
        if names is not None:
            yield _named(names)


def _before_and_after(before: Gazetteer, after: Gazetteer, succession: Succession) -> list[tuple[int, Agency]] | None:
    if not (before.known(succession.old_code) and after.known(succession.new_code)):
        return None
    return [(FIRST_YEAR, before.township(succession.old_code)), (succession.year, after.township(succession.new_code))]


def mergers(registry: Registry) -> set[tuple[str, int, int]]:
    """Where and since when a division is listed no more and none follows it: the region above, length of code, year."""
    named = {(region.region_code, region.valid_from) for region in registry.regions}
    named |= {(succession.old_code, succession.year) for succession in registry.successions}
    return {
        (above(region.region_code), len(region.region_code), region.valid_until + 1)
        for region in registry.regions
        if region.valid_until is not None and (region.region_code, region.valid_until + 1) not in named
    }


def above(code: str) -> str:
    """The code of the region above."""
    return code[:6] if len(code) == _TOWNSHIP else code[:-2]
