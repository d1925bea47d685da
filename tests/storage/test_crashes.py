"""Landing and storage end at every step on disk in turn; the next run ends where an uninterrupted one does."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from orchestration.landing.archive import archive
from orchestration.settings import Settings
from orchestration.storage.catalogue import catalogue
from orchestration.storage.originals import landed, original
from orchestration.storage.years import extract_years, mark_handled, mark_modelled
from tests.storage.conftest import INBOX
from tests.storage.crashes import crash, state, steps_of

YEAR = 2017


def take_in(settings: Settings) -> None:
    """What a run does before the warehouse, and what it notes after it."""
    archive(settings)
    catalogue(settings)
    extract_years(settings, [YEAR])
    mark_modelled(settings)
    mark_handled(settings, [YEAR])


@pytest.fixture
def before(tmp_path: Path) -> Settings:
    """A data root that has seen one report, with an inbox in which one has changed, one is new and one is none."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(INBOX / "2017" / "01-a-clean-report.txt", inbox / "a.txt")
    settings = Settings(data_root=tmp_path / "before", inbox=inbox, workers=1, as_of=date(2020, 1, 15))
    take_in(settings)
    shutil.copy(INBOX / "2017" / "02-blanks-and-contradictions.txt", inbox / "a.txt")
    shutil.copy(INBOX / "a-notice-that-is-no-report.txt", inbox)
    return settings


def test_a_run_that_ends_at_any_step_is_made_good_by_the_next(before: Settings, tmp_path: Path) -> None:
    whole = replace(before, data_root=tmp_path / "whole")
    shutil.copytree(before.data_root, whole.data_root)
    number = len(steps_of(lambda: take_in(whole)))
    assert number > 50
    for at in range(number):
        broken = replace(before, data_root=tmp_path / f"broken-{at}")
        shutil.copytree(before.data_root, broken.data_root)
        crash(lambda settings=broken: take_in(settings), at)
        for file in landed(broken):
            assert original(broken, file.document_id).stat().st_size == file.byte_size
        take_in(broken)
        assert state(broken.data_root) == state(whole.data_root), f"step {at}"
        shutil.rmtree(broken.data_root)
