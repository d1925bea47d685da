{% macro natural_key(columns) -%}
    {#- An id as the reader makes it: the first 16 hex digits of the SHA-256 of the members joined by U+001F. -#}
    left(sha256(concat_ws(chr(31){% for column in columns %}, coalesce({{ column }}::varchar, ''){% endfor %})), 16)
{%- endmacro %}
