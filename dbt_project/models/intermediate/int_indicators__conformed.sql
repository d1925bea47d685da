select *
from {{ ref('stg_registry__indicators') }}
