-- 第一个问题：各机关主动公开了多少条信息，原文怎样印、印在哪里？
-- A first question: how many items did each agency disclose, and where is that printed?
select report_year, county_name, agency_name, value, unit, printed_value, source_file_name, page, line
from observations
where indicator_code = 'proactive_info_count' and applicant_type = 'total' and period_basis = 'year'
order by report_year, value desc nulls last;
