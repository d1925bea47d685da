"""`python -m orchestration explain`: its account, its refusals, its colours; and that it writes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.__main__ import main

WORDS = (
    "临溪区石桥镇2017年政府信息公开工作年度报告\n\n"
    "2017年，石桥镇主动公开政府信息7条，配置电脑3台。没有收到政府信息公开申请。\n\n2018年2月9日\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "石桥镇.txt"
    path.write_text(WORDS, encoding="utf-8")
    return path


def test_a_person_is_told_what_was_recognised(
    report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    assert main(["explain", str(report)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("石桥镇.txt")
    assert "主动公开政府信息【7】条" in told
    assert "配置电脑【3】台" in told
    assert f"{len(WORDS.encode())} 字节" in told


def test_the_account_takes_the_width_of_the_terminal(
    report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    widths = []
    for asked in ("80", "140"):
        monkeypatch.setenv("COLUMNS", asked)
        main(["explain", str(report)])
        rule = next(line for line in capsys.readouterr().out.splitlines() if line.endswith("---"))
        widths.append(len(rule) + sum(c > "\u2e80" for c in rule))
    assert widths == [80, 140]


@pytest.mark.parametrize(
    ("terminal", "no_colour", "coloured"), [(True, "", True), (True, "1", False), (False, "", False)]
)
def test_colours_only_on_a_terminal_that_wants_them(
    terminal: bool,
    no_colour: str,
    coloured: bool,
    report: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    monkeypatch.setenv("NO_COLOR", no_colour)
    main(["explain", str(report)])
    assert ("\x1b[" in capsys.readouterr().out) == coloured


@pytest.mark.parametrize("name", ["absent.txt", "."])
def test_a_missing_file_or_a_folder_is_one_sentence_and_status_2(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(tmp_path / name)]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert len(caught.err.splitlines()) == 1


def test_nothing_is_written_and_no_heavy_import_is_made(report: Path, tmp_path: Path) -> None:
    words = (
        "import sys; from orchestration.__main__ import main; status = main(['explain', sys.argv[1]]);"
        "heavy = {'dagster', 'pandas', 'pyarrow', 'duckdb', 'great_expectations'} & set(sys.modules);"
        "print(sorted(heavy), file=sys.stderr); sys.exit(status)"
    )
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-B", "-c", words, str(report)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert sorted(tmp_path.rglob("*")) == before
