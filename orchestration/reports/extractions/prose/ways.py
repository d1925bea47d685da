"""How a sentence speaks of the ways of publishing: lists them, shares figures out over them, or stays with one.

Which frame a way fits is decided in frames.py.
"""

from __future__ import annotations

from orchestration.reports.extractions.prose.clauses import Figure, Sentence, before
from orchestration.reports.extractions.prose.frames import said, ways_of
from orchestration.reports.extractions.prose.lexicon import Lexicon
from orchestration.reports.extractions.prose.memory import Memory

_BETWEEN = "、和及"


def lists_ways(sentence: Sentence, words: Lexicon) -> bool:
    """Whether the sentence counts ways of publishing, one after the other: 政府网站67条;政务微信8条."""
    named = {t.end for t in sentence.tokens if t.concepts & words.channels}
    counted = [f.unit for f in sentence.figures if f.start in named and (f.unit is None or f.unit in words.records)]
    # One of the units may be lost.
    return len(counted) > 1 and any(counted)


def shares(sentence: Sentence, figure: Figure, left: int, words: Lexicon) -> dict[int, str]:
    """Where figures begin and what they count that are shared out over as many ways: 微博、微信分别发布92条、306条."""
    text = sentence.passage.masked
    if not words.distributed.search(text, figure.left, figure.start):
        return {}
    tokens = sentence.within(left, figure.start, figure.depth)
    if not said(tokens) & {"disclose", "proactive"}:
        return {}
    ways = list(dict.fromkeys(c for t in tokens for c in t.concepts if c in words.way_codes))
    run = [figure]
    for following in sentence.figures_in(figure.start + 1, sentence.end):
        if text[run[-1].unit_end : following.start] not in _BETWEEN:
            break
        run.append(following)
    if len(run) < 2 or len(run) != len(ways):
        return {}
    return {one.start: words.way_codes[way] for one, way in zip(run, ways, strict=True)}


def shared_out(sentence: Sentence, figure: Figure) -> bool:
    """Whether figures follow one upon the other without a word between: 分别发布130条、100条."""
    text = sentence.passage.masked
    near = sentence.figures_in(figure.start + 1, figure.unit_end + len(_BETWEEN) + 1)
    return any(text[figure.unit_end : f.start] in _BETWEEN for f in near)


def is_of_one_way(sentence: Sentence, left: int, words: Lexicon) -> bool:
    """Whether the sentence has been speaking of one way of publishing other than the website since its last figure.

    Of the ways that have no figure of their own only the last item of a list counts: 工作动态在广播上发布,发布信息9条.
    """
    text = sentence.passage.masked
    begin = max((f.unit_end for f in sentence.figures if f.unit_end <= left), default=sentence.start)
    ways = ways_of(sentence.within(begin, left), words)
    if len(ways) == 1 and ways <= words.way_codes.keys() - {"website"}:
        return True
    begin = max(begin, text.rfind(";", begin, left) + 1)
    clause = before(sentence, left)
    said_before = sentence.within(max(begin, clause[0]), clause[1]) if clause else []
    ways = ways_of(said_before, words)
    return len(ways) == 1 and "website" not in ways and "disclose" in said(said_before)


def is_total(ways: frozenset[str], here: set[str], memory: Memory) -> bool:
    """Whether a figure of several ways of publishing together is the total: with the website, or said first of all."""
    return "website" in ways or ("proactive" in here and memory.whole is None)
