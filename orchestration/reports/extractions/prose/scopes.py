"""Whose figure a claim is and of when: its scope and its period basis, from the words around it.

Years are those the sentence names, with or without the 年 that damaged pages lose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.registry.model import Indicator
from orchestration.reports.extractions.model import Identity, PeriodBasis, Scope
from orchestration.reports.extractions.prose.claim import Claim
from orchestration.reports.extractions.prose.clauses import Sentence
from orchestration.reports.extractions.prose.lexicon import Lexicon
from orchestration.reports.extractions.prose.places import Places

_YEAR = re.compile(r"(?<!\d)(?P<year>20[0-4]\d)(?:年度?|(?=\d{0,2}月|\d{1,6}日|度))")
_RANGE = re.compile(
    r"(?<!\d)(?P<first>20[0-4]\d)年?(?P<first_month>\d{1,2})?月?\d{0,4}日?起?[至到\-—~]{1,30}(?:今|(?P<last>20[0-4]\d)年?(?P<last_month>\d{1,2})?)"
)
_MONTH = re.compile(r"(?<![\d年至到\-])(?P<month>\d{1,2})月份?(?!\d|至|到|-|日|底|末|以来|起)")
_MONTHS = re.compile(r"(?<!\d)(?P<first>\d{1,2})月?份?[-—~至到](?P<last>\d{1,2})月(?!\d)")
_UNTIL_MONTH = re.compile(r"截[至止]到?(?:20\d\d年)?(?P<month>\d{1,2})月(?!\d|31日|30日)")
# From this month on a count until then is meant for the year.
_LATE = 11
_TO = ("至", "到")
_SCHOOL_YEAR = "学年"
_AROUND = 6
_AHEAD = 30
_GOVERNMENTS = frozenset({"province", "prefecture", "county"})
_OFFICE_ENDS = 4
_LONGEST_AGENT = 8
_LONGEST_OPENING = 200


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
    places = sentence.places
    own = _own_clause(sentence, claim)
    clause = own, claim.last
    year = _governing_year(sentence, claim.start, words)
    other = bool(report_year and year and year != report_year)
    carrying = places.has(words.times["carried_years"], *clause)
    if places.has(words.times["other_year_words"], *clause) and not carrying and not claim.negated:
        other = other or not places.has(_YEAR, *clause)
    if places.has(words.times["part_year"], *clause) or _some_months(places, own, claim.start):
        return When("year", other, partial=True)
    stock = (indicator.aggregation, indicator.measure_group) == ("stock", "capacity")
    if not stock and _cumulative(sentence, claim, own, words, report_year, indicator):
        return When("cumulative", False)
    month = places.first(_MONTH, own, claim.start)
    if month and int(month["month"]) <= 12 and not places.has(words.times["until"], *clause):
        return When("month", other)
    loose = not stock and places.has(words.times["accumulated"], own, claim.start)
    loose = loose and not places.has(words.times["year_words"], own, claim.start) and not _led_by_year(places, own)
    return When("year", other, open=not stock and _open(sentence, claim, own, words), loose=loose)


def _led_by_year(places: Places, own: int) -> bool:
    """Whether the clause before is nothing but a year: 2017年,公开信息累计204条."""
    begin = places.clause(own - 1) if own else own
    year = places.first(_YEAR, begin, own)
    return year is not None and (year.start(), year.end()) == (begin, own - 1)


def _some_months(places: Places, own: int, end: int) -> bool:
    """Whether the clause, or the one before it, names months that are not the whole year: 7-12月; 截至7月,."""
    begin = places.clause(own - 1) if own else own
    months = places.last(_MONTHS, begin, end)
    if months is not None:
        return (int(months["first"]), int(months["last"])) != (1, 12)
    until = places.last(_UNTIL_MONTH, begin, end)
    return until is not None and int(until["month"]) < _LATE


def _own_clause(sentence: Sentence, claim: Claim) -> int:
    return sentence.places.clause(min(claim.first, claim.start))


def _governing_year(sentence: Sentence, end: int, words: Lexicon) -> int | None:
    """The last year named before the figure that is not only compared with, carried from or carried to."""
    text, start = sentence.passage.masked, sentence.start
    compared = sentence.places.first(words.times["compared"], start, sentence.end)

    def is_meant(hit: re.Match[str], end: int) -> bool:
        first = hit.start()
        if words.times["year_of_paper"].match(text, first, end):
            return False
        if (first > start and text[first - 1] in words.comparing) or (compared and first >= compared.end()):
            return False
        around = text[max(start, first - _AROUND) : min(end, hit.end() + _AROUND)]
        return words.times["carried_years"].search(around) is None

    hit = sentence.places.last(_YEAR, start, end, is_meant)
    return int(hit["year"]) if hit else None


def _cumulative(
    sentence: Sentence, claim: Claim, own: int, words: Lexicon, report_year: int | None, indicator: Indicator
) -> bool:
    """Whether the figure sums up several years: 历年累计, 以来, or a period that begins years before it ends.

    A clause that names the year itself is of the year, whatever the sentence began with.
    """
    places, start, end = sentence.places, sentence.start, claim.start
    summed, yearly = words.times["cumulative_words"], words.times["year_words"]
    if places.has(summed, own, end):
        return not places.has(yearly, own, end) or places.has(words.times["of_all_years"], own, end)
    if _of_year(places, own, end, words) and not places.has(_RANGE, own, end):
        return False
    if indicator.aggregation == "ratio" and claim.category is None:
        return False
    if places.last(_RANGE, start, end, lambda hit, _: _long(hit, report_year)):
        return True
    since = places.first(words.times["since"], start, end)
    if since and report_year and int(since["first"]) < report_year and not places.has(yearly, start, end):
        return True
    last = places.last(summed, start, end, lambda hit, _: not _aside(sentence, hit, end, words))
    if last is None:
        return False
    # 历年累计52条,其中2010年新增14条: the year is named after the words that sum up several; 施行至2012年底 ends them.
    until = places.first(_YEAR, last.end(), end) if last[0].endswith(_TO) else None
    after = until.end() if until and until.start() == last.end() else last.end()
    return not _of_year(places, after, end, words)


def _aside(sentence: Sentence, hit: re.Match[str], end: int, words: Lexicon) -> bool:
    """Whether the word is said of one number alone, between commas: 公开信息25条,历年累计101条,网站发布25条."""
    figures = sentence.figures_in(hit.end(), end)
    if not figures or sentence.places.clause(hit.start()) != hit.start():
        return False
    text, behind = sentence.passage.masked, figures[0].unit_end
    only = words.filler_end.sub("", text[hit.end() : figures[0].start]) == ""
    return only and text[behind : behind + 1] == "," and not words.sub_mark.match(text, behind + 1)


def _long(hit: re.Match[str], report_year: int | None) -> bool:
    first = int(hit["first"])
    if hit["last"] is None:
        return report_year is None or first < report_year
    years = int(hit["last"]) - first
    if years == 1 and hit["first_month"] and hit["last_month"]:
        return int(hit["last_month"]) > int(hit["first_month"])
    return years >= 1 and not hit.string.startswith(_SCHOOL_YEAR, hit.end())


def _of_year(places: Places, start: int, end: int, words: Lexicon) -> bool:
    return places.has(words.times["year_words"], start, end) or (
        places.has(_YEAR, start, end) and not places.has(words.times["until"], start, end)
    )


def _open(sentence: Sentence, claim: Claim, own: int, words: Lexicon) -> bool:
    """Whether 累计 stands there with an end but no year: it may mean the year or all years."""
    places, start = sentence.places, sentence.start
    if not places.has(words.times["accumulated"], own, claim.start):
        return False
    cut = places.first(words.times["until"], start, claim.start)
    if cut is None:
        return False
    return not (_of_year(places, own, claim.start, words) or _of_year(places, start, cut.start(), words))


def names_year(places: Places, start: int, end: int, words: Lexicon) -> bool:
    """Whether the words between two figures say that the second is of one year, or newly added."""
    return _of_year(places, start, end, words) or places.has(words.times["added"], start, end)


def carried_to(sentence: Sentence, claim: Claim, words: Lexicon) -> int | None:
    """The year that the clause says the figure was carried over to: 2022年结转至2023年2件."""
    hit = sentence.places.last(words.times["carried_to"], _own_clause(sentence, claim), claim.last)
    return int(hit["year"]) if hit else None


def told_newly(sentence: Sentence, claim: Claim, words: Lexicon) -> bool:
    """Whether a bracket right behind the figure says how much of it is of the year: 150条(2012年新增20条)."""
    return words.times["newly"].match(sentence.passage.masked, claim.unit_end) is not None


def broken_down_by_year(sentence: Sentence, claim: Claim, words: Lexicon) -> bool:
    """Whether the sentence goes on to say how much of the figure is of this year: 其中本年度新增."""
    places, end = sentence.passage.places, claim.last + _AHEAD
    mark = places.first(words.sub_mark, claim.last, end)
    return mark is not None and _of_year(places, mark.end(), end, words)


def reporting_scope(identity: Identity, words: Lexicon) -> Scope:
    """Whose figures the report as a whole gives: a government's are its jurisdiction's, any other agency's its own."""
    name = identity.agency_name or ""
    office = words.scopes["offices"].search(name, max(0, len(name) - _OFFICE_ENDS))
    return "jurisdiction" if identity.agency_level in _GOVERNMENTS and not office else "own"


def scope(sentence: Sentence, claim: Claim, words: Lexicon, identity: Identity) -> Scope:
    """own, jurisdiction or sub_scope: the nearest words that say whose figure it is, else what the agency is."""
    name = identity.agency_name or ""
    places, past = sentence.places, (sentence.start, claim.start)
    by_villages = claim.topic == "disclosure" and places.has(
        words.scopes["villages"], _own_clause(sentence, claim), claim.start
    )
    by_way = places.has(words.scopes["by_way"], claim.label, claim.start)
    below = places.first(words.scopes["below"], _own_clause(sentence, claim), claim.start)
    if below and _opens_clause(sentence, below.start(), words):
        return "sub_scope"
    if by_villages or by_way or _is_part(sentence, claim, words, name):
        return "sub_scope"
    own = places.last(words.scopes["own"], *past, lambda hit, _: _opens_clause(sentence, hit.start(), words))
    wide = places.last(words.scopes["jurisdiction"], *past, lambda hit, _: not _is_content(sentence, hit, words))
    if own and (not wide or own.end() > wide.end()):
        return "own"
    is_whole = wide and not places.has(words.scopes["whole_towns"], *past)
    return "jurisdiction" if is_whole else reporting_scope(identity, words)


def _is_content(sentence: Sentence, hit: re.Match[str], words: Lexicon) -> bool:
    """Whether the word tells what was published, not by whom: 在网站上发布了全市体育赛事信息500条."""
    begin = sentence.places.clause(hit.start())
    verb = any("disclose" in t.concepts for t in sentence.tokens_in(begin, hit.start()))
    ahead = sentence.tokens_in(hit.end(), hit.end() + _AROUND)
    return verb and not any(t.start == hit.end() and t.concepts & {"info", "ogi"} for t in ahead)


def _opens_clause(sentence: Sentence, at: int, words: Lexicon) -> bool:
    """Whether the word is the clause's subject: nothing but time stands before it."""
    begin = sentence.places.clause(at)
    ahead = sentence.passage.masked[begin:at] if at - begin <= _LONGEST_OPENING else None
    return ahead is not None and words.filler_start.sub("", ahead) == ""


def is_self(noun: str, words: Lexicon) -> bool:
    """Whether the noun names the reporting agency or a part of it, not a class of information."""
    return noun.startswith(words.scope_self) or words.part_end.search(noun) is not None


def _is_part(sentence: Sentence, claim: Claim, words: Lexicon, name: str) -> bool:
    """Whether the clause begins with one unit of several, as in 其中教育局公开12条."""
    text = sentence.passage.masked
    mark = words.sub_mark.match(text, _own_clause(sentence, claim))
    if not mark or mark.end() >= claim.start:
        return False
    verb = sentence.places.first(words.scopes["part_verbs"], mark.end() + 1, claim.start)
    agent = text[mark.end() : verb.start()] if verb else ""
    if not 1 < len(agent) <= _LONGEST_AGENT or agent.startswith(words.scope_self) or (name and agent in name):
        return False
    return words.part_end.search(agent) is not None
