select
    report_year,
    -- Only the gate's verdicts know these; publication fills them in.
    null::varchar as maturity,
    null::varchar as verdict,
    null::date as judged_as_of,
    null::date as stale_since
from {{ ref('int_report_years__known') }}
where is_in_use
