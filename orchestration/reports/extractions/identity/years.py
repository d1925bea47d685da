"""Which year a document reports on: title, period, opening, file, the years it speaks of, and the day it was signed.

A title or a period may be last year's, copied; what is judged here is only which of the years printed is the report's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from orchestration.reports.extractions.identity.dates import YEAR_IN_WORDS, year_of
from orchestration.reports.extractions.identity.letterhead import Signature
from orchestration.reports.extractions.identity.periods import Statement
from orchestration.reports.extractions.identity.titles import Title
from orchestration.reports.extractions.model import Period

_YEAR = rf"(?<![\d〔\[])(?P<year>(?:19|20)\d\d|{YEAR_IN_WORDS})年"
_NAMED = re.compile(rf"{_YEAR}(?!以来)")
_MONTH = r"[\d元一二三四五六七八九十]{1,2}月"
_DAY_ALONE = re.compile(rf"[^。;]{{0,40}}?{_YEAR}{_MONTH}(?:[\d一二三四五六七八九十廿卅]{{1,3}}[日号])?[)]?")
_LONGEST = 400
"""How many days the period of a report has at most."""

_LAST_MONTH = 9
"""A paper signed later than in this month is as well the early report of its own year."""


def report_year(
    first: int,
    titles: Sequence[Title],
    announced: str | None,
    statements: Sequence[Statement],
    signed: Sequence[Signature],
    paragraphs: Sequence[str],
    file_name: str,
) -> tuple[int | None, bool]:
    """The year reported on, none before `first`, and whether the document names another in its place.

    The first title is believed, then a declared period, the opening sentence, the name of the file, the year most
    spoken of, and last the year before the signature. Where title and period differ, the signature decides.
    """
    titled = [title.year for title in titles if title.year and title.year >= first]
    bounded = [s.period.end.year for s in statements if s.declared and s.period.end and _is_of_one_year(s.period)]
    before = [signature.day.year - 1 for signature in signed[-1:] if signature.day.month <= _LAST_MONTH]
    weaker = (*_years_in([announced or ""]), *_years_in([file_name]), *_most_spoken(paragraphs), *before)
    plausible = [year for year in (*titled, *bounded, *weaker) if year >= first]
    if not plausible:
        return None, False
    year = plausible[0]
    if titled and bounded and bounded[0] != year and {*bounded} == {*before}:
        year = bounded[0]
    return year, any(other != year for other in (*titled, *bounded))


def _is_of_one_year(period: Period) -> bool:
    """Whether a period may be the report's; one of two years is a slip in the year of either end."""
    if period.cumulative or period.start is None or period.end is None:
        return not period.cumulative
    return (period.end - period.start).days <= _LONGEST


def _years_in(texts: Iterable[str]) -> Iterator[int]:
    """The years named in texts, in print order; numbers of documents name none."""
    found = (year_of(hit["year"]) for text in texts for hit in _NAMED.finditer(text))
    return (year for year in found if year is not None)


def _most_spoken(paragraphs: Sequence[str]) -> Iterator[int]:
    """The year named more often than any other, if there is one; a line with a day alone says when it was written."""
    counts = Counter(_years_in(text for text in paragraphs if not _DAY_ALONE.fullmatch(text))).most_common(2)
    if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]):
        yield counts[0][0]
