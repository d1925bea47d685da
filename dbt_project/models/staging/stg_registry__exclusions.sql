select
    document_id,
    reason_zh,
    reason_en,
    evidence,
    excluded_by,
    excluded_on::date as excluded_on
from {{ source('registry', 'exclusions') }}
