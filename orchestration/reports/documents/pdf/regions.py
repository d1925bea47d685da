"""Where on a page a table may stand that no lines draw: lines cut into pieces, and from which to which one reaches.

Only shapes and places are judged here: figures beside something else, gaps, and lines close below each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from orchestration.reports.documents.lines import ORDINAL, Shape, shape_of
from orchestration.reports.documents.pdf.lines import Line, line_of
from orchestration.reports.documents.pdf.marks import Glyph
from orchestration.reports.documents.text import fold

FIGURES = frozenset({"number", "dash"})
"""The shapes of what stands in columns of figures."""
OF_FIGURES = frozenset("0123456789.,，-—０１２３４５６７８９")
"""The characters of figures."""
NUMBER_OF_ROW = re.compile(r"(?:其中:)?\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)]")
"""What a label may begin with: no cell of its own, whatever room it keeps."""

# A gap between two cells, in heights of the line; spaces in justified prose are narrower.
_CELL_GAP = 1.2
# Between figures, and beside words set higher or lower, a narrower gap parts two cells of a line with several.
_FIGURE_GAP = 0.5
_HEAD_GAP = 0.3
_SHIFT = 0.1
# Cells that touch may reach into each other by this, in points.
_TOUCH = 1.0
_FEWEST_NARROW = 3
_LONGEST_LABEL = 45
_SENTENCE_END = "。;!?"
# Lines without figures that a table may hold in a row: of heads and headings, and of a broken label.
_MOST_BETWEEN = 5
_MOST_OF_LABEL = 16
# Lines of one label stand this close, from top to top in heights of the line, and are as high as each other.
_NEXT_LINE = 1.7
_OTHER_SIZE = 1.2
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}[、.]")


@dataclass(slots=True)
class Row:
    """A line cut at its gaps; `figures`: at least one piece is a figure beside something else."""

    line: Line
    pieces: list[Line]
    shapes: Sequence[Shape]
    figures: bool = field(init=False)

    def __post_init__(self) -> None:
        self.figures = len(self.pieces) > 1 and any(shape in FIGURES for shape in self.shapes)

    @property
    def first_figure(self) -> float:
        """Where the first figure begins."""
        return min(piece.x0 for piece in self.pieces_of_figures)

    @property
    def pieces_of_figures(self) -> list[Line]:
        """The pieces that are figures."""
        return [piece for piece, shape in zip(self.pieces, self.shapes, strict=True) if shape in FIGURES]

    @property
    def size(self) -> float:
        """The height of the highest piece: digits of some fonts are lower than the words beside them."""
        return max(piece.size for piece in self.pieces)

    @property
    def labelled(self) -> bool:
        return any(shape in ("label", "short", "prose") for shape in self.shapes)


def row_of(line: Line) -> Row:
    return row_from(line, _cut(line))


def row_from(line: Line, pieces: list[Line]) -> Row:
    return Row(line, pieces, [shape_of(fold(piece.words)) for piece in pieces] if len(pieces) > 1 else ["label"])


def _cut(line: Line) -> list[Line]:
    """The pieces of a line that wide gaps part; of several pieces also those that narrower gaps part from figures."""
    pieces: list[list[Glyph]] = [[line.glyphs[0]]]
    for before, after in pairwise(line.glyphs):
        if after.x0 - before.x1 > _CELL_GAP * line.size:
            pieces.append([])
        pieces[-1].append(after)
    if len(pieces) < _FEWEST_NARROW:
        return [line_of(piece) for piece in pieces] if len(pieces) > 1 else [line]
    return [line_of(part) for piece in pieces for part in _cut_narrowly(piece, line.size)]


def _cut_narrowly(glyphs: Sequence[Glyph], size: float) -> list[list[Glyph]]:
    """The parts of a piece: before a figure that ends it, and where words are set higher or lower."""
    parts: list[list[Glyph]] = [[glyphs[-1]]]
    figure = glyphs[-1].words in OF_FIGURES
    for before, after in pairwise(reversed(glyphs)):
        gap = before.x0 - after.x1
        shifted = abs(after.bottom - before.bottom) > _SHIFT * size < abs(after.top - before.top)
        if (figure and gap > _FIGURE_GAP * size) or (shifted and gap > _HEAD_GAP * size):
            parts.append([])
            figure = after.words in OF_FIGURES
        figure = figure and after.words in OF_FIGURES
        parts[-1].append(after)
    joined: list[list[Glyph]] = []
    for part in reversed(parts):
        if joined and NUMBER_OF_ROW.fullmatch(fold("".join(glyph.words for glyph in joined[-1]))):
            joined[-1].extend(part[::-1])
        else:
            joined.append(part[::-1])
    return joined


def region_end(rows: Sequence[Row], first: int) -> int:
    """The line past the last that may belong to a table whose first line is this; `first` where none begins here."""
    if len(rows[first].pieces) < 2:
        return first
    past, between, of_label = first + 1, 0, 0
    last = rows[first] if rows[first].figures else None
    for index in range(first + 1, len(rows)):
        row = rows[index]
        words = row.line.words
        if row.figures or (len(row.pieces) > 1 and (past == index or _is_blank(row, last))):
            past, between, of_label = index + 1, 0, 0
            last = row if row.figures else last
            continue
        beside = (
            last is not None and _is_beside(row, last) and row.line.top - rows[index - 1].line.top < 2 * row.line.size
        )
        of_label, between = (of_label + 1, between) if beside else (of_label, between + 1)
        if between > _MOST_BETWEEN or of_label > _MOST_OF_LABEL:
            break
        if len(words) > _LONGEST_LABEL or words[-1] in _SENTENCE_END:
            break
    return past + _rest_of_label(rows, first, past)


def _is_beside(row: Row, figures: Row) -> bool:
    """Whether a line stands to the left of where the figures of another begin."""
    return row.line.x1 < figures.first_figure + _TOUCH and _is_as_high(row, figures)


def _is_blank(row: Row, figures: Row | None) -> bool:
    """Whether a line is a label with its unit, but without a figure as another has it."""
    if figures is None or len(row.pieces) < 2 or row.shapes[-1] != "short":
        return False
    units = [piece for piece, shape in zip(figures.pieces, figures.shapes, strict=True) if shape == "short"]
    return bool(units) and bool(under(row.pieces[-1], units[-1:]))


def _is_as_high(one: Row, other: Row) -> bool:
    return max(one.size, other.size) < _OTHER_SIZE * min(one.size, other.size)


def _follows(before: Row, after: Row) -> bool:
    """Whether a line may go on with the label that the line before it is a part of."""
    apart = after.line.top - before.line.top
    return apart < _NEXT_LINE * max(before.size, after.size) and _is_as_high(before, after)


def _rest_of_label(rows: Sequence[Row], first: int, past: int) -> int:
    """How many lines after the last one end the broken label of the last one with figures."""
    at = next((index for index in range(past - 1, first - 1, -1) if rows[index].figures), past)
    if at == past or not all(_is_beside(row, rows[at]) for row in rows[at + 1 : past]):
        return 0
    last = rows[at]
    above = lines_above(rows, first, at)
    own = last.shapes[0] not in FIGURES and last.pieces[0].x1 < last.first_figure + _TOUCH
    most = above if above or not own else _usually_below(rows[first:past])
    begun = last.pieces[0].words if own else ""
    begun += "".join(row.line.words for row in rows[at + 1 : past])
    end = past
    while end < len(rows):
        row = rows[end]
        open_ended = fold(begun).count("(") > fold(begun).count(")") or begun.endswith(("、", "，", ","))
        if len(row.pieces) > 1 or ORDINAL.match(fold(row.line.words)) or not _is_beside(row, last):
            break
        if not _follows(rows[end - 1], row) or (end - at > most and not open_ended):
            break
        begun += row.line.words
        end += 1
    return end - past


def lines_above(rows: Sequence[Row], first: int, at: int) -> int:
    """How many lines of the label stand above the line with its figures, from the one that begins it."""
    count = 0
    for index in range(at - 1, first - 1, -1):
        row = rows[index]
        labels = len(row.pieces) == 1 or (
            at < len(rows) and rows[at].figures and not row.figures and _is_beside(row, rows[at])
        )
        if not labels or (index + 1 < len(rows) and not _follows(row, rows[index + 1])):
            break
        count += 1
        if ORDINAL.match(fold(rows[index].line.words)):
            break
    own = fold(rows[at].pieces[0].words) if at < len(rows) and rows[at].shapes[0] not in FIGURES else ""
    return 0 if ORDINAL.match(own) else count


def _usually_below(rows: Sequence[Row]) -> int:
    """How many lines of a label stand below its figures at most, where labels begin beside their figures."""
    most = count = 0
    begins = False
    for row in rows:
        if row.figures:
            begins, count = ORDINAL.match(fold(row.pieces[0].words)) is not None, 0
        elif len(row.pieces) == 1 and begins and not ORDINAL.match(fold(row.line.words)):
            count += 1
        else:
            begins = False
        most = max(most, count)
    return most


def region_start(rows: Sequence[Row], index: int, past: int, floor: int) -> int:
    """The first line of a table whose heads or broken first label begin above the first line with several pieces."""
    first = next((row for row in rows[index:past] if row.figures), None)
    while first is not None and index > floor:
        above = rows[index - 1]
        words = fold(above.line.words)
        chapter = _CHAPTER.match(words) and above.line.bottom < first.line.top
        if not _follows(above, rows[index]) or chapter or words[-1] in _SENTENCE_END:
            break
        if not _is_beside(above, first) and above.line.x0 < first.first_figure:
            break
        index -= 1
    return index


def under(piece: Line, others: Sequence[Line]) -> list[int]:
    """Which of the others a piece stands under or over."""
    middle = (piece.x0 + piece.x1) / 2
    return [at for at, other in enumerate(others) if other.x0 - other.size < middle < other.x1 + other.size]
