"""A specimen as a PDF: lines and tables set on pages, a table going on over the end of one, ruled or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from orchestration.specimens.chance import Chance
from orchestration.specimens.marks import MARK, without
from orchestration.specimens.model import Draft
from orchestration.specimens.pages import Cell, Line, Piece, Sheet
from orchestration.specimens.pdf_file import Leaf, pdf

_WIDTH, _HEIGHT = 595.0, 842.0
_SIDE, _TOP, _FOOT = 56.0, 70.0, 760.0
_BODY, _TITLE, _SMALL = 12.0, 18.0, 8.0
_LEADING = 1.6
_PAD = 2.0
_KEPT = "0123456789.,%+-"
_NARROW, _WIDEST = 26.0, 16.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell of a table in its grid: where it begins and how far it reaches."""

    cell: Cell
    row: int
    column: int


class PrintedPages:
    """Sets pieces on pages; `pages` tells afterwards on which page each mark stands, counted from 1."""

    def __init__(self, draft: Draft, chance: Chance) -> None:
        self._draft = draft
        self.ruled = chance.fork("ruled").happens(0.8)
        self._repeats = chance.fork("repeats").happens(0.4)
        self._running = chance.fork("running").happens(0.2)
        self._leaves: list[Leaf] = []
        self._at = _FOOT
        self.pages: dict[str, int] = {}

    def content(self, pieces: Sequence[Piece]) -> bytes:
        """The bytes of the PDF."""
        self._turn()
        for piece in pieces:
            if isinstance(piece, Sheet):
                self._sheet(piece)
            else:
                self._line(piece)
        return pdf(self._leaves)

    def _turn(self) -> None:
        """Begin a new page, with its number at the foot."""
        leaf = Leaf(_WIDTH, _HEIGHT)
        self._leaves.append(leaf)
        foot = f"— {len(self._leaves)} —"
        leaf.words((_WIDTH - _long(foot, 9)) / 2, 792, foot, 9)
        if self._running:
            leaf.words(_SIDE, 36, self._draft.title, 9)
        self._at = _TOP

    def _words(self, left: float, top: float, words: str, size: float) -> None:
        for mark in MARK.findall(words):
            self.pages[mark] = len(self._leaves)
        self._leaves[-1].words(left, top, without(words), size)

    def _line(self, line: Line) -> None:
        size = _TITLE if line.role == "title" else _BODY
        indent = 2 * size if line.role in ("body", "heading") else 0.0
        room = _WIDTH - 2 * _SIDE
        for number, words in enumerate(fitted(line.words, room, size, indent)):
            if self._at + size * _LEADING > _FOOT:
                self._turn()
            left = _SIDE + (0 if number else indent)
            if line.role in ("title", "number", "caption"):
                left = (_WIDTH - _long(words, size)) / 2
            elif line.role == "signature":
                left = _WIDTH - _SIDE - _long(words, size)
            self._words(left, self._at, words, size)
            self._at += size * _LEADING

    def _sheet(self, sheet: Sheet) -> None:
        placed = _placed(sheet)
        edges = [_SIDE, *(_SIDE + x for x in accumulate(_widths(sheet, placed)))]
        heights = _heights(sheet, placed, edges)
        if self._at + sum(heights[: sheet.heads + 1]) > _FOOT:
            self._turn()
        first = 0
        while first < len(sheet.rows):
            last = self._fill(heights, first)
            self._part(placed, edges, heights, first, last)
            first = last
            if first < len(sheet.rows):
                self._turn()
                if self._repeats and sheet.heads and first >= sheet.heads:
                    self._part(placed, edges, heights, 0, sheet.heads)
        self._at += _BODY

    def _fill(self, heights: Sequence[float], first: int) -> int:
        """The row after the last one that still stands on this page."""
        at, last = self._at, first
        while last < len(heights) and (last == first or at + heights[last] <= _FOOT):
            at += heights[last]
            last += 1
        return last

    def _part(
        self, placed: Sequence[_Placed], edges: Sequence[float], heights: Sequence[float], first: int, last: int
    ) -> None:
        """The rows from first to before last; the words of a cell stand where most of it does."""
        tops = [self._at, *(self._at + x for x in accumulate(heights[first:last]))]
        for each in placed:
            begin, end = max(each.row, first), min(each.row + each.cell.rows, last)
            if begin >= end:
                continue
            box = (edges[each.column], tops[begin - first], edges[each.column + each.cell.columns], tops[end - first])
            if self.ruled:
                self._leaves[-1].frame(*box)
            shown = sum(heights[begin:end])
            if shown * 2 >= sum(heights[each.row : each.row + each.cell.rows]) - 1e-6:
                self._cell(each.cell, *box)
        self._at = tops[-1]

    def _cell(self, cell: Cell, left: float, top: float, right: float, bottom: float) -> None:
        lines = _cell_lines(cell, right - left)
        down = max(_PAD, (bottom - top - len(lines) * _SMALL * 1.25) / 2)
        for number, words in enumerate(lines):
            across = (left + right - _long(words, _SMALL)) / 2
            self._words(across, top + down + number * _SMALL * 1.25, words, _SMALL)


def _long(words: str, size: float) -> float:
    return sum(size / 2 if sign.isascii() else size for sign in without(words))


def fitted(words: str, room: float, size: float, indent: float = 0.0) -> list[str]:
    """The words in lines no longer than `room`, the first `indent` shorter; a number is never cut in two."""
    lines, line, left = [], "", room - indent
    for token in _tokens(words):
        long = _long(token, size)
        if long > left + 1e-6 and without(line):
            lines.append(line)
            line, left = "", room
        line += token
        left -= long
    return [*lines, line]


def _tokens(words: str) -> list[str]:
    """Single characters, with the digits of a number, and a mark and what it marks, kept together."""
    tokens: list[str] = []
    for sign in words:
        last = tokens[-1][-1] if tokens else ""
        if last and (MARK.match(last) or (sign in _KEPT and last in _KEPT)):
            tokens[-1] += sign
        else:
            tokens.append(sign)
    return tokens


def _placed(sheet: Sheet) -> list[_Placed]:
    found = []
    for number, row in enumerate(sheet.rows):
        column = 0
        for cell in row:
            if not cell.goes_on:
                found.append(_Placed(cell, number, column))
            column += cell.columns
    return found


def _widths(sheet: Sheet, placed: Sequence[_Placed]) -> list[float]:
    """Columns as wide as their widest own words would like, within what the page has."""
    wanted = [_NARROW] * sheet.width
    for each in placed:
        if each.cell.columns == 1 and not each.cell.upright:
            long = max((_long(line, _SMALL) for line in each.cell.lines), default=0)
            wanted[each.column] = max(wanted[each.column], min(long, _WIDEST * _SMALL) + 3 * _PAD)
    scale = (_WIDTH - 2 * _SIDE) / sum(wanted)
    return [width * scale for width in wanted]


def _cell_lines(cell: Cell, width: float) -> list[str]:
    if cell.upright:
        return [token for line in cell.lines for token in _tokens(line)]
    return [part for line in cell.lines for part in fitted(line, width - 2 * _PAD, _SMALL)]


def _heights(sheet: Sheet, placed: Sequence[_Placed], edges: Sequence[float]) -> list[float]:
    heights = [_SMALL * 1.25 + 3 * _PAD] * len(sheet.rows)
    for each in sorted(placed, key=lambda p: p.cell.rows):
        cell = each.cell
        lines = _cell_lines(cell, edges[each.column + cell.columns] - edges[each.column])
        lacking = len(lines) * _SMALL * 1.25 + 3 * _PAD - sum(heights[each.row : each.row + cell.rows])
        if lacking > 0:
            heights[each.row + cell.rows - 1] += lacking
    return heights
