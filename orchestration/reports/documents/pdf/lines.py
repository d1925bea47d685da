"""Characters on a page made into lines of words: by place, with spaces where gaps are, and printed twice only once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import sub

from orchestration.reports.documents.pdf.marks import Glyph
from orchestration.reports.documents.pdf.paths import Box

Marks = list[tuple[str, Box | None]]
"""Characters with their boxes; a space that is only a gap has none."""

# Two characters whose middles are nearer than this share of the higher one's height stand on one line.
_ONE_LINE = 0.5
# Gaps that are spaces, in heights of a line: between words of letters or figures, and beside Chinese characters.
_LETTER_GAP = 0.2
_FIGURE_GAP = 0.35
_GAP = 0.6
# Characters that cover more than this of each other were printed over each other.
_COVERED = 0.55
# Lines of numbers that reach into each other by more than this share of their height were printed one over the other.
_LYING_OVER = 0.2
# A cell of more characters than this holds no numbers printed over each other.
_MOST_OF_NUMBERS = 40
# The same character begun again within this share of its height is the same print.
_SAME_PLACE = 0.25
_NUMERIC = re.compile(r"[\d.,%\s]+")
_ASCII_WORD = re.compile(r"[0-9A-Za-z]")


@dataclass(slots=True)
class Line:
    """The characters of one line from left to right, the box around them, and the height of most of them.

    `within`: from where to where the column of prose reaches that it stands in; None where the page has but one.
    """

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    within: tuple[float, float] | None = None

    @property
    def words(self) -> str:
        """The words of the line without any white space."""
        return "".join([glyph.words for glyph in self.glyphs])


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that these characters make, from the top down; the order of characters given is the printing order."""
    rows: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=_middle):
        own = glyph.bottom - glyph.top
        at = (glyph.top + glyph.bottom) / 2
        if rows and at - middle < _ONE_LINE * max(height, own) * 0.999:
            rows[-1].append(glyph)
            # The line is where its larger characters are: a raised note mark does not move it.
            if own > height:
                middle, height = at, own
        else:
            rows.append([*_nearer(rows[-1], middle, at), glyph] if rows else [glyph])
            middle, height = at, own
    return [line_of(row) for row in rows]


def _nearer(row: list[Glyph], middle: float, following: float) -> list[Glyph]:
    """The last characters of a line that stand nearer to the next one, taken out of it: a character of another font."""
    count = 0
    while count < len(row) - 1 and _middle(row[-1 - count]) > middle + following:
        count += 1
    taken = row[len(row) - count :]
    del row[len(row) - count :]
    return taken


def _middle(glyph: Glyph) -> float:
    return glyph.top + glyph.bottom


def _left(glyph: Glyph) -> float:
    return glyph.x0


def line_of(row: list[Glyph]) -> Line:
    """The line that these characters make."""
    if len(row) == 1:
        _, x0, top, x1, bottom = row[0]
        return Line(row, x0, top, x1, bottom, bottom - top)
    row.sort(key=_left)
    _, starts, tops, ends, bottoms = zip(*row, strict=True)
    size = sorted(map(sub, bottoms, tops))[len(row) // 2]
    if min(map(sub, starts[1:], starts)) < _SAME_PLACE * size:
        row = _without_doubles(row, _SAME_PLACE * size)
    return Line(row, starts[0], min(tops), max(ends), max(bottoms), size)


def spaced(line: Line) -> Marks:
    """The characters of a line with a space for each gap between words."""
    marks: Marks = []
    size = line.size
    narrow = _LETTER_GAP * size
    before = line.glyphs[0]
    for glyph in line.glyphs:
        gap = glyph.x0 - before.x1
        if gap > narrow and gap > _least_gap(before.words[-1], glyph.words[0]) * size:
            marks.append((" ", None))
        box = glyph[1:]
        if len(glyph.words) == 1:
            marks.append((glyph.words, box))
        else:
            marks.extend([(character, box) for character in glyph.words])
        before = glyph
    return marks


def _least_gap(before: str, after: str) -> float:
    if before > "\x7f" or after > "\x7f":
        return _GAP
    return _FIGURE_GAP if before.isdigit() and after.isdigit() else _LETTER_GAP


def _without_doubles(row: list[Glyph], near: float) -> list[Glyph]:
    """The characters of a line, those left out that are printed again at almost the same place, to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        if not any(g.words == glyph.words and glyph.x0 - g.x0 < near for g in kept[-2:]):
            kept.append(glyph)
    return kept


def cell_marks(glyphs: Sequence[Glyph], box: Box) -> Marks:
    """The words of a cell: its lines joined, a number printed over another taken alone, one cut by the cell made whole.

    Of numbers printed over each other the last printed is what a reader of the page sees.
    """
    if len(glyphs) < 2:
        return [(character, glyph[1:]) for glyph in glyphs for character in glyph.words]
    layer = _last_layer(glyphs)
    lines = lines_of(layer)
    if len(lines) == 1:
        return spaced(lines[0])
    if all(_NUMERIC.fullmatch(line.words) for line in lines):
        return _numbers(lines, box)
    marks = spaced(lines[0])
    for before, line in pairwise(lines):
        if _ASCII_WORD.match(before.glyphs[-1].words[-1]) and _ASCII_WORD.match(line.glyphs[0].words[0]):
            marks.append((" ", None))
        marks.extend(spaced(line))
    return marks


def _numbers(lines: list[Line], box: Box) -> Marks:
    """One number set on several lines of a narrow cell, or several numbers, of which the same one counts once."""
    digit = max(line.x1 - line.x0 for line in lines) / max(len(line.words) for line in lines)
    room = box[2] - box[0] - 2 * digit
    if all(line.x1 - line.x0 + digit > room for line in lines[:-1]) and len(lines[0].words) > 1:
        return [mark for line in lines for mark in spaced(line)]
    lying_over = any(b.top < a.bottom - _LYING_OVER * a.size for a, b in pairwise(lines))
    if lying_over or len({line.words for line in lines}) == 1:
        return spaced(lines[-1])
    marks = spaced(lines[0])
    for line in lines[1:]:
        marks.extend([(" ", None), *spaced(line)])
    return marks


def _last_layer(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """What was printed last where numbers lie over each other; all characters where none do."""
    if len(glyphs) > _MOST_OF_NUMBERS or not any(_covers(a, b) for a, b in pairwise(sorted(glyphs, key=_left))):
        return glyphs
    glyphs = _once(glyphs)
    layers: list[list[Glyph]] = []
    for glyph in glyphs:
        if not layers or any(_covers(glyph, other) for other in layers[-1]) or _goes_back(layers[-1][-1], glyph):
            layers.append([])
        layers[-1].append(glyph)
    numeric = [layer for layer in layers if _NUMERIC.fullmatch("".join(g.words for g in layer))]
    return numeric[-1] if len(numeric) == len(layers) else glyphs


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters, each printed again at once at almost its place, to look bold, only once."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        last = kept[-1] if kept else None
        near = _SAME_PLACE * (glyph.bottom - glyph.top)
        again = (
            last and last.words == glyph.words and abs(last.x0 - glyph.x0) < near and abs(last.top - glyph.top) < near
        )
        if not again:
            kept.append(glyph)
    return kept


def _goes_back(before: Glyph, glyph: Glyph) -> bool:
    """Whether a character begins a line over the one before it, rather than the next line below."""
    return glyph.x0 < before.x0 and glyph.top < before.bottom - 0.3 * (before.bottom - before.top)


def _covers(a: Glyph, b: Glyph) -> bool:
    """Whether two characters lie over each other by more than their margins."""
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    if across <= 0:
        return False
    along = min(a.bottom, b.bottom) - max(a.top, b.top)
    wide, high = min(a.x1 - a.x0, b.x1 - b.x0), min(a.bottom - a.top, b.bottom - b.top)
    return across > _COVERED * wide and along > _COVERED * high
