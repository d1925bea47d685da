{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'aud_quarantine'}}}) }}

-- A file either belongs to a report or is set aside with a reason: exactly one of the two. It only warns: a file whose
-- year has not been extracted since it came in is rightly in neither.
with files as (
    select
        documents.document_id,
        documents.source_uri,
        bridge.document_id is not null as is_used,
        quarantine.document_id is not null as is_set_aside
    from {{ ref('stg_extractions__documents') }} as documents
    left join {{ ref('bridge_report_documents') }} as bridge
        on documents.document_id = bridge.document_id and documents.source_uri = bridge.source_uri
    left join {{ ref('aud_quarantine') }} as quarantine
        on documents.document_id = quarantine.document_id and documents.source_uri = quarantine.source_uri
)

select *
from files
where is_used = is_set_aside
