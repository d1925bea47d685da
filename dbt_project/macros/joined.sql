{% macro joined(members) -%}
    {#- A list as one text, its members joined by a semicolon; null where there is none. -#}
    nullif(array_to_string({{ members }}, ';'), '')
{%- endmacro %}
