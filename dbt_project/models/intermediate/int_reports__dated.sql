with due as (
    select
        reports.report_id,
        min(make_date(reports.report_year + 1, due_dates.month, due_dates.day)) as due_on
    from {{ ref('int_reports__versioned') }} as reports
    inner join {{ ref('stg_registry__due_dates') }} as due_dates
        on
            reports.report_year >= due_dates.first_report_year
            and reports.report_year <= coalesce(due_dates.last_report_year, reports.report_year)
            and list_contains(due_dates.agency_levels, reports.agency_level)
    group by reports.report_id
)

select
    reports.*,
    due.due_on,
    case
        when reports.published_on is null or due.due_on is null then 'unknown'
        when reports.published_on <= due.due_on then 'on_time'
        else 'late'
    end as timeliness
from {{ ref('int_reports__versioned') }} as reports
left join due on reports.report_id = due.report_id
