"""Frame `coverage`: how much of a year is there, against what came in, what is expected, and what was published.

Subjects: `files` (received, failing: not read; `lost` of them are documents that the current release holds of the year
and no report of the year rests on any more), `expected_agencies` (failing: nothing came in), `published_agencies`
(those with a report in the current release; failing: they have none any more and no report rests on their document;
`share_beyond_one` leaves one of them out), `year` (failing: no report at all; `reports` counts them),
`standing_corrections` (failing: another figure stands where a correction expects its own), `addressed_corrections`
(failing: no report that a correction is for).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd

from orchestration.gate.baseline import published_documents, published_reports

NAMED = 20

COVERAGE = f"""
    with lost as (
        select document_id, source_uri from ({{published_documents}})
        where document_id not in (select document_id from ({{bridge_report_documents}}))
    ),
    files as (
        select document_id, source_uri, false as quarantined from ({{bridge_report_documents}})
        union
        select document_id, source_uri, true from ({{aud_quarantine}})
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
               and before.document_id not in (select document_id from ({{bridge_report_documents}})) as fails
        from ({{published_reports}}) as before
    ),
    expected as (
        select a.agency_name, not c.received as fails
        from ({{aud_coverage}}) as c left join marts.dim_agencies as a using (agency_id) where c.expected
    ),
    corrections as (
        select *, concat_ws(' ', message_zh, message_en) as told from ({{aud_corrections}})
    ),
    subjects as (
        select 'files' as subject, count(*) as checked, count(*) filter (where fails) as failing,
               min(source_uri, {NAMED}) filter (where fails) as named
        from counted
        union all
        select 'expected_agencies', count(*), count(*) filter (where fails),
               min(agency_name, {NAMED}) filter (where fails)
        from expected
        union all
        select 'published_agencies', count(*), count(*) filter (where fails),
               min(agency_name, {NAMED}) filter (where fails)
        from kept
        union all
        select 'year', 1, if(count(*) = 0, 1, 0), [] from current_reports
        union all
        select 'standing_corrections', count(*), count(*) filter (where state = 'expected_value_gone'),
               min(told, {NAMED}) filter (where state = 'expected_value_gone')
        from corrections where state <> 'no_report'
        union all
        select 'addressed_corrections', count(*), count(*) filter (where state = 'no_report'),
               min(told, {NAMED}) filter (where state = 'no_report')
        from corrections
    )
    select subject, checked, failing, coalesce(failing / nullif(checked, 0), 0.0) as share,
           coalesce(array_to_string(named, '; '), '') as examples,
           if(subject = 'published_agencies', coalesce(greatest(failing - 1, 0) / nullif(checked, 0), 0.0), null)
               as share_beyond_one,
           if(subject = 'files', (select count(distinct document_id) from lost), null) as lost,
           if(subject = 'year', (select count(*) from current_reports), null) as reports
    from subjects
"""


def coverage_frame(
    connection: duckdb.DuckDBPyConnection, year: int, rows: Mapping[str, str], release: Path | None
) -> pd.DataFrame:
    """The frame of the year; `rows` are the queries of its rows by table, `release` the current release's folder."""
    query = COVERAGE.format(
        published_documents=published_documents(release), published_reports=published_reports(release), **rows
    )
    return connection.execute(query, {"year": year}).df()
