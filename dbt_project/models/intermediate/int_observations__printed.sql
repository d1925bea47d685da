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
        coalesce(min(round(value, 6)) < max(round(value, 6)), false) as has_conflict,
        -- The number of the table, else the number of the prose, else the cell of the table without a number.
        coalesce(
            min(document_order) filter (where source_kind = 'table' and value is not null),
            min(document_order) filter (where source_kind = 'narrative' and value is not null),
            min(document_order) filter (where source_kind = 'table')
        ) as document_order
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
inner join readings on keys.report_id = readings.report_id and keys.document_order = readings.document_order
