select
    indicator_code,
    template_id,
    string_split(cell_ids, ';') as cell_ids,
    role,
    comparability,
    operation
from {{ source('registry', 'crosswalk') }}
