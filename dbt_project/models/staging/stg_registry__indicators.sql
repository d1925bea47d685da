select
    indicator_code,
    name_zh,
    name_en,
    definition_zh,
    unit,
    measure_group,
    aggregation,
    parent_indicator_code
from {{ source('registry', 'indicators') }}
