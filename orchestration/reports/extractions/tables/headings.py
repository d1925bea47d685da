"""The columns that header words show: which words stand for which column of a form, and in what order they are printed.

Header rows may be spread over several rows, or over as many rows as cells where a page lost its table. No value is
looked at here, and no column is assumed that neither a word nor the order of the others shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from orchestration.reports.documents.model import Cell
from orchestration.reports.extractions.tables.header_words import (
    APPLICANTS,
    BLOCKS,
    FIVE,
    OUTCOMES,
    Columns,
    HeaderRow,
    Heading,
    Vocabulary,
    header_words,
)

# A header word that line breaks tore apart stands in at most this many cells.
_MOST_PIECES = 3

_Headings = tuple[list[Heading], bool]
"""The columns in printed order, and whether the grid says where each stands."""


@dataclass(slots=True)
class Header:
    """Header rows seen since the last figures; `close` says that figures have come."""

    vocabulary: Vocabulary
    rows: list[HeaderRow] = field(default_factory=list)
    open: bool = False
    _seen: Counter[str] = field(default_factory=Counter)

    def add(self, row: HeaderRow) -> None:
        """Take one more header row; a word over the labels begins a new header."""
        words = [header_words(cell.text) for cell in row.cells]
        if not self.open or any(map(self.vocabulary.is_corner, words)) or self.rows[-1].table_no != row.table_no:
            self.rows, self._seen = [], Counter()
        self.open = True
        self.rows.append(row)
        for word in words:
            self._seen.update(dict.fromkeys(self.vocabulary.meanings(word), 1))
            self._seen.update([OUTCOMES] if self.vocabulary.outcome_group(word) else [])

    def says(self, words: str) -> bool:
        """Whether the words can belong to this header while it is still open."""
        return self.open and self.vocabulary.is_header(words)

    @property
    def kind(self) -> str | None:
        """The kind of table that most of its words head; None where none does."""
        return max(self._seen, key=lambda kind: self._seen[kind], default=None)

    @property
    def lacks_group(self) -> bool:
        """Whether it shows five outcomes, but not yet of what."""
        if not self.open or self.kind != OUTCOMES:
            return False
        words = [header_words(cell.text) for row in self.rows for cell in row.cells]
        outcomes = sum(1 for word in words if OUTCOMES in self.vocabulary.meanings(word))
        return outcomes == FIVE and not any(map(self.vocabulary.outcome_group, words))

    def _repeats(self, row: HeaderRow) -> bool:
        """Whether a merged cell of the header was printed again in each of its columns."""
        pairs = pairwise(row.cells)
        return any(one.text == other.text and self.vocabulary.is_header(header_words(one.text)) for one, other in pairs)

    def close(self) -> Columns | None:
        """The columns it shows, none where its words leave open which these are; None where no word is a column's."""
        self.open = False
        corner = any(self.vocabulary.is_corner(header_words(cell.text)) for row in self.rows for cell in row.cells)
        kind = self.kind or (BLOCKS if corner else None)
        if kind is None:
            return None
        if any(map(self._repeats, self.rows)):
            self.rows = _unrepeated(self.rows)
        builder = {BLOCKS: _of_block, APPLICANTS: _of_applicants, OUTCOMES: _of_outcomes}[kind]
        headings, in_grid = builder(self.rows, self.vocabulary)
        past = max(row.past for row in self.rows)
        by_count = bool(headings) and all(heading.cell is None for heading in headings)
        return Columns(kind, tuple(headings), in_grid, past, self.rows[0].table_no, by_count)


def _unrepeated(rows: Sequence[HeaderRow]) -> list[HeaderRow]:
    """The rows of a header whose merged cells were printed in every row and column as those cells again."""
    seen: set[tuple[int, str]] = set()
    whole = []
    for row in rows:
        cells: list[Cell] = []
        for cell in row.cells:
            last = cells[-1] if cells else None
            if last is not None and last.text == cell.text and last.column + last.column_span == cell.column:
                cells[-1] = last._replace(column_span=last.column_span + cell.column_span)
            else:
                cells.append(cell)
        kept = [cell for cell in cells if (cell.column, cell.text) not in seen]
        # A row that says nothing new in its grid is one of a header that is repeated, or of cells without a grid.
        if len(kept) < len(cells) and not kept:
            kept = cells
        seen.update((cell.column, cell.text) for cell in cells)
        whole.append(replace(row, cells=tuple(kept)))
    return whole


def _by_start(headings: Iterable[Heading]) -> list[Heading]:
    return sorted(headings, key=lambda heading: heading.start)


def _apart(headings: Sequence[Heading]) -> bool:
    """Whether no two headings stand over the same column of the grid: then it still says where they stand."""
    return all(one.past <= other.start for one, other in pairwise(_by_start(headings)))


@dataclass(frozen=True, slots=True)
class _Token:
    """A header cell, or several that only together make a word; `beside`: column words stand in its row."""

    words: str
    key: str | None
    cell: Cell
    beside: bool


def _tokens(rows: Sequence[HeaderRow], kind: str, vocabulary: Vocabulary) -> Iterator[_Token]:
    """The words of a header in reading order; those that are torn into neighbouring cells are one again."""
    cells = [(header_words(cell.text), cell, at) for at, row in enumerate(rows) for cell in row.cells]
    keys = [vocabulary.key_of(words, kind) for words, _, _ in cells]
    beside = Counter(at for (_, _, at), key in zip(cells, keys, strict=True) if key)
    index = 0
    while index < len(cells):
        words, cell, at = cells[index]
        key, pieces = keys[index], 1
        if key is None and not vocabulary.is_header(words):
            for pieces in range(min(_MOST_PIECES, len(cells) - index), 1, -1):
                if any(keys[index : index + pieces]):
                    continue
                joined = "".join(one for one, _, _ in cells[index : index + pieces])
                key = vocabulary.meanings(joined).get(kind)
                if key is not None or vocabulary.is_group(joined):
                    words = joined
                    break
            else:
                pieces = 1
        yield _Token(words, key, cell, beside[at] > 0)
        index += pieces


def _of_block(rows: Sequence[HeaderRow], vocabulary: Vocabulary) -> _Headings:
    """The headings of rows in which a column word stands, with strange words beside it as columns of their own.

    What stands first in such a row is over the labels, whatever its words.
    """
    first = {id(row.cells[0]) for row in rows}
    found = [
        Heading(token.key, token.cell)
        for token in _tokens(rows, BLOCKS, vocabulary)
        if token.key is not None or (token.beside and token.words and id(token.cell) not in first)
    ]
    in_grid = _apart(found) and not any(id(heading.cell) in first for heading in found)
    return _by_start(found) if in_grid else found, in_grid


def _of_applicants(rows: Sequence[HeaderRow], vocabulary: Vocabulary) -> _Headings:
    """The applicant columns in printed order; none where the grid and the order of the words contradict each other."""
    order = vocabulary.order[APPLICANTS]
    stacked = _stacked(rows, vocabulary)
    across = _by_start(stacked) if _apart(stacked) else None
    if across is not None and (across == stacked or (_in_form_order(across, order) and None not in _keys(across))):
        return _supported(across, order), True
    # Words that are no applicant's may head a column or several: only the grid would tell.
    if _total_first(stacked):
        order = (order[-1], *order[:-1])
    told = _supported(stacked, order)
    return (told, False) if _in_form_order(told, order) and None not in _keys(told) else ([], False)


def _total_first(headings: Sequence[Heading]) -> bool:
    return len(headings) > 1 and headings[0].key == "total"


def _stacked(rows: Sequence[HeaderRow], vocabulary: Vocabulary) -> list[Heading]:
    """The applicant columns in reading order, those below 法人或其他组织 in its place, or else before the total."""
    found: list[Heading] = []
    group_at: int | None = None
    past_total = False
    for token in _tokens(rows, APPLICANTS, vocabulary):
        if vocabulary.is_group(token.words):
            group_at = len(found) if group_at is None else group_at
        elif token.key is None and (not token.beside or not token.words or vocabulary.is_header(token.words)):
            continue
        elif token.key is not None and token.key in _keys(found):
            # The header is repeated, or a part of it.
            continue
        elif past_total and found[0].key != "total":
            group_at = len(found) - 1 if group_at is None else group_at
            found.insert(group_at, Heading(token.key, token.cell))
            group_at += 1
        else:
            found.append(Heading(token.key, token.cell))
            past_total = token.key == "total"
    return found


def _keys(headings: Iterable[Heading]) -> list[str | None]:
    return [heading.key for heading in headings]


def _in_form_order(headings: Iterable[Heading], order: Sequence[str]) -> bool:
    """Whether the columns that the form has stand in its order."""
    places = [order.index(key) for key in _keys(headings) if key in order]
    return places == sorted(places)


def _of_outcomes(rows: Sequence[HeaderRow], vocabulary: Vocabulary) -> _Headings:
    """The outcome columns, five to a group; none where the words do not show which five belong to which group."""
    leaves: list[Heading] = []
    named: list[tuple[str, Cell]] = []
    above_first = turned = False
    for token in _tokens(rows, OUTCOMES, vocabulary):
        group = vocabulary.outcome_group(token.words)
        if group is not None:
            named.append((group, token.cell))
            # Litigation before review is not the form's order, in which words alone would be read.
            turned = turned or (above_first and group == vocabulary.groups[0])
        elif vocabulary.is_above(token.words):
            above_first = True
        elif token.key is not None or (token.beside and token.words and not vocabulary.is_header(token.words)):
            leaves.append(Heading(token.key, token.cell))
    if not turned and len(leaves) < FIVE and [group for group, _ in named] == list(vocabulary.groups):
        # The words of the columns are lost, their groups are not.
        return [
            Heading(f"{group}-{key}", None, cell) for group, cell in named for key in vocabulary.order[OUTCOMES]
        ], False
    in_grid = _apart(leaves)
    leaves = _by_start(leaves) if in_grid else leaves
    fives = [_supported(leaves[at : at + FIVE], vocabulary.order[OUTCOMES]) for at in range(0, len(leaves), FIVE)]
    if not fives or any(len({leaf.key for leaf in five} - {None}) != FIVE for five in fives):
        return [], False
    if not named and len(fives) == 1:
        # Whose outcomes these are, the label of each row says.
        return list(fives[0]), in_grid
    groups = _spanning(fives, named) if in_grid else None
    if groups is None and not turned:
        groups = _in_order(fives, named, vocabulary.groups)
    headings = [
        Heading(f"{group}-{leaf.key}", leaf.cell, cell)
        for five, (group, cell) in zip(fives, groups or (), strict=False)
        for leaf in five
    ]
    return headings, in_grid


def _spanning(
    fives: Sequence[Sequence[Heading]], named: Sequence[tuple[str, Cell]]
) -> list[tuple[str, Cell | None]] | None:
    """For each five the one named group that stands over all of it; None where spans do not say so."""
    found: list[tuple[str, Cell | None]] = []
    for five in fives:
        first, past = five[0].start, five[-1].past
        over = [
            (group, cell) for group, cell in named if cell.column <= first and past <= cell.column + cell.column_span
        ]
        if len({group for group, _ in over}) != 1:
            return None
        found.append(over[0])
    return found if len({group for group, _ in found}) == len(found) else None


def _in_order(
    fives: Sequence[Sequence[Heading]], named: Sequence[tuple[str, Cell]], order: Sequence[str]
) -> list[tuple[str, Cell | None]]:
    """The groups of the fives by order: all of the form's in its order, or as many as are named."""
    cells = dict(reversed(named))
    printed = list(dict.fromkeys(group for group, _ in named))
    if len(fives) == len(order) and printed == [group for group in order if group in cells]:
        return [(group, cells.get(group)) for group in order]
    if len(fives) == len(printed) and printed == [group for group in order if group in cells]:
        return [(group, cells[group]) for group in printed]
    return []


def _supported(headings: list[Heading], order: Sequence[str]) -> list[Heading]:
    """Give strange headings the keys of their places in the form's order, where all others stand at theirs."""
    if len(headings) != len(order) or any(one.key not in (None, key) for one, key in zip(headings, order, strict=True)):
        return headings
    strange = sum(1 for heading in headings if heading.key is None)
    if strange * 2 >= len(order):
        return headings
    return [replace(heading, key=key) for heading, key in zip(headings, order, strict=True)]
