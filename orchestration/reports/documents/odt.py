"""An ODT file as the words a person sees: paragraphs, text boxes, tables with their spans, running heads as noise.

Offsets are into the text built here: a paragraph or a row of a table a line. Notes, comments and deleted words are
not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from orchestration.reports.documents.compose import compose
from orchestration.reports.documents.flow import (
    MOST_COLUMNS,
    MOST_ROWS,
    Box,
    Sheet,
    Strip,
    raised,
    running_heads,
    settled,
    visible,
)
from orchestration.reports.documents.model import Content
from orchestration.reports.documents.zipped import UnreadableError, parts

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

_UNSEEN = (
    f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_TEXT}ruby-text", f"{_TEXT}page-number", f"{_TEXT}page-count",
    f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_DRAW}object", f"{_DRAW}image", f"{_TABLE}table-columns",
)  # fmt: skip
_SPECIAL = (f"{_TEXT}line-break", f"{_TEXT}tab", f"{_TEXT}s")
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_RUNNING = (f"{_STYLE}header", f"{_STYLE}footer", f"{_STYLE}header-first", f"{_STYLE}footer-first")
_MOST_SPACES = 200
_WHITE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")


def read_odt(data: bytes) -> Content:
    """The content of an ODT file; issue codes damaged_file, too_large and empty_file where there is none."""
    try:
        trees = parts(data, lambda name: name in ("content.xml", "styles.xml"))
    except UnreadableError as error:
        return Content(issue_codes=(error.issue_code,))
    _show_looks(trees["content.xml"])
    body = trees["content.xml"].find(f"{_OFFICE}body/{_OFFICE}text")
    flow = settled(_flow(body)) if body is not None else []
    running: list[Strip | Sheet] = []
    for element in trees["styles.xml"].iter(*_RUNNING) if "styles.xml" in trees else ():
        running.extend(_flow(element))
    return compose([*flow, *running_heads(running)])


def _show_looks(root: etree._Element) -> None:
    """Take out what is struck through, and set raised digits as such."""
    struck, high = set(), set()
    for looks in root.iter(f"{_STYLE}text-properties"):
        name = looks.getparent().get(f"{_STYLE}name")
        if looks.get(f"{_STYLE}text-line-through-style", "none") != "none":
            struck.add(name)
        elif looks.get(f"{_STYLE}text-position", "").startswith("super"):
            high.add(name)
    for span in root.iter(f"{_TEXT}span") if struck or high else ():
        name = span.get(f"{_TEXT}style-name")
        if name in struck:
            span.text = None
            del span[:]
        elif name in high:
            span.text = raised(span.text or "")


def _flow(parent: etree._Element) -> list[Strip | Sheet]:
    """What stands in an element, in reading order; lists and sections are seen through."""
    etree.strip_elements(parent, *_UNSEEN, with_tail=False)
    return _of(parent)


def _of(parent: etree._Element) -> list[Strip | Sheet]:
    flow: list[Strip | Sheet] = []
    pending = list(reversed(parent))
    while pending:
        element = pending.pop()
        if element.tag in _PARAGRAPHS:
            boxes = list(element.iter(f"{_DRAW}text-box"))
            for box in boxes:
                box.getparent().remove(box)
            flow.extend([Strip(line) for line in _lines(element)])
            pending.extend(reversed(boxes))
        elif element.tag == f"{_TABLE}table":
            flow.append(_sheet(element))
        else:
            pending.extend(reversed(element))
    return flow


def _lines(paragraph: etree._Element) -> list[str]:
    """The lines of a paragraph: one, or more where it holds line breaks."""
    if next(paragraph.iter(*_SPECIAL), None) is None:
        plain: str = etree.tostring(paragraph, method="text", encoding="unicode", with_tail=False)
        if "  " in plain or not plain.isprintable():
            return _split(_WHITE.sub(" ", plain))
        return [plain] if plain and not plain.isspace() else []
    words: list[str] = []
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "end":
            if element is not paragraph and element.tail:
                words.append(_WHITE.sub(" ", element.tail))
        elif element.tag == f"{_TEXT}line-break":
            words.append("\n")
        elif element.tag == f"{_TEXT}tab":
            words.append("\t")
        elif element.tag == f"{_TEXT}s":
            words.append(" " * _number(element, f"{_TEXT}c", _MOST_SPACES))
        elif element.text:
            words.append(_WHITE.sub(" ", element.text))
    return _split("".join(words))


def _split(words: str) -> list[str]:
    return [line for line in visible(words).split("\n") if line.strip()]


def _sheet(table: etree._Element) -> Sheet:
    sheet = Sheet()
    for row in _children(table, ("table-row",)):
        boxes: list[Box] = []
        for cell in _children(row, ("table-cell", "covered-table-cell")):
            repeated = min(_number(cell, f"{_TABLE}number-columns-repeated", MOST_COLUMNS), MOST_COLUMNS - len(boxes))
            # A covered cell is part of one that reaches over it: its column is counted with that one's span.
            if cell.tag == f"{_TABLE}table-cell":
                boxes.extend(_box(cell) for _ in range(repeated))
        most = 1 if not any(box.flow for box in boxes) else MOST_ROWS - len(sheet.rows)
        times = min(_number(row, f"{_TABLE}number-rows-repeated", MOST_ROWS), most)
        sheet.rows.extend(boxes for _ in range(times))
    return sheet


def _box(cell: etree._Element) -> Box:
    rows = _number(cell, f"{_TABLE}number-rows-spanned", MOST_ROWS)
    return Box(_of(cell), rows, _number(cell, f"{_TABLE}number-columns-spanned", MOST_COLUMNS))


def _number(element: etree._Element, name: str, most: int) -> int:
    """A count from 1; what is no number is 1."""
    digits = element.get(name)
    return min(max(int(digits), 1), most) if digits and re.fullmatch(r"\d{1,9}", digits) else 1


def _children(parent: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, seen through groups of them."""
    names = {f"{_TABLE}{tag}" for tag in tags}
    for child in parent:
        if child.tag in names:
            yield child
        elif child.tag != f"{_TABLE}table":
            yield from _children(child, tags)
