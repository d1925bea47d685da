"""The fixed sequence: what each kind of document becomes, ids that hold, codes that are held to their list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import orchestration
from orchestration.registry.model import Registry
from orchestration.reports import extract as sequence
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.extractions.model import Extraction
from orchestration.reports.issues import UnknownIssueCodeError, closed, quarantining

REPORT = """临溪区石桥镇2017年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》，编制本报告。所列数据的统计期限为2017年1月1日至2017年12月31日。

一、主动公开政府信息情况

2017年，石桥镇主动公开政府信息7条。

二、依申请公开政府信息情况

2017年，石桥镇没有收到政府信息公开申请。

临溪区石桥镇人民政府

2018年2月9日

政府信息公开情况统计表

统计指标\t单位\t统计数
一、主动公开情况\t——\t
（一）主动公开政府信息数\t条\t7
其中：主动公开规范性文件数\t条\t0
制发规范性文件总数\t件\t0
（二）通过不同渠道和方式公开政府信息的情况\t——\t
1.政府公报公开政府信息数\t条\t0
2.政府网站公开政府信息数\t条\t7
3.政务微博公开政府信息数\t条\t0
4.政务微信公开政府信息数\t条\t0
5.其他方式公开政府信息数\t条\t0
二、回应解读情况\t——\t
（一）回应公众关注热点或重大舆情数\t次\t0
三、依申请公开情况\t——\t
（一）收到申请数\t件\t0
1.当面申请数\t件\t0
2.传真申请数\t件\t0
3.网络申请数\t件\t0
4.信函申请数\t件\t0
"""


def extracted(text: str, registry: Registry, name: str = "report.txt") -> Extraction:
    return extract(read(text.encode(), name), registry)


def test_a_report_is_identified_and_read(registry: Registry) -> None:
    found = extracted(REPORT, registry)
    assert (found.identity.report_year, found.identity.region_code) == (2017, "990101100")
    assert found.template_id == "national_2014"
    values = {r.cell_id: r.value for r in found.readings if r.source_kind == "table"}
    assert (values["B.1.1"], values["B.3.1"]) == (7.0, 0.0)
    assert {r.source_kind for r in found.readings} == {"table", "narrative"}
    assert found.report_id is not None
    assert found.status == "partial"
    assert "table_truncated" in found.issue_codes
    assert "table_truncated" in [finding.rule_id for finding in found.findings]


def test_values_stand_where_their_offsets_say(registry: Registry) -> None:
    found = extracted(REPORT, registry)
    for reading in found.readings:
        if reading.value_text is not None:
            assert REPORT[reading.char_start : reading.char_end] == reading.value_text


def test_ids_are_unique_and_the_same_every_time(registry: Registry) -> None:
    one, again = extracted(REPORT, registry), extracted(REPORT, registry, "other.txt")
    ids = [r.reading_id for r in one.readings]
    assert len(set(ids)) == len(ids)
    assert all(len(i) == 16 and int(i, 16) >= 0 for i in ids)
    assert ids == [r.reading_id for r in again.readings]
    assert (one.report_id, one.findings) == (again.report_id, again.findings)
    assert len({f.finding_id for f in one.findings}) == len(one.findings)


def test_the_findings_name_readings_of_the_document(registry: Registry) -> None:
    found = extracted(REPORT.replace("当面申请数\t件\t0", "当面申请数\t件\t1"), registry)
    ids = {r.reading_id for r in found.readings}
    assert "sum_of_children" in {f.rule_id for f in found.findings}
    assert all(set(f.readings) <= ids for f in found.findings)


@pytest.mark.parametrize(
    ("data", "status", "issue"),
    [
        (b"", "unreadable", "empty_file"),
        (b" \r\n\t", "unreadable", "empty_file"),
        (bytes(range(256)) * 8, "unreadable", "not_text"),
        (b"{\\rtf1 words}", "unreadable", "unsupported_format"),
        ("今天天气很好，我们去爬山。".encode(), "unmatched", "not_a_report"),
    ],
)
def test_what_is_no_report_has_a_reason_and_no_figures(
    data: bytes, status: str, issue: str, registry: Registry
) -> None:
    found = extract(read(data, "odd.txt"), registry)
    assert found.status == status
    assert issue in found.issue_codes
    assert quarantining(found.issue_codes, registry) is not None
    assert (found.readings, found.findings, found.report_id) == ((), (), None)


def test_a_year_the_registry_does_not_know_is_quarantined(registry: Registry) -> None:
    found = extracted(REPORT.replace("2017年", "2087年").replace("2018年", "2088年"), registry)
    assert found.identity.report_year == 2087
    reason = quarantining(found.issue_codes, registry)
    assert reason is not None
    assert reason.issue_code == "year_outside_registry"


def test_a_report_without_figures_says_so(registry: Registry) -> None:
    words = REPORT.split("一、主动公开")[0] + "一、主动公开政府信息情况\n\n依法公开政府信息，方便群众。\n"
    found = extracted(words, registry)
    assert "no_figures" in found.issue_codes
    assert found.status == "partial"


def test_a_tie_between_forms_is_an_issue(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = sequence.score_templates(read(REPORT.encode(), "report.txt"), registry)
    tied = (scores[0], replace(scores[1], score=scores[0].score), *scores[2:])
    monkeypatch.setattr(sequence, "score_templates", lambda document, registry: tied)
    assert "template_tie" in extracted(REPORT, registry).issue_codes


def test_a_code_that_is_not_registered_is_our_fault_and_loud(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = sequence.TableReading((), None, (), False, ("no_such_code",))
    monkeypatch.setattr(sequence, "read_tables", lambda document, template, registry: table)
    with pytest.raises(UnknownIssueCodeError, match="no_such_code"):
        extracted(REPORT, registry)


def test_codes_are_kept_once_in_order(registry: Registry) -> None:
    assert closed(("repaired", "empty_file", "repaired"), registry) == ("repaired", "empty_file")
    assert quarantining(("repaired",), registry) is None


def test_no_code_of_the_list_is_dead(registry: Registry) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(orchestration.__file__).parent.rglob("*.py"))
    assert [name for name in registry.issue_codes if f'"{name}"' not in code] == []


@pytest.mark.parametrize("cut", range(0, len(REPORT), 97))
def test_a_report_cut_anywhere_is_still_answered(cut: int, registry: Registry) -> None:
    found = extracted(REPORT[:cut], registry)
    assert found.status in ("complete", "partial", "unmatched", "unreadable")
    assert found.status in ("complete", "partial") or found.issue_codes


def test_the_five_reports_are_reports_of_2017(shared: Path, registry: Registry) -> None:
    for path in sorted((shared / "reports").glob("*.txt")):
        found = extract(read(path.read_bytes(), path.name), registry)
        assert found.identity.report_year == 2017
        assert found.status in ("complete", "partial")
        assert quarantining(found.issue_codes, registry) is None
