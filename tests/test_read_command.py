"""`python -m orchestration read`: its object, its summary, its refusals; and that it writes nothing."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orchestration.__main__ import main
from orchestration.registry import load as registry_load
from orchestration.registry.load import load
from orchestration.registry.model import Exclusion

from .reports.extractions import spread

WORDS = (
    "临溪区石桥镇2017年政府信息公开工作年度报告\n\n"
    "2017年，石桥镇主动公开政府信息7条。没有收到政府信息公开申请。\n\n2018年2月9日\n"
)

ONE_COLUMN = Path(__file__).with_name("inbox") / "2017" / "02-blanks-and-contradictions.txt"
NEW_REQUESTS = "requests_received_count"
IDENTITY = {
    "report_id", "agency_id", "agency_name", "agency_name_as_printed", "report_year", "template_id",
    "template_variant", "document_id", "source_file_name", "source_uri", "media_type", "title", "document_number",
    "period_start", "period_end", "published_on", "signed_on", "due_on", "timeliness", "region_resolution",
    "region_code", "is_current", "status", "extractor_version", "agency_level",
}  # fmt: skip
READING = {
    "reading_id", "report_id", "document_id", "report_year", "source_kind", "indicator_code", "category",
    "applicant_type", "period_basis", "scope", "value", "unit", "value_status", "value_text", "unit_text",
    "label_text", "snippet", "recognition", "issue_codes", "page", "bbox_x0", "bbox_y0", "bbox_x1", "bbox_y1",
    "line", "char_start", "char_end", "table_no", "row_no", "column_no",
}  # fmt: skip
FINDING = {
    "finding_id", "report_id", "report_year", "rule_id", "severity", "indicator_code", "expected", "actual",
    "message_zh", "message_en", "reading_ids",
}  # fmt: skip


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "石桥镇.txt"
    path.write_text(WORDS, encoding="utf-8")
    return path


def objects(capsys: pytest.CaptureFixture[str], *files: Path) -> list[dict[str, Any]]:
    assert main(["read", "--json", *map(str, files)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_object_has_every_field_of_the_contract(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = objects(capsys, report)
    assert found["document"] == "石桥镇.txt"
    assert len(found["document_id"]) == 64
    assert set(found["identity"]) == IDENTITY
    assert found["readings"]
    assert all(set(reading) == READING for reading in found["readings"])
    assert found["findings"]
    assert all(set(finding) == FINDING for finding in found["findings"])


def test_an_excluded_document_is_told_first_and_its_object_is_the_same(
    report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = objects(capsys, report)
    why = Exclusion(before[0]["document_id"], "此件系伪造。", "A forgery.", "函〔2020〕1号", "王某", date(2026, 11, 22))
    known = replace(load(), exclusions={why.document_id: why})
    monkeypatch.setattr(registry_load, "load", lambda: known)
    assert objects(capsys, report) == before
    assert main(["read", str(report)]) == 0
    second = capsys.readouterr().out.splitlines()[1]
    assert second.startswith("  不入库  文件已登记为不得使用（exclusions.csv）")
    assert second.endswith("理由：此件系伪造。依据：函〔2020〕1号（王某，2026-11-22）。")


def test_days_are_iso_and_the_due_day_is_told(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = objects(capsys, report)
    identity = found["identity"]
    assert identity["signed_on"] == "2018-02-09"
    assert identity["due_on"].startswith("2018-")
    assert (identity["timeliness"], identity["is_current"]) == ("unknown", None)


def test_one_object_for_each_file_whatever_it_is(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "other.txt").write_text("会议纪要：讨论绿化。", encoding="utf-8")
    found = objects(capsys, tmp_path / "empty.txt", report, tmp_path / "other.txt")
    assert [f["status"] for f in found][::2] == ["unreadable", "unmatched"]
    assert [f["readings"] for f in found][::2] == [[], []]
    assert found[0]["issue_codes"] == ["empty_file"]


def test_a_figure_of_several_columns_is_told_with_the_heads_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(spread.text(spread.report(load().templates["national_2021"]), spread.tab_rows))
    (found,) = objects(capsys, path)
    assert main(["read", str(path)]) == 0
    told = capsys.readouterr().out
    by_id = {one["reading_id"]: one for one in found["readings"]}
    seen = [by_id[one] for finding in found["findings"] for one in finding["reading_ids"]]
    outcome = next(one for one in seen if one["label_text"] not in one["snippet"])
    assert f"第{outcome['line']}行  {outcome['label_text']}  {outcome['value']:g}件  “" in told
    for applicant_type in ("total", "natural_person"):
        one = next(r for r in seen if r["applicant_type"] == applicant_type and r["indicator_code"] == NEW_REQUESTS)
        head = load().applicant_types[applicant_type]
        assert f"第{one['line']}行  {head}  {one['value']:g}件  “{one['label_text']}" in told
    assert main(["read", str(ONE_COLUMN)]) == 0
    assert "行  70条  “2.政府网站公开政府信息数 条 70”" in capsys.readouterr().out


def test_the_summary_tells_a_person_in_chinese(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(report)]) == 0
    told = capsys.readouterr().out
    assert "临溪区石桥镇" in told
    assert "2017" in told
    assert "发现" in told


def test_a_missing_file_is_one_sentence_and_status_2(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(report), str(tmp_path / "absent.txt")]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert "absent.txt" in caught.err
    assert len(caught.err.splitlines()) == 1


def test_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_nothing_is_written_and_no_heavy_import_is_made(report: Path, tmp_path: Path) -> None:
    words = (
        "import sys; from orchestration.__main__ import main; status = main(['read', '--json', sys.argv[1]]);"
        "heavy = {'dagster', 'pandas', 'pyarrow', 'duckdb', 'great_expectations'} & set(sys.modules);"
        "print(sorted(heavy), file=sys.stderr); sys.exit(status)"
    )
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-B", "-c", words, str(report)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert sorted(tmp_path.rglob("*")) == before


def test_every_graded_finding_of_the_gold_is_seen_and_few_others(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (shared / "gold" / "findings.csv").open(encoding="utf-8", newline="") as file:
        gold = [row for row in csv.DictReader(file) if row["document"].endswith(".txt") and row["rule_id"]]
    seen = {f["document"]: f["findings"] for f in objects(capsys, *sorted((shared / "reports").glob("*.txt")))}
    graded = {(row["document"], row["rule_id"]) for row in gold if row["graded"] == "yes"}
    known = {(row["document"], row["rule_id"]) for row in gold}
    found = {(document, f["rule_id"]) for document, findings in seen.items() for f in findings}
    loud = {(d, f["rule_id"]) for d, findings in seen.items() for f in findings if f["severity"] != "info"}
    assert graded <= found
    assert len(loud & known) >= 0.9 * len(loud)


def test_every_rule_and_severity_is_of_the_registry(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = load().rules
    for found in objects(capsys, *sorted((shared / "reports").glob("*.txt"))):
        assert all(f["rule_id"] in rules and f["severity"] in ("error", "warning", "info") for f in found["findings"])
