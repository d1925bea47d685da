select
    agency_key,
    agency_name,
    agency_level,
    region_code,
    parent_agency_key,
    valid_from::integer as valid_from,
    valid_until::integer as valid_until
from {{ source('registry', 'agencies') }}
