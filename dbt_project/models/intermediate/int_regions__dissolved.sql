with regions as (
    select
        region_code,
        valid_until + 1 as first_year
    from {{ ref('stg_registry__regions') }}
    where valid_until is not null and length(region_code) > 2
)

select distinct
    left(regions.region_code, if(length(regions.region_code) = 9, 6, length(regions.region_code) - 2))
        as parent_region_code,
    length(regions.region_code) as code_length,
    regions.first_year
from regions
left join {{ ref('stg_registry__regions') }} as renamed
    on regions.region_code = renamed.region_code and regions.first_year = renamed.valid_from
left join {{ ref('stg_registry__successions') }} as recoded
    on regions.region_code = recoded.old_code and regions.first_year = recoded.first_year
where renamed.region_code is null and recoded.old_code is null
