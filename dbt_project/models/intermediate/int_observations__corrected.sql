with printed as (
    select * from {{ ref('int_observations__printed') }}
),

corrections as (
    select *
    from {{ ref('int_corrections__addressed') }}
    where state = 'applied'
)

select
    coalesce(printed.report_id, corrections.report_id) as report_id,
    coalesce(printed.indicator_code, corrections.indicator_code) as indicator_code,
    coalesce(printed.applicant_type, corrections.applicant_type) as applicant_type,
    coalesce(printed.period_basis, corrections.period_basis) as period_basis,
    if(corrections.correction_id is null, printed.value, corrections.value) as value,
    case
        when corrections.correction_id is null then printed.value_status
        when corrections.value is null then 'not_applicable'
        when corrections.value = 0 then 'reported_zero'
        else 'reported'
    end as value_status,
    if(corrections.correction_id is null, printed.source_kind, 'correction') as source_kind,
    coalesce(printed.has_conflict, false) as has_conflict,
    printed.reading_id,
    printed.document_order,
    corrections.correction_id
from printed
full outer join corrections
    on
        printed.report_id = corrections.report_id
        and printed.indicator_code = corrections.indicator_code
        and printed.applicant_type = corrections.applicant_type
        and printed.period_basis = corrections.period_basis
