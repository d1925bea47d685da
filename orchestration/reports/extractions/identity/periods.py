"""Which of the days a document prints bound what it reports on, and the period it states as a whole.

Deadlines, campaigns, and the day a law took effect are no periods. A wrongly typed period stays as printed unless the
document itself says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orchestration.reports.documents.model import Document, Paragraph, Table
from orchestration.reports.documents.text import Squeezed, squeeze
from orchestration.reports.extractions.identity.dates import PeriodMention, find_dates, find_periods
from orchestration.reports.extractions.identity.letterhead import Line
from orchestration.reports.extractions.identity.losses import find_losses
from orchestration.reports.extractions.model import GlyphLoss, Period

_SENTENCE_ENDS = "。;!?"
_CUE_REACH = 30
_HEAD_LINES = 4
_LONGEST_HEAD = 60
_DIGIT_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Statement:
    """A period, whether words say that the report's figures are counted over it."""

    period: Period
    declared: bool


@dataclass(frozen=True, slots=True)
class Days:
    """What the days of a document say: the statements of its period, and the signs that were lost."""

    statements: tuple[Statement, ...]
    losses: tuple[GlyphLoss, ...]


class PeriodReader:
    """Finds periods by the words around them."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        def either(name: str) -> re.Pattern[str]:
            return re.compile("|".join(map(re.escape, words[name])))

        self._declared = either("period_words")
        self._activity = either("activities")
        self._cumulative = either("cumulative_words")
        self._figures = either("figures_of")
        self._heads = either("table_heads")
        self._count = re.compile(rf"\d(?:余|多)?(?:{either('counted_over_a_period').pattern})")

    def read(self, document: Document, lines: Sequence[Line]) -> Days:
        """Every statement of a period and every lost sign of a document, in print order."""
        statements: list[Statement] = []
        losses: list[GlyphLoss] = []
        for words, in_head in self._stretches(document, lines):
            if not _DIGIT_YEAR.search(words.text) and "年" not in words.text and "部分" not in words.text:
                continue
            dates = find_dates(words.text)
            periods = list(find_periods(words.text, dates))
            losses.extend(find_losses(words, dates, periods))
            for mention in periods:
                statement = self._statement(words, mention, in_head)
                if statement:
                    statements.append(statement)
        statements.sort(key=lambda statement: statement.period.char_start)
        losses.sort(key=lambda loss: loss.char_start)
        return Days(tuple(statements), tuple(losses))

    def _stretches(self, document: Document, lines: Sequence[Line]) -> list[tuple[Squeezed, bool]]:
        """The paragraphs and the first lines of the tables, each with whether it heads a table."""
        stretches: list[tuple[Squeezed, bool]] = []
        blocks = document.blocks
        about_table = False
        for i, block in enumerate(blocks):
            if isinstance(block, Table):
                inside = [line for line in lines if block.span.start <= line.span.start < block.span.end]
                stretches.extend((squeeze(document.folded, (line.span,)), True) for line in inside[:_HEAD_LINES])
                about_table = False
            elif block.role != "noise":
                words = squeeze(document.folded, block.spans)
                short = len(words.text) <= _LONGEST_HEAD
                before_table = i + 1 < len(blocks) and isinstance(blocks[i + 1], Table)
                named = bool(self._heads.search(words.text))
                stretches.append((words, short and (named or about_table or before_table)))
                about_table = short and named
        return stretches

    def _statement(self, words: Squeezed, mention: PeriodMention, in_head: bool) -> Statement | None:
        text = words.text
        first = max((text.rfind(end, 0, mention.start) for end in _SENTENCE_ENDS), default=-1) + 1
        last = min((at for end in _SENTENCE_ENDS if (at := text.find(end, mention.end)) >= 0), default=len(text))
        before, after = text[first : mention.start], text[mention.end : last]
        declared = in_head or bool(self._declared.search(before[-_CUE_REACH:]))
        if not (declared or self._bounds_figures(mention, before, after)):
            return None
        span = words.span(mention.start, mention.end)
        cumulative = self._is_cumulative(mention, before, after)
        period = Period(mention.start_day, mention.end_day, span.start, span.end, in_head, cumulative)
        return Statement(period, declared)

    def _bounds_figures(self, mention: PeriodMention, before: str, after: str) -> bool:
        """Whether undeclared days bound the report's figures: a whole year or its end, else a clause that counts."""
        if self._activity.search(after[:_CUE_REACH]):
            return False
        whole = mention.start_day is None or (mention.start_day.month, mention.start_day.day) == (1, 1)
        if whole and (mention.end_day.month, mention.end_day.day) == (12, 31):
            return True
        begins = len(before) <= _CUE_REACH and not self._count.search(before)
        return begins and bool(self._figures.search(after)) and bool(self._count.search(after))

    def _is_cumulative(self, mention: PeriodMention, before: str, after: str) -> bool:
        if mention.start_day is None or mention.start_day.year == mention.end_day.year:
            return False
        years = mention.end_day.year - mention.start_day.year
        return years >= 2 or bool(self._cumulative.search(before[-_CUE_REACH:] + after[:_CUE_REACH]))


def stated_period(statements: Sequence[Statement], year: int | None) -> tuple[date | None, date | None]:
    """First and last day of what the document reports on; None for a day it does not state.

    Of statements that disagree the one that is the calendar year of the report wins, since the document itself says
    so; else the first that is declared, else the first that touches the year. An end alone counts within the year.
    """
    own = [s for s in statements if not s.period.cumulative]
    spans = [s for s in own if s.period.start is not None]
    whole = [s for s in spans if year and (s.period.start, s.period.end) == (date(year, 1, 1), date(year, 12, 31))]
    declared = [s for s in spans if s.declared]
    touching = [s for s in spans if year is None or _touches(s.period, year)]
    for choice in (whole, declared, touching):
        if choice:
            return choice[0].period.start, choice[0].period.end
    ends = [s.period.end for s in own if s.period.end and (year is None or s.declared or s.period.end.year == year)]
    full = [end for end in ends if (end.month, end.day) == (12, 31) and (year is None or end.year == year)]
    return None, next(iter([*full, *ends]), None)


def _touches(period: Period, year: int) -> bool:
    return bool(period.start and period.end and period.start.year <= year <= period.end.year)


def own_words(document: Document) -> list[str]:
    """The paragraphs of a document without white space, the report's own words first, then what the page adds."""
    return ["".join(_words(document, block)) for block in document.blocks if isinstance(block, Paragraph)]


def _words(document: Document, block: Paragraph) -> list[str]:
    return [part for span in block.spans for part in document.folded[span.start : span.end].split()]
