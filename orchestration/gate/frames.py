"""The small frames a year is judged by: counted in DuckDB, each table read once. What is counted is in subjects.py.

Frames `keys`, `references`, `evidence`, `values` and `identity` have one row per subject: subject, checked (rows
looked at), failing (rows at fault), share (failing / checked, 0 where nothing was looked at), examples (up to twenty
different ones of those at fault, a line each, with agency and file), examples_in_all (how many different ones there
are), table_name, column_name and other_table (what it is about, where that is one place). Frame `coverage` has the same
columns for files, agencies, the year itself and its corrections; further columns there say more of a subject
(coverage.py). Frame `vocabulary` has one row per column and word printed in it: subject, value, rows. Frame `findings`
has one row per rule: subject (the rule), checked (the year's current reports), findings, reports, failing (the same),
share, examples_in_all, and instead of examples the sentences of the findings, examples_zh and examples_en.
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

COLUMNS = (
    "subject",
    "checked",
    "failing",
    "share",
    "examples",
    "examples_in_all",
    "table_name",
    "column_name",
    "other_table",
)

FINDINGS = """
    with current_reports as (
        select report_id, agency_name_as_printed, source_uri from ({dim_reports}) where is_current
    ),
    found as (
        select
            f.finding_id, f.report_id, f.rule_id,
            concat_ws(' · ', r.agency_name_as_printed, r.source_uri) as place,
            replace(f.message_zh, chr(10), ' ') as told_zh,
            replace(f.message_en, chr(10), ' ') as told_en,
            row_number() over (
                partition by f.rule_id order by r.agency_name_as_printed, r.source_uri, f.finding_id
            ) as place_in_list
        from ({fct_findings}) as f join current_reports as r using (report_id)
        where f.severity <> 'info'
    )
    select
        rules.rule_id as subject,
        (select count(*) from current_reports) as checked,
        count(f.finding_id) as findings,
        count(distinct f.report_id) as reports,
        count(distinct f.report_id) as failing,
        coalesce(count(distinct f.report_id) / nullif((select count(*) from current_reports), 0), 0.0) as share,
        count(f.finding_id) as examples_in_all,
        coalesce(string_agg(concat(f.place, '：', f.told_zh), chr(10) order by f.place_in_list)
            filter (where f.place_in_list <= $most), '') as examples_zh,
        coalesce(string_agg(concat(f.place, ': ', f.told_en), chr(10) order by f.place_in_list)
            filter (where f.place_in_list <= $most), '') as examples_en
    from (select unnest($rule_ids) as rule_id) as rules
    left join found as f using (rule_id)
    group by rules.rule_id order by rules.rule_id
"""

Row = Mapping[str, Any]
Named = tuple[str, int]
NOBODY: Named = ("", 0)


def year_frames(
    connection: duckdb.DuckDBPyConnection,
    year: int,
    rule_ids: list[str],
    release: Path | None = None,
    has_roll: bool = False,
) -> Mapping[str, pd.DataFrame]:
    """Every frame of the year by its name; `connection` has the warehouse as its default catalog.

    `rule_ids` are the rules that frame `findings` counts, `release` the folder of the current release; `has_roll` says
    whether somebody has drawn up who is expected. Raises WarehouseError for a missing table.
    """
    rows = {table: year_rows(connection, table) for table in YEAR_TABLES}
    counted = {"keys": pd.DataFrame(list(_keys(connection, year, rows)), columns=list(COLUMNS))}
    found = list(_subjects(connection, year, rows))
    for frame in dict.fromkeys(subject.frame for subject in SUBJECTS):
        counted[frame] = pd.DataFrame([row for name, row in found if name == frame], columns=list(COLUMNS))
    of_year = {"year": year, "rule_ids": rule_ids, "most": EXAMPLES}
    return {
        **counted,
        "vocabulary": pd.DataFrame(list(_words(connection, year, rows)), columns=["subject", "value", "rows"]),
        "coverage": coverage_frame(connection, year, rows, release, has_roll),
        "findings": connection.execute(FINDINGS.format(**rows), of_year).df(),
    }


def _row(subject: str, checked: int, failing: int, named: Named, place: tuple[str, str, str]) -> Row:
    share = failing / checked if checked else 0.0
    return dict(zip(COLUMNS, (subject, checked, failing, share, *named, *place), strict=True))


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
            named = _examples(connection, year, one, query) if failing else NOBODY
            yield one.frame, _row(one.name, checked, failing, named, (one.table, one.column, one.other))


def _examples(connection: duckdb.DuckDBPyConnection, year: int, subject: Subject, query: str) -> Named:
    """Rows at fault by name, after their agency and its file, the first in alphabetical order; and how many differ."""
    named = f"""
        select distinct
            concat_ws(' · ', r.agency_name_as_printed, r.source_uri, cast(broken.example as varchar)) as named
        from (
            select report_id, {subject.example} as example from ({query})
            where ({subject.among}) and ({subject.fails})
        ) as broken
        left join marts.dim_reports as r using (report_id)"""
    return _listed(connection, year, named)


def _listed(connection: duckdb.DuckDBPyConnection, year: int, query: str) -> Named:
    """The first of the names that a query gives, a line each, and how many it gives."""
    found = connection.execute(
        f"select array_to_string(min(named, {EXAMPLES}), chr(10)), count(*) from ({query})", {"year": year}
    ).fetchone()
    names, number = found or NOBODY
    return names or "", int(number)


def _keys(connection: duckdb.DuckDBPyConnection, year: int, rows: Mapping[str, str]) -> Iterator[Row]:
    """Of each table, the rows whose key is missing or stands twice."""
    for subject, (table, columns) in KEYS.items():
        key, nulls = ", ".join(columns), " or ".join(f"{column} is null" for column in columns)
        counted = connection.execute(
            f"select count(*), count(distinct hash({key})), count(*) filter (where {nulls}) from ({rows[table]})",
            {"year": year},
        ).fetchone()
        checked, different, broken = counted or (0, 0, 0)
        failing, named = 0, NOBODY
        if broken or different != checked:
            failing, named = _broken_keys(connection, year, columns, rows[table])
        yield _row(subject, checked, failing, named, (table, key, ""))


def _broken_keys(
    connection: duckdb.DuckDBPyConnection, year: int, columns: Iterable[str], rows: str
) -> tuple[int, Named]:
    """The number of rows whose key is missing or stands twice, and the first of those keys."""
    names = list(columns)
    nulls = " or ".join(f"{column} is null" for column in names)
    broken = f"""
        select {", ".join(names)}, count(*) as number_of_rows from ({rows})
        group by {", ".join(names)} having count(*) > 1 or {nulls}"""
    failing = connection.execute(
        f"select coalesce(sum(number_of_rows), 0)::bigint from ({broken})", {"year": year}
    ).fetchone()
    key = f"concat_ws('/', {', '.join(f'k.{name}' for name in names)})"
    agencies = (
        "select report_id, any_value(agency_name_as_printed) as a, any_value(source_uri) as u"
        " from marts.dim_reports group by report_id"
    )
    if "report_id" in names:
        named = (
            f"select concat_ws(' · ', r.a, r.u, {key}) as named"
            f" from ({broken}) as k left join ({agencies}) as r using (report_id)"
        )
    else:
        named = f"select {key} as named from ({broken}) as k"
    return int(failing[0]) if failing else 0, _listed(connection, year, named)


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
