{% macro plain_number(value) -%}
    {#- A figure as people write it: whole numbers without a point, others with at most four decimals. -#}
    rtrim(rtrim(format('{:.4f}', {{ value }}), '0'), '.')
{%- endmacro %}
