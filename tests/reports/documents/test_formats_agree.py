"""The same report in every format and make of page is the same figures of the same agency and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents import text
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.extractions.model import Extraction
from tests.reports.documents import report
from tests.reports.documents.spanned import (
    Merged,
    applications,
    disclosures,
    disputes,
    open_lines,
    web_table,
    word_lines,
)
from tests.reports.extractions.printed import NATIONAL_HEADER, cells_of, form


def rows(registry: Registry) -> list[list[str]]:
    return [list(NATIONAL_HEADER), *map(cells_of, form(registry.templates["national_2014"]))]


def figures(found: Extraction) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            r.source_kind,
            r.cell_id,
            r.applicant_type,
            r.indicator_code,
            r.category,
            r.value,
            r.value_status,
            r.unit,
            r.unit_text,
            r.period_basis,
            r.value_text,
        )
        for r in found.readings
    )


@pytest.fixture(scope="module")
def as_text(registry: Registry) -> Extraction:
    found = extract(read(report.text(rows(registry)), "report.txt"), registry)
    assert found.identity.report_year == 2016
    assert sum(reading.source_kind == "table" for reading in found.readings) > 50
    assert sum(reading.source_kind == "narrative" for reading in found.readings) >= 4
    return found


@pytest.mark.parametrize("make", [*report.PAGES, report.docx, report.odt], ids=lambda make: make.__name__)
def test_every_make_gives_the_same_figures(
    make: Callable[[report.Rows], bytes], as_text: Extraction, registry: Registry
) -> None:
    document = read(make(rows(registry)), "report")
    found = extract(document, registry)
    assert figures(found) == figures(as_text)
    assert found.identity.agency_key == as_text.identity.agency_key
    assert found.identity.title == as_text.identity.title
    assert (found.identity.period_start, found.identity.signed_on) == (
        as_text.identity.period_start,
        as_text.identity.signed_on,
    )
    for reading in found.readings:
        assert document.text[reading.char_start : reading.char_end] == (reading.value_text or "")


def of_2021(words: str) -> str:
    return words.replace("2016", "2021").replace("2017", "2022")


@pytest.fixture(scope="module")
def tables() -> list[list[list[Merged]]]:
    return [disclosures(), applications(), disputes()]


@pytest.fixture(scope="module")
def matrix_page(tables: list[list[list[Merged]]], registry: Registry) -> Extraction:
    words = [of_2021(words) for words in (report.TITLE, *report.PROSE)]
    markup = "".join(f"<p>{line}</p>" for line in words) + "<p>下表</p>".join(map(web_table, tables))
    found = extract(read(f"<html><body>{markup}</body></html>".encode(), "page"), registry)
    assert (found.template_id, found.identity.report_year) == ("national_2021", 2021)
    return found


def test_the_matrix_of_2021_is_read_whole_from_a_page(
    tables: list[list[list[Merged]]], matrix_page: Extraction
) -> None:
    readings = [r for r in matrix_page.readings if r.source_kind == "table"]
    printed = [cell.words for cell in (c for table in tables for row in table for c in row) if cell.words.isdigit()]
    assert sorted(r.value_text for r in readings if r.value_text) == sorted(printed)
    assert sum(r.value_status == "blank" for r in readings) == sum(
        not c.words for t in tables for row in t for c in row
    )


def test_the_matrix_of_2021_is_the_same_in_every_format(
    tables: list[list[list[Merged]]], matrix_page: Extraction, registry: Registry
) -> None:
    words = [of_2021(words) for words in (report.TITLE, *report.PROSE)]
    docx = "".join(report.paragraph(report.run(line)) for line in words)
    docx += report.paragraph(report.run("下表")).join(map(word_lines, tables))
    odt = "".join(f"<text:p>{line}</text:p>" for line in words) + "<text:p>下表</text:p>".join(map(open_lines, tables))
    for data in (report.word_file(docx), report.open_file(odt)):
        found = extract(read(data, "report"), registry)
        assert figures(found) == figures(matrix_page)


def test_a_page_converted_by_a_mirror_gives_the_same_figures(as_text: Extraction, registry: Registry) -> None:
    pairs = Path(text.__file__).with_name("traditional.txt").read_text(encoding="utf-8").split("\n")
    to_traditional = str.maketrans({plain: form for form, plain in zip(pairs[0], pairs[1], strict=True)})
    converted = report.plain(rows(registry)).decode().translate(to_traditional)
    converted = converted.replace("報", "報(bào)").replace("開", "開（kāi）").replace("，", ",,")
    assert "條" in converted
    found = extract(read(converted.encode(), "page"), registry)
    facts = [
        Counter((r.source_kind, r.cell_id, r.indicator_code, r.value, r.value_status) for r in made.readings)
        for made in (found, as_text)
    ]
    assert facts[0] == facts[1]
    assert found.identity.agency_key == as_text.identity.agency_key
    assert found.identity.report_year == 2016
