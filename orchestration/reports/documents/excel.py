"""An XLSX file as the words a person sees: every worksheet that is shown, in order.

Offsets are into the text built here: a row of a table a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from posixpath import basename
from typing import NamedTuple

from lxml import etree

from orchestration.reports.documents.cell_formats import FIRST_DAY, FIRST_DAY_1904, shown
from orchestration.reports.documents.compose import compose
from orchestration.reports.documents.flow import Sheet, Strip, raised, settled
from orchestration.reports.documents.model import Content
from orchestration.reports.documents.spreadsheet import FALSE, TRUE, Merge, Worksheet
from orchestration.reports.documents.zipped import EXCEL_BOOK, UnreadableError, parts

_PARTS = re.compile(r"xl/(?:workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]+\.xml")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TRUE, _FALSE = ("1", "true"), ("0", "false")
_NOTHING = ("0", "0.0")
_FIGURE = re.compile(r"[-+]?\d{1,30}(?:\.\d{1,30})?(?:[eE][-+]?\d{1,2})?")
_LAST_COLUMN = 16_384
# The patterns that are numbered and so not written into the file (ECMA-376, 18.8.30).
_NUMBERED = {
    **dict(enumerate(("", "0", "0.00", "#,##0", "#,##0.00"))),
    **dict(zip(range(9, 14), ("0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??"), strict=True)),
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((37, 38), "#,##0_);(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00_);(#,##0.00)"),
    **dict.fromkeys((41, 42), '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)'),
    **dict.fromkeys((43, 44), '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)'),
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h:mm"),
}
# Neither the tables of a report nor the sheets of its book are many; more is something else, or an attack.
_MOST_BYTES = 8_000_000
_MOST_SHEETS = 50
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NOT_COUNTED = "#N/A"


def read_excel(data: bytes) -> Content:
    """The content of an XLSX file; issue codes damaged_file, too_large and empty_file where there is none."""
    try:
        return compose(settled(_flow(parts(data, lambda name: bool(_PARTS.fullmatch(name)), most_bytes=_MOST_BYTES))))
    except UnreadableError as error:
        return Content(issue_codes=(error.issue_code,))


def _flow(trees: Mapping[str, etree._Element]) -> list[Strip | Sheet]:
    strings = [_words(item) for item in _all(trees.get("xl/sharedStrings.xml"), "si")]
    patterns = _patterns(trees.get("xl/styles.xml"))
    since_1904 = any(_is_set(book, "date1904") for book in _all(trees.get(EXCEL_BOOK), "workbookPr"))
    look = _Look(strings, patterns, FIRST_DAY_1904 if since_1904 else FIRST_DAY)
    flow: list[Strip | Sheet] = []
    for name in dict.fromkeys(_in_order(trees)):
        flow.extend(_worksheet(trees[name], look).flow())
    return flow


class _Look(NamedTuple):
    """What the cells of a book refer to: its words, its patterns by style, the day before its first."""

    strings: list[str]
    patterns: list[str]
    first_day: date


def _all(tree: etree._Element | None, tag: str) -> Iterator[etree._Element]:
    """Every element of that name, under whichever address it stands."""
    return iter(()) if tree is None else tree.iter(f"{{*}}{tag}")


def _in_order(trees: Mapping[str, etree._Element]) -> Iterator[str]:
    """The parts of the worksheets that are shown, as the book orders them."""
    targets = {
        relation.get("Id"): f"xl/worksheets/{basename(relation.get('Target', ''))}"
        for relation in _all(trees.get("xl/_rels/workbook.xml.rels"), "Relationship")
    }
    for sheet in islice(_all(trees.get(EXCEL_BOOK), "sheet"), _MOST_SHEETS):
        named = (value for name, value in sheet.attrib.items() if etree.QName(name).localname == "id")
        part = targets.get(next(named, None), "")
        if part in trees and sheet.get("state", "visible") == "visible":
            yield part


def _words(item: etree._Element) -> str:
    """The words of a cell or a shared string as they are seen: not how they are spoken, nor what is struck out."""
    words = "".join(_seen(text) for text in _all(item, "t"))
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), words)


def _seen(text: etree._Element) -> str:
    around = text.getparent()
    if around is None or etree.QName(around).localname == "rPh":
        return ""
    looks = {etree.QName(mark).localname: mark.get("val", "1") for mark in around.iterfind("{*}rPr/{*}*")}
    if looks.get("strike", "0") in _TRUE:
        return ""
    words = text.text or ""
    return raised(words) if looks.get("vertAlign") == "superscript" else words


def _patterns(styles: etree._Element | None) -> list[str]:
    """The pattern by which each style of cells shows a number."""
    named = {format_.get("numFmtId"): format_.get("formatCode", "") for format_ in _all(styles, "numFmt")}
    found = []
    for group in _all(styles, "cellXfs"):
        for style in group:
            number = style.get("numFmtId", "0")
            found.append(named.get(number) or _NUMBERED.get(int(number) if number.isdecimal() else 0, ""))
    return found


def _worksheet(root: etree._Element, look: _Look) -> Worksheet:
    sheet = Worksheet()
    zeros = not any(view.get("showZeros") in _FALSE for view in _all(root, "sheetView"))
    at = 0
    for row in _all(root, "row"):
        at = _number(row.get("r"), at + 1)
        if _is_set(row, "hidden") or row.get("ht") in _NOTHING:
            sheet.hidden_rows.add(at)
        column = 0
        for cell in row:
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            words = _said(cell, look, zeros)
            if words:
                sheet.words[at, column] = words
    for span in _all(root, "col"):
        if _is_set(span, "hidden") or span.get("width") in _NOTHING:
            first = _number(span.get("min"), 1)
            sheet.hidden_columns.update(range(first, min(_number(span.get("max"), first), _LAST_COLUMN) + 1))
    for merge in _all(root, "mergeCell"):
        ends = [_PLACE.fullmatch(end) for end in merge.get("ref", "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            sheet.merges.append(Merge(int(ends[0][2]), _column(ends[0][1]), int(ends[1][2]), _column(ends[1][1])))
    return sheet


def _said(cell: etree._Element, look: _Look, zeros: bool) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words(cell)
    value = next((v.text or "" for v in _all(cell, "v")), "")
    if kind == "s":
        return look.strings[int(value)] if value.isdecimal() and int(value) < len(look.strings) else ""
    if kind == "b":
        return TRUE if value in _TRUE else FALSE
    if not value:
        # A program that counts would show a number here; the file does not say which.
        return _NOT_COUNTED if next(_all(cell, "f"), None) is not None else ""
    if kind != "n" or not _FIGURE.fullmatch(value):
        return value
    style = _number(cell.get("s"), 0)
    if not zeros and not float(value):
        return ""
    return shown(float(value), look.patterns[style] if style < len(look.patterns) else "", look.first_day)


def _is_set(element: etree._Element, attribute: str) -> bool:
    return element.get(attribute) in _TRUE


def _number(digits: str | None, default: int) -> int:
    return int(digits) if digits and re.fullmatch(r"\d{1,9}", digits) else default


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
