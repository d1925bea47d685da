select *
from {{ ref('stg_extractions__readings') }}
