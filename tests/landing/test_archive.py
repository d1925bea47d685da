"""The inbox is copied as it is, once, and never touched."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from orchestration.landing.archive import archive
from orchestration.settings import Settings
from orchestration.storage.layout import LayoutError
from orchestration.storage.originals import landed, original


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh data root and an inbox beside it."""
    (tmp_path / "inbox").mkdir()
    return Settings.read(tmp_path / "data", tmp_path / "inbox", date(2018, 4, 1))


def drop(settings: Settings, path: str, words: str = "甲") -> Path:
    """Put a file in the inbox."""
    target = settings.inbox / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(words, encoding="utf-8")
    return target


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder with its bytes and its time."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_every_file_at_any_depth_lands_once_and_the_inbox_stays_as_it_was(settings: Settings) -> None:
    drop(settings, "甲.txt", "一")
    drop(settings, "a/b/c/乙.txt", "二")
    before = snapshot(settings.inbox)
    summary = archive(settings)
    assert snapshot(settings.inbox) == before
    assert [row.source_uri for row in landed(settings)] == ["a/b/c/乙.txt", "甲.txt"]
    assert summary.files == len(summary.new) == 2
    for row in landed(settings):
        kept = original(settings, row.document_id)
        assert kept.read_bytes() == (settings.inbox / row.source_uri).read_bytes()
        assert hashlib.sha256(kept.read_bytes()).hexdigest() == kept.name == row.document_id
        assert row.byte_size == kept.stat().st_size
        assert not kept.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_a_second_walk_adds_nothing(settings: Settings) -> None:
    drop(settings, "甲.txt")
    archive(settings)
    before = snapshot(settings.landing)
    assert archive(settings).new == ()
    assert snapshot(settings.landing) == before


def test_hidden_temporary_and_lock_files_are_left_aside(settings: Settings) -> None:
    drop(settings, "报告.txt")
    files = {".hidden", "~$报告.docx", ".~lock.报告.odt#", "a.part", "b.crdownload", "c.TMP", "d~", "Thumbs.db"}
    folders = {".git", "__MACOSX"}
    for name in (*files, *(f"{folder}/报告.txt" for folder in folders)):
        drop(settings, name)
    summary = archive(settings)
    assert [row.source_uri for row in landed(settings)] == ["报告.txt"]
    assert set(summary.left_aside) == files | folders


def test_the_same_bytes_under_two_paths_are_one_original(settings: Settings) -> None:
    drop(settings, "一/报告.txt", "同")
    drop(settings, "二/报告.txt", "同")
    archive(settings)
    assert len({row.document_id for row in landed(settings)}) == 1
    assert len(landed(settings)) == 2


def test_other_bytes_under_the_same_path_are_a_second_original(settings: Settings) -> None:
    drop(settings, "报告.txt", "旧")
    archive(settings)
    drop(settings, "报告.txt", "新")
    summary = archive(settings)
    assert len(summary.new) == 1
    words = [original(settings, row.document_id).read_text(encoding="utf-8") for row in landed(settings)]
    assert sorted(words) == ["新", "旧"]


def test_what_has_left_the_inbox_stays_landed(settings: Settings) -> None:
    path = drop(settings, "报告.txt")
    archive(settings)
    path.unlink()
    archive(settings)
    assert [row.source_uri for row in landed(settings)] == ["报告.txt"]


def test_paths_are_composed_whatever_the_file_system_says(settings: Settings) -> None:
    drop(settings, "re\u0301sume\u0301.txt")
    archive(settings)
    assert [row.source_uri for row in landed(settings)] == ["résumé.txt"]


def test_a_row_torn_by_a_crash_is_taken_in_again(settings: Settings) -> None:
    drop(settings, "甲.txt", "一")
    drop(settings, "乙.txt", "二")
    archive(settings)
    manifest = settings.landing / "manifest.jsonl"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[:-7])
    assert len(landed(settings)) == 1
    archive(settings)
    assert sorted(manifest.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_links_to_folders_are_followed_once(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "报告.txt").write_text("甲", encoding="utf-8")
    (settings.inbox / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "loop").symlink_to(settings.inbox / "link")
    (settings.inbox / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    summary = archive(settings)
    assert [row.source_uri for row in landed(settings)] == ["link/报告.txt"]
    assert summary.left_aside == ("nowhere.txt",)


def test_a_data_root_below_the_inbox_is_not_taken_in(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path / "inbox" / "data", tmp_path / "inbox")
    drop(settings, "报告.txt")
    archive(settings)
    archive(settings)
    assert [row.source_uri for row in landed(settings)] == ["报告.txt"]


def test_an_inbox_that_is_no_folder_is_named(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path / "data", tmp_path / "nothing")
    with pytest.raises(NotADirectoryError, match="nothing is no folder"):
        archive(settings)
    assert not settings.data_root.exists()


def test_another_layout_is_refused_before_anything_is_written(settings: Settings) -> None:
    drop(settings, "报告.txt")
    settings.data_root.mkdir()
    (settings.data_root / "VERSION").write_text("0\n", encoding="utf-8")
    with pytest.raises(LayoutError, match="layout '0'"):
        archive(settings)
    assert not settings.landing.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_nobody_may_read_stops_no_other(settings: Settings) -> None:
    drop(settings, "closed.txt").chmod(0)
    drop(settings, "open.txt")
    summary = archive(settings)
    assert [row.source_uri for row in landed(settings)] == ["open.txt"]
    assert [uri for uri, _ in summary.unreadable] == ["closed.txt"]


def test_two_walks_at_once_write_every_row_once(settings: Settings) -> None:
    for number in range(40):
        drop(settings, f"{number}.txt", str(number % 30))
    context = multiprocessing.get_context("spawn")
    walks = [context.Process(target=archive, args=(settings,)) for _ in range(2)]
    for walk in walks:
        walk.start()
    for walk in walks:
        walk.join()
    assert [walk.exitcode for walk in walks] == [0, 0]
    rows = [json.loads(line) for line in (settings.landing / "manifest.jsonl").read_bytes().splitlines()]
    assert len(rows) == len({row["source_uri"] for row in rows}) == 40
    assert not list(settings.landing.rglob("*.part"))
