"""Frame `coverage`: how much of a year is there, against what came in, what is expected, and what was published.

Subjects: `files` (received and not excluded, failing: not read; `lost` of them are documents that the current release
holds of the year and no report of the year rests on any more), `expected_agencies` (failing: nothing came in),
`published_agencies` (those with a report in the current release; failing: they have none any more, no report rests on
their document, and nobody excluded it; `share_beyond_one` leaves one of them out), `year` (failing: no report at all;
`reports` counts them), `standing_corrections` (failing: another figure stands where a correction expects its own),
`addressed_corrections` (failing: no report that a correction is for). Of corrections the sentences stand in examples_zh
and examples_en.
`expected_zh` and `expected_en` say who is expected: whom a roll names or, without one, who was seen before.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd

from orchestration.gate.baseline import published_documents, published_reports

NAMED = 20

COVERAGE = f"""
    -- What people have excluded is not lost and was not misread: it is out by their own decision.
    with excluded as (
        select document_id from ({{aud_quarantine}}) where reason_code = 'document_excluded'
    ),
    lost as (
        select document_id, source_uri from ({{published_documents}})
        where document_id not in (select document_id from ({{bridge_report_documents}}))
            and document_id not in (select document_id from excluded)
    ),
    files as (
        select document_id, source_uri, false as quarantined from ({{bridge_report_documents}})
        union
        select document_id, source_uri, true from ({{aud_quarantine}})
        where document_id not in (select document_id from excluded)
        union
        select document_id, source_uri, true from lost
    ),
    counted as (
        select document_id, source_uri, bool_or(quarantined) as fails from files group by document_id, source_uri
    ),
    current_reports as (select * from ({{dim_reports}}) where is_current),
    kept as (
        select before.agency_name,
               before.agency_id not in (select agency_id from current_reports)
               and before.document_id not in (select document_id from ({{bridge_report_documents}}))
               and before.document_id not in (select document_id from excluded) as fails
        from ({{published_reports}}) as before
    ),
    expected as (
        select coalesce(a.agency_name, c.agency_id) as agency_name, not c.received as fails
        from ({{aud_coverage}}) as c left join marts.dim_agencies as a using (agency_id) where c.expected
    ),
    corrections as (select * from ({{aud_corrections}})),
    subjects as (
        select 'files' as subject, count(*) as checked, count(*) filter (where fails) as failing,
               min(source_uri, {NAMED}) filter (where fails) as named, [] as told_zh, [] as told_en
        from counted
        union all
        select 'expected_agencies', count(*), count(*) filter (where fails),
               min(agency_name, {NAMED}) filter (where fails), [], []
        from expected
        union all
        select 'published_agencies', count(*), count(*) filter (where fails),
               min(agency_name, {NAMED}) filter (where fails), [], []
        from kept
        union all
        select 'year', 1, if(count(*) = 0, 1, 0), [], [], [] from current_reports
        union all
        select 'standing_corrections', count(*), count(*) filter (where state = 'expected_value_gone'), [],
               list(message_zh order by correction_id) filter (where state = 'expected_value_gone'),
               list(message_en order by correction_id) filter (where state = 'expected_value_gone')
        from corrections where state <> 'no_report'
        union all
        select 'addressed_corrections', count(*), count(*) filter (where state = 'no_report'), [],
               list(message_zh order by correction_id) filter (where state = 'no_report'),
               list(message_en order by correction_id) filter (where state = 'no_report')
        from corrections
    )
    select subject, checked, failing, coalesce(failing / nullif(checked, 0), 0.0) as share,
           coalesce(array_to_string(named, chr(10)), '') as examples,
           coalesce(array_to_string(told_zh[1:{NAMED}], chr(10)), '') as examples_zh,
           coalesce(array_to_string(told_en[1:{NAMED}], chr(10)), '') as examples_en,
           if(subject = 'year', 0, failing) as examples_in_all,
           if($has_roll, '应报告的机关', '往年报告过的机关（没有名册）') as expected_zh,
           if($has_roll, 'expected agencies', 'agencies seen in earlier years (no roll)') as expected_en,
           if(subject = 'published_agencies', coalesce(greatest(failing - 1, 0) / nullif(checked, 0), 0.0), null)
               as share_beyond_one,
           if(subject = 'files', (select count(distinct document_id) from lost), null) as lost,
           if(subject = 'year', (select count(*) from current_reports), null) as reports
    from subjects
"""


def coverage_frame(
    connection: duckdb.DuckDBPyConnection, year: int, rows: Mapping[str, str], release: Path | None, has_roll: bool
) -> pd.DataFrame:
    """The frame of the year; `rows` are the queries of its rows by table, `release` the current release's folder.

    `has_roll` says whether a roll names who is expected; if none does, they are those seen in earlier years.
    """
    query = COVERAGE.format(
        published_documents=published_documents(release), published_reports=published_reports(release), **rows
    )
    return connection.execute(query, {"year": year, "has_roll": has_roll}).df()
