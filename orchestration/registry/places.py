"""regions.csv, successions.csv and vintages.csv: the rows as values, and what they say about each other.

Apart from the other tables because these have tens of thousands of rows: written to be quick.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from orchestration.registry.entries import Entry
from orchestration.registry.faults import Faults
from orchestration.registry.model import Region, Succession, Vintage
from orchestration.registry.spans import overlapping
from orchestration.registry.tables import FIRST_YEAR, LAST_YEAR, Row

REGION_SHAPES = {2: ("province", 0), 4: ("prefecture", 2), 6: ("county", 4), 9: ("township", 6)}
"""By the digits of a code: its level, and how many of them name the region above."""


def regions(file: str, records: Iterable[list[str] | None], faults: Faults) -> list[Region | None]:
    """regions.csv in order, None where a row is faulty: the first stands for line 2."""
    found: list[Region | None] = []
    years: dict[tuple[str, str], tuple[int, int | None] | None] = {}
    for line, fields in enumerate(records, 2):
        region = None
        if fields is not None:
            code, name, first, last = fields
            if (first, last) not in years:
                years[first, last] = _span(first, last)
            span, shape = years[first, last], REGION_SHAPES.get(len(code))
            if shape is None or not code.isdigit():
                faults.at(file, line, f"region_code {code!r} has not 2, 4, 6 or 9 digits.")
            elif span is None:
                faults.at(file, line, f"valid_from {first!r} to valid_until {last!r} are not years in order.")
            elif not name:
                faults.at(file, line, "region_name is empty.")
            else:
                region = Region(code, name, shape[0], code[: shape[1]] or None, span[0], span[1])
        found.append(region)
    return found


def _span(first: str, last: str) -> tuple[int, int | None] | None:
    """The years of a validity, or None where they are none."""
    if not first.isdigit() or not (last.isdigit() or last == ""):
        return None
    start, end = int(first), int(last) if last else None
    return (start, end) if FIRST_YEAR <= start <= (LAST_YEAR if end is None else min(end, LAST_YEAR)) else None


def successions(rows: Iterable[Row]) -> list[Entry[Succession]]:
    """successions.csv."""
    return [Entry(Succession(row.text("old_code"), row.text("new_code"), row.year("year")), row) for row in rows]


def vintages(rows: Iterable[Row]) -> list[Entry[Vintage]]:
    """vintages.csv."""
    return [
        Entry(Vintage(row.year("year"), row.text("package"), row.text("version"), row.optional("revision")), row)
        for row in rows
    ]


def check_regions(file: str, regions: Sequence[Region | None], faults: Faults) -> None:
    """Every region lies in a known one; versions of one code have no year in common. The first stands at line 2."""
    count = Counter([region.region_code for region in regions if region])
    versions: dict[str, list[tuple[int, int | None, int]]] = {code: [] for code, times in count.items() if times > 1}
    for line, region in enumerate(regions, 2):
        if region is None:
            continue
        if region.parent_region_code is not None and region.parent_region_code not in count:
            faults.at(file, line, f"{region.region_code} lies in {region.parent_region_code}, which is no region.")
        if region.region_code in versions:
            versions[region.region_code].append((region.valid_from, region.valid_until, line))
    for code, spans in versions.items():
        for later, before in overlapping(spans):
            faults.at(file, later, f"{code} holds in years in which line {before} holds too.")


def check_successions(successions: Sequence[Entry[Succession]], regions: Iterable[Region | None]) -> None:
    """What is followed holds to the year before, what follows it from that year on; one follows one."""
    named = {code for entry in successions for code in (entry.value.old_code, entry.value.new_code)}
    starts, ends = defaultdict(set), defaultdict(set)
    for region in regions:
        if region is not None and region.region_code in named:
            starts[region.region_code].add(region.valid_from)
            ends[region.region_code].add(region.valid_until)
    followed: dict[tuple[str, int], Row] = {}
    for entry in successions:
        value, row = entry.value, entry.row
        if value.year - 1 not in ends[value.old_code]:
            row.fault(f"no name of {value.old_code} ends in {value.year - 1}.")
        if value.year not in starts[value.new_code]:
            row.fault(f"no name of {value.new_code} begins in {value.year}.")
        before = followed.setdefault((value.new_code, value.year), row)
        if before is not row:
            row.fault(f"{value.new_code} already follows another at line {before.line}.")
