with documents as (
    select
        document_id,
        report_id,
        source_uri,
        source_file_name,
        row_number() over (partition by document_id, report_id order by source_uri) as path_rank
    from {{ ref('stg_extractions__documents') }}
)

select
    reports.report_id,
    documents.document_id,
    documents.source_uri,
    documents.source_file_name,
    case
        when documents.path_rank > 1 then 'copy'
        when documents.document_id != reports.document_id then 'attachment'
        when reports.is_current then 'main'
        else 'revision'
    end as role
from documents
inner join {{ ref('int_reports__versioned') }} as reports on documents.report_id = reports.report_id
