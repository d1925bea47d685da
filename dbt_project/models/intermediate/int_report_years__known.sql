with years_with_reports as (
    select distinct report_year
    from {{ ref('int_reports__versioned') }}
)

select
    years.report_year,
    years.expected or years_with_reports.report_year is not null as is_in_use
from {{ ref('stg_registry__report_years') }} as years
left join years_with_reports on years.report_year = years_with_reports.report_year
