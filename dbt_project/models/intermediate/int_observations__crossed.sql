with crossings as (
    select
        reports.report_id,
        crosswalk.indicator_code,
        unnest(crosswalk.cell_ids) as cell_id,
        len(crosswalk.cell_ids) as addend_count
    from {{ ref('stg_registry__crosswalk') }} as crosswalk
    inner join {{ ref('int_reports__versioned') }} as reports on crosswalk.template_id = reports.template_id
    where crosswalk.role = 'derived' and crosswalk.operation in ('sum', 'copy')
),

addends as (
    select
        report_id,
        cell_id,
        applicant_type,
        period_basis,
        value,
        is_in_error,
        [reading_id] as reading_ids,
        if(correction_id is null, [], [correction_id]) as correction_ids
    from {{ ref('int_cells__valued') }}
    where value is not null
    union all
    select
        report_id,
        cell_id,
        applicant_type,
        period_basis,
        value,
        is_in_error,
        input_reading_ids as reading_ids,
        correction_ids
    from {{ ref('int_cells__summed') }}
),

crossed as (
    select
        crossings.report_id,
        crossings.indicator_code,
        addends.applicant_type,
        addends.period_basis,
        round(sum(addends.value), 6) as value,
        bool_or(addends.is_in_error) as is_in_error,
        flatten(list(addends.reading_ids order by addends.cell_id)) as reading_ids,
        flatten(list(addends.correction_ids)) as correction_ids
    from crossings
    inner join addends on crossings.report_id = addends.report_id and crossings.cell_id = addends.cell_id
    group by
        crossings.report_id,
        crossings.indicator_code,
        crossings.addend_count,
        addends.applicant_type,
        addends.period_basis
    having count(*) = crossings.addend_count
)

select
    report_id,
    indicator_code,
    applicant_type,
    period_basis,
    if(is_in_error, null, value) as value,
    -- A corrected figure that nobody printed has no reading.
    list_filter(reading_ids, lambda reading_id: reading_id is not null) as input_reading_ids,
    list_sort(list_distinct(correction_ids)) as correction_ids
from crossed
