"""What the pages of a PDF show, as pdfium sees it: characters with their boxes, and the straight lines of tables.

Boxes are in points from the top left of the page, turned so that its text runs from left to right. Nothing here
knows words, lines of text or tables. pdfium must not be used by two threads of one process at a time.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from orchestration.reports.documents.pdf.paths import Box, Paths

# Fewer characters than this beside pictures that fill the page are the page number of a scan.
_FEWEST_CHARACTERS = 12
_LEAST_PICTURE = 0.4
# A page drawn of this many paths and no text has outlines in place of characters.
_MOST_PATHS = 1500
_QUARTER = math.pi / 2
_SLANT = 0.1
# Characters as high as this, in points, are not of a text's usual size.
_SMALLEST, _LARGEST = 4.0, 40.0
# Outside the scripts and signs of Chinese pages: codes of fonts that do not say which characters they are.
_UNMAPPED = re.compile(
    r"[^\t\r\n\x02 -\u024f\u0370-\u04ff\u1e00-\u9fff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef\U00020000-\U0003ffff]"
)
# Of these the bullets and ticks of sign fonts, and what stands for no character.
_SIGN = re.compile(r"[\x00\x0b\x0c\ue000-\uf8ff\ufeff\ufffe\uffff]")
# What a number is made of: where a font does not say which characters its codes are, a code may look like one.
_NUMBER = re.compile(r"[0-9.,%+-]+")
_WITH_UNKNOWN = re.compile(r"[0-9.,%+-]*\ufffd[0-9.,%+\ufffd-]*")
UNKNOWN = "\ufffd"
"""Stands for a printed character of which only a look at the page tells which it is."""
# A picture as wide and as high as this, in shares of its page, may show a table.
_WIDE_PICTURE, _HIGH_PICTURE = 0.5, 0.12
# White space is told from gaps, not from characters; FFFE and FFFF stand for none at all.
NOT_PRINTED = frozenset(" \t\r\n\x00\x0b\x0c\xa0\u3000\u200b\ufeff\ufffe\uffff")


class Glyph(NamedTuple):
    """One printed character and its box, as wide as its advance and as high as its font."""

    words: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Page:
    """The marks of one page, numbered from 1, in the order of its content; sizes in points.

    `turn`: degrees clockwise from the way the page is read to the way it is shown. `lines` are the boxes of straight
    lines. `paths`: how many lines, boxes and shapes it is drawn of. `picture`: the page has no text of its own but
    pictures or outlines. `shows`: beside its text it has a large picture on which none stands. `lost`: it could not be
    opened.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)
    turn: int = 0
    paths: int = 0
    picture: bool = False
    shows: bool = False
    lost: bool = False

    def shown(self, box: Box) -> Box:
        """The box where a person sees it on the page."""
        return turned(box, self.width, self.height, self.turn) if self.turn else box


def turned(box: Box, width: float, height: float, degrees: int) -> Box:
    """The box after its page of this size was turned clockwise by 0, 90, 180 or 270 degrees."""
    x0, top, x1, bottom = box
    if degrees == 90:
        return height - bottom, x0, height - top, x1
    if degrees == 180:
        return width - x1, height - bottom, width - x0, height - top
    if degrees == 270:
        return top, width - x1, bottom, width - x0
    return box


def read_pages(data: bytes) -> Iterator[Page]:
    """The pages in order; raises pypdfium2's PdfiumError where the bytes are no PDF that opens without a password."""
    document = pdfium.PdfDocument(data)
    try:
        for number in range(1, len(document) + 1):
            try:
                page = document[number - 1]
                try:
                    yield _read_page(page, number)
                finally:
                    page.close()
            except pdfium.PdfiumError:
                yield Page(number, lost=True)
    finally:
        document.close()


def _read_page(page: Any, number: int) -> Page:
    left, low, right, high = page.get_cropbox()
    width, height = right - left, high - low
    text = page.get_textpage()
    try:
        words = _told(text.raw, _words(text.raw, raw.FPDFText_CountChars(text.raw)))
        glyphs, turns = _characters(text.raw, words, left, high)
    finally:
        text.close()
    rotation = page.get_rotation()
    if page.get_mediabox() != (left, low, right, high):
        # What was cut off is still in the file.
        kept = [0 < g.x0 + g.x1 < 2 * width and 0 < g.top + g.bottom < 2 * height for g in glyphs]
        glyphs, turns = list(compress(glyphs, kept)), list(compress(turns, kept))
    turn = next((own for own, _ in Counter(turns).most_common() if own is not None), rotation)
    if turn or None in turns:
        # What leans is a watermark, and no part of the text.
        upright = [glyph for glyph, own in zip(glyphs, turns, strict=True) if own is not None]
        glyphs = [Glyph(glyph.words, *turned(glyph[1:], width, height, turn)) for glyph in upright]
    paths = Paths(page.raw)
    pictured = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in paths.pictures)
    drawn = pictured > _LEAST_PICTURE * width * height or paths.count > _MOST_PATHS
    coded = len(_UNMAPPED.findall("".join(words)))
    pictures = [
        turned((x0 - left, high - y1, x1 - left, high - y0), width, height, turn) for x0, y0, x1, y1 in paths.pictures
    ]
    if coded > len(glyphs) / 2:
        # Only a look at the page would tell what it says.
        glyphs, drawn = [], True
    return Page(
        number,
        *((height, width) if turn in (90, 270) else (width, height)),
        glyphs,
        [turned((x0 - left, high - y1, x1 - left, high - y0), width, height, turn) for x0, y0, x1, y1 in paths.lines],
        (rotation - turn) % 360,
        paths.count,
        drawn and len(glyphs) < _FEWEST_CHARACTERS,
        len(glyphs) >= _FEWEST_CHARACTERS and any(_is_bare(box, glyphs, width, height) for box in pictures),
    )


def _is_bare(box: Box, glyphs: Sequence[Glyph], width: float, height: float) -> bool:
    """Whether a picture is large enough to show a table, and no words stand on it."""
    x0, top, x1, bottom = box
    if x1 - x0 < _WIDE_PICTURE * width or bottom - top < _HIGH_PICTURE * height:
        return False
    return not any(x0 < (g.x0 + g.x1) / 2 < x1 and top < (g.top + g.bottom) / 2 < bottom for g in glyphs)


def _told(text: Any, words: Sequence[str]) -> Sequence[str]:
    """The characters, UNKNOWN in place of those that a font does not name: pdfium takes its code for the character.

    Codes that look like words are left, which match nothing. One that looks like a number would be taken for one: of
    such a number nothing is left.
    """
    joined = "".join(words)
    if len(joined) != len(words):
        return words
    unnamed = {hit.start() for hit in _UNMAPPED.finditer(joined) if not _SIGN.match(hit[0])}
    for number in _NUMBER.finditer(joined):
        unnamed.update(at for at in range(*number.span()) if raw.FPDFText_HasUnicodeMapError(text, at) == 1)
    return without_stumps([UNKNOWN if at in unnamed else c for at, c in enumerate(words)]) if unnamed else words


def without_stumps(words: Sequence[str]) -> Sequence[str]:
    """The characters, with nothing left of numbers of which a character is UNKNOWN."""
    told = list(words)
    for number in _WITH_UNKNOWN.finditer("".join(word if len(word) == 1 else " " for word in words)):
        told[slice(*number.span())] = [UNKNOWN] * (number.end() - number.start())
    return told


def _characters(text: Any, words: Sequence[str], left: float, high: float) -> tuple[list[Glyph], list[int | None]]:
    """The printed characters of a text page whose top left is at these coordinates, and the turn that levels each."""
    count = len(words)
    rects = (raw.FS_RECTF * count)()
    deque(map(raw.FPDFText_GetLooseCharBox, repeat(text), range(count), rects), maxlen=0)
    sides: list[float] = array("f", bytes(rects)).tolist()
    angles = map(raw.FPDFText_GetCharAngle, repeat(text), range(count))
    glyphs: list[Glyph] = []
    turns: list[int | None] = []
    for index, (character, x0, y1, x1, y0, angle) in enumerate(
        zip(words, sides[0::4], sides[1::4], sides[2::4], sides[3::4], angles, strict=True)
    ):
        if character in NOT_PRINTED:
            continue
        if not _SMALLEST < y1 - y0 < _LARGEST:
            x0, y0, x1, y1 = _checked(text, index, (x0, y0, x1, y1))
        glyphs.append(Glyph(character, x0 - left, high - y1, x1 - left, high - y0))
        turns.append(_turn(angle) if angle else 0)
    return glyphs, turns


def _turn(angle: float) -> int | None:
    """The turn that sets characters level that pdfium gives as turned clockwise by this; None where they lean."""
    quarter = round(angle / _QUARTER)
    return None if abs(angle - quarter * _QUARTER) > _SLANT else -quarter % 4 * 90


def _words(text: Any, count: int) -> Sequence[str]:
    """The characters of a text page, one for each index."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text, 0, count, buffer) == count + 1:
        words = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(words) == count and "\ufffd" not in words:
            return words
    return [_character(code) for code in map(raw.FPDFText_GetUnicode, repeat(text), range(count))]


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _checked(text: Any, index: int, box: Box) -> Box:
    """The box, or one from where the character is set and how large, where the box is of another size.

    pdfium leaves the scale out of the boxes of vertical fonts, and knows no height of some fonts.
    """
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    if size / 2 < box[3] - box[1] < size * 2:
        return box
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    return x.value, y.value, x.value + size, y.value + size
