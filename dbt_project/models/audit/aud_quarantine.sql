select
    document_id,
    source_uri,
    source_file_name,
    report_year,
    stage,
    reason_code,
    reason_zh,
    reason_en
from {{ ref('int_documents__quarantined') }}
