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
    REACHED,
    SUBJECT,
    Frame,
    Lexicon,
    Token,
)
from orchestration.reports.extractions.prose.memory import PROACTIVE, Memory, Told
from orchestration.reports.extractions.prose.negations import matching
from orchestration.reports.extractions.prose.places import STOPS
from orchestration.reports.extractions.prose.settled import CARRIED_IN
from orchestration.reports.extractions.prose.spoiled import beside_figure, is_spoiled
from orchestration.reports.extractions.prose.ways import is_of_one_way, is_total, lists_ways, shares

ALREADY_PUBLIC = "reply_already_public_count"
RECEIVED = "requests_received_count"
STAFF = "staff_total_count"
_PERCENT = "%"
# From this score on, words name an indicator so fully that a breakdown around them does not make them a class.
_FULLY_NAMED = 6
_LEAD_CLAUSES = 2
# Words that say of a number by themselves that it counts what an agency opens.
_SAYS_WHAT = frozenset({"proactive", "open", "info", "document"})
# How far before a word its negation stands.
_REACH = 4


def read_sentence(sentence: Sentence, words: Lexicon, memory: Memory, asked: frozenset[str]) -> list[Claim]:
    """The claims of the numbers of one sentence, in order; `asked` are the indicators the template itself asks for."""
    claims: list[Claim] = []
    text = sentence.passage.masked
    memory.parents = {0: opening_whole(sentence, words, memory)}
    memory.spoilt, memory.shares = -1, {}
    memory.told = Told.of(sentence.tokens, words)
    memory.ways_listed = lists_ways(sentence, words)
    past, depth = sentence.start, 0
    summed: tuple[int, Claim | None] = (0, None)
    orphan = False
    for figure in sentence.figures:
        if 0 < summed[0] <= figure.start:
            memory.parents[figure.depth], summed = summed[1], (0, None)
        if figure.depth > depth:
            memory.parents[figure.depth] = memory.last if claims else memory.parents.get(depth)
        elif words.from_total.search(text, past, figure.start):
            memory.parents[figure.depth] = all_disclosed(sentence, memory)
        elif claims and _marks_parts(sentence, past, figure, words):
            memory.parents[figure.depth] = _broken_down(claims[-1], memory)
        orphan = orphan if figure.depth > depth or (orphan and figure.depth == depth) else False
        if figure.depth > depth and text[past : past + 1] == "(":
            # 刊登4885条(包括公告812条): a class of what was not read.
            orphan = not claims or claims[-1].unit_end != past
        unread = past > sentence.start and (not claims or claims[-1].unit_end != past)
        memory.of_unread = unread and words.sub_mark.search(text, past, figure.start) is not None
        past, depth = figure.unit_end, figure.depth
        claim = _claim(sentence, figure, words, memory, asked, claims)
        if claim is not None and orphan and claim.category is not None:
            continue
        if claim is not None:
            claims.append(claim)
            memory.keep(claim)
            until = sums_up(sentence, claim, words)
            if until:
                summed = until, memory.parents.get(figure.depth)
                memory.parents[figure.depth] = claim
        elif not figure.value:
            claims.extend(_zeros_of_several(sentence, figure, words))
    return claims


def _broken_down(last: Claim, memory: Memory) -> Claim | None:
    """What 其中 behind the last claim breaks down: that one, or what it is itself a class of."""
    if last.breakdown or not (last.category or last.unit == _PERCENT):
        return last
    if last.category and last.within is None and memory.whole and last.indicator_code != memory.whole.indicator_code:
        # 微信发布98条,在网站普法栏目发布84条,其中指南1条: of what is on the website.
        return replace(last, breakdown=True)
    return memory.whole


def _marks_parts(sentence: Sentence, past: int, figure: Figure, words: Lexicon) -> bool:
    """Whether 其中 or the like stands before the figure, not in a bracket of its own: 公开(内容涉及律师等)37条."""
    marks = words.sub_mark.finditer(sentence.passage.masked, past, figure.start)
    return any(sentence.depth(hit.start()) <= figure.depth for hit in marks)


def _claim(
    sentence: Sentence, figure: Figure, words: Lexicon, memory: Memory, asked: frozenset[str], claims: list[Claim]
) -> Claim | None:
    left, local = _local(sentence, figure, words)
    local = _without_contents(sentence, figure, local, words)
    tail = sentence.within(figure.unit_end, figure.tail, figure.depth)
    parent = memory.parents.get(figure.depth)
    announced = parent is not None and parent.breakdown
    noun = nouns.counted(sentence, figure, left, words, announced)
    memory.shares.update(shares(sentence, figure, left, words))
    if figure.start in memory.shares:
        code = memory.shares[figure.start]
        return replace(claim_at(sentence, figure, code, "disclosure", figure.left), breakdown=True)
    if is_spoiled(sentence, figure, left, local, tail, words):
        memory.spoil(figure)
        return None
    if figure.unit == _PERCENT:
        return read_share(sentence, figure, words, parent, claims, local)
    topics = _topics(sentence, left, local, words, memory)
    beside = beside_figure(sentence, figure, local, tail, words)
    of_its_own = bool(claims) and claims[-1].category is None and claims[-1].topic != "disclosure"
    joined = nouns.is_joined(sentence, figure, words, of_its_own)
    around = Around(figure, local, tail, beside, noun, joined, topics)
    found = name(around, words, asked)
    if found is None and joined and (both := name(replace(around, joined=False), words, asked)):
        memory.mixed.add(both[0].indicator_code)
    if (found is None or _over_all_years(sentence, figure, words)) and (
        again := _said_again(sentence, figure, left, local, words, memory.told, claims)
    ):
        return again
    # 主动公开建议提案办理结果等事项政府信息71条: one of the things listed.
    listed = "info" in beside and "proactive" in said(local)
    if SUBJECT in said([*local, *tail]) and not (announced and noun) and not listed:
        memory.spoil(figure)
        return None
    if announced and claims and claims[-1].category:
        # 机构信息1条、政府公报4条: behind a class the gazette is one as well.
        bare = nouns.strip(sentence.passage.masked[figure.left : figure.start], words)
        noun, found = (bare, None) if bare in words.class_nouns else (noun, found)
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


def _over_all_years(sentence: Sentence, figure: Figure, words: Lexicon) -> bool:
    """Whether nothing but 历年累计 stands before the number."""
    ahead = sentence.passage.masked[figure.left : figure.start]
    return words.times["cumulative_words"].match(ahead) is not None and not nouns.strip(ahead, words)


def _said_again(
    sentence: Sentence, figure: Figure, left: int, local: list[Token], words: Lexicon, told: Told, claims: list[Claim]
) -> Claim | None:
    """A number that goes on from those before it: 由52条增加到60条; 网站12条、微信3条,合计15条; 申请0件,历年累计0件."""
    if not claims or claims[-1].unit != figure.unit:
        return None
    last, ahead = claims[-1], sentence.passage.masked[figure.left : figure.start]
    if figure.depth and words.times["newly"].fullmatch(sentence.passage.masked, last.unit_end, figure.start):
        newly = claim_at(sentence, figure, last.indicator_code, last.topic, left)
        return replace(newly, category=last.category, within=last)
    if _over_all_years(sentence, figure, words) or (REACHED in said(local) and not told.elsewhere):
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
        if (not way and not counts) or (ANYWHERE in here and said(local) & {"receive", "apply", "on_request"}):
            break
        left, local = previous[0], [*lead, *local]
        if here - {"info"} and not way:
            break
    return left, local


def _without_contents(sentence: Sentence, figure: Figure, local: list[Token], words: Lexicon) -> list[Token]:
    """The words that name the figure without those of a list of contents: 公开政策解读、培训通知等信息共86条."""
    verb = max((t.end for t in local if t.concepts & {"proactive", "disclose"}), default=figure.start)
    ends = [hit.start() for hit in words.list_end.finditer(sentence.passage.masked, verb, figure.start)]
    if not ends:
        return local
    return [t for t in local if t.start < verb or t.start >= ends[-1] or t.concepts & words.channels]


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
        last_said = memory.last
        if last_said and last_said.topic and max(sentence.start, at) <= last_said.start:
            # 主动公开20条,受理申请13件,答复13件: the replies are to those.
            strong = last_said.topic
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
    if frame.channels == "none_or_many" and ways and not is_total(ways, here, memory):
        return None
    if frame.indicator_code == PROACTIVE and figure.unit in words.occurrences and not here & _SAYS_WHAT - {"open"}:
        # 厂务公开12次: how often, not how much.
        return None
    if frame.indicator_code == PROACTIVE and not noun and not _counts_all(sentence, figure, here, words, memory.told):
        return None
    if memory.of_unread and frame.topic == "disclosure" and not here & _SAYS_WHAT:
        # 媒体刊发新闻447条,其中省报发布78条: some of what was not read.
        return None
    if frame.indicator_code in words.outcomes and words.among_others.search(
        sentence.passage.masked, left, figure.start
    ):
        # 因本机关不掌握等原因无法提供63件: for this reason and others.
        return None
    if frame.whole and _with_other_years(sentence, words):
        return None
    if frame.unnamed and not nouns.is_unnamed(sentence, figure, left, frame.needs[0], words):
        return None
    if frame.indicator_code == STAFF and _is_one_of_two(sentence, figure, words):
        return None
    if frame.indicator_code == PROACTIVE and "proactive" not in here and is_of_one_way(sentence, left, words):
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
        # 其中政府网站中机构类4条,人事类2条: where all of them add up, the website is that of all.
        if (
            parent is not None
            and parent.breakdown
            and (
                code == PROACTIVE
                or (parent.indicator_code == PROACTIVE and sums_up(sentence, parent, words) >= figure.end)
            )
        ):
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


def _counts_all(sentence: Sentence, figure: Figure, here: set[str], words: Lexicon, told: Told) -> bool:
    """Whether a number without a class is of all that was published, not of the rest after some classes of it."""
    if "key_area" in here and "proactive" not in here:
        return False
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
