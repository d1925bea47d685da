with files as (
    select
        report_id,
        min(source_file_name) as source_file_name
    from {{ ref('int_documents__roles') }}
    where role = 'main'
    group by report_id
)

select
    reports.report_id,
    reports.agency_id,
    reports.agency_name,
    reports.agency_level,
    reports.region_code,
    reports.report_year,
    reports.template_id,
    reports.text_signature,
    reports.agency_name || reports.report_year || '年度报告（' || files.source_file_name || '）' as named_zh,
    'the ' || reports.report_year || ' report of ' || reports.agency_name || ' (' || files.source_file_name || ')'
        as named_en
from {{ ref('int_reports__versioned') }} as reports
inner join files on reports.report_id = files.report_id
where reports.is_current
