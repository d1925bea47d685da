select
    report_year::integer as report_year,
    due_on::date as due_on,
    final_on::date as final_on,
    expected = 'yes' as expected
from {{ source('registry', 'report_years') }}
