"""Fingerprints, Parquet and layout: what the reuse of results rests on."""

from __future__ import annotations

import re
import sys
from datetime import date
from importlib.metadata import packages_distributions
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.registry.model import Registry
from orchestration.reports.extractions.model import Finding, Reading
from orchestration.settings import Settings
from orchestration.storage.fingerprints import (
    EXTRACTION_LIBRARIES,
    PROJECT,
    extraction_key,
    extractor_version,
    files_fingerprint,
    passed_days,
)
from orchestration.storage.layout import LAYOUT_VERSION, LayoutError, open_data_root
from orchestration.storage.parquet import read_table, write_if_absent, write_table
from orchestration.storage.schemas import FINDINGS, READINGS

SCHEMA = pa.schema([("name", pa.string()), ("number", pa.int32())])


def test_the_key_of_an_extraction_follows_document_name_and_registry(registry: Registry) -> None:
    key = extraction_key("a" * 64, "报告.txt", registry)
    assert key == extraction_key("a" * 64, "报告.txt", registry)
    assert key != extraction_key("b" * 64, "报告.txt", registry)
    assert key != extraction_key("a" * 64, "报告.pdf", registry)


def test_every_library_that_reads_documents_counts_for_what_is_read() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (PROJECT / "orchestration" / "reports").rglob("*.py")]
    named = {name for source in sources for name in re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE)}
    others = named - sys.stdlib_module_names - {"orchestration"}
    assert {packages_distributions()[name][0] for name in others} == set(EXTRACTION_LIBRARIES)


def test_the_fingerprint_of_files_follows_their_bytes_and_names() -> None:
    code = files_fingerprint("orchestration/reports")
    assert code == files_fingerprint("orchestration/reports")
    assert code != files_fingerprint("orchestration/reports", "orchestration/settings.py")
    assert extractor_version().partition("+")[2]


@pytest.mark.parametrize(
    ("day", "passed"),
    [
        (date(2018, 3, 31), ()),
        (date(2018, 4, 1), ("2018-03-31",)),
        (date(2018, 6, 30), ("2018-03-31",)),
        (date(2018, 7, 1), ("2018-03-31", "2018-06-30")),
    ],
)
def test_a_due_day_has_passed_on_the_day_after(registry: Registry, day: date, passed: tuple[str, ...]) -> None:
    assert passed_days(registry, day, 2017) == passed


def test_equal_tables_are_equal_bytes_however_they_were_put_together(tmp_path: Path) -> None:
    rows = [{"name": "甲", "number": 1}, {"name": None, "number": 2}]
    write_table(tmp_path / "one.parquet", pa.Table.from_pylist(rows, SCHEMA))
    write_table(tmp_path / "two.parquet", pa.concat_tables([pa.Table.from_pylist([row], SCHEMA) for row in rows]))
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert read_table(tmp_path / "one.parquet", SCHEMA).to_pylist() == rows


def test_a_file_of_another_schema_reads_as_empty_and_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    write_table(path, pa.table({"name": ["甲"]}))
    assert read_table(path, SCHEMA).num_rows == 0
    write_if_absent(path, SCHEMA)
    assert pq.read_schema(path).equals(SCHEMA)
    assert read_table(tmp_path / "none.parquet", SCHEMA).equals(SCHEMA.empty_table())


def test_every_field_of_a_reading_and_a_finding_has_its_column() -> None:
    joined = {"box", "negated", "readings"}
    assert set(Reading._fields) - joined <= set(READINGS.names)
    assert set(Finding.__dataclass_fields__) - joined <= set(FINDINGS.names)


def test_a_data_root_is_marked_with_its_layout_and_another_is_refused(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path / "data")
    open_data_root(settings)
    open_data_root(settings)
    assert (settings.data_root / "VERSION").read_text(encoding="utf-8").strip() == LAYOUT_VERSION
    (settings.data_root / "VERSION").write_text("99", encoding="utf-8")
    with pytest.raises(LayoutError, match="another data root"):
        open_data_root(settings)
