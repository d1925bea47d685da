with years_with_reports as (
    select distinct report_year
    from {{ ref('int_reports__versioned') }}
),

-- The roll has no end: it makes no year of the future one in use.
last_with_reports as (
    select max(report_year) as report_year
    from years_with_reports
),

years_on_the_roll as (
    select distinct years.report_year
    from {{ ref('stg_registry__report_years') }} as years
    inner join {{ ref('stg_registry__expected_agencies') }} as roll
        on
            years.report_year >= roll.first_report_year
            and years.report_year <= coalesce(roll.last_report_year, years.report_year)
    inner join last_with_reports on years.report_year <= last_with_reports.report_year
)

select
    years.report_year,
    years.expected
    or years_with_reports.report_year is not null
    or years_on_the_roll.report_year is not null as is_in_use
from {{ ref('stg_registry__report_years') }} as years
left join years_with_reports on years.report_year = years_with_reports.report_year
left join years_on_the_roll on years.report_year = years_on_the_roll.report_year
