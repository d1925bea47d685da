"""Dates, document numbers and counts that lost a sign on their way into the text, with what they must have been.

Only what cannot be a sound number is reported: telephone numbers, codes, addresses and amounts never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.reports.documents.text import Squeezed
from orchestration.reports.extractions.identity.dates import DateMention, PeriodMention, in_words
from orchestration.reports.extractions.model import GlyphLoss

# 〔20168号 is 〔2016〕8号: the year has four digits.
_NUMBER = re.compile(r"〔(?P<year>(?:19|20)\d\d)(?P<close>[〕\]])?(?:第)?(?P<serial>\d{1,4})(?P<sign>号)?(?!\d)")
# A list that ends in 共部分组成 lost its count; 公共部分 is a word.
_COUNT = re.compile(r"(?<!公)(?:共分为|共分|共有|共|分为)(?:个|大)?部分(?:组成|构成)")


def repaired_number(printed: str) -> str | None:
    """A document number with the 〕 or 号 it lost (〔2017100 → 〔2017〕100号); None if nothing is lost."""
    hit = _NUMBER.search(printed)
    if not hit or (hit["close"] and hit["sign"]):
        return None
    return f"{printed[: hit.start()]}〔{hit['year']}〕{hit['serial']}号{printed[hit.end() :]}"


def find_losses(words: Squeezed, dates: list[DateMention], periods: list[PeriodMention]) -> Iterator[GlyphLoss]:
    """Every loss in one stretch of squeezed words, given the days and periods found in it; in no order."""

    def loss(start: int, end: int, repaired: str | None) -> GlyphLoss:
        span = words.span(start, end)
        return GlyphLoss(words.text[start:end], repaired, span.start, span.end)

    seen = set()
    for mention in [*dates, *(part for period in periods for part in period.damaged)]:
        if mention.damaged and mention.start not in seen:
            seen.add(mention.start)
            yield loss(mention.start, mention.end, _repaired(mention, periods))
    for hit in _NUMBER.finditer(words.text):
        repaired = repaired_number(hit[0])
        if repaired:
            yield loss(*hit.span(), repaired)
    for hit in _COUNT.finditer(words.text):
        yield loss(*hit.span(), None)


def _repaired(mention: DateMention, periods: list[PeriodMention]) -> str | None:
    if mention.value:
        return in_words(mention.value)
    for period in periods:
        if period.start_day and (mention.start, mention.end) == (period.start, period.end):
            return f"{in_words(period.start_day)}至{in_words(period.end_day)}"
    return None
