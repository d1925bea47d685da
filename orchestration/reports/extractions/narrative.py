"""The figures of a report's prose as readings: every quantitative claim that has a conformed indicator.

Here the pieces meet; how numbers are named is in claims.py, zeros in words in negations.py, periods and scopes in
scopes.py, and every word in registry/wording/narrative.yml.
"""

from __future__ import annotations

from dataclasses import replace

from orchestration.registry.model import Registry, Template
from orchestration.reports.documents.model import Document
from orchestration.reports.extractions.model import Identity, PeriodBasis, Reading, Scope
from orchestration.reports.extractions.numbers import to_unit
from orchestration.reports.extractions.prose.claim import Claim
from orchestration.reports.extractions.prose.claims import read_sentence
from orchestration.reports.extractions.prose.clauses import Sentence, sentences
from orchestration.reports.extractions.prose.implied import read_implied
from orchestration.reports.extractions.prose.lexicon import PLANS, Lexicon, lexicon
from orchestration.reports.extractions.prose.memory import Memory
from orchestration.reports.extractions.prose.negations import RECEIVED, read_zeros
from orchestration.reports.extractions.prose.passages import Passage, passages
from orchestration.reports.extractions.prose.scopes import (
    broken_down_by_year,
    carried_to,
    names_year,
    scope,
    told_newly,
    when,
)
from orchestration.reports.extractions.prose.settled import Placed, kind, settled

_LONGEST_SNIPPET = 120
_OPEN_BASIS = "period_basis_open"
# By how many years after the report's own the year lies into which requests are carried.
_CARRIED = {0: "requests_carried_in_count", 1: "requests_carried_out_count"}
_PERCENT = "%"
# Agencies that deal with one thing, by which their information may be called.
_OF_ONE_FIELD = ("department", "ministry")


class _Paragraph:
    """What a paragraph has stated so far: `at` their beginnings, the indicators with where their last figure begins.

    `wholes` are the figures without a class of one kind, but for those no larger than one that ends before them.
    """

    def __init__(self) -> None:
        self.placed: list[Placed] = []
        self.at: dict[int, Placed] = {}
        self.stated: dict[str, int] = {}
        self.wholes: dict[tuple[str, ...], list[Claim]] = {}

    def add(self, one: Placed) -> None:
        claim = one.claim
        self.placed.append(one)
        self.at[claim.start] = one
        self.stated[claim.indicator_code] = max(
            self.stated.get(claim.indicator_code, -1), claim.start if claim.value else -1
        )
        if claim.category is None:
            wholes = self.wholes.setdefault(kind(one), [])
            if all(claim.value > w.value or claim.end < w.end for w in wholes[-1:]):
                wholes.append(claim)
                wholes.sort(key=lambda w: w.end)


def read_narrative(
    document: Document, template: Template | None, identity: Identity, registry: Registry
) -> tuple[Reading, ...]:
    """Every figure the prose states, in reading order, with its clause as snippet.

    Values are in the indicator's unit; `value_text` is document.text[char_start:char_end]. A figure whose printed
    unit cannot be converted is left out; a class of a breakdown carries its printed name as category.
    """
    words = lexicon(registry)
    asked = frozenset(c.indicator_code for c in template.cells if c.indicator_code) if template else frozenset()
    memory = Memory()
    placed: list[Placed] = []
    for passage in passages(document, words):
        if PLANS in passage.topics:
            continue
        memory.enter(passage.section)
        placed.extend(_read_passage(passage, words, memory, asked, identity, registry))
    readings = (_reading(p, document, registry) for p in settled(placed, words))
    return tuple(r for r in readings if r is not None)


def _read_passage(
    passage: Passage, words: Lexicon, memory: Memory, asked: frozenset[str], identity: Identity, registry: Registry
) -> list[Placed]:
    told = _Paragraph()
    received: Placed | None = None
    memory.begin()
    for sentence in sentences(passage, words):
        begin = len(told.placed)
        claims = read_sentence(sentence, words, memory, asked) if sentence.figures else []
        for claim in (*claims, *read_zeros(sentence, words)):
            one = _place(sentence, claim, words, identity, registry)
            if one is None:
                continue
            one = _as_part(one, told, words)
            told.add(one)
            received = one if _is_received(one) else received
        stated = [p.claim for p in told.placed[begin:]]
        for claim in read_implied(sentence, words, received.claim if received else None, told.stated, stated):
            told.add(replace(told.at[claim.start], claim=claim))
    # 发布会3次,发布会、吹风会6次: the 3 are not all of them.
    return [replace(p, scope="sub_scope") if p.claim.indicator_code in memory.mixed else p for p in told.placed]


def _as_part(one: Placed, told: _Paragraph, words: Lexicon) -> Placed:
    """The same figure said again after 其中 or of 各镇, and no larger, is a part of the first: of a narrower scope."""
    claim, places = one.claim, one.passage.places
    if claim.category or claim.negated or one.scope == "other_year" or claim.unit == _PERCENT:
        return one
    if claim.indicator_code == RECEIVED and _is_some_of_those_received(one, told, words):
        return replace(one, scope="sub_scope")
    wholes = told.wholes.get(kind(one), ())
    whole = next((w for w in wholes if claim.value <= w.value), None)
    if whole is None:
        return one
    summed_up = told.at[whole.start]
    firm = not (one.open or one.loose) and names_year(one.passage.places, whole.end, claim.start, words)
    if (summed_up.open or summed_up.loose) and firm:
        # 累计公开782条...2014年新增29条: the year's own figure after one of all years.
        return one
    between = whole.end, claim.start
    narrower = places.has(words.sub_mark, *between) or places.has(words.scopes["each"], *between)
    return replace(one, scope="sub_scope") if narrower else one


def _is_some_of_those_received(one: Placed, told: _Paragraph, words: Lexicon) -> bool:
    """Whether fewer requests than came are spoken of, without a word for coming: 收到3件,2件申请信息不属于公开范围."""
    claim, wholes = one.claim, told.wholes.get(kind(one), ())
    if all(claim.value >= w.value for w in wholes):
        return False
    said_here = words.find(one.passage.masked, claim.first, claim.last)
    return not any(t.concepts & {"receive", "handle"} for t in said_here)


def _is_received(one: Placed) -> bool:
    claim = one.claim
    whole = one.scope in ("own", "jurisdiction") and claim.applicant_type == "total" and not claim.negated
    return claim.indicator_code == RECEIVED and whole


def _place(sentence: Sentence, claim: Claim, words: Lexicon, identity: Identity, registry: Registry) -> Placed | None:
    """The claim with its period and scope; None where it is of a part of the year only."""
    claim = _of_its_field(claim, identity, words)
    indicator = registry.indicators[claim.indicator_code]
    period = when(sentence, claim, words, identity.report_year, indicator)
    if period.partial:
        return None
    basis: PeriodBasis = period.basis
    by_year = (period.open or period.loose) and broken_down_by_year(sentence, claim, words)
    if by_year or told_newly(sentence, claim, words):
        basis = "cumulative"
    whose = "other_year" if period.other_year else scope(sentence, claim, words, identity)
    if claim.indicator_code in _CARRIED.values():
        claim, whose = _carried(sentence, claim, words, whose, identity.report_year)
    return Placed(sentence.passage, claim, basis, whose, period.open and basis == "year", period.loose)


def _of_its_field(claim: Claim, identity: Identity, words: Lexicon) -> Claim:
    """The claim without its class where that is only what the agency deals with: 发布环保信息 of 环境保护局.

    An item of a breakdown stays one.
    """
    if claim.category is None or claim.within is not None or identity.agency_level not in _OF_ONE_FIELD:
        return claim
    field = words.field_end.sub("", claim.category)
    named = iter(identity.agency_name or "")
    known = len(field) > 1 and field != claim.category and all(c in named for c in field)
    return replace(claim, category=None) if known else claim


def _carried(
    sentence: Sentence, claim: Claim, words: Lexicon, whose: Scope, report_year: int | None
) -> tuple[Claim, Scope]:
    """Requests carried over, told by the year named: into the year of the report, or out of it."""
    year = carried_to(sentence, claim, words)
    if year is None or report_year is None:
        return claim, whose
    code = _CARRIED.get(year - report_year)
    return (replace(claim, indicator_code=code), whose) if code else (claim, "other_year")


def _reading(placed: Placed, document: Document, registry: Registry) -> Reading | None:
    """The claim as a reading in the conformed unit; None where the printed unit measures something else."""
    claim, passage = placed.claim, placed.passage
    indicator = registry.indicators[claim.indicator_code]
    value = to_unit(claim.value, claim.unit, indicator.unit, registry.units)
    if value is None:
        return None
    span = passage.printed(claim.start, claim.end)
    split = not claim.negated and any(c.isspace() for c in document.folded[span.start : span.end])
    if split and claim.unit is None:
        # 0 0 0 0 is a row of a table, not a number.
        return None
    quoted = passage.printed(claim.first, min(max(claim.last, claim.end), claim.first + _LONGEST_SNIPPET))
    label = passage.printed(claim.label, claim.label_end) if claim.label < claim.label_end else span
    place = document.place(span)
    seen = (("approximate", claim.approximate), ("split_digits", split), (_OPEN_BASIS, placed.open))
    issues = [code for code, there in seen if there]
    return Reading(
        source_kind="narrative",
        indicator_code=claim.indicator_code,
        value=value,
        unit=indicator.unit,
        value_status="reported" if value else "reported_zero",
        char_start=span.start,
        char_end=span.end,
        line=place.line,
        page=place.page,
        box=place.box,
        category=claim.category,
        applicant_type=claim.applicant_type,
        period_basis=placed.basis,
        scope=placed.scope,
        value_text=document.text[span.start : span.end],
        unit_text=_unit_text(claim, passage, document),
        label_text=document.text[label.start : label.end],
        snippet=document.text[quoted.start : quoted.end],
        issue_codes=tuple(issues),
        negated=claim.negated,
    )


def _unit_text(claim: Claim, passage: Passage, document: Document) -> str | None:
    if claim.unit is None:
        return None
    span = passage.printed(claim.unit_end - len(claim.unit), claim.unit_end)
    return document.text[span.start : span.end]
