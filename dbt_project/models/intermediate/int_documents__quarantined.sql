with documents as (
    select
        *,
        -- The code behind the only candidate, where that is a township: its office bears the code as key. What names
        -- a county or more may be any of its departments.
        nullif(regexp_extract(reason_detail, '^[^;]*\(([0-9]{9})\)$', 1), '') as lone_code
    from {{ ref('stg_extractions__documents') }}
    where reason_code is not null
)

select
    document_id,
    source_uri,
    source_file_name,
    report_year,
    if(lone_code is null, agency_id, {{ natural_key(['lone_code']) }}) as agency_id,
    stage,
    reason_code,
    reason_zh,
    reason_en
from documents
