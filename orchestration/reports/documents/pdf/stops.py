"""Cells of a table without lines that touch each other: told apart where other rows begin a cell.

A row printed without space between its cells is one piece of words and figures. Where the cells of other rows begin,
it is cut; only what plainly begins a cell there is, so that a word is never torn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestration.reports.documents.lines import ORDINAL
from orchestration.reports.documents.pdf.lines import Line, line_of
from orchestration.reports.documents.pdf.marks import Glyph
from orchestration.reports.documents.pdf.regions import FIGURES, NUMBER_OF_ROW, OF_FIGURES, Row, row_from
from orchestration.reports.documents.text import fold

# An ordinal that is not part of a quoted article of a law.
_INNER = re.compile(r"(?<=[^第条款\d(])\([一二三四五六七八九十]{1,3}\)")
# Cells that begin nearer to each other than this, in points, begin at one place.
_ONE_PLACE = 1.0
# So many rows begin a cell at a place where cells begin.
_FEWEST = 2
# A gap this wide, in heights of the line, before a place where cells begin parts two cells.
_GAP = 0.3
# Heads that touch are told from one long head where so many stand side by side.
_FEWEST_HEADS = 3


@dataclass(slots=True)
class _Stop:
    """A place where cells begin, and what they say there."""

    at: float
    words: list[str]
    figures: bool

    @property
    def ordinals(self) -> int:
        return sum(ORDINAL.match(words) is not None for words in self.words)


def apart(rows: Sequence[Row], data: Sequence[Row]) -> list[Row]:
    """The rows of a table, cut also where cells touch; `data` are lines with figures that show where cells begin."""
    stops = _stops(data)
    first = next((stop.at for stop in stops if stop.figures), 0.0)
    beside = [stop for stop in stops if stop.at < first - _ONE_PLACE]
    return [_recut(row, stops) if len(row.pieces) > 1 else _recut_label(row, beside, first) for row in rows]


def _stops(data: Sequence[Row]) -> list[_Stop]:
    """The places, from left to right, where at least two rows begin a cell."""
    found: list[_Stop] = []
    pieces = [
        (piece.x0, fold(piece.words), shape in FIGURES)
        for row in data
        for piece, shape in zip(row.pieces, row.shapes, strict=True)
    ]
    run_into = [
        (tail.x0, tail.words, True) for row in data if row.figures for piece in row.pieces if (tail := _tail_of(piece))
    ]
    for at, words, figure in sorted([*pieces, *run_into, *_inner_ordinals(data)]):
        if found and at - found[-1].at <= _ONE_PLACE:
            found[-1].words.append(words)
            found[-1].figures = found[-1].figures or figure
        else:
            found.append(_Stop(at, [words], figure))
    return [stop for stop in found if len(stop.words) >= _FEWEST]


def _inner_ordinals(data: Sequence[Row]) -> Iterator[tuple[float, str, bool]]:
    """Where ordinals in brackets stand inside the labels of lines with figures."""
    for row in data:
        label = row.pieces[0]
        words = fold(label.words)
        if row.figures and len(words) == len(label.glyphs):
            for hit in _INNER.finditer(words):
                yield label.glyphs[hit.start()].x0, words[hit.start() :], False


def _tail_of(piece: Line) -> Line | None:
    """The figure at the end of a piece, behind words; None where it has none."""
    past = len(piece.glyphs)
    while past and piece.glyphs[past - 1].words in OF_FIGURES:
        past -= 1
    return line_of(piece.glyphs[past:]) if 0 < past < len(piece.glyphs) else None


def _recut(row: Row, stops: Sequence[_Stop]) -> Row:
    pieces: list[Line] = []
    of_figures = [stop for stop in stops if stop.figures]
    for piece in row.pieces:
        parts = _parts(piece, stops)
        if not row.figures:
            parts = [own for part in parts for own in _heads(part, of_figures, len(row.pieces) > 1)]
        pieces.extend(parts)
    return row if len(pieces) == len(row.pieces) else row_from(row.line, pieces)


def _recut_label(row: Row, stops: Sequence[_Stop], first: float) -> Row:
    """The rest of two labels that go on below their figures, cut at the gap between them."""
    parts = _parts(row.line, stops, gaps_only=True) if row.line.x1 < first + _ONE_PLACE else [row.line]
    return row if len(parts) == 1 else row_from(row.line, parts)


def _parts(piece: Line, stops: Sequence[_Stop], gaps_only: bool = False) -> list[Line]:
    """The piece cut before figures, units and ordinals that begin where those of other rows do, and at gaps there."""
    cuts: list[int] = []
    past = len(piece.glyphs)
    for index in range(past - 1, 0, -1):
        stop = _stop_at(piece.glyphs[index], stops)
        if stop is None or NUMBER_OF_ROW.fullmatch(fold("".join(glyph.words for glyph in piece.glyphs[:index]))):
            continue
        apart = piece.glyphs[index].x0 - piece.glyphs[index - 1].x1 > _GAP * piece.size
        if apart or (not gaps_only and _begins(piece.glyphs, index, past, stop)):
            cuts.append(index)
            past = index
    return _cut(piece, cuts[::-1])


def _begins(glyphs: Sequence[Glyph], index: int, past: int, stop: _Stop) -> bool:
    """Whether the characters up to `past` are a cell of their own."""
    before, own = glyphs[index - 1], glyphs[index:past]
    if stop.figures and before.words not in OF_FIGURES and all(glyph.words in OF_FIGURES for glyph in own):
        return True
    words = fold("".join(glyph.words for glyph in own))
    if ORDINAL.match(words):
        return stop.ordinals >= _FEWEST and before.words not in OF_FIGURES
    return stop.words.count(words) >= _FEWEST


def _heads(piece: Line, stops: Sequence[_Stop], beside: bool) -> list[Line]:
    """The heads that touch: one over each of several columns, and the first of them after words beside the columns."""
    inside = [stop for stop in stops if piece.x0 + _ONE_PLACE < stop.at < piece.x1 - _ONE_PLACE]
    cuts = [
        index
        for index, glyph in enumerate(piece.glyphs)
        if index and any(abs(glyph.x0 - stop.at) <= _ONE_PLACE for stop in inside)
    ]
    if len(cuts) != len(inside):
        return [piece]
    label = bool(stops) and piece.x0 < stops[0].at - _ONE_PLACE
    if label and beside and cuts:
        return [line_of(piece.glyphs[: cuts[0]]), *_heads(line_of(piece.glyphs[cuts[0] :]), stops, beside)]
    return _cut(piece, cuts) if len(inside) + 1 >= _FEWEST_HEADS and not label else [piece]


def _stop_at(glyph: Glyph, stops: Sequence[_Stop]) -> _Stop | None:
    return next((stop for stop in stops if abs(glyph.x0 - stop.at) <= _ONE_PLACE), None)


def _cut(piece: Line, cuts: Sequence[int]) -> list[Line]:
    if not cuts:
        return [piece]
    return [line_of(piece.glyphs[start:end]) for start, end in pairwise([0, *cuts, len(piece.glyphs)])]
