"""A worksheet as a person sees it: the lines over and under its table, merged cells, nothing that is hidden.

What the readers of spreadsheets share; no file format is known here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from orchestration.reports.documents.fields import is_note
from orchestration.reports.documents.flow import MOST_COLUMNS, MOST_ROWS, Box, Sheet, Strip, visible
from orchestration.reports.documents.zipped import UnreadableError

TRUE, FALSE = "TRUE", "FALSE"
_WHITE = re.compile(r"[\r\f\v\t\x1c-\x1f\x85\u2028\u2029]+")
# A table of figures has some thousand characters; what shows more than this is something else, or an attack.
_MOST_WORDS = 2_000_000


Place = tuple[int, int]


class Merge(NamedTuple):
    """Cells shown as one: their first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Worksheet:
    """What a worksheet shows by row and column; rows and columns that are hidden are said apart."""

    words: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def flow(self) -> list[Strip | Sheet]:
        """Lines that stand alone over and under the table as strips, and the table between them with all its cells.

        Raises UnreadableError (too_large) for a sheet with more cells or words than any report has.
        """
        self._uncover()
        filled = [place for place, words in self.words.items() if words.strip()]
        rows = sorted({row for row, _ in filled} - self.hidden_rows)
        columns = sorted({column for _, column in filled} - self.hidden_columns)
        if len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS or sum(map(len, self.words.values())) > _MOST_WORDS:
            raise UnreadableError("too_large")
        spans, covered = self._merged(rows, columns)
        lines = [
            [
                Box(self._strips(row, column), *spans.get((row, column), (1, 1)), at)
                for at, column in enumerate(columns, 1)
                if (row, column) not in covered
            ]
            for row in rows
        ]
        first = next((at for at, line in enumerate(lines) if _is_of_table(line)), len(lines))
        last = next((at for at in range(len(lines), first, -1) if _is_of_table(lines[at - 1])), first)
        last += sum(1 for _ in takewhile(_is_blank_row, lines[last:])) if last > first else 0
        table = [Sheet(lines[first:last])] if first < last else []
        return [*_strips(lines[:first]), *table, *_strips(lines[last:])]

    def _uncover(self) -> None:
        """Put the words of a merge whose first row or column is hidden where they are seen."""
        for merge in self.merges:
            words = self.words.get((merge.top, merge.left))
            if words and (merge.top in self.hidden_rows or merge.left in self.hidden_columns):
                row = next((r for r in range(merge.top, merge.bottom + 1) if r not in self.hidden_rows), None)
                column = next((c for c in range(merge.left, merge.right + 1) if c not in self.hidden_columns), None)
                if row is not None and column is not None:
                    self.words[row, column] = words

    def _strips(self, row: int, column: int) -> list[Strip | Sheet]:
        words = visible(_WHITE.sub(" ", self.words.get((row, column), "")))
        return [Strip(line) for line in words.split("\n") if line.strip()]

    def _merged(self, rows: list[int], columns: list[int]) -> tuple[dict[Place, tuple[int, int]], set[Place]]:
        """How far the first visible cell of each merge reaches, and the cells it covers."""
        spans: dict[Place, tuple[int, int]] = {}
        covered: set[Place] = set()
        for merge in self.merges:
            down = rows[bisect_left(rows, merge.top) : bisect_right(rows, merge.bottom)]
            across = columns[bisect_left(columns, merge.left) : bisect_right(columns, merge.right)]
            if not down or not across or (down[0], across[0]) in covered or (down[-1], across[-1]) in covered:
                continue
            head = down[0], across[0]
            spans[head] = len(down), len(across)
            covered.update((row, column) for row in down for column in across if (row, column) != head)
        return spans, covered


def _is_blank_row(line: list[Box]) -> bool:
    """Whether a row behind the table is one more of it, a label with nothing beside it."""
    alone = sum(1 for box in line if box.flow) == 1 and line[0].flow and line[0].column_span == 1
    return bool(alone) and not is_note(line[0].words)


def _is_of_table(line: list[Box]) -> bool:
    return sum(1 for box in line if box.flow) > 1


def _strips(lines: Iterable[list[Box]]) -> list[Strip]:
    return [strip for line in lines for box in line for strip in box.strips]
