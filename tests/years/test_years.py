"""The short form: a few years of a few agencies through the whole flow; every planted fault is found, nothing else.

That two runs give the same bytes is shown by the long form here, and on a small inbox in tests/defs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.years.compared import compare, table
from tests.years.flow import run, written

YEARS, FAILING = "2017-2021", 2021
REFUSED = 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimens with their truth and a data root after one run."""
    folder = tmp_path_factory.mktemp("years")
    wish = ("--agencies", "8", "--seed", "18", "--struck", "0.6", "--failing-year", str(FAILING))
    written(folder, "--years", YEARS, *wish)
    done = run(folder / "reports", folder / "one", "2026-10-01", 2)
    assert done.returncode == REFUSED, done.stdout + done.stderr
    return folder


def test_everything_planted_is_found_and_nothing_else(folder: Path) -> None:
    compared = compare(folder / "truth", folder / "one", [FAILING])
    assert compared.missed == []
    assert compared.wrong == []
    assert compared.planted_found == compared.planted > 0


def test_the_faults_are_of_many_kinds(folder: Path) -> None:
    planted = {line["found_by"] for line in table(folder / "truth", "across_years")}
    assert {"carry_over", "stock_rollforward", "duplicate_report", "aud_quarantine", "aud_coverage"} <= planted
