"""What each number of a sentence states, read in order with what was said before it.

Whose figure it is and of which period is decided in scopes.py; numbers that are no fact simply yield no claim.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from orchestration.reports.extractions.prose import nouns
from orchestration.reports.extractions.prose.claim import Claim, claim_at
from orchestration.reports.extractions.prose.classes import (
    all_disclosed,
    opening_whole,
    read_class,
    read_share,
    sums_up,
)
from orchestration.reports.extractions.prose.clauses import Figure, Sentence, before
from orchestration.reports.extractions.prose.frames import Around, name, said, ways_of
from orchestration.reports.extractions.prose.lexicon import (
    ANYWHERE,
    COMPARISON,
    HEAD,
    REACHED,
    SUBJECT,
    Frame,
    Lexicon,
    Token,
)
from orchestration.reports.extractions.prose.memory import PROACTIVE, Memory, Told
from orchestration.reports.extractions.prose.negations import matching
from orchestration.reports.extractions.prose.places import STOPS

ALREADY_PUBLIC = "reply_already_public_count"
CARRIED_IN = "requests_carried_in_count"
RECEIVED = "requests_received_count"
STAFF = "staff_total_count"
_PERCENT = "%"
# From this score on, words name an indicator so fully that a breakdown around them does not make them a class.
_FULLY_NAMED = 6
_LEAD_CLAUSES = 2
# How far before a word its negation stands.
_REACH = 4
_BETWEEN = "、和及"


def read_sentence(sentence: Sentence, words: Lexicon, memory: Memory, asked: frozenset[str]) -> list[Claim]:
    """The claims of the numbers of one sentence, in order; `asked` are the indicators the template itself asks for."""
    claims: list[Claim] = []
    text = sentence.passage.masked
    memory.parents = {0: opening_whole(sentence, words, memory)}
    memory.spoilt, memory.shares = -1, {}
    memory.told = Told.of(sentence.tokens, words)
    memory.ways_listed = _lists_ways(sentence, words)
    past, depth = sentence.start, 0
    for figure in sentence.figures:
        if figure.depth > depth:
            memory.parents[figure.depth] = memory.last if claims else memory.parents.get(depth)
        elif words.from_total.search(text, past, figure.start):
            memory.parents[figure.depth] = all_disclosed(sentence, memory)
        elif claims and words.sub_mark.search(text, past, figure.start):
            last = claims[-1]
            memory.parents[figure.depth] = last if last.breakdown or not last.category else memory.whole
        past, depth = figure.unit_end, figure.depth
        claim = _claim(sentence, figure, words, memory, asked, claims)
        if claim is not None:
            claims.append(claim)
            memory.keep(claim)
            if sums_up(sentence, claim, words):
                memory.parents[figure.depth] = claim
        elif not figure.value:
            claims.extend(_zeros_of_several(sentence, figure, words))
    return claims


def _claim(
    sentence: Sentence, figure: Figure, words: Lexicon, memory: Memory, asked: frozenset[str], claims: list[Claim]
) -> Claim | None:
    left, local = _local(sentence, figure, words)
    tail = sentence.within(figure.unit_end, figure.tail, figure.depth)
    parent = memory.parents.get(figure.depth)
    announced = parent is not None and parent.breakdown
    noun = nouns.counted(sentence, figure, left, words, announced)
    memory.shares.update(_shares(sentence, figure, left, words))
    if figure.start in memory.shares:
        code = memory.shares[figure.start]
        return replace(claim_at(sentence, figure, code, "disclosure", figure.left), breakdown=True)
    if _spoiled(sentence, figure, left, local, tail, words):
        memory.spoil(figure)
        return None
    if figure.unit == _PERCENT:
        return read_share(sentence, figure, words, parent, claims, local)
    topics = _topics(sentence, left, local, words, memory)
    beside = _beside(sentence, figure, local, tail, words)
    joined = nouns.is_joined(sentence, figure, words)
    found = name(Around(figure, local, tail, beside, noun, joined, topics), words, asked)
    if found is None and (again := _said_again(sentence, figure, left, local, words, memory.told, claims)):
        return again
    # 主动公开建议提案办理结果等事项政府信息71条: one of the things listed.
    listed = "info" in beside and "proactive" in said(local)
    if SUBJECT in said([*local, *tail]) and not (announced and noun) and not listed:
        memory.spoil(figure)
        return None
    if found is None or (announced and noun and _is_class(*found)):
        return read_class(sentence, figure, noun, words, memory, parent, claims)
    if claims and found[0].topic == "disclosure" and _is_outcome(sentence, figure, left, claims[-1], words):
        already = words.already.search(sentence.passage.masked, left, figure.start)
        return claim_at(sentence, figure, ALREADY_PUBLIC, "requests", left) if already else None
    return _framed(sentence, figure, found[0], noun, left, words, parent, memory)


def _is_outcome(sentence: Sentence, figure: Figure, left: int, last: Claim, words: Lexicon) -> bool:
    """Whether words of publishing say how a request ended: 予以公开5件,已通过网站公开1件."""
    here = said(sentence.within(left, figure.tail, figure.depth))
    return (last.topic, last.unit) == ("requests", figure.unit) and not here & {"info", "document"}


def _zeros_of_several(sentence: Sentence, figure: Figure, words: Lexicon) -> list[Claim]:
    """The one 0 of several disputes: 被申请行政复议、提起行政诉讼的案件0件."""
    codes = matching(sentence.within(figure.left, figure.start, figure.depth), sentence, words)
    if figure.unit is None or len(codes) < 2 or not words.disputes >= {*codes}:
        return []
    return [claim_at(sentence, figure, code, None, figure.left) for code in codes]


def _lists_ways(sentence: Sentence, words: Lexicon) -> bool:
    """Whether the sentence counts ways of publishing, one after the other: 政府网站67条;政务微信8条."""
    named = {t.end for t in sentence.tokens if t.concepts & words.channels}
    counted = [f.unit for f in sentence.figures if f.start in named and (f.unit is None or f.unit in words.records)]
    # One of the units may be lost.
    return len(counted) > 1 and any(counted)


def _said_again(
    sentence: Sentence, figure: Figure, left: int, local: list[Token], words: Lexicon, told: Told, claims: list[Claim]
) -> Claim | None:
    """A number that goes on from those before it: 由52条增加到60条; 网站12条、微信3条,合计15条; 申请0件,历年累计0件."""
    if not claims or claims[-1].unit != figure.unit:
        return None
    last, ahead = claims[-1], sentence.passage.masked[figure.left : figure.start]
    over_all_years = words.times["cumulative_words"].match(ahead) and not nouns.strip(ahead, words)
    if over_all_years or (REACHED in said(local) and not told.elsewhere):
        same = replace(claim_at(sentence, figure, last.indicator_code, last.topic, left), breakdown=last.breakdown)
        return same if last.category is None else None
    code = _summed_up(figure, local, ahead, words, told)
    if code is None:
        return None
    topic = "requests" if code == RECEIVED else "disclosure"
    return replace(claim_at(sentence, figure, code, topic, left), breakdown=code != RECEIVED)


def _summed_up(figure: Figure, local: list[Token], ahead: str, words: Lexicon, told: Told) -> str | None:
    """The indicator of a number that sums up those told before it in its sentence, if it does."""
    by_requests = told.codes <= words.applied_by
    if (
        (told.elsewhere and not by_requests)
        or said(local) - {"all_told"}
        or nouns.strip(ahead, words)
        or not words.sum_word.search(ahead)
        or figure.value < told.most
    ):
        return None
    if by_requests:
        return RECEIVED if len(told.codes) > 1 else None
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


def _shares(sentence: Sentence, figure: Figure, left: int, words: Lexicon) -> dict[int, str]:
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
    listed = "disclosure" if memory.ways_listed else None
    return frozenset({t for t in (weak or memory.topic or listed,) if t})


def _is_class(frame: Frame, score: int) -> bool:
    """Whether words that would name an indicator on their own are here a class of what is being broken down."""
    return frame.topic not in (None, "disclosure", "requests") and score < _FULLY_NAMED


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
    if frame.indicator_code == STAFF and _is_one_of_two(sentence, figure, words):
        return None
    if frame.indicator_code == PROACTIVE and "proactive" not in here and _is_of_one_way(sentence, left, words):
        return None
    outcome = memory.last is not None and memory.last.indicator_code in words.outcomes
    if frame.indicator_code == CARRIED_IN and figure.depth and outcome:
        # 予以公开76件(含上年结转5件): some of those that came over.
        return None
    if frame.topic == "complaints" and _of_all_sorts(sentence, figure, words):
        return None
    code, applicant = frame.indicator_code, "total"
    if frame.topic == "requests" and "everybody" not in here:
        if "natural_person" in here and "legal_person" not in here:
            applicant = "natural_person"
        elif "legal_person" in here and "natural_person" not in here:
            return None
    category = noun if frame.breakdown and noun else None
    within = None
    if category is not None:
        if not nouns.can_be_class(category, words, announced=True) or nouns.closes_list(sentence, figure, words):
            return None
        if parent is not None and parent.breakdown and code == PROACTIVE:
            code, within = parent.indicator_code, parent
    made = claim_at(sentence, figure, code, frame.topic, left, category=category)
    breakdown = frame.breakdown and category is None
    many = breakdown and frame.channels == "none_or_many" and bool(ways)
    return replace(made, applicant_type=applicant, breakdown=breakdown, many_ways=many, within=within)


def _of_all_sorts(sentence: Sentence, figure: Figure, words: Lexicon) -> bool:
    """Whether the sentence goes on to say that some of them are no business of disclosure: 其中市长热线转交421件."""
    if not words.sub_mark.match(sentence.passage.masked, figure.unit_end + 1):
        return False
    return any(t.concepts & {ANYWHERE, SUBJECT} for t in sentence.tokens_in(figure.unit_end, sentence.end))


def _is_one_of_two(sentence: Sentence, figure: Figure, words: Lexicon) -> bool:
    """Whether people were counted right before whom nothing names: 2名民警和1名工作人员."""
    text = sentence.passage.masked
    earlier = [f for f in sentence.figures if f.start < figure.start and f.unit == figure.unit]
    between = text[earlier[-1].unit_end : figure.start] if earlier else ""
    return between.endswith(words.joins) and not any(stop in between for stop in STOPS)


def _is_of_one_way(sentence: Sentence, left: int, words: Lexicon) -> bool:
    """Whether the sentence has been speaking of one way of publishing other than the website since its last figure."""
    begin = max((f.unit_end for f in sentence.figures if f.unit_end <= left), default=sentence.start)
    ways = ways_of(sentence.within(begin, left), words)
    return len(ways) == 1 and ways <= words.way_codes.keys() - {"website"}


def _counts_all(sentence: Sentence, figure: Figure, here: set[str], words: Lexicon, told: Told) -> bool:
    """Whether a number without a class is of all that was published, not of the rest after some classes of it."""
    if words.sum_word.search(sentence.passage.masked, figure.left, figure.start):
        return True
    if told.classes:
        return "proactive" in here and not told.wholes
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
