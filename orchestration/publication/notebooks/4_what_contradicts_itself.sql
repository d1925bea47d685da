-- 哪些报告自相矛盾？两边的数字各在哪里？
-- Which reports contradict themselves, and where does each figure stand?
select report_year, agency_name, rule_id, message_zh, figure_no, printed_label, printed_value, source_file_name,
       page, line
from contradictions
where severity = 'error'
order by report_year, agency_name, finding_id, figure_no;
