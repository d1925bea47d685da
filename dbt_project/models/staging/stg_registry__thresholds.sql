select
    rule_id,
    threshold,
    value::double as value
from {{ source('registry', 'thresholds') }}
