"""Tables in PDFs of our own making: ruled, merged, cut by page ends, printed over, and without lines."""

from __future__ import annotations

import pytest

from orchestration.reports.documents.model import Document, Table
from orchestration.reports.documents.read import read
from tests.reports.documents.pdf_made import HEIGHT, WIDTH, Sheet, made_pdf

_EDGES = [72.0, 300.0, 340.0, 380.0]
_HEAD = ["申请人情况", "自然人", "总计"]

# Without any Chinese font pdfium gives some characters of fonts that are not embedded no size and leaves them out.
needs_font = pytest.mark.skipif(
    read(made_pdf(Sheet().words(100, 100, "果")), "probe.pdf").text != "果\n", reason="no Chinese font on this machine"
)


def _read(*sheets: Sheet) -> Document:
    return read(made_pdf(*sheets), "made.pdf")


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def _only_table(*sheets: Sheet) -> list[list[str]]:
    (table,) = _read(*sheets).tables
    return _texts(table)


@needs_font
def test_merged_cells_have_spans_and_stand_once() -> None:
    sheet = Sheet()
    sheet.cell(72, 100, 300, 140, "（本列数据的勾稽关系）").cell(300, 100, 380, 120, "申请人情况")
    sheet.cell(300, 120, 340, 140, "自然人").cell(340, 120, 380, 140, "总计")
    sheet.cell(72, 140, 100, 200).cell(100, 140, 300, 160, "（一）予以公开").cell(300, 140, 340, 160, "1")
    for number, character in enumerate("三、结果"):
        sheet.words(80, 145 + 12 * number, character)
    sheet.cell(340, 140, 380, 160, "1").cell(100, 160, 300, 200, "（二）部分公开（区分处理的，\n只计这一情形）")
    sheet.cell(300, 160, 340, 200, "0").cell(340, 160, 380, 200)
    (table,) = _read(sheet).tables
    spans = [[(c.text, c.row, c.column, c.row_span, c.column_span) for c in row] for row in table.rows]
    assert spans == [
        [("(本列数据的勾稽关系)", 1, 1, 2, 2), ("申请人情况", 1, 3, 1, 2)],
        [("自然人", 2, 3, 1, 1), ("总计", 2, 4, 1, 1)],
        [("三、结果", 3, 1, 2, 1), ("(一)予以公开", 3, 2, 1, 1), ("1", 3, 3, 1, 1), ("1", 3, 4, 1, 1)],
        [("(二)部分公开(区分处理的,只计这一情形)", 4, 2, 1, 1), ("0", 4, 3, 1, 1), ("", 4, 4, 1, 1)],
    ]


def test_a_blank_cell_has_its_place() -> None:
    document = _read(Sheet().table(100, _EDGES, [_HEAD, ["一、本年新收", "", "3"]]))
    blank = document.tables[0].rows[1][1]
    assert (blank.text, blank.span.start) == ("", blank.span.end)
    assert document.place(blank.span).box == pytest.approx((300, 120, 340, 140), abs=1)


def test_spans_of_cells_hold_what_is_printed() -> None:
    document = _read(Sheet().table(100, _EDGES, [_HEAD, ["（一）予以公开", "１２", "12"]]))
    texts = [document.text[c.span.start : c.span.end] for row in document.tables[0].rows for c in row]
    assert texts == [*_HEAD, "（一）予以公开", "１２", "12"]


@pytest.mark.parametrize("gap", [0.0, 1.2, 2.5])
def test_lines_that_do_not_quite_meet_still_make_cells(gap: float) -> None:
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.line(72 + gap, y, 200 - gap, y)
    for x in (72, 150, 200):
        sheet.line(x, 100 + gap, x, 140 - gap)
    for y, words in ((103, ("规章", "0")), (123, ("文件", "5"))):
        sheet.words(80, y, words[0]).words(160, y, words[1])
    assert _only_table(sheet) == [["规章", "0"], ["文件", "5"]]


def test_open_sides_and_ends_are_closed() -> None:
    sheet = Sheet()
    for y in (120, 140):
        sheet.line(72, y, 380, y)
    for x in (300, 340):
        sheet.line(x, 100, x, 160)
    for y, row in ((103, _HEAD), (123, ["规章", "0", "1"]), (143, ["文件", "5", "6"])):
        for x, words in zip((80, 303, 343), row, strict=True):
            sheet.words(x, y, words, size=9)
    assert _only_table(sheet) == [_HEAD, ["规章", "0", "1"], ["文件", "5", "6"]]


def test_bars_and_stroked_boxes_are_lines_and_shading_is_none() -> None:
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.shade(72, y, 200, y + 0.6, grey=0)
    for x in (72, 150, 200):
        sheet.shade(x, 100, x + 0.6, 140, grey=0)
    sheet.shade(72, 300, 500, 320).shade(72, 320, 500, 340).shade(300, 300, 500, 340)
    sheet.words(80, 103, "规章").words(160, 103, "0").words(80, 123, "文件").words(160, 123, "5")
    sheet.words(80, 303, "全年主动公开信息。").words(80, 323, "全年没有收到申请。")
    document = _read(sheet)
    assert [_texts(table) for table in document.tables] == [[["规章", "0"], ["文件", "5"]]]
    assert "".join(document.text[s.start : s.end] for p in document.paragraphs for s in p.spans) == (
        "全年主动公开信息。全年没有收到申请。"
    )


def test_a_frame_around_prose_is_no_table() -> None:
    sheet = Sheet().cell(60, 60, 540, 780).words(72, 80, "全年主动公开信息36条。")
    sheet.table(200, _EDGES, [_HEAD, ["一、本年新收", "3", "3"]])
    document = _read(sheet)
    assert [_texts(table) for table in document.tables] == [[_HEAD, ["一、本年新收", "3", "3"]]]
    assert [document.text[p.spans[0].start : p.spans[0].end] for p in document.paragraphs] == ["全年主动公开信息36条。"]


def test_a_table_over_two_pages_is_one_without_its_repeated_header() -> None:
    first = Sheet().table(700, _EDGES, [_HEAD, ["一、本年新收", "1", "1"]]).words(290, 800, "- 1 -")
    second = Sheet().table(80, _EDGES, [_HEAD, ["二、上年结转", "2", "2"]]).words(72, 300, "四、复议诉讼情况")
    document = _read(first, second)
    (table,) = document.tables
    assert _texts(table) == [_HEAD, ["一、本年新收", "1", "1"], ["二、上年结转", "2", "2"]]
    assert [cell.row for cell in table.rows[2]] == [3, 3, 3]
    assert [document.place(row[1].span).page for row in table.rows] == [1, 1, 2]


@pytest.mark.parametrize("between", ["before the end", "after the start"])
def test_tables_with_words_between_them_stay_two(between: str) -> None:
    first = Sheet().table(600, _EDGES, [_HEAD, ["一、本年新收", "1", "1"]])
    second = Sheet().table(180, _EDGES, [_HEAD, ["二、上年结转", "2", "2"]])
    if between == "before the end":
        first.words(72, 700, "四、复议诉讼情况")
    else:
        second.words(72, 150, "四、复议诉讼情况")
    assert len(_read(first, second).tables) == 2


def test_tables_of_other_columns_stay_two() -> None:
    first = Sheet().table(700, _EDGES, [_HEAD, ["一、本年新收", "1", "1"]])
    second = Sheet().table(80, [72, 150, 200, 380], [["行政复议", "维持", "纠正"], ["0", "0", "1"]])
    assert len(_read(first, second).tables) == 2


@needs_font
def test_a_merged_label_goes_on_over_a_page_end() -> None:
    first, second = Sheet(), Sheet()
    first.cell(72, 700, 100, 740, "三、\n结").cell(100, 700, 300, 720, "（一）公开").cell(300, 700, 340, 720, "1")
    first.cell(100, 720, 300, 740, "（二）部分公开").cell(300, 720, 340, 740, "2")
    second.cell(72, 80, 100, 120, "果").cell(100, 80, 300, 100, "（三）不予公开").cell(300, 80, 340, 100, "3")
    second.cell(100, 100, 300, 120, "（四）无法提供").cell(300, 100, 340, 120, "4")
    (table,) = _read(first, second).tables
    assert (table.rows[0][0].text, table.rows[0][0].row_span) == ("三、结果", 4)
    assert [row[-1].text for row in table.rows] == ["1", "2", "3", "4"]


def test_a_row_cut_by_a_page_end_is_one_row() -> None:
    first = Sheet().table(700, _EDGES, [_HEAD, ["（二）部分公开（区分处理的，", "4", "4"]])
    second = Sheet().table(80, _EDGES, [["不计其他情形）", "", ""], ["（三）不予公开", "1", "1"]])
    assert _only_table(first, second) == [
        _HEAD,
        ["(二)部分公开(区分处理的,不计其他情形)", "4", "4"],
        ["(三)不予公开", "1", "1"],
    ]


def test_a_whole_row_after_a_page_end_is_never_joined() -> None:
    first = Sheet().table(700, _EDGES, [_HEAD, ["行政处罚", "", ""]])
    second = Sheet().table(80, _EDGES, [["行政强制", "4", "4"], ["行政许可", "1", "1"]])
    assert _only_table(first, second)[1:] == [["行政处罚", "", ""], ["行政强制", "4", "4"], ["行政许可", "1", "1"]]


@pytest.mark.parametrize(("across", "down"), [(1.0, 0.0), (3.0, 0.0), (2.0, 3.0), (0.0, 7.0)])
def test_a_figure_printed_twice_with_an_offset_is_read_once(across: float, down: float) -> None:
    sheet = Sheet().table(100, _EDGES, [_HEAD, ["一、本年新收", "21", "21"]])
    sheet.words(303 + across, 123 + down, "21")
    assert _only_table(sheet)[1] == ["一、本年新收", "21", "21"]


def test_of_figures_printed_over_each_other_the_last_is_read() -> None:
    sheet = Sheet().table(100, _EDGES, [_HEAD, ["一、本年新收", "18", "21"]])
    assert _only_table(sheet.words(305, 124, "21"))[1] == ["一、本年新收", "21", "21"]


def test_a_number_cut_by_a_narrow_cell_is_whole() -> None:
    edges = [72.0, 300.0, 328.0, 380.0]
    sheet = Sheet().table(100, edges, [_HEAD, ["一、本年新收", "", "13612"]], height=40)
    sheet.words(301, 143, "1361").words(301, 157, "2")
    assert _only_table(sheet)[1] == ["一、本年新收", "13612", "13612"]


def test_two_numbers_in_a_cell_are_not_made_one() -> None:
    edges = [72.0, 300.0, 380.0, 420.0]
    sheet = Sheet().table(100, edges, [_HEAD, ["一、本年新收", "", "1"]], height=40)
    assert _only_table(sheet.words(303, 143, "3").words(303, 160, "5"))[1][1] == "3 5"


@needs_font
def test_the_figures_of_a_turned_table_are_read() -> None:
    upright = Sheet(HEIGHT, WIDTH).table(100, _EDGES, [_HEAD, ["一、本年新收", "3", "3"]])
    turned = Sheet(WIDTH, HEIGHT, rotate=90)
    turned.content = [f"q 0 1 -1 0 {WIDTH} 0 cm", *upright.content, "Q"]
    assert _only_table(turned) == _only_table(upright) == [_HEAD, ["一、本年新收", "3", "3"]]


def _without_lines(rows: list[tuple[str, list[str]]]) -> Sheet:
    sheet = Sheet().words(72, 60, "三、收到和处理政府信息公开申请情况", 14)
    for number, (label, figures) in enumerate(rows):
        top = 100 + 22 * number
        lines = label.split("\n")
        for line, words in enumerate(lines):
            sheet.words(72, top + 12 * line - 6 * (len(lines) - 1), words, 9)
        for column, figure in enumerate(figures):
            sheet.words(330 + 50 * column, top, figure, 9)
    return sheet.words(72, 120 + 22 * len(rows), "全年没有收到申请3件以外的其他事项。")


def test_figures_under_each_other_are_a_table_without_lines() -> None:
    rows = [
        ("", ["自然人", "其他", "总计"]),
        ("一、本年新收政府信息公开申请数量", ["21", "0", "21"]),
        ("二、上年结转政府信息公开申请数量", ["0", "", "0"]),
        ("（二）部分公开（区分处理的，只计这一\n情形，不计其他情形）", ["4", "-", "1234"]),
    ]
    document = _read(_without_lines(rows))
    (table,) = document.tables
    assert _texts(table) == [
        ["自然人", "其他", "总计"],
        ["一、本年新收政府信息公开申请数量", "21", "0", "21"],
        ["二、上年结转政府信息公开申请数量", "0", "", "0"],
        ["(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "4", "-", "1234"],
    ]
    assert [cell.column for cell in table.rows[0]] == [cell.column for cell in table.rows[1][1:]]
    assert len(document.paragraphs) == 2


def test_prose_with_wide_gaps_is_no_table() -> None:
    sheet = Sheet()
    for number, words in enumerate(("联系人：王某    电话：", "地址：临溪区    邮编：", "网站：    公开栏")):
        sheet.words(72, 100 + 20 * number, words.split("    ")[0]).words(300, 100 + 20 * number, words.split("    ")[1])
    assert _read(sheet).tables == ()


def test_the_figures_below_a_repeated_header_are_kept() -> None:
    rows = [
        ["一、本年新收", "1", "1"],
        ["二、上年结转", "2", "2"],
        ["三、本年办结", "3", "3"],
        ["四、结转下年", "0", "0"],
    ]
    first = Sheet().table(680, _EDGES, [_HEAD, *rows[:2]])
    second = Sheet().table(80, _EDGES, [_HEAD, *rows[2:]])
    assert _only_table(first, second) == [_HEAD, *rows]


_OUTCOMES = ("结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结", "总计")


@needs_font
def test_heads_over_groups_and_on_several_lines_stand_over_their_columns() -> None:
    sheet = Sheet().words(115, 100, "行政复议", 8).words(305, 100, "行政诉讼", 8)
    for number in range(10):
        x = 72 + 38 * number
        for line, words in enumerate(_OUTCOMES[number % 5].split("\n")):
            # A word of one line stands in the middle between the two lines of the others.
            sheet.words(x, 124 + 10 * line + 5 * (number % 5 == 4), words, 8)
        sheet.words(x + 4, 150, str(number), 8)
    texts = _only_table(sheet)
    assert texts[0] == ["行政复议", "行政诉讼"]
    assert texts[1] == [words.replace("\n", "") for words in _OUTCOMES] * 2
    assert texts[2] == [str(number) for number in range(10)]


@pytest.mark.parametrize(("first", "figures"), [(0.0, 12.0), (0.0, 0.0), (0.0, 24.0)])
def test_a_label_on_three_lines_is_one_wherever_its_figures_stand(first: float, figures: float) -> None:
    sheet = Sheet()
    for number, label in enumerate(
        ("1.申请人没有\n在期限以内\n补正", "2.申请人没有\n在期限以内\n缴费", "3.其他的\n处理\n结果")
    ):
        top = 100 + 60 * number
        for line, words in enumerate(label.split("\n")):
            sheet.words(72, top + first + 12 * line, words, 9)
        for column in range(3):
            sheet.words(330 + 50 * column, top + figures, str(number + column), 9)
    assert [row[:2] for row in _only_table(sheet)] == [
        ["1.申请人没有在期限以内补正", "0"],
        ["2.申请人没有在期限以内缴费", "1"],
        ["3.其他的处理结果", "2"],
    ]


def test_a_merged_label_to_the_left_is_no_part_of_the_rows_labels() -> None:
    sheet = Sheet()
    for number in range(4):
        sheet.words(150, 100 + 20 * number, f"{number + 1}.属于一种情形", 9)
        for column in range(3):
            sheet.words(330 + 50 * column, 100 + 20 * number, str(number), 9)
    sheet.words(72, 124, "（三）不", 9).words(72, 136, "予公开", 9)
    rows = _only_table(sheet)
    assert [row[-4] for row in rows] == [f"{number + 1}.属于一种情形" for number in range(4)]
    assert sum("(三)不予公开" in row for row in rows) == 1


def test_one_row_below_heads_at_a_page_end_is_a_table() -> None:
    heads = ("统计指标", "计量单位", "本年度", "历年累计")
    first, second = Sheet(), Sheet()
    for x, words in zip((100, 250, 330, 420), heads, strict=True):
        first.words(x, 700, words, 9)
    for x, words in zip((100, 258, 335, 430), ("主动公开数", "条", "65", "611"), strict=True):
        first.words(x, 720, words, 9)
    second.words(72, 80, "全年没有其他需要说明的事项。")
    assert _only_table(first, second) == [list(heads), ["主动公开数", "条", "65", "611"]]


def test_heads_at_a_page_end_and_the_row_on_the_next_page_are_both_kept() -> None:
    first, second = Sheet().words(72, 600, "全年没有其他需要说明的事项。"), Sheet()
    for x, words in zip((100, 230, 330), ("信息内容", "采购项目数量", "采购总金额"), strict=True):
        first.words(x, 720, words, 9)
    for x, words in zip((98, 250, 340), ("政府集中采购", "7", "47.06"), strict=True):
        second.words(x, 80, words, 9)
    tables = [_texts(table) for table in _read(first, second).tables]
    assert tables == [[["信息内容", "采购项目数量", "采购总金额"]], [["政府集中采购", "7", "47.06"]]]


def test_a_row_set_askew_makes_no_column_of_its_own() -> None:
    rows = [
        ("一、本年新收", ["1", "2", "3", "4"]),
        ("二、上年结转", ["5", "6", "7", "8"]),
        ("三、总计", ["9", "1", "2", "3"]),
    ]
    sheet = Sheet()
    for number, (label, figures) in enumerate([*rows, *rows]):
        sheet.words(72, 100 + 20 * number, label, 9)
        for column, figure in enumerate(figures):
            sheet.words(300 + 50 * column - 30 * (number == 1), 100 + 20 * number, figure, 9)
    assert _only_table(sheet) == [[label, *figures] for label, figures in [*rows, *rows]]


def test_figures_beside_a_label_that_nearly_touches_them_are_apart() -> None:
    sheet = Sheet()
    for number in range(3):
        sheet.words(72, 100 + 20 * number, "一、本年新收政府信息公开申请数", 9)
        for x, figure in ((215, "21"), (262, "30"), (310, "51")):
            sheet.words(x, 100 + 20 * number, figure, 9)
    assert {tuple(row[1:]) for row in _only_table(sheet)} == {("21", "30", "51")}


def test_a_frame_around_a_table_without_lines_is_no_table() -> None:
    sheet = Sheet().line(60, 90, 540, 90).line(60, 200, 540, 200)
    for x in (60, 290, 540):
        sheet.line(x, 90, x, 200)
    for number, label in enumerate(("新的规章数量", "规范性文件数量", "行政许可数量", "行政处罚数量")):
        sheet.words(72, 100 + 20 * number, label, 9).words(150, 100 + 20 * number, str(number), 9)
        sheet.words(200, 100 + 20 * number, str(number + 1), 9)
    assert [row[0] for row in _only_table(sheet)][:2] == ["新的规章数量", "规范性文件数量"]


def test_a_row_whose_full_label_a_page_end_cuts_is_one_row() -> None:
    edges = [72.0, 116.0, 156.0, 196.0]
    first = Sheet().table(700, edges, [["申请人", "自然", "总计"], ["2.其他", "4", "4"]])
    second = Sheet().table(80, edges, [["法律禁止", "", ""], ["3.危及", "1", "1"]])
    assert _only_table(first, second)[1:] == [["2.其他法律禁止", "4", "4"], ["3.危及", "1", "1"]]


def test_characters_in_any_order_of_the_content_make_the_same_table() -> None:
    sheet = Sheet().table(100, _EDGES, [_HEAD, ["一、本年新收", "21", "21"], ["二、上年结转", "3", "3"]])
    turned = Sheet()
    turned.content = sheet.content[::-1]
    assert _only_table(turned) == _only_table(sheet)


def test_words_drawn_sign_by_sign_and_with_printed_spaces_are_whole() -> None:
    sheet = Sheet().table(100, _EDGES, [_HEAD, ["", "", "3"]])
    for number, sign in enumerate("一、本年新收"):
        sheet.words(75 + 10.5 * number, 123, sign)
    sheet.words(303, 123, "2 ").words(308.25, 123, "1 ")
    assert _only_table(sheet)[1] == ["一、本年新收", "21", "3"]


def test_heads_repeated_without_the_title_above_them_are_dropped() -> None:
    heads = [_HEAD, ["项目", "数量", "合计"]]
    first = Sheet().table(100, _EDGES, [["三、收到申请", "", ""], *heads, ["一、本年新收", "1", "3"]])
    second = Sheet().table(100, _EDGES, [*heads, ["二、上年结转", "0", "0"]])
    rows = _only_table(first, second)
    assert rows[-2:] == [["一、本年新收", "1", "3"], ["二、上年结转", "0", "0"]]


def test_one_head_that_comes_again_further_down_is_kept() -> None:
    first = Sheet().table(100, _EDGES, [["第一项", "", ""], _HEAD, ["规章", "1", "3"]])
    second = Sheet().table(100, _EDGES, [_HEAD, ["许可", "0", "0"]])
    assert _only_table(first, second)[-2] == _HEAD
