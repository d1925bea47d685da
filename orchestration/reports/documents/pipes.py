"""Rows of cells from lines with pipes: one row a line, or one cell a line with the pipe before or after it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from orchestration.reports.documents.lines import Line, shape_of
from orchestration.reports.documents.rows import Piece, Row, by_shape, extend, line_rows, piece, segments

# The line of dashes under a header; one or two alone are a cell that holds no figure.
# Pipes without a space between them hold no cells: they stand for the columns that cells of the row span, or for cells
# that were left out.
_PADS = re.compile(r"\|{2,}")
_LAST_PADS = re.compile(r"(?<=\|)\s+\|{2,}$")
_RULE = re.compile(r"[\s|:+=-]*-{3}[\s|:+=-]*")


def piped(folded: str, region: list[Line]) -> list[Row]:
    """Rows of a region with pipes: one line a row, or one cell a line with the pipe before or after it."""
    shown = [line for line in region if line.words and not line.noise and not _RULE.fullmatch(line.words)]
    shown = [_unpadded(line) for line in shown if not _PADS.fullmatch(line.words)]
    marked = [line for line in shown if line.pipes]
    if all(line.words == "|" for line in marked) and len(marked) < len(shown):
        return by_shape(_apart(folded, shown))
    several = sum(1 for line in marked if line.pipes > 1 or not (line.words[0] == "|" or line.words[-1] == "|"))
    if several * 2 >= len(marked):
        return _pipe_rows(folded, shown, _closing(marked))
    # A pipe alone is an empty cell either way.
    telling = [line for line in marked if line.words != "|"]
    led = sum(1 for line in telling if line.words[0] == "|")
    if led * 2 > len(telling) and any(not line.pipes for line in shown):
        return _row_led(folded, shown) if _leads_rows(shown) else _pipe_led(folded, shown)
    rows = by_shape(_pipe_closed(folded, shown))
    return _unframed(rows) if marked[0].words == "|" else rows


def _unpadded(line: Line) -> Line:
    """The line without the pipes that only fill its row up to the width of the table."""
    pads = _LAST_PADS.search(line.words)
    if pads is None:
        return line
    words = line.words[: pads.start()]
    return replace(line, end=line.start + line.lead + len(words), words=words, pipes=words.count("|"))


def _closing(marked: list[Line]) -> int:
    """How many pipes a row has that closes with one; 0 where a last pipe only stands before an empty cell.

    There a row with a last cell has as many pipes as one without. The last row tells nothing where it ends in words:
    the text may break off there.
    """
    if marked and shape_of(marked[-1].words.rpartition("|")[2].strip()) in ("label", "short"):
        marked = marked[:-1]
    ends = Counter(line.pipes for line in marked if line.words[-1] == "|")
    usual = ends.most_common(1)[0][0] if ends else 0
    closed = ends.total() * 10 > 7 * len(marked)
    return usual if closed and all(line.pipes < usual or line.words[-1] == "|" for line in marked) else 0


def _unframed(rows: list[Row]) -> list[Row]:
    """Rows without the empty cell that the pipe opening the row below left at the end of each."""
    for row in rows[:-1]:
        if len(row) > 1 and row[-1].shape == "blank":
            del row[-1]
    return rows


def _apart(folded: str, lines: list[Line]) -> list[Piece]:
    """Cells, over one line or several, with a pipe alone on a line between them; two pipes hold an empty cell."""
    pieces: list[Piece] = []
    fresh = True
    for line in lines:
        if line.pipes:
            if fresh and pieces:
                pieces.append(piece(folded, line.start, line.start))
            fresh = True
        elif fresh:
            pieces.append(piece(folded, line.start, line.end))
            fresh = False
        else:
            extend(folded, pieces[-1], line)
    return pieces


def _pipe_rows(folded: str, lines: list[Line], closing: int) -> list[Row]:
    """One row a line; a row that is not closed goes on in the next line, up to the number of pipes that closes it."""
    joined: list[Line] = []
    for line in lines:
        previous = joined[-1] if joined else None
        if previous is not None and line.words == "|" and not previous.pipes:
            # The mark that closes the label above it.
            continue
        if previous is not None and _unclosed(previous, line, closing):
            words = f"{previous.words} {line.words}"
            joined[-1] = Line(previous.start, line.end, words, "label", 0, words.count("|"), previous.lead)
        else:
            joined.append(line)
    opened = _leads_all([line for line in joined if line.pipes > 1])
    return line_rows(folded, [_inside(folded, line, opened, closing > 0) for line in joined], "|")


def _leads_all(lines: list[Line]) -> bool:
    """Whether a pipe opens nearly every row, not only those whose first cells stand empty."""
    led = sum(1 for line in lines if line.words.startswith("|"))
    return led * 4 > 3 * len(lines)


def _unclosed(row: Line, line: Line, closing: int) -> bool:
    fits = row.pipes > 0 and row.pipes + line.pipes <= closing
    return fits and not row.words.endswith("|") and not line.words.startswith("|")


def _inside(folded: str, line: Line, opened: bool, closed: bool) -> Line:
    """The line without the pipes that only frame it."""
    start, end = line.start, line.end
    if opened and line.words.startswith("|"):
        start = folded.index("|", start) + 1
    if closed and line.words.endswith("|") and line.pipes > 1:
        end = folded.rindex("|", start, end)
    return replace(line, start=start, end=end)


def _leads_rows(lines: list[Line]) -> bool:
    """Whether the pipe before a cell begins a row: most figures stand on lines of their own, between lone pipes."""
    figures = [line for line in lines if line.shape in ("number", "dash")]
    return sum(1 for line in figures if not line.pipes) * 2 > len(figures)


def _row_led(folded: str, lines: list[Line]) -> list[Row]:
    """Rows whose first cell stands behind a pipe, each other cell between two pipes that stand alone on their lines."""
    rows: list[Row] = []
    ended = [line.words == "|" for line in lines if line.pipes]
    fresh, at = False, 0
    for line in lines:
        at += line.pipes > 0
        if line.words == "|":
            if fresh and rows:
                rows[-1].append(piece(folded, line.start, line.start))
            fresh = True
        elif line.pipes:
            rows.append(segments(folded, line, "|")[1:])
            fresh = False
        elif not (at < len(ended) and ended[at]):
            # What no pipe ends is no cell.
            rows.append([piece(folded, line.start, line.end)])
        elif rows and not fresh:
            extend(folded, rows[-1][-1], line)
        else:
            rows = rows or [[]]
            rows[-1].append(piece(folded, line.start, line.end))
            fresh = False
    return [row for row in rows if row]


def _pipe_led(folded: str, lines: list[Line]) -> list[Row]:
    """A label, then each further cell on a line behind its pipe; a pipe alone is an empty cell or ends the row."""
    rows: list[Row] = []
    ended = True
    for line in lines:
        if not line.pipes:
            if ended or not rows:
                if rows and rows[-1][-1].shape == "blank" and len(rows[-1]) > 1:
                    del rows[-1][-1]
                rows.append([piece(folded, line.start, line.end)])
            else:
                extend(folded, rows[-1][-1], line)
            ended = False
            continue
        if not rows:
            rows.append([])
        rows[-1].extend(segments(folded, line, "|")[1:])
        ended = rows[-1][-1].shape == "blank"
    if rows and len(rows[-1]) > 1 and rows[-1][-1].shape == "blank":
        del rows[-1][-1]
    return [row for row in rows if row]


def _pipe_closed(folded: str, lines: list[Line]) -> list[Piece]:
    """Cells that each end with a pipe, over one line or several."""
    pieces: list[Piece] = []
    open_piece = False
    for line in lines:
        if open_piece and line.words == "|":
            # The mark that closes the cell above, moved to a line of its own.
            open_piece = False
            continue
        parts = segments(folded, line, "|") if line.pipes else [piece(folded, line.start, line.end)]
        closes = line.words.endswith("|")
        if closes:
            parts.pop()
        if line.words.startswith("|") and len(parts) > 1:
            parts.pop(0)
        if open_piece and pieces and parts and parts[0].shape != "blank" and not line.words.startswith("|"):
            pieces[-1].end = parts[0].end
            pieces[-1].shape = shape_of(" ".join(folded[pieces[-1].start : pieces[-1].end].split()))
            parts.pop(0)
        pieces.extend(parts)
        open_piece = not closes
    return pieces
