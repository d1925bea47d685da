"""Many documents in several processes: the same outcomes as in one, and no document stops another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.landing.archive import archive
from orchestration.registry.model import Registry
from orchestration.settings import Settings
from orchestration.storage import batch
from orchestration.storage.batch import Failed, Read, Work, kept_file, read_batch
from orchestration.storage.fingerprints import extraction_key
from orchestration.storage.originals import landed


def works(settings: Settings, registry: Registry, times: int = 1) -> list[Work]:
    """The landed files as work, each under as many names."""
    return [
        Work(file.document_id, name, extraction_key(file.document_id, name, registry))
        for number in range(times)
        for file in landed(settings)
        for name in [f"{number}-{file.source_file_name}"]
    ]


def test_processes_and_no_processes_give_the_same(settings: Settings, registry: Registry) -> None:
    todo = works(settings, registry, times=3)
    alone = sorted(read_batch(settings, todo, "test"), key=lambda outcome: outcome.work.key)
    kept = {work.key: kept_file(settings, work.key).read_bytes() for work in todo}
    for work in todo:
        kept_file(settings, work.key).unlink()
    together = sorted(read_batch(replace(settings, workers=2), todo, "test"), key=lambda outcome: outcome.work.key)
    assert together == alone
    assert all(isinstance(outcome, Read) for outcome in alone)
    assert {work.key: kept_file(settings, work.key).read_bytes() for work in todo} == kept


def test_bytes_that_are_gone_are_a_failure(settings: Settings) -> None:
    (outcome,) = read_batch(settings, [Work("0" * 64, "gone.txt", "f" * 64)], "test")
    assert isinstance(outcome, Failed)
    assert "FileNotFoundError" in outcome.error
    assert not kept_file(settings, "f" * 64).exists()


def test_what_does_not_end_is_a_failure(
    settings: Settings, registry: Registry, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    endless = tmp_path / "endless" / "report.txt"
    endless.parent.mkdir()
    endless.write_text("收到政府信息公开申请3件，答复2件。\n" * 30_000, encoding="utf-8")
    archive(replace(settings, inbox=endless.parent))
    (file,) = (file for file in landed(settings) if file.source_file_name == endless.name)
    monkeypatch.setattr(batch, "SECONDS_PER_REPORT", 0.1)
    (outcome,) = read_batch(settings, [Work(file.document_id, endless.name, "f" * 64)], "test")
    assert isinstance(outcome, Failed)
    assert "did not end within" in outcome.error
    monkeypatch.undo()
    others = [work for work in works(settings, registry) if work.document_id != file.document_id]
    assert all(isinstance(outcome, Read) for outcome in read_batch(settings, others, "test"))
