select
    reports.report_id,
    corrections.indicator_code,
    corrections.applicant_type,
    corrections.period_basis,
    corrections.expected_value,
    corrections.action,
    corrections.value,
    corrections.agency_key,
    corrections.report_year,
    {{ natural_key([
        'corrections.agency_key',
        'corrections.report_year',
        'corrections.indicator_code',
        'corrections.applicant_type',
        'corrections.period_basis',
    ]) }} as correction_id
from {{ ref('stg_registry__corrections') }} as corrections
inner join {{ ref('int_reports__versioned') }} as reports
    on
        {{ natural_key(['corrections.agency_key']) }} = reports.agency_id
        and corrections.report_year = reports.report_year
        and reports.is_current
