select
    documents.document_id,
    documents.source_uri,
    documents.source_file_name,
    documents.report_year,
    documents.agency_id,
    documents.stage,
    documents.reason_code,
    concat(issue_codes.reason_zh, '候选：' || documents.reason_detail || '。') as reason_zh,
    concat(issue_codes.reason_en, ' Candidates: ' || documents.reason_detail || '.') as reason_en
from {{ ref('stg_extractions__documents') }} as documents
left join {{ ref('stg_registry__issue_codes') }} as issue_codes on documents.reason_code = issue_codes.issue_code
where documents.reason_code is not null
