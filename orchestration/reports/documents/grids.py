"""Tables in a plain text: rows of cells by tabs, by pipes, by wide gaps, or one cell a line.

A grid is recognised by shape alone: labels with figures, dashes, blanks and short unit words beside them. Which form
it is, and which of its cells count, is not known here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from orchestration.reports.documents.lines import ORDINAL, Line, is_page_number, shape_of
from orchestration.reports.documents.model import Cell, Span, Table
from orchestration.reports.documents.pipes import piped
from orchestration.reports.documents.rows import Row, by_shape, continues, gapped, piece, reunited, spaced_cells, tabbed

# Lines without any figure or delimiter that a table may hold in a row: a header, a label broken over lines.
_MOST_PLAIN_LINES = 8
_MOST_BLANK_LINES = 14
_MOST_HEADER_LINES = 5
# Narrow words of a header row that stands one cell a line; nothing but such words may go on above the first few.
_WIDEST_HEADER = 8
_MOST_NARROW_LINES = 24
# A row of that many figures is a table by itself, whatever stands beside it.
_WIDE_ROW = 10
_FEWEST_BARE_FIGURES = 5
_BARE = ("number", "dash", "blank")
_MOST_NARROW_CELLS = 2
# So many rows with as many cells behind their labels are a form, filled in or not.
_FEWEST_FORM_ROWS = 5
_FEWEST_FORM_CELLS = 3
_FEWEST_LONE_FIGURES = 4
_FEWEST_ROWS = 2
_FEWEST_CELLS = 2
# In a list without blank lines at most one number in so many is a page's.
_MOST_APART = 4
_TO_FILL_IN = re.compile(r"[-—_…]{2}")
_NOT_A_ROW = re.compile(r"(?:表|报告|年报|附件\d*|附表|通知)\W*$|[:：。;]$")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of pieces, and the lines of the text (first, past the last) that they take up."""

    rows: list[Row]
    first_line: int
    past_line: int


def find_grids(folded: str, lines: list[Line]) -> list[Grid]:
    """Every table of the text, in order, none overlapping."""
    grids: list[Grid] = []
    index = 0
    while index < len(lines):
        if not _opens(lines[index]):
            index += 1
            continue
        past = _region_end(lines, index)
        grid = _grid(folded, lines, index, past, grids[-1].past_line if grids else 0)
        if grid:
            grids.append(grid)
        index = past
    return grids


def as_table(folded: str, grid: Grid, number: int) -> Table:
    """The grid as numbered cells; broken lines inside a cell are joined."""
    rows = tuple(
        tuple(
            Cell(" ".join(folded[p.start : p.end].split()), Span(p.start, p.end), row_no, column_no)
            for column_no, p in enumerate(row, 1)
        )
        for row_no, row in enumerate(grid.rows, 1)
    )
    return Table(number, rows, Span(grid.rows[0][0].start, grid.rows[-1][-1].end))


def _delimited(line: Line) -> bool:
    return ((line.tabs > 0 or line.pipes > 0) and line.shape != "prose") or (line.tabs + line.pipes > 1)


def _spaced(line: Line) -> bool:
    """Whether a line is a label and cells apart by white space; by wide space where the label is a sentence."""
    if line.shape not in ("label", "prose", "number", "dash") or " " not in line.words:
        return False
    cells = spaced_cells(line.words)
    if len(cells) < _FEWEST_CELLS:
        return False
    (_, end), (begin, _) = cells[:2]
    if shape_of(line.words[:end]) in ("number", "dash"):
        return True
    return line.shape == "label" or (begin - end > 1 and shape_of(line.words[:end]) == "label")


def _ends_in_figure(line: Line) -> bool:
    return shape_of(line.words.rpartition(" ")[2]) in ("number", "dash")


def _opens(line: Line) -> bool:
    if line.noise or line.blank:
        return False
    return _delimited(line) or line.shape in ("number", "dash", "short") or _spaced(line)


def _begins_beside(line: Line) -> bool:
    """Whether a line opens with the mark between two cells, so that the first cell stands on a line above."""
    return (line.tabs > 0 and not line.words) or (line.pipes == 1 and line.words[0] == "|")


def _region_end(lines: list[Line], first: int) -> int:
    """The line past the last that may belong to a table beginning at `first`."""
    past, plain, blank = first + 1, 0, 0
    for index in range(first + 1, len(lines)):
        line = lines[index]
        if line.noise:
            continue
        if line.blank:
            blank += 1
            if blank > _MOST_BLANK_LINES:
                break
            continue
        blank = 0
        if _opens(line):
            past, plain = index + 1, 0
            continue
        plain += 1
        if line.shape == "prose" or _is_sentence(line) or plain > _MOST_PLAIN_LINES:
            break
    return past


def _is_sentence(line: Line) -> bool:
    """Whether a short line is prose all the same; words to be filled in belong to the row above them."""
    return line.words[-1] == "。" and not _TO_FILL_IN.search(line.words)


def _grid(folded: str, lines: list[Line], first: int, past: int, floor: int) -> Grid | None:
    """The table of a region, without the lines at its ends that are no rows; None where it holds no figures."""
    region = lines[first:past]
    pipes = sum(1 for line in region if line.pipes)
    tabs = sum(1 for line in region if line.tabs and not line.noise)
    spaced = sum(1 for line in region if _spaced(line) and _ends_in_figure(line))
    lone = sum(1 for line in region if line.shape in ("number", "dash", "short"))
    if _begins_beside(region[0]):
        first = _back_over_headers(lines, first, floor)
        region = lines[first:past]
    if pipes >= 2 and pipes >= tabs:
        rows = piped(folded, region)
    elif tabs >= 2:
        rows = tabbed(folded, region)
    elif (spaced > _FEWEST_ROWS or _holds_wide_row(region)) and spaced > lone:
        first = _back_over_headers(lines, first, floor)
        rows = gapped(folded, lines[first:past])
    else:
        first = _back_over_headers(lines, first, floor)
        region = lines[first:past]
        if lone < _FEWEST_LONE_FIGURES or _is_broken_prose(region):
            return None
        numbers = _page_numbers(lines, first, past)
        rows = by_shape(
            piece(folded, line.start, line.end)
            for at, line in enumerate(region, first)
            if line.words and not line.noise and at not in numbers
        )
    return _trimmed(folded, reunited(folded, rows), lines, first, past)


def _holds_wide_row(region: list[Line]) -> bool:
    return any(len(spaced_cells(line.words)) >= _WIDE_ROW for line in region if _spaced(line))


def _is_broken_prose(region: list[Line]) -> bool:
    """Whether lines between figures are clauses: numbers that stand on lines of their own in a sentence."""
    labels = [line.words for line in region if line.shape == "label" and not line.noise]
    clauses = sum(1 for words in labels if "," in words or words[0] in "、;。" or words[-1] in "、,;")
    return clauses * 3 > len(labels)


def _page_numbers(lines: list[Line], first: int, past: int) -> frozenset[int]:
    """The lines with a number alone between blank lines, where hardly any other number stands so."""
    numbers = [at for at in range(first, past) if lines[at].shape == "number" and not lines[at].noise]
    apart = frozenset(at for at in numbers if is_page_number(lines, at))
    return apart if len(apart) * _MOST_APART <= len(numbers) else frozenset()


def _trimmed(folded: str, rows: list[Row], lines: list[Line], first: int, past: int) -> Grid | None:
    form = _is_form(folded, rows)
    data = [i for i, row in enumerate(rows) if _is_data(row) or (form and _beside(folded, row))]
    wide = any(_figures(rows[i]) >= _WIDE_ROW for i in data)
    if not data or (not wide and (len(data) < _FEWEST_ROWS or len(data) * 5 < len(rows))):
        return None
    top = data[0]
    while top > 0 and _is_header(rows[top - 1]) and (data[0] - top < _MOST_HEADER_LINES or _is_narrow(rows[top - 1])):
        top -= 1
    last = max(data[-1], _last_row_like(rows))
    kept = rows[top : last + 1]
    start, end = kept[0][0].start, kept[-1][-1].end
    inside = [i for i in range(first, past) if lines[i].end >= start and lines[i].start <= end]
    return Grid(kept, inside[0], inside[-1] + 1)


def _is_data(row: Row) -> bool:
    """A label with a figure, or several dashes for figures, beside it, or with a unit and an empty or dashed cell; or
    nothing but several figures, which may stand behind an empty cell.
    """
    shapes = [cell.shape for cell in row]
    labels = [i for i, cell in enumerate(row) if cell.shape == "label"]
    if not labels and (shapes.count("number") > 1 or _figures(row) >= _WIDE_ROW):
        bare = len(row) >= _FEWEST_BARE_FIGURES and shapes[0] in _BARE
        led = shapes[0] == "short" or (shapes[0] == "blank" and len(row) > _MOST_NARROW_CELLS)
        return (bare or led) and all(shape in _BARE for shape in shapes[1:])
    if not labels or len(row) < 2:
        return False
    beside = shapes[labels[0] + 1 :]
    if "number" in beside or (shapes.count("dash") > 1 and set(beside) <= {"dash", "blank"}):
        return True
    return "short" in beside and ("blank" in beside or "dash" in beside or len(beside) == 1)


def _is_form(folded: str, rows: list[Row]) -> bool:
    """Whether most rows with several cells have figures or room for them, many of them equally many, under a header;
    what holds a sentence is none.
    """
    widths = Counter(_beside(folded, row) for row in rows if len(row) > 1)
    most = max((count for width, count in widths.items() if width >= _FEWEST_FORM_CELLS), default=0)
    if most < _FEWEST_FORM_ROWS or widths[0] * 2 >= widths.total():
        return False
    if any(cell.shape == "prose" for row in rows for cell in row):
        return False
    heads = [row for row in rows if all(cell.shape in ("label", "short") for cell in row)]
    lone = sum(1 for row in heads if _is_narrow(row) and not ORDINAL.match(folded[row[0].start : row[0].end]))
    return lone >= _FEWEST_FORM_CELLS or any(len(row) >= _FEWEST_FORM_CELLS for row in heads)


def _beside(folded: str, row: Row) -> int:
    """How many cells of a row stand behind its labels; 0 where they are not all figures or empty."""
    labels = [i for i, cell in enumerate(row) if cell.shape == "label"]
    if not labels or any(_NOT_A_ROW.search(folded[row[i].start : row[i].end]) for i in labels):
        return 0
    beside = row[labels[-1] + 1 :]
    return len(beside) if all(cell.shape in _BARE for cell in beside) else 0


def _is_header(row: Row) -> bool:
    return all(cell.shape in ("label", "short", "blank", "dash") and cell.end - cell.start <= 24 for cell in row)


def _is_narrow(row: Row) -> bool:
    """Whether a row holds one or two narrow words, as the header of a table does that stands one cell a line."""
    return len(row) <= _MOST_NARROW_CELLS and all(0 < cell.end - cell.start <= _WIDEST_HEADER for cell in row)


def _figures(row: Row) -> int:
    return sum(1 for cell in row if cell.shape in ("number", "dash"))


def _last_row_like(rows: list[Row]) -> int:
    return max((i for i, row in enumerate(rows) if len(row) > 1 and _is_header(row)), default=0)


def _back_over_headers(lines: list[Line], first: int, floor: int) -> int:
    """The first line of a table told one cell a line: the label of its first figure and narrow headers above it."""
    index, top, taken = first - 1, first, 0
    while index >= floor and taken <= _MOST_NARROW_LINES:
        line = lines[index]
        if not line.blank and not line.noise:
            words = "".join(line.words.split())
            # Headers of several columns on one line are as narrow as the widest of them.
            width = max(map(len, line.words.split()), default=0)
            wide = taken > 0 and width > _WIDEST_HEADER and not continues(lines[top].words)
            far = taken > _MOST_HEADER_LINES and (ORDINAL.match(words) or width > _WIDEST_HEADER)
            if line.shape not in ("label", "short") or wide or far or _NOT_A_ROW.search(words):
                break
            top, taken = index, taken + 1
        index -= 1
    return top
