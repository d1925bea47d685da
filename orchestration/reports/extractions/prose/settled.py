"""What a document as a whole leaves of the claims of its prose: parts that are no total, sums that hold more.

Single claims are made in claims.py and given their period and scope in narrative.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from orchestration.reports.extractions.model import PeriodBasis, Scope
from orchestration.reports.extractions.prose.claim import Claim
from orchestration.reports.extractions.prose.frames import way_named
from orchestration.reports.extractions.prose.lexicon import Lexicon
from orchestration.reports.extractions.prose.memory import PROACTIVE
from orchestration.reports.extractions.prose.negations import RECEIVED
from orchestration.reports.extractions.prose.passages import Passage

_WAY_OF_PUBLISHING = "disclosed_via_"
# Ways of which an agency may have several, each with a name.
_ONE_WAY = frozenset({"disclosed_via_website_count", "disclosed_via_weibo_count", "disclosed_via_wechat_count"})
_WHOLE = ("own", "jurisdiction")
_STAFF = "staff"
_CONSULTED = "consultation_count"
# Headings under which applications and questions are those about information.
_ASKED = frozenset({"requests", "consultation"})
_DIGIT = re.compile(r"\d")
CARRIED_IN = "requests_carried_in_count"


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim with whose it is and of when."""

    passage: Passage
    claim: Claim
    basis: PeriodBasis
    scope: Scope
    open: bool
    loose: bool


def kind(one: Placed) -> tuple[str, ...]:
    """What two figures share that count the same: indicator, applicant type, period basis and scope."""
    return one.claim.indicator_code, one.claim.applicant_type, one.basis, one.scope


def _part(one: Placed) -> tuple[str | int, ...]:
    """What two figures of one paragraph share that count parts of the same."""
    return id(one.passage), *kind(one)[1:]


def settled(placed: list[Placed], words: Lexicon) -> list[Placed]:
    """The claims as the document as a whole lets them stand.

    A figure of several ways of publishing together is no total where another is stated. 累计 without a year is
    cumulative where the document states another, smaller total of the year.
    """
    placed = _without_parts_of_a_row(_received_apart(_for_information(placed, words), words), words)
    placed = _left_open(_without_strange_ways(_by_name(_some_of_a_way(placed, words), words), words))
    firm = {p.claim.value for p in placed if _is_firm_total(p) and not p.claim.many_ways}
    if firm:
        placed = _without(placed, [p.claim for p in placed if p.claim.many_ways and p.claim.value not in firm])
    totals = [p.claim.value for p in placed if _is_firm_total(p)]
    if not totals:
        return placed
    total = max(totals)
    beyond = [p.claim for p in placed if _exceeds(p, total)]
    return [replace(p, basis="cumulative", open=False) if _is_within(p.claim, beyond) else p for p in placed]


def _is_within(claim: Claim, wholes: list[Claim]) -> bool:
    """Whether the claim is one of these or a class of one."""
    return any(w is claim or w is claim.within for w in wholes)


def _for_information(placed: list[Placed], words: Lexicon) -> list[Placed]:
    """The claims, requests of every sort left out where those for information are told: 申请5件,其中信息公开申请3件.

    Questions likewise: 解答咨询50人次,其中信息公开咨询2人次.
    """
    dropped: set[int] = set()
    raised: dict[int, Scope] = {}
    asked = [p for p in placed if p.claim.indicator_code in (RECEIVED, _CONSULTED) and not p.claim.negated]
    for one, other in pairwise(asked):
        part = one.claim.indicator_code == other.claim.indicator_code and other.scope == "sub_scope"
        part = part and one.passage is other.passage and one.scope in _WHOLE
        if part and _names_information(other, words) and not _names_information(one, words):
            dropped.add(id(one.claim))
            raised[id(other.claim)] = one.scope
    kept = (p for p in placed if id(p.claim) not in dropped) if dropped else placed
    return [replace(p, scope=raised[id(p.claim)]) if id(p.claim) in raised else p for p in kept]


def _names_information(one: Placed, words: Lexicon) -> bool:
    """Whether the words of a figure of requests, or the heading above, say that they are for information."""
    said = {c for t in words.find(one.passage.masked, one.claim.first, one.claim.last) for c in t.concepts}
    return bool(said & {"ogi", "on_request", "info", "demand"}) or bool(one.passage.topics & _ASKED)


def _received_apart(placed: list[Placed], words: Lexicon) -> list[Placed]:
    """The claims, those of requests received without what came over from the year before.

    受理121件(其中新收112件,上年结转9件): 112 came; 收到63件,其中上年结转3件: how many came is not printed.
    """
    dropped: set[int] = set()
    raised: dict[int, Scope] = {}
    said: list[Placed] = []
    for one in placed:
        if one.claim.indicator_code == RECEIVED and not one.claim.negated:
            # Of a sentence only: what came is told first, then what of it is new.
            said = [*[p for p in said if _in_one_sentence(p, one)][-1:], one]
        if one.claim.indicator_code != CARRIED_IN or not one.claim.value or not said:
            continue
        whole, parts = said[0], [p for p in said[1:] if p.scope == "sub_scope"]
        if whole.scope != one.scope or not _in_one_sentence(whole, one):
            continue
        new = next((p for p in parts if p.claim.value + one.claim.value == whole.claim.value), None)
        of_whole = words.sub_mark.search(whole.passage.masked, whole.claim.unit_end, one.claim.start)
        aside = of_whole and _DIGIT.search(whole.passage.masked, whole.claim.unit_end, of_whole.start())
        if new is not None:
            raised[id(new.claim)] = whole.scope
        if new is not None or (of_whole and not aside and not parts):
            dropped.add(id(whole.claim))
    kept = (p for p in placed if id(p.claim) not in dropped) if dropped else placed
    return [replace(p, scope=raised[id(p.claim)]) if id(p.claim) in raised else p for p in kept]


def _in_one_sentence(one: Placed, other: Placed) -> bool:
    """Whether the second figure stands in the sentence of the first."""
    return one.passage is other.passage and "。" not in one.passage.masked[one.claim.end : other.claim.start]


def _some_of_a_way(placed: list[Placed], words: Lexicon) -> list[Placed]:
    """The claims, those of some of what one way published as of a part, where another gives more of it.

    网站公开145条。全年网站公开水利、防汛等领域信息60条: some of the 145.
    """
    ways = [p for p in placed if p.claim.indicator_code in _ONE_WAY and p.claim.category is None]
    some = {id(p.claim) for p in ways if words.around_some.search(p.passage.masked, p.claim.label, p.claim.start)}
    most: dict[tuple[str, ...], float] = {}
    for p in ways:
        if id(p.claim) not in some:
            most[kind(p)] = max(most.get(kind(p), 0.0), p.claim.value)
    less = {id(p.claim) for p in ways if id(p.claim) in some and p.claim.value < most.get(kind(p), 0.0)}
    return [replace(p, scope="sub_scope") if id(p.claim) in less else p for p in placed] if less else placed


def _left_open(placed: list[Placed]) -> list[Placed]:
    """The claims, a total that says 累计 without a year left open behind a smaller figure of one way of publishing.

    2014年通过网站公开92条,累计公开信息831项: of the year by all ways, or of all years.
    """
    found = []
    least: dict[int, float] = {}
    for p in placed:
        claim, paragraph = p.claim, id(p.passage)
        total = p.loose and claim.indicator_code == PROACTIVE and claim.category is None and p.basis == "year"
        found.append(replace(p, open=True) if total and least.get(paragraph, claim.value) < claim.value else p)
        if claim.indicator_code in _ONE_WAY and claim.category is None:
            least[paragraph] = min(least.get(paragraph, claim.value), claim.value)
    return found


def _without_parts_of_a_row(placed: list[Placed], words: Lexicon) -> list[Placed]:
    """All but figures that one paragraph gives for what is one row of the form: 电子邮件2件,网上申请3件.

    Nor the items of one list: 在“晨风”在线访谈2次、在“夜话”在线访谈1次.
    """
    told: dict[tuple[str | int, ...], set[float]] = {}
    for p in placed:
        if p.claim.indicator_code in words.summed or (p.claim.topic == _STAFF and not p.claim.negated):
            told.setdefault((id(p.passage), *kind(p)), set()).add(p.claim.value)
    several = {key for key, values in told.items() if len(values) > 1}
    # 服务大厅配备兼职人员1名。图书馆配备兼职人员3名: none of them is all of the staff.
    placed = [p for p in placed if (id(p.passage), *kind(p)) not in several] if several else placed
    items = {id(one) for pair in pairwise(placed) if _is_list(*pair, words) for one in pair}
    return [p for p in placed if id(p) not in items] if items else placed


def _is_list(one: Placed, other: Placed, words: Lexicon) -> bool:
    """Whether two figures of the same kind follow each other with nothing between but what joins a list."""
    if one.passage is not other.passage or kind(one) != kind(other) or one.claim.topic == "disclosure":
        return False
    if one.claim.category or other.claim.category or one.claim.negated or other.claim.negated:
        return False
    between = one.passage.masked[one.claim.unit_end : other.claim.label]
    # 一人专职负责公开,一人专职负责网站: the people of one sentence, each for a work of their own.
    return between in words.joins or (one.claim.topic == _STAFF and "。" not in between and one.scope == other.scope)


def _without_strange_ways(placed: list[Placed], words: Lexicon) -> list[Placed]:
    """All but totals that begin with a way of publishing where the document has another, or that way is a small one.

    网站公开685条。在办公平台公开115条: no word of ours names that way.
    """
    most: dict[tuple[str | int, ...], float] = {}
    for p in placed:
        if p.claim.indicator_code in _ONE_WAY and p.claim.category is None:
            most[_part(p)] = max(most.get(_part(p), 0.0), p.claim.value)
    strange = [
        p.claim
        for p in placed
        if p.claim.indicator_code == PROACTIVE
        and not (p.claim.category or p.claim.many_ways or p.claim.negated)
        and p.claim.value < most.get(_part(p), 0.0)
        and words.lead.match(p.passage.masked, p.claim.label)
    ]
    totals = {p.claim.value for p in placed if _is_firm_total(p) and not _by_a_way(p, words)}
    led = [p for p in placed if _is_firm_total(p) and _by_a_way(p, words)] if totals else []
    # 共公开159条,通过“农业”专栏公开154条: not the total again.
    strange += [p.claim for p in led if p.claim.value not in totals and not p.claim.many_ways]
    return _without(placed, strange) if strange else placed


def _by_a_way(one: Placed, words: Lexicon) -> bool:
    """Whether 通过 or the like leads in one way of publishing, whatever its name; not all of them."""
    claim, text = one.claim, one.passage.masked
    led = any(len(hit[0]) > 1 for hit in words.lead.finditer(text, claim.label, claim.start))
    return led and not any("all_ways" in t.concepts for t in words.find(text, claim.label, claim.start))


def _by_name(placed: list[Placed], words: Lexicon) -> list[Placed]:
    """The claims, those of several websites or accounts in one sentence each as a class under its own name.

    None of them is the figure of all websites.
    """
    told: dict[tuple[str | int, ...], list[Placed]] = {}
    for p in placed:
        alone = p.claim.category is None and p.claim.within is None
        if p.claim.indicator_code in _ONE_WAY and alone and not p.claim.negated:
            sentence = p.passage.masked.count("。", 0, p.claim.start)
            told.setdefault((id(p.passage), sentence, *kind(p)), []).append(p)
    named: dict[int, str] = {}
    for several in told.values():
        names = [_name(p, words) for p in several]
        if len(several) > 1 and all(names) and len({*names}) == len(names):
            named.update((id(p.claim), name) for p, name in zip(several, names, strict=True))
    return [
        replace(p, claim=replace(p.claim, category=name)) if (name := _named_with(p.claim, named)) else p
        for p in placed
    ]


def _named_with(claim: Claim, named: Mapping[int, str]) -> str | None:
    """The name of the claim, or of the one that it is a part of: 站内发布150条(2012年新增20条)."""
    whole = named.get(id(claim.within)) if claim.category is None else None
    return named.get(id(claim), whole)


def _name(one: Placed, words: Lexicon) -> str:
    """The name of the website or account that a figure is of, as printed."""
    found = way_named(one.passage.masked, one.claim.label, one.claim.label_end, words)
    return one.passage.characters[slice(*found)] if found else ""


def _is_firm_total(one: Placed) -> bool:
    """Whether this is all that was disclosed in the year, and nothing leaves the year open."""
    total = one.claim.indicator_code == PROACTIVE and not one.claim.category and one.basis == "year"
    return total and not one.loose and not one.open and one.scope in _WHOLE


def _without(placed: list[Placed], dropped: list[Claim]) -> list[Placed]:
    """All but these claims and their classes."""
    return [p for p in placed if not _is_within(p.claim, dropped)]


def _exceeds(one: Placed, total: float) -> bool:
    """Whether this is a total or a way of publishing that says 累计 and is more than all that the year disclosed."""
    code = one.claim.indicator_code
    published = code == PROACTIVE or code.startswith(_WAY_OF_PUBLISHING)
    return (one.open or one.loose) and one.basis == "year" and published and one.claim.value > total
