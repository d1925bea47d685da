{{ config(materialized='table') }}

with recursive

cells as (
    select * from {{ ref('int_cells__valued') }}
),

hard_sums as (
    select
        identities.identity_id,
        reports.report_id,
        identities.whole[1] as whole_id,
        unnest(identities.parts) as part_id
    from {{ ref('stg_registry__identities') }} as identities
    inner join {{ ref('int_reports__versioned') }} as reports on identities.template_id = reports.template_id
    where identities.kind = 'sum'
),

blank_wholes as (
    select
        cells.report_id,
        cells.cell_id as whole_id,
        cells.indicator_code,
        cells.applicant_type,
        cells.period_basis
    from cells
    where cells.value_status = 'blank' and cells.value is null
),

-- A part that is itself without a number is replaced by its own parts, down to the printed ones.
parts_below as (
    select
        blank_wholes.*,
        hard_sums.identity_id,
        hard_sums.part_id
    from blank_wholes
    inner join hard_sums
        on blank_wholes.report_id = hard_sums.report_id and blank_wholes.whole_id = hard_sums.whole_id
    union
    select
        parts_below.report_id,
        parts_below.whole_id,
        parts_below.indicator_code,
        parts_below.applicant_type,
        parts_below.period_basis,
        parts_below.identity_id,
        hard_sums.part_id
    from parts_below
    inner join cells
        on
            parts_below.report_id = cells.report_id
            and parts_below.part_id = cells.cell_id
            and parts_below.applicant_type = cells.applicant_type
            and parts_below.period_basis = cells.period_basis
            and cells.value is null
    inner join hard_sums
        on parts_below.report_id = hard_sums.report_id and parts_below.part_id = hard_sums.whole_id
),

sums as (
    select
        parts_below.report_id,
        parts_below.whole_id as cell_id,
        parts_below.indicator_code,
        parts_below.applicant_type,
        parts_below.period_basis,
        parts_below.identity_id,
        round(sum(cells.value), 6) as value,
        bool_or(cells.is_in_error and cells.value is not null) as is_in_error,
        list(cells.reading_id order by cells.document_order) filter (where cells.value is not null) as reading_ids
    from parts_below
    inner join cells
        on
            parts_below.report_id = cells.report_id
            and parts_below.part_id = cells.cell_id
            and parts_below.applicant_type = cells.applicant_type
            and parts_below.period_basis = cells.period_basis
    group by all
    having count(cells.value) > 0
)

select
    report_id,
    cell_id,
    indicator_code,
    applicant_type,
    period_basis,
    is_in_error,
    if(is_in_error, null, value) as value,
    -- A corrected figure that nobody printed has no reading.
    list_filter(reading_ids, lambda reading_id: reading_id is not null) as input_reading_ids
from sums
qualify row_number() over (
    partition by report_id, cell_id, applicant_type, period_basis
    order by identity_id
) = 1
