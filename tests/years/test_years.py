"""The short form: a few years of a few agencies through the whole flow.

Every planted fault is found, nothing else; every figure is the one that was printed; and reports in two files are one.

That two runs give the same bytes is shown by the long form here, and on a small inbox in tests/defs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.years.compared import Compared, compare, table
from tests.years.flow import run, written

YEARS, FAILING = "2017-2021", 2021
REFUSED = 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimens with their truth and a data root after one run."""
    folder = tmp_path_factory.mktemp("years")
    wish = ("--agencies", "8", "--seed", "55", "--struck", "0.6", "--bundles", "0.5", "--failing-year", str(FAILING))
    written(folder, "--years", YEARS, *wish)
    done = run(folder / "reports", folder / "one", "2026-10-01", 2)
    assert done.returncode == REFUSED, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def compared(folder: Path) -> Compared:
    """The release beside the truth."""
    return compare(folder / "truth", folder / "one", [FAILING])


def test_everything_planted_is_found_and_nothing_else(compared: Compared) -> None:
    assert compared.missed == []
    assert compared.wrong == []
    assert compared.planted_found == compared.planted > 0


def test_every_figure_is_the_printed_one(compared: Compared) -> None:
    for figures in (compared.cells, compared.indicators):
        assert figures.wrong == []
        assert figures.missing == []
        assert figures.right > 0


def test_a_report_and_its_table_in_another_file_are_one_report(compared: Compared, folder: Path) -> None:
    apart = [row["attached"] for row in table(folder / "truth", "specimens") if row["attached"]]
    assert {"!/" in address for address in apart} == {True, False}
    assert compared.joined == compared.in_two_files > 0


def test_the_faults_are_of_many_kinds(folder: Path) -> None:
    planted = {line["found_by"] for line in table(folder / "truth", "across_years")}
    assert {"carry_over", "stock_rollforward", "duplicate_report", "aud_quarantine", "aud_coverage"} <= planted
