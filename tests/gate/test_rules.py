"""Every rule of the suites catches its planted fault and lets the sound year pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.gate.frames import year_frames
from orchestration.gate.judge import validate
from orchestration.gate.suites import Rule, load_rules
from orchestration.gate.warehouse import open_warehouse
from orchestration.registry.model import Registry
from orchestration.settings import Settings
from tests.gate.faults import FAULTS, REPORT
from tests.gate.handmade import change, publish_sound

RULES = {rule.rule_id: rule for rule in load_rules()}
MODELS = Path(__file__).resolve().parents[2] / "dbt_project" / "models"
OF_FINDINGS = {rule_id for rule_id, rule in RULES.items() if rule.frame == "findings"}


def failed(settings: Settings, rules: list[Rule], registry: Registry) -> set[str]:
    """The rules that fail for 2017, whatever the year's maturity; the sound year has been published."""
    with open_warehouse(settings.warehouse) as connection:
        frames = year_frames(connection, 2017, sorted(registry.rules), settings.publication / "current")
    results = validate(rules, frames, registry)
    return {rule_id for rule_id, result in results.items() if not result["success"]}


@pytest.fixture(autouse=True)
def published(root: Settings) -> None:
    """The sound years have been published."""
    publish_sound(root)


def test_every_rule_has_a_planted_fault() -> None:
    assert RULES.keys() - OF_FINDINGS == FAULTS.keys()


def test_a_sound_year_passes_every_rule(root: Settings, registry: Registry) -> None:
    change(root, "delete from marts.fct_findings")
    assert failed(root, list(RULES.values()), registry) == set()


@pytest.mark.parametrize("rule_id", sorted(FAULTS))
def test_rule_catches_its_planted_fault(rule_id: str, root: Settings, registry: Registry) -> None:
    change(root, *FAULTS[rule_id])
    assert failed(root, [RULES[rule_id]], registry) == {rule_id}


def test_every_rule_over_findings_catches_a_finding_of_its_own(root: Settings, registry: Registry) -> None:
    rules = [RULES[rule_id] for rule_id in sorted(OF_FINDINGS)]
    subjects = [rule.subject for rule in rules]
    planted = [
        f"insert into marts.fct_findings select finding_id || '{subject}', report_id, report_year, '{subject}',"
        f" 'warning', indicator_code, expected, actual, message_zh, message_en, reading_ids"
        f" from marts.fct_findings where {REPORT} and finding_id = 'r0y2017f'"
        for subject in subjects
    ]
    change(root, *planted)
    assert failed(root, rules, registry) == OF_FINDINGS


def test_every_rule_that_can_find_something_is_a_caveat_and_no_other_is_said_to_pass(registry: Registry) -> None:
    told = {rule.subject for rule in RULES.values() if rule.frame == "findings"}
    queries = [path.read_text(encoding="utf-8") for path in MODELS.rglob("*.sql")]
    looked_for = {
        rule.rule_id
        for rule in registry.rules.values()
        if rule.height == "document" or any(f"'{rule.rule_id}'" in query for query in queries)
    } | {roll_forward.rule_id for roll_forward in registry.roll_forwards}
    assert told == {rule_id for rule_id in looked_for if registry.rules[rule_id].severity != "info"}
