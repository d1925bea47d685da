"""Whose report a document is and of which year, with the places where it says so; laid out for a person.

Nothing is decided here: identify.py has done so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from orchestration.registry.model import Region, Registry
from orchestration.reports.documents.model import Span
from orchestration.reports.documents.text import compact, squeeze
from orchestration.reports.explanation.account import Account
from orchestration.reports.explanation.phrasing import LEVEL_ZH, RESOLUTION_ZH
from orchestration.reports.explanation.typesetting import Sheet, clean
from orchestration.reports.extractions.identity.dates import find_dates
from orchestration.reports.extractions.model import Identity, Period

_MOST_PLACES = 5
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_LEVELS_OF_CODES = (2, 4, 6, 9)
_NOT_STATED = "未写明"
Rows = Iterator[tuple[str, str]]


def attribution(account: Account, sheet: Sheet) -> Iterator[str]:
    """Title, agency, region, year, period, days and number of the document, each with where it is printed."""
    if account.extraction.status in ("unmatched", "unreadable"):
        yield from sheet.text("未确认，原因见第三部分。", 2)
        return
    identity = account.extraction.identity
    rows = [
        ("题名", _quoted(account, identity.title)),
        *_agency(account, identity),
        *_region(identity, account.registry),
        *_year(account, identity),
        *_period(account, identity),
        ("发布日期", _day(account, identity.published_on)),
        ("落款日期", _day(account, identity.signed_on)),
        ("文号", _quoted(account, identity.document_number)),
        *_losses(account, identity),
    ]
    yield from sheet.labelled(rows)


def _quoted(account: Account, words: str | None) -> str:
    if words is None:
        return _NOT_STATED
    return f"“{clean(words)}”{_places(account, account.printed_at(words))}"


def _places(account: Account, spans: Iterable[Span]) -> str:
    """The places in brackets, the first few of many; empty where the words are not printed like this."""
    places = list(dict.fromkeys(account.place_of(span) for span in spans))
    more = f"等{len(places)}处" if len(places) > _MOST_PLACES else ""
    return f"（{'、'.join(places[:_MOST_PLACES])}{more}）" if places else "（原文没有连成这样的字样）"


def _agency(account: Account, identity: Identity) -> Rows:
    level = LEVEL_ZH.get(identity.agency_level or "", "")
    yield "机关", f"{identity.agency_name or '未能确认'}{f'（{level}）' if level else ''}"
    yield "印作", _quoted(account, identity.agency_name_as_printed)
    if identity.agency_score is not None:
        yield "把握", f"{identity.agency_score:.0%} 的依据指向该机关"
    if identity.rival_names:
        yield "另有所指", "、".join(clean(name) for name in identity.rival_names)


def _region(identity: Identity, registry: Registry) -> Rows:
    code = identity.region_code
    told = f"{code} {_path(code, identity.report_year, registry)}，" if code else ""
    yield "行政区划", f"{told}{RESOLUTION_ZH[identity.region_resolution]}"
    for number, candidate in enumerate(identity.candidates):
        words = f"{candidate} {_path(candidate, identity.report_year, registry)}"
        yield "" if number else "可能", words


def _path(code: str, year: int | None, registry: Registry) -> str:
    """The names from the province down to the division, each as in that year, else its newest."""
    wanted = [code[:size] for size in _LEVELS_OF_CODES if size <= len(code)]
    names: dict[str, Region] = {}
    for region in registry.regions:
        if region.region_code in wanted:
            known = names.get(region.region_code)
            if known is None or _fit(region, year) > _fit(known, year):
                names[region.region_code] = region
    return " > ".join(names[part].region_name for part in wanted if part in names)


def _fit(region: Region, year: int | None) -> tuple[bool, int]:
    """Names of the year before others, the newer before the older."""
    holds = year is not None and region.valid_from <= year <= (region.valid_until or year)
    return holds, region.valid_from


def _year(account: Account, identity: Identity) -> Rows:
    yield "年度", _year_and_why(identity)
    named = Counter(_YEAR.findall(account.words.text))
    if named:
        yield "文中年份", "，".join(f"{year}年 {times}次" for year, times in named.most_common())


def _year_and_why(identity: Identity) -> str:
    """The year, and what of the document's own statements agrees with it."""
    year = identity.report_year
    if year is None:
        return _NOT_STATED
    agrees = {
        "题名": str(year) in compact(identity.title or ""),
        "统计期间": identity.period_end is not None and identity.period_end.year == year,
        "发布在次年": identity.published_on is not None and identity.published_on.year == year + 1,
        "落款在次年": identity.signed_on is not None and identity.signed_on.year == year + 1,
    }
    told = "、".join(words for words, there in agrees.items() if there)
    return f"{year}（{f'与之相合：{told}' if told else '题名、统计期间和日期都没有写明，取自正文'}）"


def _period(account: Account, identity: Identity) -> Rows:
    start, end = (str(day) if day else _NOT_STATED for day in (identity.period_start, identity.period_end))
    yield "统计期间", f"{start} 至 {end}"
    for period in identity.periods:
        yield "", _stated(account, period)


def _stated(account: Account, period: Period) -> str:
    """One statement of a period: its place and words, and what it was understood as."""
    span = Span(period.char_start, period.char_end)
    notes = [
        " 至 ".join(str(day) if day else _NOT_STATED for day in (period.start, period.end)),
        *(["累计"] if period.cumulative else []),
        *(["表头"] if period.in_table_head else []),
    ]
    words = clean(account.document.text[span.start : span.end])
    return f"{account.place_of(span)}“{words}”：{'，'.join(notes)}"


def _day(account: Account, wanted: date | None) -> str:
    if wanted is None:
        return _NOT_STATED
    return f"{wanted}{_places(account, _printed_days(account, wanted))}"


def _printed_days(account: Account, wanted: date) -> Iterator[Span]:
    """Where the day stands, whole or damaged, line by line."""
    start = 0
    for line in account.document.text.splitlines(keepends=True):
        words = squeeze(account.document.folded, [Span(start, start + len(line))])
        for mention in find_dates(words.text):
            if mention.value == wanted:
                yield words.span(mention.start, mention.end)
        start += len(line)


def _losses(account: Account, identity: Identity) -> Rows:
    for number, loss in enumerate(identity.glyph_losses):
        place = account.place_of(Span(loss.char_start, loss.char_end))
        repaired = f"补作“{loss.repaired}”" if loss.repaired else "所掉的字无法推定"
        yield "" if number else "掉字", f"{place}“{clean(loss.printed)}”：{repaired}"
