select
    region_code,
    region_name,
    valid_from::integer as valid_from,
    valid_until::integer as valid_until
from {{ source('registry', 'regions') }}
