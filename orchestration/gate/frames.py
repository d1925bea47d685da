"""The small frames a year is judged by: counted in DuckDB, each table read once. What is counted is in subjects.py.

Frames `keys`, `references`, `evidence`, `values` and `identity` have one row per subject: subject, checked (rows
looked at), failing (rows at fault), share (failing / checked, 0 where nothing was looked at), examples (up to twenty of
those at fault), table_name, column_name and other_table (what it is about, where that is one place). Frame `coverage`
has the same columns for files, agencies, the year itself and its corrections; further columns there say more of a
subject (coverage.py). Frame `vocabulary` has one row per column and word printed in it: subject, value, rows. Frame
`findings` has one row per rule: subject (the rule), checked (the year's current reports), findings, reports, failing
(the same), share, examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from orchestration.gate.coverage import coverage_frame
from orchestration.gate.subjects import KEYS, SCANS, SUBJECTS, VOCABULARIES, Subject
from orchestration.gate.warehouse import YEAR_TABLES, year_rows

EXAMPLES = 20
"""How many rows at fault are named."""

WORDS = 200
"""How many different words of one column are looked at, the rarest first; no vocabulary is as long."""

COLUMNS = ("subject", "checked", "failing", "share", "examples", "table_name", "column_name", "other_table")

FINDINGS = """
    with current_reports as (select report_id from ({dim_reports}) where is_current),
    found as (
        select * from ({fct_findings})
        where severity <> 'info' and report_id in (select report_id from current_reports)
    )
    select
        rules.rule_id as subject,
        (select count(*) from current_reports) as checked,
        count(f.finding_id) as findings,
        count(distinct f.report_id) as reports,
        count(distinct f.report_id) as failing,
        coalesce(count(distinct f.report_id) / nullif((select count(*) from current_reports), 0), 0.0) as share,
        coalesce(array_to_string(min(f.message_zh, 3), ' '), '') as examples
    from (select unnest($rule_ids) as rule_id) as rules
    left join found as f using (rule_id)
    group by rules.rule_id order by rules.rule_id
"""

Row = Mapping[str, Any]


def year_frames(
    connection: duckdb.DuckDBPyConnection, year: int, rule_ids: list[str], release: Path | None = None
) -> Mapping[str, pd.DataFrame]:
    """Every frame of the year by its name; `connection` has the warehouse as its default catalog.

    `rule_ids` are the rules that frame `findings` counts, `release` the folder of the current release. Raises
    WarehouseError for a missing table.
    """
    rows = {table: year_rows(connection, table) for table in YEAR_TABLES}
    counted = {"keys": pd.DataFrame(list(_keys(connection, year, rows)), columns=list(COLUMNS))}
    found = list(_subjects(connection, year, rows))
    for frame in dict.fromkeys(subject.frame for subject in SUBJECTS):
        counted[frame] = pd.DataFrame([row for name, row in found if name == frame], columns=list(COLUMNS))
    of_year = {"year": year, "rule_ids": rule_ids}
    return {
        **counted,
        "vocabulary": pd.DataFrame(list(_words(connection, year, rows)), columns=["subject", "value", "rows"]),
        "coverage": coverage_frame(connection, year, rows, release),
        "findings": connection.execute(FINDINGS.format(**rows), of_year).df(),
    }


def _row(subject: str, checked: int, failing: int, examples: str, table: str, column: str, other: str) -> Row:
    share = failing / checked if checked else 0.0
    return dict(zip(COLUMNS, (subject, checked, failing, share, examples, table, column, other), strict=True))


def _subjects(connection: duckdb.DuckDBPyConnection, year: int, rows: Mapping[str, str]) -> Iterator[tuple[str, Row]]:
    """The name of a frame and a row of it, for every subject; one query for each scan, and one for what is at fault."""
    by_scan = sorted(SUBJECTS, key=lambda subject: subject.scan)
    for scan, group in groupby(by_scan, key=lambda subject: subject.scan):
        asked, query = list(group), SCANS[scan].format(**rows)
        counts = ", ".join(
            f"count(*) filter (where {one.among}), count(*) filter (where ({one.among}) and ({one.fails}))"
            for one in asked
        )
        found = connection.execute(f"select {counts} from ({query})", {"year": year}).fetchone() or ()
        for number, one in enumerate(asked):
            checked, failing = found[2 * number], found[2 * number + 1]
            examples = _examples(connection, year, one, query) if failing else ""
            yield one.frame, _row(one.name, checked, failing, examples, one.table, one.column, one.other)


def _examples(connection: duckdb.DuckDBPyConnection, year: int, subject: Subject, query: str) -> str:
    """Rows at fault by their name, after the agency that they are of, the first in alphabetical order."""
    named = f"""
        select distinct concat_ws(' · ', r.agency_name_as_printed, cast(broken.example as varchar)) as named
        from (
            select report_id, {subject.example} as example from ({query})
            where ({subject.among}) and ({subject.fails})
        ) as broken
        left join marts.dim_reports as r using (report_id)
        order by named limit {EXAMPLES}"""
    return "; ".join(str(name) for (name,) in connection.execute(named, {"year": year}).fetchall())


def _keys(connection: duckdb.DuckDBPyConnection, year: int, rows: Mapping[str, str]) -> Iterator[Row]:
    """Of each table, the rows whose key is missing or stands twice."""
    for subject, (table, columns) in KEYS.items():
        key, nulls = ", ".join(columns), " or ".join(f"{column} is null" for column in columns)
        counted = connection.execute(
            f"select count(*), count(distinct hash({key})), count(*) filter (where {nulls}) from ({rows[table]})",
            {"year": year},
        ).fetchone()
        checked, different, broken = counted or (0, 0, 0)
        failing, examples = 0, ""
        if broken or different != checked:
            failing, examples = _broken_keys(connection, year, columns, rows[table])
        yield _row(subject, checked, failing, examples, table, key, "")


def _broken_keys(
    connection: duckdb.DuckDBPyConnection, year: int, columns: Iterable[str], rows: str
) -> tuple[int, str]:
    """The number of rows whose key is missing or stands twice, and the first of those keys."""
    names = list(columns)
    nulls = " or ".join(f"{column} is null" for column in names)
    found = connection.execute(
        f"""
        with keys as (
            select concat_ws('/', {", ".join(names)}) as example, count(*) as rows from ({rows})
            group by {", ".join(names)} having count(*) > 1 or {nulls}
        )
        select coalesce(sum(rows), 0)::bigint, array_to_string(min(example, {EXAMPLES}), '; ') from keys""",
        {"year": year},
    ).fetchone()
    failing, examples = found or (0, "")
    return int(failing), examples or ""


def _words(connection: duckdb.DuckDBPyConnection, year: int, rows: Mapping[str, str]) -> Iterator[Row]:
    """Each word of each closed vocabulary with the number of rows that hold it; (null) where a row holds none."""
    for table, columns in VOCABULARIES.items():
        sets = ", ".join(f"({column})" for column in columns)
        held = ", ".join(f"when grouping({column}) = 0 then '{column}'" for column in columns)
        found = connection.execute(
            f"""
            select case {held.replace(", when", " when")} end as held_in,
                   coalesce({", ".join(columns)}, '(null)') as word, count(*) as rows
            from ({rows[table]}) group by grouping sets ({sets})
            qualify row_number() over (partition by held_in order by rows, word) <= {WORDS}
            order by held_in, word""",
            {"year": year},
        ).fetchall()
        for column, word, number in found:
            yield {"subject": f"{table}.{column}", "value": word, "rows": number}
