select
    roll_forward_id,
    rule_id,
    indicator_code,
    opening_indicator_code,
    added_indicator_code,
    removed_indicator_code,
    flows_of,
    comparison
from {{ source('registry', 'roll_forwards') }}
