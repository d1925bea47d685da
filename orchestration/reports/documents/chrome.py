"""What a web page shows around its text: menus, places, lists of other pages, footers; how the text is told from them.

A page's text stands in the smallest block that holds nearly all of its unlinked words. Nothing that reads like a
sentence or a table of figures is dropped for standing outside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from orchestration.reports.documents.fields import is_field
from orchestration.reports.documents.flow import Sheet, Strip, strips_of

_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile("[。，；,;]")
_SHORTEST_SENTENCE = 15
# The block that holds the text holds at least this share of the weight of the page.
_MAIN_SHARE = 0.8
# Words in short lines may be a menu without links.
_WEIGHT_OF_LABELS = 0.5
# A line or a table of which more than this is links leads elsewhere.
_MOST_LINKED = 0.6
# 首页 > 信息公开 > 年报: the way to the page, with words and marks that are no links.
_PATH = re.compile("[>»›]")
_MOST_LINKED_OF_PATH = 0.3
# So many unlinked lines before the text are its head.
_LONGEST_HEAD = 25
_FIGURE = re.compile(r"[\d０-９]")
_FEWEST_FIGURES = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """The strips from `first` to `last` stand in one block of the page, in the order in which blocks end."""

    first: int
    last: int


def without_chrome(flow: Sequence[Strip | Sheet], stretches: Sequence[Stretch]) -> list[Strip | Sheet]:
    """The flow without what only leads to other pages, and without what stands around the text and is not its head."""
    strips = [(item, [item] if isinstance(item, Strip) else strips_of([item])) for item in flow]
    own = [(item, held) for item, held in strips if not _leads_elsewhere(held)]
    figures = [held[0].order for item, held in own if isinstance(item, Sheet) and _is_text(item)]
    main = _main([strip for _, held in own for strip in held], figures, stretches)
    if main is None:
        return [item for item, _ in own]
    places = [held[0].order if held else 0 for _, held in own]
    head = sum(1 for place in places if place < main.first) - _LONGEST_HEAD
    return [
        item
        for number, ((item, _), place) in enumerate(zip(own, places, strict=True))
        if (number >= head and place <= main.last) or _is_text(item) or _is_of_page(item)
    ]


def _leads_elsewhere(strips: Sequence[Strip]) -> bool:
    linked = sum(strip.linked for strip in strips)
    if not linked:
        return False
    words = "".join(strip.words for strip in strips)
    most = _MOST_LINKED_OF_PATH if _PATH.search(words) else _MOST_LINKED
    return linked > most * len("".join(words.split()))


def _main(strips: Sequence[Strip], figures: Sequence[int], stretches: Sequence[Stretch]) -> Stretch | None:
    """The smallest block that holds nearly all of the text and every table of figures; None for a page without any."""
    last = max((stretch.last for stretch in stretches), default=0)
    weights = [0.0] * (last + 1)
    for strip in strips:
        if strip.order <= last and not strip.words.isascii():
            weights[strip.order] += len(strip.words) * (1.0 if _SENTENCE.search(strip.words) else _WEIGHT_OF_LABELS)
    sums = list(accumulate(weights))
    if not sums[-1]:
        return None
    enough = _MAIN_SHARE * sums[-1]
    first, past = min(figures, default=last), max(figures, default=0)
    holding = [
        s for s in stretches if sums[s.last] - sums[s.first - 1] >= enough and s.first <= first and past <= s.last
    ]
    return min(holding, key=lambda s: s.last - s.first, default=None)


def _is_text(item: Strip | Sheet) -> bool:
    """Whether an item outside the main block is text all the same: a sentence, or a table with labels and figures."""
    if isinstance(item, Strip):
        return "。" in item.words and len(item.words) >= _SHORTEST_SENTENCE
    rows = ([box.words for box in row] for row in item.rows)
    figured = (row for row in rows if any(map(_FIGURE.match, row)) and any(map(_HAN.search, row)))
    return sum(1 for _ in islice(figured, _FEWEST_FIGURES)) == _FEWEST_FIGURES


def _is_of_page(item: Strip | Sheet) -> bool:
    return isinstance(item, Strip) and is_field(item.words)
