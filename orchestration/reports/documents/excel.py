"""An XLSX file as the words a person sees: every worksheet that is shown, in order.

Offsets are into the text built here: a row of a table a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from lxml import etree

from orchestration.reports.documents.compose import compose
from orchestration.reports.documents.flow import MOST_COLUMNS, Sheet, Strip, settled
from orchestration.reports.documents.model import Content
from orchestration.reports.documents.spreadsheet import FALSE, TRUE, Merge, Worksheet, shown
from orchestration.reports.documents.zipped import EXCEL_BOOK, UnreadableError, parts

_PARTS = re.compile(r"xl/(?:workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]+\.xml")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TRUE = ("1", "true")
# The patterns that are numbered and so not written into the file.
_NUMBERED = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}


def read_excel(data: bytes) -> Content:
    """The content of an XLSX file; issue codes damaged_file, too_large and empty_file where there is none."""
    try:
        trees = parts(data, lambda name: bool(_PARTS.fullmatch(name)))
    except UnreadableError as error:
        return Content(issue_codes=(error.issue_code,))
    strings = [_words(item) for item in _all(trees.get("xl/sharedStrings.xml"), "si")]
    patterns = _patterns(trees.get("xl/styles.xml"))
    flow: list[Strip | Sheet] = []
    for name in _in_order(trees):
        flow.extend(_worksheet(trees[name], strings, patterns).flow())
    return compose(settled(flow))


def _all(tree: etree._Element | None, tag: str) -> Iterator[etree._Element]:
    """Every element of that name, under whichever address it stands."""
    return iter(()) if tree is None else tree.iter(f"{{*}}{tag}")


def _in_order(trees: Mapping[str, etree._Element]) -> Iterator[str]:
    """The parts of the worksheets that are shown, as the book orders them."""
    targets = {
        relation.get("Id"): f"xl/worksheets/{basename(relation.get('Target', ''))}"
        for relation in _all(trees.get("xl/_rels/workbook.xml.rels"), "Relationship")
    }
    for sheet in _all(trees.get(EXCEL_BOOK), "sheet"):
        named = (value for name, value in sheet.attrib.items() if etree.QName(name).localname == "id")
        part = targets.get(next(named, None), "")
        if part in trees and sheet.get("state", "visible") == "visible":
            yield part


def _words(item: etree._Element) -> str:
    """The words of a cell or a shared string, without how they are spoken."""
    return "".join(
        text.text or ""
        for text in _all(item, "t")
        if not any(etree.QName(above).localname == "rPh" for above in text.iterancestors())
    )


def _patterns(styles: etree._Element | None) -> list[str]:
    """The pattern by which each style of cells shows a number."""
    named = {format_.get("numFmtId"): format_.get("formatCode", "") for format_ in _all(styles, "numFmt")}
    found = []
    for group in _all(styles, "cellXfs"):
        for style in group:
            number = style.get("numFmtId", "0")
            found.append(named.get(number) or _NUMBERED.get(int(number) if number.isdecimal() else 0, ""))
    return found


def _worksheet(root: etree._Element, strings: list[str], patterns: list[str]) -> Worksheet:
    sheet = Worksheet()
    row_at = 0
    for row in _all(root, "row"):
        row_at = _number(row.get("r"), row_at + 1)
        if row.get("hidden") in _TRUE:
            sheet.hidden_rows.add(row_at)
        column = 0
        for cell in row:
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            sheet.words[row_at, column] = _said(cell, strings, patterns)
    for span in _all(root, "col"):
        if span.get("hidden") in _TRUE:
            first = _number(span.get("min"), 1)
            sheet.hidden_columns.update(range(first, min(_number(span.get("max"), first), first + MOST_COLUMNS) + 1))
    for merge in _all(root, "mergeCell"):
        ends = [_PLACE.fullmatch(end) for end in merge.get("ref", "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            sheet.merges.append(Merge(int(ends[0][2]), _column(ends[0][1]), int(ends[1][2]), _column(ends[1][1])))
    return sheet


def _said(cell: etree._Element, strings: list[str], patterns: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words(cell)
    value = next((v.text or "" for v in _all(cell, "v")), "")
    if kind == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    if kind == "b":
        return TRUE if value in _TRUE else FALSE
    try:
        return shown(float(value), patterns[_number(cell.get("s"), 0)]) if kind == "n" and value else value
    except (ValueError, IndexError, OverflowError):
        return value


def _number(digits: str | None, default: int) -> int:
    return int(digits) if digits and re.fullmatch(r"\d{1,9}", digits) else default


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
