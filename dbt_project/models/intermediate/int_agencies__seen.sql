with parents as (
    select
        {{ natural_key(['agency_key']) }} as agency_id,
        arg_max({{ natural_key(['parent_agency_key']) }}, valid_from) as parent_agency_id
    from {{ ref('stg_registry__agencies') }}
    where parent_agency_key is not null
    group by agency_id
)

select
    reports.agency_id,
    reports.agency_name,
    reports.agency_level,
    reports.region_code,
    reports.report_year,
    parents.parent_agency_id
from {{ ref('int_reports__versioned') }} as reports
left join parents on reports.agency_id = parents.agency_id
where reports.is_current
