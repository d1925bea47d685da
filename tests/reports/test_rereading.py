"""A page whose arithmetic fails is read again, and the better reading is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract_once, settle
from orchestration.reports.rereading import doubtful_pages


def test_a_source_that_contradicts_itself_is_read_twice_and_kept(shared: Path, registry: Registry) -> None:
    path = shared / "reports" / "hongze_district_2023.pdf"
    document = read(path.read_bytes(), path.name)
    first = extract_once(document, registry)
    pages = doubtful_pages(first, registry)
    assert pages
    settled, extraction = settle(document, registry)
    assert settled is document
    assert extraction == first


def test_the_careful_reading_is_taken_where_it_leaves_less_doubt(shared: Path, registry: Registry) -> None:
    path = shared / "reports" / "hongze_district_2023.pdf"
    careful = read(path.read_bytes(), path.name)
    spoiled = _without_last_table(careful)
    torn = replace(spoiled, again=lambda pages: careful)
    document, extraction = settle(torn, registry)
    asked = doubtful_pages(extract_once(spoiled, registry), registry)
    assert (document is careful) is bool(asked)
    assert len(extraction.readings) >= len(extract_once(spoiled, registry).readings)


def _without_last_table(document: Document) -> Document:
    last = document.tables[-1]
    return replace(document, blocks=tuple(block for block in document.blocks if block is not last))
