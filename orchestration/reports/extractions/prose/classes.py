"""Classes of what was disclosed: the figures of a breakdown, their shares, and what they break down."""

from __future__ import annotations

from dataclasses import replace

from orchestration.reports.extractions.prose import nouns
from orchestration.reports.extractions.prose.claim import Claim, claim_at
from orchestration.reports.extractions.prose.clauses import Figure, Sentence
from orchestration.reports.extractions.prose.frames import said, ways_of
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


def sums_up(sentence: Sentence, claim: Claim, words: Lexicon) -> int:
    """Where the figures end that follow and add up to this one (0: none do): 共公开71条,工作动态67条,其他信息4条.

    They are those up to the next semicolon, or else all of the sentence.
    """
    if not claim.breakdown:
        return 0
    text = sentence.passage.masked
    stop = text.find(";", claim.end, sentence.end)
    for end in (stop, sentence.end):
        following = [f.value for f in sentence.figures_in(claim.end, end) if f.unit in words.records]
        if len(following) > 1 and sum(following) == claim.value:
            return end
    return 0


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
        whole = claims[-1].within
        parent, announced = whole if whole and whole.breakdown else replace(claims[-1], breakdown=True), True
    elif parent is None and nouns.is_telling(noun, words):
        told = memory.total or memory.whole
        opens = not claims and _opens_list(sentence, figure, noun)
        if claims or "disclosure" not in sentence.passage.topics:
            parent = _last_whole(sentence, figure, memory) if claims else memory.total if opens else None
        else:
            parent = told or (all_disclosed(sentence, memory) if opens else None)
    if parent is None or not parent.breakdown or parent.topic != "disclosure":
        return None
    ways = ways_of(sentence.within(figure.left, figure.start, figure.depth), words)
    if ways and not announced and parent.indicator_code != PROACTIVE:
        # 网站公开25条。短信发送快讯信息4条: of another way.
        return None
    if figure.value and figure.unit != parent.unit and memory.parts.get(id(parent)) == parent.value:
        # 主动公开10条,政策类7条,其他类3条,行政许可20件: the classes are complete.
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


def _last_whole(sentence: Sentence, figure: Figure, memory: Memory) -> Claim | None:
    """What a class behind other figures is one of: behind a semicolon no longer of one way of publishing."""
    whole = memory.whole
    if whole is None or whole.indicator_code == PROACTIVE or whole.end < sentence.start:
        return whole
    return memory.total if ";" in sentence.passage.masked[whole.end : figure.start] else whole


def _shared(sentence: Sentence, figure: Figure, last: Claim, claims: list[Claim], words: Lexicon) -> Claim:
    """The class that a share is of: behind 其中 rather the class that was broken down, where that fits better.

    政策类31条,其中法规15条,文件16条,占1%: of 31.
    """
    own = [c for c in claims if c.indicator_code == last.indicator_code and c.category]
    shares = [c.end for c in claims if c.indicator_code == SHARE]
    since = [c for c in own if c.start > max(shares, default=-1)]
    whole = last.within.value if last.within else 0.0
    if len(since) < 2 or not whole or not words.sub_mark.search(sentence.passage.masked, since[0].end, figure.start):
        return last
    return min(reversed(since), key=lambda c: abs(100 * c.value / whole - figure.value))


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
        return replace(claim_at(sentence, figure, SHARE, "disclosure", figure.left, category=noun), within=parent)
    # 政务类28条(动态20条,文件8条),占28%: of what stands before the bracket.
    claims = [c for c in claims if sentence.depth(c.start) <= figure.depth]
    last = claims[-1] if claims else None
    if last is None or not last.category or last.indicator_code == SHARE:
        return None
    last = _shared(sentence, figure, last, claims, words)
    if any(f.depth <= figure.depth for f in sentence.figures_in(claims[-1].end + 1, figure.start)):
        return None
    share_of = claim_at(sentence, figure, SHARE, "disclosure", figure.left, category=last.category)
    return replace(share_of, within=last.within)
