"""What is asked of the rows of a year, as SQL: scans over its tables and the conditions counted in each.

One scan reads a table once, whatever is asked of it. No threshold stands here: those are in expectations/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Subject:
    """A condition on the rows of a scan: of those `among` which it is asked, the ones where `fails` holds are at fault.

    `example` names a row at fault. `table`, `column` and `other` say what it is about, where a sentence needs it.
    """

    frame: str
    name: str
    scan: str
    fails: str
    among: str = "true"
    example: str = "row_name"
    table: str = ""
    column: str = ""
    other: str = ""


SCANS: Mapping[str, str] = MappingProxyType(
    {
        "reports": """
            select r.*, r.report_id as row_name, b.mains, o.figures, c.is_covered,
                   r.agency_id in (select agency_id from marts.dim_agencies) as has_agency,
                   r.template_id in (select template_id from marts.dim_templates) as has_template,
                   r.report_year in (select report_year from marts.dim_report_years) as has_year
            from ({dim_reports}) as r
            left join (select report_id, count(*) filter (where role in ('main', 'revision')) as mains
                       from ({bridge_report_documents}) group by report_id) as b using (report_id)
            left join (select report_id, count(value) as figures
                       from ({fct_observations}) group by report_id) as o using (report_id)
            left join (select agency_id, bool_or(received and extracted) as is_covered
                       from ({aud_coverage}) group by agency_id) as c using (agency_id)""",
        "agencies": """
            select agency_id as row_name, min(report_id) as report_id,
                   count(*) filter (where is_current) as current_reports
            from ({dim_reports}) group by agency_id""",
        "readings": """
            select d.*, d.reading_id as row_name,
                   d.report_id in (select report_id from marts.dim_reports) as has_report,
                   -- A file counts with the newest version of its report; an older version may have read it too.
                   (d.report_id, d.document_id) in (select (report_id, document_id) from marts.bridge_report_documents)
                   or (
                       d.report_id in (select report_id from marts.dim_reports where not is_current)
                       and d.document_id in (select document_id from marts.bridge_report_documents)
                   ) as has_document,
                   d.indicator_code in (select indicator_code from marts.dim_indicators) as has_indicator
            from ({fct_readings}) as d""",
        "observations": """
            select o.*, concat_ws('/', o.report_id, o.indicator_code, o.applicant_type) as row_name,
                   d.reading_id is not null as has_reading, d.report_id as read_report, d.value as read_value,
                   d.indicator_code as read_indicator, i.unit as conformed_unit, i.aggregation,
                   i.indicator_code is not null as has_indicator, r.report_id is not null as has_report,
                   r.agency_id as agency_of_report,
                   o.agency_id in (select agency_id from marts.dim_agencies) as has_agency,
                   o.template_id in (select template_id from marts.dim_templates) as has_template
            from ({fct_observations}) as o
            left join ({fct_readings}) as d on d.reading_id = o.reading_id
            left join ({dim_reports}) as r on r.report_id = o.report_id
            left join marts.dim_indicators as i on i.indicator_code = o.indicator_code""",
        "derived": """
            select concat_ws('/', o.report_id, o.indicator_code, o.applicant_type) as row_name,
                   min(o.report_id) as report_id, bool_or(d.reading_id is null) as is_open
            from (select report_id, indicator_code, applicant_type, period_basis,
                         unnest(if(coalesce(len(input_reading_ids), 0) = 0, [null], input_reading_ids)) as reading_id
                  from ({fct_observations}) where source_kind = 'derived' and value is not null) as o
            left join marts.fct_readings as d using (reading_id)
            group by o.report_id, o.indicator_code, o.applicant_type, o.period_basis""",
        "findings": """
            select f.*, f.finding_id as row_name, f.report_id in (select report_id from marts.dim_reports) as has_report
            from ({fct_findings}) as f""",
        "findings_with_readings": """
            select f.finding_id as row_name, min(f.report_id) as report_id, bool_or(d.reading_id is null) as is_open
            from (select finding_id, report_id, unnest(reading_ids) as reading_id from ({fct_findings})) as f
            left join marts.fct_readings as d using (reading_id)
            group by f.finding_id""",
        "coverage": """
            select c.*, c.agency_id as row_name, null::varchar as report_id,
                   c.agency_id in (select agency_id from marts.dim_agencies) as has_agency
            from ({aud_coverage}) as c""",
    }
)
"""By name, a query of the rows that conditions are counted in; each has row_name and report_id."""


def _reference(name: str, scan: str, place: str, other: str, found: str, may_be_null: bool = False) -> Subject:
    """A column, given as table.column, whose values must be found in another table."""
    table, column = place.split(".")
    return Subject(
        "references",
        name,
        scan,
        fails=f"not coalesce({found}, false)",
        among=f"{column} is not null" if may_be_null else "true",
        example=f"coalesce(cast({column} as varchar), '(null)')",
        table=table,
        column=column,
        other=other,
    )


REFERENCES = (
    _reference("report_agency", "reports", "dim_reports.agency_id", "dim_agencies", "has_agency"),
    _reference("report_template", "reports", "dim_reports.template_id", "dim_templates", "has_template", True),
    _reference("report_year", "reports", "dim_reports.report_year", "dim_report_years", "has_year"),
    _reference("reading_report", "readings", "fct_readings.report_id", "dim_reports", "has_report"),
    _reference("reading_document", "readings", "fct_readings.document_id", "bridge_report_documents", "has_document"),
    _reference("reading_indicator", "readings", "fct_readings.indicator_code", "dim_indicators", "has_indicator", True),
    _reference("observation_report", "observations", "fct_observations.report_id", "dim_reports", "has_report"),
    _reference("observation_agency", "observations", "fct_observations.agency_id", "dim_agencies", "has_agency"),
    _reference(
        "observation_template", "observations", "fct_observations.template_id", "dim_templates", "has_template", True
    ),
    _reference(
        "observation_indicator", "observations", "fct_observations.indicator_code", "dim_indicators", "has_indicator"
    ),
    _reference(
        "observation_reading", "observations", "fct_observations.reading_id", "fct_readings", "has_reading", True
    ),
    _reference("finding_report", "findings", "fct_findings.report_id", "dim_reports", "has_report"),
    _reference("coverage_agency", "coverage", "aud_coverage.agency_id", "dim_agencies", "has_agency"),
)
"""Columns of the year's rows whose values must be found in another table."""

STATUS_UNLIKE_VALUE = (
    "value_status is null or (value is not null) <> (value_status in ({worded}))"
    " or (value_status = 'reported_zero' and value <> 0)"
)
PRINTED = "source_kind in ('table', 'narrative')"
FIGURE = "concat_ws('/', report_id, indicator_code, value)"

EVIDENCE = (
    Subject(
        "evidence",
        "value_without_reading",
        "observations",
        f"value is not null and {PRINTED} and (not has_reading or read_report is distinct from report_id)",
    ),
    Subject(
        "evidence",
        "value_unlike_reading",
        "observations",
        "value is distinct from read_value or indicator_code is distinct from read_indicator",
        among=f"{PRINTED} and has_reading",
        example="concat(row_name, ' ', value, ' <> ', read_value)",
    ),
    Subject("evidence", "derived_without_inputs", "derived", "is_open"),
    Subject(
        "evidence",
        "correction_without_name",
        "observations",
        "correction_id is null",
        among="source_kind = 'correction'",
    ),
    Subject(
        "evidence",
        "reading_without_words",
        "readings",
        "value_text is null or (char_start is null and (page is null or bbox_x0 is null))",
        among="value is not null",
    ),
    Subject("evidence", "finding_without_readings", "findings_with_readings", "is_open"),
)
"""What stands behind a figure."""

VALUES = (
    Subject(
        "values",
        "observation_status",
        "observations",
        STATUS_UNLIKE_VALUE.format(worded="'reported', 'reported_zero', 'derived'"),
        example="concat(row_name, ' ', value, ' ', value_status)",
    ),
    Subject(
        "values",
        "reading_status",
        "readings",
        STATUS_UNLIKE_VALUE.format(worded="'reported', 'reported_zero'"),
        example="concat(row_name, ' ', value, ' ', value_status)",
    ),
    Subject("values", "observation_finite", "observations", "not isfinite(value)", among="value is not null"),
    Subject(
        "values",
        "observation_unit",
        "observations",
        "unit is distinct from conformed_unit",
        among="value is not null and has_indicator",
        example="concat_ws('/', report_id, indicator_code, unit)",
    ),
    Subject(
        "values",
        "observation_negative",
        "observations",
        "value < 0",
        among="value is not null and aggregation <> 'signed'",
        example=FIGURE,
    ),
    Subject(
        "values",
        "observation_fraction",
        "observations",
        "value <> floor(value)",
        among="value is not null and aggregation in ('flow', 'stock')",
        example=FIGURE,
    ),
    Subject(
        "values",
        "observation_percentage",
        "observations",
        "value > 100",
        among="value is not null and unit = '%'",
        example=FIGURE,
    ),
    Subject("values", "observation_conflict", "observations", "has_conflict", among="value is not null"),
    Subject("values", "reading_unreadable", "readings", "value_status = 'unreadable'"),
    Subject(
        "values",
        "observation_report",
        "observations",
        "agency_id is distinct from agency_of_report",
        among="has_report",
    ),
)
"""The figure, its status and its unit."""

IDENTITY = (
    Subject("identity", "one_current", "agencies", "current_reports <> 1"),
    Subject("identity", "one_main_document", "reports", "coalesce(mains, 0) <> 1"),
    Subject("identity", "current_without_values", "reports", "coalesce(figures, 0) = 0", among="is_current"),
    Subject("identity", "in_coverage", "reports", "not coalesce(is_covered, false)", among="is_current"),
    Subject(
        "identity",
        "region_unresolved",
        "reports",
        "coalesce(region_resolution in ('ambiguous', 'unresolved'), true)",
    ),
    Subject("identity", "partial", "reports", "status <> 'complete'", among="is_current"),
    Subject(
        "identity",
        "late",
        "reports",
        "timeliness = 'late'",
        among="is_current and timeliness <> 'unknown'",
        example="concat(published_on, ' > ', due_on)",
    ),
)
"""The reports as such."""

SUBJECTS: tuple[Subject, ...] = (*REFERENCES, *EVIDENCE, *VALUES, *IDENTITY)

KEYS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
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
        "corrections": ("aud_corrections", ("correction_id",)),
        "revisions": (
            "aud_revisions",
            ("report_id", "superseded_report_id", "indicator_code", "applicant_type", "period_basis"),
        ),
    }
)
"""Subject of frame `keys`: the table and the columns that name one row of it."""

VOCABULARIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dim_reports": ("timeliness", "region_resolution", "status"),
        "bridge_report_documents": ("role",),
        "fct_readings": (*("source_kind", "applicant_type", "period_basis", "scope", "value_status", "recognition"),),
        "fct_observations": ("applicant_type", "period_basis", "value_status", "source_kind", "comparability"),
        "fct_findings": ("severity", "rule_id"),
    }
)
"""The columns with a closed list of words, by table; the subject of frame `vocabulary` is table.column."""
