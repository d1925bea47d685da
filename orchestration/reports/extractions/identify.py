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
from orchestration.reports.extractions.identity.agencies import AgencyResolver, ResolvedAgency
from orchestration.reports.extractions.identity.history import RegionHistory, first_names
from orchestration.reports.extractions.identity.letterhead import (
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
from orchestration.reports.extractions.identity.names import NameReader
from orchestration.reports.extractions.identity.periods import Days, PeriodReader, Statement, own_words, stated_period
from orchestration.reports.extractions.identity.regions import RegionIndex
from orchestration.reports.extractions.identity.surroundings import Surroundings
from orchestration.reports.extractions.identity.testimony import Hearing, hear, testimonies
from orchestration.reports.extractions.identity.titles import Title, TitleWords
from orchestration.reports.extractions.model import Identity

_EARLIEST_YEAR = 2003
_OPENING_SENTENCES = 40
_YEAR_NAMED = re.compile(r"(?<![\d〔\[])(?P<year>(?:19|20)\d\d)年(?!以来)")


@dataclass(frozen=True)
class _Knowledge:
    """What identify() needs of a registry, built once: kept with the very objects it was built from."""

    registry: Registry
    words: Mapping[str, Any]
    history: RegionHistory
    titles: TitleWords
    periods: PeriodReader
    years: dict[int | None, NameReader]
    first_names: Mapping[str, str]

    @classmethod
    def of(cls, registry: Registry) -> _Knowledge:
        words = registry.wording["identity"]
        history = RegionHistory(registry.regions, registry.successions, words["placeholder_areas"])
        return cls(
            registry, words, history, TitleWords(words), PeriodReader(words), {}, first_names(registry.reorganisations)
        )

    def names(self, year: int | None) -> NameReader:
        """Reads names by the divisions of one year, the newest where it is not known."""
        if year not in self.years:
            index = RegionIndex(self.history, year, self.words["common_word_areas"])
            everywhere = [agency for agency in self.registry.agencies if agency.region_code is None]
            registered = (name for agency in everywhere for name in (agency.agency_name, *agency.name_variants))
            self.years[year] = NameReader(index, self.words, registered)
        return self.years[year]


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
    agency_ambiguous, region_unresolved and agency_conflicting.
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
    reader = known.names(year)
    ranked = ([title] if title else []) + list(titles)
    told = testimonies(reader, known.words, document.name, lines, sentences, ranked, signed, text)
    hearing = hear(told, text, reader)
    agency = AgencyResolver(reader, registry.agencies, year, known.first_names).resolve(
        hearing.names, Surroundings(document.document_id, text, reader.index)
    )
    return _identity(known, document, lines, title, signed, days, year, agency, hearing, conflicting)


def _identity(
    known: _Knowledge,
    document: Document,
    lines: Sequence[Line],
    title: Title | None,
    signed: Sequence[Signature],
    days: Days,
    year: int | None,
    agency: ResolvedAgency | None,
    hearing: Hearing,
    conflicting: bool,
) -> Identity:
    start, end = stated_period(days.statements, year)
    codes = ["no_report_year"] if year is None else ["year_conflicting"] if conflicting else []
    if agency is None:
        codes.append("agency_unresolved")
    elif agency.region_resolution == "ambiguous":
        codes.append("agency_ambiguous")
    elif agency.region_resolution == "unresolved" and not known.names(year).is_unique(agency.agency_name):
        codes.append("region_unresolved")
    if hearing.rivals:
        codes.append("agency_conflicting")
    return Identity(
        title=_printed(document, title),
        agency_name=agency.agency_name if agency else None,
        agency_name_as_printed=agency.agency_name_as_printed if agency else None,
        agency_key=agency.agency_key if agency else None,
        agency_level=agency.agency_level if agency else None,
        region_code=agency.region_code if agency else None,
        region_resolution=agency.region_resolution if agency else "unresolved",
        candidates=agency.candidates if agency else (),
        agency_score=hearing.score if agency else None,
        rival_names=tuple(name.printed for name in hearing.rivals),
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
        author = next((words for words in (signature.author, signature.above) if known.names(None).read(words)), "")
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


def candidates_in_words(identity: Identity, registry: Registry) -> tuple[str, ...]:
    """The divisions that an ambiguous or unresolved agency may belong to, with all names above them and their codes."""
    index = _knowledge_of(registry).names(identity.report_year).index
    full = ((code, (*reversed(index.above(code)), code)) for code in identity.candidates if code in index)
    return tuple(f"{''.join(map(index.name, line))}({code})" for code, line in full)
