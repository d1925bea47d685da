"""Zeros said in words: 没有收到申请 is zero requests, 零投诉 zero complaints.

A negation of something narrower (没有超期答复, 无不当公开) states nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from orchestration.reports.extractions.prose.claim import Claim
from orchestration.reports.extractions.prose.clauses import Sentence
from orchestration.reports.extractions.prose.lexicon import ANYWHERE, SUBJECT, Frame, Lexicon, Token

RECEIVED = "requests_received_count"
_CLAUSE = re.compile(r"[^,;:。!?]+")
_LONGEST_BARE = 40
_LONGEST_GOING_ON = 24
_DISPUTES = frozenset({"review", "litigation"})
# Under a heading on reviews, an application is one for information only where the clause says so.
_OF_INFORMATION = frozenset({"ogi", "info", "on_request", "demand"})
_JOINS = ("、", "和", "及", "与", "或", "以及", "或者")


def read_zeros(sentence: Sentence, words: Lexicon) -> list[Claim]:
    """The zeros that the clauses of a sentence state in words, each once."""
    claims: list[Claim] = []
    text = sentence.passage.masked
    for start, end in _denied(sentence, words):
        found = [hit for hit in words.negation.finditer(text, start, end) if hit["no"]]
        # 零举报、零投诉: each is a clause of its own.
        cuts = [hit.start() for hit in found[1:] if text[hit.start() - 1] == "、"]
        for a, b in zip([start, *cuts], [*cuts, end], strict=True):
            inside = [hit for hit in found if a <= hit.start() < b]
            if inside:
                known = {c.indicator_code for c in claims}
                claims.extend(c for c in _zeros(sentence, a, b, inside, words) if c.indicator_code not in known)
    return claims


def _denied(sentence: Sentence, words: Lexicon) -> Iterator[tuple[int, int]]:
    """The clauses, one that only goes on with what is denied (无行政复议,提起行政诉讼情况发生) with the one before."""
    text = sentence.passage.masked
    last: tuple[int, int] | None = None
    for start, end in clauses(sentence):
        goes_on = (
            last is not None
            and end - start <= _LONGEST_GOING_ON
            and text[start - 1] == ","
            and words.zeros_go_on.search(text, start, end)
            and not sentence.has_number(*last)
            and not sentence.has_number(start, end)
            and words.negation.search(text, *last)
            and not words.negation.search(text, start, end)
        )
        if last is not None and goes_on:
            last = last[0], end
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last


def clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence as (start, end), without the stops between them."""
    for hit in _CLAUSE.finditer(sentence.passage.masked, sentence.start, sentence.end):
        yield hit.span()


def _zeros(sentence: Sentence, start: int, end: int, found: list[re.Match[str]], words: Lexicon) -> Iterator[Claim]:
    first, last = found[0], found[-1]
    after = [t for t in sentence.tokens_in(first.start(), end) if first.end() < t.end]
    ahead = sentence.tokens_in(start, last.start())
    text = sentence.passage.masked
    if words.zeros_without.search(text, start, end) or words.intention.search(text, start, end):
        return
    # 无一例, 未收到一件申请: the one is what there was none of.
    if any(f.value and text[f.start : f.end] != "一" for f in sentence.figures_in(start, end)):
        return
    codes = matching(after, sentence, words)
    begin, stop = first.start(), max((t.end for t in after), default=end)
    if not codes and not words.bare_negation.fullmatch(last[0]) and last.end() == end:
        return
    if not codes and not after and words.bare.fullmatch(text, last.start(), end):
        codes = matching(ahead, sentence, words)
        begin, stop = min((t.start for t in ahead), default=start), end
        if not codes and not ahead:
            codes = _bare(sentence, start, end, words)
            begin, stop = first.start(), end
    elif not codes and not ahead and words.bare.fullmatch(text, start, end):
        codes = _bare(sentence, start, end, words)
        begin, stop = first.start(), end
    for code in codes:
        yield _zero(code, start, end, begin, stop)


def matching(tokens: list[Token], sentence: Sentence, words: Lexicon) -> list[str]:
    """The indicators that the words speak of, each at most once."""
    said = {c for t in tokens for c in t.concepts}
    if not said or said & {ANYWHERE, SUBJECT}:
        return []
    codes: list[str] = []
    for frame in words.zeros:
        if frame.indicator_code not in codes and _fits(frame, said, tokens, sentence, words):
            codes.append(frame.indicator_code)
    return codes


def _fits(frame: Frame, said: set[str], tokens: list[Token], sentence: Sentence, words: Lexicon) -> bool:
    text, topics = sentence.passage.masked, sentence.passage.topics
    spoken = {words.strong[c] for c in said if c in words.strong} - {"disclosure"}
    if frame.without & said or not all(
        any(n in said or (n[0] == "@" and n[1:] in topics) for n in need) for need in frame.needs
    ):
        return False
    if frame.indicator_code == RECEIVED and topics & _DISPUTES and not said & _OF_INFORMATION:
        return False
    if spoken <= frame.topics:
        return True
    # 申请、复议、诉讼: the application is one of several things denied, not the application for a review.
    listed = any("apply" in a.concepts and text[a.end : b.start] in _JOINS for a, b in pairwise(tokens))
    return frame.indicator_code == RECEIVED and spoken <= {*_DISPUTES, "complaints"} and listed


def _bare(sentence: Sentence, start: int, end: int, words: Lexicon) -> list[str]:
    """The zeros of a clause that only says "none", under a heading or after a colon that says of what."""
    text = sentence.passage.masked
    if len(text) > _LONGEST_BARE and text[start - 1 : start] != ":":
        return []
    topics = sentence.passage.topics
    if text[start - 1 : start] == ":":
        if any(t.concepts & {ANYWHERE, SUBJECT} for t in sentence.tokens if t.end < start):
            return []
        topics = words.topics_in(text[sentence.start : start]) or topics
    if not topics <= set(words.bare_zeros):
        return []
    return [code for topic in sorted(topics) for code in words.bare_zeros[topic]]


def _zero(code: str, start: int, end: int, begin: int, stop: int) -> Claim:
    return Claim(code, None, 0.0, begin, stop, start, end, begin, stop, negated=True)
