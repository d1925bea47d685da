"""Which numbers are no fact of a report: they count other things, compare, are shared out, or are only intended."""

from __future__ import annotations

from orchestration.reports.extractions.prose.clauses import Figure, Sentence
from orchestration.reports.extractions.prose.frames import said
from orchestration.reports.extractions.prose.lexicon import ANYWHERE, COMPARISON, HEAD, REACHED, Lexicon, Token
from orchestration.reports.extractions.prose.ways import shared_out


def is_spoiled(
    sentence: Sentence, figure: Figure, left: int, local: list[Token], tail: list[Token], words: Lexicon
) -> bool:
    """Whether the number counts something else, is a difference, is one of several, or is only intended."""
    text = sentence.passage.masked
    if words.intention.search(text, left, max(figure.tail, figure.unit_end)):
        return True
    # 未收到一件申请: what is counted did not happen.
    if any(hit["no"] for hit in words.negation.finditer(text, figure.left, figure.start)):
        return True
    here = said([*local, *tail])
    if COMPARISON in here and REACHED not in here:
        return True
    # 通过简报报送等形式主动公开信息: what stands before the verb does not govern the number.
    verb = max((t.end for t in local if "proactive" in t.concepts), default=left)
    verb = max([verb, *(hit.end() for hit in words.list_end.finditer(text, verb, figure.start))])
    if any(ANYWHERE in t.concepts and t.start >= verb for t in [*local, *tail]):
        return True
    if any(HEAD in t.concepts and t.start == figure.unit_end for t in tail) or _counts_things(sentence, figure, words):
        return True
    if words.distributed.search(text, figure.left, figure.start) and shared_out(sentence, figure):
        return True
    if figure.unit in words.records or figure.unit is None:
        return False
    return HEAD in beside_figure(sentence, figure, local, tail, words)


def _counts_things(sentence: Sentence, figure: Figure, words: Lexicon) -> bool:
    """Whether what the unit counts is named behind it, near or far: 等6个方面提出要求, 1个专门的信息公开申请受理点."""
    if figure.unit in words.records or figure.unit is None:
        return False
    behind = words.tokens.match(sentence.passage.masked, figure.unit_end)
    if behind and HEAD in words.concepts_of[behind[0]]:
        return True
    named = sentence.within(figure.unit_end, figure.tail, figure.depth)[-1:]
    return figure.unit in words.things and any(HEAD in t.concepts and t.end == figure.tail for t in named)


def beside_figure(
    sentence: Sentence, figure: Figure, local: list[Token], tail: list[Token], words: Lexicon
) -> frozenset[str]:
    """The concepts of the words right before the number (but for words of counting) and right after its unit."""
    ahead = sentence.passage.masked[figure.left : figure.start]
    end = figure.left + len(words.filler_end.sub("", ahead))
    end = next((t.start for t in local if t.end == end and t.concepts == {"disclose"}), end)
    return frozenset(
        c for ts in ((t for t in local if t.end == end), (t for t in tail if t.start == figure.unit_end))
        for t in ts for c in t.concepts
    )  # fmt: skip
