"""Prose set in two columns: where on a page it stands, and its lines column by column.

Only prose is taken apart here: two sides of full lines with few figures. Labels beside figures are a table's matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import sub
from statistics import median

from orchestration.reports.documents.pdf.lines import Line, lines_of
from orchestration.reports.documents.pdf.marks import Glyph
from orchestration.reports.documents.pdf.regions import OF_FIGURES

# The space between the columns is this wide at least, in heights of a line, and stands in this part of the page.
_WIDE = 1.0
_FIRST, _LAST = 0.3, 0.7
# Fewer lines than this are no column; of all lines this share may be set over both.
_FEWEST = 4
_MOST_ACROSS = 0.3
# A column holds this many characters to a line, fills this share of its lines up to so much room, and holds no more
# than this share of figures.
_CHARACTERS = 11
_FULL = 0.35
_ROOM = 2.5
_FIGURES = 0.3
# Lines below the last with words on the right go on in the left column where they stand this close to each other.
_NEXT_LINE = 2.2


@dataclass(frozen=True, slots=True)
class Strip:
    """Two columns of prose: where they begin on the page, and their lines, those of the left column first."""

    top: float
    lines: list[Line]


def part_columns(lines: Sequence[Line], width: float, tables: Sequence[float]) -> Iterator[list[Line] | Strip]:
    """The lines of a page of this width from the top down: runs of single lines, and what stands in two columns.

    `tables` are where tables begin that are not among the lines: columns end before each.
    """
    at = _gutter(lines, width)
    begun: list[Line] = []
    for run in _runs(lines, at, tables) if at else ():
        strip = _strip(run, at)
        if strip is None:
            begun.extend(run)
            continue
        past = len(run) - _below(run, at)
        if begun:
            yield begun
        yield strip
        begun = run[past:]
    if not at:
        begun = list(lines)
    if begun:
        yield begun


def _gutter(lines: Sequence[Line], width: float) -> float:
    """Where in the middle of the page the fewest words stand between words on both sides; 0 where there is no such."""
    pieces = [piece for line in lines for piece in _pieces(line)]
    size = median(line.size for line in lines) if lines else 0.0
    near = _WIDE * size / 2
    right = sorted(start for start, _ in pieces if _FIRST * width < start < _LAST * width)
    if len(right) < _FEWEST:
        return 0.0
    found = []
    for at in {round(start - near) for start in right}:
        across = sum(start < at + 0.8 * near and end > at - 0.8 * near for start, end in pieces)
        beside = sum(start >= at for start, _ in pieces)
        if beside >= _FEWEST and across <= _MOST_ACROSS * len(pieces):
            found.append((across - beside, float(at)))
    return min(found)[1] if found else 0.0


def _pieces(line: Line) -> Iterator[tuple[float, float]]:
    """From where to where the words of a line stand, cut at its widest gap if that may be a gutter."""
    glyphs = line.glyphs
    if len(glyphs) > 1:
        starts, ends = [glyph.x0 for glyph in glyphs], [glyph.x1 for glyph in glyphs]
        gaps = list(map(sub, starts[1:], ends))
        widest = max(gaps)
        if widest > _WIDE * line.size:
            at = gaps.index(widest)
            yield line.x0, ends[at]
            yield starts[at + 1], line.x1
            return
    yield line.x0, line.x1


def _side(line: Line, at: float) -> str:
    """left, right or both: where the words of a line stand beside the gutter; across where they fill it."""
    if line.x1 <= at:
        return "left"
    if line.x0 >= at:
        return "right"
    near = _WIDE * line.size / 2 * 0.8
    free = not any(glyph.x0 < at + near and glyph.x1 > at - near for glyph in line.glyphs)
    return "both" if free else "across"


def _runs(lines: Sequence[Line], at: float, tables: Sequence[float]) -> Iterator[list[Line]]:
    """The lines in runs of those that leave the gutter free and of those that do not, cut where tables begin."""
    begun: list[Line] = []
    free = False
    for line in lines:
        own = _side(line, at) != "across"
        if begun and (own is not free or any(begun[-1].top < top < line.top for top in tables)):
            yield begun
            begun = []
        begun.append(line)
        free = own
    if begun:
        yield begun


def _below(run: Sequence[Line], at: float) -> int:
    """How many of the last lines stand below the two columns: apart from them, and with nothing beside them."""
    for count, (before, line) in enumerate(pairwise(reversed(run)), 1):
        if _side(before, at) != "left":
            return 0
        if before.top - line.top > _NEXT_LINE * before.size:
            return count
    return 0


def _strip(run: Sequence[Line], at: float) -> Strip | None:
    if _side(run[0], at) == "across":
        return None
    own = run[: len(run) - _below(run, at)]
    glyphs = [glyph for line in own for glyph in line.glyphs]
    left, right = [glyph for glyph in glyphs if glyph.x1 <= at], [glyph for glyph in glyphs if glyph.x1 > at]
    if not left or not right:
        return None
    sides = _column(left), _column(right)
    if not all(map(_is_prose, sides)):
        return None
    return Strip(min(line.top for line in own), [line for side in sides for line in side])


def _column(glyphs: list[Glyph]) -> list[Line]:
    """The lines of one column, each with the edges of the column."""
    lines = lines_of(glyphs)
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    for line in lines:
        line.within = left, right
    return lines


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether many lines of a column are full, and all but few long and of words."""
    if len(lines) < _FEWEST:
        return False
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    words = "".join(line.words for line in lines)
    full = sum(right - line.x1 < _ROOM * line.size for line in lines)
    long = right - left > _CHARACTERS * median(line.size for line in lines)
    of_figures = sum(all(glyph.words in OF_FIGURES for glyph in line.glyphs) for line in lines)
    torn = sum(len(list(_pieces(line))) > 1 for line in lines)
    if of_figures > 1 or torn > _MOST_ACROSS * len(lines):
        return False
    return long and full >= _FULL * len(lines) and sum(map(str.isdigit, words)) < _FIGURES * len(words)
