"""Tables without lines whose cells touch: figures run into labels are read or left unread, never taken for blanks."""

from __future__ import annotations

import pytest

from tests.reports.documents.pdf_made import Sheet
from tests.reports.documents.test_pdf_tables import _read, needs_font

# As wide as four characters each; a label fills eight.
_SIZE = 10.5
_LEFT = 57.0
_STOPS = [_LEFT + 8 * _SIZE + 4 * _SIZE * place for place in range(4)]
_PITCH = 14.0


def _sheet(rows: list[tuple[str, list[str]]], top: float = 120.0) -> Sheet:
    sheet = Sheet()
    for number, (label, cells) in enumerate(rows):
        y = top + _PITCH * number
        sheet.words(_LEFT, y, label, _SIZE)
        for x, words in zip(_STOPS, cells, strict=False):
            if words:
                sheet.words(x, y, words, _SIZE)
    return sheet


def _rows(sheet: Sheet) -> dict[str, list[str]]:
    """By label, the words of the cells to the right of it."""
    rows = [[cell.text for cell in row] for table in _read(sheet).tables for row in table.rows]
    return {row[0]: row[1:] for row in rows if row}


_PLAIN = [
    ("收到申请数", ["1", "0", "0", "1"]),
    ("上年结转数", ["0", "0", "0", "0"]),
    ("予以公开数", ["1", "2", "0", "3"]),
]


@needs_font
def test_a_figure_that_touches_a_full_label_stands_in_its_column() -> None:
    rows = _rows(_sheet([*_PLAIN, ("不予受理的申请数", ["7", "0", "0", "7"])]))
    assert rows["不予受理的申请数"] == ["7", "0", "0", "7"]


@needs_font
def test_heads_that_touch_stand_over_their_own_columns() -> None:
    rows = _rows(_sheet([("项目", ["商业企业", "科研机构", "公益组织", "其他"]), *_PLAIN]))
    assert rows["项目"] == ["商业企业", "科研机构", "公益组织", "其他"]


@needs_font
def test_a_head_over_two_columns_is_not_torn() -> None:
    heads = [("", ["", "法人或其他组织", "", ""]), ("项目", ["自然人", "企业", "机构", "总计"])]
    rows = [[cell.text for cell in row] for row in _read(_sheet([*heads, *_PLAIN])).tables[0].rows]
    assert ["法人或其他组织"] in rows


@needs_font
@pytest.mark.parametrize("label", ["不予受理申请数7", "不予受理数12"])
def test_a_row_with_a_figure_left_in_its_label_has_no_blank(label: str) -> None:
    assert _rows(_sheet([*_PLAIN, (label, ["", "0", "0", "7"])]))[label] == ["0", "0", "7"]


@needs_font
def test_a_label_that_ends_in_a_number_keeps_its_row() -> None:
    assert _rows(_sheet([*_PLAIN, ("不公开范围1", ["2", "0", "0", "2"])]))["不公开范围1"] == ["2", "0", "0", "2"]


@needs_font
def test_a_blank_in_a_row_with_figures_stays_a_blank() -> None:
    assert _rows(_sheet([*_PLAIN, ("不予受理数", ["", "0", "0", "7"])]))["不予受理数"] == ["", "0", "0", "7"]


@needs_font
def test_a_label_without_any_figure_has_no_blanks() -> None:
    """It may be what a page end left of a label whose figures stand on the page before."""
    rows = _rows(_sheet([*_PLAIN, ("1.不再处理", []), ("2.已经答复", ["1", "0", "0", "1"])]))
    assert rows["1.不再处理"] == []


@needs_font
def test_the_rest_of_a_label_follows_a_full_line() -> None:
    rows = _rows(
        _sheet(
            [
                *_PLAIN,
                ("制发的行政规范性", ["3", "0", "0", "3"]),
                ("文件数", []),
                ("提供的服务类信息", ["4", "0", "0", "4"]),
                ("数", []),
                ("现场接待数", ["5", "0", "0", "5"]),
            ]
        )
    )
    assert rows["制发的行政规范性文件数"] == ["3", "0", "0", "3"]
    assert rows["提供的服务类信息数"] == ["4", "0", "0", "4"]
    assert rows["现场接待数"] == ["5", "0", "0", "5"]


@needs_font
def test_labels_beside_a_merged_label_are_cut_at_their_ordinals() -> None:
    sheet = Sheet()
    lines = [("三、本", "（一）公开"), ("年度办", "（二）不予"), ("理结果", "（三）其他")]
    for number, (group, label) in enumerate(lines):
        y = 120 + _PITCH * number
        sheet.words(_LEFT, y, group + label, _SIZE)
        for x in _STOPS:
            sheet.words(x, y, str(number), _SIZE)
    rows = [[cell.text for cell in row] for table in _read(sheet).tables for row in table.rows]
    assert [row[-5:] for row in rows] == [
        ["(一)公开", "0", "0", "0", "0"],
        ["(二)不予", "1", "1", "1", "1"],
        ["(三)其他", "2", "2", "2", "2"],
    ]
