"""A DOCX file as the words a person sees: paragraphs, text boxes, tables with merged cells, running heads as noise.

Offsets are into the text built here: a paragraph or a row of a table a line. Deleted and hidden words are not in it,
inserted ones are; numbers that Word counts out itself (一、二、) are printed nowhere in the file and so not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from orchestration.reports.documents.compose import compose
from orchestration.reports.documents.flow import (
    MOST_COLUMNS,
    Box,
    Merged,
    Sheet,
    Strip,
    merged,
    raised,
    running_heads,
    settled,
    visible,
)
from orchestration.reports.documents.model import Content
from orchestration.reports.documents.zipped import WORD_TEXT, UnreadableError, parts

_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
# Word writes one of two addresses for the same elements.
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = ("del", "moveFrom", "rt", "instrText", "delText", "fldData")
# How words and borders look, but for words that are not to be seen, struck out or raised.
_LOOKS = re.compile(
    rb"<w:(rPr|tcBorders|tblBorders)>(?:<(?!/w:(?:rPr|tcBorders|tblBorders)>|w:(?:vanish|d?strike|vertAlign|position))[^<]*)*</w:\1>"
)
_DIGITS = re.compile(r"\d{1,4}")
_WHITE = re.compile(r"[\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")


def read_word(data: bytes) -> Content:
    """The content of a DOCX file; issue codes damaged_file, too_large and empty_file where there is none."""
    try:
        trees = parts(data, lambda name: bool(WORD_TEXT.fullmatch(name) or _RUNNING.fullmatch(name)), _LOOKS)
    except UnreadableError as error:
        return Content(issue_codes=(error.issue_code,))
    flow: list[Strip | Sheet] = []
    running: list[Strip | Sheet] = []
    for name, root in sorted(trees.items()):
        (flow if WORD_TEXT.fullmatch(name) else running).extend(_Part(root).flow)
    return compose([*settled(flow), *running_heads(running)])


def _remove(element: etree._Element | None) -> None:
    parent = None if element is None else element.getparent()
    if parent is not None:
        parent.remove(element)


class _Part:
    """One part of the file: its paragraphs and tables in reading order."""

    def __init__(self, root: etree._Element) -> None:
        space = next((uri for uri in root.nsmap.values() if uri in _WORD), _WORD[0])
        self._name = {
            tag: f"{{{space}}}{tag}"
            for tag in (
                *("p", "r", "t", "tab", "br", "cr", "noBreakHyphen", "tbl", "tr", "tc", "tcPr", "trPr", "gridSpan"),
                *(
                    "vMerge",
                    "hMerge",
                    "gridBefore",
                    "val",
                    "vanish",
                    "strike",
                    "dstrike",
                    "vertAlign",
                    "position",
                    "rPr",
                    "txbxContent",
                    "sym",
                    "tblGrid",
                    "tblPr",
                    "drawing",
                ),
                *("pPr", "sectPr", "pict", "object", *_UNSEEN),
            )
        }
        self._tag = {name: tag for tag, name in self._name.items()}
        self._clean(root)
        # Asked once of the whole part: few paragraphs hold anything but words.
        self._mixed = {p for mark in root.iter(*self._marks()) for p in mark.iterancestors(self._name["p"])}
        self.flow = self._of(root)

    def _clean(self, root: etree._Element) -> None:
        """Take away what nobody sees, and set text boxes behind the paragraph that they hang on."""
        for mark in list(root.iter(self._name["del"])):
            properties = mark.getparent()
            if properties is not None and properties.tag == self._name["trPr"]:
                _remove(properties.getparent())
        etree.strip_elements(root, _FALLBACK, *(self._name[tag] for tag in _UNSEEN), with_tail=False)
        for mark in list(root.iter(*(self._name[tag] for tag in ("vanish", "strike", "dstrike")))):
            run = next(mark.iterancestors(self._name["r"]), None)
            if (mark.get(self._name["val"]) or "").lower() not in ("0", "false", "off"):
                _remove(run)
        for mark in root.iter(self._name["vertAlign"], self._name["position"]):
            if mark.get(self._name["val"]) == "superscript" or self._number(mark.getparent(), "position", 0):
                for text in mark.getparent().getparent().iter(self._name["t"]):
                    text.text = raised(text.text or "")
        for box in reversed(list(root.iter(self._name["txbxContent"]))):
            paragraph = next(box.iterancestors(self._name["p"]), None)
            if paragraph is not None and paragraph.getparent() is not None:
                paragraph.addnext(box)

    def _of(self, parent: etree._Element) -> list[Strip | Sheet]:
        """What stands in an element, in reading order; wrappers (content controls, insertions) are seen through."""
        flow: list[Strip | Sheet] = []
        pending = list(reversed(parent))
        while pending:
            element = pending.pop()
            tag = self._tag.get(element.tag)
            if tag == "p":
                flow.extend(Strip(line) for line in self._lines(element))
            elif tag == "tbl":
                flow.append(merged(self._row(row) for row in self._children(element, "tr")))
            elif tag is None or tag == "txbxContent":
                pending.extend(reversed(element))
        return flow

    def _lines(self, paragraph: etree._Element) -> list[str]:
        """The lines of a paragraph: one, or more where it holds line breaks."""
        name = self._name
        if paragraph not in self._mixed:
            plain: str = etree.tostring(paragraph, method="text", encoding="unicode", with_tail=False)
            if plain.isprintable():
                return [plain] if plain and not plain.isspace() else []
            return self._split(_WHITE.sub(" ", plain))
        words: list[str] = []
        for element in paragraph.iter(name["t"], name["tab"], name["br"], name["cr"], name["noBreakHyphen"]):
            tag = self._tag[element.tag]
            if tag == "t":
                words.append(_WHITE.sub(" ", element.text or ""))
            elif tag == "tab":
                # Tab stops of the paragraph's properties have the same name as a tab between words.
                words.append("\t" if element.getparent().tag == name["r"] else "")
            else:
                words.append("-" if tag == "noBreakHyphen" else "\n")
        return self._split("".join(words))

    def _marks(self) -> list[str]:
        """The elements of a paragraph that are not words and yet part what it says, or may hide what it holds."""
        return [self._name[tag] for tag in ("tab", "br", "cr", "noBreakHyphen", "sym", "drawing", "pict", "object")]

    @staticmethod
    def _split(words: str) -> list[str]:
        return [line for line in visible(words).split("\n") if line.strip()]

    def _row(self, row: etree._Element) -> Iterator[tuple[Box, Merged]]:
        properties = next(row.iterchildren(self._name["trPr"]), None)
        column = 1 + self._number(properties, "gridBefore", 0)
        for cell in self._children(row, "tc"):
            box, goes_on = self._box(cell, column)
            yield box, goes_on
            column += box.column_span

    def _box(self, cell: etree._Element, column: int) -> tuple[Box, Merged]:
        """A cell, and how it goes on."""
        span = 1
        goes_on: Merged = ""
        wanted = self._name["tcPr"]
        properties = next((child for child in cell if child.tag == wanted), ())
        for mark in properties:
            tag = self._tag.get(mark.tag)
            if tag == "gridSpan":
                span = min(max(1, self._number(properties, "gridSpan", 1)), MOST_COLUMNS)
            elif tag in ("vMerge", "hMerge") and mark.get(self._name["val"], "continue") == "continue":
                goes_on = "down" if tag == "vMerge" else "across"
        return Box([] if goes_on else self._of(cell), 1, span, column), goes_on

    def _number(self, properties: etree._Element | None, tag: str, default: int) -> int:
        mark = None if properties is None else properties.find(self._name[tag])
        digits = "" if mark is None else mark.get(self._name["val"], "")
        return int(digits) if _DIGITS.fullmatch(digits) else default

    def _children(self, parent: etree._Element, tag: str) -> Iterator[etree._Element]:
        """The rows of a table or the cells of a row, seen through wrappers."""
        for child in parent:
            if child.tag == self._name[tag]:
                yield child
            elif child.tag not in self._tag:
                yield from self._children(child, tag)
