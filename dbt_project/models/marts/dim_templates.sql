select
    template_id,
    title_zh,
    issuing_document,
    first_report_year,
    last_report_year
from {{ ref('int_templates__issued') }}
