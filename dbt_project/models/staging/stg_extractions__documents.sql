select
    document_id,
    source_uri,
    source_file_name,
    media_type,
    byte_size,
    status,
    report_year,
    agency_id,
    report_id,
    stage,
    reason_code,
    reason_detail,
    reason_zh,
    reason_en
from {{ source('extractions', 'documents') }}
