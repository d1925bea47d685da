{% macro same(left, right, columns) -%}
    {#- Whether two rows, named by their tables, agree in these columns. -#}
    {%- for column in columns %}{{ ' and ' if not loop.first }}{{ left }}.{{ column }} = {{ right }}.{{ column }}{% endfor %}
{%- endmacro %}
