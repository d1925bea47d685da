"""The figures of a report's prose as readings: every quantitative claim that has a conformed indicator.

Here the pieces meet; how numbers are named is in claims.py, zeros in words in negations.py, periods and scopes in
scopes.py, and every word in registry/wording/narrative.yml.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestration.registry.model import Registry, Template
from orchestration.reports.documents.model import Document
from orchestration.reports.extractions.model import Identity, PeriodBasis, Reading, Scope
from orchestration.reports.extractions.numbers import to_unit
from orchestration.reports.extractions.prose.claim import Claim
from orchestration.reports.extractions.prose.claims import read_sentence
from orchestration.reports.extractions.prose.clauses import Sentence, sentences
from orchestration.reports.extractions.prose.frames import way_named
from orchestration.reports.extractions.prose.implied import read_implied
from orchestration.reports.extractions.prose.lexicon import PLANS, Lexicon, lexicon
from orchestration.reports.extractions.prose.memory import PROACTIVE, Memory
from orchestration.reports.extractions.prose.negations import RECEIVED, read_zeros
from orchestration.reports.extractions.prose.passages import Passage, passages
from orchestration.reports.extractions.prose.scopes import broken_down_by_year, carried_to, scope, when

_LONGEST_SNIPPET = 120
_OPEN_BASIS = "period_basis_open"
_WAY_OF_PUBLISHING = "disclosed_via_"
# Ways of which an agency may have several, each with a name.
_ONE_WAY = frozenset({"disclosed_via_website_count", "disclosed_via_weibo_count", "disclosed_via_wechat_count"})
# By how many years after the report's own the year lies into which requests are carried.
_CARRIED = {0: "requests_carried_in_count", 1: "requests_carried_out_count"}
_WHOLE = ("own", "jurisdiction")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A claim with whose it is and of when."""

    passage: Passage
    claim: Claim
    basis: PeriodBasis
    scope: Scope
    open: bool
    loose: bool


class _Paragraph:
    """What a paragraph has stated so far: `at` their beginnings, the indicators with where their last figure begins.

    `wholes` are the figures without a class of one kind, but for those no larger than one that ends before them.
    """

    def __init__(self) -> None:
        self.placed: list[_Placed] = []
        self.at: dict[int, _Placed] = {}
        self.stated: dict[str, int] = {}
        self.wholes: dict[tuple[str, ...], list[Claim]] = {}

    def add(self, one: _Placed) -> None:
        claim = one.claim
        self.placed.append(one)
        self.at[claim.start] = one
        self.stated[claim.indicator_code] = max(
            self.stated.get(claim.indicator_code, -1), claim.start if claim.value else -1
        )
        if claim.category is None:
            wholes = self.wholes.setdefault(_kind(one), [])
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
    placed: list[_Placed] = []
    for passage in passages(document, words):
        if PLANS in passage.topics:
            continue
        memory.enter(passage.section)
        placed.extend(_read_passage(passage, words, memory, asked, identity, registry))
    readings = (_reading(p, document, registry) for p in _settled(placed, words))
    return tuple(r for r in readings if r is not None)


def _read_passage(
    passage: Passage, words: Lexicon, memory: Memory, asked: frozenset[str], identity: Identity, registry: Registry
) -> list[_Placed]:
    told = _Paragraph()
    received: _Placed | None = None
    memory.topic = None
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
    return told.placed


def _as_part(one: _Placed, told: _Paragraph, words: Lexicon) -> _Placed:
    """The same figure said again after 其中 or of 各镇, and no larger, is a part of the first: of a narrower scope."""
    claim, places = one.claim, one.passage.places
    if claim.category or claim.negated or one.scope == "other_year":
        return one
    wholes = told.wholes.get(_kind(one), ())
    whole = next((w for w in wholes if claim.value <= w.value), None)
    if whole is None:
        return one
    between = whole.end, claim.start
    narrower = places.has(words.sub_mark, *between) or places.has(words.scopes["each"], *between)
    return replace(one, scope="sub_scope") if narrower else one


def _kind(one: _Placed) -> tuple[str, ...]:
    return one.claim.indicator_code, one.claim.applicant_type, one.basis, one.scope


def _is_received(one: _Placed) -> bool:
    claim = one.claim
    whole = one.scope in ("own", "jurisdiction") and claim.applicant_type == "total" and not claim.negated
    return claim.indicator_code == RECEIVED and whole


def _place(sentence: Sentence, claim: Claim, words: Lexicon, identity: Identity, registry: Registry) -> _Placed | None:
    """The claim with its period and scope; None where it is of a part of the year only."""
    indicator = registry.indicators[claim.indicator_code]
    period = when(sentence, claim, words, identity.report_year, indicator)
    if period.partial:
        return None
    basis: PeriodBasis = period.basis
    if (period.open or period.loose) and broken_down_by_year(sentence, claim, words):
        basis = "cumulative"
    whose = "other_year" if period.other_year else scope(sentence, claim, words, identity)
    if claim.indicator_code in _CARRIED.values():
        claim, whose = _carried(sentence, claim, whose, identity.report_year)
    return _Placed(sentence.passage, claim, basis, whose, period.open and basis == "year", period.loose)


def _carried(sentence: Sentence, claim: Claim, whose: Scope, report_year: int | None) -> tuple[Claim, Scope]:
    """Requests carried over, told by the year named: into the year of the report, or out of it."""
    year = carried_to(sentence, claim)
    if year is None or report_year is None:
        return claim, whose
    code = _CARRIED.get(year - report_year)
    return (replace(claim, indicator_code=code), whose) if code else (claim, "other_year")


def _settled(placed: list[_Placed], words: Lexicon) -> list[_Placed]:
    """The claims as the document as a whole lets them stand.

    A figure of several ways of publishing together is no total where another is stated. 累计 without a year is
    cumulative where the document states another, smaller total of the year.
    """
    placed = _by_name(_without_parts_of_a_row(placed, words), words)
    firm = {p.claim.value for p in placed if _is_firm_total(p) and not p.claim.many_ways}
    if firm:
        placed = _without(placed, [p.claim for p in placed if p.claim.many_ways and p.claim.value not in firm])
    totals = [p.claim.value for p in placed if _is_firm_total(p)]
    if not totals:
        return placed
    total = max(totals)
    return [replace(p, basis="cumulative", open=False) if _exceeds(p, total) else p for p in placed]


def _without_parts_of_a_row(placed: list[_Placed], words: Lexicon) -> list[_Placed]:
    """All but figures that one paragraph gives for what is one row of the form: 电子邮件2件,网上申请3件."""
    told: dict[tuple[str | int, ...], set[float]] = {}
    for p in placed:
        if p.claim.indicator_code in words.summed:
            told.setdefault((id(p.passage), *_kind(p)), set()).add(p.claim.value)
    several = {key for key, values in told.items() if len(values) > 1}
    return [p for p in placed if (id(p.passage), *_kind(p)) not in several] if several else placed


def _by_name(placed: list[_Placed], words: Lexicon) -> list[_Placed]:
    """The claims, those of several websites or accounts in one sentence each as a class under its own name.

    None of them is the figure of all websites.
    """
    told: dict[tuple[str | int, ...], list[_Placed]] = {}
    for p in placed:
        if p.claim.indicator_code in _ONE_WAY and p.claim.category is None and not p.claim.negated:
            sentence = p.passage.masked.count("。", 0, p.claim.start)
            told.setdefault((id(p.passage), sentence, *_kind(p)), []).append(p)
    named: dict[int, str] = {}
    for several in told.values():
        names = [_name(p, words) for p in several]
        if len(several) > 1 and all(names) and len({*names}) == len(names):
            named.update((id(p), name) for p, name in zip(several, names, strict=True))
    return [replace(p, claim=replace(p.claim, category=named[id(p)])) if id(p) in named else p for p in placed]


def _name(one: _Placed, words: Lexicon) -> str:
    """The name of the website or account that a figure is of, as printed."""
    found = way_named(one.passage.masked, one.claim.label, one.claim.label_end, words)
    return one.passage.characters[slice(*found)] if found else ""


def _is_firm_total(one: _Placed) -> bool:
    """Whether this is all that was disclosed in the year, and nothing leaves the year open."""
    total = one.claim.indicator_code == PROACTIVE and not one.claim.category and one.basis == "year"
    return total and not one.loose and not one.open and one.scope in _WHOLE


def _without(placed: list[_Placed], dropped: list[Claim]) -> list[_Placed]:
    """All but these claims and their classes."""
    return [p for p in placed if not any(d is p.claim or d is p.claim.within for d in dropped)]


def _exceeds(one: _Placed, total: float) -> bool:
    """Whether this is a total or a way of publishing that says 累计 and is more than all that the year disclosed."""
    code = one.claim.indicator_code
    published = code == PROACTIVE or code.startswith(_WAY_OF_PUBLISHING)
    return (one.open or one.loose) and one.basis == "year" and published and one.claim.value > total


def _reading(placed: _Placed, document: Document, registry: Registry) -> Reading | None:
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
