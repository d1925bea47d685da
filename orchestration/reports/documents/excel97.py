"""An XLS file, as Excel 97 to 2003 and WPS write it, as the words a person sees: every worksheet that is shown.

Offsets are into the text built here: a row of a table a line.
"""

from __future__ import annotations

import struct
from io import StringIO

import xlrd
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, error_text_from_code
from xlrd.compdoc import CompDocError

from orchestration.reports.documents.cell_formats import FIRST_DAY, FIRST_DAY_1904, shown
from orchestration.reports.documents.compose import compose
from orchestration.reports.documents.flow import Sheet, Strip, settled
from orchestration.reports.documents.model import Content
from orchestration.reports.documents.spreadsheet import FALSE, TRUE, Merge, Worksheet
from orchestration.reports.documents.zipped import UnreadableError

# All that the library raises for a file that is broken or locked.
_BROKEN = (
    *(xlrd.XLRDError, CompDocError, struct.error, OSError, EOFError, AssertionError, NotImplementedError),
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, UnboundLocalError, MemoryError),
    RecursionError,
)
_MOST_SHEETS = 50


def read_excel97(data: bytes) -> Content:
    """The content of an XLS file; issue codes damaged_file, too_large and empty_file where there is none."""
    try:
        sheets = _worksheets(data)
    except _BROKEN:
        return Content(issue_codes=("damaged_file",))
    try:
        flow: list[Strip | Sheet] = [item for sheet in sheets for item in sheet.flow()]
    except UnreadableError as error:
        return Content(issue_codes=(error.issue_code,))
    return compose(settled(flow))


def _worksheets(data: bytes) -> list[Worksheet]:
    book = xlrd.open_workbook(
        file_contents=data, formatting_info=True, ragged_rows=True, ignore_workbook_corruption=True, logfile=StringIO()
    )
    return [_worksheet(book, sheet) for sheet in book.sheets()[:_MOST_SHEETS] if not sheet.visibility]


def _worksheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Worksheet:
    found = Worksheet(
        merges=[Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells],
        hidden_rows={row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0},
        hidden_columns={column for column, info in sheet.colinfo_map.items() if info.hidden or info.width == 0},
    )
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            words = _said(book, sheet, cell)
            if words:
                found.words[row, column] = words
    return found


def _said(book: xlrd.Book, sheet: xlrd.sheet.Sheet, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype in (XL_CELL_NUMBER, XL_CELL_DATE):
        if not cell.value and not sheet.show_zero_values:
            return ""
        pattern = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return shown(cell.value, pattern, FIRST_DAY_1904 if book.datemode else FIRST_DAY)
    if cell.ctype == XL_CELL_BOOLEAN:
        return TRUE if cell.value else FALSE
    return error_text_from_code.get(cell.value, "#") if cell.ctype == XL_CELL_ERROR else str(cell.value)
