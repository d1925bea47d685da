select
    max(report_id) filter (where is_current) as report_id,
    report_year,
    'duplicate_report' as rule_id,
    null::varchar as indicator_code,
    '1' as expected,
    count(*)::varchar as actual,
    '同一机关同一年度有' || count(*) || '份内容不同的报告，以此份为准。' as message_zh,
    count(*) || ' different documents report this agency and year; this one is current.' as message_en,
    []::varchar[] as reading_ids
from {{ ref('int_reports__versioned') }}
group by agency_id, report_year
having count(*) > 1
