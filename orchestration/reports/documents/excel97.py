"""An XLS file, as Excel 97 to 2003 and WPS write it, as the words a person sees: every worksheet that is shown.

Offsets are into the text built here: a row of a table a line.
"""

from __future__ import annotations

import struct
from io import StringIO

import xlrd
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, error_text_from_code
from xlrd.compdoc import CompDocError

from orchestration.reports.documents.compose import compose
from orchestration.reports.documents.flow import Sheet, Strip, settled
from orchestration.reports.documents.model import Content
from orchestration.reports.documents.spreadsheet import FALSE, TRUE, Merge, Worksheet, shown

# All that the library raises for a file that is broken or locked.
_BROKEN = (
    *(xlrd.XLRDError, CompDocError, struct.error, OSError, EOFError, AssertionError, NotImplementedError),
    *(ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, UnboundLocalError, MemoryError),
)


def read_excel97(data: bytes) -> Content:
    """The content of an XLS file; issue codes damaged_file and empty_file where there is none."""
    flow: list[Strip | Sheet] = []
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            ignore_workbook_corruption=True,
            logfile=StringIO(),
        )
        for sheet in book.sheets():
            if not sheet.visibility:
                flow.extend(_worksheet(book, sheet).flow())
    except _BROKEN:
        return Content(issue_codes=("damaged_file",))
    return compose(settled(flow))


def _worksheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Worksheet:
    found = Worksheet(
        merges=[Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells],
        hidden_rows={row for row, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in sheet.colinfo_map.items() if info.hidden},
    )
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            found.words[row, column] = _said(book, cell)
    return found


def _said(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype in (XL_CELL_NUMBER, XL_CELL_DATE):
        return shown(cell.value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str)
    if cell.ctype == XL_CELL_BOOLEAN:
        return TRUE if cell.value else FALSE
    return error_text_from_code.get(cell.value, "#") if cell.ctype == XL_CELL_ERROR else str(cell.value)
