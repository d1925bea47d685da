"""Figures that the prose states by speaking of all of another: 收到3件,均已答复 and 共2人,全部兼职.

The number is the printed one of the other figure; nothing is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orchestration.reports.extractions.prose.claim import Claim
from orchestration.reports.extractions.prose.clauses import Sentence
from orchestration.reports.extractions.prose.lexicon import Lexicon
from orchestration.reports.extractions.prose.negations import clauses

_CARRIED_OUT = "requests_carried_out_count"


def read_implied(
    sentence: Sentence, words: Lexicon, received: Claim | None, before: Mapping[str, int], stated: list[Claim]
) -> list[Claim]:
    """The claims implied in a sentence; `received` are the requests last stated, `stated` every claim of it.

    `before` are the indicators stated so far in its paragraph, each with where a figure of it, if any but 0, stood
    last (else -1).
    """
    requests = {c.start for c in stated if c.topic == received.topic} if received else set()
    return [*_answers(sentence, words, received, before, requests), *_of_one_kind(sentence, words, stated)]


def _answers(
    sentence: Sentence, words: Lexicon, received: Claim | None, before: Mapping[str, int], requests: set[int]
) -> list[Claim]:
    if received is None or not received.value or received.category:
        return []
    text = sentence.passage.masked
    begin = received.last if sentence.start <= received.start < sentence.end else sentence.start
    known = set(before)
    if before.get(_CARRIED_OUT, -1) > received.start:
        # Of all that came, some is still open.
        return []
    made: list[Claim] = []
    for start, end in clauses(sentence):
        if (
            end <= begin
            or words.answer_but.search(text, start, end)
            or sentence.passage.places.has(words.answer_except, begin, end)
        ):
            continue
        if any(f.unit in words.records and f.start not in requests for f in sentence.figures_in(begin, start)):
            # 收到申请3件,办理提案2件,均已答复: the answers are to something else.
            break
        if any(f.unit in words.records for f in sentence.figures_in(start, end)):
            continue
        if sentence.has_number(start, end) and any(start <= first < end for first, _ in sentence.unfilled):
            continue
        rate = words.answer_rate.search(text, start, end) and "100%" in text[start:end]
        if not rate and not words.answer_all.search(text, start, end):
            continue
        said = {c for t in sentence.tokens_in(start, end) for c in t.concepts}
        beside = words.answer_beside if begin == received.last and not said & words.answer_not_beside else {}
        for concept, code in (*words.answer_concepts.items(), *beside.items()):
            if concept in said and code not in known:
                known.add(code)
                made.append(replace(received, indicator_code=code, last=max(end, received.last)))
    return made


def _of_one_kind(sentence: Sentence, words: Lexicon, stated: list[Claim]) -> list[Claim]:
    made = []
    for claim in stated:
        kinds = words.all_of_one_kind.get(claim.indicator_code)
        if not kinds:
            continue
        for token in sentence.tokens_in(claim.end, sentence.end):
            for kind in kinds.keys() & token.concepts:
                made.append(replace(claim, indicator_code=kinds[kind], last=token.end))
    return made
