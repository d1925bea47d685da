select
    template_id,
    title_zh,
    issuing_document,
    first_report_year::integer as first_report_year,
    last_report_year::integer as last_report_year
from {{ source('registry', 'templates') }}
