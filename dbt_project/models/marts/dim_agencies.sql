with newest as (
    select *
    from {{ ref('int_agencies__seen') }}
    qualify row_number() over (partition by agency_id order by report_year desc) = 1
)

select
    newest.agency_id,
    newest.agency_name,
    newest.agency_level,
    newest.region_code,
    parents.agency_id as parent_agency_id
from newest
-- A parent that has never reported is not in this table, so nothing points to it.
left join newest as parents on newest.parent_agency_id = parents.agency_id
