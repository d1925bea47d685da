select
    rule_id,
    severity,
    height,
    title_zh,
    title_en
from {{ source('registry', 'rules') }}
