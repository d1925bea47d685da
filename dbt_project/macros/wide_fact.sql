{% macro wide_fact(per_applicant_type=false) -%}
    {#- One row per current report and one column per indicator, as the model's own yml lists them. -#}
    {%- set keys = ['report_id', 'agency_id', 'report_year', 'applicant_type'] -%}
with reports as (
    select * from {{ ref('dim_reports') }} where is_current
),

observations as (
    select *
    from {{ ref('fct_observations') }}
    where period_basis = 'year'{% if not per_applicant_type %} and applicant_type = 'total'{% endif %}
)

select
    reports.report_id,
    reports.agency_id,
    reports.report_year
    {%- if per_applicant_type %},
    coalesce(observations.applicant_type, 'total') as applicant_type
    {%- endif %}
    {%- for indicator_code in model.columns if indicator_code not in keys %},
    max(observations.value) filter (where observations.indicator_code = '{{ indicator_code }}') as {{ indicator_code }}
    {%- endfor %}
from reports
left join observations on reports.report_id = observations.report_id
group by all
{%- endmacro %}
