"""A page whose arithmetic fails is read again, and the better reading is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.pdf import careful
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract_once, settle
from orchestration.reports.rereading import doubtful_pages
from tests.reports.documents.pdf_made import Sheet, made_pdf


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


def _settled_over(pages: list[frozenset[int]], document: Document, registry: Registry) -> tuple[Document, object]:
    def again(asked: frozenset[int]) -> Document:
        pages.append(asked)
        return document

    return settle(replace(document, again=again), registry)


def test_a_page_is_asked_for_again_once_and_the_same_answer_changes_nothing(shared: Path, registry: Registry) -> None:
    path = shared / "reports" / "hongze_district_2023.pdf"
    document = read(path.read_bytes(), path.name)
    asked: list[frozenset[int]] = []
    _settled_over(asked, document, registry)
    assert asked == [doubtful_pages(extract_once(document, registry), registry)]


def test_a_page_that_no_reader_could_read_otherwise_is_not_read_twice(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared / "reports" / "hongze_district_2023.pdf"
    document = read(path.read_bytes(), path.name)
    monkeypatch.setattr(careful, "read_carefully", _refused)
    assert document.again is not None
    assert document.again(frozenset({4})).blocks == document.blocks


def test_a_page_with_figures_over_each_other_is_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet().table(100, [72, 200, 300], [["规章", "18"], ["文件", "5"]]).words(205, 104, "21")
    document = read(made_pdf(sheet), "made.pdf")
    monkeypatch.setattr(careful, "read_carefully", _refused)
    assert document.again is not None
    with pytest.raises(AssertionError):
        document.again(frozenset({1}))


def _refused(data: bytes, numbers: frozenset[int]) -> NoReturn:
    raise AssertionError(numbers)
