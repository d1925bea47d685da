"""The truth of many years: what befell reports, and what their neighbours show; across_years.csv beside the others.

A line of across_years.csv is something planted whose mark the files bear: `document` has it, `other_document` is the
report it is seen against. `found_by` tells where a reader of the release finds it: a rule of fct_findings, the
timeliness of dim_reports, aud_coverage, aud_quarantine, or the one agency id of a renamed agency.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log
from pathlib import Path

from orchestration.registry.model import Registry
from orchestration.specimens.across_years import Filed, Histories, Told
from orchestration.specimens.bundles import Bundle
from orchestration.specimens.consequences_across import Across, do_not_fit, published
from orchestration.specimens.course import FIRST_YEAR
from orchestration.specimens.events import Event, Events
from orchestration.specimens.jumps import Jumps
from orchestration.specimens.lineages import above, mergers
from orchestration.specimens.model import Format
from orchestration.specimens.truth import Line, Specimen, figure, observed, write_table, write_truth

_COLUMNS = (
    *("fault", "document", "other_document", "lineage", "agency_name", "report_year", "found_by"),
    *("indicator_code", "applicant_type", "expected", "actual", "detail"),
)
_RULES: dict[Event, str] = {
    "carry_over": "carry_over",
    "stock": "stock_rollforward",
    "cumulative": "cumulative_rollforward",
    "digit_slipped": "year_over_year",
    "revision": "duplicate_report",
    "copy_of_last_year": "duplicate_report",
    "copy_of_another": "duplicate_report",
}
_TELLING = 14
"""Nobody can tell a copy by figures that many reports have: so much the logarithms of different ones add up to."""
_COPIES: tuple[Event, ...] = ("copy_of_last_year", "copy_of_another")


def write_histories(
    registry: Registry,
    years: Sequence[int],
    agencies: int,
    seed: int,
    folder: Path,
    events: Events,
    formats: Sequence[Format] = ("txt",),
    bundles: float = 0,
) -> int:
    """Write folder/reports/* and folder/truth/*.csv; returns how many files. Raises ValueError for a wrong wish."""
    histories = Histories(registry, agencies, seed, events, formats, bundles)
    filed = list(histories.files(years))
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    count = 0
    for each in filed:
        if isinstance(each, Told):
            continue
        files = each.files if isinstance(each, Bundle) else {each.name: each.content}
        for name, content in files.items():
            (reports / name).write_bytes(content)
        count += len(files)
    truth = Truth(registry, filed)
    write_truth(_specimens(filed), registry, folder / "truth", truth.findings)
    write_table(folder / "truth" / "across_years.csv", _COLUMNS, truth.lines(histories, years))
    return count


def _specimens(filed: Iterable[Filed]) -> list[Specimen]:
    """Every report, of one file or two."""
    reports = (each.specimen if isinstance(each, Bundle) else each for each in filed)
    return [each for each in reports if isinstance(each, Specimen)]


class Truth:
    """What is true across the years of these files: `findings` by document, as (rule, detail, graded)."""

    def __init__(self, registry: Registry, filed: Iterable[Filed]) -> None:
        filed = list(filed)
        self._told = [each for each in filed if isinstance(each, Told)]
        specimens = _specimens(filed)
        older = {name for told in self._told if told.event == "revision" for name in told.documents[:-1]}
        self._current = {_place(s): s for s in specimens if s.name not in older}
        self._figures = {place: published(s, observed(s, registry)) for place, s in self._current.items()}
        self._merged = mergers(registry)
        self._seen: dict[str, list[Across]] = {}
        self._jumps = Jumps(self._figures, {place: s.draft.agency.level for place, s in self._current.items()})
        self.findings: dict[str, list[tuple[str, str, bool]]] = {}
        self._find()

    def _find(self) -> None:
        for (key, year), specimen in self._current.items():
            before = self._figures.get((key, year - 1))
            self._seen[specimen.name] = list(do_not_fit(before, self._figures[key, year])) if before else []
            for seen in self._seen[specimen.name]:
                detail = f"{seen.indicator_code} {seen.applicant_type}: {seen.actual:g}, not {seen.expected:g}"
                # Where a neighbour was dissolved, nobody knows whose the figures of the year before were.
                code = specimen.draft.agency.region_code
                merged = (above(code), len(code), year) in self._merged
                self._say(specimen.name, seen.rule_id, detail, seen.graded and not merged)
            if self._adds_up_over_a_gap(key, year):
                # Over years that lack a report, what is counted over all of them may be seen not to fit as well.
                self._say(specimen.name, "cumulative_rollforward", "a year lacks its report", False)
        for told in self._told:
            self._tell(told)
        for specimen in self._current.values():
            place = _place(specimen)
            if specimen.draft.planted and self._jumps.spoiled(place, specimen.draft.figures):
                self._departs(place, False)

    def _adds_up_over_a_gap(self, key: str, year: int) -> bool:
        years = [y for y in range(FIRST_YEAR, year + 1) if self._adds_up(key, y)]
        return len(years) > 1 and years[-1] == year and years[-2] < year - 1

    def _adds_up(self, key: str, year: int) -> bool:
        """Whether a report of this agency and year counts anything over all years."""
        return any(basis == "cumulative" for _, _, basis in self._figures.get((key, year), {}))

    def _tell(self, told: Told) -> None:
        """The findings that what befell a report must cause, and those that it may."""
        place = (told.lineage.key, told.year)
        if told.event == "revision":
            self._say(told.documents[-1], "duplicate_report", told.detail, True)
            self._say(told.documents[0], "duplicate_report", "published again", False)
        elif told.event in _COPIES and told.other:
            other = self._current.get((told.other[0].key, told.other[1]))
            telling = sum(log(1 + value) for value in {f.value for f in self._figures[place].values() if f.value > 0})
            graded = other is not None and telling >= _TELLING
            self._say(told.documents[0], "duplicate_report", told.detail, graded)
            if other is not None:
                self._say(other.name, "duplicate_report", "was copied", False)
            self._departs(place, False)
        elif told.event == "digit_slipped":
            self._departs(place, self._jumps.seen(place))

    def _departs(self, place: tuple[str, int], graded: bool) -> None:
        """The figures of this report may depart from its neighbours', and must where `graded`."""
        self._say(self._current[place].name, "year_over_year", "departs from the years before", graded)
        after = self._current.get((place[0], place[1] + 1))
        if after is not None:
            self._say(after.name, "year_over_year", "the year before departs", False)

    def _say(self, document: str, rule_id: str, detail: str, graded: bool) -> None:
        self.findings.setdefault(document, []).append((rule_id, detail, graded))

    def lines(self, histories: Histories, years: Sequence[int]) -> Iterator[Line]:
        """The lines of across_years.csv."""
        for told in self._told:
            line = self._line(told, years)
            if line is not None:
                yield line
        for lineage in histories.cast:
            names = {lineage.agency(year).name: year for year in reversed(years)}
            if len(names) > 1:
                since = max(names.values())
                yield _filled(
                    "renamed",
                    lineage.key,
                    lineage.agency(since).name,
                    since,
                    "one agency_id",
                    " → ".join(reversed(names)),
                )

    def _line(self, told: Told, years: Sequence[int]) -> Line | None:
        """The line of one event; None where its mark is not in these files."""
        name = told.lineage.agency(told.year).name
        line = _filled(told.event, told.lineage.key, name, told.year, "", told.detail)
        line["document"] = told.documents[-1] if told.documents else ""
        if told.event == "set_aside":
            return line | {"found_by": "aud_quarantine", "expected": told.detail}
        if told.event == "late":
            return line | {"found_by": "timeliness", "expected": "late"}
        if told.event == "missing":
            # Only an agency that has reported before is waited for.
            earlier = any((told.lineage.key, year) in self._current for year in years if year < told.year)
            return line | {"found_by": "aud_coverage", "expected": "not received"} if earlier else None
        rule = _RULES[told.event]
        graded = [f for f in self.findings.get(line["document"], []) if f[0] == rule and f[2]]
        if not graded:
            return None
        other = told.other or (told.lineage, told.year - 1)
        against = self._current.get((other[0].key, other[1]))
        line |= {"found_by": rule, "other_document": against.name if against else ""}
        if told.event == "revision":
            line["other_document"] = told.documents[0]
        seen = next((s for s in self._seen.get(line["document"], []) if s.rule_id == rule), None)
        if seen is not None:
            line |= {"indicator_code": seen.indicator_code, "applicant_type": seen.applicant_type}
            line |= {"expected": figure(seen.expected), "actual": figure(seen.actual)}
        return line


def _place(specimen: Specimen) -> tuple[str, int]:
    return specimen.draft.agency.key, specimen.draft.year


def _filled(fault: str, key: str, name: str, year: int, found_by: str, detail: str) -> Line:
    line = dict.fromkeys(_COLUMNS, "")
    return line | {
        "fault": fault,
        "lineage": key,
        "agency_name": name,
        "report_year": str(year),
        "found_by": found_by,
        "detail": detail,
    }
