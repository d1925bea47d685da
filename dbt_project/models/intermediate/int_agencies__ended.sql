with registered as (
    select
        {{ natural_key(['agency_key']) }} as agency_id,
        max(valid_until) as last_year
    from {{ ref('stg_registry__agencies') }}
    group by agency_key
    having count(*) = count(valid_until)
),

-- A division that others went on from is not gone: its agencies report under the new name or code.
gone as (
    select
        regions.region_code,
        max(regions.valid_until) as last_year
    from {{ ref('stg_registry__regions') }} as regions
    left join {{ ref('stg_registry__successions') }} as successions on regions.region_code = successions.old_code
    group by regions.region_code
    having count(*) = count(regions.valid_until) and count(successions.old_code) = 0
),

last_seen as (
    select
        agency_id,
        arg_max(region_code, report_year) as region_code,
        max(report_year) as report_year
    from {{ ref('int_agencies__seen') }}
    group by agency_id
),

of_a_division as (
    select
        last_seen.agency_id,
        -- Who reports of a later year is there in it, whatever the list of divisions says.
        greatest(gone.last_year, last_seen.report_year) as last_year
    from last_seen
    inner join gone on last_seen.region_code = gone.region_code
)

select
    agency_id,
    last_year
from registered
union all
select
    agency_id,
    last_year
from of_a_division
where agency_id not in (select registered.agency_id from registered)
