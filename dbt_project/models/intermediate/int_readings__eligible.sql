{{ config(materialized='table') }}

with figures as (
    select
        reading_id,
        report_id,
        source_kind,
        indicator_code,
        cell_id,
        applicant_type,
        period_basis,
        scope,
        value,
        value_status,
        page,
        table_no,
        row_no,
        column_no,
        char_start,
        line
    from {{ ref('stg_extractions__readings') }}
    where
        category is null
        and scope in ('own', 'jurisdiction')
        and period_basis in ('year', 'cumulative')
        and (indicator_code is not null or cell_id is not null)
),

table_scopes as (
    select
        report_id,
        if(
            count(*) filter (where scope = 'jurisdiction') > count(*) filter (where scope = 'own'),
            'jurisdiction',
            'own'
        ) as scope
    from figures
    where source_kind = 'table'
    group by report_id
),

deciding_scopes as (
    select
        reports.report_id,
        table_scopes.scope is not null as has_table,
        coalesce(
            table_scopes.scope,
            if(reports.agency_level in ('province', 'prefecture', 'county'), 'jurisdiction', 'own')
        ) as scope
    from {{ ref('int_reports__versioned') }} as reports
    left join table_scopes on reports.report_id = table_scopes.report_id
),

-- Only prose that no table measures, and that gives one scope, may speak for the report in the other scope.
spoken_for as (
    select distinct
        figures.report_id,
        coalesce(figures.indicator_code, figures.cell_id) as figure_code,
        figures.applicant_type,
        figures.period_basis
    from figures
    inner join deciding_scopes on figures.report_id = deciding_scopes.report_id
    where
        not deciding_scopes.has_table
        and figures.scope = deciding_scopes.scope
        and figures.value is not null
),

weighed as (
    select
        figures.*,
        deciding_scopes.has_table,
        figures.scope = deciding_scopes.scope as is_in_deciding_scope,
        row_number() over (
            partition by figures.report_id
            order by
                figures.page nulls first,
                figures.table_no nulls first,
                figures.row_no nulls first,
                figures.column_no nulls first,
                figures.char_start nulls first,
                figures.line nulls first,
                figures.reading_id
        ) as document_order
    from figures
    inner join deciding_scopes on figures.report_id = deciding_scopes.report_id
)

select
    weighed.reading_id,
    weighed.report_id,
    weighed.source_kind,
    weighed.indicator_code,
    weighed.cell_id,
    weighed.applicant_type,
    weighed.period_basis,
    weighed.value,
    weighed.value_status,
    weighed.document_order
from weighed
left join spoken_for
    on
        weighed.report_id = spoken_for.report_id
        and coalesce(weighed.indicator_code, weighed.cell_id) = spoken_for.figure_code
        and weighed.applicant_type = spoken_for.applicant_type
        and weighed.period_basis = spoken_for.period_basis
where weighed.is_in_deciding_scope or (not weighed.has_table and spoken_for.report_id is null)
