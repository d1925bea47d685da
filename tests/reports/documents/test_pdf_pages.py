"""PDFs as offices make them: columns of prose, page ends through rows, odd borders, locks, pictures, unnamed signs."""

from __future__ import annotations

import pytest

from orchestration.reports.documents.model import Document, Paragraph
from orchestration.reports.documents.pdf import careful
from orchestration.reports.documents.pdf.lines import cell_marks
from orchestration.reports.documents.pdf.marks import Glyph
from orchestration.reports.documents.read import read
from tests.reports.documents.pdf_made import HEIGHT, Sheet, made_pdf
from tests.reports.documents.test_pdf_tables import needs_font

_EDGES = [72.0, 300.0, 340.0, 380.0]
_HEAD = ["申请人情况", "自然人", "总计"]
_LEFT = "本机关按照要求做好政府信息公开工作不断完"
_RIGHT = "今后将进一步加强平台建设和监督保障以及培"


def _read(*sheets: Sheet) -> Document:
    return read(made_pdf(*sheets), "made.pdf")


def _prose(document: Document) -> list[str]:
    blocks = [block for block in document.blocks if isinstance(block, Paragraph) and block.role != "noise"]
    return ["".join(document.text[span.start : span.end] for span in block.spans) for block in blocks]


def _tables(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table.rows] for table in document.tables]


def _rows(*sheets: Sheet) -> list[list[str]]:
    (table,) = _tables(_read(*sheets))
    return table


# Columns of prose


def _two_columns(shift: float) -> Sheet:
    sheet = Sheet()
    for line in range(6):
        sheet.words(72, 100 + 20 * line, _LEFT if line < 5 else "信息36条。")
        sheet.words(310, 100 + shift + 20 * line, _RIGHT if line < 5 else "受理申请7件。")
    return sheet


@pytest.mark.parametrize("shift", [0.0, 4.0, 10.0])
@pytest.mark.parametrize("drawn", [False, True])
def test_two_columns_of_prose_are_read_one_after_the_other(shift: float, drawn: bool) -> None:
    sheet = _two_columns(shift).words(72, 60, "政府信息公开工作年度报告", 20)
    if drawn:
        sheet.table(300, _EDGES, [_HEAD, ["一、本年新收", "21", "21"]])
    document = _read(sheet)
    assert _prose(document) == [
        "政府信息公开工作年度报告",
        _LEFT * 5 + "信息36条。",
        _RIGHT * 5 + "受理申请7件。",
    ]
    assert len(document.tables) == drawn


def test_a_column_of_labels_and_one_of_figures_are_no_prose() -> None:
    sheet = Sheet()
    for line in range(6):
        sheet.words(72, 100 + 20 * line, _LEFT).words(330, 100 + 20 * line, str(line)).words(400, 100 + 20 * line, "7")
    assert [row[-2:] for row in _rows(sheet)] == [[str(line), "7"] for line in range(6)]


def test_prose_over_the_whole_page_is_left_whole() -> None:
    sheet = Sheet()
    for line in range(6):
        sheet.words(72, 100 + 20 * line, _LEFT + _RIGHT[:19] if line < 5 else "信息36条。")
    assert _prose(_read(sheet)) == [(_LEFT + _RIGHT[:19]) * 5 + "信息36条。"]


# Page ends


def test_running_heads_and_page_numbers_are_no_part_of_a_table_without_lines() -> None:
    sheets = []
    for page in range(2):
        sheet = Sheet().words(24, 20, "2024年1月5日").words(300, 20, "年度报告").words(540, 815, f"{page + 1}/2")
        for row in range(4):
            top = 80 + 20 * row if page else 700 + 20 * row
            sheet.words(72, top, "一、本年新收申请数").words(330, top, str(row)).words(430, top, str(page))
        sheets.append(sheet)
    assert [row[-3:] for row in _rows(*sheets)] == [
        ["一、本年新收申请数", str(row), str(page)] for page in range(2) for row in range(4)
    ]


def test_a_head_repeated_on_each_page_is_no_running_head() -> None:
    heads = ("指标名称", "2013年", "历年累计")
    sheets = []
    for page in range(3):
        sheet = Sheet()
        for row, words in enumerate((heads, *((f"第{page}项事务数量", str(n), str(n + 5)) for n in range(4)))):
            for x, own in zip((72, 330, 430), words, strict=True):
                sheet.words(x, 50 + 20 * row, own)
        sheets.append(sheet.words(290, 815, f"— {page + 1} —"))
    (table,) = _tables(_read(*sheets))
    assert [row[-2:] for row in table] == [list(heads[1:]), *([str(n), str(n + 5)] for _ in range(3) for n in range(4))]


def test_a_row_cut_below_a_head_that_is_printed_again_is_one_row() -> None:
    edges = [72.0, 116.0, 156.0, 196.0]
    heads = ["申请人", "自然", "总计"]
    first = Sheet().table(700, edges, [heads, ["其中:", "4", "4"]])
    second = Sheet().table(80, edges, [heads, ["1.其他", "", ""], ["2.危及", "1", "1"]])
    assert _rows(first, second)[1:] == [["其中:1.其他", "4", "4"], ["2.危及", "1", "1"]]


def test_what_may_not_begin_a_line_takes_along_the_character_before_it() -> None:
    edges = [72.0, 116.0, 156.0, 196.0]
    first = Sheet().table(700, edges, [["申请人", "自然", "总计"], ["安全", "4", "4"]])
    second = Sheet().table(80, edges, [["全、稳", "", ""], ["危及", "1", "1"]])
    assert _rows(first, second)[1:] == [["安全全、稳", "4", "4"], ["危及", "1", "1"]]


def test_the_only_row_of_a_page_may_be_the_rest_of_one() -> None:
    edges = [72.0, 116.0, 156.0, 196.0]
    sheets = [
        Sheet().table(700, edges, [["申请人", "自然", "总计"], ["2.其他", "4", "4"]]),
        Sheet().table(80, edges, [["法律法规", "", ""]]),
        Sheet().table(80, edges, [["禁止公开", "", ""], ["3.危及", "1", "1"]]),
    ]
    assert _rows(*sheets)[1:] == [["2.其他法律法规禁止公开", "4", "4"], ["3.危及", "1", "1"]]


@needs_font
def test_a_merged_label_and_a_rows_own_are_cut_at_once() -> None:
    first = Sheet().cell(72, 700, 98, 720, "(三)").cell(98, 700, 142, 720, "1.属于").cell(142, 700, 180, 720, "7")
    first.cell(72, 680, 142, 700, "合计").cell(142, 680, 180, 700, "9")
    second = Sheet().cell(72, 80, 98, 120, "不予").cell(98, 80, 142, 100, "国家秘密").cell(142, 80, 180, 100)
    second.cell(98, 100, 142, 120, "2.危及").cell(142, 100, 180, 120, "0")
    (table,) = _read(first, second).tables
    assert [[(cell.text, cell.row_span) for cell in row] for row in table.rows][1:] == [
        [("(三)不予", 2), ("1.属于国家秘密", 1), ("7", 1)],
        [("2.危及", 1), ("0", 1)],
    ]


def test_two_rows_of_figures_are_never_made_one_at_a_page_end() -> None:
    edges = [72.0, 116.0, 156.0, 196.0]
    first = Sheet().table(700, edges, [["申请人", "自然", "总计"], ["行政处罚", "4", "4"]])
    second = Sheet().table(80, edges, [["行政强制", "1", "2"], ["行政许可", "", ""]])
    assert _rows(first, second)[1:] == [["行政处罚", "4", "4"], ["行政强制", "1", "2"], ["行政许可", "", ""]]


def test_heads_that_a_page_end_cuts_are_whole() -> None:
    edges = [72.0, 96.0, 120.0, 144.0, 168.0]
    first = Sheet().table(700, edges, [["复议", "", "", ""], ["结果", "结果", "尚未", "其他"]])
    second = Sheet().table(80, edges, [["维持", "纠正", "审结", "结果"], ["1", "2", "3", "4"]])
    assert _rows(first, second)[1:] == [["结果维持", "结果纠正", "尚未审结", "其他结果"], ["1", "2", "3", "4"]]


def test_a_table_goes_on_where_the_column_of_a_merged_label_has_no_lines() -> None:
    edges = [72.0, 100.0, 200.0, 240.0, 280.0, 320.0, 360.0]
    first = Sheet().table(660, edges, [["结果", "(一)公开", "1", "2", "3", "4"], ["", "(二)部分", "1", "2", "3", "4"]])
    second = Sheet().table(80, edges[1:], [["(三)不予", "5", "6", "7", "8"], ["(四)无法", "5", "6", "7", "8"]])
    assert [row[-4:] for row in _rows(first, second)] == [["1", "2", "3", "4"]] * 2 + [["5", "6", "7", "8"]] * 2


# Lines and characters


def test_borders_of_dots_are_lines() -> None:
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.dots(72, y, 200, y)
    for x in (72, 150, 200):
        sheet.dots(x, 100, x, 140)
    sheet.words(80, 103, "规章").words(160, 123, "5").words(80, 123, "文件")
    assert _rows(sheet) == [["规章", ""], ["文件", "5"]]


def test_boxes_with_rounded_corners_are_cells() -> None:
    sheet, edges = Sheet(), (72.0, 150.0, 200.0)
    rows = [[f"第{row}项", "" if row % 2 else str(row)] for row in range(20)]
    for row, words in enumerate(rows):
        for column, text in enumerate(words):
            sheet.rounded(edges[column], 100 + 20 * row, edges[column + 1], 120 + 20 * row)
            sheet.words(edges[column] + 3, 104 + 20 * row, text, size=9)
    assert _rows(sheet) == rows


def test_a_number_whose_signs_are_each_printed_twice_is_whole() -> None:
    places = [(sign, 303.0 + 7 * place) for place, sign in enumerate("2840.05")]
    glyphs = [Glyph(sign, x, top, x + 7, top + 12) for sign, x in places for top in (123.0, 122.9)]
    assert "".join(sign for sign, _ in cell_marks(glyphs, (300, 120, 380, 140))) == "2840.05"


def test_a_sign_of_another_font_stays_in_its_line() -> None:
    sheet = (
        Sheet().words(72, 100, "度办理结果").words(160, 106, "只计这情形").words(212.5, 105, "一").words(223, 106, "种")
    )
    assert _read(sheet).text == "度办理结果\n只计这情形一种\n"


def test_the_number_of_a_row_is_no_cell_of_its_own() -> None:
    sheet = Sheet()
    for row in range(4):
        sheet.words(72, 100 + 20 * row, f"{row + 1}.").words(88, 102 + 20 * row, "申请数量")
        sheet.words(330, 100 + 20 * row, str(row)).words(430, 100 + 20 * row, "7")
    assert [row[-3:] for row in _rows(sheet)] == [[f"{row + 1}.申请数量", str(row), "7"] for row in range(4)]


@pytest.mark.parametrize("again", [False, True])
def test_a_figure_that_its_font_does_not_name_is_never_guessed(again: bool) -> None:
    sheet = Sheet().table(100, _EDGES, [_HEAD, ["一、本年新收", "21", "21"], ["二、上年结转", "", ""]])
    sheet.words(303, 143, "31", font="F2").words(343, 143, "3").words(348.5, 143, "1", font="F2")
    document = _read(sheet.words(72, 300, "公开信息").words(114, 300, "36", font="F2").words(140, 300, "条。"))
    if again and document.again:
        document = document.again(frozenset({1}))
    assert _tables(document)[0][1] == ["一、本年新收", "21", "21"]
    assert not any(map(str.isdigit, "".join(_tables(document)[0][2])))
    assert all(_tables(document)[0][2])
    assert "unnamed_characters" in document.issue_codes
    assert "36" not in document.text


def test_the_bullet_of_a_sign_font_hides_nothing() -> None:
    document = _read(Sheet().words(72, 100, "\uf0b7", font="F2").words(84, 100, "36条信息已公开，办理申请7件。"))
    assert document.issue_codes == ()
    assert "36条信息已公开" in document.text


# Pages and files


def test_what_was_cut_off_a_page_is_not_read() -> None:
    sheet = Sheet(crop=(50, 50, 500, 800)).words(100, 100, "信息36条").words(510, 100, "99").words(100, 20, "隐藏")
    document = _read(sheet)
    assert document.text == "信息36条\n"
    start = document.text.index("36")
    box = document.place(document.tables[0].span if document.tables else document.paragraphs[0].spans[0]).box
    assert start == 2
    assert box == pytest.approx((50, 100 - (HEIGHT - 800), 92, 100 - (HEIGHT - 800) + 10.5), abs=1.5)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_is_turned(rotate: int) -> None:
    sheet = Sheet(rotate=rotate).table(100, _EDGES, [_HEAD, ["一、本年新收", "3", "3"]])
    assert _rows(sheet) == [_HEAD, ["一、本年新收", "3", "3"]]


def test_a_lock_without_a_password_is_none() -> None:
    sheet = Sheet().table(100, _EDGES, [_HEAD, ["一、本年新收", "3", "3"]])
    document = read(made_pdf(sheet, password=""), "made.pdf")
    assert (document.issue_codes, _tables(document)) == ((), [[_HEAD, ["一、本年新收", "3", "3"]]])


@pytest.mark.parametrize(
    ("right", "bottom", "words", "codes"),
    [(520, 700, "", ("unread_picture",)), (520, 700, "背景上的文字", ()), (200, 700, "", ()), (520, 180, "", ())],
)
def test_a_large_picture_without_words_is_told(right: float, bottom: float, words: str, codes: tuple[str, ...]) -> None:
    sheet = Sheet().words(72, 60, "二、主动公开政府信息情况，详见下图。").picture(72, 120, right, bottom)
    assert _read(sheet.words(100, 150, words) if words else sheet).issue_codes == codes


def test_a_page_drawn_of_very_many_lines_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet().table(100, _EDGES, [_HEAD, ["一、本年新收", "18", "3"]]).words(305, 124, "21")
    for y in range(300, 800, 20):
        sheet.dots(72, y, 500, y)
    document = _read(sheet)
    monkeypatch.setattr(careful, "read_carefully", None)
    assert document.again is not None
    assert document.again(frozenset({1})).text == document.text
