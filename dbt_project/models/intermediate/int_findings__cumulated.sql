{{ config(materialized='table') }}

with cumulative as (
    select distinct
        agency_id,
        indicator_code,
        applicant_type
    from {{ ref('int_figures__comparable') }}
    where period_basis = 'cumulative'
),

-- The few figures that are also told over all years, before anything is joined: a report has many more.
told_over_all_years as (
    select figures.*
    from {{ ref('int_figures__comparable') }} as figures
    semi join cumulative on {{ same('figures', 'cumulative', ['agency_id', 'indicator_code', 'applicant_type']) }}
    where not figures.is_vague
),

figures as (
    select
        told_over_all_years.*,
        reports.region_code,
        reports.template_id,
        reports.named_zh,
        reports.named_en
    from told_over_all_years
    inner join {{ ref('int_reports__named') }} as reports on told_over_all_years.report_id = reports.report_id
),

-- The last cumulative figure before this one, however many years ago.
pairs as (
    select
        later.*,
        earlier.report_year as earlier_year,
        earlier.value as earlier_value,
        earlier.least as earlier_least,
        earlier.most as earlier_most,
        earlier.reading_ids as earlier_ids,
        earlier.named_zh as earlier_zh,
        earlier.named_en as earlier_en
    from figures as later
    inner join figures as earlier
        on
            later.agency_id = earlier.agency_id
            and later.indicator_code = earlier.indicator_code
            and later.applicant_type = earlier.applicant_type
            and later.period_basis = earlier.period_basis
            and later.report_year > earlier.report_year
    where
        later.period_basis = 'cumulative'
        -- What an indicator only approximates is another thing in every form.
        and (
            later.is_exact and earlier.is_exact
            or later.template_id is not distinct from earlier.template_id
        )
    qualify row_number() over (
        partition by later.report_id, later.indicator_code, later.applicant_type
        order by earlier.report_year desc
    ) = 1
),

added as (
    select
        pairs.report_id,
        pairs.indicator_code,
        pairs.applicant_type,
        count(*) as year_count,
        sum(figures.value) as value,
        sum(figures.least) as least,
        sum(figures.most) as most,
        flatten(list(figures.reading_ids)) as reading_ids
    from pairs
    inner join figures
        on
            pairs.agency_id = figures.agency_id
            and pairs.indicator_code = figures.indicator_code
            and pairs.applicant_type = figures.applicant_type
            and figures.period_basis = 'year'
            and pairs.earlier_year < figures.report_year
            and pairs.report_year >= figures.report_year
    group by pairs.report_id, pairs.indicator_code, pairs.applicant_type
),

expected as (
    select
        pairs.*,
        coalesce(added.year_count, 0) = pairs.report_year - pairs.earlier_year as is_complete,
        pairs.earlier_value + coalesce(added.value, 0) as expected_value,
        pairs.earlier_least + coalesce(added.least, 0) as expected_least,
        pairs.earlier_most + coalesce(added.most, 0) as expected_most,
        list_concat(pairs.earlier_ids, coalesce(added.reading_ids, []), pairs.reading_ids) as all_ids
    from pairs
    left join added
        on
            pairs.report_id = added.report_id
            and pairs.indicator_code = added.indicator_code
            and pairs.applicant_type = added.applicant_type
    left join {{ ref('int_regions__dissolved') }} as dissolved
        on
            pairs.report_year >= dissolved.first_year
            and pairs.earlier_year < dissolved.first_year
            and length(pairs.region_code) = dissolved.code_length
            and starts_with(pairs.region_code, dissolved.parent_region_code)
    where dissolved.first_year is null
),

-- Where the figures of some years are missing, a cumulative figure still cannot fall below what is known.
broken as (
    select
        *,
        {{ plain_number('expected_value') }} as expected_text,
        {{ plain_number('value') }} as actual_text
    from expected
    where
        round(most, 6) < round(expected_least, 6)
        or (is_complete and round(least, 6) > round(expected_most, 6))
)

select
    broken.report_id,
    broken.report_year,
    'cumulative_rollforward' as rule_id,
    broken.indicator_code,
    broken.expected_text as expected,
    broken.actual_text as actual,
    concat(
        indicators.name_zh,
        '历年累计',
        if(broken.is_complete, '应为', '至少应为'),
        broken.earlier_zh,
        '的累计',
        if(broken.is_complete, '加此后各年数，即', '加此后已知各年数，即'),
        broken.expected_text,
        '，实为',
        broken.actual_text,
        '。'
    ) as message_zh,
    concat(
        indicators.name_en,
        ': the cumulative figure of ',
        broken.earlier_en,
        if(broken.is_complete, ' plus the years since is ', ' plus the years known since is at least '),
        broken.expected_text,
        ', and ',
        broken.actual_text,
        ' is printed.'
    ) as message_en,
    list_sort(list_distinct(broken.all_ids)) as reading_ids
from broken
inner join {{ ref('int_indicators__conformed') }} as indicators on broken.indicator_code = indicators.indicator_code
qualify row_number() over (
    partition by broken.report_id, broken.indicator_code
    order by broken.applicant_type = 'total' desc, broken.applicant_type asc
) = 1
