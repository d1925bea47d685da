{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- The folders name the schemas: staging, intermediate, marts and audit, without a prefix. -#}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
