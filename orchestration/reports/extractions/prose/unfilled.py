"""Numbers of a form letter that nobody filled in: XX件, ××条, or blanks before a unit.

Such an item says nothing, but it is an item: what follows it belongs to the next figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from orchestration.reports.documents.text import Squeezed

_MARKS = re.compile(r"(?<![\dA-Za-z.])(?:[×XxＸ✕╳*＊_]+|[○〇△…—-]{2,})(?![\dA-Za-z.])")
_ENDS = frozenset("、,;。:!?)占其")
# One blank is how lines and character sets are joined; a gap left for a number is wider.
_GAP, _WIDE_GAP = 2, 3


def find_unfilled(
    text: str, start: int, end: int, unit: re.Pattern[str], gaps: Iterable[tuple[int, int]], known: frozenset[int]
) -> list[tuple[int, int]]:
    """The unfilled numbers of text[start:end] in order, each from its first character to the end of its unit.

    `gaps` are (place, blanks printed before it), see `gaps_of`; `known` the places inside a known word, which a page
    set apart does not leave open, unless by as much as a number would take where an item ends.
    """
    found = []
    for hit in _MARKS.finditer(text, start, end):
        after = unit.match(text, hit.end())
        if after:
            found.append((hit.start(), after.end()))
    for at, blanks in gaps:
        after = unit.match(text, at) if start < at < end and not text[at - 1].isdigit() else None
        wide, ends = blanks >= _WIDE_GAP, after is not None and text[after.end() : after.end() + 1] in _ENDS
        if after and ((wide and ends) if at in known else (wide or ends)):
            found.append((at, after.end()))
    return sorted(found)


def gaps_of(folded: str, squeezed: Squeezed) -> tuple[tuple[int, int], ...]:
    """The places of the squeezed text before which two blanks or more are printed on their line, with how many."""
    offsets = squeezed.offsets
    return tuple(
        (i, offsets[i] - offsets[i - 1] - 1)
        for i in range(1, len(offsets))
        if offsets[i] - offsets[i - 1] > _GAP and folded[offsets[i - 1] + 1 : offsets[i]].strip(" \t\u3000\xa0") == ""
    )
