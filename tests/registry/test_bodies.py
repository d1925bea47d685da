"""reorganisations.csv: what it must not say of one body."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.registry.load import load
from orchestration.registry.model import Registry
from tests.registry.copied import Copy

HEAD = "old_body,new_body,year,kind,source"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (["甲局,乙局,2008,renamed,决定", "甲局,丙局,2018,renamed,决定"], "甲局 is renamed at line 2 already."),
        (
            ["甲局,乙局,2018,renamed,决定", "丙局,乙局,2018,merged,决定"],
            "乙局 is what others were merged into at line 3.",
        ),
        (["甲局,乙局,2018,renamed,决定", "乙局,丙局,2008,renamed,决定"], "乙局 is renamed before it came to be"),
        (["甲局,乙局,2018,split,决定"], "kind"),
        (["甲局,乙局,2018,renamed,"], "source is empty"),
        (["甲局,乙局,18,renamed,决定"], "year"),
    ],
)
def test_a_fault_in_reorganisations_is_said(tmp_path: Path, rows: list[str], fault: str) -> None:
    copy = Copy(tmp_path)
    copy.write("reorganisations", [HEAD, *rows])
    assert any(fault in said for said in copy.faults()), copy.faults()


def test_what_was_merged_may_be_renamed_later(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.write("reorganisations", [HEAD, "甲局,乙局,2013,merged,决定", "乙局,丙局,2018,renamed,决定"])
    assert len(load(copy.root).reorganisations) == 2


def test_every_row_names_the_decision_behind_it(registry: Registry) -> None:
    assert {r.kind for r in registry.reorganisations} == {"renamed", "merged"}
    for row in registry.reorganisations:
        assert str(row.year)[:3] in row.source, row
