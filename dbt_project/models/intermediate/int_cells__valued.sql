{{ config(materialized='table') }}

with cells as (
    select
        reports.report_id,
        cells.cell_id,
        cells.indicator_code
    from {{ ref('int_reports__versioned') }} as reports
    inner join {{ ref('stg_registry__template_cells') }} as cells
        on reports.template_id = cells.template_id and cells.kind != 'narrative'
),

readings_in_error as (
    select distinct unnest(findings.reading_ids) as reading_id
    from {{ ref('stg_extractions__findings') }} as findings
    where
        findings.severity = 'error'
        and findings.rule_id in (select identities.rule_id from {{ ref('stg_registry__identities') }} as identities)
),

cells_with_a_home as (
    select
        cells.report_id,
        cells.cell_id,
        cells.indicator_code,
        observations.applicant_type,
        observations.period_basis,
        observations.value,
        observations.value_status,
        observations.reading_id,
        observations.document_order,
        observations.correction_id
    from cells
    inner join {{ ref('int_observations__corrected') }} as observations
        on cells.report_id = observations.report_id and cells.indicator_code = observations.indicator_code
),

cells_without_a_home as (
    select
        cells.report_id,
        cells.cell_id,
        cells.indicator_code,
        readings.applicant_type,
        readings.period_basis,
        readings.value,
        readings.value_status,
        readings.reading_id,
        readings.document_order,
        null as correction_id
    from cells
    inner join {{ ref('int_readings__eligible') }} as readings
        on cells.report_id = readings.report_id and cells.cell_id = readings.cell_id
    where cells.indicator_code is null and readings.source_kind = 'table'
    qualify row_number() over (
        partition by cells.report_id, cells.cell_id, readings.applicant_type, readings.period_basis
        order by readings.value is null, readings.document_order
    ) = 1
),

valued as (
    select * from cells_with_a_home
    union all
    select * from cells_without_a_home
)

select
    valued.report_id,
    valued.cell_id,
    valued.indicator_code,
    valued.applicant_type,
    valued.period_basis,
    valued.value,
    valued.value_status,
    valued.reading_id,
    valued.document_order,
    valued.correction_id,
    readings_in_error.reading_id is not null and valued.correction_id is null as is_in_error
from valued
left join readings_in_error on valued.reading_id = readings_in_error.reading_id
