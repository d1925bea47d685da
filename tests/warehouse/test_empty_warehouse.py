"""A data root with nothing in it builds, with every dbt unit test, into the tables and columns of the contract."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import Build
from .handmade import Built, Extractions

TABLE = re.compile(r"^\*\*(?P<names>(?:dim|fct|bridge|aud)_[a-z_, ]+)\*\* (?P<text>.*)$", re.MULTILINE)

CHINESE, ENGLISH = re.compile("[\u4e00-\u9fff]{2}"), re.compile("[A-Za-z]{3}")


@pytest.fixture(scope="module")
def empty(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("empty")
    Extractions().write(root)
    return build(root, unit_tests=True)


def columns_of_the_contract(contract: str) -> dict[str, list[str]]:
    """Table -> its columns, read from section 5; the wide facts, which it describes in words, have none."""
    found = {}
    for match in TABLE.finditer(contract):
        text = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", match["text"]))
        listed = text.split(":")[1] if text.startswith("one row") else text
        if "," not in match["names"]:
            found[match["names"]] = re.findall(r"[a-z_0-9]+", listed.split(". ")[0])
    return found


def test_it_builds_and_every_unit_test_passes(empty: Built) -> None:
    assert empty.status == 0, empty.printed
    assert re.search(r"\b[2-9]\d unit tests\b", empty.printed)


def test_tables_and_columns_are_those_of_the_contract(empty: Built, shared: Path) -> None:
    contract = columns_of_the_contract((shared / "CONTRACT.md").read_text(encoding="utf-8"))
    assert len(contract) == 13
    for table, columns in contract.items():
        schema = "audit" if table.startswith("aud_") else "marts"
        found = empty.rows(
            "select column_name from duckdb_columns() where schema_name = ? and table_name = ? order by column_index",
            schema,
            table,
        )
        assert [name for (name,) in found] == columns, table


def test_every_table_and_column_of_marts_and_audit_is_described_in_both_languages(empty: Built) -> None:
    comments = empty.rows(
        "select table_name, comment from duckdb_tables() where schema_name in ('marts', 'audit') union all "
        "select table_name || '.' || column_name, comment from duckdb_columns() where schema_name in ('marts', 'audit')"
    )
    assert len(comments) > 250
    one_language = [name for name, comment in comments if not CHINESE.search(comment) or not ENGLISH.search(comment)]
    assert one_language == []


def test_only_the_four_schemas_hold_tables(empty: Built) -> None:
    schemas = empty.rows("select distinct schema_name from duckdb_columns() where database_name = 'warehouse'")
    assert {name for (name,) in schemas} == {"staging", "intermediate", "marts", "audit"}


def test_the_fictional_province_is_not_shown_where_nobody_reports_from_it(empty: Built) -> None:
    assert empty.one("select count(*), count(*) filter (where region_code[:2] = '99') from marts.dim_regions")[1] == 0
