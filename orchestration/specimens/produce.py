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
from orchestration.specimens.html_format import WebPage
from orchestration.specimens.marks import Marks, places, without
from orchestration.specimens.model import Draft, Format
from orchestration.specimens.office_formats import docx, odt
from orchestration.specimens.pages import Pages
from orchestration.specimens.pdf_format import PrintedPages
from orchestration.specimens.phrases import Filler
from orchestration.specimens.printing import Cells
from orchestration.specimens.text_format import TextPrinter
from orchestration.specimens.truth import Place, Specimen, write_truth

Damage = Literal["none", "some", "all"]
FIRST_YEAR, LAST_YEAR = 2008, 2025
_MOST_FAULTS = 3


def write_specimens(
    registry: Registry,
    years: Sequence[int],
    agencies: int,
    seed: int,
    folder: Path,
    damage: Damage = "some",
    formats: Sequence[Format] = ("txt",),
) -> int:
    """Write folder/reports/* and folder/truth/*.csv; returns how many reports. Raises ValueError for a wrong wish."""
    made = list(specimens(registry, years, agencies, seed, damage, formats))
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    for specimen in made:
        (reports / specimen.name).write_bytes(specimen.content)
    write_truth(made, registry, folder / "truth")
    return len(made)


def specimens(
    registry: Registry,
    years: Sequence[int],
    agencies: int,
    seed: int,
    damage: Damage = "some",
    formats: Sequence[Format] = ("txt",),
) -> Iterator[Specimen]:
    """One specimen for each agency and year, in that order, in one of the formats."""
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
            written_as = chance.fork("format").pick(formats)
            draft = draft_report(number, agency, year, template_id, registry, root, written_as)
            if damage == "all" or (damage == "some" and chance.fork("damaged").happens(0.5)):
                plant(draft, registry, chance.fork("faults"), _MOST_FAULTS)
            yield finish(draft, registry, chance.fork("print"), written_as)


def finish(draft: Draft, registry: Registry, chance: Chance, written_as: Format = "txt") -> Specimen:
    """Print a draft and take down what is true of the print."""
    marks = Marks()
    filler = Filler(draft, marks, chance.fork("words"), lambda code: registry.indicators[code].unit)
    content, cells, where = _printed(draft, filler, marks, chance.fork("page"), written_as)
    claims = tuple((claim, where.get(mark, Place())) for mark, claim in filler.claims.items())
    seen = contradictions(draft, [claim for claim, _ in claims], registry)
    planted = [(rule, fault.detail, True) for fault in draft.planted for rule in fault.rules]
    known = {rule for rule, _, _ in planted}
    findings = [*planted, *((s.rule_id, s.detail, s.graded) for s in seen if s.rule_id not in known)]
    digest = hashlib.sha256(f"{draft.agency.region_code} {draft.agency.name} {draft.year}".encode()).hexdigest()
    return Specimen(
        name=f"{draft.number:04}_{digest[:12]}.{written_as}",
        content=content,
        draft=draft,
        claims=claims,
        cells=cells,
        cell_places={mark: where.get(mark, Place()) for mark in cells},
        findings=tuple(findings),
    )


def _printed(
    draft: Draft, filler: Filler, marks: Marks, chance: Chance, written_as: Format
) -> tuple[bytes, Cells, dict[str, Place]]:
    """The document, its marked cells, and where the marks stand if the format has places."""
    if written_as == "txt":
        printer = TextPrinter(draft, filler, marks, chance)
        marked = printer.text()
        return without(marked).encode(), printer.cells, {m: Place(line=line) for m, line, _ in places(marked)}
    pages = Pages(draft, filler, marks, chance)
    pieces = pages.pieces()
    if written_as == "pdf":
        printed = PrintedPages(draft, chance.fork("paper"))
        content = printed.content(pieces)
        return content, pages.cells, {mark: Place(page=page) for mark, page in printed.pages.items()}
    if written_as == "html":
        return WebPage(draft, chance.fork("site")).content(pieces), pages.cells, {}
    return (docx if written_as == "docx" else odt)(pieces), pages.cells, {}
