"""A data root of another layout is brought to this one, or refused before anything of it is touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orchestration.settings import Settings
from orchestration.storage import layout
from orchestration.storage.layout import LAYOUT_VERSION, LayoutError, Migration, open_data_root


@pytest.fixture
def root(tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    (data / "old").mkdir(parents=True)
    (data / "old" / "manifest").write_text("one", encoding="utf-8")
    return Settings(data_root=data, inbox=data / "inbox", workers=1, as_of=date(2020, 1, 15))


def version(settings: Settings) -> str:
    return (settings.data_root / "VERSION").read_text(encoding="utf-8").strip()


def rename(folder: Path) -> None:
    """A step that may be run again: old/ becomes landing/."""
    if (folder / "old").exists():
        (folder / "old").rename(folder / "landing")


def extend(folder: Path) -> None:
    """A step that needs the one before it."""
    (folder / "landing" / "manifest").write_text("one\ntwo", encoding="utf-8")


def as_of_layout(monkeypatch: pytest.MonkeyPatch, settings: Settings, found: str, *steps: Migration) -> None:
    (settings.data_root / "VERSION").write_text(f"{found}\n", encoding="utf-8")
    monkeypatch.setattr(layout, "MIGRATIONS", steps)
    monkeypatch.setattr(layout, "LAYOUT_VERSION", "c")


def test_a_new_data_root_has_this_layout(root: Settings) -> None:
    open_data_root(root)
    open_data_root(root)
    assert version(root) == LAYOUT_VERSION


@pytest.mark.parametrize("found", ["0", "2", "", "one"])
def test_a_layout_that_nobody_can_read_is_refused(root: Settings, found: str) -> None:
    (root.data_root / "VERSION").write_text(found, encoding="utf-8")
    with pytest.raises(LayoutError, match="another data root"):
        open_data_root(root)
    assert version(root) == found


def test_data_without_a_version_are_left_alone(root: Settings) -> None:
    root.landing.mkdir()
    with pytest.raises(LayoutError, match=r"VERSION is missing .* another data root"):
        open_data_root(root)
    assert not (root.data_root / "VERSION").exists()


def test_an_older_layout_is_migrated_step_by_step(root: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    as_of_layout(monkeypatch, root, "a", Migration("b", "c", extend), Migration("a", "b", rename))
    open_data_root(root)
    assert version(root) == "c"
    assert (root.data_root / "landing" / "manifest").read_text(encoding="utf-8") == "one\ntwo"


def test_an_interrupted_migration_goes_on_where_it_was(root: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        raise OSError("the disk is full")

    as_of_layout(monkeypatch, root, "a", Migration("a", "b", rename), Migration("b", "c", fail))
    with pytest.raises(OSError, match="full"):
        open_data_root(root)
    assert version(root) == "b"
    monkeypatch.setattr(layout, "MIGRATIONS", (Migration("b", "c", extend),))
    open_data_root(root)
    assert version(root) == "c"


@pytest.mark.parametrize("found", ["a", "x"])
def test_nothing_is_touched_where_no_way_leads_here(
    root: Settings, monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    as_of_layout(monkeypatch, root, found, Migration("a", "b", rename), Migration("b", "a", rename))
    with pytest.raises(LayoutError, match="layout"):
        open_data_root(root)
    assert version(root) == found and (root.data_root / "old").is_dir()
