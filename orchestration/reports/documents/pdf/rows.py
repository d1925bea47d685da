"""The rows of a table that no lines draw: which lines of labels belong to which line of figures.

A label may be broken over several lines with its figures beside its first, its middle or its last one. The whole
table is read in the one of these three ways that leaves the least over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from orchestration.reports.documents.lines import ORDINAL
from orchestration.reports.documents.pdf.lines import Line
from orchestration.reports.documents.text import fold

# Lines of one label stand this close, from top to top in heights of the line; the lines of the longest are so many.
_NEXT_LINE = 2.0
_CLOSE = 1.7
_MOST_LINES = 16
# What it costs, in heights of a line, that a label has no figures, that figures have no label, that a label begins
# with no ordinal or goes on after an opening bracket is shut; figures farther than the last from a label are not its.
_NO_FIGURES = 0.6
_NO_LABEL = 1.0
_NO_ORDINAL = 0.15
_BROKEN_OFF = 0.4
# What it costs that a line of a label goes on though so much room was left behind it, in heights of the line.
_NOT_FULL = 0.3
_ROOM = 2.0
_FARTHEST = 0.8
_HOLDS_ON = "、,(和及与或的"


class Column(NamedTuple):
    """From where to where the figures of one column stand."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        """The middle of the column."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line with figures, and these."""

    line: Line
    figures: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of the table: its labels from left to right, its figures if it holds any, and other words in columns."""

    line: Line
    labels: Sequence[Line]
    anchor: Anchor | None
    loose: Sequence[Line]


@dataclass(slots=True)
class TableRow:
    """A row: the lines of its label, those of the merged labels before it, and the pieces in each column."""

    label: list[Line]
    groups: list[list[Line]]
    figures: list[list[Line]]
    middle: float

    @property
    def pieces(self) -> list[Line]:
        """All that is printed in the row."""
        return [*self.label, *(line for group in self.groups for line in group), *(p for c in self.figures for p in c)]

    @property
    def top(self) -> float:
        """Where the row begins."""
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Where the row ends."""
        return max(piece.bottom for piece in self.pieces)


def rows_of(strips: Sequence[Strip], columns: Sequence[Column]) -> list[TableRow]:
    """The rows of a table from the top down; `columns` are those of its figures and units."""
    names, groups = _parted(strips)
    anchors = [strip for strip in strips if strip.anchor]
    ways = [_Way(names, anchors, way) for way in ("middle", "first", "last")]
    best = min(ways, key=lambda way: way.cost)
    rows = [_row(lines, strip, columns) for lines, strip in best.pairs]
    if not rows and strips:
        rows = [TableRow([], [], [[] for _ in columns], _middle(strips[0].line))]
    for strip in strips:
        if strip.anchor is None and strip.loose:
            _put(strip.loose, rows, columns)
    rows.sort(key=lambda row: row.middle)
    for chain in _chains(groups):
        at = chain[0] if best.way == "first" else chain[len(chain) // 2]
        nearest = min(rows, key=lambda row: abs(row.middle - _middle(at)))
        nearest.groups.append(chain)
    for row in rows:
        row.groups.sort(key=lambda chain: chain[0].x0)
    return rows


def _top(line: Line) -> float:
    return line.top


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


class _Name(NamedTuple):
    """One line of a label; `anchor`: the line of figures it stands on, -1 for none."""

    line: Line
    words: str
    anchor: int

    @property
    def begins(self) -> bool:
        """Whether a label begins with it, and does not go on with it."""
        return ORDINAL.match(self.words) is not None or self.words.startswith("其中")


def _parted(strips: Sequence[Strip]) -> tuple[list[_Name], list[Line]]:
    """The lines of the rows' own labels, and the lines of labels merged over several rows to the left of them."""
    pieces = [piece for strip in strips for piece in strip.labels]
    groups: list[Line] = []
    names: list[_Name] = []
    number = -1
    for strip in strips:
        number += strip.anchor is not None
        for piece in strip.labels:
            if any(_is_beside(piece, other) for other in pieces) or any(_goes_on(group, piece) for group in groups):
                groups.append(piece)
            else:
                names.append(_Name(piece, fold(piece.words), number if strip.anchor else -1))
    return names, groups


def _is_beside(label: Line, other: Line) -> bool:
    """Whether a label stands wholly to the left of another one on its own height."""
    return label.x1 <= other.x0 + 1 and abs(_middle(label) - _middle(other)) < max(label.size, other.size)


def _goes_on(above: Line, label: Line) -> bool:
    """Whether a line ends the merged label that the line above it is a part of."""
    over = min(above.x1, label.x1) - max(above.x0, label.x0)
    within = over > (label.x1 - label.x0) / 2 and label.x1 < above.x1 + label.size
    return within and 0 < label.top - above.top < _CLOSE * label.size and not ORDINAL.match(fold(label.words))


@dataclass
class _Way:
    """The table read one way: figures beside the first, the middle or the last line of their label."""

    names: Sequence[_Name]
    anchors: Sequence[Strip]
    way: str
    _known: dict[tuple[int, int], tuple[float, int, bool]] = field(default_factory=dict)

    @cached_property
    def cost(self) -> float:
        """What is left over, in heights of a line."""
        for name in range(len(self.names), -1, -1):
            for anchor in range(len(self.anchors), -1, -1):
                self._known[name, anchor] = self._best(name, anchor)
        return self._known[0, 0][0]

    @cached_property
    def pairs(self) -> list[tuple[list[Line], Strip | None]]:
        """The labels with their figures; none where a label has none, no label where figures have none."""
        found: list[tuple[list[Line], Strip | None]] = []
        name = anchor = 0
        while name < len(self.names) or anchor < len(self.anchors):
            _, past, takes = self._known[name, anchor]
            lines = [one.line for one in self.names[name:past]]
            found.append((lines, self.anchors[anchor] if takes else None))
            name, anchor = past, anchor + takes
        return found

    def _best(self, name: int, anchor: int) -> tuple[float, int, bool]:
        """The least cost from this label line and this line of figures on, where the label ends, and whether it takes
        the figures."""
        if name == len(self.names):
            return (len(self.anchors) - anchor) * _NO_LABEL, name, anchor < len(self.anchors)
        found = (float("inf"), name + 1, False)
        if anchor < len(self.anchors):
            found = self._known[name, anchor + 1][0] + _NO_LABEL, name, True
        lead = 0.0 if self.names[name].begins else _NO_ORDINAL
        on_line = -1
        for past in range(name + 1, min(len(self.names), name + _MOST_LINES) + 1):
            if past > name + 1 and not self._goes_on(past - 1):
                break
            own = self.names[past - 1].anchor
            if own >= 0 and (own < anchor or on_line >= 0):
                break
            on_line = max(on_line, own)
            lead += self._not_full(past - 2) if past > name + 1 else 0.0
            lead_out = lead + self._broken_off(past)
            if on_line < 0:
                cost = self._known[past, anchor][0] + _NO_FIGURES + lead_out
                found = min(found, (cost, past, False))
            if anchor < len(self.anchors) and on_line in (-1, anchor):
                apart = self._apart(name, past, anchor)
                if apart <= _FARTHEST or (on_line == anchor and apart <= 2 * _FARTHEST):
                    found = min(found, (self._known[past, anchor + 1][0] + apart + lead_out, past, True))
        return found

    def _goes_on(self, at: int) -> bool:
        """Whether a line may go on with the label of the line before it."""
        before, line = self.names[at - 1].line, self.names[at].line
        begins = self.names[at].begins and not self.names[at - 1].words.endswith(":")
        return not begins and line.top - before.top < _NEXT_LINE * max(before.size, line.size)

    def _not_full(self, at: int) -> float:
        """What it costs that a label goes on behind a line that has room for more."""
        line = self.names[at].line
        end = max(other.line.x1 for other in self.names if abs(other.line.x0 - line.x0) < line.size)
        return _NOT_FULL if end - line.x1 > _ROOM * line.size else 0.0

    def _broken_off(self, past: int) -> float:
        """What it costs to end a label where it plainly goes on."""
        if past == len(self.names) or not self._goes_on(past):
            return 0.0
        last, following = self.names[past - 1].words, self.names[past].words
        return _BROKEN_OFF if last[-1] in _HOLDS_ON or following[0] in ")、,;" else 0.0

    def _apart(self, name: int, past: int, anchor: int) -> float:
        """How far, in heights of a line, figures stand from where this way has them."""
        first, last = self.names[name].line, self.names[past - 1].line
        at = {"first": _middle(first), "last": _middle(last), "middle": (_middle(first) + _middle(last)) / 2}[self.way]
        return abs(at - _middle_of(self.anchors[anchor])) / first.size


def _middle_of(strip: Strip) -> float:
    pieces = strip.anchor.figures if strip.anchor and strip.anchor.figures else [strip.line]
    return _middle(pieces[0])


def _row(lines: list[Line], strip: Strip | None, columns: Sequence[Column]) -> TableRow:
    figures: list[list[Line]] = [[] for _ in columns]
    if strip is None or strip.anchor is None:
        return TableRow(lines, [], figures, (_middle(lines[0]) + _middle(lines[-1])) / 2)
    found = strip.anchor.figures
    # A row set askew is told by its order where none of its figures is missing.
    whole = len(found) == len(columns)
    for place, piece in enumerate(found):
        figures[place if whole else nearest(piece, columns)].append(piece)
    return TableRow(lines, [], figures, _middle_of(strip))


def nearest(piece: Line, columns: Sequence[Column]) -> int:
    """The column in whose span the middle of a piece is, or to whose middle it is nearest."""
    middle = (piece.x0 + piece.x1) / 2
    return min(range(len(columns)), key=lambda i: (_outside(middle, columns[i]), abs(middle - columns[i].middle)))


def _outside(at: float, column: Column) -> float:
    return max(column.start - at, at - column.end, 0.0)


def _put(pieces: Iterable[Line], rows: Sequence[TableRow], columns: Sequence[Column]) -> None:
    """Put what is left of figures broken over lines into the row they stand nearest to."""
    for piece in pieces:
        row = min(rows, key=lambda row: abs(row.middle - _middle(piece)))
        row.figures[nearest(piece, columns)].append(piece)


def _chains(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of merged labels, those of one label together."""
    chains: list[list[Line]] = []
    for line in sorted(lines, key=_top):
        for chain in reversed(chains):
            last = chain[-1]
            over = min(last.x1, line.x1) - max(last.x0, line.x0)
            if over > 0 and line.top - last.top < _NEXT_LINE * line.size and not ORDINAL.match(fold(line.words)):
                chain.append(line)
                break
        else:
            chains.append([line])
    return chains
