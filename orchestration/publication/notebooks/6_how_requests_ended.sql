-- 申请是怎样办结的？各结果占答复数的比重（%）。
-- How did requests end? Shares of the replies, in per cent.
select report_year, template_id, outcome_name_zh, sum(outcome_count) as outcomes,
       round(100 * sum(outcome_count) / sum(replies), 1) as share
from request_outcomes
where applicant_type = 'total'
group by all
order by report_year, template_id, outcomes desc, outcome_name_zh;
