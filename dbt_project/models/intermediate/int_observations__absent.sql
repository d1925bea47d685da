with reports as (
    select * from {{ ref('int_reports__versioned') }}
),

known_applicant_types as (
    select list(applicant_type) as applicant_types
    from {{ ref('stg_registry__applicant_types') }}
),

cells as (
    select *
    from {{ ref('stg_registry__template_cells') }}
    where
        indicator_code is not null
        and kind != 'narrative'
        and (variant is null or list_contains({{ var('national_variants') }}, variant))
),

-- The heads of a cell's columns name its period bases, its applicant types, or neither.
cells_of_reports as (
    select
        reports.report_id,
        cells.indicator_code,
        list_intersect(cells.column_keys, ['year', 'cumulative']) as period_bases,
        list_intersect(cells.column_keys, known_applicant_types.applicant_types) as applicant_types
    from reports
    inner join cells on reports.template_id = cells.template_id
    cross join known_applicant_types
),

per_period_basis as (
    select
        report_id,
        indicator_code,
        applicant_types,
        unnest(if(len(period_bases) > 0, period_bases, ['year'])) as period_basis
    from cells_of_reports
),

of_the_form as (
    select
        report_id,
        indicator_code,
        period_basis,
        unnest(if(len(applicant_types) > 0, applicant_types, ['total'])) as applicant_type
    from per_period_basis
),

printed as (
    select *
    from {{ ref('stg_extractions__readings') }}
    where source_kind = 'table'
)

select of_the_form.*
from of_the_form
anti join printed
    on
        of_the_form.report_id = printed.report_id
        and of_the_form.indicator_code = printed.indicator_code
        and of_the_form.applicant_type = printed.applicant_type
        and of_the_form.period_basis = printed.period_basis
