"""Classes of what was disclosed: the figures of a breakdown, their shares, and what they break down."""

from __future__ import annotations

from dataclasses import replace

from orchestration.reports.extractions.prose import nouns
from orchestration.reports.extractions.prose.claim import Claim, claim_at
from orchestration.reports.extractions.prose.clauses import Figure, Sentence
from orchestration.reports.extractions.prose.frames import said
from orchestration.reports.extractions.prose.lexicon import Lexicon, Token
from orchestration.reports.extractions.prose.memory import PROACTIVE, SHARE, Memory

_GOES_ON = "、"


def opening_whole(sentence: Sentence, words: Lexicon, memory: Memory) -> Claim | None:
    """The figure that a sentence goes on to break down when it opens with 其中 or names the classes of the total."""
    if words.sub_mark.match(sentence.passage.masked, sentence.start):
        return memory.whole
    first = sentence.figures[0].start if sentence.figures else sentence.end
    here = said(t for t in sentence.tokens if t.end <= first)
    if "class_list" in here and here & {"proactive", "disclose"}:
        return (memory.whole if here & words.channels else None) or all_disclosed(sentence, memory)
    return None


def sums_up(sentence: Sentence, claim: Claim, words: Lexicon) -> bool:
    """Whether the figures that follow in the sentence add up to this one: 共公开71条,工作动态67条,其他信息4条."""
    following = [f.value for f in sentence.figures_in(claim.end, sentence.end) if f.unit in words.records]
    return claim.breakdown and len(following) > 1 and sum(following) == claim.value


def all_disclosed(sentence: Sentence, memory: Memory) -> Claim:
    """All that was disclosed, which classes may break down though no figure says how much it is."""
    if memory.total is None:
        at = sentence.start
        memory.total = Claim(PROACTIVE, "disclosure", 0.0, at, at, at, at, at, at, breakdown=True)
    return memory.total


def read_class(
    sentence: Sentence,
    figure: Figure,
    noun: str,
    words: Lexicon,
    memory: Memory,
    parent: Claim | None,
    claims: list[Claim],
) -> Claim | None:
    """A class of the figure being broken down, by the noun before the number."""
    announced = parent is not None
    if parent is None and claims and claims[-1].category:
        parent, announced = replace(claims[-1], breakdown=True), True
    elif parent is None and nouns.is_telling(noun, words):
        told = memory.total or memory.whole
        opens = not claims and _opens_list(sentence, figure, noun)
        if claims or "disclosure" not in sentence.passage.topics:
            parent = memory.whole if claims else memory.total if opens else None
        else:
            parent = told or (all_disclosed(sentence, memory) if opens else None)
    if parent is None or not parent.breakdown or parent.topic != "disclosure":
        return None
    if figure.unit is not None and figure.unit not in (words.items if announced else words.records):
        return None
    # 访谈2次 among items is an event; 指南和预算两项内容 counts the nouns before it.
    listed = figure.tail > figure.unit_end and figure.unit not in words.records
    if listed or (figure.unit in words.occurrences and figure.unit != parent.unit):
        return None
    if not nouns.can_be_class(noun, words, announced) or nouns.closes_list(sentence, figure, words):
        return None
    last = claims[-1] if claims else None
    if last and last.category and figure.left == last.unit_end and sentence.passage.masked[figure.left] == _GOES_ON:
        # 网站公开领导分工2条、通知文件12条: the way of publishing is that of the whole list.
        parent = last
    code = PROACTIVE if parent.indicator_code == SHARE else parent.indicator_code
    return replace(claim_at(sentence, figure, code, "disclosure", figure.left, category=noun), within=parent)


def _opens_list(sentence: Sentence, figure: Figure, noun: str) -> bool:
    """Whether the sentence opens with a class and is a list of them: 工作信息31条、文件通知3条."""
    text = sentence.passage.masked
    return text.startswith(noun, figure.left) and figure.left == sentence.start and len(sentence.figures) > 1


def read_share(
    sentence: Sentence, figure: Figure, words: Lexicon, parent: Claim | None, claims: list[Claim], local: list[Token]
) -> Claim | None:
    """A percentage: the full-text rate, or the share of the class named with it or right before it."""
    here = said(local)
    if "fulltext" in here:
        return claim_at(sentence, figure, "fulltext_electronic_rate", None, figure.left)
    share = next((t for t in local if "share" in t.concepts and t.start >= figure.left), None)
    if share is None:
        return None
    noun = nouns.strip(sentence.passage.masked[figure.left : share.start], words)
    if noun:
        if parent is None or not parent.breakdown or not nouns.can_be_class(noun, words, announced=True):
            return None
        return claim_at(sentence, figure, SHARE, "disclosure", figure.left, category=noun)
    last = claims[-1] if claims else None
    if last is None or not last.category or last.indicator_code == SHARE:
        return None
    if sentence.figures_in(last.end + 1, figure.start):
        return None
    return claim_at(sentence, figure, SHARE, "disclosure", figure.left, category=last.category)
