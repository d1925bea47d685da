"""`python -m orchestration explain`: its account, its refusals, its colours; and that it writes nothing."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from orchestration.__main__ import main
from orchestration.registry import load as registry
from orchestration.registry.model import Correction, Exclusion

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


def test_every_member_of_an_archive_is_told_its_own_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = [WORDS, WORDS.replace("石桥镇", "青岩乡人民政府")]
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.txt", text)
    assert main(["explain", str(tmp_path / "two.zip")]) == 0
    sizes = re.findall(r"(\d+) 字节", capsys.readouterr().out)
    assert sizes == [str(len(text.encode())) for text in texts]


def test_a_correction_of_the_registry_is_told_beside_what_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "财政部.txt"
    path.write_text("财政部2017年政府信息公开工作年度报告\n\n2017年，我部主动公开政府信息7条。\n", encoding="utf-8")
    known = registry.load()
    agency = next(one for one in known.agencies if one.agency_name == "财政部")
    indicator = known.indicators["proactive_info_count"]

    def correction(year: int, value: float | None, reason: str, expected: float | None = 7) -> Correction:
        action = "withdraw" if value is None else "replace"
        day = date(2026, 11, 22)
        return Correction(
            agency.agency_key,
            year,
            indicator.indicator_code,
            "total",
            "year",
            expected,
            action,
            value,
            reason,
            "证",
            "王某",
            day,
        )

    corrected = (correction(2017, 17, "漏印一字"), correction(2017, None, "无从查证"), correction(2016, 8, "不该说到"))
    monkeypatch.setattr(registry, "load", lambda: replace(known, corrections=corrected))
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["explain", str(path)]) == 0
    told = capsys.readouterr().out
    unit = indicator.unit
    assert f"{indicator.name_zh}：应印为7{unit}，更正为17{unit}；理由：漏印一字" in told
    assert f"应印为7{unit}，不发布数值；理由：无从查证" in told
    assert "不该说到" not in told
    assert "2项，与原文相符，发布时采用" in told
    assert "不会采用" not in told

    corrected = (
        correction(2017, 17, "漏印一字"),
        correction(2017, 9, "另有所指", 6),
        correction(2017, 5, "漏填", None),
    )
    monkeypatch.setattr(registry, "load", lambda: replace(known, corrections=corrected))
    assert main(["explain", str(path)]) == 0
    told = "".join(capsys.readouterr().out.split())
    assert "3项，其中2项与原文不符，不会采用" in told
    assert f"应印为7{unit}，更正为17{unit}；理由：漏印一字" in told
    assert f"应印为6{unit}，而此处印为7{unit}，不会采用，此件若是现行报告，该年度将被拒绝发布" in told
    assert f"应印为空白，而此处印为7{unit}，不会采用" in told


def test_an_excluded_document_is_told_first(
    report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = registry.load()
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["explain", str(report)]) == 0
    assert "不入库" not in capsys.readouterr().out
    document_id = sha256(WORDS.encode()).hexdigest()
    why = Exclusion(document_id, "此件系伪造。", "A forgery.", "函〔2020〕1号", "王某", date(2026, 11, 22))
    monkeypatch.setattr(registry, "load", lambda: replace(known, exclusions={document_id: why}))
    assert main(["explain", str(report)]) == 0
    second = capsys.readouterr().out.splitlines()[1]
    assert second.startswith("  不入库：文件已登记为不得使用（exclusions.csv）")
    assert "理由：此件系伪造。依据：函〔2020〕1号（王某，2026-11-22）。" in second


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
