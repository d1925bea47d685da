"""The binary file of Word 97 to 2003, which WPS writes too: its paragraphs in order, and how its table rows are cut.

Names and numbers are those of [MS-DOC]: a piece table says where the characters of the text lie in the file (2.4.1),
and formatted pages of 512 bytes say for each stretch of bytes by which modifiers (sprm) it departs from its style
(2.4.6). What the paragraphs mean is the business of word97.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import pairwise
from typing import Literal, NamedTuple

from olefile import OleFileIO

from orchestration.reports.documents.compound import BROKEN
from orchestration.reports.documents.flow import Merged, raised
from orchestration.reports.documents.zipped import UnreadableError

_MARK, _FIRST_FORM = 0xA5EC, 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
# Where the file information block says how long the parts of the text are, and where the tables about it lie.
_LENGTHS, _CHARACTER_PAGES, _PARAGRAPH_PAGES, _PIECES = 0x4C, 0xFA, 0x102, 0x1A2
_PAGE = 512
_IN_TABLE, _ROW_END, _LEVEL, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_HUGE = (0x6645, 0x6646, 0x646B)
# Deleted, hidden, struck out once or twice.
_GONE = (0x0800, 0x083C, 0x0837, 0x2A53)
_RAISED, _LIFTED = 0x2A48, 0x4845
_SET = (b"\x01", b"\x81")
_TABLE, _VERTICAL, _ACROSS = 0xD608, 0xD62B, 0x5624
# Each of these is said of some cells of a row, and more than once.
_ADDED = (_VERTICAL, _ACROSS)
_TABS = 0xC615
# How many bytes the operand of a modifier has, by the three highest bits of its number; 6 says so itself.
_OPERAND = (1, 1, 2, 4, 2, 2, 0, 3)
_CELL_BYTES = 20
_FIRST_PLANE = 0xFFFF
_CELL_END = "\x07"
_ENDS = re.compile("[\r\x07\x0c]")
_DEEPEST = 20
# A report has some thousand runs of characters in one piece or a few; what takes more steps is an attack.
_MOST_STEPS = 5_000_000
# A field begins, shows what it worked out, and ends.
_FIELD = re.compile("[\x13-\x15]")
# Pictures, anchors of notes and the like are one sign each.
_UNSEEN = re.compile("[\x00-\x06\x08\x0e-\x1d\x1f]")
_Reader = Callable[[bytes, int, int], bytes]


class Row(NamedTuple):
    """How a table row is cut: the edges of its cells in twips, and how each goes on with the one before or above."""

    edges: tuple[int, ...]
    merged: tuple[Merged, ...]


class Paragraph(NamedTuple):
    """One paragraph; in how many tables it lies, one inside the other, and whether it ends a cell or a whole row."""

    words: str
    level: int = 0
    ends: Literal["", "cell", "row"] = ""
    row: Row | None = None


class Word97(NamedTuple):
    """The paragraphs of a file: its text, then what stands in its text boxes; and the heads and feet of its pages."""

    body: tuple[Paragraph, ...]
    running: tuple[Paragraph, ...]


def open_word97(data: bytes) -> Word97:
    """The paragraphs of the file; raises UnreadableError (damaged_file, unsupported_format for those before 1997)."""
    try:
        with OleFileIO(BytesIO(data)) as file:
            return _Streams(file).paragraphs()
    except BROKEN as error:
        raise UnreadableError("damaged_file") from error


class _Piece(NamedTuple):
    """Characters `start` to `end` of the text lie from byte `at` on, each in one byte or in two."""

    start: int
    end: int
    at: int
    width: int


class _Run(NamedTuple):
    """A stretch of bytes and the modifiers of all that lies there, by number."""

    start: int
    end: int
    modifiers: dict[int, bytes]


class _Streams:
    """The streams of a file, and what they say about one another."""

    def __init__(self, file: OleFileIO) -> None:
        self._main: bytes = file.openstream("WordDocument").read()
        mark, form = struct.unpack_from("<HH", self._main)
        (flags,) = struct.unpack_from("<H", self._main, 0x0A)
        if mark != _MARK or form < _FIRST_FORM:
            raise UnreadableError("unsupported_format")
        if flags & _ENCRYPTED:
            raise UnreadableError("damaged_file")
        self._table: bytes = file.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
        self._data: bytes = file.openstream("Data").read() if file.exists("Data") else b""
        self._pieces = list(self._piece_table())
        if sum(piece.end - piece.start for piece in self._pieces) > len(self._main):
            raise UnreadableError("damaged_file")

    def paragraphs(self) -> Word97:
        """Every paragraph, what nobody sees left out."""
        lengths = struct.unpack_from("<8i", self._main, _LENGTHS)
        body, notes, heads, macros, remarks, endings, boxes, _ = lengths
        first_box = body + notes + heads + macros + remarks + endings
        text = self._seen("".join(self._characters(piece) for piece in self._pieces))
        # Behind the last part there is one more mark of a paragraph.
        if min(lengths) < 0 or len(text) < sum(lengths) or text[sum(lengths) :].strip("\r\0"):
            raise UnreadableError("damaged_file")
        runs = self._runs(_PARAGRAPH_PAGES, self._paragraph_modifiers)
        return Word97(
            (*self._cut(text, 0, body, runs), *self._cut(text, first_box, first_box + boxes, runs)),
            tuple(self._cut(text, body + notes, body + notes + heads, runs)),
        )

    def _pair(self, at: int) -> bytes:
        start, length = struct.unpack_from("<II", self._main, at)
        return self._table[start : start + length]

    def _piece_table(self) -> Iterator[_Piece]:
        clx = self._pair(_PIECES)
        at = 0
        while clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        count = (struct.unpack_from("<I", clx, at + 1)[0] - 4) // 12
        places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
        for number, (start, end) in enumerate(pairwise(places)):
            (where,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)
            narrow = where & 0x40000000
            where &= 0x3FFFFFFF
            yield _Piece(start, end, where // 2 if narrow else where, 1 if narrow else 2)

    def _characters(self, piece: _Piece) -> str:
        raw = self._main[piece.at : piece.at + (piece.end - piece.start) * piece.width]
        if len(raw) != (piece.end - piece.start) * piece.width:
            raise UnreadableError("damaged_file")
        text = raw.decode("cp1252", "replace") if piece.width == 1 else raw.decode("utf-16-le", "replace")
        # A character beyond the first plane takes two places of the text, and every place has to be counted.
        if len(text) != piece.end - piece.start:
            text = "".join(sign if ord(sign) <= _FIRST_PLANE else sign + "\0" for sign in text)
        return text

    def _seen(self, text: str) -> str:
        """The text with what nobody sees as NUL, but for the marks of cells, and with raised digits as such."""
        gone: list[tuple[int, int]] = []
        high: list[tuple[int, int]] = []
        runs = self._runs(_CHARACTER_PAGES, self._character_modifiers)
        if len(runs) * len(self._pieces) > _MOST_STEPS:
            raise UnreadableError("too_large")
        for run in runs:
            if any(run.modifiers.get(sprm, b"\0")[:1] in _SET for sprm in _GONE):
                gone.extend(self._places(run))
            elif run.modifiers.get(_RAISED) == b"\1" or _signed(run.modifiers.get(_LIFTED, b"")) > 0:
                high.extend(self._places(run))
        return _changed(_changed(text, high, raised), gone, _emptied)

    def _places(self, run: _Run) -> Iterator[tuple[int, int]]:
        """Where in the text the bytes of a run are."""
        for piece in self._pieces:
            start = max(piece.start, piece.start + (run.start - piece.at) // piece.width)
            end = min(piece.end, piece.start + (run.end - piece.at) // piece.width)
            if start < end:
                yield start, end

    def _cut(self, text: str, start: int, end: int, runs: list[_Run]) -> Iterator[Paragraph]:
        """The paragraphs between two places of the text; what fields work from is not in their words."""
        words = _changed(text[start:end], _behind_fields(text[start:end]), _emptied)
        starts = [run.start for run in runs]
        before = 0
        for mark in _ENDS.finditer(words):
            at = self._byte(start + mark.start())
            run = runs[max(0, bisect_right(starts, at) - 1)] if runs else _Run(0, 0, {})
            modifiers = run.modifiers if run.start <= at < run.end else {}
            yield _paragraph(words[before : mark.start()], mark.group(), modifiers)
            before = mark.end()
        if words[before:].strip("\0"):
            yield _paragraph(words[before:], "\r", {})

    def _byte(self, place: int) -> int:
        piece = self._pieces[bisect_right(self._pieces, place, key=lambda piece: piece.start) - 1]
        return piece.at + (place - piece.start) * piece.width

    def _runs(self, table_at: int, modifiers: _Reader) -> list[_Run]:
        table = self._pair(table_at)
        count = (len(table) - 4) // 8
        numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count > 0 else ()
        pages = dict.fromkeys((number & 0x3FFFFF) * _PAGE for number in numbers)
        runs = [run for at in pages if at + _PAGE <= len(self._main) for run in self._page(at, modifiers)]
        return sorted(runs, key=lambda run: run.start)

    def _page(self, at: int, modifiers: _Reader) -> Iterator[_Run]:
        page = self._main[at : at + _PAGE]
        count = page[_PAGE - 1]
        for number, (start, end) in enumerate(pairwise(struct.unpack_from(f"<{count + 1}I", page))):
            found: dict[int, bytes] = {}
            for sprm, operand in _modifiers(modifiers(page, 4 * (count + 1), number)):
                found[sprm] = found.get(sprm, b"") + operand if sprm in _ADDED else operand
            yield _Run(start, end, found)

    def _character_modifiers(self, page: bytes, entries: int, number: int) -> bytes:
        at = page[entries + number] * 2
        return page[at + 1 : at + 1 + page[at]] if at else b""

    def _paragraph_modifiers(self, page: bytes, entries: int, number: int) -> bytes:
        at = page[entries + 13 * number] * 2
        if not at:
            return b""
        length = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
        at += 1 if page[at] else 2
        # The first two bytes number the style.
        own = page[at + 2 : at + length]
        huge = [operand for sprm, operand in _modifiers(own) if sprm in _HUGE]
        return own + b"".join(self._elsewhere(operand) for operand in huge)

    def _elsewhere(self, operand: bytes) -> bytes:
        """Modifiers that were too many for their page."""
        (at,) = struct.unpack("<I", operand)
        (length,) = struct.unpack_from("<H", self._data, at) if at + 2 <= len(self._data) else (0,)
        return self._data[at + 2 : at + 2 + length]


def _changed(text: str, stretches: Iterable[tuple[int, int]], change: Callable[[str], str]) -> str:
    """The text with these stretches of it changed, each part once, to words as long."""
    parts, at = [], 0
    for start, end in sorted(stretches):
        if end > at:
            parts += [text[at : max(start, at)], change(text[max(start, at) : end])]
            at = end
    return "".join([*parts, text[at:]])


def _signed(operand: bytes) -> int:
    return int.from_bytes(operand, "little", signed=True)


def _emptied(words: str) -> str:
    return re.sub("[^\x07]", "\0", words)


def _behind_fields(words: str) -> Iterator[tuple[int, int]]:
    """What each field works from, with the signs that bound it; a field may stand inside another."""
    begun: list[int | None] = []
    for sign in _FIELD.finditer(words):
        if sign[0] == "\x13":
            begun.append(sign.start())
        elif begun:
            start = begun.pop()
            yield sign.start() if start is None else start, sign.end()
            # What follows is shown.
            begun += [None] if sign[0] == "\x14" else []


def _modifiers(stretch: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 3 <= len(stretch):
        (sprm,) = struct.unpack_from("<H", stretch, at)
        at += 2
        length = _OPERAND[sprm >> 13]
        if sprm == _TABLE:
            length = struct.unpack_from("<H", stretch, at)[0] - 1
            at += 2
        elif not length:
            length = stretch[at]
            at += 1
            if sprm == _TABS and length == 0xFF:
                return
        yield sprm, stretch[at : at + length]
        at += max(length, 0)


def _paragraph(words: str, mark: str, modifiers: dict[int, bytes]) -> Paragraph:
    def is_set(sprm: int) -> bool:
        return modifiers.get(sprm, b"\0")[:1] == b"\1"

    level = int.from_bytes(modifiers.get(_LEVEL, b""), "little") or int(is_set(_IN_TABLE) or mark == _CELL_END)
    level = min(level, _DEEPEST)
    said = _UNSEEN.sub("", words).replace("\x0b", "\n").replace("\x1e", "-")
    if is_set(_ROW_END if mark == _CELL_END else _INNER_ROW):
        return Paragraph(said, level, "row", _row(modifiers))
    return Paragraph(said, level, "cell" if mark == _CELL_END or is_set(_INNER_CELL) else "")


def _row(modifiers: dict[int, bytes]) -> Row | None:
    """How the row is cut; None where the file does not say."""
    table = modifiers.get(_TABLE, b"")
    count = table[0] if table else 0
    if not count or len(table) < 1 + 2 * (count + 1):
        return None
    edges = struct.unpack_from(f"<{count + 1}h", table, 1)
    flags = [
        int.from_bytes(table[at : at + 2], "little")
        for at in range(1 + 2 * (count + 1), 1 + 2 * (count + 1) + _CELL_BYTES * count, _CELL_BYTES)
    ]
    # The two lowest bits say how a cell goes on from the left, the sixth and seventh how it goes on from above.
    merged: list[Merged] = ["across" if flag & 3 == 1 else "down" if flag >> 5 & 3 == 1 else "" for flag in flags]
    for cell, flag in _two_by_two(modifiers.get(_VERTICAL, b"")):
        merged[cell : cell + 1] = ["down" if flag == 1 else ""]
    for first, end in _two_by_two(modifiers.get(_ACROSS, b"")):
        merged[first + 1 : end] = ["across"] * (min(end, count) - first - 1)
    return Row(edges, tuple(merged))


def _two_by_two(operands: bytes) -> Iterator[tuple[int, int]]:
    return zip(operands[::2], operands[1::2], strict=False)
