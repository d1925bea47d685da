"""Every landed file is a row: its year, or the reason why it has none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from orchestration.landing.archive import archive
from orchestration.registry.model import Exclusion, Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.model import Extraction
from orchestration.reports.joining import settle_together
from orchestration.settings import Settings
from orchestration.storage import batch
from orchestration.storage.batch import kept_file
from orchestration.storage.catalogue import catalogue, catalogued, documents_file
from orchestration.storage.known import (
    CANDIDATES_NAMED,
    DOCUMENT_EXCLUDED,
    EXTRACTOR_FAILED,
    OPEN_AGENCY,
    ROUTING_CODES,
)
from orchestration.storage.layout import extractions_lock
from orchestration.storage.originals import landed, original
from orchestration.storage.schemas import DOCUMENTS, FINDINGS, READINGS, REPORTS
from orchestration.storage.years import extract_year, year_folder

REPORT = "2017/01-a-clean-report.txt"


def reasons(settings: Settings) -> dict[str, str | None]:
    """The reason code of every file, by path."""
    return {row["source_uri"]: row["reason_code"] for row in catalogued(settings)}


def reports(settings: Settings) -> Iterator[Path]:
    """The files that are reports."""
    return (path for path in sorted(settings.inbox.rglob("*.txt")) if path.parent != settings.inbox)


def with_inbox(settings: Settings, inbox: Path) -> Settings:
    """The same data root with an inbox of its own."""
    inbox.mkdir()
    return replace(settings, inbox=inbox)


def test_every_file_has_a_year_or_a_reason(settings: Settings) -> None:
    summary = catalogue(settings)
    rows = catalogued(settings)
    assert [row["source_uri"] for row in rows] == [file.source_uri for file in landed(settings)]
    for row in rows:
        folder = row["source_uri"].rpartition("/")[0]
        assert (row["reason_code"] is None) == bool(folder)
        assert row["report_year"] == (int(folder) if folder else None)
        assert (row["report_id"] is None) == (row["stage"] is not None) == (not folder)
    assert reasons(settings)["an-empty-file.txt"] == "empty_file"
    assert reasons(settings)["a-notice-that-is-no-report.txt"] == "not_a_report"
    assert {item.source_uri: (bool(item.reason_zh), bool(item.reason_en)) for item in summary.quarantined} == {
        "a-notice-that-is-no-report.txt": (True, True),
        "an-empty-file.txt": (True, True),
    }
    assert sum(summary.years.values()) == len(list(reports(settings)))


def test_the_files_dbt_reads_have_their_schemas(settings: Settings) -> None:
    catalogue(settings)
    assert pq.read_schema(documents_file(settings)).equals(DOCUMENTS)
    for name, schema in (("reports", REPORTS), ("readings", READINGS), ("findings", FINDINGS)):
        path = documents_file(settings).with_name(f"{name}.parquet")
        assert pq.read_schema(path).equals(schema)
        assert pq.read_metadata(path).num_rows == 0


def test_unchanged_documents_are_not_read_again(settings: Settings, tmp_path: Path) -> None:
    first = catalogue(settings)
    before = documents_file(settings).read_bytes()
    second = catalogue(settings)
    assert (first.reused, second.read) == (0, 0)
    assert second.reused == first.read == first.documents
    assert documents_file(settings).read_bytes() == before
    more = with_inbox(settings, tmp_path / "more")
    (more.inbox / "new.txt").write_text("通知", encoding="utf-8")
    archive(more)
    assert catalogue(more).read == 1


def test_who_waited_for_another_catalogue_does_not_undo_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = with_inbox(settings, tmp_path / "more")
    (more.inbox / "new.txt").write_text("通知", encoding="utf-8")

    def after_another(waiting: Settings) -> FileLock:
        monkeypatch.undo()
        archive(more)
        catalogue(more)
        return extractions_lock(waiting)

    monkeypatch.setattr("orchestration.storage.catalogue.extractions_lock", after_another)
    catalogue(settings)
    assert "new.txt" in reasons(settings)


def test_a_copy_is_a_row_and_is_read_once(settings: Settings, tmp_path: Path) -> None:
    copies = with_inbox(settings, tmp_path / "copies")
    shutil.copy(settings.inbox / REPORT, copies.inbox / "zz.txt")
    archive(copies)
    summary = catalogue(copies)
    assert summary.files == summary.documents + 1
    assert reasons(copies)["zz.txt"] is None


def test_a_failure_of_ours_stops_no_other_document_and_is_tried_again(settings: Settings) -> None:
    lost = original(settings, next(file.document_id for file in landed(settings) if file.source_uri == REPORT))
    hidden = lost.rename(lost.with_name("hidden"))
    summary = catalogue(settings)
    assert [failed.work.file_name for failed in summary.failed] == ["01-a-clean-report.txt"]
    assert "FileNotFoundError" in summary.failed[0].error
    assert reasons(settings)[REPORT] == EXTRACTOR_FAILED
    assert sum(summary.years.values()) == len(list(reports(settings))) - 1
    hidden.rename(lost)
    assert catalogue(settings).read == 1
    assert reasons(settings)[REPORT] is None


def test_an_excluded_document_is_set_aside_and_used_by_no_year(
    settings: Settings, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = catalogue(settings)
    row = next(row for row in catalogued(settings) if row["source_uri"] == REPORT)
    document = row["document_id"]
    exclusion = Exclusion(document, "系伪造。", "It is forged.", "公告", "编辑", date(2018, 5, 2))
    excluding = replace(registry, exclusions={document: exclusion})
    monkeypatch.setattr("orchestration.storage.catalogue.load", lambda: excluding)
    summary = catalogue(settings)
    (told,) = [one for one in summary.quarantined if one.source_uri == REPORT]
    assert told.reason_code == DOCUMENT_EXCLUDED and told.report_year == row["report_year"]
    assert told.reason_zh.endswith("系伪造。依据：公告（编辑，2018-05-02）。")
    assert told.reason_en.endswith(" It is forged. Evidence: 公告 (编辑, 2018-05-02).")
    assert sum(summary.years.values()) == sum(before.years.values()) - 1
    monkeypatch.undo()
    catalogue(settings)
    assert reasons(settings)[REPORT] is None


def test_a_year_that_is_not_over_waits_for_its_end(settings: Settings) -> None:
    early = replace(settings, as_of=date(2017, 12, 31))
    catalogue(early)
    assert reasons(early)[REPORT] == "year_not_over"
    summary = catalogue(replace(settings, as_of=date(2018, 1, 1)))
    assert summary.read == 0
    assert reasons(settings)[REPORT] is None


def test_only_what_a_year_will_ask_for_is_kept(settings: Settings) -> None:
    catalogue(settings)
    kept = {path.stem for path in kept_file(settings, "").parent.glob("*.arrow")}
    assert kept == {row["extraction_key"] for row in catalogued(settings) if row["reason_code"] is None}


def test_the_reasons_this_room_gives_are_registered_and_quarantine(registry: Registry) -> None:
    assert all(registry.issue_codes[code].quarantines for code in (*ROUTING_CODES, *OPEN_AGENCY))


def test_a_file_whose_agency_is_open_names_its_candidates(settings: Settings, tmp_path: Path) -> None:
    several = with_inbox(settings, tmp_path / "several")
    text = "{}2016年政府信息公开工作年度报告\n\n一、概述\n2016年主动公开政府信息12条。\n\n2017年2月1日\n"
    (several.inbox / "two-places.txt").write_text(text.format("石桥镇"), encoding="utf-8")
    (several.inbox / "no-agency.txt").write_text(text.format(""), encoding="utf-8")
    archive(several)
    told = {item.source_uri: item for item in catalogue(several).quarantined}
    rows = {row["source_uri"]: row for row in catalogued(several)}
    assert rows["two-places.txt"]["reason_code"] == "agency_ambiguous"
    detail = rows["two-places.txt"]["reason_detail"]
    assert {"云岭省青河市临溪区石桥镇(990101100)", "云岭省青河市白石县石桥镇(990102101)"} <= set(detail.split("; "))
    assert told["two-places.txt"].reason_zh.endswith(f"候选：{detail}。")
    assert told["two-places.txt"].reason_en.endswith(f". Candidates: {detail}.")
    assert rows["no-agency.txt"]["reason_detail"] is None
    assert "候选：" not in told["no-agency.txt"].reason_zh
    assert all(row["reason_detail"] is None for row in rows.values() if row["reason_code"] is None)
    assert catalogue(several).quarantined == tuple(told.values())


def test_a_long_list_of_candidates_is_cut_and_says_so(settings: Settings, tmp_path: Path) -> None:
    many = with_inbox(settings, tmp_path / "many")
    text = "城关镇2017年政府信息公开工作年度报告\n\n一、概述\n2017年主动公开政府信息12条。\n\n2018年2月1日\n"
    (many.inbox / "everywhere.txt").write_text(text, encoding="utf-8")
    archive(many)
    catalogue(many)
    detail = next(row["reason_detail"] for row in catalogued(many) if row["source_uri"] == "everywhere.txt")
    *named, more = detail.split("; ")
    assert len(named) == CANDIDATES_NAMED
    assert more.startswith("… +") and int(more.removeprefix("… +")) > 0


def in_two_files(report: Path) -> dict[str, bytes]:
    """A report as two files, its prose and its table."""
    document = read(report.read_bytes(), report.name)
    start, end = document.tables[0].span.start, document.tables[-1].span.end
    return {
        "正文.txt": (document.text[:start] + document.text[end:]).encode(),
        "附表.txt": document.text[start:end].encode(),
    }


def test_a_report_in_two_files_of_an_archive_is_one_report(settings: Settings, tmp_path: Path) -> None:
    parts = in_two_files(settings.inbox / REPORT)
    own = with_inbox(settings, tmp_path / "bundles")
    with ZipFile(own.inbox / "bundle.zip", "w") as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    archive(own)
    catalogue(own)
    rows = {row["source_uri"]: row for row in catalogued(own) if "!/" in row["source_uri"]}
    prose, table = rows["bundle.zip!/正文.txt"], rows["bundle.zip!/附表.txt"]
    assert prose["report_id"] == table["report_id"] is not None
    assert (prose["main_document_id"], table["main_document_id"]) == (None, prose["document_id"])
    assert table["reason_code"] is None
    extract_year(own, 2017)
    folder = year_folder(own, 2017)
    held = [
        row for row in pq.read_table(folder / "readings.parquet").to_pylist() if row["report_id"] == prose["report_id"]
    ]
    sources = {row["source_kind"]: row["document_id"] for row in held}
    assert sources == {"narrative": prose["document_id"], "table": table["document_id"]}
    before = (folder / "readings.parquet").read_bytes()
    assert catalogue(own).read == 0
    shutil.rmtree(folder)
    extract_year(own, 2017)
    assert (folder / "readings.parquet").read_bytes() == before


def test_a_table_that_nobody_claims_is_set_aside(settings: Settings, tmp_path: Path) -> None:
    parts = in_two_files(settings.inbox / REPORT)
    own = with_inbox(settings, tmp_path / "alone")
    (own.inbox / "附表.txt").write_bytes(parts["附表.txt"])
    archive(own)
    catalogue(own)
    assert reasons(own)["附表.txt"] == "table_alone"


def written(inbox: Path, parts: dict[str, bytes]) -> None:
    """The two files of a report beside each other."""
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / "年报.txt").write_bytes(parts["正文.txt"])
    (inbox / "年报附表.txt").write_bytes(parts["附表.txt"])


def of_the_table(settings: Settings) -> dict[str, tuple[int, int]]:
    """How many readings each main document of 2017 has from a table, and the sum of their values."""
    extract_year(settings, 2017)
    folder = year_folder(settings, 2017)
    mains = {row["report_id"]: row["document_id"] for row in pq.read_table(folder / "reports.parquet").to_pylist()}
    found = dict.fromkeys(mains.values(), (0, 0))
    for row in pq.read_table(folder / "readings.parquet").to_pylist():
        if row["source_kind"] == "table":
            number, total = found[mains[row["report_id"]]]
            found[mains[row["report_id"]]] = (number + 1, total + int(row["value"] or 0))
    return found


def test_a_revised_half_keeps_the_other_half(settings: Settings, tmp_path: Path) -> None:
    parts = in_two_files(settings.inbox / REPORT)
    own = replace(with_inbox(settings, tmp_path / "halves"), data_root=tmp_path / "own")
    written(own.inbox, parts)
    archive(own)
    catalogue(own)
    ((number, total),) = of_the_table(own).values()
    assert number > 20
    written(own.inbox, parts | {"正文.txt": parts["正文.txt"] + "\n特此报告。\n".encode()})
    archive(own)
    catalogue(own)
    assert list(of_the_table(own).values()) == [(number, total)] * 2
    assert set(reasons(own).values()) == {None}
    written(own.inbox, parts | {"附表.txt": parts["附表.txt"].replace(b"0", b"1")})
    archive(own)
    catalogue(own)
    revised = of_the_table(own)
    assert len(revised) == 2 and all(one[1] > total for one in revised.values())
    shutil.rmtree(year_folder(own, 2017))
    assert of_the_table(own) == revised


def test_a_failure_of_ours_on_a_joint_report_is_told(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = in_two_files(settings.inbox / REPORT)
    own = replace(with_inbox(settings, tmp_path / "halves"), data_root=tmp_path / "own")
    written(own.inbox, parts)
    archive(own)

    def fail(parts: Sequence[Document], registry: Registry) -> tuple[Document, Extraction]:
        if len(parts) > 1:
            raise ZeroDivisionError
        return settle_together(parts, registry)

    monkeypatch.setattr(batch, "settle_together", fail)
    summary = catalogue(own)
    assert len(summary.failed) == 1
    assert set(reasons(own).values()) == {EXTRACTOR_FAILED}
    monkeypatch.undo()
    assert not catalogue(own).failed
    assert set(reasons(own).values()) == {None}
