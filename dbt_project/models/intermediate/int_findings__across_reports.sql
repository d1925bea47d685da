with published_twice as (
    select
        max(report_id) filter (where is_current) as report_id,
        report_year,
        'duplicate_report' as rule_id,
        null::varchar as indicator_code,
        '1' as expected,
        count(*)::varchar as actual,
        '同一机关同一年度有' || count(*) || '份内容不同的报告，以此份为准。' as message_zh,
        count(*) || ' different documents report this agency and year; this one is current.' as message_en,
        []::varchar[] as reading_ids
    from {{ ref('int_reports__versioned') }}
    group by agency_id, report_year
    having count(*) > 1
),

figures as (
    select observations.*
    from {{ ref('int_observations__resolved') }} as observations
    inner join {{ ref('int_reports__versioned') }} as reports
        on observations.report_id = reports.report_id and reports.is_current
    where observations.value is not null
),

rolled_forward as (
    select
        now.report_id,
        now.report_year,
        now.indicator_code,
        before.value + of_the_year.value as expected_value,
        now.value as actual_value,
        [before.reading_id, of_the_year.reading_id, now.reading_id] as reading_ids
    from figures as now
    inner join figures as before
        on
            now.agency_id = before.agency_id
            and now.indicator_code = before.indicator_code
            and now.applicant_type = before.applicant_type
            and now.report_year = before.report_year + 1
            and before.period_basis = 'cumulative'
    inner join figures as of_the_year
        on
            now.report_id = of_the_year.report_id
            and now.indicator_code = of_the_year.indicator_code
            and now.applicant_type = of_the_year.applicant_type
            and of_the_year.period_basis = 'year'
    where now.period_basis = 'cumulative'
),

does_not_roll_forward as (
    select
        report_id,
        report_year,
        'cumulative_rollforward' as rule_id,
        indicator_code,
        format('{:g}', expected_value) as expected,
        format('{:g}', actual_value) as actual,
        '历年累计应为上年累计加本年数，即' || expected || '，实为' || actual || '。' as message_zh,
        'Last year''s cumulative figure plus the year''s own is ' || expected || ', and ' || actual || ' is printed.'
            as message_en,
        list_filter(reading_ids, lambda reading_id: reading_id is not null) as reading_ids
    from rolled_forward
    where round(expected_value, 6) != round(actual_value, 6)
),

seen as (
    select * from published_twice
    union all
    select * from does_not_roll_forward
)

select
    {{ natural_key(['seen.report_id', 'seen.rule_id', 'seen.indicator_code', 'seen.expected', 'seen.actual']) }}
        as finding_id,
    seen.*,
    rules.severity
from seen
inner join {{ ref('stg_registry__rules') }} as rules on seen.rule_id = rules.rule_id
