"""The table of published reports that were read with `explain`: well-formed, and naming mechanisms that exist."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import orchestration
from orchestration.registry.model import Registry

TABLE = Path(__file__).with_name("real_reports.csv")
COLUMNS = ["title", "year", "level", "form", "source", "taught", "mechanism", "defeats"]
LEVELS = {"ministry", "province", "prefecture", "county", "township", "department", "institution", "other"}
FIRST_YEAR, LAST_YEAR = 2008, 2025
ROOMS = {
    "extractions": Path("reports", "extractions"),
    "documents": Path("reports", "documents"),
    "wording": Path("registry", "wording"),
}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with TABLE.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def test_there_are_at_least_sixty_different_reports_sorted_by_year(rows: list[dict[str, str]]) -> None:
    years = [int(row["year"]) for row in rows]
    assert len({row["title"] for row in rows}) == len(rows) >= 60
    assert years == sorted(years)
    assert years[0] >= FIRST_YEAR and years[-1] <= LAST_YEAR


def test_every_row_is_filled_but_for_what_still_defeats_us(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert None not in row and None not in row.values(), row
        assert all(row[column] == row[column].strip() != "" for column in COLUMNS[:-1]), row
        assert "/" not in row["source"], row


def test_levels_and_forms_are_known(rows: list[dict[str, str]], registry: Registry) -> None:
    assert {row["level"] for row in rows} == LEVELS
    assert {row["form"] for row in rows} <= set(registry.templates)


def test_mechanisms_exist(rows: list[dict[str, str]]) -> None:
    package = Path(orchestration.__file__).parent
    for row in rows:
        room, name = row["mechanism"].split("/", 1)
        assert (package / ROOMS[room] / name).is_file(), row
