with reports as (
    select * from {{ ref('int_reports__dated') }}
),

main_files as (
    select *
    from {{ ref('int_documents__roles') }}
    where role in ('main', 'revision')
)

select
    reports.report_id,
    reports.agency_id,
    reports.agency_name_as_printed,
    reports.report_year,
    reports.template_id,
    reports.template_variant,
    reports.document_id,
    main_files.source_file_name,
    main_files.source_uri,
    reports.media_type,
    reports.title,
    reports.document_number,
    reports.period_start,
    reports.period_end,
    reports.published_on,
    reports.signed_on,
    reports.due_on,
    reports.timeliness,
    reports.region_resolution,
    reports.is_current,
    reports.status,
    reports.extractor_version
from reports
left join main_files on reports.report_id = main_files.report_id
