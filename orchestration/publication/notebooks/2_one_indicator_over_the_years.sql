-- 一个指标历年如何变化，相邻两年能不能直接比较？
-- How does an indicator develop, and may two years be compared as they stand?
select agency_name, report_year, value, unit, previous_year, previous_value, change, step, template_id
from indicator_series
where indicator_code = 'requests_received_count' and applicant_type = 'total' and period_basis = 'year'
order by agency_name, report_year;
