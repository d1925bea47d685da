select *
from {{ ref('stg_extractions__findings') }}
union all by name
select *
from {{ ref('int_findings__across_reports') }}
