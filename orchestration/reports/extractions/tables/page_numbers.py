"""Numbers of a table told one cell a line that may be page numbers: where a blank leaves no trace, one fits its place.

It only doubts; what a cell holds is read in cells.py.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestration.reports.documents.model import Document
from orchestration.reports.extractions.locate import told_cell_by_cell
from orchestration.reports.extractions.model import Reading

DOUBTFUL = "row_arity"
_NO_WORDS = re.compile(r"[\d.,+\-—/\s]*")
_BARE = re.compile(r"[1-9]\d?")
# The fewest and the most filled lines on a page, of text or of cells.
_SHORTEST_PAGE, _LONGEST_PAGE = 15, 120
_FEWEST_PAGES = 3
# One row alone may have a cell too many.
_FEWEST_ALIKE = 2
# Pages of one print hold alike many lines; the first, with its title, and one of cells differ by no more than this.
_MOST_UNLIKE = 2.0


@dataclass(frozen=True, slots=True)
class _Lone:
    """A small number alone on its line: where it begins, how many filled lines stand before it."""

    start: int
    line: int
    value: int


def doubted(document: Document, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings, those that may be the number of a page or stand in its row with the issue code row_arity.

    In a print where blanks left no trace that is any number that fits the page it would stand on; elsewhere only one
    of a sequence that numbers all pages of the document.
    """
    tables = told_cell_by_cell(document)
    printed = [r for r in readings if r.table_no in tables and r.value_text]
    if not any(_BARE.fullmatch(r.value_text or "") for r in printed):
        return tuple(readings)
    lones, lines = _lone_numbers(document.folded)
    lost = _without_blanks(document, [r for r in readings if r.table_no in tables])
    suspects = _numbering_all(lones, lines, {r.char_start for r in printed})
    fitting = {one.start for one in lones if _SHORTEST_PAGE <= one.line / one.value <= _LONGEST_PAGE}
    rows = {
        (r.table_no, r.row_no)
        for r in printed
        if r.char_start in suspects or (r.table_no in lost and r.char_start in fitting)
    }
    return tuple(
        r._replace(issue_codes=(*r.issue_codes, DOUBTFUL))
        if (r.table_no, r.row_no) in rows and DOUBTFUL not in r.issue_codes
        else r
        for r in readings
    )


def _without_blanks(document: Document, readings: Sequence[Reading]) -> frozenset[int | None]:
    """The tables in which a row lacks cells that others have."""
    cells: dict[tuple[int | None, int | None], int] = {
        (table.number, row[0].row): sum(1 for cell in row if _NO_WORDS.fullmatch(cell.text))
        for table in document.tables
        for row in table.rows
        if row
    }
    usual: dict[int | None, Counter[int]] = defaultdict(Counter)
    for table_no, row_no in dict.fromkeys((r.table_no, r.row_no) for r in readings):
        usual[table_no][cells.get((table_no, row_no), 0)] += 1
    whole = {
        table_no: max(count for count, rows in counts.items() if rows >= _FEWEST_ALIKE)
        for table_no, counts in usual.items()
        if counts.most_common(1)[0][1] >= _FEWEST_ALIKE
    }
    return frozenset(
        r.table_no
        for r in readings
        if DOUBTFUL in r.issue_codes and cells.get((r.table_no, r.row_no), 0) < whole.get(r.table_no, 0)
    )


def _lone_numbers(folded: str) -> tuple[list[_Lone], int]:
    """The small numbers that stand alone on a line, in order, and how many filled lines there are."""
    lones, at, filled = [], 0, 0
    for line in folded.splitlines(keepends=True):
        words = line.strip()
        if _BARE.fullmatch(words):
            lones.append(_Lone(at + line.index(words), filled, int(words)))
        filled += bool(words)
        at += len(line)
    return lones, filled


def _numbering_all(lones: Sequence[_Lone], lines: int, figures: Collection[int]) -> frozenset[int]:
    """Where numbers begin that number every page of the document from 1 on, one of them at least outside its tables."""
    best: list[_Lone] = []
    for first in (one for one in lones if one.value == 1):
        chain = [first]
        for one in lones:
            if one.line > chain[-1].line and one.value == chain[-1].value + 1 and _is_page(one.line - chain[-1].line):
                chain.append(one)
        if len(chain) > len(best) and _is_whole(chain, lines):
            best = chain
    apart = any(one.start not in figures for one in best)
    return frozenset(one.start for one in best) if apart else frozenset()


def _is_page(lines: int) -> bool:
    return _SHORTEST_PAGE <= lines <= _LONGEST_PAGE


def _is_whole(chain: Sequence[_Lone], lines: int) -> bool:
    """Whether the numbers stand alike far apart and none is missing before the first or after the last."""
    if len(chain) < _FEWEST_PAGES:
        return False
    apart = [other.line - one.line for one, other in pairwise(chain)]
    alike = max(apart) <= _MOST_UNLIKE * min(apart)
    return alike and chain[0].line <= _MOST_UNLIKE * max(apart) and lines - chain[-1].line <= max(apart)
