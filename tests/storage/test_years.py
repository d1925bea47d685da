"""A year's tables hold what was read from its documents, the same bytes every time; a change is noticed."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.landing.archive import archive
from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.settings import Settings
from orchestration.storage.batch import kept_file
from orchestration.storage.catalogue import catalogue, catalogued, documents_file
from orchestration.storage.originals import landed, original
from orchestration.storage.parquet import write_table
from orchestration.storage.schemas import DOCUMENTS
from orchestration.storage.years import (
    TABLES,
    ExtractionError,
    arrivals,
    extract_year,
    extract_years,
    mark_handled,
    mark_modelled,
    year_folder,
    years_changed,
)
from tests.storage.conftest import landed_inbox

YEARS = (2016, 2017)


def tables(settings: Settings, year: int) -> dict[str, pa.Table]:
    """The three tables of a year as they stand on disk."""
    return {name: pq.read_table(year_folder(settings, year) / f"{name}.parquet", partitioning=None) for name in TABLES}


def all_bytes(settings: Settings) -> dict[str, bytes]:
    """Every Parquet file of extractions/, by path."""
    files = sorted(settings.extractions.rglob("*.parquet"))
    return {str(path.relative_to(settings.extractions)): path.read_bytes() for path in files}


def brought_up(settings: Settings) -> Settings:
    """The settings, after every year has been extracted and noted as handled."""
    catalogue(settings)
    extract_years(settings, YEARS)
    mark_modelled(settings)
    mark_handled(settings, YEARS)
    return settings


def one_more(settings: Settings, inbox: Path) -> Settings:
    """The same data root with an inbox of its own that holds one more report of 2016."""
    inbox.mkdir()
    words = (settings.inbox / "2016" / "04-prose-only.txt").read_text(encoding="utf-8")
    (inbox / "again.txt").write_text(words + "\n", encoding="utf-8")
    return replace(settings, inbox=inbox)


def taken_in(settings: Settings) -> Settings:
    """The settings, after what lies in their inbox has been landed and catalogued."""
    archive(settings)
    catalogue(settings)
    return settings


def forget_all(settings: Settings) -> None:
    """Write a catalogue without a document."""
    write_table(documents_file(settings), DOCUMENTS.empty_table())


def test_the_rows_are_what_the_library_read(settings: Settings, registry: Registry) -> None:
    catalogue(settings)
    summary = extract_year(settings, 2017)
    found = tables(settings, 2017)
    read_now = {}
    for path in sorted((settings.inbox / "2017").iterdir()):
        extraction = extract(read(path.read_bytes(), path.name), registry)
        read_now[extraction.document_id] = extraction
    assert {row["document_id"] for row in found["reports"].to_pylist()} == set(read_now)
    assert summary.reports == len(read_now)
    assert summary.readings == sum(len(one.readings) for one in read_now.values()) == found["readings"].num_rows
    assert sum(summary.findings.values()) == sum(len(one.findings) for one in read_now.values())
    for row in found["reports"].to_pylist():
        extraction = read_now[row["document_id"]]
        assert row["report_id"] == extraction.report_id
        assert row["agency_name"] == extraction.identity.agency_name
        assert row["signed_on"] == extraction.identity.signed_on
        assert row["issue_codes"] == list(extraction.issue_codes)
    by_id = {reading.reading_id: (reading, one) for one in read_now.values() for reading in one.readings}
    for row in found["readings"].to_pylist():
        reading, extraction = by_id[row["reading_id"]]
        same = ("source_kind", "indicator_code", "value", "unit", "value_status", "value_text", "line", "cell_id")
        assert [row[name] for name in same] == [getattr(reading, name) for name in same]
        assert (row["report_id"], row["document_id"]) == (extraction.report_id, extraction.document_id)
        assert (row["bbox_x0"] is None) == (reading.box is None)


def test_the_bytes_depend_on_nothing_but_documents_registry_and_code(tmp_path: Path) -> None:
    one = brought_up(landed_inbox(tmp_path / "one"))
    files = sorted(one.inbox.rglob("*.txt"))
    random.Random(7).shuffle(files)
    other = replace(one, data_root=tmp_path / "other", inbox=tmp_path / "inbox", workers=3)
    for path in files:
        target = other.inbox / path.relative_to(one.inbox)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
        archive(other)
        catalogue(other)
        extract_years(other, YEARS)
    assert all_bytes(one) == all_bytes(other)


def test_rows_of_unchanged_documents_are_taken_over(settings: Settings) -> None:
    catalogue(settings)
    assert [summary.taken for summary in extract_years(settings, YEARS)] == [3, 2]
    before = all_bytes(settings)
    assert not list(kept_file(settings, "").parent.glob("*.arrow"))
    assert [summary.taken for summary in extract_years(settings, YEARS)] == [0, 0]
    assert all_bytes(settings) == before


def test_what_is_no_longer_kept_is_read_again(settings: Settings) -> None:
    catalogue(settings)
    extract_year(settings, 2017)
    before = all_bytes(settings)
    shutil.rmtree(year_folder(settings, 2017))
    assert extract_year(settings, 2017).taken == 2
    assert all_bytes(settings) == before


def test_a_failure_of_ours_in_a_year_is_raised_and_leaves_it_as_it_was(settings: Settings) -> None:
    catalogue(settings)
    extract_year(settings, 2017)
    shutil.rmtree(year_folder(settings, 2017))
    lost = next(file for file in landed(settings) if file.source_uri.startswith("2017/"))
    original(settings, lost.document_id).unlink()
    with pytest.raises(ExtractionError, match=lost.source_file_name):
        extract_year(settings, 2017)
    assert not (year_folder(settings, 2017) / "reports.parquet").exists()


def test_a_year_that_lost_its_documents_is_written_empty(settings: Settings) -> None:
    catalogue(settings)
    extract_year(settings, 2017)
    forget_all(settings)
    summary = extract_year(settings, 2017)
    assert (summary.reports, summary.readings, dict(summary.findings)) == (0, 0, {})
    for name, (schema, _) in TABLES.items():
        found = tables(settings, 2017)[name]
        assert found.num_rows == 0
        assert found.schema.equals(schema)


def test_a_table_of_an_older_schema_is_written_anew(settings: Settings) -> None:
    catalogue(settings)
    extract_year(settings, 2017)
    before = all_bytes(settings)
    path = year_folder(settings, 2017) / "reports.parquet"
    write_table(path, pq.read_table(path, partitioning=None).drop_columns(["title"]))
    assert extract_year(settings, 2017).taken == 2
    assert all_bytes(settings) == before


def test_handled_years_have_not_changed(settings: Settings) -> None:
    catalogue(settings)
    assert years_changed(settings) == YEARS
    brought_up(settings)
    assert years_changed(settings) == ()


def test_a_new_document_changes_its_year_alone(settings: Settings, tmp_path: Path) -> None:
    brought_up(settings)
    more = taken_in(one_more(settings, tmp_path / "more"))
    assert years_changed(more) == (2016,)
    assert arrivals(more, YEARS) == {2016: ("again.txt",), 2017: ()}


def test_what_arrives_after_the_extraction_is_not_handled_with_it(settings: Settings, tmp_path: Path) -> None:
    catalogue(settings)
    extract_years(settings, YEARS)
    mark_modelled(settings)
    more = taken_in(one_more(settings, tmp_path / "more"))
    mark_handled(more, YEARS)
    assert years_changed(more) == (2016,)
    assert arrivals(more, [2016]) == {2016: ("again.txt",)}
    assert brought_up(more) and years_changed(more) == ()


def test_what_is_extracted_after_the_models_were_built_is_not_handled_with_them(
    settings: Settings, tmp_path: Path
) -> None:
    catalogue(settings)
    extract_years(settings, YEARS)
    mark_modelled(settings)
    more = taken_in(one_more(settings, tmp_path / "more"))
    extract_years(more, YEARS)
    mark_handled(more, YEARS)
    assert years_changed(more) == (2016,)
    mark_modelled(more)
    mark_handled(more, YEARS)
    assert years_changed(more) == ()


def test_a_year_of_which_a_part_was_written_is_not_modelled(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(path: Path, table: pa.Table) -> None:
        raise OSError(f"no space left for {path.name}")

    brought_up(settings)
    monkeypatch.setattr("orchestration.storage.years.write_table", full_disk)
    with pytest.raises(OSError, match="no space left"):
        extract_year(settings, 2017)
    mark_modelled(settings)
    mark_handled(settings, YEARS)
    assert years_changed(settings) == (2017,)


def test_a_file_without_a_year_counts_with_the_newest(settings: Settings, tmp_path: Path) -> None:
    brought_up(settings)
    more = replace(settings, inbox=tmp_path / "more")
    more.inbox.mkdir()
    (more.inbox / "notice.txt").write_text("停水通知", encoding="utf-8")
    archive(more)
    catalogue(more)
    assert years_changed(more) == (2017,)


def test_a_year_that_lost_its_documents_has_changed(settings: Settings) -> None:
    brought_up(settings)
    forget_all(settings)
    assert years_changed(settings) == YEARS


@pytest.mark.parametrize(
    ("day", "changed"),
    [
        (date(2020, 1, 16), ()),
        (date(2018, 6, 30), (2017,)),
        (date(2018, 3, 31), (2017,)),
        (date(2017, 6, 30), YEARS),
    ],
)
def test_another_day_changes_the_years_whose_maturity_it_changes(
    settings: Settings, day: date, changed: tuple[int, ...]
) -> None:
    brought_up(settings)
    assert years_changed(replace(settings, as_of=day)) == changed


def test_the_catalogue_knows_what_has_arrived_until_the_year_takes_it(settings: Settings) -> None:
    catalogue(settings)
    expected = tuple(row["source_uri"] for row in catalogued(settings) if row["report_year"] == 2017)
    assert arrivals(settings, [2017, 2015]) == {2015: (), 2017: expected}
    extract_year(settings, 2017)
    assert arrivals(settings, [2017]) == {2017: ()}
