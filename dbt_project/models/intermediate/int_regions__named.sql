{{ config(materialized='table') }}

with fictional_reports as (
    select count(*) as report_count
    from {{ ref('int_reports__versioned') }}
    where left(region_code, 2) = '{{ var("fictional_province") }}'
),

regions as (
    select
        all_regions.*,
        length(all_regions.region_code) as code_length,
        coalesce(all_regions.valid_until, 9999) as last_year
    from {{ ref('stg_registry__regions') }} as all_regions
    cross join fictional_reports
    -- The fictional province is for samples; no other data root shows it.
    where
        left(all_regions.region_code, 2) != '{{ var("fictional_province") }}'
        or fictional_reports.report_count > 0
),

lines as (
    select
        region_code,
        valid_from,
        last_year,
        unnest(list_filter([2, 4, 6], lambda digits: digits <= code_length)) as line_length,
        left(region_code, line_length) as line_code
    from regions
),

-- A division may be listed in years in which the one above it bore another code: then the nearest years name it.
nearest as (
    select
        lines.region_code,
        lines.valid_from,
        lines.line_length,
        names.region_name
    from lines
    inner join regions as names on lines.line_code = names.region_code
    qualify row_number() over (
        partition by lines.region_code, lines.valid_from, lines.line_length
        order by
            greatest(names.valid_from - lines.last_year, lines.valid_from - names.last_year, 0) asc,
            names.valid_from desc
    ) = 1
),

names_above as (
    select
        region_code,
        valid_from,
        max(region_name) filter (where line_length = 2) as province_name,
        max(region_name) filter (where line_length = 4) as prefecture_name,
        max(region_name) filter (where line_length = 6) as county_name
    from nearest
    group by region_code, valid_from
)

select
    regions.region_code,
    regions.region_name,
    case regions.code_length
        when 2 then 'province'
        when 4 then 'prefecture'
        when 6 then 'county'
        when 9 then 'township'
    end as region_level,
    case regions.code_length
        when 4 then left(regions.region_code, 2)
        when 6 then left(regions.region_code, 4)
        when 9 then left(regions.region_code, 6)
    end as parent_region_code,
    names_above.province_name,
    names_above.prefecture_name,
    names_above.county_name,
    regions.valid_from,
    regions.valid_until
from regions
left join names_above on regions.region_code = names_above.region_code and regions.valid_from = names_above.valid_from
