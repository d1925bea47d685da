with regions as (
    select * from {{ ref('stg_registry__regions') }}
),

successions as (
    select * from {{ ref('stg_registry__successions') }}
),

renamed as (
    select
        region_code as old_code,
        lag(region_name) over by_year as old_name,
        region_code as new_code,
        region_name as new_name,
        valid_from as first_year,
        lag(valid_until) over by_year as last_year_before
    from regions
    window by_year as (partition by region_code order by valid_from)
),

recoded as (
    select
        successions.old_code,
        before.region_name as old_name,
        successions.new_code,
        after.region_name as new_name,
        successions.first_year
    from successions
    inner join regions as before
        on successions.old_code = before.region_code and successions.first_year - 1 = before.valid_until
    inner join regions as after
        on successions.new_code = after.region_code and successions.first_year = after.valid_from
)

select
    old_code,
    old_name,
    new_code,
    new_name,
    first_year
from recoded
union all
select
    renamed.old_code,
    renamed.old_name,
    renamed.new_code,
    renamed.new_name,
    renamed.first_year
from renamed
-- A code that another division took over, or one left in the same year, names two places and not one renamed.
left join successions as taken_over
    on renamed.new_code = taken_over.new_code and renamed.first_year = taken_over.first_year
left join successions as left_behind
    on renamed.old_code = left_behind.old_code and renamed.first_year = left_behind.first_year
where
    renamed.last_year_before = renamed.first_year - 1
    and taken_over.new_code is null
    and left_behind.old_code is null
