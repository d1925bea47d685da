"""A data root with the handmade warehouse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.settings import Settings
from tests.gate.handmade import add_audits, build, settings_at


@pytest.fixture(scope="session")
def sound_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handmade warehouse with two sound years; not to be changed."""
    path = tmp_path_factory.mktemp("sound") / "warehouse.duckdb"
    build(path)
    add_audits(path)
    return path


@pytest.fixture
def root(tmp_path: Path, sound_warehouse: Path) -> Settings:
    """Settings of a fresh data root whose warehouse holds two sound years."""
    settings = settings_at(tmp_path / "data")
    settings.data_root.mkdir()
    shutil.copy(sound_warehouse, settings.warehouse)
    return settings
