{{ config(materialized='table') }}

with readings as (
    select *
    from {{ ref('int_readings__eligible') }}
    where indicator_code is not null
),

keys as (
    select
        report_id,
        indicator_code,
        applicant_type,
        period_basis,
        -- Amounts in another unit are converted: equal figures may differ far behind the decimal point.
        count(distinct round(value, 6)) > 1 as has_conflict,
        arg_min(reading_id, document_order) filter (where source_kind = 'table' and value is not null) as table_number,
        arg_min(reading_id, document_order) filter (where source_kind = 'narrative' and value is not null)
            as narrative_number,
        arg_min(reading_id, document_order) filter (where source_kind = 'table') as table_cell
    from readings
    group by report_id, indicator_code, applicant_type, period_basis
)

select
    keys.report_id,
    keys.indicator_code,
    keys.applicant_type,
    keys.period_basis,
    readings.value,
    readings.value_status,
    readings.source_kind,
    keys.has_conflict,
    readings.reading_id,
    readings.document_order
from keys
inner join readings on coalesce(keys.table_number, keys.narrative_number, keys.table_cell) = readings.reading_id
