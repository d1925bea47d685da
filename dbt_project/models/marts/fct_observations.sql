select
    report_id,
    agency_id,
    report_year,
    template_id,
    indicator_code,
    applicant_type,
    period_basis,
    value,
    unit,
    value_status,
    source_kind,
    has_conflict,
    comparability,
    reading_id,
    input_reading_ids,
    correction_id
from {{ ref('int_observations__resolved') }}
