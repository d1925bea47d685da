"""The words that head the columns of a form, and what a header shows: its columns, and where each of them stands.

Which printed words are a header, and how its rows make columns, is found in headings.py. No value is looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from orchestration.reports.documents.model import Cell
from orchestration.reports.extractions.locate import starts_with_ordinal, within

BLOCKS, APPLICANTS, OUTCOMES = "blocks", "applicants", "outcomes"
# Outcomes stand in fives: one five for each group.
FIVE = 5
_KINDS = (BLOCKS, APPLICANTS, OUTCOMES)
# A header word that lost characters has so many left, and was no longer than that many times what is left.
_SHORTEST_CUT = 2
_MOST_LOST = 1.6
_MOST_REMEMBERED = 4096
# What stands in brackets is a note, but for the way to court behind 行政诉讼.
_NOTE = re.compile(r"\((?![^()]*起诉)[^()]*(?:\)|$)|单位[:为]?\S{1,4}$|/[万亿]?元$")
_NOT_WORDS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]")


@lru_cache(maxsize=_MOST_REMEMBERED)
def header_words(text: str) -> str:
    """A header cell made comparable: without white space, notes and punctuation; empty for a label with an ordinal."""
    plain = "".join(text.split())
    return "" if starts_with_ordinal(plain) else _NOT_WORDS.sub("", _NOTE.sub("", plain))


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its key in the form (None: words that are no column's), the cells that head it and its group."""

    key: str | None
    cell: Cell | None = None
    group: Cell | None = None

    @property
    def start(self) -> int:
        """The first column of the grid it stands over; 0 without a printed header."""
        return self.cell.column if self.cell else 0

    @property
    def past(self) -> int:
        """The column of the grid after the last one it stands over."""
        return self.cell.column + self.cell.column_span if self.cell else 0


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one header in printed order; `in_grid`: the grid says where each stands.

    `past` is the column of the grid after the last one that a row of the header takes up, in the table `table_no`.
    `by_count`: the words name groups of columns but not the columns, so that only their number and order are known.
    """

    kind: str
    headings: tuple[Heading, ...]
    in_grid: bool = False
    past: int = 0
    table_no: int = 0
    by_count: bool = False

    @property
    def keys(self) -> frozenset[str | None]:
        """The keys of its columns."""
        return frozenset(heading.key for heading in self.headings)

    @property
    def lacks_group(self) -> bool:
        """Whether these are outcomes, but not said of what."""
        grouped = any("-" in (heading.key or "") for heading in self.headings)
        return self.kind == OUTCOMES and len(self.headings) == FIVE and not grouped

    def of_group(self, group: str, cell: Cell | None) -> Columns:
        """The outcomes of one group, which `cell` names."""
        headings = tuple(replace(h, key=f"{group}-{h.key}", group=cell) for h in self.headings)
        return replace(self, headings=headings)


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The word cells of one printed row without figures; `past` is the column of the grid after its last cell."""

    cells: tuple[Cell, ...]
    table_no: int
    past: int


class Vocabulary:
    """The header words of a template's layout (key `tables`): column words by kind, groups, and words above labels."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._meanings: dict[str, dict[str, str]] = {}
        self.order: dict[str, tuple[str, ...]] = {}
        for kind in _KINDS:
            columns, further = tables.get(kind, {}).get("columns", {}), tables.get(kind, {}).get("further", {})
            self.order[kind] = tuple(columns)
            for key, words in (*columns.items(), *further.items()):
                for word in words:
                    self._meanings.setdefault(header_words(word), {})[kind] = key
        self._corners = {header_words(word) for word in tables.get(BLOCKS, {}).get("corners", ())}
        self._group = {header_words(word) for word in tables.get(APPLICANTS, {}).get("group", ())}
        self._name_in_one_cell()
        self._above = {header_words(word) for kind in _KINDS for word in tables.get(kind, {}).get("above", ())}
        groups = tables.get(OUTCOMES, {}).get("groups", {})
        self._groups = {header_words(word): key for key, words in groups.items() for word in words}
        self.groups = tuple(groups)

    def _name_in_one_cell(self) -> None:
        """Know the applicants that are organisations by the words of both header rows in one cell, too."""
        below = [(word, kinds[APPLICANTS]) for word, kinds in self._meanings.items() if APPLICANTS in kinds]
        for group in self._group:
            for word, key in below:
                self._meanings.setdefault(group + word, {}).setdefault(APPLICANTS, key)

    def is_cut(self, words: str, key: str, kind: str) -> bool:
        """Whether the words are the beginning or the end of a word that heads this column."""
        known = (word for word, kinds in self._meanings.items() if kinds.get(kind) == key)
        return len(words) >= _SHORTEST_CUT and any(word.startswith(words) or word.endswith(words) for word in known)

    def meanings(self, words: str) -> Mapping[str, str]:
        """The column keys these header words have, by kind of table."""
        return self._meanings.get(words, {})

    def key_of(self, words: str, kind: str) -> str | None:
        """The column that the words head, whole or after the loss of some characters; None where two are possible."""
        exact = self._meanings.get(words, {}).get(kind)
        if exact is not None or len(words) < _SHORTEST_CUT or self.is_header(words):
            return exact
        close = {
            meanings[kind]
            for word, meanings in self._meanings.items()
            if kind in meanings and len(words) < len(word) <= _MOST_LOST * len(words) and within(words, word)
        }
        return close.pop() if len(close) == 1 else None

    def is_header(self, words: str) -> bool:
        """Whether the words head a column, a group of columns or the column of labels."""
        known = (self._meanings, self._corners, self._group, self._above, self._groups)
        return bool(words) and any(words in one for one in known)

    def is_corner(self, words: str) -> bool:
        """Whether the words stand over the labels (信息内容)."""
        return words in self._corners

    def is_group(self, words: str) -> bool:
        """Whether the words, or what damage left of them, stand over the applicants that are organisations."""
        if words in self._group:
            return True
        cut = len(words) > _SHORTEST_CUT and not self.is_header(words)
        return cut and any(len(one) <= _MOST_LOST * len(words) and within(words, one) for one in self._group)

    def is_above(self, words: str) -> bool:
        """Whether the words stand over groups of columns (行政诉讼)."""
        return words in self._above

    def outcome_group(self, words: str) -> str | None:
        """The group of outcome columns that these words, or what damage left of them, head."""
        if words in self._groups or self.is_header(words) or len(words) <= _SHORTEST_CUT:
            return self._groups.get(words)
        close = {
            group
            for word, group in self._groups.items()
            if len(word) <= _MOST_LOST * len(words) and within(words, word)
        }
        return close.pop() if len(close) == 1 else None
