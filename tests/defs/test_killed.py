"""A run that is killed leaves the release whole, and the next run ends as if nothing had happened."""

from __future__ import annotations

from pathlib import Path

from tests.defs.killed import try_moments


def test_a_killed_run_loses_nothing(tmp_path: Path) -> None:
    assert try_moments(tmp_path, number=2, seed=7) == []
