"""A document as its markup gives it: strips of words and sheets of boxes, one inside the other, before any offset.

Readers of web pages and word processor files build a flow; `settled` says which sheets are tables of figures and
which only put words in their place on a page. No element of any format and no word of any form is known here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from orchestration.reports.documents.fields import field_lines, is_signature

# A box with this many characters and a full stop, or with two full stops, holds sentences.
_LONG_BOX = 120
_SENTENCE_ENDS = re.compile("[。！？]")
# A sheet whose boxes of sentences hold more than this share of its words is a frame around them.
_MOST_PROSE = 0.5
# Boxes of one row that together are as short as this make one line of a page's head.
_SHORT_ROW = 120
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_INVISIBLE = re.compile("[\xad\u200b-\u200d\u2060\ufeff]")
_PAGE_NUMBER = re.compile(r"[-—\s]*\d*[-—\s]*")
_FIGURE = re.compile(r"[\d０-９]")
_HEAD_ROWS = 4
# Spans beyond these are slips or attacks.
MOST_COLUMNS = 200
MOST_ROWS = 2000


@dataclass(slots=True)
class Strip:
    """One line of words as printed; `linked` of its characters lead elsewhere. Noise is kept but is not prose."""

    words: str
    linked: int = 0
    noise: bool = False
    order: int = 0


@dataclass(slots=True)
class Box:
    """One box of a sheet: what it holds, how far it reaches, and its column where the format states it (from 1)."""

    flow: list[Strip | Sheet] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1
    column: int | None = None
    _said: str | None = None

    @property
    def strips(self) -> list[Strip]:
        """Every strip in the box, those of sheets inside it too."""
        only = self.flow[0] if len(self.flow) == 1 else None
        return [only] if isinstance(only, Strip) else strips_of(self.flow)

    @property
    def words(self) -> str:
        """The words on one line, as they are when first asked for: when the box is filled."""
        if self._said is None:
            self._said = " ".join([strip.words.strip() for strip in self.strips])
        return self._said


@dataclass(slots=True)
class Sheet:
    """Rows of boxes."""

    rows: list[list[Box]] = field(default_factory=list)


Flow = Sequence[Strip | Sheet]
Merged = Literal["", "across", "down"]
"""How a box of a word processor's table goes on: with the one before, with the one above, or not."""


def merged(rows: Iterable[Iterable[tuple[Box, Merged]]]) -> Sheet:
    """The sheet of these rows, with the boxes that go on joined to those they go on with."""
    sheet = Sheet()
    above: dict[int | None, Box] = {}
    for row in rows:
        boxes: list[Box] = []
        for box, goes_on in row:
            if goes_on == "across" and boxes:
                boxes[-1].column_span += box.column_span
            elif goes_on == "down" and box.column in above:
                above[box.column].row_span += 1
            else:
                above[box.column] = box
                boxes.append(box)
        sheet.rows.append(boxes)
    return sheet


def strips_of(flow: Flow) -> list[Strip]:
    """Every strip of a flow in reading order, however deep."""
    strips: list[Strip] = []
    for item in flow:
        if isinstance(item, Strip):
            strips.append(item)
            continue
        for row in item.rows:
            for box in row:
                strips.extend(box.strips)
    return strips


def visible(words: str) -> str:
    """The words without characters that nobody sees."""
    return _INVISIBLE.sub("", words)


def raised(words: str) -> str:
    """Raised words with their digits as such, so that the mark of a note never lengthens the figure before it."""
    return words.translate(_RAISED)


def running_heads(flow: Flow) -> list[Strip]:
    """What heads and feet of pages say, each once, as noise; page numbers are left out."""
    words = dict.fromkeys(strip.words for strip in strips_of(flow))
    return [Strip(head, noise=True) for head in words if not _PAGE_NUMBER.fullmatch(head)]


def settled(flow: Flow) -> list[Strip | Sheet]:
    """The flow with every sheet that is only a frame dissolved into what it holds; those left hold strips alone."""
    items: list[Strip | Sheet] = []
    pending: list[Strip | Sheet] = list(reversed(flow))
    while pending:
        item = pending.pop()
        if isinstance(item, Strip):
            items.append(item)
        elif _arranges(item):
            pending.extend(reversed(_dissolved(item)))
        else:
            words = [[box.words for box in row] for row in item.rows]
            fields = field_lines(words)
            if fields is not None:
                items.extend(_as_strips(item, fields))
            elif _is_prose_in_boxes(words):
                pending.extend(reversed(_dissolved(item)))
            else:
                items.extend(_between_signatures(item, words))
    return items


def _between_signatures(sheet: Sheet, words: list[list[str]]) -> list[Strip | Sheet]:
    """The sheet without the rows over and under its figures that name who fills it in and when: those are lines."""
    head = max((at + 1 for at, row in enumerate(words[:_HEAD_ROWS]) if is_signature(row)), default=0)
    if any(sum(map(bool, row)) > 1 and not is_signature(row) for row in words[:head]):
        head = 0
    end = len(words)
    while end > head and is_signature(words[end - 1]):
        end -= 1
    whole = all(at + box.row_span <= head for at, row in enumerate(sheet.rows[:head]) for box in row)
    if not whole or end == head:
        return [sheet]
    over, under = strips_of([Sheet(sheet.rows[:head])]), strips_of([Sheet(sheet.rows[end:])])
    return [*over, Sheet(sheet.rows[head:end]), *under]


def _as_strips(sheet: Sheet, lines: Iterable[str]) -> list[Strip | Sheet]:
    first = next(iter(strips_of([sheet])), Strip(""))
    return [Strip(words, 0, False, first.order) for words in lines]


def _arranges(sheet: Sheet) -> bool:
    """Whether a sheet only arranges what it holds: one box a row, or sheets inside it."""
    if all(len(row) <= 1 for row in sheet.rows):
        return True
    return any(isinstance(item, Sheet) and _has_boxes(item) for row in sheet.rows for box in row for item in box.flow)


def _is_prose_in_boxes(rows: list[list[str]]) -> bool:
    """Whether sentences are most of what the boxes of a sheet hold."""
    total = prose = 0
    for row in rows:
        for words in row:
            total += len(words)
            prose += len(words) if "。" in words and _is_prose(words) else 0
    return prose > _MOST_PROSE * total


def _has_boxes(sheet: Sheet) -> bool:
    return sum(len(row) for row in sheet.rows) > 1 or any(
        isinstance(item, Sheet) and _has_boxes(item) for row in sheet.rows for box in row for item in box.flow
    )


def _is_prose(words: str) -> bool:
    ends = len(_SENTENCE_ENDS.findall(words))
    return ends >= 2 or (ends == 1 and len(words) >= _LONG_BOX)


def _dissolved(sheet: Sheet) -> list[Strip | Sheet]:
    """What a frame holds, in reading order; rows of figures that it holds itself stay a sheet."""
    items: list[Strip | Sheet] = []
    run: list[list[Box]] = []
    for row in sheet.rows:
        plain = len(row) > 1 and all(isinstance(item, Strip) for box in row for item in box.flow)
        if plain and not any(_is_prose(box.words) for box in row):
            run.append(row)
            continue
        items.extend(_of_run(run))
        run = []
        items.extend(item for box in row for item in box.flow)
    items.extend(_of_run(run))
    return items


def _of_run(rows: list[list[Box]]) -> list[Strip | Sheet]:
    """Rows of short boxes as a sheet where they hold figures, else each row as one line."""
    figured = sum(1 for row in rows if any(_FIGURE.match(box.words) for box in row[1:]))
    if len(rows) > 1 and figured > 1 and figured * 3 >= len(rows):
        return [Sheet(rows)]
    items: list[Strip | Sheet] = []
    for row in rows:
        strips = [strip for box in row for strip in box.strips if strip.words.strip()]
        if 1 < len(strips) == sum(1 for box in row if box.words) and sum(len(s.words) for s in strips) <= _SHORT_ROW:
            words = "  ".join(strip.words.strip() for strip in strips)
            items.append(Strip(words, sum(s.linked for s in strips), False, strips[0].order))
        else:
            items.extend(strips)
    return items


# A box in the grid of its sheet: its words, its row and column (from 1), how many rows and columns it takes.
Placed = tuple[str, int, int, int, int]


def placed(sheet: Sheet) -> list[list[Placed]]:
    """The boxes of a sheet where its spans put them, row by row; columns at which no box begins are not counted."""
    rows: list[list[Placed]] = []
    # For each column reached from above: how many more rows it is taken.
    taken: dict[int, int] = {}
    for number, row in enumerate(sheet.rows, 1):
        cells: list[Placed] = []
        fresh: dict[int, int] = {}
        column = 1
        for box in row:
            if box.column is not None:
                column = box.column
            while taken and taken.get(column, 0) > 0:
                column += 1
            row_span = box.row_span
            if row_span != 1:
                row_span = min(row_span or MOST_ROWS, len(sheet.rows) - number + 1)
                if row_span > 1:
                    fresh.update(dict.fromkeys(range(column, column + box.column_span), row_span))
            cells.append((box.words, number, column, row_span, box.column_span))
            column += box.column_span
        if taken or fresh:
            taken = {c: left - 1 for c, left in {**taken, **fresh}.items() if left > 1}
        rows.append(cells)
    return _narrowed(rows)


def _narrowed(rows: list[list[Placed]]) -> list[list[Placed]]:
    starts = sorted({column for row in rows for _, _, column, _, _ in row})
    past = max([column + span for row in rows for _, _, column, _, span in row], default=1)
    # A box begins at every column that any of them reaches: there is nothing to leave out.
    if len(starts) == past - 1:
        return rows
    return [
        [
            (words, row, first + 1, row_span, bisect_left(starts, column + column_span) - first)
            for words, row, column, row_span, column_span in cells
            for first in (bisect_left(starts, column),)
        ]
        for cells in rows
    ]
