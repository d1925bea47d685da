select
    region_code,
    region_name,
    region_level,
    parent_region_code,
    province_name,
    prefecture_name,
    county_name,
    valid_from,
    valid_until
from {{ ref('int_regions__named') }}
