"""A draft printed in its format, and what is true of the print."""

from __future__ import annotations

import hashlib

from orchestration.registry.model import Registry
from orchestration.specimens.chance import Chance
from orchestration.specimens.consequences import contradictions
from orchestration.specimens.html_format import WebPage
from orchestration.specimens.marks import Marks, places, without
from orchestration.specimens.model import Draft, Format
from orchestration.specimens.office_formats import docx, odt
from orchestration.specimens.pages import Pages
from orchestration.specimens.pdf_format import PrintedPages
from orchestration.specimens.phrases import Filler
from orchestration.specimens.printing import Cells
from orchestration.specimens.text_format import TextPrinter
from orchestration.specimens.truth import Place, Specimen


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
    digest = hashlib.sha256(f"{draft.agency.key} {draft.year}".encode()).hexdigest()
    return Specimen(
        name=f"{draft.number:05}_{draft.year}_{digest[:8]}.{written_as}",
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
