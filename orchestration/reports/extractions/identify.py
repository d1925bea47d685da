"""Who reports on which year: title, agency and its place, period, number and dates of one document.

The document's own words decide, weighed by where they stand; what it does not say stays None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.extractions.identity.agencies import AgencyResolver
from orchestration.reports.extractions.identity.bodies import BodyWords
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
from orchestration.reports.extractions.identity.periods import Days, PeriodReader, own_words, stated_period
from orchestration.reports.extractions.identity.regions import RegionIndex
from orchestration.reports.extractions.identity.resolved import ResolvedAgency
from orchestration.reports.extractions.identity.speech import SpeechWords
from orchestration.reports.extractions.identity.surroundings import PlaceWords, Surroundings
from orchestration.reports.extractions.identity.testimony import Hearing, hear, testimonies
from orchestration.reports.extractions.identity.titles import Title, TitleWords
from orchestration.reports.extractions.identity.years import report_year
from orchestration.reports.extractions.model import Identity

_OPENING_SENTENCES = 40


@dataclass(frozen=True)
class _Knowledge:
    """What identify() needs of a registry, built once: kept with the very objects it was built from."""

    registry: Registry
    words: Mapping[str, Any]
    history: RegionHistory
    titles: TitleWords
    periods: PeriodReader
    bodies: BodyWords
    places: PlaceWords
    speech: SpeechWords
    years: dict[int | None, NameReader]
    resolvers: dict[int | None, AgencyResolver]
    first_names: Mapping[str, str]

    @classmethod
    def of(cls, registry: Registry) -> _Knowledge:
        words = registry.wording["identity"]
        history = RegionHistory(
            registry.regions, registry.successions, words["placeholder_areas"], words["township_endings"]
        )
        everywhere = [agency for agency in registry.agencies if agency.region_code is None]
        registered = (name for agency in everywhere for name in (agency.agency_name, *agency.name_variants))
        return cls(
            registry=registry,
            words=words,
            history=history,
            titles=TitleWords(words),
            periods=PeriodReader(words),
            bodies=BodyWords(words, registered),
            places=PlaceWords(words),
            speech=SpeechWords(words),
            years={},
            resolvers={},
            first_names=first_names(registry.reorganisations),
        )

    def names(self, year: int | None) -> NameReader:
        """Reads names by the divisions of one year, the newest where it is not known."""
        if year not in self.years:
            index = RegionIndex(self.history, year, self.words["common_word_areas"])
            self.years[year] = NameReader(index, self.words, self.bodies)
        return self.years[year]

    def resolver(self, year: int | None) -> AgencyResolver:
        """Resolves names by the divisions and the agencies of one year."""
        if year not in self.resolvers:
            self.resolvers[year] = AgencyResolver(self.names(year), self.registry.agencies, year, self.first_names)
        return self.resolvers[year]


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
    titles = [_own_title(title, known.names(None)) for title in known.titles.titles(lines)]
    announced = known.titles.announces(sentences)
    if not known.titles.is_report(lines, titles, announced):
        return Identity(issue_codes=("not_a_report",))
    title = known.titles.best(titles)
    signed = _true_signatures(known, lines, title)
    days = known.periods.read(document, lines)
    ranked = ([title] if title else []) + list(titles)
    first: int = known.words["first_year_of_reports"]
    year, conflicting = report_year(first, ranked, announced, days.statements, signed, paragraphs, document.name)
    text = "\n".join(paragraphs)
    reader = known.names(year)
    told = testimonies(reader, known.speech, document.name, lines, sentences, ranked, signed, text)
    hearing = hear(told, text, reader, known.speech)
    agency = known.resolver(year).resolve(
        hearing.names, Surroundings(document.document_id, text, reader.index, known.places)
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
    elif agency.region_resolution == "unresolved" and not known.bodies.is_unique(agency.agency_name):
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


def _own_title(title: Title, reader: NameReader) -> Title:
    """The title without its first line where only what is left names an agency, or a township that is listed."""
    if title.inner is None:
        return title
    whole, rest = reader.read(title.author), reader.read(title.inner.author)
    return title.inner if rest and reader.is_placed(rest) and not (whole and reader.is_placed(whole)) else title


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


def candidates_in_words(identity: Identity, registry: Registry) -> tuple[str, ...]:
    """The divisions that an ambiguous or unresolved agency may belong to, with all names above them and their codes."""
    index = _knowledge_of(registry).names(identity.report_year).index
    full = ((code, (*reversed(index.above(code)), code)) for code in identity.candidates if code in index)
    return tuple(f"{''.join(map(index.name, line))}({code})" for code, line in full)
