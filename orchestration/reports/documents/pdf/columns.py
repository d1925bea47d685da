"""Tables that no lines draw: where on a page they stand, and the columns that their figures make.

A table is told by lines with figures under each other; what stands above them are heads, what stands to the left of
them are labels. Which lines make one row is told in rows, what the heads say in heads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from orchestration.reports.documents.lines import shape_of
from orchestration.reports.documents.pdf.grids import Grid, GridCell
from orchestration.reports.documents.pdf.heads import heads_of
from orchestration.reports.documents.pdf.lines import Line
from orchestration.reports.documents.pdf.regions import (
    FIGURES,
    OF_FIGURES,
    Row,
    lines_above,
    region_end,
    region_start,
    row_of,
    under,
)
from orchestration.reports.documents.pdf.rows import Anchor, Column, Strip, TableRow, rows_of
from orchestration.reports.documents.pdf.stops import apart
from orchestration.reports.documents.text import fold

# A table has this many lines with figures, or one line with many.
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 5
# How many lines from the end of a page a table may end that goes on.
_AT_END = 4
# So many figures in each line show by their order which columns they are in.
_FEWEST_SHIFTED = 3
# The last lines of the heads stand this close, from top to top in heights of the line.
_NEXT_LINE = 1.7
# Heads stand no farther apart than this, in heights of the line; columns no closer than this share of their pitch.
_FAR = 6.0
_PITCH = 0.7
# Columns of labels: those merged over rows of two kinds, and the rows' own.
_LABELS = 3
# The share of its rows in which a column of units holds one.
_MOST_ROWS = 0.6
# How far a figure reaches out of its column without standing in another, in points.
_ASKEW = 1.0
# A figure behind a word without a gap: one that belongs to a label stands before a word or in brackets.
_ENDS_IN_FIGURE = re.compile(r"[^\W\d_]\d[\d.,]*$")


def find_columns(
    lines: Sequence[Line], above: Sequence[Line] = (), below: Sequence[Line] = ()
) -> tuple[list[Line], list[Grid]]:
    """The lines of a page that are in no such table, and the tables, from the top down.

    `above` and `below` are the last lines of the page before and the first of the page after, for a table that so
    little of stands on this page that only the rest of it shows what it is.
    """
    rows = [row_of(line) for line in lines]
    earlier, later = ([row for row in map(row_of, some) if len(row.pieces) > 1] for some in (above, below))
    rest: list[Line] = []
    grids: list[Grid] = []
    index = floor = 0
    while index < len(rows):
        past = region_end(rows, index)
        first = region_start(rows, index, past, floor)
        near = [*(earlier if first < _AT_END else ()), *(later if past > len(rows) - _AT_END else ())]
        found, used = _tables(rows[first:past], near)
        if not found:
            rest.append(rows[index].line)
            index += 1
            continue
        del rest[len(rest) - (index - first) :]
        grids.extend(found)
        index = floor = first + used
    return rest, grids


def _tables(region: Sequence[Row], near: Sequence[Row]) -> tuple[list[Grid], int]:
    """The tables of a region, one for each header in it, and how many lines they take; none where no figures make one.

    `near` are lines of the pages before and after with which it may be one table.
    """
    data = [row for row in region if row.figures]
    if not data:
        # Heads at the end of a page, with the first figures below them on the next.
        region = _close(region)
        heads = [piece for row in region for piece in row.pieces]
        columns = [row for row in near if row.figures and all(under(piece, heads) for piece in row.pieces)]
        grid = _grid(region, columns) if columns else None
        return ([grid] if grid else []), len(region)
    most = max(sum(shape in FIGURES for shape in row.shapes) for row in data)
    if not (len(data) >= _FEWEST_ROWS or most >= _FEWEST_FIGURES or _is_headed(region, data, near)):
        return [], 0
    if most < _FEWEST_FIGURES and not any(row.labelled for row in data):
        return [], 0
    parts = [(part, [row for row in part if row.figures]) for part in _parted(region)]
    # Heads below the last figures belong to what follows.
    used = len(region) if parts[-1][1] else len(region) - len(parts.pop()[0])
    return [grid for part, own in parts if (grid := _grid(part, own))], used


def _close(rows: Sequence[Row]) -> Sequence[Row]:
    """The lines up to the first that stands far below the one before it, as page numbers do."""
    for index, (row, following) in enumerate(pairwise(rows), 1):
        if following.line.top - row.line.bottom > _FAR * row.line.size:
            return rows[:index]
    return rows


def _is_headed(region: Sequence[Row], data: Sequence[Row], near: Sequence[Row]) -> bool:
    """Whether a line with figures stands under words for each of its pieces, or under or over another such line."""
    heads = [row for row in region if len(row.pieces) > 1 and not any(shape in FIGURES for shape in row.shapes)]
    full = [row for row in data if len(row.pieces) > _FEWEST_SHIFTED]
    again = any(head.line.words == other.line.words for head in heads for other in near)
    others = (*heads, *near, *full)
    return again or any(_is_under(row, other) for row in data for other in others if other is not row)


def _is_under(row: Row, other: Row) -> bool:
    """Whether each piece of a line stands under or over one of the other line, and not all of them over the same."""
    if not row.labelled:
        return False
    found = [under(piece, other.pieces) for piece in row.pieces]
    covered = {at for places in found for at in places}
    return all(found) and (len(covered) == len(other.pieces) or len(covered) > 1)


def _parted(region: Sequence[Row]) -> Iterator[list[Row]]:
    """The region cut where heads follow figures, and where the figures of several lines stand in other columns."""
    part: list[Row] = []
    data: list[Row] = []
    for index, row in enumerate(region):
        heads = bool(data) and not row.figures and row.line.x1 > data[-1].first_figure and _is_words(row)
        if heads or (row.figures and _sets_columns(row, data, region[index + 1 :])):
            own = 0 if heads else lines_above(part, 0, len(part))
            yield part[: len(part) - own]
            part, data = part[len(part) - own :], []
        part.append(row)
        data.extend([row] if row.figures else [])
    yield part


def _is_aligned(row: Row, other: Row) -> bool:
    """Whether most figures of a line stand under or over those of the other; true of a line with few."""
    figures, others = row.pieces_of_figures, other.pieces_of_figures
    if len(figures) == len(others):
        under = sum(a.x0 < b.x1 and b.x0 < a.x1 for a, b in zip(figures, others, strict=True))
    else:
        under = sum(any(a.x0 < b.x1 and b.x0 < a.x1 for b in others) for a in figures)
    return len(figures) < _FEWEST_SHIFTED or 2 * under > len(figures)


def _sets_columns(row: Row, before: Sequence[Row], following: Iterable[Row]) -> bool:
    """Whether a line and the next have their figures in other columns than the two before: one may be only askew."""
    after = next((other for other in following if other.figures), None)
    if after is None or len(before) < 2 or _is_aligned(row, before[-1]):
        return False
    return _is_aligned(after, row) and _is_aligned(before[-1], before[-2])


def _is_words(row: Row) -> bool:
    return shape_of(fold(row.line.words)) not in FIGURES and not any(shape in FIGURES for shape in row.shapes)


def _grid(part: Sequence[Row], data: Sequence[Row]) -> Grid | None:
    """The table of a part of a region; `data` are the lines with figures that show its columns."""
    if not data:
        return None
    several = [*data, *(row for row in part if len(row.pieces) > 1 and not row.figures)]
    part, data = apart(part, several), apart(data, several)
    columns = _columns(data)
    over = max((index for index, row in enumerate(part) if _is_over(row, columns)), default=-1)
    first_data = next((index for index, row in enumerate(part) if row.figures), len(part))
    over = over if over < first_data else -1
    columns = _with_headed(columns, part[: over + 1])
    rows = rows_of(list(_strips(part[over + 1 :], columns)), columns) if over + 1 < len(part) else []
    # As many columns of labels on every page, so that a table goes on in the columns it began in.
    labelled = any(row.label for row in rows) or not rows
    width = max(_LABELS, *(len(row.groups) + 1 for row in rows), 0) if labelled else 0
    heads = heads_of([(row.line, row.pieces) for row in part[: over + 1]], columns, width)
    cells = [*heads.cells, *_cells(rows, columns, width, heads.rows)]
    if len({cell.column for cell in cells}) < 2:
        return None
    left, top = min(cell.box[0] for cell in cells), min(cell.box[1] for cell in cells)
    right, bottom = max(cell.box[2] for cell in cells), max(cell.box[3] for cell in cells)
    edges = [*[left] * width, *_edges(columns)[:-1], right]
    return Grid((left, top, right, bottom), edges, max(cell.row for cell in cells) + 1, cells, False)


def _columns(data: Sequence[Row]) -> list[Column]:
    """Where figures and units stand, from left to right: the spans that those of several lines share."""
    data = [row for row, askew in zip(data, _askew(data), strict=True) if not askew]
    spans: list[list[float]] = []
    figures: list[bool] = []
    held: list[set[int]] = []
    pieces = (
        (piece, shape in FIGURES, number)
        for number, row in enumerate(data)
        for place, (piece, shape) in enumerate(zip(row.pieces, row.shapes, strict=True))
        if shape in FIGURES or (shape == "short" and place > 0)
    )
    for piece, figure, number in sorted(pieces, key=lambda found: found[0].x0):
        if spans and piece.x0 < spans[-1][1] + 1:
            spans[-1][1] = max(spans[-1][1], piece.x1)
            figures[-1] = figures[-1] or figure
            held[-1].add(number)
        else:
            spans.append([piece.x0, piece.x1])
            figures.append(figure)
            held.append({number})
    return [
        Column(start, end)
        for (start, end), figure, lines in zip(spans, figures, held, strict=True)
        if figure or len(lines) >= _MOST_ROWS * len(data)
    ]


def _askew(data: Sequence[Row]) -> list[bool]:
    """For each line whether its figures stand beside the columns of the others, though they are as many as in those."""
    usual, lines = Counter(len(row.pieces_of_figures) for row in data).most_common(1)[0]
    if usual < _FEWEST_SHIFTED or lines < _FEWEST_ROWS:
        return [False] * len(data)
    middles = [[(p.x0 + p.x1) / 2 for p in row.pieces_of_figures] for row in data]
    columns = [median(column) for column in zip(*(own for own in middles if len(own) == usual), strict=True)]
    room = min(after - before for before, after in pairwise(columns)) / 2
    return [
        len(own) == usual and 2 * sum(abs(a - b) > room for a, b in zip(own, columns, strict=True)) > usual
        for own in middles
    ]


def _is_over(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a line without figures holds words over the columns."""
    return not row.figures and any((piece.x0 + piece.x1) / 2 > columns[0].start for piece in row.pieces)


def _with_headed(columns: list[Column], heads: Sequence[Row]) -> list[Column]:
    """The columns with those in which no figure stands, but a word in the last lines of the heads."""
    last = heads[-1].line if heads else None
    pieces = [piece for row in heads for piece in row.pieces if last and last.top - piece.top < _NEXT_LINE * last.size]
    pitch = min((after.middle - before.middle for before, after in pairwise(columns)), default=0.0)
    more = [
        Column(piece.x0, piece.x1)
        for piece in sorted(pieces, key=lambda piece: -piece.top)
        if len(pieces) > 1
        and piece.x0 > columns[0].start
        and not any(piece.x0 < column.end and column.start < piece.x1 for column in columns)
        and min(abs((piece.x0 + piece.x1) / 2 - column.middle) for column in columns) > _PITCH * pitch
    ]
    apart: list[Column] = []
    for column in more:
        if not any(column.start < other.end and other.start < column.end for other in apart):
            apart.append(column)
    return sorted([*columns, *apart], key=lambda column: column.start)


def _strips(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[Strip]:
    """The lines below the heads, each with its labels and its figures."""
    for row in rows:
        labels: list[Line] = []
        figures: list[Line] = []
        for piece, shape in zip(row.pieces, row.shapes, strict=True):
            middle = (piece.x0 + piece.x1) / 2
            beside = middle < columns[0].start and not (shape in FIGURES and len(row.pieces) > 1)
            (labels if beside else figures).append(piece)
        yield Strip(
            row.line, labels, Anchor(row.line, figures) if row.figures else None, [] if row.figures else figures
        )


def _cells(rows: Sequence[TableRow], columns: Sequence[Column], labels: int, above: int) -> Iterator[GridCell]:
    """Cells of every row: its labels, then a cell for each column of figures, blank where none is printed."""
    edges = _edges(columns)
    left = min((line.x0 for row in rows for line in row.label), default=edges[0])
    for number, row in enumerate(rows, above):
        used = [lines for lines in (*row.groups, row.label) if lines]
        for place, lines in enumerate(used, labels - len(used)):
            glyphs = [glyph for line in lines for glyph in line.glyphs]
            box = min(line.x0 for line in lines), row.top, max(line.x1 for line in lines), row.bottom
            yield GridCell(number, place, 1, 1, box, glyphs)
        if not used and labels:
            yield GridCell(number, labels - 1, 1, 1, (left, row.top, edges[0], row.bottom))
        torn = not any(row.figures) or _is_torn(row, columns)
        for place, ((start, end), lines) in enumerate(zip(pairwise(edges), row.figures, strict=True), labels):
            if torn and not lines:
                # No blank where the figure may stand in the label, or the label be the rest of another.
                continue
            glyphs = [glyph for line in lines for glyph in line.glyphs]
            yield GridCell(number, place, 1, 1, (start, row.top, end, row.bottom), glyphs)


def _is_torn(row: TableRow, columns: Sequence[Column]) -> bool:
    """Whether a figure of the row stands at the end of its label, or over more than one column."""
    in_label = any(_ENDS_IN_FIGURE.search(fold(line.words)) for line in row.label)
    return in_label or any(
        piece.words[0] in OF_FIGURES
        and sum(min(piece.x1, column.end) - max(piece.x0, column.start) > _ASKEW for column in columns) > 1
        for pieces in row.figures
        for piece in pieces
    )


def _edges(columns: Sequence[Column]) -> list[float]:
    """The edges of the columns, half way from one to the next."""
    between = [(before.end + after.start) / 2 for before, after in pairwise(columns)]
    return [columns[0].start - 2.0, *between, columns[-1].end + 2.0]
