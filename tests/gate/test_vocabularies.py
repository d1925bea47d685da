"""A closed vocabulary is written down in the dbt project, in the suites and in the code: all say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from orchestration.gate.suites import load_rules
from orchestration.registry.entries import AGENCY_LEVELS, AGGREGATIONS, MEASURE_GROUPS, PERIOD_BASES, SEVERITIES
from orchestration.registry.model import Registry
from orchestration.reports.extractions import model

MODELS = Path(__file__).resolve().parents[2] / "dbt_project" / "models"

IN_CODE: dict[str, Collection[str]] = {
    "dim_agencies.agency_level": AGENCY_LEVELS,
    "dim_indicators.aggregation": AGGREGATIONS,
    "dim_indicators.measure_group": MEASURE_GROUPS,
    "dim_reports.region_resolution": get_args(model.RegionResolution),
    "dim_reports.status": get_args(model.Status),
    "fct_findings.severity": get_args(model.Severity),
    "fct_observations.period_basis": {*PERIOD_BASES} - {"month"},
    "fct_observations.source_kind": {*get_args(model.SourceKind), "derived", "correction"},
    "fct_observations.value_status": get_args(model.ValueStatus),
    "fct_readings.period_basis": get_args(model.PeriodBasis),
    "fct_readings.scope": get_args(model.Scope),
    "fct_readings.source_kind": get_args(model.SourceKind),
    "fct_readings.value_status": {*get_args(model.ValueStatus)} - {"derived"},
}
"""What the code writes, by table and column: month is no observation, and a derived value is no reading."""


def declared_in_dbt() -> Iterator[tuple[str, set[str]]]:
    """table.column and its accepted values, for every column of the marts that has some."""
    for path in sorted((MODELS / "marts").glob("*.yml")):
        for table in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            for column in table["columns"]:
                for test in column.get("data_tests", []):
                    if isinstance(test, dict) and "accepted_values" in test:
                        yield f"{table['name']}.{column['name']}", set(test["accepted_values"]["arguments"]["values"])


def judged_by_the_gate(registry: Registry) -> dict[str, set[str]]:
    """The same as the suites have it."""
    named: dict[str, Collection[str]] = {
        "registry.applicant_types": registry.applicant_types,
        "registry.rules": registry.rules,
    }
    found = {}
    for rule in load_rules():
        if rule.frame == "vocabulary" and rule.subject:
            words: Any = rule.arguments["value_set"]
            found[rule.subject] = set(named[words] if isinstance(words, str) else words)
    return found


def test_the_gate_and_dbt_know_the_same_words(registry: Registry) -> None:
    gate, dbt = judged_by_the_gate(registry), dict(declared_in_dbt())
    of_years = {place: words for place, words in dbt.items() if not place.startswith("dim_") or "dim_reports" in place}
    assert of_years == {place: gate[place] for place in of_years}
    by_reference = {"fct_readings.applicant_type", "fct_observations.applicant_type", "fct_findings.rule_id"}
    assert gate.keys() - dbt.keys() == by_reference


@pytest.mark.parametrize("place", sorted(IN_CODE))
def test_the_code_writes_the_words_that_are_declared(registry: Registry, place: str) -> None:
    declared = dict(declared_in_dbt())
    assert declared.get(place, judged_by_the_gate(registry).get(place)) == set(IN_CODE[place])


def test_the_registry_and_the_library_know_the_same_words() -> None:
    assert set(PERIOD_BASES) == set(get_args(model.PeriodBasis))
    assert set(SEVERITIES) == set(get_args(model.Severity))
