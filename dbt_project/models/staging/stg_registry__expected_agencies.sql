select
    agency_key,
    agency_name,
    agency_level,
    first_report_year::integer as first_report_year,
    last_report_year::integer as last_report_year
from {{ source('registry', 'expected_agencies') }}
