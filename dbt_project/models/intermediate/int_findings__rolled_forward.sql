{{ config(materialized='table') }}

with rolling as (
    select unnest([indicator_code, opening_indicator_code, added_indicator_code, removed_indicator_code]) as code
    from {{ ref('stg_registry__roll_forwards') }}
),

-- The few figures that roll forward, before anything is joined: a report has many more.
figures as (
    select * from {{ ref('int_figures__comparable') }}
    where
        period_basis = 'year'
        and not is_vague
        and indicator_code in (select rolling.code from rolling)
),

openings as (
    select
        roll_forwards.*,
        reports.report_id,
        reports.report_year,
        reports.before_report_id,
        reports.before_zh,
        reports.before_en,
        if(roll_forwards.flows_of = 'year_before', reports.before_report_id, reports.report_id) as flows_report_id,
        closing.applicant_type,
        closing.value as actual_value,
        closing.least as actual_least,
        closing.most as actual_most,
        opening.value as opening_value,
        opening.least as opening_least,
        opening.most as opening_most,
        closing.reading_ids as closing_ids,
        opening.reading_ids as opening_ids
    from {{ ref('stg_registry__roll_forwards') }} as roll_forwards
    inner join figures as closing on roll_forwards.indicator_code = closing.indicator_code
    inner join {{ ref('int_reports__preceded') }} as reports on closing.report_id = reports.report_id
    inner join figures as opening
        on
            reports.before_report_id = opening.report_id
            and roll_forwards.opening_indicator_code = opening.indicator_code
            and closing.applicant_type = opening.applicant_type
    -- What an indicator only approximates is another thing in every form.
    where reports.is_same_form or (closing.is_exact and opening.is_exact)
),

-- A flow that the row names and the report does not give leaves nothing to expect.
expected as (
    select
        openings.*,
        openings.opening_value + coalesce(added.value, 0) - coalesce(removed.value, 0) as expected_value,
        openings.opening_least + coalesce(added.least, 0) - coalesce(removed.most, 0) as expected_least,
        openings.opening_most + coalesce(added.most, 0) - coalesce(removed.least, 0) as expected_most,
        list_concat(
            openings.opening_ids,
            coalesce(added.reading_ids, []),
            coalesce(removed.reading_ids, []),
            openings.closing_ids
        ) as reading_ids
    from openings
    left join figures as added
        on
            openings.flows_report_id = added.report_id
            and openings.added_indicator_code = added.indicator_code
            and openings.applicant_type = added.applicant_type
    left join figures as removed
        on
            openings.flows_report_id = removed.report_id
            and openings.removed_indicator_code = removed.indicator_code
            and openings.applicant_type = removed.applicant_type
    where
        (openings.added_indicator_code is null or added.report_id is not null)
        and (openings.removed_indicator_code is null or removed.report_id is not null)
),

broken as (
    select
        expected.*,
        applicants.name_zh as applicant_zh,
        applicants.name_en as applicant_en,
        {{ plain_number('expected.expected_value') }} as expected_text,
        {{ plain_number('expected.actual_value') }} as actual_text,
        expected.applicant_type = 'total' as is_total
    from expected
    inner join {{ ref('stg_registry__applicant_types') }} as applicants
        on expected.applicant_type = applicants.applicant_type
    where
        round(expected.actual_least, 6) > round(expected.expected_most, 6)
        or (expected.comparison = 'equal' and round(expected.actual_most, 6) < round(expected.expected_least, 6))
),

-- The columns of one row are one finding: who moved a request from one column to another broke both.
told as (
    select
        report_id,
        report_year,
        roll_forward_id,
        rule_id,
        indicator_code,
        before_zh,
        before_en,
        comparison,
        arg_min(expected_text, (not is_total, applicant_type)) as expected,
        arg_min(actual_text, (not is_total, applicant_type)) as actual,
        string_agg(
            applicant_zh || if(comparison = 'equal', '应为', '至多') || expected_text || '，实为' || actual_text,
            '；' order by is_total desc, applicant_type asc
        ) as detail_zh,
        string_agg(
            applicant_en || if(comparison = 'equal', ' ', ' at most ') || expected_text || ', printed ' || actual_text,
            '; ' order by is_total desc, applicant_type asc
        ) as detail_en,
        list_sort(list_distinct(flatten(list(reading_ids)))) as reading_ids
    from broken
    group by all
)

select
    told.report_id,
    told.report_year,
    told.rule_id,
    told.indicator_code,
    told.expected,
    told.actual,
    indicators.name_zh || '与' || told.before_zh || '不衔接：' || told.detail_zh || '。' as message_zh,
    indicators.name_en || ' does not follow from ' || told.before_en || ': ' || told.detail_en || '.' as message_en,
    told.reading_ids
from told
inner join {{ ref('int_indicators__conformed') }} as indicators on told.indicator_code = indicators.indicator_code
