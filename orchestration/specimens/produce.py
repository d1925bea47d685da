"""Specimens from years, a number of agencies and a seed: the same arguments give the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestration.registry.model import Registry
from orchestration.specimens.bundles import bundled
from orchestration.specimens.chance import Chance
from orchestration.specimens.compose import draft_report, template_for
from orchestration.specimens.course import FIRST_YEAR
from orchestration.specimens.faults import plant
from orchestration.specimens.finish import finish
from orchestration.specimens.lineages import LAST_YEAR, Lineage, cast
from orchestration.specimens.model import Draft, Format
from orchestration.specimens.truth import Specimen, write_truth

Damage = Literal["none", "some", "all"]
_MOST_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Filed:
    """A specimen and the bytes of its files by name: one file, unless its table stands in a file of its own."""

    specimen: Specimen
    files: Mapping[str, bytes]


def write_specimens(
    registry: Registry,
    years: Sequence[int],
    agencies: int,
    seed: int,
    folder: Path,
    damage: Damage = "some",
    formats: Sequence[Format] = ("txt",),
    bundles: float = 0,
) -> int:
    """Write folder/reports/* and folder/truth/*.csv; returns how many reports. Raises ValueError for a wrong wish."""
    made = list(filed(registry, years, agencies, seed, damage, formats, bundles))
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    for each in made:
        for name, content in each.files.items():
            (reports / name).write_bytes(content)
    write_truth([each.specimen for each in made], registry, folder / "truth")
    return len(made)


def specimens(
    registry: Registry,
    years: Sequence[int],
    agencies: int,
    seed: int,
    damage: Damage = "some",
    formats: Sequence[Format] = ("txt",),
) -> Iterator[Specimen]:
    """One specimen for each agency and year, in that order, in one of the formats.

    What a report says follows from the agency, the year and the seed, whatever other years or agencies are asked for.
    """
    return (each.specimen for each in filed(registry, years, agencies, seed, damage, formats, 0))


def filed(
    registry: Registry,
    years: Sequence[int],
    agencies: int,
    seed: int,
    damage: Damage,
    formats: Sequence[Format],
    bundles: float,
) -> Iterator[Filed]:
    """The specimens with their files; of those whose table stands apart, this share has it in a file of its own."""
    known_years(years)
    root = Chance("specimens", seed)
    for place, lineage in enumerate(cast(registry, agencies, root.fork("cast")), 1):
        for year in years:
            chance = root.fork(lineage.key, year)
            draft, written_as = drafted(registry, root, lineage, year, place, formats)
            if damage == "all" or (damage == "some" and chance.fork("damaged").happens(0.5)):
                plant(draft, registry, chance.fork("faults"), _MOST_FAULTS)
            apart = chance.fork("bundle").happens(bundles)
            bundle = bundled(draft, registry, chance.fork("print"), written_as) if apart else None
            if bundle is not None:
                yield Filed(bundle.specimen, bundle.files)
                continue
            specimen = finish(draft, registry, chance.fork("print"), written_as)
            yield Filed(specimen, {specimen.name: specimen.content})


def known_years(years: Sequence[int]) -> None:
    """Raises ValueError where no specimens are written for one of these years, or none is asked for."""
    beyond = [year for year in years if not FIRST_YEAR <= year <= LAST_YEAR]
    if beyond or not years:
        raise ValueError(f"specimens are written for {FIRST_YEAR} to {LAST_YEAR}; ask for years among these.")


def drafted(
    registry: Registry, root: Chance, lineage: Lineage, year: int, place: int, formats: Sequence[Format]
) -> tuple[Draft, Format]:
    """The sound report of one agency on one year, and the format it is written in; `place` is that in the cast."""
    template_id = template_for(lineage, year, root)
    written_as = root.fork(lineage.key, year, "format").pick(formats)
    number = place * (LAST_YEAR - FIRST_YEAR + 1) + year - FIRST_YEAR
    return draft_report(number, lineage.agency(year), year, template_id, registry, root, written_as), written_as
