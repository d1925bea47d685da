"""Rows of cells from lines: by tabs, by wide gaps, or one cell a line; how broken lines go back into their cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from orchestration.reports.documents.lines import DAY, ORDINAL, Line, Shape, shape_of

_GAPS = re.compile(r"\s{2,}")
_TOKEN = re.compile(r"\S+")
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,2}")
# The number of a row, between its label and its unit.
_CODE = re.compile(r"\d{1,3}")
_SHORTEST_LABEL = 3
# So many figures on a line are the values of a row whose label stands elsewhere.
_FEWEST_BARE = 4
# A line of so many tabs alone is a row left empty.
_FEWEST_EMPTY = 9
_NARROW = (2, 8)
# Rows that show what the next one holds: a label, a unit and a figure at least.
_ROWS_BEFORE = 4
_SHORTEST_ROW = 2
# Of the rows that begin with a unit at most one in so many has lost its place to the number of a page.
_MOST_STRAYS = 4
# More figures than these in a row are a table of their own.
_MOST_CUT_OFF = 2


@dataclass(slots=True)
class Piece:
    """A cell before it has a place in the grid."""

    start: int
    end: int
    shape: Shape


Row = list[Piece]


def continues(words: str) -> bool:
    """Whether a line can only be the rest of a label: a bracketed note that is no ordinal, or a closing mark."""
    return words[:1] in ")、,;》" or (words[:1] == "(" and not ORDINAL.match("".join(words[:6].split())))


def by_shape(pieces: Iterable[Piece]) -> list[Row]:
    """Rows of a stream of cells: a label begins a row, what is no label stands beside it."""
    rows: list[Row] = []
    stream = list(pieces)
    coded = _prints_codes(stream)
    for piece in stream:
        row = rows[-1] if rows else None
        if row is None:
            if piece.shape != "blank":
                rows.append([piece])
        elif coded and piece.shape == "short" and [cell.shape for cell in row] == ["label", "number"]:
            row.append(piece)
        elif piece.shape in ("label", "prose") or (piece.shape == "short" and _closed(row) and not _lacks_unit(rows)):
            rows.append([piece])
        else:
            row.append(piece)
    return rows if coded else _without_strays(rows)


def _without_strays(rows: list[Row]) -> list[Row]:
    """The rows without the number that stands before the unit of one of them, where no other has one: the page's."""
    shapes = [tuple(cell.shape for cell in row[:4]) for row in rows]
    usual = sum(1 for shape in shapes if shape[:2] == ("label", "short") and len(shape) > _SHORTEST_ROW)
    strays = [i for i, shape in enumerate(shapes) if shape[:3] == ("label", "number", "short") and len(shape) > 3]
    if usual >= _ROWS_BEFORE and len(strays) * _MOST_STRAYS <= usual:
        for at in strays:
            del rows[at][1]
    return rows


def _prints_codes(pieces: list[Piece]) -> bool:
    """Whether most labels are followed by a figure, a unit and a figure: the first of the two is the row's code."""
    shapes = [piece.shape for piece in pieces]
    rows = [tuple(shapes[i + 1 : i + 4]) for i, shape in enumerate(shapes) if shape == "label"]
    coded = sum(1 for row in rows if row[:2] == ("number", "short") and row[2:] in (("number",), ("dash",)))
    return coded >= _ROWS_BEFORE and coded * 2 > sum(1 for row in rows if row and row[0] != "label")


def _closed(row: Row) -> bool:
    """Whether a row has its figures, so that a short word after it is a new label."""
    return row[-1].shape in ("number", "dash", "blank") and len(row) > 1


def _lacks_unit(rows: list[Row]) -> bool:
    """Whether the last row has a figure where the rows before it have a unit: a short word after it is that unit."""
    before = [row[1].shape == "short" for row in rows[-_ROWS_BEFORE:-1] if len(row) > _SHORTEST_ROW]
    return len(before) > 1 and all(before) and all(cell.shape != "short" for cell in rows[-1])


def reunited(folded: str, rows: list[Row]) -> list[Row]:
    """Rows in which the unit and figures that a line end or an empty line cut off stand behind their label again."""
    units = {_words(folded, row[1]) for row in rows if len(row) > _SHORTEST_ROW and row[1].shape == "short"}
    whole: list[Row] = []
    for row in rows:
        filled = [cell for cell in row if cell.shape != "blank"]
        figures = filled[1:] if filled and _words(folded, filled[0]) in units else filled
        bare = 0 < len(figures) <= _MOST_CUT_OFF and all(cell.shape in ("number", "dash") for cell in figures)
        above = [cell for cell in whole[-1] if cell.shape != "blank"] if whole else []
        wanting = len(above) == 1 or (len(above) == _SHORTEST_ROW and len(figures) == len(filled))
        if bare and wanting and above[0].shape == "label" and above[-1].shape in ("label", "short"):
            # A blank that stood before the line end is where the rest goes on; a whole row keeps its own blank.
            whole[-1][:] = [*(above if len(whole[-1]) <= _SHORTEST_ROW else whole[-1]), *filled]
        else:
            whole.append(row)
    return whole


def _words(folded: str, cell: Piece) -> str:
    return folded[cell.start : cell.end]


def piece(folded: str, start: int, end: int) -> Piece:
    """The stripped cell between two offsets; an empty one stands where it begins."""
    words = folded[start:end]
    begin = start + len(words) - len(words.lstrip())
    stripped = words.strip()
    if not stripped:
        return Piece(start, start, "blank")
    return Piece(begin, begin + len(stripped), shape_of(" ".join(stripped.split())))


def segments(folded: str, line: Line, mark: str) -> list[Piece]:
    pieces = []
    at = line.start
    for words in folded[line.start : line.end].split(mark):
        pieces.append(piece(folded, at, at + len(words)))
        at += len(words) + 1
    return pieces


def extend(folded: str, piece: Piece, line: Line) -> None:
    piece.end = line.end - len(folded[line.start : line.end]) + len(folded[line.start : line.end].rstrip())
    piece.shape = shape_of(" ".join(folded[piece.start : piece.end].split()))


def tabbed(folded: str, region: list[Line]) -> list[Row]:
    """Rows of a region with tabs: one line a row, or one cell a line led by its tab."""
    shown = [line for line in region if not line.noise]
    whole = sum(1 for line in shown if "\t" in line.words)
    led = sum(1 for line in shown if line.tabs and line.words and folded[line.start] == "\t" and "\t" not in line.words)
    if whole >= led and whole:
        return line_rows(folded, shown, "\t")
    if led:
        return _led_cells(folded, shown)
    pieces = (piece(folded, line.start, line.end) for line in shown if line.words)
    return by_shape(pieces)


def line_rows(folded: str, lines: list[Line], mark: str) -> list[Row]:
    """One row a line; a line without the mark is a row of its own, or the rest of a broken label."""
    rows: list[Row] = []
    whole: list[Row] = []
    pending: Line | None = None
    past = -1
    for line in lines:
        if not line.words and line.tabs < _FEWEST_EMPTY:
            continue
        beneath, past = line.start == past, line.end + 1
        if mark not in folded[line.start : line.end]:
            if rows and rows[-1] and continues(line.words) and len(rows[-1]) > 1:
                # The note stands after its row: it belongs to the label, whose place stays where it began.
                continue
            if rows and line.shape == "number" and whole and rows[-1] is whole[-1] and beneath:
                # Digits cut off their figure: one cell too many says so.
                rows[-1].append(piece(folded, line.start, line.end))
                continue
            if pending:
                rows.append([piece(folded, pending.start, pending.end)])
            pending = line
            continue
        row = segments(folded, line, mark)
        if pending:
            if _broken(pending.words, row[0], folded):
                row[0] = Piece(piece(folded, pending.start, pending.end).start, row[0].end, "label")
            else:
                rows.append([piece(folded, pending.start, pending.end)])
            pending = None
        rows.append(row)
        whole.append(row)
    if pending:
        rows.append([piece(folded, pending.start, pending.end)])
    _drop_empty_edges(whole)
    return [row for row in rows if row]


def _broken(words: str, first: Piece, folded: str) -> bool:
    """Whether a line without delimiters is the beginning of the label that the next row goes on with."""
    if first.shape == "blank":
        return False
    rest = folded[first.start : first.end]
    return len(rest) == 1 or continues(rest) or words.count("(") > words.count(")") or words[-1] in "、,和及与的"


def _drop_empty_edges(rows: list[Row]) -> None:
    """Take away a first or last column that is empty in every row: indentation, or a mark that closes the line."""
    while rows and all(len(row) > 1 and row[0].shape == "blank" for row in rows):
        for row in rows:
            del row[0]
    closed = len({len(row) for row in rows}) == 1 and all(row[-1].shape == "blank" for row in rows)
    if len(rows) > 1 and closed and len(rows[0]) > 2:
        for row in rows:
            del row[-1]


def _led_cells(folded: str, lines: list[Line]) -> list[Row]:
    """One cell a line, led by a tab: an empty line ends a row, a line without a tab goes on with its cell."""
    rows: list[Row] = []
    fresh = True
    for line in lines:
        if line.blank:
            fresh = True
            continue
        pieces = segments(folded, line, "\t")
        lead = pieces.pop(0)
        if lead.shape == "number" and fresh and rows and not pieces:
            # Every cell is led by its tab: a number without one belongs to the page.
            continue
        if lead.shape != "blank":
            if fresh or not rows:
                rows.append([lead])
            elif not pieces:
                extend(folded, rows[-1][-1], line)
            else:
                pieces.insert(0, lead)
            fresh = False
        if pieces and (fresh or not rows):
            rows.append([])
        if pieces:
            rows[-1].extend(pieces)
            fresh = False
    full = [row for row in rows if row]
    if full and sum(len(row) for row in full) < 1.5 * len(full):
        return by_shape(piece for row in full for piece in row)
    return full


def gapped(folded: str, region: list[Line]) -> list[Row]:
    """One row a line, cells apart by white space: a label, its unit, its figures; other lines by their wide gaps."""
    rows: list[Row] = []
    for line in region:
        if not line.words or line.noise:
            continue
        at = piece(folded, line.start, line.end).start
        wide = _gap_spans(line.words)
        spans = spaced_cells(line.words) or _header_cells(line.words) or wide
        if len(wide) > len(spans) and all(shape_of(line.words[a:b]) in ("label", "short") for a, b in wide):
            spans = wide
        rows.append([Piece(at + a, at + b, shape_of(line.words[a:b])) for a, b in spans])
    return rows


def spaced_cells(words: str) -> list[tuple[int, int]]:
    """The cells of a line that ends in a unit, figures or dashes apart by white space, or holds nothing but figures.

    None where it does not. The parts of a day apart by blanks are no cells.
    """
    if DAY.search("".join(words.split())):
        return []
    tokens = [hit.span() for hit in _TOKEN.finditer(words)]
    first = len(tokens)
    while first > 1 and shape_of(words[slice(*tokens[first - 1])]) in ("number", "dash"):
        first -= 1
    if first == 1 and len(tokens) > _FEWEST_BARE and shape_of(words[slice(*tokens[0])]) in ("number", "dash"):
        return tokens
    unit = first - 1 if first > 1 and _UNIT.fullmatch(words[slice(*tokens[first - 1])]) else first
    code = unit < first and unit > 1 and _CODE.fullmatch(words[slice(*tokens[unit - 1])])
    if code and tokens[unit - 2][1] >= _SHORTEST_LABEL:
        return [(0, tokens[unit - 2][1]), *tokens[unit - 1 :]]
    # A word as short as a unit is a label where several figures follow.
    shortest = _SHORTEST_LABEL - (len(tokens) - unit > 1 and unit == first)
    if unit == len(tokens) or tokens[unit - 1][1] < shortest:
        return []
    return [(0, tokens[unit - 1][1]), *tokens[unit:]]


def _header_cells(words: str) -> list[tuple[int, int]]:
    """The words of a line that holds nothing but narrow ones: a header."""
    tokens = [hit.span() for hit in _TOKEN.finditer(words)]
    return tokens if all(_NARROW[0] <= end - start <= _NARROW[1] for start, end in tokens) else []


def _gap_spans(words: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for gap in _GAPS.finditer(words):
        spans.append((at, gap.start()))
        at = gap.end()
    return [*spans, (at, len(words))]
