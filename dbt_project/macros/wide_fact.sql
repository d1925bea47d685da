{% macro wide_fact(per_applicant_type=false) -%}
    {#- One row per current report and one column per indicator, as the model's own yml lists them; the last column says
        which of them a correction stands behind. -#}
    {%- set others = ['report_id', 'agency_id', 'report_year', 'applicant_type', 'corrected_indicators'] -%}
    {%- set indicator_codes = model.columns | reject('in', others) | list -%}
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
    {%- for indicator_code in indicator_codes %},
    max(observations.value) filter (where observations.indicator_code = '{{ indicator_code }}') as {{ indicator_code }}
    {%- endfor %},
    string_agg(distinct observations.indicator_code, ';' order by observations.indicator_code) filter (
        where observations.correction_id is not null
        and observations.indicator_code in ('{{ indicator_codes | join("', '") }}')
    ) as corrected_indicators
from reports
left join observations on reports.report_id = observations.report_id
group by all
{%- endmacro %}
