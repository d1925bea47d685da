"""Reports in two files: the prose in one, its table in another, side by side or in one archive.

The truth of both stands under the name of the file with the prose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from orchestration.registry.model import Registry
from orchestration.specimens.chance import Chance
from orchestration.specimens.consequences import contradictions
from orchestration.specimens.finish import finish
from orchestration.specimens.marks import Marks, without
from orchestration.specimens.model import Draft, Format
from orchestration.specimens.office_formats import docx, odt, zipped
from orchestration.specimens.pages import Pages
from orchestration.specimens.phrases import Filler
from orchestration.specimens.printing import Cells
from orchestration.specimens.text_format import TextPrinter
from orchestration.specimens.truth import Place, Specimen

_ADDED = ("附表", "统计表", "（附表）", "-附件1", "附件：政府信息公开情况统计表")
"""What people add to the name of a report to name its table."""
_NAMES_IN_ARCHIVES = ("统计表", "附件", "政府信息公开情况统计表")
"""The names of tables that lie alone with their report."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A report in two files: what is true of it, and the bytes of its files by name."""

    specimen: Specimen
    files: Mapping[str, bytes]


def bundled(draft: Draft, registry: Registry, chance: Chance, written_as: Format) -> Bundle | None:
    """The report with its table in a file of its own; None where it has no table that stands apart."""
    if draft.form is None:
        return None
    prose = finish(replace(draft, form=None), registry, chance, written_as)
    kind: Format = "txt" if written_as == "txt" else chance.fork("attachment").pick(("docx", "odt"))
    table, cells = _table(draft, registry, chance.fork("table"), kind)
    seen = contradictions(draft, [claim for claim, _ in prose.claims], registry)
    planted = [(rule, fault.detail, True) for fault in draft.planted for rule in fault.rules]
    known = {rule for rule, _, _ in planted}
    stem = prose.name.rpartition(".")[0]
    files, attached = _filed(stem, {prose.name: prose.content}, table, kind, chance)
    specimen = replace(
        prose,
        draft=draft,
        cells=cells,
        cell_places=dict.fromkeys(cells, Place()),
        findings=(*planted, *((s.rule_id, s.detail, s.graded) for s in seen if s.rule_id not in known)),
        attached=attached,
    )
    return Bundle(specimen, files)


def _filed(
    stem: str, prose: Mapping[str, bytes], table: bytes, kind: Format, chance: Chance
) -> tuple[Mapping[str, bytes], str]:
    """The files by name, and the address of the table: side by side, or both in one archive."""
    named = chance.fork("name")
    if chance.fork("archive").happens(0.4):
        name = f"{named.pick((f'{stem}附表', *_NAMES_IN_ARCHIVES))}.{kind}"
        return {f"{stem}.zip": zipped({**prose, name: table})}, f"{stem}.zip!/{name}"
    name = f"{stem}{named.pick(_ADDED)}.{kind}"
    return {**prose, name: table}, name


def _table(draft: Draft, registry: Registry, chance: Chance, kind: Format) -> tuple[bytes, Cells]:
    """The bytes of a document that holds the table alone, and its marked cells."""
    marks = Marks()
    filler = Filler(draft, marks, chance, lambda code: registry.indicators[code].unit)
    if kind == "txt":
        printer = TextPrinter(draft, filler, marks, chance)
        return without(printer.table_text()).encode(), printer.cells
    pages = Pages(draft, filler, marks, chance)
    pieces = pages.table()
    return (docx if kind == "docx" else odt)(pieces), pages.cells
