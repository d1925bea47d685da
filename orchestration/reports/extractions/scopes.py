"""Whose figure a claim is and of when: its scope and its period basis, from the words around it.

Years are those the sentence names, with or without the 年 that damaged pages lose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.registry.model import Indicator
from orchestration.reports.extractions.claim import Claim
from orchestration.reports.extractions.clauses import Sentence
from orchestration.reports.extractions.lexicon import Lexicon
from orchestration.reports.extractions.model import Identity, PeriodBasis, Scope

_YEAR = re.compile(r"(?<!\d)(?P<year>20[0-4]\d)(?:年|(?=\d{0,2}月|\d{1,6}日|度))")
_RANGE = re.compile(
    r"(?<!\d)(?P<first>20[0-4]\d)年?(?P<first_month>\d{1,2})?月?\d{0,4}日?起?[至到\-—~]+(?:今|(?P<last>20[0-4]\d)年?(?P<last_month>\d{1,2})?)"
)
_SINCE = re.compile(r"(?P<first>20[0-4]\d)年?[\d年月日]{0,8}(?:以来|起|开始|实施)")
_MONTH = re.compile(r"(?<![\d年至到\-])(?P<month>\d{1,2})月份?(?!\d|至|到|-|日|底|末|以来|起)")
_COMPARED = re.compile(r"[比较与同]$|相比")
_GOVERNMENTS = frozenset({"province", "prefecture", "county"})
_STOPS = ",;:。!?"
_OFFICE_ENDS = 4
_LONGEST_AGENT = 8


@dataclass(frozen=True, slots=True)
class When:
    """The period a claim is of: its basis, whether it is another year's, and whether the words leave it open.

    `loose` is a figure of the year that says 累计 without naming the year.
    """

    basis: PeriodBasis
    other_year: bool = False
    open: bool = False
    loose: bool = False
    partial: bool = False


def when(sentence: Sentence, claim: Claim, words: Lexicon, report_year: int | None, indicator: Indicator) -> When:
    """The period of a claim from the words before it in its sentence, the nearest first.

    People and offices are what there is, never a sum of years; a rate sums up several years only where its own clause
    says so.
    """
    text = sentence.passage.masked
    own = _own_clause(text, sentence.start, claim)
    before = text[sentence.start : claim.start]
    year = _governing_year(before, words)
    clause = text[own : claim.last]
    other = bool(report_year and year and year != report_year)
    if words.times["other_year_words"].search(clause) and not _about_carrying(clause, words) and not claim.negated:
        other = other or not _YEAR.search(clause)
    if words.times["part_year"].search(clause):
        return When("year", other, partial=True)
    stock = (indicator.aggregation, indicator.measure_group) == ("stock", "capacity")
    if not stock and _cumulative(sentence, claim, own, words, report_year, indicator):
        return When("cumulative", False)
    month = _MONTH.search(clause[: claim.start - own])
    if month and int(month["month"]) <= 12 and not words.times["until"].search(clause):
        return When("month", other)
    loose = not stock and words.times["accumulated"].search(text, own, claim.start) is not None
    loose = loose and not words.times["year_words"].search(text, own, claim.start)
    return When("year", other, open=not stock and _open(sentence, claim, own, words), loose=loose)


def _own_clause(text: str, start: int, claim: Claim) -> int:
    i = min(claim.first, claim.start)
    while i > start and text[i - 1] not in _STOPS:
        i -= 1
    return i


def _governing_year(before: str, words: Lexicon) -> int | None:
    """The last year named before the figure that is not only compared with, carried from or carried to."""
    year = None
    for hit in _YEAR.finditer(before):
        around = before[max(0, hit.start() - 6) : hit.end() + 6]
        if _COMPARED.search(before[: hit.start()]) or words.times["carried_years"].search(around):
            continue
        year = int(hit["year"])
    return year


def _about_carrying(clause: str, words: Lexicon) -> bool:
    return bool(words.times["carried_years"].search(clause))


def _cumulative(
    sentence: Sentence, claim: Claim, own: int, words: Lexicon, report_year: int | None, indicator: Indicator
) -> bool:
    """Whether the figure sums up several years: 历年累计, 以来, or a period that begins years before it ends.

    A clause that names the year itself is of the year, whatever the sentence began with.
    """
    text = sentence.passage.masked
    clause = text[own : claim.start]
    if words.times["cumulative_words"].search(clause):
        return not words.times["year_words"].search(clause) or "历年" in clause
    if _of_year(clause, words) and not _RANGE.search(clause):
        return False
    if indicator.aggregation == "ratio" and claim.category is None:
        return False
    past = text[sentence.start : claim.start]
    long = any(_long(hit, report_year) for hit in _RANGE.finditer(past))
    since = _SINCE.search(past)
    if long or (since and report_year and int(since["first"]) < report_year and not _yearly(past, words)):
        return True
    return bool(words.times["cumulative_words"].search(past)) and not _yearly_after(past, words)


def _long(hit: re.Match[str], report_year: int | None) -> bool:
    first = int(hit["first"])
    if hit["last"] is None:
        return report_year is None or first < report_year
    years = int(hit["last"]) - first
    if years == 1 and hit["first_month"] and hit["last_month"]:
        return int(hit["last_month"]) >= int(hit["first_month"])
    return years >= 1


def _of_year(clause: str, words: Lexicon) -> bool:
    return bool(words.times["year_words"].search(clause)) or (
        bool(_YEAR.search(clause)) and not words.times["until"].search(clause)
    )


def _yearly(past: str, words: Lexicon) -> bool:
    return bool(words.times["year_words"].search(past))


def _yearly_after(past: str, words: Lexicon) -> bool:
    """Whether the year is named after the words that sum up several: 历年累计52条,其中2010年新增14条."""
    hits = list(words.times["cumulative_words"].finditer(past))
    return _of_year(past[hits[-1].end() :], words) if hits else False


def _open(sentence: Sentence, claim: Claim, own: int, words: Lexicon) -> bool:
    """Whether 累计 stands there with an end but no year: it may mean the year or all years."""
    text = sentence.passage.masked
    past, clause = text[sentence.start : claim.start], text[own : claim.start]
    if not words.times["accumulated"].search(clause) or not words.times["until"].search(past):
        return False
    cut = words.times["until"].search(past)
    ahead = past[: cut.start()] if cut else past
    return not (_of_year(clause, words) or _of_year(ahead, words))


def broken_down_by_year(sentence: Sentence, claim: Claim, words: Lexicon) -> bool:
    """Whether the sentence goes on to say how much of the figure is of this year: 其中本年度新增."""
    rest = sentence.passage.masked[claim.last : claim.last + 30]
    mark = words.sub_mark.search(rest)
    return bool(mark) and _of_year(rest[mark.end() if mark else 0 :], words)


def reporting_scope(identity: Identity, words: Lexicon) -> Scope:
    """Whose figures the report as a whole gives: a government's are its jurisdiction's, any other agency's its own."""
    name = identity.agency_name or ""
    office = words.scopes["offices"].search(name, max(0, len(name) - _OFFICE_ENDS))
    return "jurisdiction" if identity.agency_level in _GOVERNMENTS and not office else "own"


def scope(sentence: Sentence, claim: Claim, words: Lexicon, identity: Identity) -> Scope:
    """own, jurisdiction or sub_scope: the nearest words that say whose figure it is, else what the agency is."""
    text = sentence.passage.masked
    default = reporting_scope(identity, words)
    name = identity.agency_name or ""
    past = text[sentence.start : claim.start]
    own = [h.end() for h in words.scopes["own"].finditer(past) if _opens_clause(past, h.start(), words)]
    wide = [h.end() for h in words.scopes["jurisdiction"].finditer(past)]
    if _is_part(text, sentence.start, claim, words, name):
        return "sub_scope"
    if own and (not wide or own[-1] > wide[-1]):
        return "own"
    return "jurisdiction" if wide and not words.scopes["whole_towns"].search(past) else default


def _opens_clause(past: str, at: int, words: Lexicon) -> bool:
    """Whether the word is the clause's subject: nothing but time stands before it."""
    begin = at
    while begin and past[begin - 1] not in _STOPS:
        begin -= 1
    return words.filler_start.sub("", past[begin:at]) == ""


def is_self(noun: str, words: Lexicon) -> bool:
    """Whether the noun names the reporting agency or a part of it, not a class of information."""
    return noun.startswith(words.scope_self) or words.part_end.search(noun) is not None


def _is_part(text: str, start: int, claim: Claim, words: Lexicon, name: str) -> bool:
    """Whether the clause begins with one unit of several, as in 其中教育局公开12条."""
    own = _own_clause(text, start, claim)
    mark = words.sub_mark.match(text, own)
    if not mark:
        return False
    head = text[mark.end() : claim.start]
    verb = words.scopes["part_verbs"].search(head, 1)
    agent = head[: verb.start()] if verb else ""
    if not 1 < len(agent) <= _LONGEST_AGENT or agent.startswith(words.scope_self) or (name and agent in name):
        return False
    return words.part_end.search(agent) is not None
