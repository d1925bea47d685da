{{ config(materialized='table') }}

with reports as (
    -- Byte-identical copies are one document, and give one report.
    select *
    from {{ ref('stg_extractions__reports') }}
    qualify row_number() over (partition by report_id order by document_id) = 1
),

figures as (
    select
        report_id,
        count(*) as reading_count
    from {{ ref('stg_extractions__readings') }}
    group by report_id
),

ranked as (
    select
        reports.*,
        coalesce(figures.reading_count, 0) as reading_count,
        row_number() over (
            partition by reports.agency_id, reports.report_year
            order by
                reports.published_on desc nulls last,
                reports.signed_on desc nulls last,
                coalesce(figures.reading_count, 0) desc,
                reports.document_id asc
        ) as version_rank
    from reports
    left join figures on reports.report_id = figures.report_id
)

select
    * exclude (version_rank),
    version_rank = 1 as is_current
from ranked
