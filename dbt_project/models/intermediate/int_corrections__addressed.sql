{{ config(materialized='table') }}

with corrections as (
    select
        *,
        {{ natural_key(['agency_key']) }} as agency_id,
        {{ natural_key(['agency_key', 'report_year', 'indicator_code', 'applicant_type', 'period_basis']) }}
            as correction_id
    from {{ ref('stg_registry__corrections') }}
)

select
    corrections.*,
    reports.report_id,
    coalesce(reports.agency_name, corrections.agency_key) as agency_name,
    printed.value as found_value,
    case
        when reports.report_id is null then 'no_report'
        when corrections.expected_value is null and printed.value is null then 'applied'
        when round(corrections.expected_value, 6) = round(printed.value, 6) then 'applied'
        else 'expected_value_gone'
    end as state
from corrections
left join {{ ref('int_reports__versioned') }} as reports
    on
        corrections.agency_id = reports.agency_id
        and corrections.report_year = reports.report_year
        and reports.is_current
left join {{ ref('int_observations__printed') }} as printed
    on
        reports.report_id = printed.report_id
        and corrections.indicator_code = printed.indicator_code
        and corrections.applicant_type = printed.applicant_type
        and corrections.period_basis = printed.period_basis
