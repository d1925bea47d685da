"""Histories: years of one agency fit each other where nothing was planted, and what was planted stands in the truth."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest

from orchestration.registry.model import Registry
from orchestration.specimens.across_years import Histories, Lost, Told
from orchestration.specimens.chance import Chance
from orchestration.specimens.consequences_across import do_not_fit, published
from orchestration.specimens.events import Event, Events
from orchestration.specimens.figures import year_figures
from orchestration.specimens.lineages import cast
from orchestration.specimens.produce import specimens
from orchestration.specimens.truth import Specimen, observed
from orchestration.specimens.truth_across import write_histories

_YEARS = tuple(range(2014, 2026))
_MOST_AGENCIES = 40
_FOUND_BY_RULES = ("carry_over", "stock_rollforward", "cumulative_rollforward", "year_over_year", "duplicate_report")


@pytest.fixture(scope="module")
def folder(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve years of some agencies, many of their reports struck, with their truth."""
    folder = tmp_path_factory.mktemp("histories")
    write_histories(registry, _YEARS, _MOST_AGENCIES, 2, folder, Events(0.5))
    return folder


def _table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _written(registry: Registry, years: Sequence[int], events: Events) -> dict[str, bytes]:
    files = Histories(registry, 8, 3, events, ("txt", "html")).files(years)
    return {file.name: file.content for file in files if isinstance(file, Specimen | Lost)}


def test_a_report_does_not_depend_on_the_years_asked_for(registry: Registry) -> None:
    events = Events(0.4, (2018,))
    all_years = _written(registry, (2016, 2017, 2018, 2019, 2020), events)
    some = _written(registry, (2017, 2020), events)
    assert some
    assert some == {name: all_years[name] for name in some}


def test_sound_years_fit_each_other(registry: Registry) -> None:
    made = specimens(registry, range(2014, 2024), 30, 8, "none")
    figures = {(s.draft.agency.key, s.draft.year): published(s, observed(s, registry)) for s in made}
    compared = [
        (before, figures[key, year + 1]) for (key, year), before in figures.items() if (key, year + 1) in figures
    ]
    assert len(compared) == 30 * 9
    assert [found for before, now in compared for found in do_not_fit(before, now)] == []


def test_figures_stay_near_the_year_before(registry: Registry) -> None:
    seed = Chance("course")
    for lineage in cast(registry, 30, seed):
        totals = [year_figures(lineage.agency(y), y, seed)["proactive_info_count"] for y in range(2008, 2026)]
        assert max(totals) < 6 * max(min(totals), 8)
        assert len(set(totals)) > 2


def test_everything_happens_somewhere(registry: Registry) -> None:
    told = [
        e for e in Histories(registry, _MOST_AGENCIES, 2, Events(0.5), ("txt",)).files(_YEARS) if isinstance(e, Told)
    ]
    assert {each.event for each in told} == set(get_args(Event))
    years = {(each.lineage.key, each.year) for each in told}
    assert not any((key, year + 1) in years for key, year in years)


def test_what_was_planted_is_among_the_findings(folder: Path) -> None:
    wanted = {(f["document"], f["rule_id"]) for f in _table(folder, "findings") if f["graded"] == "yes"}
    lines = [line for line in _table(folder, "across_years") if line["found_by"] in _FOUND_BY_RULES]
    assert {line["found_by"] for line in lines} == set(_FOUND_BY_RULES)
    for line in lines:
        assert (line["document"], line["found_by"]) in wanted
        assert (folder / "reports" / line["document"]).is_file()
        assert (folder / "reports" / line["other_document"]).is_file()


def test_a_missing_report_is_not_there_and_a_renamed_agency_keeps_its_lineage(folder: Path) -> None:
    lines = _table(folder, "across_years")
    reported = {(row["lineage"], row["report_year"]) for row in _table(folder, "specimens")}
    assert not {(line["lineage"], line["report_year"]) for line in lines if line["fault"] == "missing"} & reported
    renamed = {line["lineage"] for line in lines if line["fault"] == "renamed"}
    assert renamed
    for lineage in renamed:
        names = {row["agency_name"] for row in _table(folder, "specimens") if row["lineage"] == lineage}
        assert len(names) > 1


def test_two_divisions_are_never_one_lineage(registry: Registry) -> None:
    lineages = cast(registry, 120, Chance("cast"))
    assert len({lineage.key for lineage in lineages}) == 120
    for year in (2014, 2018, 2025):
        assert len({(a.region_code, a.name) for a in (lineage.agency(year) for lineage in lineages)}) == 120
