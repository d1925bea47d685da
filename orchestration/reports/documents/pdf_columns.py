"""Tables that no lines draw: figures under each other in columns, with labels to the left of them.

Columns are told by where figures stand; a row is a line with figures, and the lines of a broken label around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from orchestration.reports.documents.lines import ORDINAL, Shape, shape_of
from orchestration.reports.documents.pdf_grids import Grid, GridCell, numbered
from orchestration.reports.documents.pdf_lines import Line, line_of
from orchestration.reports.documents.pdf_marks import Glyph
from orchestration.reports.documents.text import fold

# A gap between two cells, in heights of the line; spaces in justified prose are narrower.
_CELL_GAP = 1.2
_FIGURES = frozenset({"number", "dash"})
_LONGEST_LABEL = 45
_SENTENCE_END = "。;!?"
# A table has this many lines with figures, or one line with many.
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 5
_MOST_BETWEEN = 5
# How far, in heights of a line, the line of a broken label may stand from the line with its figures.
_SAME_ROW = 1.1
_SAME_PLACE = 6.0


@dataclass(slots=True)
class _Row:
    """A line cut at its gaps; `figures`: at least one piece is a figure beside something else."""

    line: Line
    pieces: list[Line]
    shapes: Sequence[Shape]
    figures: bool = field(init=False)

    def __post_init__(self) -> None:
        self.figures = len(self.pieces) > 1 and any(shape in _FIGURES for shape in self.shapes)

    @property
    def middle(self) -> float:
        return (self.line.top + self.line.bottom) / 2

    @property
    def labelled(self) -> bool:
        return any(shape in ("label", "short", "prose") for shape in self.shapes)


def find_columns(lines: Sequence[Line]) -> tuple[list[Line], list[Grid]]:
    """The lines of a page that are in no such table, and the tables, from the top down."""
    rows = [_row(line) for line in lines]
    rest: list[Line] = []
    grids: list[Grid] = []
    index = 0
    while index < len(rows):
        past = _region_end(rows, index)
        grid = _grid(rows[index:past])
        if grid is None:
            rest.append(rows[index].line)
            index += 1
        else:
            grids.append(grid)
            index = past
    return rest, grids


def _row(line: Line) -> _Row:
    least = _CELL_GAP * line.size
    if not any(after.x0 - before.x1 > least for before, after in pairwise(line.glyphs)):
        return _Row(line, [line], ["label"])
    pieces: list[list[Glyph]] = [[]]
    for before, glyph in pairwise(line.glyphs):
        pieces[-1].append(before)
        if glyph.x0 - before.x1 > least:
            pieces.append([])
    pieces[-1].append(line.glyphs[-1])
    cut = [line_of(piece) for piece in pieces]
    return _Row(line, cut, [shape_of(fold(piece.words)) for piece in cut])


def _region_end(rows: Sequence[_Row], first: int) -> int:
    """The line past the last that may belong to a table whose first line is this; `first` where none begins here."""
    if len(rows[first].pieces) < 2:
        return first
    past, between = first + 1, 0
    for index in range(first + 1, len(rows)):
        row = rows[index]
        words = row.line.words
        if row.figures or (len(row.pieces) > 1 and past == index):
            past, between = index + 1, 0
            continue
        between += 1
        if between > _MOST_BETWEEN or len(words) > _LONGEST_LABEL or words[-1] in _SENTENCE_END:
            break
    rest = past
    while rest < len(rows) and _is_rest(rows[past - 1], rows[rest]):
        rest += 1
    return rest


def _is_rest(last: _Row, row: _Row) -> bool:
    """Whether a line ends the broken label of the last line with figures."""
    near = row.middle - last.middle < _SAME_ROW * last.line.size
    return near and len(row.pieces) == 1 and not ORDINAL.match(fold(row.line.words))


def _grid(rows: Sequence[_Row]) -> Grid | None:
    data = [row for row in rows if row.figures]
    most = max((sum(shape in _FIGURES for shape in row.shapes) for row in data), default=0)
    if not (len(data) >= _FEWEST_ROWS or (data and most >= _FEWEST_FIGURES)):
        return None
    columns = _columns(data)
    if not columns or (most < _FEWEST_FIGURES and not any(row.labelled for row in data)):
        return None
    labels = _label_places(rows, columns[0][0])
    edges = [*labels, *_between(labels, columns)]
    right = max([columns[-1][1], *(row.line.x1 for row in rows)])
    return numbered(_cells(_grouped(rows), [*edges, right], len(labels)))


def _columns(data: Iterable[_Row]) -> list[tuple[float, float]]:
    """Where figures stand, from left to right: the spans that figures of several lines share."""
    spans: list[list[float]] = []
    pieces = (piece for row in data for piece, shape in zip(row.pieces, row.shapes, strict=True) if shape in _FIGURES)
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if spans and piece.x0 < spans[-1][1] + 1:
            spans[-1][1] = max(spans[-1][1], piece.x1)
        else:
            spans.append([piece.x0, piece.x1])
    return [(start, end) for start, end in spans]


def _label_places(rows: Iterable[_Row], before: float) -> list[float]:
    """Where labels begin, from left to right: the left edges that several lines share."""
    starts = sorted(
        piece.x0
        for row in rows
        for piece, shape in zip(row.pieces, row.shapes, strict=True)
        if shape not in _FIGURES and _middle(piece) < before
    )
    places: list[list[float]] = []
    for start in starts:
        if places and start - places[-1][-1] <= _SAME_PLACE:
            places[-1].append(start)
        else:
            places.append([start])
    return [place[0] for place in places if len(place) > 1][:3] or ([starts[0]] if starts else [])


def _between(labels: Sequence[float], columns: Sequence[tuple[float, float]]) -> list[float]:
    """The left edge of each column of figures: half way from the one before it, so that wider headers fit."""
    edges = [columns[0][0] - 2.0] if labels else [columns[0][0]]
    edges.extend((before[1] + after[0]) / 2 for before, after in pairwise(columns))
    return edges


def _grouped(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Lines that make one row of the table: those of a broken label with the figures they stand around."""
    groups: list[list[_Row]] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if groups and _belongs(groups[-1], row, following):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _belongs(group: Sequence[_Row], row: _Row, following: _Row | None) -> bool:
    """Whether a line goes with those before it rather than standing alone or with the line after it."""
    apart = row.middle - group[-1].middle
    if apart > _SAME_ROW * row.line.size or ORDINAL.match(fold(row.line.words)):
        return False
    if row.figures:
        return not row.labelled and not any(other.figures for other in group)
    if len(row.pieces) > 1:
        return False
    return following is None or not following.figures or following.labelled or following.middle - row.middle >= apart


def _cells(groups: Sequence[Sequence[_Row]], edges: Sequence[float], labels: int) -> list[GridCell]:
    """Cells of every row: labels where they begin, a cell for each column of figures, blank where none is printed."""
    cells = []
    for number, group in enumerate(groups):
        top, bottom = min(row.line.top for row in group), max(row.line.bottom for row in group)
        held: dict[int, list[Glyph]] = {column: [] for column in range(labels, len(edges) - 1)}
        for row in group:
            for piece in row.pieces:
                held.setdefault(_column(piece, edges, labels), []).extend(piece.glyphs)
        for column, glyphs in sorted(held.items()):
            cells.append(GridCell(number, column, 1, 1, (edges[column], top, edges[column + 1], bottom), glyphs))
    return cells


def _column(piece: Line, edges: Sequence[float], labels: int) -> int:
    """The column of a piece: of a label by where it begins, of the others by their middle."""
    middle = _middle(piece)
    if labels and middle < edges[labels]:
        return max(i for i in range(labels) if i == 0 or edges[i] <= piece.x0 + _SAME_PLACE)
    return max(i for i in range(labels, len(edges) - 1) if i == labels or edges[i] <= middle)


def _middle(piece: Line) -> float:
    return (piece.x0 + piece.x1) / 2
