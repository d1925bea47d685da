with years as (
    select report_year
    from {{ ref('int_report_years__known') }}
    where is_in_use
),

on_the_roll as (
    select
        {{ natural_key(['roll.agency_key']) }} as agency_id,
        years.report_year
    from {{ ref('stg_registry__expected_agencies') }} as roll
    inner join years
        on
            roll.first_report_year <= years.report_year
            and coalesce(roll.last_report_year, years.report_year) >= years.report_year
),

first_seen as (
    select
        agency_id,
        min(report_year) as report_year
    from {{ ref('int_reports__versioned') }}
    group by agency_id
),

-- Where nobody has drawn up a roll for a year, an agency that reported before is expected to go on while it is there.
seen_before as (
    select
        first_seen.agency_id,
        years.report_year
    from first_seen
    inner join years on first_seen.report_year < years.report_year
    left join {{ ref('int_agencies__ended') }} as ended on first_seen.agency_id = ended.agency_id
    where
        years.report_year <= coalesce(ended.last_year, years.report_year)
        and years.report_year not in (select on_the_roll.report_year from on_the_roll)
)

select
    agency_id,
    report_year
from on_the_roll
union
select
    agency_id,
    report_year
from seen_before
