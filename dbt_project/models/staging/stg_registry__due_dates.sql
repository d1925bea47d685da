select
    due_rule_id,
    first_report_year::integer as first_report_year,
    last_report_year::integer as last_report_year,
    string_split(agency_levels, ';') as agency_levels,
    month::integer as month,
    day::integer as day
from {{ source('registry', 'due_dates') }}
