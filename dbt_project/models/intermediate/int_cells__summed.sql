{{ config(materialized='table') }}

with recursive

-- Read where it stands, several times: a copy of every figure would cost more.
cells as not materialized (
    select * from {{ ref('int_cells__valued') }}
),

parts as (
    select
        identity_id,
        template_id,
        whole[1] as whole_id,
        parts,
        unnest(parts) as part_id
    from {{ ref('stg_registry__identities') }}
    where kind = 'sum'
),

hard_sums as (
    select
        parts.identity_id,
        reports.report_id,
        parts.whole_id,
        parts.part_id,
        -- A print of the form has one row, or the rows below it: both are parts of the sum.
        if(list_contains(parts.parts, part_cells.parent_id), part_cells.parent_id, null) as above_id
    from parts
    inner join {{ ref('int_reports__versioned') }} as reports on parts.template_id = reports.template_id
    left join {{ ref('stg_registry__template_cells') }} as part_cells
        on parts.template_id = part_cells.template_id and parts.part_id = part_cells.cell_id
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
        hard_sums.part_id,
        hard_sums.above_id
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
        hard_sums.part_id,
        hard_sums.above_id
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
        list(cells.reading_id order by cells.document_order) filter (where cells.value is not null) as reading_ids,
        -- A part that a correction withdrew is missing from the sum because of it.
        list(cells.correction_id) filter (where cells.correction_id is not null) as correction_ids
    from parts_below
    inner join cells
        on
            parts_below.report_id = cells.report_id
            and parts_below.part_id = cells.cell_id
            and parts_below.applicant_type = cells.applicant_type
            and parts_below.period_basis = cells.period_basis
    -- Where a print has both, the row that sums up the others counts, once.
    anti join cells as above
        on
            parts_below.report_id = above.report_id
            and parts_below.above_id = above.cell_id
            and parts_below.applicant_type = above.applicant_type
            and parts_below.period_basis = above.period_basis
            and above.value is not null
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
    list_filter(reading_ids, lambda reading_id: reading_id is not null) as input_reading_ids,
    list_sort(list_distinct(coalesce(correction_ids, []))) as correction_ids
from sums
qualify row_number() over (
    partition by report_id, cell_id, applicant_type, period_basis
    order by identity_id
) = 1
