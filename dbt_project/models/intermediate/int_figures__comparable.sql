{{ config(materialized='table') }}

with printed as (
    select
        report_id,
        indicator_code,
        applicant_type,
        period_basis,
        min(value) as least,
        max(value) as most
    from {{ ref('int_readings__eligible') }}
    where indicator_code is not null
    group by report_id, indicator_code, applicant_type, period_basis
),

vague as (
    select reading_id
    from {{ ref('stg_extractions__readings') }}
    where list_has_any(issue_codes, {{ var('vague_issue_codes') }})
)

select
    observations.report_id,
    observations.agency_id,
    observations.report_year,
    observations.indicator_code,
    observations.applicant_type,
    observations.period_basis,
    observations.value,
    -- A figure that the report gives twice differently is somewhere between the two; a correction settles it.
    if(observations.has_conflict and observations.correction_id is null, printed.least, observations.value) as least,
    if(observations.has_conflict and observations.correction_id is null, printed.most, observations.value) as most,
    observations.comparability = 'exact' as is_exact,
    vague.reading_id is not null and observations.correction_id is null as is_vague,
    coalesce(
        observations.input_reading_ids,
        if(observations.reading_id is null, []::varchar[], [observations.reading_id])
    ) as reading_ids
from {{ ref('int_observations__resolved') }} as observations
inner join {{ ref('int_reports__versioned') }} as reports
    on observations.report_id = reports.report_id and reports.is_current
left join printed
    on
        observations.report_id = printed.report_id
        and observations.indicator_code = printed.indicator_code
        and observations.applicant_type = printed.applicant_type
        and observations.period_basis = printed.period_basis
left join vague on observations.reading_id = vague.reading_id
where observations.value is not null
