select
    template_id,
    cell_id,
    indicator_code,
    parent_id,
    kind,
    string_split(column_keys, ';') as column_keys,
    variant
from {{ source('registry', 'template_cells') }}
