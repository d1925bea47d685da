with reports as (
    select * from {{ ref('int_reports__dated') }}
),

years as (
    select * from {{ ref('int_report_years__known') }}
),

expected as (
    select * from {{ ref('int_agencies__expected') }}
),

known_agencies as (
    select agency_id from reports
    union
    select agency_id from expected
),

quarantined as (
    select
        agency_id,
        report_year,
        min(reason_code) as reason_code
    from {{ ref('int_documents__quarantined') }}
    -- A document that names no agency or no year we know is counted in aud_quarantine alone.
    where
        agency_id in (select known_agencies.agency_id from known_agencies)
        and report_year in (select years.report_year from years)
    group by agency_id, report_year
),

agency_years as (
    select
        agency_id,
        report_year
    from expected
    union
    select
        agency_id,
        report_year
    from reports
    union
    select
        agency_id,
        report_year
    from quarantined
)

select
    agency_years.agency_id,
    agency_years.report_year,
    expected.agency_id is not null as expected,
    reports.report_id is not null or quarantined.agency_id is not null as received,
    reports.report_id is not null as extracted,
    -- Only publication knows.
    null::boolean as published,
    if(reports.report_id is null, quarantined.reason_code, null) as quarantine_reason,
    case
        when reports.published_on > reports.due_on then date_diff('day', reports.due_on, reports.published_on)
        when reports.published_on <= reports.due_on then 0
    end::integer as days_late
from agency_years
left join expected
    on agency_years.agency_id = expected.agency_id and agency_years.report_year = expected.report_year
left join reports
    on
        agency_years.agency_id = reports.agency_id
        and agency_years.report_year = reports.report_year
        and reports.is_current
left join quarantined
    on agency_years.agency_id = quarantined.agency_id and agency_years.report_year = quarantined.report_year
