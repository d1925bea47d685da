"""A worksheet as a person sees it: its figures as they are shown, the lines over and under its table, merged cells.

What the readers of spreadsheets share; no file format is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from orchestration.reports.documents.flow import MOST_COLUMNS, MOST_ROWS, Box, Sheet, Strip, visible

TRUE, FALSE = "TRUE", "FALSE"
_FIRST_DAY = date(1899, 12, 30)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE = re.compile("[yY年]")
_FIXED = re.compile(r"(?:#,##)?0(?:\.(0+))?(%?)(?:[_;)].*)?")
_WHITE = re.compile(r"[\r\f\v\t\x1c-\x1f\x85\u2028\u2029]+")


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
        """Lines that stand alone over and under the table as strips, and the table between them with all its cells."""
        filled = [place for place, words in self.words.items() if words.strip()]
        rows = sorted({row for row, _ in filled} - self.hidden_rows)[:MOST_ROWS]
        columns = _between([column for _, column in filled], self.hidden_columns)
        heads, covered = self._spans(rows, columns)
        lines = [
            [
                Box(self._strips(row, column), *heads.get((row, column), (1, 1)), at)
                for at, column in columns
                if (row, column) not in covered
            ]
            for row in rows
        ]
        first = next((at for at, line in enumerate(lines) if _is_of_table(line)), len(lines))
        last = next((at for at in range(len(lines), first, -1) if _is_of_table(lines[at - 1])), first)
        over, under = lines[:first], lines[last:]
        table = [Sheet(lines[first:last])] if first < last else []
        return [*_strips(over), *table, *_strips(under)]

    def _strips(self, row: int, column: int) -> list[Strip | Sheet]:
        words = visible(_WHITE.sub(" ", self.words.get((row, column), "")))
        return [Strip(line) for line in words.split("\n") if line.strip()]

    def _spans(
        self, rows: list[int], columns: list[tuple[int, int]]
    ) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
        """How far the first cell of each merge reaches over what is shown, and the cells that it covers."""
        heads: dict[tuple[int, int], tuple[int, int]] = {}
        covered: set[tuple[int, int]] = set()
        for merge in self.merges:
            down = [row for row in rows if merge.top <= row <= merge.bottom]
            across = [column for _, column in columns if merge.left <= column <= merge.right]
            if down and across and (down[0], across[0]) == (merge.top, merge.left):
                heads[merge.top, merge.left] = (len(down), len(across))
                covered.update((row, column) for row in down for column in across)
                covered.discard((merge.top, merge.left))
        return heads, covered


def shown(value: float, pattern: str) -> str:
    """A number as the pattern of its cell shows it: a day, a percentage, rounded, or as it is."""
    bare = _QUOTED.sub("", pattern)
    if _DATE.search(bare) and 0 < value < (date.max - _FIRST_DAY).days:
        return (_FIRST_DAY + timedelta(days=int(value))).isoformat()
    fixed = _FIXED.fullmatch(bare)
    if fixed is None:
        return f"{value:.15g}"
    percent = bool(fixed[2])
    return f"{value * 100 if percent else value:.{len(fixed[1] or '')}f}{'%' if percent else ''}"


def _between(columns: Iterable[int], hidden: set[int]) -> list[tuple[int, int]]:
    """The columns from the first to the last that is filled, those hidden left out, each with its number from 1."""
    found = sorted(set(columns))
    seen = [column for column in range(found[0], found[-1] + 1) if column not in hidden] if found else []
    return list(enumerate(seen[:MOST_COLUMNS], 1))


def _is_of_table(line: list[Box]) -> bool:
    return sum(1 for box in line if box.flow) > 1


def _strips(lines: Iterable[list[Box]]) -> list[Strip]:
    return [strip for line in lines for box in line for strip in box.strips]
