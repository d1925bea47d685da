"""Going back to a release, letting old ones go, and picking up what an interrupted publication left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from orchestration.gate.judge import judge
from orchestration.publication import release
from orchestration.publication.history import ReleaseError, current_release, prune, releases, use
from orchestration.publication.package import file_hashes
from orchestration.publication.release import publish
from orchestration.publication.verify import verify
from orchestration.settings import Settings
from tests.gate.handmade import change


@pytest.fixture
def three(root: Settings) -> Settings:
    """A data root with three releases."""
    publish(root)
    for days in (1, 2):
        change(root, f"update marts.dim_reports set published_on = signed_on + {days} where report_id = 'r2y2018'")
        assert judge(root, 2018).passed
        assert publish(root).released
    return root


def names(settings: Settings) -> list[str]:
    return [kept.folder.name for kept in releases(settings)]


def test_a_step_back_switches_and_the_next_publication_steps_forward(three: Settings) -> None:
    before = {kept.folder.name: file_hashes(kept.folder) for kept in releases(three)}
    assert use(three, "v2020.01.1").name == "v2020.01.1"
    assert [kept.folder.name for kept in releases(three) if kept.is_current] == ["v2020.01.1"]
    again = publish(three)
    assert again.released and again.release_id == "v2020.01.3"
    assert names(three) == ["v2020.01.1", "v2020.01.2", "v2020.01.3"]
    assert {kept.folder.name: file_hashes(kept.folder) for kept in releases(three)} == before


def test_the_list_says_of_when_and_of_which_years(three: Settings) -> None:
    change(three, "update marts.fct_observations set value = 999 where report_id = 'r1y2017'")
    assert publish(three).stale == (2017,)
    told = [(kept.judged_as_of, kept.years, kept.stale, kept.is_current) for kept in releases(three)]
    assert told[2:] == [
        (date(2020, 1, 15), (2017, 2018), (), False),
        (date(2020, 1, 15), (2017, 2018), (2017,), True),
    ]
    (releases(three)[0].folder / "datapackage.json").write_text("{", encoding="utf-8")
    (releases(three)[0].folder / "verdicts" / "2017.json").write_text("{", encoding="utf-8")
    assert (releases(three)[0].judged_as_of, releases(three)[0].years) == (None, ())


def test_a_damaged_release_is_not_gone_back_to(three: Settings) -> None:
    (three.publication / "releases" / "v2020.01.1" / "coverage.csv").unlink()
    with pytest.raises(ReleaseError, match=r"coverage\.csv is missing"):
        use(three, "v2020.01.1")
    current = current_release(three)
    assert current is not None and current.name == "v2020.01.3"


def test_pruning_keeps_the_newest_and_the_current(three: Settings) -> None:
    use(three, "v2020.01.1")
    assert prune(three, 1) == ["v2020.01.2"]
    assert names(three) == ["v2020.01.1", "v2020.01.3"]
    assert [verify(kept.folder) for kept in releases(three)] == [[], []]
    use(three, "v2020.01.3")
    assert prune(three, 1) == ["v2020.01.1"] and verify(releases(three)[0].folder) == []


def test_the_setting_prunes_after_a_publication(three: Settings) -> None:
    change(three, "update marts.dim_reports set published_on = signed_on + 3 where report_id = 'r2y2018'")
    assert judge(three, 2018).passed
    assert publish(replace(three, keep_releases=2)).release_id == "v2020.01.4"
    assert names(three) == ["v2020.01.3", "v2020.01.4"]


def test_nothing_is_pruned_without_the_setting(three: Settings) -> None:
    publish(three)
    assert len(names(three)) == 3
    with pytest.raises(ValueError, match="at least one"):
        prune(three, 0)


def test_remains_of_a_killed_publication_are_removed(root: Settings) -> None:
    draft = root.publication / "draft-killed" / "csv"
    draft.mkdir(parents=True)
    (draft / "half.csv").write_text("x", encoding="utf-8")
    (root.publication / ".current.0123.part").symlink_to("releases/v2020.01.1")
    publish(root)
    left = {path.name for path in root.publication.iterdir()}
    assert left == {"releases", "current", ".lock"}


def test_a_release_that_never_became_current_becomes_it(root: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(link: Path, target: Path) -> None:
        raise OSError("the power is out")

    with monkeypatch.context() as patch:
        patch.setattr(release, "switch_link", fail)
        with pytest.raises(OSError, match="power"):
            publish(root)
    assert current_release(root) is None and names(root) == ["v2020.01.1"]
    again = publish(root)
    assert again.released and again.release_id == "v2020.01.1" and names(root) == ["v2020.01.1"]
