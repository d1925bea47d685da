with versions as (
    select
        superseded.report_id as superseded_report_id,
        current_ones.report_id,
        current_ones.agency_id,
        current_ones.report_year
    from {{ ref('dim_reports') }} as superseded
    inner join {{ ref('dim_reports') }} as current_ones
        on
            superseded.agency_id = current_ones.agency_id
            and superseded.report_year = current_ones.report_year
            and current_ones.is_current
    where not superseded.is_current
),

figures as (
    select
        report_id as version_id,
        indicator_code,
        applicant_type,
        period_basis,
        unit,
        value,
        value_status,
        reading_id,
        correction_id
    from {{ ref('fct_observations') }}
),

before as (
    select
        versions.*,
        figures.*
    from versions
    inner join figures on versions.superseded_report_id = figures.version_id
),

after as (
    select
        versions.*,
        figures.*
    from versions
    inner join figures on versions.report_id = figures.version_id
),

compared as (
    select
        coalesce(after.agency_id, before.agency_id) as agency_id,
        coalesce(after.report_year, before.report_year) as report_year,
        coalesce(after.report_id, before.report_id) as report_id,
        coalesce(after.superseded_report_id, before.superseded_report_id) as superseded_report_id,
        coalesce(after.indicator_code, before.indicator_code) as indicator_code,
        coalesce(after.applicant_type, before.applicant_type) as applicant_type,
        coalesce(after.period_basis, before.period_basis) as period_basis,
        coalesce(after.unit, before.unit) as unit,
        before.value as value_before,
        after.value as value_after,
        -- A form without the row does not print it.
        coalesce(before.value_status, 'absent') as value_status_before,
        coalesce(after.value_status, 'absent') as value_status_after,
        before.reading_id as reading_id_before,
        after.reading_id as reading_id_after,
        after.correction_id as correction_id_after
    from before
    full outer join after
        on {{ same('before', 'after', [
            'report_id', 'superseded_report_id', 'indicator_code', 'applicant_type', 'period_basis'
        ]) }}
)

select
    report_id,
    superseded_report_id,
    agency_id,
    report_year,
    indicator_code,
    applicant_type,
    period_basis,
    unit,
    value_before,
    value_after,
    value_status_before,
    value_status_after,
    reading_id_before,
    reading_id_after,
    case
        when value_before is null and value_after is null then 'status'
        when value_before is null then 'added'
        when value_after is null then 'removed'
        when round(value_before, 6) != round(value_after, 6) then 'changed'
        else 'status'
    end as change,
    correction_id_after
from compared
where
    value_status_before != value_status_after
    or round(value_before, 6) != round(value_after, 6)
