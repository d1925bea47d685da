select
    issue_code,
    stage,
    quarantines = 'yes' as quarantines,
    reason_zh,
    reason_en
from {{ source('registry', 'issue_codes') }}
