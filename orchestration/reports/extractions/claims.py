"""Which indicator a number of the prose states: frames of the lexicon held against the words around it.

Whose figure it is and of which period is decided in scopes.py; numbers that are no fact simply yield no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from orchestration.reports.extractions.clauses import Figure, Sentence, before
from orchestration.reports.extractions.lexicon import ANYWHERE, COMPARISON, HEAD, REACHED, Frame, Lexicon, Token

PROACTIVE = "proactive_info_count"
SHARE = "proactive_info_share"
RECEIVED = "requests_received_count"
_LONGEST_CATEGORY = 32
_MOST_BARE = 1_000_000
_PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the prose and what it states; offsets are those of the passage.

    `first`:`last` is the clause as a person would quote it, `label`:`start` the words that name the figure.
    """

    indicator_code: str
    topic: str | None
    value: float
    unit: str | None
    approximate: bool
    start: int
    end: int
    first: int
    last: int
    label: int
    label_end: int
    category: str | None = None
    applicant_type: str = "total"
    negated: bool = False
    part: bool = False
    breakdown: bool = False
    named: bool = True


@dataclass
class Memory:
    """What the sentences before have said: the figure an enumeration breaks down, and the topic they spoke of."""

    section: int = -1
    topic: str | None = None
    last: Claim | None = None
    parent: Claim | None = None
    total: Claim | None = None
    parents: dict[int, Claim | None] = field(default_factory=dict)

    def enter(self, section: int) -> None:
        """A new section forgets what the one before enumerated."""
        if section != self.section:
            self.section, self.topic, self.last, self.parent, self.total = section, None, None, None, None
            self.parents = {}


def read_sentence(sentence: Sentence, words: Lexicon, memory: Memory, asked: frozenset[str]) -> list[Claim]:
    """The claims of the numbers of one sentence, in order; `asked` are the indicators the template itself asks for."""
    claims: list[Claim] = []
    text = sentence.passage.masked
    memory.parents = {0: _opening_parent(sentence, words, memory)}
    past, depth = sentence.start, 0
    for figure in sentence.figures:
        gap = text[past : figure.start]
        if figure.depth > depth:
            memory.parents[figure.depth] = memory.last
        marked = words.sub_mark.search(gap) or words.from_total.search(gap)
        if marked and memory.last is not None and claims:
            memory.parents[figure.depth] = _whole_of(memory, figure.depth)
        past, depth = figure.unit_end, figure.depth
        claim = _claim(sentence, figure, words, memory, asked, claims)
        if claim is not None:
            claims.append(claim)
            memory.last, memory.topic = claim, claim.topic or memory.topic
            if claim.indicator_code == PROACTIVE and claim.category is None:
                memory.total = claim
    memory.parent = memory.parents.get(0) or memory.parent
    return claims


def _whole_of(memory: Memory, depth: int) -> Claim | None:
    """What 其中 breaks down: the figure before it, or that figure's own whole where it is itself a class."""
    last = memory.last
    return memory.parents.get(depth) if last is not None and last.category else last


def _opening_parent(sentence: Sentence, words: Lexicon, memory: Memory) -> Claim | None:
    """The figure that a sentence goes on to break down when it opens with 其中 or names the classes of the total."""
    text = sentence.passage.masked
    if words.from_total.match(text, sentence.start):
        return memory.total or memory.parent or _any_total(sentence)
    if words.sub_mark.match(text, sentence.start):
        return memory.last if memory.last is not None and not memory.last.category else memory.parent
    first = sentence.figures[0].start if sentence.figures else sentence.end
    said = {c for t in sentence.tokens if t.end <= first for c in t.concepts}
    if "class_list" in said and said & {"proactive", "disclose"}:
        return memory.total or _any_total(sentence)
    return None


def _any_total(sentence: Sentence) -> Claim:
    at = sentence.start
    return Claim(PROACTIVE, "disclosure", 0.0, None, False, at, at, at, at, at, at, breakdown=True)


def _claim(
    sentence: Sentence, figure: Figure, words: Lexicon, memory: Memory, asked: frozenset[str], claims: list[Claim]
) -> Claim | None:
    left, local = _local(sentence, figure, words)
    tail = sentence.within(figure.unit_end, figure.tail, figure.depth)
    if _spoiled(sentence, figure, left, local, tail, words):
        memory.topic = None
        return None
    if figure.unit == _PERCENT:
        return _share(sentence, figure, words, memory, claims, local)
    topics = _topics(sentence, left, words, memory)
    frame, named = _named(figure, local, tail, topics, words, asked)
    noun = _noun(sentence, figure, words)
    parent = memory.parents.get(figure.depth)
    if frame is not None and frame.whole and _said(sentence.tokens) & {"carried_in", "carried_out"}:
        return None
    if frame is None or (parent is not None and _is_class(frame, parent, noun, words, local)):
        return _class(sentence, figure, noun, words, memory, parent, claims)
    return _made(sentence, figure, frame, noun, left, named, words, claims, memory)


def _said(tokens: Iterable[Token]) -> set[str]:
    return {c for t in tokens for c in t.concepts}


def _local(sentence: Sentence, figure: Figure, words: Lexicon) -> tuple[int, list[Token]]:
    """Where the words naming the figure begin, and those words: its own, and of a lead-in clause that belongs to it."""
    left = figure.left
    local = sentence.within(left, figure.start, figure.depth)
    for _ in range(2):
        previous = before(sentence, left)
        if previous is None or any(previous[0] <= f.start < previous[1] for f in sentence.figures):
            break
        lead = sentence.within(*previous, figure.depth)
        said = _said(lead)
        way = said & words.channels and not said & {"proactive", "disclose", "reply", "respond"}
        alone = not (_said(local) - {"info", "ogi", "document"}) and _bare(sentence, left, figure.start, words)
        if not (way or (alone and not _after_tail(figure))):
            break
        left, local = previous[0], [*lead, *local]
        if said - {"info"} and not way:
            break
    return left, local


def _after_tail(figure: Figure) -> bool:
    return figure.tail > figure.unit_end


def _bare(sentence: Sentence, start: int, end: int, words: Lexicon) -> bool:
    """Whether the words before a number only count (共计, 总数为), so that the clause before must name it."""
    return not _strip(sentence.passage.masked[start:end], words) or bool(
        words.plain_noun.fullmatch(_strip(sentence.passage.masked[start:end], words))
    )


def _strip(noun: str, words: Lexicon) -> str:
    """The noun without list marks, words of counting, and the year it is of."""
    previous = None
    while noun != previous:
        previous = noun
        noun = words.filler_start.sub("", noun)
        noun = re.sub(r"^(?:20\d\d年?度?|截[至止][^,]*?日|[^,]{0,3}年度)", "", noun)
        for name in ("year_words",):
            hit = words.times[name].match(noun)
            noun = noun[hit.end() :] if hit else noun
        noun = words.filler_end.sub("", noun)
    return noun


def _spoiled(
    sentence: Sentence, figure: Figure, left: int, local: list[Token], tail: list[Token], words: Lexicon
) -> bool:
    """Whether the number counts something else, is a difference, or is only intended."""
    text = sentence.passage.masked
    if words.intention.search(text, left, max(figure.tail, figure.unit_end)):
        return True
    said = _said([*local, *tail])
    if COMPARISON in said and REACHED not in said:
        return True
    if ANYWHERE in said and not re.search(r"类(?:的)?(?:信息)?(?:共|有|为)?$", text[figure.left : figure.start]):
        return True
    if figure.unit in words.records or figure.unit is None:
        return False
    end = figure.left + len(words.filler_end.sub("", text[figure.left : figure.start]))
    beside = [t for t in local if t.end == end] + [t for t in tail if t.start == figure.unit_end]
    return any(HEAD in t.concepts for t in beside)


def _topics(sentence: Sentence, left: int, words: Lexicon, memory: Memory) -> frozenset[str]:
    """What is being spoken of where the figure's own words begin: the sentence, else the heading, else before."""
    strong = weak = None
    for token in sentence.tokens:
        if token.end > left:
            break
        for concept in token.concepts:
            strong = words.strong.get(concept, strong)
            weak = words.weak.get(concept, weak)
    if strong:
        return frozenset({strong})
    heading = sentence.passage.topics
    if heading and not heading >= {"disclosure", "requests"}:
        return heading
    return frozenset({t for t in (weak or memory.topic,) if t})


def _named(
    figure: Figure, local: list[Token], tail: list[Token], topics: frozenset[str], words: Lexicon, asked: frozenset[str]
) -> tuple[Frame | None, bool]:
    """The frame that names the figure, by the words before it or by those around it; None where none or two do."""
    frame = _best(figure, local, topics, words, asked)
    if frame is not None:
        strange = {words.strong[c] for c in _said(tail) if c in words.strong}
        if not tail or strange <= (frame.topics or {"disclosure"}):
            return frame, True
    if tail:
        return _best(figure, [*local, *tail], topics, words, asked), False
    return None, False


def _best(
    figure: Figure, tokens: list[Token], topics: frozenset[str], words: Lexicon, asked: frozenset[str]
) -> Frame | None:
    said = _said(tokens)
    spoken = {words.strong[c] for c in said if c in words.strong}
    wanted = [*said, *(f"@{t}" for t in topics)]
    ways = _ways(tokens, words)
    best: dict[str, tuple[int, Frame]] = {}
    for name in wanted:
        for frame in words.frames.get(name, ()):
            score = _score(frame, figure, said, topics, spoken, ways)
            if score and (not frame.asked or frame.indicator_code in asked):
                known = best.get(frame.indicator_code)
                if known is None or known[0] < score:
                    best[frame.indicator_code] = (score, frame)
    if not best:
        return None
    top = max(score for score, _ in best.values())
    first, *others = [frame for score, frame in best.values() if score == top]
    return None if others else first


def _ways(tokens: list[Token], words: Lexicon) -> frozenset[str]:
    """The ways of publishing named, each of the unlisted ones (公示栏, 短信) on its own."""
    return frozenset(
        f"{c}:{t.start}" if c == "other_channel" else c for t in tokens for c in t.concepts if c in words.channels
    )


def _score(
    frame: Frame, figure: Figure, said: set[str], topics: frozenset[str], spoken: set[str], ways: frozenset[str]
) -> int:
    """How well the words fit the frame: two for each need met by a word, one for each met by the topic; 0: not."""
    if figure.unit not in frame.units and not (figure.unit is None and frame.unitless and figure.value < _MOST_BARE):
        return 0
    if frame.without & said or not spoken <= (frame.topics or {"disclosure"}):
        return 0
    micro = ways <= {"weibo", "wechat", "both_micro"} and len(ways) != 1 if ways else False
    fits = {
        "any": True,
        "one": len(ways) == 1,
        "both_micro": micro or ways == {"both_micro"},
        "none_or_many": not ways or (len(ways) > 1 and not micro),
    }
    if not fits[frame.channels]:
        return 0
    score = 0
    for need in frame.needs:
        if any(n in said for n in need):
            score += 2
        elif any(n[0] == "@" and n[1:] in topics for n in need):
            score += 1
        else:
            return 0
    return score


def _noun(sentence: Sentence, figure: Figure, words: Lexicon) -> str:
    """The noun right before the number (or right after its unit), without verbs, ways of publishing and counting."""
    text = sentence.passage.masked
    verbs = ("proactive", "disclose", *words.channels)
    cuts = [
        t.end
        for t in sentence.within(figure.left, figure.start, figure.depth)
        if any(c in t.concepts for c in verbs) and not text[t.end :].startswith(("类", "指南", "目录", "年报"))
    ]
    begin = max(cuts, default=figure.left)
    marks = list(words.sub_mark.finditer(text, begin, figure.start))
    noun = re.sub(r"\([^()]*\)", "", text[marks[-1].end() if marks else begin : figure.start])
    noun = _strip(noun, words)
    if not noun and figure.tail > figure.unit_end:
        noun = _strip(text[figure.unit_end : figure.tail], words)
    return "" if words.plain_noun.fullmatch(noun) or _of_many(noun, words) else noun


def _of_many(noun: str, words: Lexicon) -> bool:
    """Whether the noun only circumscribes the whole: 涉及机构概况、法规公文等8大类政务信息."""
    ends_plain = any(noun.endswith(plain) for plain in ("政府信息", "政务信息", "公开信息", "信息公开", "文件信息"))
    around = re.match(r"(?:涉及|关于|包括|包含|涵盖|各)", noun) or "等" in noun
    return bool(around and re.search(r"(?:信息|文件|内容)$", noun)) or (ends_plain and "类" not in noun)


def _is_class(frame: Frame, parent: Claim, noun: str, words: Lexicon, local: list[Token]) -> bool:
    """Whether words that would name an indicator on their own are here a class of what is being broken down."""
    if not parent.breakdown or not noun:
        return False
    verbs = _said(local) & {"proactive", "disclose", "receive", "issue", "respond", "made"}
    return frame.topic not in ("disclosure", "requests") and not verbs


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
    telling = noun.endswith(("类", "类信息", "信息"))
    if parent is None and telling:
        last = claims[-1] if claims else None
        parent = memory.total if last is None or last.indicator_code != PROACTIVE else last
        if last is None and "disclosure" not in sentence.passage.topics:
            return None
    if parent is None or not parent.breakdown or not noun or len(noun) > _LONGEST_CATEGORY:
        return None
    if figure.unit not in words.records and figure.unit not in (None, "个", "次", "项"):
        return None
    said = _said(words.find(noun, 0, len(noun)))
    if not telling and (said & {"on_request", "denied", "apply", "granted", "partial", "each"} or ANYWHERE in said):
        return None
    if re.search(r"[\d□]|^(?:比|较|与)|不予公开|依申请", noun) or not re.search(r"[\u4e00-\u9fff]{2}", noun):
        return None
    return _at(sentence, figure, parent.indicator_code, "disclosure", figure.left, noun, parent.part)


def _made(
    sentence: Sentence,
    figure: Figure,
    frame: Frame,
    noun: str,
    left: int,
    named: bool,
    words: Lexicon,
    claims: list[Claim],
    memory: Memory,
) -> Claim | None:
    """The claim of a frame: a class where the noun is one, a part where the same figure stands before."""
    code, said = frame.indicator_code, _said(sentence.within(left, figure.tail, figure.depth))
    if frame.plain_noun and noun:
        return None
    category = noun if frame.breakdown and noun else None
    if category and (len(category) > _LONGEST_CATEGORY or re.search(r"[\d□]", category)):
        category = None
        if not named:
            return None
    applicant = "total"
    if "legal_person" in said and "everybody" not in said and "natural_person" not in said:
        return None
    if "natural_person" in said and "legal_person" not in said and frame.topic == "requests":
        applicant = "natural_person"
    gap = sentence.passage.masked[sentence.start : figure.start]
    part = category is None and any(
        c.indicator_code == code and c.category is None and c.applicant_type == applicant for c in claims
    ) and bool(words.sub_mark.search(gap))
    made = _at(sentence, figure, code, frame.topic, left, category, part)
    return replace(made, applicant_type=applicant, breakdown=frame.breakdown and category is None, named=named)


def _at(
    sentence: Sentence, figure: Figure, code: str, topic: str | None, left: int, category: str | None, part: bool
) -> Claim:
    text = sentence.passage.masked
    last = max(figure.unit_end, figure.tail)
    label, label_end = left, figure.start
    while label < label_end and text[label] in "、,:;(和及与":
        label += 1
    if label == label_end:
        label, label_end = figure.unit_end, last
    return Claim(
        code, topic, figure.value, figure.unit, figure.approximate, figure.start, figure.end,
        min(label, figure.start), last, label, label_end, category=category, part=part,
    )  # fmt: skip


def _share(
    sentence: Sentence, figure: Figure, words: Lexicon, memory: Memory, claims: list[Claim], local: list[Token]
) -> Claim | None:
    """A percentage: the full-text rate, or the share of the class named with it or right before it."""
    said = _said(local)
    if "fulltext" in said:
        return _at(sentence, figure, "fulltext_electronic_rate", None, figure.left, None, False)
    if "share" not in said:
        return None
    text = sentence.passage.masked
    share = next(t for t in local if "share" in t.concepts)
    noun = _strip(text[figure.left : share.start], words) if share.start >= figure.left else ""
    if noun and not _said(local) & {"proactive", "disclose", "apply"}:
        parent = memory.parents.get(figure.depth)
        if parent is None or not parent.breakdown or len(noun) > _LONGEST_CATEGORY:
            return None
        return _at(sentence, figure, SHARE, "disclosure", figure.left, noun, False)
    last = claims[-1] if claims else None
    if last is None or not last.category or last.topic != "disclosure" or last.indicator_code == SHARE:
        return None
    if any(last.end < f.start < figure.start for f in sentence.figures):
        return None
    return _at(sentence, figure, SHARE, "disclosure", figure.left, last.category, False)
