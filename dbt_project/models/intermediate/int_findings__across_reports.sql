with seen as (
    select * from {{ ref('int_findings__published_twice') }}
    union all by name
    select * from {{ ref('int_findings__repeating') }}
    union all by name
    select * from {{ ref('int_findings__rolled_forward') }}
    union all by name
    select * from {{ ref('int_findings__cumulated') }}
    union all by name
    select * from {{ ref('int_findings__year_over_year') }}
)

select
    {{ natural_key(['seen.report_id', 'seen.rule_id', 'seen.indicator_code', 'seen.expected', 'seen.actual']) }}
        as finding_id,
    seen.*,
    rules.severity
from seen
inner join {{ ref('stg_registry__rules') }} as rules on seen.rule_id = rules.rule_id
