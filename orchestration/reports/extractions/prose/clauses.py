"""Passages cut up for reading: sentences, and the numbers with the words about them.

What the words mean is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from orchestration.reports.extractions.numbers import Number, find_numbers
from orchestration.reports.extractions.prose.lexicon import HEAD, Lexicon, Token
from orchestration.reports.extractions.prose.passages import FIGURES, NUMBERING, Passage
from orchestration.reports.extractions.prose.places import STOPS, Places
from orchestration.reports.extractions.prose.unfilled import find_unfilled

_SENTENCE = re.compile(r"[^。!?]+[。!?]?")
_JOINS = "和及与、"
_BIG = {"万": 10_000, "千": 1_000}
_MONEY = "元"
_FEW = frozenset("两二三四五六七八九")
_NO_TAIL = "和及与占"
_NO_COUNT_BEFORE = "第-~/+"
_NO_COUNT_AFTER = "年月日号时点度-~路页楼室岁第:/"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, and the words that may name it: text[left:start] before, text[unit_end:tail] after."""

    value: float
    approximate: bool
    start: int
    end: int
    unit: str | None
    unit_end: int
    left: int
    tail: int
    depth: int


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage, its known words, its figures in order, and the places of numbers never filled in."""

    passage: Passage
    start: int
    end: int
    tokens: tuple[Token, ...]
    figures: tuple[Figure, ...]
    depths: tuple[int, ...]
    unfilled: tuple[tuple[int, int], ...] = ()

    def depth(self, offset: int) -> int:
        """How many brackets are open at this character; a bracket belongs to what it encloses."""
        return self.depths[offset - self.start]

    @cached_property
    def places(self) -> Places:
        """Where patterns match in the sentence; offsets are those of the passage."""
        return Places(self.passage.masked, self.start, self.end)

    @cached_property
    def _token_starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    @cached_property
    def _figure_starts(self) -> list[int]:
        return [f.start for f in self.figures]

    @cached_property
    def _number_starts(self) -> list[int]:
        return sorted([*self._figure_starts, *(first for first, _ in self.unfilled)])

    def has_number(self, start: int, end: int) -> bool:
        """Whether a figure, or a number never filled in, begins in text[start:end]."""
        at = bisect_left(self._number_starts, start)
        return at < len(self._number_starts) and self._number_starts[at] < end

    def figures_in(self, start: int, end: int) -> Sequence[Figure]:
        """The figures that begin in text[start:end]."""
        return self.figures[bisect_left(self._figure_starts, start) : bisect_left(self._figure_starts, end)]

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The known words that lie in text[start:end]."""
        begin, stop = bisect_left(self._token_starts, start), bisect_left(self._token_starts, end)
        return [t for t in self.tokens[begin:stop] if t.end <= end]

    def within(self, start: int, end: int, depth: int = 0) -> list[Token]:
        """The known words that lie in text[start:end] and in no deeper bracket than `depth`."""
        return [t for t in self.tokens_in(start, end) if self.depth(t.start) <= depth]


def sentences(passage: Passage, words: Lexicon) -> Iterator[Sentence]:
    """The sentences of the passage that may state something: with a number, a negation or an answer in words."""
    text = passage.masked
    # Behind 情况 and a space the first sentence begins, though no stop says so.
    begin = passage.body if passage.body and text[passage.body - 1] not in "。:" else 0
    if any(hit["no"] for hit in words.negation.finditer(text, 0, begin)):
        # 本年度无依申请公开事项 looks like a heading, and says something all the same.
        begin = 0
    blanks = [at for at, _ in passage.gaps]
    for hit in _SENTENCE.finditer(text, begin):
        start, end = hit.span()
        numbers = find_numbers(hit[0]) if FIGURES.search(hit[0]) else []
        if not numbers and not words.telling.search(text, start, end):
            continue
        depths = _depths(hit[0])
        tokens = tuple(words.find(text, start, end))
        inside = frozenset(i for t in tokens for i in range(t.start + 1, t.end))
        bridged = inside - {t.end - 1 for t in tokens}
        gaps = passage.gaps[bisect_right(blanks, start) : bisect_left(blanks, end)]
        unfilled = find_unfilled(text, start, end, words.unit, gaps, inside)
        figures = tuple(_figures(text, start, numbers, depths, words, bridged, unfilled))
        yield Sentence(passage, start, end, tokens, figures, depths, tuple(unfilled))


def _depths(text: str) -> tuple[int, ...]:
    if "(" not in text:
        return (0,) * len(text)
    depths, depth = [], 0
    for character in text:
        depth += character == "("
        depths.append(depth)
        depth = max(0, depth - (character == ")"))
    return tuple(depths)


def _figures(
    text: str,
    start: int,
    numbers: list[Number],
    depths: tuple[int, ...],
    words: Lexicon,
    bridged: frozenset[int],
    unfilled: list[tuple[int, int]],
) -> Iterator[Figure]:
    """The countable numbers of a sentence with the words before and after that may name them.

    `bridged` are the places inside a known word, where a stop (专、兼职) does not end a clause; the words before an
    unfilled number and right after it are that number's.
    """
    end = start + len(depths)
    found = [_counted(text, n, start, words) for n in numbers]
    empty = [(None, first, last, None) for first, last in unfilled]
    counts = sorted((*(c for c in found if c is not None and not _inside(c[1], unfilled)), *empty), key=lambda c: c[1])
    used: dict[int, int] = {}
    for i, (number, first, last, unit) in enumerate(counts):
        depth = depths[first - start]
        unit_end = last + len(unit or "")
        used = {d: at for d, at in used.items() if d <= depth}
        left = _left(text, start, first, depths, used.get(depth, start))
        limit = counts[i + 1][1] if i + 1 < len(counts) else end
        tail, used[depth] = _tail(text, unit_end, limit, depths, start, bridged)
        if number is not None:
            yield Figure(number.value, number.approximate, first, last, unit, unit_end, left, tail, depth)


def _inside(at: int, places: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in places)


def _counted(text: str, number: Number, start: int, words: Lexicon) -> tuple[Number, int, int, str | None] | None:
    """The number with its place in the passage and its unit; None for dates, ordinals, ranges and rates."""
    first, last = number.start + start, number.end + start
    ahead, after = text[first - 1 : first] if first else "", text[last : last + 1]
    if (after and after in _NO_COUNT_AFTER) or (ahead and ahead in _NO_COUNT_BEFORE):
        return None
    value = number.value
    if text[last - 1] in _BIG and text.startswith(_MONEY, last):
        # 5万元 is 5 of the unit 万元.
        value, last = round(value / _BIG[text[last - 1]], 6), last - 1
    unit = words.unit.match(text, last)
    if unit and _how_many_ways(text[first:last], unit.end(), text, words):
        return None
    behind = text[unit.end() : unit.end() + 1] if unit else after
    if behind in ("/", "+") or (unit is None and after and after not in STOPS + ")、占"):
        return None
    if value != number.value:
        number = replace(number, value=value)
    return number, first, last, unit[0] if unit else None


def _how_many_ways(printed: str, at: int, text: str, words: Lexicon) -> bool:
    """Whether the number, in words, only says how many things were named before it: 微博、微信两个平台发布30条."""
    behind = words.tokens.match(text, at)
    return printed in _FEW and behind is not None and HEAD in words.concepts_of[behind[0]]


def _left(text: str, start: int, first: int, depths: tuple[int, ...], used: int) -> int:
    """Where the words before a figure begin: at the last stop, bracket or figure of its own depth."""
    i, depth = first, depths[first - start]
    while i > used:
        c, d = text[i - 1], depths[i - 1 - start]
        if d < depth or (d == depth and (c in STOPS or c == "(")):
            break
        i -= 1
    if i == used and i > start:
        # What a bracket right behind the figure before says, it says of that one.
        while i < first and depths[i - start] > depth:
            i += 1
    return _past_numbering(text, i, first)


def _past_numbering(text: str, at: int, first: int) -> int:
    """Behind a list mark at this place: (一), 1., 2、."""
    hit = next((h for h in (n.match(text, at) for n in NUMBERING) if h), None)
    return hit.end() if hit and hit.end() <= first else at


def _tail(
    text: str, unit_end: int, limit: int, depths: tuple[int, ...], start: int, bridged: frozenset[int]
) -> tuple[int, int]:
    """Where the words after a figure end, and from where on words belong to the next figure."""
    i, end = unit_end, start + len(depths)
    depth = depths[unit_end - 1 - start]
    while i < limit and (i in bridged or (text[i] not in STOPS + "、()" and depths[i - start] == depth)):
        i += 1
    if i == unit_end or text[unit_end] in _NO_TAIL:
        return unit_end, unit_end
    if i < limit or limit == end:
        return i, i if i < limit and text[i] == "、" else unit_end
    return (i - 1, i) if text[i - 1] in _JOINS else (unit_end, unit_end)


def before(sentence: Sentence, offset: int) -> tuple[int, int] | None:
    """The clause that ends at the stop before this offset, as (start, end) without its stop; None at the beginning."""
    text, end = sentence.passage.masked, offset - 1
    if end <= sentence.start or text[end] not in ",:":
        return None
    return sentence.places.clause(end), end
