"""What each number of a sentence states, read in order with what was said before it.

Whose figure it is and of which period is decided in scopes.py; numbers that are no fact simply yield no claim.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from orchestration.reports.extractions import nouns
from orchestration.reports.extractions.claim import Claim
from orchestration.reports.extractions.clauses import Figure, Sentence, before
from orchestration.reports.extractions.frames import Around, name, said, ways_of
from orchestration.reports.extractions.lexicon import (
    ANYWHERE,
    COMPARISON,
    HEAD,
    REACHED,
    SUBJECT,
    Frame,
    Lexicon,
    Token,
)
from orchestration.reports.extractions.memory import PROACTIVE, SHARE, Memory, Told

_PERCENT = "%"
# From this score on, words name an indicator so fully that a breakdown around them does not make them a class.
_FULLY_NAMED = 6
_LEAD_CLAUSES = 2
# How far before a word its negation stands.
_REACH = 4
_TENS_OF_THOUSANDS = "万亿"
_BETWEEN = "、和及"


def read_sentence(sentence: Sentence, words: Lexicon, memory: Memory, asked: frozenset[str]) -> list[Claim]:
    """The claims of the numbers of one sentence, in order; `asked` are the indicators the template itself asks for."""
    claims: list[Claim] = []
    text = sentence.passage.masked
    memory.parents = {0: _opening_parent(sentence, words, memory)}
    memory.spoilt = -1
    memory.told = Told.of(sentence.tokens, words)
    past, depth = sentence.start, 0
    for figure in sentence.figures:
        if figure.depth > depth:
            memory.parents[figure.depth] = memory.last if claims else memory.parents.get(depth)
        elif claims and words.sub_mark.search(text, past, figure.start):
            last = claims[-1]
            memory.parents[figure.depth] = last if last.breakdown or not last.category else memory.whole
        past, depth = figure.unit_end, figure.depth
        claim = _claim(sentence, figure, words, memory, asked, claims)
        if claim is not None:
            claims.append(claim)
            memory.keep(claim)
    return claims


def _opening_parent(sentence: Sentence, words: Lexicon, memory: Memory) -> Claim | None:
    """The figure that a sentence goes on to break down when it opens with 其中 or names the classes of the total."""
    text, start = sentence.passage.masked, sentence.start
    if words.from_total.search(text, start, min(start + 16, sentence.end)):
        return memory.total or memory.whole or _unsaid_total(sentence)
    if words.sub_mark.match(text, start):
        return memory.whole
    first = sentence.figures[0].start if sentence.figures else sentence.end
    here = said(t for t in sentence.tokens if t.end <= first)
    if "class_list" in here and here & {"proactive", "disclose"}:
        return memory.total or _unsaid_total(sentence)
    return None


def _unsaid_total(sentence: Sentence) -> Claim:
    at = sentence.start
    return Claim(PROACTIVE, "disclosure", 0.0, at, at, at, at, at, at, breakdown=True)


def _claim(
    sentence: Sentence, figure: Figure, words: Lexicon, memory: Memory, asked: frozenset[str], claims: list[Claim]
) -> Claim | None:
    left, local = _local(sentence, figure, words)
    tail = sentence.within(figure.unit_end, figure.tail, figure.depth)
    parent = memory.parents.get(figure.depth)
    announced = parent is not None and parent.breakdown
    noun = nouns.counted(sentence, figure, left, words, announced)
    if _spoiled(sentence, figure, left, local, tail, words):
        memory.spoil(figure)
        return None
    if figure.unit == _PERCENT:
        return _share(sentence, figure, words, parent, claims, local)
    topics = _topics(sentence, left, local, words, memory)
    beside = _beside(sentence, figure, local, tail, words)
    joined = nouns.is_joined(sentence, figure, words)
    found = name(Around(figure, local, tail, beside, noun, joined, topics), words, asked)
    again = _said_again(sentence, figure, local, words, memory.told, claims) if found is None else None
    if again is not None:
        return replace(_at(sentence, figure, again, "disclosure", left), breakdown=True)
    if SUBJECT in said([*local, *tail]) and not (announced and noun):
        memory.spoil(figure)
        return None
    if found is None or (announced and noun and _is_class(*found)):
        return _class(sentence, figure, noun, words, memory, parent, claims)
    return _framed(sentence, figure, found[0], noun, left, words, parent, memory)


def _said_again(
    sentence: Sentence, figure: Figure, local: list[Token], words: Lexicon, told: Told, claims: list[Claim]
) -> str | None:
    """The indicator of a number that goes on from those before it: 由52条增加到60条; 网站12条、微信3条,合计15条."""
    if not claims or claims[-1].unit != figure.unit or told.elsewhere:
        return None
    if REACHED in said(local):
        return claims[-1].indicator_code if claims[-1].category is None else None
    ahead = sentence.passage.masked[figure.left : figure.start]
    if (
        said(local) - {"all_told"}
        or nouns.strip(ahead, words)
        or not words.sum_word.search(ahead)
        or figure.value < told.most
    ):
        return None
    return next(iter(told.codes)) if len(told.codes) == 1 and not told.wholes else PROACTIVE


def _local(sentence: Sentence, figure: Figure, words: Lexicon) -> tuple[int, list[Token]]:
    """Where the words naming the figure begin, and those words: its own, and of a lead-in clause that belongs to it.

    A clause that only names a way of publishing (通过政府网站,) leads in; so does any clause before a figure whose own
    words merely count (共计32条).
    """
    left = figure.left
    local = sentence.within(left, figure.start, figure.depth)
    text = sentence.passage.masked
    for _ in range(_LEAD_CLAUSES):
        previous = before(sentence, left)
        if previous is None or sentence.has_number(*previous):
            break
        lead = sentence.within(*previous, figure.depth)
        here = said(lead)
        way = bool(here & words.channels) and not here & {"proactive", "disclose", "reply", "respond"}
        way = way and (words.lead.search(text, *previous) is not None or not here & {"other_channel"})
        counts = nouns.is_plain(nouns.strip(text[left : figure.start], words), words) and figure.tail == figure.unit_end
        if not way and not counts:
            break
        left, local = previous[0], [*lead, *local]
        if here - {"info"} and not way:
            break
    return left, local


def _spoiled(
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
    if any(HEAD in t.concepts and t.start == figure.unit_end for t in tail):
        return True
    if words.distributed.search(text, figure.left, figure.start) and _shared_out(sentence, figure):
        return True
    if figure.unit in words.records or figure.unit is None:
        return False
    return HEAD in _beside(sentence, figure, local, tail, words)


def _beside(
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


def _shared_out(sentence: Sentence, figure: Figure) -> bool:
    """Whether figures follow one upon the other without a word between: 分别发布130条、100条."""
    text = sentence.passage.masked
    near = sentence.figures_in(figure.start + 1, figure.unit_end + len(_BETWEEN) + 1)
    return any(text[figure.unit_end : f.start] in _BETWEEN for f in near)


def _topics(sentence: Sentence, left: int, local: list[Token], words: Lexicon, memory: Memory) -> frozenset[str]:
    """What is being spoken of where the figure's own words begin: the sentence, else the heading, else before.

    The heading counts as well where the figure's own words take it up.
    """
    heading = sentence.passage.topics
    taken_up = heading & {words.strong[c] for c in said(local) if c in words.strong}
    told = memory.told
    last = bisect_right(told.ends, left) - 1
    strong, at = told.strong[last] if last >= 0 else (None, -1)
    if strong and at >= memory.spoilt:
        return frozenset({strong, *taken_up})
    if memory.spoilt >= 0:
        return taken_up
    if heading and not heading >= {"disclosure", "requests"}:
        return heading
    weak = told.weak[last][0] if last >= 0 else None
    return frozenset({t for t in (weak or memory.topic,) if t})


def _is_class(frame: Frame, score: int) -> bool:
    """Whether words that would name an indicator on their own are here a class of what is being broken down."""
    return frame.topic not in (None, "disclosure", "requests") and score < _FULLY_NAMED


def _class(
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
        parent = memory.whole if claims else told if "disclosure" in sentence.passage.topics else None
    if parent is None or not parent.breakdown or parent.topic != "disclosure":
        return None
    if figure.unit is not None and figure.unit not in (words.items if announced else words.records):
        return None
    # 访谈2次 among items is an event; 指南和预算两项内容 counts the nouns before it.
    listed = figure.tail > figure.unit_end and figure.unit not in words.records
    if listed or (figure.unit in words.occurrences and figure.unit != parent.unit):
        return None
    if not nouns.can_be_class(noun, words, announced):
        return None
    code = PROACTIVE if parent.indicator_code == SHARE else parent.indicator_code
    return _at(sentence, figure, code, "disclosure", figure.left, category=noun)


def _framed(
    sentence: Sentence,
    figure: Figure,
    frame: Frame,
    noun: str,
    left: int,
    words: Lexicon,
    parent: Claim | None,
    memory: Memory,
) -> Claim | None:
    """The claim of a frame; with a noun that names a class, of that class of the figure being broken down."""
    here = said(sentence.within(left, figure.tail, figure.depth))
    ways = ways_of(sentence.within(left, figure.start, figure.depth), words)
    if frame.channels == "none_or_many" and ways and not _is_total(ways, here, memory):
        return None
    if frame.indicator_code == PROACTIVE and not noun and not _counts_all(sentence, figure, here, words, memory.told):
        return None
    if frame.whole and _with_other_years(sentence, words):
        return None
    if frame.unnamed and not nouns.is_unnamed(sentence, figure, left, frame.needs[0], words):
        return None
    code, applicant = frame.indicator_code, "total"
    if frame.topic == "requests" and "everybody" not in here:
        if "natural_person" in here and "legal_person" not in here:
            applicant = "natural_person"
        elif "legal_person" in here and "natural_person" not in here:
            return None
    category = noun if frame.breakdown and noun else None
    if category is not None:
        if not nouns.can_be_class(category, words, announced=True):
            return None
        if parent is not None and parent.breakdown and code == PROACTIVE:
            code = parent.indicator_code
    made = _at(sentence, figure, code, frame.topic, left, category=category)
    return replace(made, applicant_type=applicant, breakdown=frame.breakdown and category is None)


def _counts_all(sentence: Sentence, figure: Figure, here: set[str], words: Lexicon, told: Told) -> bool:
    """Whether a number without a class is of all that was published, not of the rest after some classes of it."""
    if words.sum_word.search(sentence.passage.masked, figure.left, figure.start):
        return True
    if told.classes:
        return False
    return "proactive" in here or not nouns.is_some(sentence, figure, words)


def _with_other_years(sentence: Sentence, words: Lexicon) -> bool:
    """Whether what was handled includes what came over from other years, as this sentence or those behind it say."""
    text = sentence.passage.masked

    def is_meant(hit: re.Match[str], _: int) -> bool:
        return not words.negation.search(text, max(0, hit.start() - _REACH), hit.start())

    places = sentence.passage.places
    return places.last(words.times["carried_years"], sentence.start, len(text), is_meant) is not None


def _is_total(ways: frozenset[str], here: set[str], memory: Memory) -> bool:
    """Whether a figure of several ways of publishing together is the total: with the website, or said first of all."""
    return "website" in ways or ("proactive" in here and memory.whole is None)


def _at(
    sentence: Sentence, figure: Figure, code: str, topic: str | None, left: int, category: str | None = None
) -> Claim:
    text = sentence.passage.masked
    last = max(figure.unit_end, figure.tail)
    label, label_end = left, figure.start
    while label < label_end and text[label] in "、,:;(和及与":
        label += 1
    first = min(label, figure.start)
    if label == label_end:
        label, label_end = figure.unit_end, last
    if category is not None:
        category = _as_printed(sentence, category, first, last)
    return Claim(
        code, topic, figure.value, figure.start, figure.end, first, last, label, label_end,
        unit=figure.unit, unit_end=figure.unit_end, approximate=_is_rounded(figure, text), category=category,
    )  # fmt: skip


def _is_rounded(figure: Figure, text: str) -> bool:
    """Whether the number is printed as about so many, or in 万 and so only to its last printed digit."""
    return figure.approximate or text[figure.end - 1] in _TENS_OF_THOUSANDS


def _as_printed(sentence: Sentence, category: str, first: int, last: int) -> str:
    """The category in the characters of the document, which may be traditional ones."""
    at = sentence.passage.masked.find(category, first, last)
    return sentence.passage.characters[at : at + len(category)] if at >= 0 else category


def _share(
    sentence: Sentence, figure: Figure, words: Lexicon, parent: Claim | None, claims: list[Claim], local: list[Token]
) -> Claim | None:
    """A percentage: the full-text rate, or the share of the class named with it or right before it."""
    here = said(local)
    if "fulltext" in here:
        return _at(sentence, figure, "fulltext_electronic_rate", None, figure.left)
    share = next((t for t in local if "share" in t.concepts and t.start >= figure.left), None)
    if share is None:
        return None
    noun = nouns.strip(sentence.passage.masked[figure.left : share.start], words)
    if noun:
        if parent is None or not parent.breakdown or not nouns.can_be_class(noun, words, announced=True):
            return None
        return _at(sentence, figure, SHARE, "disclosure", figure.left, category=noun)
    last = claims[-1] if claims else None
    if last is None or not last.category or last.indicator_code == SHARE:
        return None
    if sentence.figures_in(last.end + 1, figure.start):
        return None
    return _at(sentence, figure, SHARE, "disclosure", figure.left, category=last.category)
