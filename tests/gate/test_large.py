"""The year that the benchmark judges is sound, whatever its size; what it costs is measured by `make bench`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orchestration.gate.judge import judge
from tests.bench.million import READINGS_OF_A_REPORT, YEAR, build_large
from tests.gate.handmade import settings_at


def test_the_large_year_passes_with_every_rule_judged(tmp_path: Path) -> None:
    settings = settings_at(tmp_path, as_of=date(2023, 1, 1))
    build_large(settings.warehouse, 8 * READINGS_OF_A_REPORT)
    verdict = judge(settings, YEAR)
    assert verdict.passed and verdict.reports == 8
    checked = {rule.rule_id: rule.checked for rule in verdict.expectations}
    assert checked["readings_key_unique"] == checked["value_equals_reading"] == 8 * READINGS_OF_A_REPORT
