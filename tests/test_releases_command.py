"""`python -m orchestration releases` and `verify`: what they print, what they refuse, with which exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.__main__ import main
from orchestration.gate.judge import judge
from orchestration.publication.release import publish
from orchestration.settings import Settings
from tests.gate.handmade import build, change, settings_at


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data root with two releases."""
    settings = settings_at(tmp_path_factory.mktemp("releases") / "data")
    build(settings.warehouse)
    for year in (2017, 2018):
        assert judge(settings, year).passed
    publish(settings)
    change(settings, "update marts.dim_reports set published_on = signed_on + 1 where report_id = 'r2y2018'")
    assert judge(settings, 2018).passed
    assert publish(settings).release_id == "v2020.01.2"
    return settings


def told(capsys: pytest.CaptureFixture[str], settings: Settings, *arguments: str) -> tuple[int, str, str]:
    """Exit status, output and complaint of one command on the data root."""
    status = main([*arguments, "--data-root", str(settings.data_root)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_list_marks_the_current_release(root: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(capsys, root, "releases", "list")
    assert status == 0 and [line.split()[0] for line in out.splitlines()] == ["v2020.01.1", "*"]


def test_use_goes_back_and_forth(root: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("v2020.01.1", "v2020.01.2"):
        status, out, _ = told(capsys, root, "releases", "use", name)
        assert status == 0 and name in out
        assert (root.publication / "current").resolve().name == name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("releases", "use", "v2019.01.1"), "there is no release"),
        (("releases", "prune"), "how many releases"),
        (("releases", "prune", "--keep", "0"), "at least one"),
        (("verify", "v2019.01.1"), "is no folder"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    root: Settings, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    status, out, err = told(capsys, root, *arguments)
    assert status == 2 and out == "" and words in err and err.count("\n") == 1


def test_prune_takes_the_number_from_the_setting(
    root: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OGI_KEEP_RELEASES", "2")
    assert told(capsys, root, "releases", "prune")[:2] == (0, "removed: nothing\n")
    monkeypatch.setenv("OGI_KEEP_RELEASES", "0")
    status, _, err = told(capsys, root, "releases", "list")
    assert status == 2 and "at least one release" in err


def test_verify_takes_an_id_a_folder_or_the_current_release(root: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    folder = root.publication / "releases" / "v2020.01.1"
    for arguments in (("v2020.01.1",), (str(folder),), ()):
        status, out, _ = told(capsys, root, "verify", *arguments)
        assert status == 0 and "as it was published" in out


def test_verify_prints_what_is_wrong(root: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    odd = Path(root.publication / "releases" / "v2020.01.1" / "extra.txt")
    odd.write_text("x", encoding="utf-8")
    status, out, _ = told(capsys, root, "verify", "v2020.01.1")
    assert status == 4 and out == "extra.txt is not in SHA256SUMS\n"
    assert told(capsys, root, "releases", "use", "v2020.01.1")[0] == 2
    odd.unlink()
