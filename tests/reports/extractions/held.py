"""What a document was read as, held against what its grids print: for the tests of the forms of 2019 and 2021."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.extractions.cells import TableReading, read_tables
from orchestration.reports.extractions.model import Reading
from orchestration.reports.extractions.numbers import parse_value

from . import spread
from .spread import Grid

Key = tuple[str, str]
FORMS = ("national_2019", "national_2021")
YEARS = {"national_2019": 2019, "national_2021": 2022}


def read_document(registry: Registry, document: Document, form: str) -> TableReading:
    reading = read_tables(document, registry.templates[form], registry)
    for one in reading.readings:
        assert (one.value_text or "") == document.text[one.char_start : one.char_end]
        assert set(one.issue_codes) <= registry.issue_codes.keys()
    assert set(reading.issue_codes) <= registry.issue_codes.keys()
    return reading


def read_grids(registry: Registry, grids: Sequence[Grid], form: str) -> TableReading:
    return read_document(registry, spread.document(grids), form)


def said(reading: TableReading) -> dict[Key, tuple[str, float | None]]:
    found: dict[Key, tuple[str, float | None]] = {}
    for one in reading.readings:
        if one.value_status != "not_applicable":
            assert one.cell_id
            assert (one.cell_id, one.applicant_type) not in found
            found[one.cell_id, one.applicant_type] = (one.value_status, one.value)
    return found


def truth(grids: Sequence[Grid]) -> dict[Key, tuple[str, float | None]]:
    parsed = {key: parse_value(text) for key, text in spread.held(grids).items()}
    return {key: (value.status, value.value) for key, value in parsed.items()}


def wrong(reading: TableReading, grids: Sequence[Grid]) -> list[tuple[Reading, tuple[str, float | None] | None]]:
    """The readings that say a figure, or a blank, other than the printed one, and carry no issue."""
    true = truth(grids)
    return [
        (one, true.get((one.cell_id or "", one.applicant_type)))
        for one in reading.readings
        if not one.issue_codes and (one.value_status, one.value) != true.get((one.cell_id or "", one.applicant_type))
    ]
