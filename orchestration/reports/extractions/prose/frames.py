"""Which frame of the lexicon the words around a number fit: the scoring, and nothing of sentences or periods."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from orchestration.reports.extractions.prose.clauses import Figure
from orchestration.reports.extractions.prose.lexicon import Frame, Lexicon, Token

# A number without a unit is a count only up to here; beyond it stand telephones and codes.
_MOST_BARE = 1_000_000
_OTHER = "other_"
_ALL = "all_ways"
_BOTH_MICRO = frozenset({"weibo", "wechat"})
_MARK = re.compile("[,;:、。(]|\\d")


def said(tokens: Iterable[Token]) -> set[str]:
    """Every concept the words may carry."""
    return {c for t in tokens for c in t.concepts}


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a figure: the words before (`local`) and after (`tail`), those right beside it, its class.

    `joined` says that the number counts two things together (文件及解读信息66条).
    """

    figure: Figure
    local: list[Token]
    tail: list[Token]
    beside: frozenset[str]
    noun: str
    joined: bool
    topics: frozenset[str]


def name(around: Around, words: Lexicon, asked: frozenset[str]) -> tuple[Frame, int] | None:
    """The frame that names the figure and its score, by the words before it, else by those on both sides.

    None where no frame fits, and where two indicators fit equally well. `asked` are the indicators of the template.
    """
    found = _best(around, around.local, words, asked)
    if found is not None:
        strange = {words.strong[c] for c in said(around.tail) if c in words.strong}
        if strange <= (found[0].topics or {"disclosure"}):
            return found
    return _best(around, [*around.local, *around.tail], words, asked) if around.tail else None


def _best(around: Around, tokens: list[Token], words: Lexicon, asked: frozenset[str]) -> tuple[Frame, int] | None:
    here = said(tokens)
    # 通过网站和查阅点公开20条: a place to read is a way of publishing where records are counted.
    about = said(t for t in tokens if not (t.concepts & words.channels and around.figure.unit in words.records))
    spoken = {words.strong[c] for c in about if c in words.strong}
    ways = ways_of(tokens, words)
    best: dict[str, tuple[Frame, int]] = {}
    for concept in (*here, *(f"@{t}" for t in around.topics)):
        for frame in words.frames.get(concept, ()):
            if frame.asked and frame.indicator_code not in asked:
                continue
            score = _score(frame, around, here, spoken, ways)
            if score > best.get(frame.indicator_code, (frame, 0))[1]:
                best[frame.indicator_code] = (frame, score)
    if not best:
        return None
    top = max(score for _, score in best.values())
    first, *others = [found for found in best.values() if found[1] == top]
    return None if others else first


def ways_of(tokens: list[Token], words: Lexicon) -> frozenset[str]:
    """The ways of publishing named, each of the unlisted ones (公示栏, 短信) on its own.

    A name right before another (政府网微信公众号) is part of what that one is called; 政务微博微信 are two.
    """
    named = [t for t in tokens if t.concepts & words.channels]
    begins = {t.start: t for t in named}
    own = [t for t in named if t.end not in begins or (t.concepts | begins[t.end].concepts) >= _BOTH_MICRO]
    # 通过各渠道,通过政府网站公开: the website is one of all.
    every = [_ALL] if own and any(_ALL in t.concepts for t in tokens) else []
    ways = (f"{c}:{t.start}" if c == "other_channel" else c for t in own for c in t.concepts & words.channels)
    return frozenset([*every, *ways])


def way_named(text: str, start: int, end: int, words: Lexicon) -> tuple[int, int] | None:
    """Where the way of publishing that text[start:end] speaks of has its full name: 区政府网站 of 其中通过区政府网站.

    None where it speaks of none or of several apart from each other.
    """
    named = [t for t in words.find(text, start, end) if t.concepts & words.channels]
    if not named or any(one.end != other.start for one, other in pairwise(named)):
        return None
    ahead = text[start : named[0].start]
    marks = (*words.lead.finditer(ahead), *words.sub_mark.finditer(ahead), *_MARK.finditer(ahead))
    begin = start + max((hit.end() for hit in marks), default=0)
    return begin, named[-1].end


def _score(frame: Frame, around: Around, here: set[str], spoken: set[str], ways: frozenset[str]) -> int:
    """How well the words fit the frame: two for each need met by a word, one for each met by the topic; 0: not."""
    figure = around.figure
    bare = figure.unit is None and (not figure.value or (frame.unitless and figure.value < _MOST_BARE))
    if figure.unit not in frame.units and not bare:
        return 0
    if frame.without & here or not spoken <= (frame.topics or {"disclosure"}) or not _fits(frame, ways):
        return 0
    if (frame.plain_noun and around.noun) or (frame.single and around.joined):
        return 0
    if frame.exact_noun and not around.beside.intersection(frame.needs[0]):
        return 0
    score = 0
    for need in frame.needs:
        if any(n in here for n in need):
            score += 2
        elif any(n[0] == "@" and n[1:] in around.topics for n in need):
            score += 1
        else:
            return 0
    return score


def _fits(frame: Frame, ways: frozenset[str]) -> bool:
    channels = frame.channels
    micro = ways >= {"weibo", "wechat"} or "both_micro" in ways
    only_micro = micro and ways <= {"weibo", "wechat", "both_micro"}
    if channels == "one":
        return len(ways) == 1 and not micro and not ways.isdisjoint(frame.needs[0])
    if channels == "both_micro":
        return only_micro
    other = "other_way" in ways and all(w.startswith(_OTHER) for w in ways)
    if channels == "other":
        return other
    if channels == "none_or_many":
        return not ways or (len(ways) > 1 and not only_micro and not other)
    return True
