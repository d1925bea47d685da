"""The small frames a year is judged by, aggregated in DuckDB. No threshold stands here: those are in expectations/.

Frames `keys`, `references`, `evidence`, `values` and `identity` have one row per subject: subject, checked (rows
looked at), failing (rows at fault), share (failing / checked, 0 where nothing was looked at), examples. Frame
`vocabulary` has one row per column and value printed in it: subject, value, rows. Frame `findings` has one row per rule
of the contract: subject (the rule), findings, reports, share (of the year's current reports), examples. Frame
`coverage` has one row of counts and shares; a document that the current release holds of the year and that no report of
the year rests on any more counts there as received and not extracted (and by itself as lost).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pandas as pd

from orchestration.gate.baseline import published_documents
from orchestration.gate.warehouse import YEAR_TABLES, year_rows

KEYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "reports": ("dim_reports", ("report_id",)),
    "documents_of_reports": ("bridge_report_documents", ("report_id", "document_id", "source_uri")),
    "readings": ("fct_readings", ("reading_id",)),
    "observations": ("fct_observations", ("report_id", "indicator_code", "applicant_type", "period_basis")),
    "findings": ("fct_findings", ("finding_id",)),
    "proactive_disclosures": ("fct_proactive_disclosures", ("report_id",)),
    "interpretation_responses": ("fct_interpretation_responses", ("report_id",)),
    "requests": ("fct_requests", ("report_id", "applicant_type")),
    "reviews_litigation": ("fct_reviews_litigation", ("report_id",)),
    "capacity": ("fct_capacity", ("report_id",)),
    "coverage": ("aud_coverage", ("agency_id", "report_year")),
    "quarantine": ("aud_quarantine", ("document_id", "source_uri")),
}
"""Subject of frame `keys`: the table and the columns that name one row of it."""

REFERENCES: dict[str, tuple[str, str, str, str]] = {
    "report_agency": ("dim_reports", "agency_id", "marts.dim_agencies", "agency_id"),
    "report_template": ("dim_reports", "template_id", "marts.dim_templates", "template_id"),
    "report_year": ("dim_reports", "report_year", "marts.dim_report_years", "report_year"),
    "reading_report": ("fct_readings", "report_id", "marts.dim_reports", "report_id"),
    "reading_document": ("fct_readings", "document_id", "marts.bridge_report_documents", "document_id"),
    "reading_indicator": ("fct_readings", "indicator_code", "marts.dim_indicators", "indicator_code"),
    "observation_report": ("fct_observations", "report_id", "marts.dim_reports", "report_id"),
    "observation_agency": ("fct_observations", "agency_id", "marts.dim_agencies", "agency_id"),
    "observation_template": ("fct_observations", "template_id", "marts.dim_templates", "template_id"),
    "observation_indicator": ("fct_observations", "indicator_code", "marts.dim_indicators", "indicator_code"),
    "observation_reading": ("fct_observations", "reading_id", "marts.fct_readings", "reading_id"),
    "finding_report": ("fct_findings", "report_id", "marts.dim_reports", "report_id"),
    "coverage_agency": ("aud_coverage", "agency_id", "marts.dim_agencies", "agency_id"),
}
"""Subject of frame `references`: a column of the year's rows that, where not null, must be found in another table."""

VOCABULARIES: tuple[str, ...] = (
    "dim_reports.timeliness",
    "dim_reports.region_resolution",
    "dim_reports.status",
    "bridge_report_documents.role",
    "fct_readings.source_kind",
    "fct_readings.applicant_type",
    "fct_readings.period_basis",
    "fct_readings.scope",
    "fct_readings.value_status",
    "fct_readings.recognition",
    "fct_observations.applicant_type",
    "fct_observations.period_basis",
    "fct_observations.value_status",
    "fct_observations.source_kind",
    "fct_observations.comparability",
    "fct_findings.severity",
    "fct_findings.rule_id",
)
"""Subject of frame `vocabulary`: the columns with a closed list of words."""

EVIDENCE: dict[str, str] = {
    "value_without_reading": """
        select concat_ws('/', o.report_id, o.indicator_code, o.applicant_type) as example,
               o.value is not null and o.source_kind in ('table', 'narrative') and r.reading_id is null as fails
        from ({fct_observations}) as o
        left join ({fct_readings}) as r on r.reading_id = o.reading_id and r.report_id = o.report_id""",
    "value_unlike_reading": """
        select concat_ws('/', o.report_id, o.indicator_code, o.applicant_type) as example,
               o.value is distinct from r.value or o.indicator_code is distinct from r.indicator_code as fails
        from ({fct_observations}) as o
        join ({fct_readings}) as r on r.reading_id = o.reading_id
        where o.source_kind in ('table', 'narrative')""",
    "derived_without_inputs": """
        select concat_ws('/', o.report_id, o.indicator_code, o.applicant_type) as example,
               coalesce(len(o.input_reading_ids), 0) = 0 or exists (
                   select 1 from unnest(o.input_reading_ids) as i(reading_id)
                   where i.reading_id not in (select reading_id from marts.fct_readings)
               ) as fails
        from ({fct_observations}) as o
        where o.source_kind = 'derived' and o.value is not null""",
    "correction_without_name": """
        select concat_ws('/', report_id, indicator_code, applicant_type) as example, correction_id is null as fails
        from ({fct_observations}) where source_kind = 'correction'""",
    "reading_without_words": """
        select reading_id as example,
               value_text is null or (char_start is null and (page is null or bbox_x0 is null)) as fails
        from ({fct_readings}) where value is not null""",
    "finding_without_readings": """
        select finding_id as example, exists (
                   select 1 from unnest(reading_ids) as i(reading_id)
                   where i.reading_id not in (select reading_id from marts.fct_readings)
               ) as fails
        from ({fct_findings}) where len(reading_ids) > 0""",
}
"""Subject of frame `evidence`: what stands behind a figure."""

VALUES: dict[str, str] = {
    "observation_status": """
        select concat_ws('/', report_id, indicator_code, applicant_type) as example,
               value_status is null
               or (value is not null) <> (value_status in ('reported', 'reported_zero', 'derived'))
               or (value_status = 'reported_zero' and value <> 0) as fails
        from ({fct_observations})""",
    "reading_status": """
        select reading_id as example,
               value_status is null
               or (value is not null) <> (value_status in ('reported', 'reported_zero'))
               or (value_status = 'reported_zero' and value <> 0) as fails
        from ({fct_readings})""",
    "observation_finite": """
        select concat_ws('/', report_id, indicator_code, applicant_type) as example, not isfinite(value) as fails
        from ({fct_observations}) where value is not null""",
    "observation_unit": """
        select concat_ws('/', o.report_id, o.indicator_code, o.unit) as example,
               o.unit is distinct from i.unit as fails
        from ({fct_observations}) as o join marts.dim_indicators as i using (indicator_code)
        where o.value is not null""",
    "observation_negative": """
        select concat_ws('/', o.report_id, o.indicator_code, o.value) as example, o.value < 0 as fails
        from ({fct_observations}) as o join marts.dim_indicators as i using (indicator_code)
        where o.value is not null and i.aggregation <> 'signed'""",
    "observation_fraction": """
        select concat_ws('/', o.report_id, o.indicator_code, o.value) as example, o.value <> floor(o.value) as fails
        from ({fct_observations}) as o join marts.dim_indicators as i using (indicator_code)
        where o.value is not null and i.aggregation in ('flow', 'stock')""",
    "observation_percentage": """
        select concat_ws('/', o.report_id, o.indicator_code, o.value) as example, o.value > 100 as fails
        from ({fct_observations}) as o where o.value is not null and o.unit = '%'""",
    "observation_conflict": """
        select concat_ws('/', report_id, indicator_code, applicant_type) as example, has_conflict as fails
        from ({fct_observations}) where value is not null""",
    "reading_unreadable": """
        select reading_id as example, value_status = 'unreadable' as fails from ({fct_readings})""",
    "observation_report": """
        select concat_ws('/', o.report_id, o.indicator_code) as example,
               o.report_year <> r.report_year or o.agency_id <> r.agency_id as fails
        from ({fct_observations}) as o join ({dim_reports}) as r using (report_id)""",
}
"""Subject of frame `values`: the figure, its status and its unit."""

IDENTITY: dict[str, str] = {
    "one_current": """
        select agency_id as example, count(*) filter (where is_current) <> 1 as fails
        from ({dim_reports}) group by agency_id, report_year""",
    "one_main_document": """
        select r.report_id as example, count(*) filter (where b.role in ('main', 'revision')) <> 1 as fails
        from ({dim_reports}) as r left join ({bridge_report_documents}) as b using (report_id) group by r.report_id""",
    "current_without_values": """
        select r.report_id as example, count(o.value) = 0 as fails
        from ({dim_reports}) as r left join ({fct_observations}) as o using (report_id)
        where r.is_current group by r.report_id""",
    "in_coverage": """
        select r.report_id as example, c.agency_id is null or not coalesce(c.received and c.extracted, false) as fails
        from ({dim_reports}) as r left join ({aud_coverage}) as c using (agency_id, report_year) where r.is_current""",
    "region_unresolved": """
        select report_id as example, coalesce(region_resolution in ('ambiguous', 'unresolved'), true) as fails
        from ({dim_reports})""",
    "partial": """
        select report_id as example, status <> 'complete' as fails from ({dim_reports}) where is_current""",
    "late": """
        select report_id as example, timeliness = 'late' as fails
        from ({dim_reports}) where is_current and timeliness <> 'unknown'""",
}
"""Subject of frame `identity`: the reports as such."""

COVERAGE = """
    with lost as (
        select document_id, source_uri from ({published})
        where document_id not in (select document_id from ({bridge_report_documents}))
    ),
    files as (
        select document_id, source_uri, false as quarantined from ({bridge_report_documents})
        union
        select document_id, source_uri, true from ({aud_quarantine})
        union
        select document_id, source_uri, true from lost
    ),
    counted as (
        select document_id, source_uri, bool_or(quarantined) as quarantined from files group by document_id, source_uri
    )
    select
        'year' as subject,
        (select count(*) from counted) as received,
        (select count(*) from counted where not quarantined) as extracted,
        (select coalesce(count(*) filter (where not quarantined) / nullif(count(*), 0), 1.0) from counted)
            as extracted_share,
        (select count(distinct document_id) from lost) as lost,
        (select count(*) from ({dim_reports}) where is_current) as reports,
        (select count(*) from ({aud_coverage}) where expected) as expected_agencies,
        (select count(*) from ({aud_coverage}) where expected and received) as expected_received,
        (select coalesce(count(*) filter (where received) / nullif(count(*), 0), 1.0) from ({aud_coverage})
         where expected) as expected_share
"""

FINDINGS = """
    select
        rules.rule_id as subject,
        count(f.finding_id) as findings,
        count(distinct f.report_id) as reports,
        coalesce(count(distinct f.report_id) / nullif((select count(*) from current_reports), 0), 0.0) as share,
        coalesce(left(string_agg(f.message_zh, ' ' order by f.finding_id), 400), '') as examples
    from (select unnest($rule_ids) as rule_id) as rules
    left join (
        select * from ({fct_findings}) where severity <> 'info' and report_id in (select report_id from current_reports)
    ) as f using (rule_id)
    group by rules.rule_id order by rules.rule_id
"""

EXAMPLES = "coalesce(left(string_agg(cast(example as varchar), '; ' order by example) filter (where {fails}), 400), '')"


def year_frames(
    connection: duckdb.DuckDBPyConnection, year: int, rule_ids: list[str], release: Path | None = None
) -> Mapping[str, pd.DataFrame]:
    """Every frame of the year by its name; `connection` has the warehouse as its default catalog.

    `rule_ids` are the rules that frame `findings` counts, `release` the folder of the current release. Raises
    WarehouseError for a missing table.
    """
    rows = {table: year_rows(connection, table) for table in YEAR_TABLES}
    of_year: dict[str, object] = {"year": year}
    frames = {
        name: pd.concat(
            [connection.execute(query, of_year).df().assign(subject=subject) for subject, query in queries],
            ignore_index=True,
        )
        for name, queries in {
            "keys": list(_key_queries(rows)),
            "references": list(_reference_queries(rows)),
            "vocabulary": list(_vocabulary_queries(rows)),
            "evidence": list(_fault_queries(EVIDENCE, rows)),
            "values": list(_fault_queries(VALUES, rows)),
            "identity": list(_fault_queries(IDENTITY, rows)),
        }.items()
    }
    frames["coverage"] = connection.execute(
        COVERAGE.format(published=published_documents(release), **rows), of_year
    ).df()
    current = f"with current_reports as (select report_id from ({rows['dim_reports']}) where is_current)"
    frames["findings"] = connection.execute(current + FINDINGS.format(**rows), {**of_year, "rule_ids": rule_ids}).df()
    return frames


def _key_queries(rows: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for subject, (table, columns) in KEYS.items():
        nulls = " or ".join(f"{column} is null" for column in columns)
        yield (
            subject,
            f"""
            select coalesce(sum(rows), 0)::bigint as checked,
                   coalesce(sum(rows) filter (where rows > 1 or broken), 0)::bigint as failing,
                   coalesce(failing / nullif(checked, 0), 0.0) as share,
                   {EXAMPLES.format(fails="rows > 1 or broken")} as examples
            from (
                select concat_ws('/', {", ".join(columns)}) as example, count(*) as rows, bool_or({nulls}) as broken
                from ({rows[table]}) group by {", ".join(columns)}
            )""",
        )


def _reference_queries(rows: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for subject, (table, column, other, key) in REFERENCES.items():
        yield (
            subject,
            _counted(
                f"select {column} as example,"
                f" {column} not in (select {key} from {other} where {key} is not null) as fails"
                f" from ({rows[table]}) where {column} is not null"
            ),
        )


def _vocabulary_queries(rows: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for subject in VOCABULARIES:
        table, column = subject.split(".")
        yield (
            subject,
            (
                f"select coalesce({column}, '(null)') as value, count(*) as rows from ({rows[table]})"
                f" group by {column} order by 1"
            ),
        )


def _fault_queries(queries: Mapping[str, str], rows: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for subject, query in queries.items():
        yield subject, _counted(query.format(**rows))


def _counted(query: str) -> str:
    return f"""
        select count(*) as checked, count(*) filter (where fails) as failing,
               coalesce(failing / nullif(checked, 0), 0.0) as share, {EXAMPLES.format(fails="fails")} as examples
        from ({query})"""
