"""A data root whose two years have been judged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.gate.judge import judge
from orchestration.publication.release import publish
from orchestration.settings import Settings
from tests.gate.handmade import build, change, settings_at


@pytest.fixture(scope="session")
def judged_root(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The handmade warehouse with both years judged and passing; not to be changed."""
    settings = settings_at(tmp_path_factory.mktemp("judged") / "data")
    build(settings.warehouse)
    for year in (2017, 2018):
        assert judge(settings, year).passed
    return settings


@pytest.fixture
def root(tmp_path: Path, judged_root: Settings) -> Settings:
    """A copy of it that a test may change and publish."""
    settings = settings_at(tmp_path / "data")
    shutil.copytree(judged_root.data_root, settings.data_root)
    return settings


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of two years, one of them with files in quarantine and hostile words; not to be changed."""
    settings = settings_at(tmp_path_factory.mktemp("folder") / "data")
    build(settings.warehouse)
    change(
        settings,
        "update marts.fct_findings set message_en = '<script>x</script>, \"quoted\"' where report_id = 'r0y2017'",
        "update audit.aud_quarantine set source_uri = 'odd/<b>.txt'",
    )
    for year in (2017, 2018):
        judge(settings, year)
    made = publish(settings).folder
    assert made is not None
    return made
