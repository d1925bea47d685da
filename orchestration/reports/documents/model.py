"""What a reader returns, whatever the format: one text, and the blocks that stand in it.

Every block points into `Document.text` by character offsets, so a figure found in a cell or a sentence can always
be quoted as printed. Nothing here knows what a report is.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Role = Literal["prose", "heading", "noise"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters of `Document.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span stands for a person: a line of a text, or a page and a box in points from its top left."""

    line: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together; several spans where a page break or its number cuts them."""

    spans: tuple[Span, ...]
    role: Role = "prose"


@dataclass(frozen=True, slots=True)
class Cell:
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
    pages: tuple[int, ...] = field(default=(), repr=False)

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
        """Where the span begins; lines count from 1 at line feeds."""
        return Place(line=bisect_right(self._line_starts, span.start))
