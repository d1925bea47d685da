{% macro usual_spread(steps, usual_step) -%}
    {#- The median distance of a list of steps from the usual one, times 1.4826: the spread of a normal series. -#}
    1.4826 * list_aggregate(list_transform({{ steps }}, lambda step: abs(step - {{ usual_step }})), 'median')
{%- endmacro %}
