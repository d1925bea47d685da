"""Who reports on which year: title, agency and its place, period, number and dates of one document.

The document's own words decide, weighed by where they stand; what it does not say stays None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.extractions.agencies import AgencyResolver, Evidence, ResolvedAgency
from orchestration.reports.extractions.letterhead import (
    HEAD,
    Line,
    Signature,
    document_number,
    first_day,
    head_of,
    labelled,
    lines_of,
    published_on,
    signatures,
)
from orchestration.reports.extractions.model import Identity
from orchestration.reports.extractions.names import AgencyName, NameReader
from orchestration.reports.extractions.periods import Days, PeriodReader, Statement, own_words, stated_period
from orchestration.reports.extractions.regions import RegionIndex
from orchestration.reports.extractions.titles import Title, TitleWords

_EARLIEST_YEAR = 2003
_COMPILED_BY = re.compile(
    r"由(?P<name>[\u4e00-\u9fff]{2,40}?)(?:负责|组织|汇总|按照|根据|依据|结合|编制|编写|编印|制作)"
)
_CONTACT = re.compile(
    r"(?:请与|请联系|请咨询|请向|联系单位:?|联系部门:?)(?P<name>[\u4e00-\u9fff]{2,45}?)(?:联系|咨询|反映|[,(。;:]|$)"
)
_ANNOUNCED = re.compile(
    r"(?:公布|发布|编制|现将|公开)(?:了)?《?(?:(?:19|20)\d\d年?度?)?(?P<name>[\u4e00-\u9fff]{2,40}?)(?:(?:19|20)\d\d年?度?)?"
    r"(?:的)?(?:政府信息|政务信息|信息|政务)公开"
)
# A clause whose subject is the author: 2024年,省财政厅认真….
_ACTING = re.compile(
    r"(?:^|[,。;:])(?:(?:19|20)\d\d年度?(?:以来)?,?)?(?P<name>[\u4e00-\u9fff]{2,16}?)"
    r"(?=认真|高度|坚持|严格|按照|积极|深入|全面|始终|不断|进一步|主动|切实|有序|共主动)"
)
_SPEAKER = re.compile(
    r"[我本](?P<kind>街道|办事处|街|镇|乡|苏木|县|区|市|旗|州|省|局|委|厅|办|院|中心|处|部|站|所|公司|校)"
)
_TOWNSHIP_SPEAKERS = frozenset(("街道", "办事处", "街", "镇", "乡", "苏木"))
_AREA_SPEAKERS = frozenset(("县", "区", "市", "旗", "州", "省"))
_OPENING_SENTENCES = 40
_YEAR_NAMED = re.compile(r"(?<![\d〔\[])(?P<year>(?:19|20)\d\d)年(?!以来)")


@dataclass(frozen=True)
class _Knowledge:
    """What identify() needs of a registry, built once: kept with the very objects it was built from."""

    registry: Registry
    words: Mapping[str, Any]
    names: NameReader
    resolver: AgencyResolver
    titles: TitleWords
    periods: PeriodReader

    @classmethod
    def of(cls, registry: Registry) -> _Knowledge:
        words = registry.wording["identity"]
        index = RegionIndex(registry.regions, words["placeholder_areas"], words["common_word_areas"])
        names = NameReader(index, words)
        resolver = AgencyResolver(names, registry.agencies)
        return cls(registry, words, names, resolver, TitleWords(words), PeriodReader(words))


_KEPT = 2
_knowledge: list[_Knowledge] = []


def _knowledge_of(registry: Registry) -> _Knowledge:
    """The knowledge of this very registry; building the index of regions takes a tenth of a second."""
    for known in _knowledge:
        if known.registry is registry:
            return known
    fresh = _Knowledge.of(registry)
    _knowledge.insert(0, fresh)
    del _knowledge[_KEPT:]
    return fresh


def identify(document: Document, registry: Registry) -> Identity:
    """Who reports on which year, as far as the document says.

    `issue_codes` holds not_a_report where nothing says that it is an annual report on open government information
    (everything else is then left out), no_report_year, year_conflicting, agency_unresolved (no name at all),
    agency_ambiguous and region_unresolved.
    """
    known = _knowledge_of(registry)
    lines = lines_of(document)
    paragraphs = own_words(document)
    sentences = [s for paragraph in paragraphs for s in re.split(r"[。!?]", paragraph) if s][:_OPENING_SENTENCES]
    titles = known.titles.titles(lines)
    announced = known.titles.announces(sentences)
    if not known.titles.is_report(lines, titles, announced):
        return Identity(issue_codes=("not_a_report",))
    title = known.titles.best(titles)
    signed = _true_signatures(known, lines, title)
    days = known.periods.read(document, lines)
    year, conflicting = _report_year(title, titles, announced, days.statements, signed, paragraphs)
    text = "\n".join(paragraphs)
    agency = known.resolver.resolve(
        _agency_names(known, lines, sentences, title, titles, signed, text),
        Evidence(document.document_id, text, known.names.index),
    )
    return _identity(known, document, lines, title, signed, days, year, agency, conflicting)


def _identity(
    known: _Knowledge,
    document: Document,
    lines: Sequence[Line],
    title: Title | None,
    signed: Sequence[Signature],
    days: Days,
    year: int | None,
    agency: ResolvedAgency | None,
    conflicting: bool,
) -> Identity:
    start, end = stated_period(days.statements, year)
    codes = ["no_report_year"] if year is None else ["year_conflicting"] if conflicting else []
    if agency is None:
        codes.append("agency_unresolved")
    elif agency.region_resolution == "ambiguous":
        codes.append("agency_ambiguous")
    elif agency.region_resolution == "unresolved":
        codes.append("region_unresolved")
    return Identity(
        title=_printed(document, title),
        agency_name=agency.agency_name if agency else None,
        agency_name_as_printed=agency.agency_name_as_printed if agency else None,
        agency_key=agency.agency_key if agency else None,
        agency_level=agency.agency_level if agency else None,
        region_code=agency.region_code if agency else None,
        region_resolution=agency.region_resolution if agency else "unresolved",
        candidates=agency.candidates if agency else (),
        report_year=year,
        document_number=document_number(lines, known.words),
        period_start=start,
        period_end=end,
        published_on=published_on(lines, known.words),
        signed_on=_signed_on(lines, signed, known.words),
        periods=tuple(statement.period for statement in days.statements),
        glyph_losses=days.losses,
        issue_codes=tuple(codes),
    )


def _printed(document: Document, title: Title | None) -> str | None:
    if title is None:
        return None
    return "".join("".join(document.text[span.start : span.end].split()) for span in title.spans)


def _true_signatures(known: _Knowledge, lines: Sequence[Line], title: Title | None) -> list[Signature]:
    """Days signed by an agency, or standing alone below title or text; a day behind other words (截至 …) is none."""
    first = min(title.last_line if title else HEAD, len(head_of(lines)))
    true = []
    for signature in signatures(lines):
        author = next((words for words in (signature.author, signature.above) if known.names.read(words)), "")
        if author or signature.printed_notice or (not signature.author and signature.line > first):
            true.append(replace(signature, author=author))
    return true


def _signed_on(lines: Sequence[Line], signed: Sequence[Signature], words: Mapping[str, Any]) -> Any:
    """The day of the last signature, else the day of printing, else a labelled day of writing."""
    own = [s for s in signed if not s.printed_notice and s.author] or [s for s in signed if not s.printed_notice]
    for choice in (own, signed):
        if choice:
            return choice[-1].day
    for _, value, _ in labelled(lines[:HEAD], words["signed_labels"]):
        day = first_day(value[:40])
        if day:
            return day
    return None


def _report_year(
    title: Title | None,
    titles: Sequence[Title],
    announced: str | None,
    statements: Sequence[Statement],
    signed: Sequence[Signature],
    paragraphs: Sequence[str],
) -> tuple[int | None, bool]:
    """The year reported on, and whether the document names another in its place.

    The title is believed first, then a declared period, the opening sentence, the year most spoken of, and last the
    year before the signature.
    """
    titled = [t.year for t in ([title] if title else []) + list(titles) if t.year and t.year >= _EARLIEST_YEAR]
    bounded = [s.period.end.year for s in statements if s.declared and not s.period.cumulative and s.period.end]
    opening = [int(y) for y in _YEAR_NAMED.findall(announced or "")]
    ranked = [*titled, *bounded, *opening, *_most_spoken(paragraphs), *(s.day.year - 1 for s in signed[-1:])]
    plausible = [year for year in ranked if year >= _EARLIEST_YEAR]
    if not plausible:
        return None, False
    return plausible[0], any(year != plausible[0] for year in [*titled, *bounded])


def _most_spoken(paragraphs: Sequence[str]) -> Iterator[int]:
    """The year named more often than any other, if there is one; numbers of documents are none."""
    counts = Counter(int(y) for paragraph in paragraphs for y in _YEAR_NAMED.findall(paragraph)).most_common(2)
    if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]):
        yield counts[0][0]


def _agency_names(
    known: _Knowledge,
    lines: Sequence[Line],
    sentences: Sequence[str],
    title: Title | None,
    titles: Sequence[Title],
    signed: Sequence[Signature],
    text: str,
) -> list[AgencyName]:
    """The names the document gives its author, the most trustworthy first; publishers only where they speak alike."""
    sure = [t.author for t in ([title] if title else []) + list(titles)]
    sure_names = [name for words in sure if (name := known.names.read(words))]
    told = [s.author for s in reversed(signed)]
    strong, weak = _labelled_names(known, lines)
    told += strong
    for pattern in (_COMPILED_BY, _ANNOUNCED, _CONTACT):
        told += [hit["name"] for sentence in sentences for hit in pattern.finditer(sentence)]
    told += weak
    acting = Counter(hit["name"] for hit in _ACTING.finditer(text))
    told += [line.text for line in lines[:15] if len(line.text) <= 30]
    told += [part for line in lines[:15] if ">" in line.text for part in reversed(line.text.split(">"))]
    told += [words for words, _ in acting.most_common()]
    names = [name for words in told if (name := known.names.read(words))]
    kind = _speaker(text)
    fitting = [name for name in names if _speaks_as(name, kind)]
    return [*sure_names, *fitting, *(name for name in names if name not in fitting)] if fitting or sure_names else names


def _labelled_names(known: _Knowledge, lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """Names behind labels of the form (填报单位), and behind labels of the page (发布机构, 来源)."""
    labels = list(known.words["agency_labels"])
    strong: list[str] = []
    weak: list[str] = []
    for label, value, _ in labelled(lines, labels):
        words = re.split(r"[\s,;|]", value.strip())[0]
        (strong if labels.index(label) < 5 else weak).append(words)
    return strong, weak


def _speaker(text: str) -> str:
    """As what the text speaks of itself (我镇, 我局): township, area, body, or "" where it does not say."""
    kinds = Counter(
        "township" if kind in _TOWNSHIP_SPEAKERS else "area" if kind in _AREA_SPEAKERS else "body"
        for kind in _SPEAKER.findall(text)
    )
    return kinds.most_common(1)[0][0] if kinds else ""


def _speaks_as(name: AgencyName, kind: str) -> bool:
    own = "body" if name.body else "township" if name.township else "area"
    return not kind or own == kind
