"""The content hash: it moves with every judged value of its year and with nothing else."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.gate.content import content_hash
from orchestration.gate.warehouse import YEAR_TABLES, columns_of, open_warehouse
from orchestration.settings import Settings
from tests.gate.handmade import change

OTHER = {
    "VARCHAR": "'other'",
    "VARCHAR[]": "['other']",
    "BOOLEAN": "not coalesce({}, false)",
    "DATE": "coalesce({}, cast('2001-01-01' as date)) + 1",
    "INTEGER": "77",
    "DOUBLE": "77.5",
}
"""Another value for a column, by its type."""


def hashed(settings: Settings, year: int = 2017) -> str:
    """The content hash of a year as the warehouse stands."""
    with open_warehouse(settings.warehouse) as connection:
        return content_hash(connection, year)


@pytest.mark.parametrize("table", YEAR_TABLES)
def test_every_column_of_every_judged_table_counts(root: Settings, table: str) -> None:
    place = f"{YEAR_TABLES[table]}.{table}"
    with duckdb.connect(str(root.warehouse)) as connection:
        connection.execute("update audit.aud_quarantine set report_year = 2017")
        names = [
            name for name in columns_of(connection, table) if name not in {"report_id", "report_year", "published"}
        ]
        types = dict(connection.execute(f"select column_name, column_type from (describe {place})").fetchall())
        mine = "report_year = 2017" if "report_year" in types else "report_id like '%2017'"
        for name in names:
            before = content_hash(connection, 2017)
            connection.execute(f"update {place} set {name} = {OTHER[types[name]].format(name)} where {mine}")
            assert content_hash(connection, 2017) != before, f"{place}.{name}"


@pytest.mark.parametrize(
    "statement",
    [
        "update marts.dim_agencies set agency_name = 'other'",
        "insert into marts.dim_report_years values (2030, null, null, null, null)",
        "update marts.dim_report_years set maturity = 'final', verdict = 'passed'",
        "update marts.fct_observations set value = 7 where report_year = 2018",
        "delete from marts.dim_reports where report_year = 2018",
        "update audit.aud_coverage set published = true",
        "update audit.aud_quarantine set reason_code = 'other'",
    ],
)
def test_nothing_else_counts(root: Settings, statement: str) -> None:
    before = hashed(root)
    change(root, statement)
    assert hashed(root) == before


def test_the_order_of_rows_does_not_count(root: Settings) -> None:
    before = hashed(root)
    change(
        root,
        "create table marts.turned as select * from marts.fct_readings order by reading_id desc",
        "drop table marts.fct_readings",
        "alter table marts.turned rename to fct_readings",
    )
    assert hashed(root) == before


def test_null_empty_and_shifted_words_differ(root: Settings) -> None:
    seen = set()
    for label, snippet in (("null", "null"), ("''", "null"), ("null", "''"), ("'a'", "'b'"), ("'ab'", "''")):
        change(root, f"update marts.fct_readings set label_text = {label}, snippet = {snippet}")
        seen.add(hashed(root))
    assert len(seen) == 5


def test_a_row_more_counts_even_if_it_repeats_another(root: Settings) -> None:
    before = hashed(root)
    change(root, "insert into marts.fct_findings select * from marts.fct_findings where finding_id = 'r0y2017f'")
    assert hashed(root) != before
