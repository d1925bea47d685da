"""`verify` holds a release to what it says of itself: each thing that is not so is one sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.publication.package import write_sums
from orchestration.publication.tables import BOM
from orchestration.publication.verify import DATABASE, lacks, verify


def execute(folder: Path, statement: str) -> None:
    with duckdb.connect(str(folder / DATABASE)) as connection:
        connection.execute(statement)


def replace_in(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def lose(folder: Path, name: str) -> None:
    (folder / name).unlink()


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "table": (lambda f: execute(f, "drop table dim_templates"), f"{DATABASE} has no dim_templates"),
    "view": (lambda f: execute(f, "drop view coverage"), "coverage.report_year of dictionary.csv does not exist"),
    "column": (
        lambda f: execute(f, "alter table dim_templates add column odd text"),
        "dim_templates.odd is not in dictionary.csv",
    ),
    "type": (
        lambda f: execute(f, "alter table dim_templates alter first_report_year type text"),
        "dim_templates.first_report_year is VARCHAR, dictionary.csv says INTEGER",
    ),
    "rows": (
        lambda f: execute(f, "delete from dim_templates"),
        f"parquet/dim_templates has 1 rows, {DATABASE} has 0",
    ),
    "csv": (lambda f: lose(f, "csv/dim_templates.csv"), "csv/dim_templates.csv is missing"),
    "linked": (
        lambda f: replace_in(f, "index.html", 'href="coverage.csv"', 'href="nowhere.csv"'),
        "nowhere.csv is linked and does not exist",
    ),
    "listed": (
        lambda f: replace_in(f, "datapackage.json", '"path": "documents.csv"', '"path": "gone.csv"'),
        "gone.csv is linked and does not exist",
    ),
    "verdict": (lambda f: lose(f, "verdicts/2017.json"), "verdicts/2017.json is missing"),
    "list": (lambda f: lose(f, "known_issues.csv"), "known_issues.csv is missing"),
    "dictionary": (
        lambda f: replace_in(f, "dictionary.csv", "column,dim_templates,title_zh", "column,dim_templates,title"),
        "dim_templates.title_zh is not in dictionary.csv",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_sealed_release_with_a_fault_is_found_out(folder: Path, tmp_path: Path, fault: str) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    plant, sentence = FAULTS[fault]
    plant(copy)
    write_sums(copy, {})
    assert sentence in verify(copy)


def test_a_sound_release_has_no_fault_and_lacks_nothing(folder: Path) -> None:
    assert verify(folder) == [] and lacks(folder) == []
    assert (folder / "dictionary.csv").read_bytes().startswith(BOM)


def test_an_old_release_stays_sound_and_a_new_one_must_be_complete(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    execute(copy, "drop view request_outcomes")
    entries = (copy / "dictionary.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in entries if not line.startswith(("column,request_outcomes", "view,request_outcomes"))]
    (copy / "dictionary.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    write_sums(copy, {})
    assert verify(copy) == []
    assert lacks(copy) == [f"{DATABASE} has no request_outcomes"]
