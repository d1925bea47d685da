select
    finding_id,
    report_id,
    report_year,
    rule_id,
    severity,
    indicator_code,
    expected,
    actual,
    message_zh,
    message_en,
    reading_ids
from {{ ref('int_findings__collected') }}
