"""The reports of agencies over the years as one inbox: sound histories, and what befell some of their reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orchestration.registry.model import Registry
from orchestration.specimens.bundles import Bundle, bundled
from orchestration.specimens.chance import Chance
from orchestration.specimens.compose import Source, draft_report, template_for
from orchestration.specimens.events import Event, Events
from orchestration.specimens.faults import plant
from orchestration.specimens.faults_across import FAULTS, revised
from orchestration.specimens.finish import finish
from orchestration.specimens.lineages import Lineage, cast
from orchestration.specimens.model import Draft, Format
from orchestration.specimens.produce import drafted, known_years
from orchestration.specimens.set_aside import REASONS, Kind, set_aside
from orchestration.specimens.truth import Specimen

_MOST_FAULTS = 2
_DAMAGED = 0.25


@dataclass(frozen=True, slots=True)
class Told:
    """What befell a report: the event, the documents of the agency's year (the current one last), and in words what was
    done; `other` is the report that was copied."""

    lineage: Lineage
    year: int
    event: Event
    documents: tuple[str, ...]
    detail: str
    other: tuple[Lineage, int] | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A file in place of a report: its name and bytes."""

    name: str
    content: bytes


Filed = Specimen | Bundle | Lost | Told


class Histories:
    """Writes the reports of so many agencies; what one says follows from agency, year and seed alone.

    Of the reports that nothing befell, the share `bundles` has its table, if it has one, in a file of its own.
    """

    def __init__(
        self,
        registry: Registry,
        agencies: int,
        seed: int,
        events: Events,
        formats: Sequence[Format],
        bundles: float = 0,
    ) -> None:
        self._registry = registry
        self._root = Chance("histories", seed)
        self._events = events
        self._formats = formats
        self._bundles = bundles
        self.cast = cast(registry, agencies, self._root.fork("cast"))

    def files(self, years: Sequence[int]) -> Iterator[Filed]:
        """Every file of these years, by agency and year; what befell a report follows its files."""
        known_years(years)
        for place, lineage in enumerate(self.cast):
            for year in years:
                yield from self._files(place, lineage, year)

    def _files(self, place: int, lineage: Lineage, year: int) -> Iterator[Filed]:
        draft, written_as = drafted(self._registry, self._root, lineage, year, place + 1, self._formats)
        chance = self._root.fork(lineage.key, year)
        event = self._event(lineage, year)
        if event is None:
            if self._damaged(lineage, year):
                plant(draft, self._registry, chance.fork("faults"), _MOST_FAULTS)
            apart = chance.fork("bundle").happens(self._bundles)
            bundle = bundled(draft, self._registry, chance.fork("print"), written_as) if apart else None
            yield bundle or self._finished(draft, lineage, year, written_as)
        elif event == "missing":
            yield Told(lineage, year, event, (), "no report")
        elif event == "set_aside":
            kind: Kind = chance.fork("lost").pick(("figureless", "notice", "empty"))
            kind = "figureless" if year in self._events.failing else kind
            name = self._finished(draft, lineage, year, "txt").name
            yield Lost(name, set_aside(draft, kind, chance.fork("set aside")))
            yield Told(lineage, year, event, (name,), REASONS[kind])
        elif event == "revision":
            yield from self._revision(place, draft, lineage, year, written_as)
        elif event in ("copy_of_last_year", "copy_of_another"):
            yield from self._copy(event, draft, place, lineage, year, written_as)
        else:
            done = self._spoilt(event, draft, chance.fork("event"))
            specimen = self._finished(draft, lineage, year, written_as)
            yield specimen
            if done is not None:
                yield Told(lineage, year, done[0], (specimen.name,), done[1])

    def _spoilt(self, event: Event, draft: Draft, chance: Chance) -> tuple[Event, str] | None:
        """What was done to the draft: the fault whose turn it is or, where its form has no such figure, another."""
        for each in dict.fromkeys((event, *FAULTS)):
            detail = FAULTS[each](draft, self._registry, chance)
            if detail is not None:
                return each, detail
        return None

    def _event(self, lineage: Lineage, year: int) -> Event | None:
        return self._events.of(lineage.key, year, self._root)

    def _damaged(self, lineage: Lineage, year: int) -> bool:
        return self._root.fork(lineage.key, year, "damaged").happens(_DAMAGED)

    def _sound(self, lineage: Lineage, year: int) -> bool:
        return self._event(lineage, year) is None and not self._damaged(lineage, year)

    def _finished(self, draft: Draft, lineage: Lineage, year: int, written_as: Format) -> Specimen:
        """The print of a draft, in the words and the layout of the report of this agency and year."""
        return finish(draft, self._registry, self._root.fork(lineage.key, year, "print"), written_as)

    def _revision(self, place: int, draft: Draft, lineage: Lineage, year: int, written_as: Format) -> Iterator[Filed]:
        first = self._finished(draft, lineage, year, written_as)
        yield first
        again, _ = drafted(self._registry, self._root, lineage, year, place + 1, self._formats)
        detail = revised(again, self._registry, self._root.fork(lineage.key, year, "event"))
        if detail is not None:
            second = self._finished(again, lineage, year, written_as)
            stem, _, suffix = second.name.rpartition(".")
            second = replace(second, name=f"{stem}_again.{suffix}")
            yield second
            yield Told(lineage, year, "revision", (first.name, second.name), detail)

    def _copy(
        self, event: Event, draft: Draft, place: int, lineage: Lineage, year: int, written_as: Format
    ) -> Iterator[Filed]:
        """A report written from another one: only names and days are changed."""
        if event == "copy_of_last_year":
            found = (lineage, year - 1) if self._same_form(lineage, year - 1, draft) else None
        else:
            found = self._donor(place, draft)
        if found is None:
            yield self._finished(draft, lineage, year, written_as)
            return
        source = Source(found[0].agency(found[1]), found[1])
        copy = draft_report(
            draft.number, draft.agency, year, draft.template_id, self._registry, self._root, written_as, source
        )
        specimen = self._finished(copy, found[0], found[1], written_as)
        yield specimen
        yield Told(lineage, year, event, (specimen.name,), f"copied from {source.agency.name} {source.year}", found)

    def _same_form(self, lineage: Lineage, year: int, draft: Draft) -> bool:
        return self._sound(lineage, year) and template_for(lineage, year, self._root) == draft.template_id

    def _donor(self, place: int, draft: Draft) -> tuple[Lineage, int] | None:
        """Another agency of the kind that comes earlier in the cast and whose report of the year is sound."""
        for lineage in reversed(self.cast[:place]):
            if lineage.agency(draft.year).level == draft.agency.level and self._same_form(lineage, draft.year, draft):
                return lineage, draft.year
        return None
