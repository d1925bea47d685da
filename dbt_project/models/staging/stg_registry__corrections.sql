select
    agency_key,
    report_year::integer as report_year,
    indicator_code,
    applicant_type,
    period_basis,
    expected_value::double as expected_value,
    action,
    value::double as value,
    reason_zh,
    evidence,
    corrected_by,
    corrected_on::date as corrected_on
from {{ source('registry', 'corrections') }}
