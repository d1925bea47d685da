"""A data root with a small inbox landed: the reports of two years, and two files that are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orchestration.landing.archive import archive
from orchestration.settings import Settings

INBOX = Path(__file__).resolve().parents[1] / "inbox"


def landed_inbox(root: Path, workers: int = 1) -> Settings:
    """Settings of a fresh data root below `root`, with the inbox landed."""
    settings = Settings(data_root=root / "data", inbox=INBOX, workers=workers, as_of=date(2020, 1, 15))
    archive(settings)
    return settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh data root with the inbox landed."""
    return landed_inbox(tmp_path)
