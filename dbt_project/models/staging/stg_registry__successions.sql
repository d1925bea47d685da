select
    old_code,
    new_code,
    year::integer as first_year
from {{ source('registry', 'successions') }}
