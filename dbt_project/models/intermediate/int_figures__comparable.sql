{{ config(materialized='table') }}

with contradicted as (
    select *
    from {{ ref('int_observations__resolved') }}
    where has_conflict and correction_id is null
),

printed as (
    select
        readings.report_id,
        readings.indicator_code,
        readings.applicant_type,
        readings.period_basis,
        min(readings.value) as least,
        max(readings.value) as most
    from {{ ref('int_readings__eligible') }} as readings
    semi join contradicted
        on
            readings.report_id = contradicted.report_id
            and readings.indicator_code = contradicted.indicator_code
            and readings.applicant_type = contradicted.applicant_type
            and readings.period_basis = contradicted.period_basis
    group by readings.report_id, readings.indicator_code, readings.applicant_type, readings.period_basis
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
    coalesce(printed.least, observations.value) as least,
    coalesce(printed.most, observations.value) as most,
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
