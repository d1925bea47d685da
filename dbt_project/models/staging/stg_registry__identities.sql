select
    identity_id,
    template_id,
    rule_id,
    kind,
    string_split(whole, ';') as whole,
    string_split(parts, ';') as parts
from {{ source('registry', 'identities') }}
