"""What a reader returns, whatever the format: one text, and the blocks that stand in it.

Every block points into `Document.text` by character offsets, so a figure found in a cell or a sentence can always
be quoted as printed. Nothing here knows what a report is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isnan
from typing import Literal, NamedTuple

Role = Literal["prose", "heading", "noise"]


class Span(NamedTuple):
    """A half-open range of characters of `Document.text`."""

    start: int
    end: int


class Place(NamedTuple):
    """Where a span stands for a person: a line of a text, or a page and a box in points from its top left."""

    line: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together; several spans where a page break or its number cuts them."""

    spans: tuple[Span, ...]
    role: Role = "prose"


class Cell(NamedTuple):
    """One cell: its folded words with line breaks dropped, and where the grid puts it (row and column from 1)."""

    text: str
    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of printed cells, numbered from 1 in the document; rows may differ in length."""

    number: int
    rows: tuple[tuple[Cell, ...], ...]
    span: Span


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the characters of a text stand on its pages.

    `starts`: the offset at which each page begins, page 1 first. `boxes`: four numbers for every character (left, top,
    right, bottom in points from the top left of the page), not-a-number where nothing is printed; the mark that ends
    a blank cell has the box of the cell.
    """

    starts: tuple[int, ...]
    boxes: Sequence[float]

    def place(self, span: Span) -> Place:
        """The page on which the span begins, and the box around its characters there."""
        page = bisect_right(self.starts, span.start)
        past = self.starts[page] if page < len(self.starts) else len(self.boxes) // 4
        first, last = 4 * span.start, 4 * max(span.start + 1, min(span.end, past))
        sides = [[x for x in self.boxes[first + side : last : 4] if not isnan(x)] for side in range(4)]
        if not sides[0]:
            return Place(page=page)
        left, top, right, bottom = sides
        return Place(page=page, box=(_point(min(left)), _point(min(top)), _point(max(right)), _point(max(bottom))))


def _point(length: float) -> float:
    return round(length, 2)


@dataclass(frozen=True, slots=True)
class Content:
    """What the reader of one format makes of the bytes: all of a Document that does not come from outside."""

    text: str = ""
    folded: str = ""
    blocks: tuple[Block, ...] = ()
    issue_codes: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    pages: Pages | None = None
    # Reads the same bytes again, these pages (from 1) with more care; None where the format has no second reader.
    again: Callable[[frozenset[int]], Content] | None = None


@dataclass(frozen=True)
class Document:
    """One file as read: `text` as it came, `folded` of the same length made comparable, blocks in reading order."""

    document_id: str
    name: str
    media_type: str
    text: str
    folded: str
    blocks: tuple[Block, ...]
    issue_codes: tuple[str, ...] = ()
    pages: Pages | None = field(default=None, repr=False)
    # Addresses of the files that the page offers beside its text, as printed.
    attachments: tuple[str, ...] = ()
    # Reads the same bytes again, these pages with more care; None where the format has no second reader.
    again: Callable[[frozenset[int]], Document] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs that carry the report's own words, in reading order; noise is left out."""
        return tuple(b for b in self.blocks if isinstance(b, Paragraph) and b.role != "noise")

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))

    def place(self, span: Span) -> Place:
        """Where the span begins: its page and box in a document of pages, else its line, from 1 at line feeds."""
        if self.pages is not None:
            return self.pages.place(span)
        return Place(line=bisect_right(self._line_starts, span.start))
