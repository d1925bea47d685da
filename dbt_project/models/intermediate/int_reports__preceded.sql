select
    reports.report_id,
    reports.agency_id,
    reports.agency_level,
    reports.report_year,
    before.report_id as before_report_id,
    before.named_zh as before_zh,
    before.named_en as before_en,
    coalesce(reports.template_id = before.template_id, false) as is_same_form
from {{ ref('int_reports__named') }} as reports
inner join {{ ref('int_reports__named') }} as before
    on reports.agency_id = before.agency_id and reports.report_year = before.report_year + 1
left join {{ ref('int_regions__dissolved') }} as dissolved
    on
        reports.report_year = dissolved.first_year
        and length(reports.region_code) = dissolved.code_length
        and starts_with(reports.region_code, dissolved.parent_region_code)
where dissolved.first_year is null
