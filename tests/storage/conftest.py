"""A data root with the bundled samples landed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orchestration.landing.archive import archive
from orchestration.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "orchestration" / "specimens" / "samples"


def landed_samples(root: Path, workers: int = 1) -> Settings:
    """Settings of a fresh data root below `root`, with the samples landed."""
    settings = Settings(data_root=root / "data", inbox=SAMPLES, workers=workers, as_of=date(2020, 1, 15))
    archive(settings)
    return settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh data root with the samples landed."""
    return landed_samples(tmp_path)
