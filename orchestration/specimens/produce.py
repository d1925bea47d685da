"""Specimens from years, a number of agencies and a seed: the same arguments give the same bytes on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from orchestration.registry.model import Registry
from orchestration.specimens.agencies import FICTIONAL_PROVINCE, cast
from orchestration.specimens.chance import Chance
from orchestration.specimens.compose import draft_report, template_for
from orchestration.specimens.consequences import contradictions
from orchestration.specimens.faults import plant
from orchestration.specimens.marks import Marks, places, without
from orchestration.specimens.model import Draft
from orchestration.specimens.phrases import Filler
from orchestration.specimens.text_format import TextPrinter
from orchestration.specimens.truth import Specimen, write_truth

Damage = Literal["none", "some", "all"]
# The forms of later years are not written yet.
FIRST_YEAR, LAST_YEAR = 2008, 2018
_MOST_FAULTS = 3


def write_specimens(
    registry: Registry, years: Sequence[int], agencies: int, seed: int, folder: Path, damage: Damage = "some"
) -> int:
    """Write folder/reports/* and folder/truth/*.csv; returns how many reports. Raises ValueError for a wrong wish."""
    made = list(specimens(registry, years, agencies, seed, damage))
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    for specimen in made:
        (reports / specimen.name).write_bytes(specimen.content)
    write_truth(made, registry, folder / "truth")
    return len(made)


def specimens(
    registry: Registry, years: Sequence[int], agencies: int, seed: int, damage: Damage = "some"
) -> Iterator[Specimen]:
    """One specimen for each agency and year, in that order."""
    beyond = [year for year in years if not FIRST_YEAR <= year <= LAST_YEAR]
    if beyond or not years:
        raise ValueError(f"specimens are written for {FIRST_YEAR} to {LAST_YEAR}; ask for years among these.")
    root = Chance("specimens", seed)
    number = 0
    for agency in cast(registry, years, agencies, root.fork("cast")):
        fictional = agency.region_code.startswith(FICTIONAL_PROVINCE)
        for year in years:
            number += 1
            chance = root.fork(agency.name, agency.region_code, year)
            template_id = template_for(agency, year, fictional, chance.fork("template"))
            draft = draft_report(number, agency, year, template_id, registry, root)
            if damage == "all" or (damage == "some" and chance.fork("damaged").happens(0.5)):
                plant(draft, registry, chance.fork("faults"), _MOST_FAULTS)
            yield finish(draft, registry, chance.fork("print"))


def finish(draft: Draft, registry: Registry, chance: Chance) -> Specimen:
    """Print a draft and take down what is true of the print."""
    marks = Marks()
    filler = Filler(draft, marks, chance.fork("words"), lambda code: registry.indicators[code].unit)
    printer = TextPrinter(draft, filler, marks, chance.fork("page"))
    marked = printer.text()
    lines = {mark: line for mark, line, _ in places(marked)}
    claims = tuple((claim, lines[mark]) for mark, claim in filler.claims.items())
    seen = contradictions(draft, [claim for claim, _ in claims], registry)
    planted = [(rule, fault.detail, True) for fault in draft.planted for rule in fault.rules]
    known = {rule for rule, _, _ in planted}
    findings = [*planted, *((s.rule_id, s.detail, s.graded) for s in seen if s.rule_id not in known)]
    digest = hashlib.sha256(f"{draft.agency.region_code} {draft.agency.name} {draft.year}".encode()).hexdigest()
    return Specimen(
        name=f"{draft.number:04}_{digest[:12]}.txt",
        content=without(marked).encode("utf-8"),
        draft=draft,
        claims=claims,
        cells=printer.cells,
        cell_lines={mark: lines[mark] for mark in printer.cells},
        findings=tuple(findings),
    )
