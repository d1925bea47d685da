{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'aud_corrections'}}}) }}

-- A correction names what it corrects. Where something else stands there now it is not applied, and the gate refuses the
-- year; where no report has come in for it, nobody would notice but for this.
select
    message_en,
    message_zh
from {{ ref('aud_corrections') }}
where state != 'applied'
