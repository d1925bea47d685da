{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'aud_quarantine'}}}) }}

-- An exclusion names a document by the hash of its bytes. Where no such document has landed it protects from nothing:
-- a slip of the pen in the hash, or a file whose bytes are others now, which nobody would notice but for this.
select
    exclusions.document_id,
    exclusions.reason_zh,
    exclusions.reason_en
from {{ ref('stg_registry__exclusions') }} as exclusions
anti join {{ ref('aud_quarantine') }} as quarantine
    on exclusions.document_id = quarantine.document_id and quarantine.reason_code = 'document_excluded'
