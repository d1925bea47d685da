with newest as (
    select *
    from {{ ref('int_agencies__seen') }}
    qualify row_number() over (partition by agency_id order by report_year desc) = 1
),

-- An agency on the roll that has never reported is here too: the list of the absent must be able to name it.
never_seen as (
    select
        roll.agency_name,
        roll.agency_level,
        regions.region_code,
        {{ natural_key(['roll.agency_key']) }} as agency_id
    from {{ ref('stg_registry__expected_agencies') }} as roll
    left join {{ ref('int_regions__named') }} as regions
        on regexp_extract(roll.agency_key, '^[0-9]*') = regions.region_code
    where
        {{ natural_key(['roll.agency_key']) }}
        in (select expected.agency_id from {{ ref('int_agencies__expected') }} as expected)
    qualify row_number() over (
        partition by roll.agency_key
        order by roll.first_report_year desc, regions.valid_from desc
    ) = 1
)

select
    newest.agency_id,
    newest.agency_name,
    newest.agency_level,
    newest.region_code,
    parents.agency_id as parent_agency_id
from newest
-- A parent that has never reported is not among the newest, so nothing points to it.
left join newest as parents on newest.parent_agency_id = parents.agency_id
union all
select
    never_seen.agency_id,
    never_seen.agency_name,
    never_seen.agency_level,
    never_seen.region_code,
    null as parent_agency_id
from never_seen
where never_seen.agency_id not in (select newest.agency_id from newest)
