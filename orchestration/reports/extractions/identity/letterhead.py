"""The lines of a document as a page shows them, and the facts that stand alone on a line: labels, numbers, signatures.

Paragraphs are for sentences; a title, a publication date or a signature is a line of its own, and a reader of
documents may rightly have called some of them noise. Here nothing is judged against the registry.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from orchestration.reports.documents.model import Document, Span
from orchestration.reports.extractions.identity.dates import DateMention, find_dates, find_periods
from orchestration.reports.extractions.identity.losses import repaired_number

HEAD = 60
_FOOT = 15
_LONGEST_HEADING = 60
_ADDRESSEES = re.compile(r"各[^。]{2,80}:")
_OWN_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,14}(?:[〔\[(【](?:19|20)\d\d[〕\])】]第?\d{1,4}号?|〔(?:19|20)\d\d\d{1,4}号?)"
)
_DAY_OF_PAGE = re.compile(r"\[?(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?\]?(?:\s+\d\d?:\d\d(?::\d\d)?)?")
_LONGEST_PAGE_LINE = 80
_VALUE = re.compile(r"^[:\|\s]*(?P<value>[^\|]*)")
_AUTHOR_AND_DAY = re.compile(r"^(?P<author>[\u4e00-\u9fff()、]{0,40}?)$")


class Line(NamedTuple):
    """One printed line with words: without white space, folded as it stands, where, and whether it lies in a table."""

    text: str
    folded: str
    span: Span
    in_table: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """A day that stands on its own, the words before it on its line, and the line above it ("" where there is none)."""

    day: date
    author: str
    above: str
    line: int
    printed_notice: bool = False


def lines_of(document: Document) -> list[Line]:
    """The lines of a document that carry any words, in print order."""
    spans = sorted((table.span for table in document.tables), key=lambda span: span.start)
    starts = [span.start for span in spans]
    lines = []
    at = 0
    for folded in document.folded.split("\n"):
        words = "".join(folded.split())
        if words:
            nearest = bisect_right(starts, at) - 1
            inside = nearest >= 0 and at < spans[nearest].end
            lines.append(Line(words, folded, Span(at, at + len(folded)), inside))
        at += len(folded) + 1
    return lines


def labelled(lines: Sequence[Line], labels: Sequence[str]) -> list[tuple[str, str, int]]:
    """(label, value, line) for every label of the list that begins a field of a line, best label first.

    A field begins a line or follows a space, a bar or a tab; a value may stand on the next line where the label ends
    its own. Values keep their inner spaces.
    """
    found = []
    page = "\n".join(line.text for line in lines)
    for rank, label in enumerate(labels):
        if label not in page:
            continue
        pattern = _field(label)
        for number, line in enumerate(lines):
            if label not in line.text:
                continue
            hit = pattern.search(line.folded)
            if not hit:
                continue
            rest = _VALUE.match(line.folded[hit.end() :])
            value = rest["value"].strip() if rest else ""
            if not value and number + 1 < len(lines) and not line.folded[hit.end() :].strip(" :|\t"):
                value = lines[number + 1].folded.strip(" |\t")
            found.append((rank, label, value, number))
    return [(label, value, number) for _, label, value, number in sorted(found, key=lambda f: (f[0], f[3]))]


@cache
def _field(label: str) -> re.Pattern[str]:
    """A field of a line with this label, which may be printed with white space inside."""
    spaced = r"\s*".join(map(re.escape, label))
    return re.compile(rf"(?:^|[\s|\[【(\-•·])(?P<label>{spaced})\s*(?:\(\S{{1,3}}\))?[】\]]?\s*[:|]")


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the words; where there are none, nothing."""
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def first_day(value: str) -> date | None:
    """The first whole day a field prints, with or without spaces inside it."""
    for text in (value, "".join(value.split())):
        days = [mention.value for mention in find_dates(text) if mention.value and not mention.damaged]
        if days:
            return days[0]
    return None


def published_on(lines: Sequence[Line], words: Mapping[str, Any]) -> date | None:
    """The day on which the page says it was published: a label, else a day in the line of source and clicks.

    A clock of the page (今天是…) and the days of other pages listed beside it are none.
    """
    clock, mark = _any_of(tuple(words["clocks"])), _any_of(tuple(words["page_words"]))
    edges = lines if len(lines) <= HEAD + _FOOT else [*lines[:HEAD], *lines[-_FOOT:]]
    fields = [(edges, field) for field in labelled(edges, words["published_labels"])]
    fields += [(lines, field) for field in labelled(lines[:HEAD], words["head_labels"])]
    for page, (label, value, number) in fields:
        before = page[number].text.split(label)[0]
        day = None if clock.search(before) else first_day(value[:40])
        if day and not list(find_periods("".join(value.split()))):
            return day
    for line in lines[:HEAD]:
        if len(line.text) <= _LONGEST_PAGE_LINE and "。" not in line.text and not clock.search(line.text):
            alone = _DAY_OF_PAGE.fullmatch(line.folded.strip())
            day = first_day(line.folded) if alone or mark.search(line.text) else None
            if day:
                return day
    return None


def signatures(lines: Sequence[Line]) -> list[Signature]:
    """Every day that stands alone on a line or behind its author, in print order; tables do not sign."""
    found = []
    for number, line in enumerate(lines):
        if line.in_table or len(line.text) > 60:
            continue
        mentions = find_dates(line.text)
        if len(mentions) != 1 or mentions[0].value is None:
            continue
        signature = _signature(lines, number, mentions[0], mentions[0].value)
        if signature:
            found.append(signature)
    return found


def _signature(lines: Sequence[Line], number: int, mention: DateMention, day: date) -> Signature | None:
    text = lines[number].text
    before, after = text[: mention.start].strip("()"), text[mention.end :].strip("()")
    notice = after.startswith("印发")
    if (after and not notice) or not _AUTHOR_AND_DAY.match(before):
        return None
    above = lines[number - 1] if number and not lines[number - 1].in_table else None
    name = above.text.strip("()") if above and not before and _AUTHOR_AND_DAY.match(above.text) else ""
    marked = re.fullmatch(r"[\d\-/.]+", text[mention.start : mention.end])
    if (marked or mention.damaged) and not (before or name):
        return None
    return Signature(day, before, name, number, notice)


def document_number(lines: Sequence[Line], words: Mapping[str, Any]) -> str | None:
    """The number the document bears itself, repaired: labelled, else alone on a line of its head; never a cited one."""
    for _, value, _ in labelled(lines[:HEAD], words["number_labels"]):
        hit = _OWN_NUMBER.match("".join(value.split()))
        if hit:
            return repaired_number(hit[0]) or hit[0]
    for line in head_of(lines):
        own = line.text.strip("()")
        if not line.in_table and _OWN_NUMBER.fullmatch(own):
            return repaired_number(own) or own
    return None


def head_of(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines before the first sentence: where title, number and addressees stand."""
    for number, line in enumerate(lines[:HEAD]):
        if "。" in line.text or len(line.text) > _LONGEST_HEADING:
            return lines[:number]
    return lines[:HEAD]


def stands_for_itself(line: Line) -> bool:
    """Whether a line is a day or a document number: nothing that goes on in the next line."""
    text = line.text.strip("()-·•")
    if _OWN_NUMBER.fullmatch(text):
        return True
    mentions = find_dates(text)
    return len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(text))


def asks_for_reports(lines: Sequence[Line]) -> bool:
    """Whether the head of the paper speaks to other offices (各乡镇人民政府, …:), as a notice does."""
    return any(_ADDRESSEES.fullmatch(line.text) for line in lines[: HEAD // 2])
