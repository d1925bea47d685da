-- 一个地区（含所有下级区划）有哪些机关，各年报告到了没有？
-- Which agencies does a region hold, all divisions below it included, and which years have they reported?
select region_name, agency_name, agency_level, first_report_year, last_report_year, reports
from agencies_by_region
where region_level = 'prefecture'
order by region_code, agency_region_code, agency_name;
