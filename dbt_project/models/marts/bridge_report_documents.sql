select
    report_id,
    document_id,
    source_uri,
    role
from {{ ref('int_documents__roles') }}
