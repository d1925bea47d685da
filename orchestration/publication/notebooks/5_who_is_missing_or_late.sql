-- 谁没有报告，谁迟报？
-- Who is missing, and who is late?
select report_year, maturity, state, agency_name, days_late, reason_zh
from missing_or_late
order by report_year, state, agency_name;
