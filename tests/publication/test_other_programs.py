"""A release in other programs: a data package that frictionless accepts, tables that Calc opens as they are."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FRICTIONLESS = Path(sys.executable).with_name("frictionless")
INTO_CALC = "Text - txt - csv (StarCalc):44,34,76,1,,0,true,false"
"""Calc's import: comma, double quote, UTF-8 (its dialogue offers it for a byte order mark), quoted fields as text."""

CALC = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
"""Calc's export to CSV: comma, double quote, UTF-8, from row 1, figures as they are stored."""


def validated(folder: Path) -> dict[str, Any]:
    """What `frictionless validate` says of the release; its exit status must agree with it."""
    done = subprocess.run(
        [FRICTIONLESS, "validate", "datapackage.json", "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["valid"] is (done.returncode == 0)
    return report


def test_frictionless_accepts_the_release(folder: Path) -> None:
    report = validated(folder)
    assert report["valid"], report["errors"] or [task for task in report["tasks"] if not task["valid"]]
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [task["name"] for task in report["tasks"]] == [resource["name"] for resource in package["resources"]]
    told = {resource["path"] for resource in package["resources"]}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in {".csv", ".parquet"}}
    assert told == found
    assert package["licenses"] and package["sources"]


@pytest.mark.parametrize(
    ("table", "column", "value", "fault"),
    [
        ("fct_observations", "value", "many", "type-error"),
        ("fct_observations", "report_year", "1817", "foreign-key"),
        ("dim_reports", "report_id", "r0y2018", "primary-key"),
        ("dim_reports", "is_current", "perhaps", "type-error"),
        ("aud_coverage", "agency_id", "a9", "foreign-key"),
    ],
)
def test_frictionless_finds_a_planted_fault(
    folder: Path, tmp_path: Path, table: str, column: str, value: str, fault: str
) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["bytes"], resource["hash"]
    (copy / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    path = copy / "csv" / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = value
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    errors = [error["type"] for task in validated(copy)["tasks"] for error in task["errors"]]
    assert fault in errors


def test_frictionless_sees_other_bytes(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    with (copy / "coverage.csv").open("ab") as file:
        file.write(b"\n")
    wrong = [task["name"] for task in validated(copy)["tasks"] if not task["valid"]]
    assert wrong == ["coverage"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Opens tables with Calc, saves them as spreadsheets, and those as CSV again."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice Calc is not installed")
    place = tmp_path_factory.mktemp("calc")

    def convert(kind: str, folder: Path, files: list[Path], *options: str) -> None:
        home = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        subprocess.run(
            [soffice, home, "--headless", *options, "--convert-to", kind, "--outdir", folder, *files],
            check=True,
            capture_output=True,
            timeout=300,
        )

    def open_all(folder: Path) -> Path:
        tables = sorted(path for path in folder.rglob("*.csv"))
        convert("xlsx", place / "xlsx", tables, f"--infilter={INTO_CALC}")
        convert(CALC, place / "back", sorted((place / "xlsx").glob("*.xlsx")))
        return place / "back"

    return open_all


def test_calc_opens_every_table_with_its_chinese_intact(folder: Path, opened: Callable[[Path], Path]) -> None:
    back = opened(folder)
    tables = sorted(path for path in folder.rglob("*.csv"))
    assert len(tables) > len(list((folder / "csv").glob("*.csv"))) and any("zh" in path.name for path in tables)
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            before = list(csv.reader(file))
        with (back / path.name).open(encoding="utf-8-sig", newline="") as file:
            after = list(csv.reader(file))
        assert len(after) == len(before), path.name
        for row, same in zip(after, before, strict=True):
            assert [_same(cell) for cell in row] == [_same(cell) for cell in same], path.name


def _same(cell: str) -> str:
    """A cell as Calc may print it again: dates in its own order, truth in capitals, figures without an empty end."""
    if cell.lower() in {"true", "false"}:
        return cell.lower()
    month, day, year = (*cell.split("/"), "", "")[:3] if cell.count("/") == 2 else ("", "", "")
    if year.isdigit() and month.isdigit() and day.isdigit():
        return f"{int(year) + 2000 if len(year) == 2 else int(year):04}-{int(month):02}-{int(day):02}"
    return cell
