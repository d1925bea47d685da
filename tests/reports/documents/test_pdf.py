"""PDFs of our own making: words, prose, furniture, places, and files that cannot be read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.reports.documents.model import Document, Paragraph, Span
from orchestration.reports.documents.read import read
from tests.reports.documents.pdf_made import HEIGHT, WIDTH, Sheet, made_pdf

# Lines of a text that fill the width between its margins, 72 and 523 points.
_FULL = "本机关按照要求做好政府信息公开工作并不断完善制度建设和平台建设并加强监督保障和培训" + "工"


def _read(*sheets: Sheet) -> Document:
    return read(made_pdf(*sheets), "made.pdf")


def _said(document: Document, role: str) -> list[str]:
    return [
        "".join(document.text[span.start : span.end] for span in block.spans)
        for block in document.blocks
        if isinstance(block, Paragraph) and block.role == role
    ]


def _cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for table in document.tables for row in table.rows]


def test_words_have_a_page_and_a_box_from_the_top_left() -> None:
    document = _read(Sheet().words(100, 50, "前言"), Sheet().words(100, 200, "全年主动公开信息36条。", size=12))
    start = document.text.index("36")
    place = document.place(Span(start, start + 2))
    assert (place.line, place.page) == (None, 2)
    assert place.box == pytest.approx((196, 200, 208, 212), abs=1.5)


def test_a_turned_page_is_read_upright_and_its_places_are_as_shown() -> None:
    turned = Sheet(rotate=90).turned_words("0 1 -1 0 110 100", "信息36条", size=12)
    document = _read(turned)
    assert document.text == "信息36条\n"
    place = document.place(Span(0, 1))
    assert place.box == pytest.approx((100, 100, 112, 112), abs=2)


def test_words_set_sideways_on_an_upright_page_keep_their_place_on_it() -> None:
    document = _read(Sheet().turned_words("0 1 -1 0 110 100", "信息36条", size=12))
    assert document.text == "信息36条\n"
    assert document.place(Span(0, 1)).box == pytest.approx((100, HEIGHT - 112, 112, HEIGHT - 100), abs=2)


def test_a_watermark_that_leans_is_no_text() -> None:
    sheet = Sheet().words(100, 100, "全年公开信息36条。").turned_words("0.7 0.7 -0.7 0.7 100 500", "内部资料", 40)
    assert _read(sheet).text == "全年公开信息36条。\n"


def test_radicals_are_read_as_characters_where_they_stand() -> None:
    sheet = Sheet().words(100, 100, "⼯作⼈员", size=12, font="F2").words(100, 130, "⼀是", size=12, font="F2")
    document = _read(sheet)
    assert document.folded.split() == ["工作人员", "一是"]
    assert document.place(Span(2, 3)).box == pytest.approx((124, 100, 136, 112), abs=1.5)


def test_words_printed_twice_to_look_bold_are_read_once() -> None:
    sheet = Sheet().words(100, 100, "总体情况").words(100.4, 100, "总体情况")
    assert _read(sheet).text == "总体情况\n"


def test_lines_of_a_paragraph_are_joined_over_lines_and_pages() -> None:
    first, second = Sheet(), Sheet()
    first.words(94, 600, _FULL[:41]).words(72, 620, _FULL + "政").words(72, 640, _FULL + "府")
    second.words(72, 80, "信息36条。").words(94, 100, "二是加强培训。")
    document = _read(first, second)
    assert _said(document, "prose") == [_FULL[:41] + _FULL + "政" + _FULL + "府信息36条。", "二是加强培训。"]


def test_a_line_before_a_number_that_would_not_have_fitted_is_full() -> None:
    sheet = Sheet().words(94, 600, _FULL[:41]).words(72, 620, _FULL + "政").words(72, 640, _FULL[:-3] + "占")
    sheet.words(72, 660, "24.00%；另有3条。").words(72, 680, "2022年另起一段。")
    assert _said(_read(sheet), "prose") == [
        f"{_FULL[:41]}{_FULL}政{_FULL[:-3]}占24.00%；另有3条。",
        "2022年另起一段。",
    ]


def test_a_title_in_the_middle_is_one_heading() -> None:
    sheet = Sheet().words(188, 80, "临溪区人民政府办公室", 22).words(177, 120, "2023年政府信息公开年报", 22)
    sheet.words(94, 200, _FULL[:41]).words(72, 220, _FULL + "政").words(72, 240, "完。")
    assert _said(_read(sheet), "heading") == ["临溪区人民政府办公室2023年政府信息公开年报"]


def test_running_heads_and_page_numbers_are_noise() -> None:
    sheets = [
        Sheet().words(72, 30, f"临溪区年度报告 第{n}期").words(72, 300, f"第{word}段文字。").words(290, 800, f"- {n} -")
        for n, word in enumerate("甲乙丙", 1)
    ]
    document = _read(*sheets)
    assert _said(document, "prose") == ["第甲段文字。", "第乙段文字。", "第丙段文字。"]
    assert len(_said(document, "noise")) == 6


def test_a_lone_number_inside_the_page_is_no_page_number() -> None:
    assert _said(_read(Sheet().words(290, 400, "36")), "noise") == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4\n%%EOF", "unreadable_pdf"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "unreadable_pdf"),
        (made_pdf(Sheet().words(100, 100, "信息"), password="1234"), "locked_pdf"),
        (made_pdf(Sheet().picture(0, 0, WIDTH, HEIGHT)), "scanned_document"),
        (made_pdf(Sheet().words(72, 100, "".join(map(chr, range(0x1000, 0x1020))), font="F2")), "scanned_document"),
        (made_pdf(Sheet()), "empty_file"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    document = read(data, "bad.pdf")
    assert document.issue_codes == (code,)
    assert (document.media_type, document.text, document.blocks) == ("application/pdf", "", ())


def test_a_scan_among_pages_of_text_is_noted() -> None:
    document = _read(Sheet().words(100, 100, "信息36条。"), Sheet().picture(0, 0, WIDTH, HEIGHT).words(290, 800, "2"))
    assert document.issue_codes == ("scanned_page",)
    assert _said(document, "prose") == ["信息36条。"]


def test_a_picture_beside_text_is_no_scan() -> None:
    sheet = Sheet().picture(0, 0, WIDTH, HEIGHT).words(100, 100, "全年主动公开政府信息36条。")
    assert _read(sheet).issue_codes == ()


def test_bytes_before_the_signature_do_not_hide_a_pdf() -> None:
    assert read(b"\r\n\xef\xbb\xbf" + made_pdf(Sheet().words(100, 100, "信息")), "x.txt").text == "信息\n"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_damaged_bytes_never_raise(seed: int, count: int) -> None:
    data = bytearray(made_pdf(Sheet().table(100, [72, 200, 300], [["规章", "0"], ["文件", "5"]])))
    for step in range(count):
        data[(seed * (step + 1) * 7919) % len(data)] = (seed + step * 31) % 256
    document = read(bytes(data), "damaged.pdf")
    if document.again:
        document.again(frozenset({1}))


def test_pages_read_again_with_care_say_the_same() -> None:
    sheet = Sheet().words(72, 60, "二、主动公开政府信息情况")
    sheet.table(100, [72, 200, 300], [["信息内容", "本年制发件数"], ["规章", "0"], ["文件", "5"]])
    document = _read(sheet, Sheet().words(72, 80, "五、存在的主要问题"))
    assert document.again is not None
    careful = document.again(frozenset({1}))
    assert careful.text == document.text
    assert _cells(careful) == _cells(document) == [["信息内容", "本年制发件数"], ["规章", "0"], ["文件", "5"]]
    cell = careful.tables[0].rows[2][1]
    box, careful_box = document.place(cell.span).box, careful.place(cell.span).box
    assert box is not None
    assert careful_box == pytest.approx(box, abs=2)
    assert document.document_id == careful.document_id


def test_the_real_report_has_all_its_figures(shared: Path) -> None:
    document = read((shared / "reports" / "hongze_district_2023.pdf").read_bytes(), "hongze_district_2023.pdf")
    with (shared / "gold" / "readings.csv").open(encoding="utf-8", newline="") as lines:
        gold = [row for row in csv.DictReader(lines) if row["document"] == "hongze_district_2023.pdf"]
    figures = [cell.text for table in document.tables for row in table.rows for cell in row]
    wanted = sorted(float(row["value"]) for row in gold if row["source_kind"] == "table")
    assert sorted(float(text) for text in figures if text.replace(".", "").isdigit()) == wanted
    assert [len(table.rows) for table in document.tables] == [14, 26, 4]
    assert all(document.place(cell.span).box for table in document.tables for row in table.rows for cell in row)
