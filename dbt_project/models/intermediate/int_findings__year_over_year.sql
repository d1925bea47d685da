{{ config(materialized='table') }}

{%- set figure = ['report_id', 'indicator_code', 'applicant_type'] -%}
{%- set series = ['agency_id', 'indicator_code', 'applicant_type'] %}

with limits as (
    select
        max(value) filter (where threshold = 'deviations') as deviations,
        max(value) filter (where threshold = 'peer_deviations') as peer_deviations,
        max(value) filter (where threshold = 'short_deviations') as short_deviations,
        max(value) filter (where threshold = 'spread_floor') as spread_floor,
        max(value) filter (where threshold = 'trend_limit') as trend_limit,
        max(value) filter (where threshold = 'own_ratios') as own_ratios,
        max(value) filter (where threshold = 'own_years') as own_years,
        max(value) filter (where threshold = 'level_years') as level_years,
        max(value) filter (where threshold = 'peers') as peers,
        max(value) filter (where threshold = 'zero_from') as zero_from
    from {{ ref('stg_registry__thresholds') }}
    where rule_id = 'year_over_year'
),

figures as (
    select
        figures.*,
        watched.smallest_figure,
        -- One more than the figure: the smallest counts move by chance, and zero has no logarithm.
        ln(1 + figures.value) as height
    from {{ ref('int_figures__comparable') }} as figures
    inner join {{ ref('stg_registry__watched_series') }} as watched on figures.indicator_code = watched.indicator_code
    where figures.period_basis = 'year' and figures.value >= 0
),

steps as (
    select
        figures.*,
        reports.agency_level,
        reports.before_zh,
        reports.before_en,
        before.value as before_value,
        before.reading_ids as before_ids,
        figures.height - before.height as step
    from figures
    inner join {{ ref('int_reports__preceded') }} as reports on figures.report_id = reports.report_id
    inner join figures as before
        on
            reports.before_report_id = before.report_id
            and figures.indicator_code = before.indicator_code
            and figures.applicant_type = before.applicant_type
    where reports.is_same_form or (figures.is_exact and before.is_exact)
),

judged as (
    select steps.*
    from steps
    -- A practice that begins is no slip of the pen.
    where
        steps.before_value > 0
        and greatest(steps.value, steps.before_value) >= steps.smallest_figure
),

-- Every earlier figure of the agency that a judged one is held against, and how many years ago it was.
pasts as (
    select
        judged.report_id,
        judged.indicator_code,
        judged.applicant_type,
        judged.height,
        earlier.height as earlier_height,
        earlier.report_year as earlier_year,
        judged.report_year - earlier.report_year as years_ago
    from judged
    inner join figures as earlier
        on
            {{ same('judged', 'earlier', series) }}
            and judged.report_year > earlier.report_year
),

histories as (
    select
        pasts.report_id,
        pasts.indicator_code,
        pasts.applicant_type,
        median(pasts.earlier_height) as usual_height,
        limits.deviations * greatest(limits.spread_floor, 1.4826 * mad(pasts.earlier_height)) as bound
    from pasts
    cross join limits
    where pasts.years_ago <= limits.own_years
    group by pasts.report_id, pasts.indicator_code, pasts.applicant_type, limits.deviations, limits.spread_floor
    having count(*) > 2
),

-- The one year in which the agency left its level, and which the judged figure is not like: a slip, whose two steps, up
-- and down again, say nothing of what is usual. A series that leaves its level more than once is wild.
excursions as (
    select
        pasts.report_id,
        pasts.indicator_code,
        pasts.applicant_type,
        min(pasts.earlier_year) as excursion_year
    from pasts
    cross join limits
    inner join histories on {{ same('pasts', 'histories', figure) }}
    where
        pasts.years_ago <= limits.own_years
        and abs(pasts.earlier_height - histories.usual_height) > histories.bound
        and abs(pasts.earlier_height - pasts.height) > histories.bound
    group by pasts.report_id, pasts.indicator_code, pasts.applicant_type
    having count(*) = 1
),

of_the_agency as (
    select
        judged.report_id,
        judged.indicator_code,
        judged.applicant_type,
        count(*) as step_count,
        list(earlier.step order by earlier.report_year) as steps,
        min(least(earlier.value, earlier.before_value)) as smallest
    from judged
    cross join limits
    inner join steps as earlier
        on
            {{ same('judged', 'earlier', series) }}
            and judged.report_year > earlier.report_year
            and judged.report_year - limits.own_years <= earlier.report_year
    left join excursions on {{ same('judged', 'excursions', figure) }}
    where coalesce(earlier.report_year - excursions.excursion_year not in (0, 1), true)
    group by judged.report_id, judged.indicator_code, judged.applicant_type
),

of_the_peers as (
    select
        report_year,
        agency_level,
        indicator_code,
        applicant_type,
        count(*) as step_count,
        list(step order by report_id) as steps
    from steps
    where before_value > 0 and value > 0
    group by report_year, agency_level, indicator_code, applicant_type
),

levels as (
    select
        pasts.report_id,
        pasts.indicator_code,
        pasts.applicant_type,
        list(abs(pasts.height - pasts.earlier_height) order by pasts.earlier_year) as distances
    from pasts
    cross join limits
    where pasts.years_ago <= limits.level_years
    group by pasts.report_id, pasts.indicator_code, pasts.applicant_type
),

compared as (
    select
        judged.*,
        limits.spread_floor,
        coalesce(own.step_count >= limits.own_ratios, false) as is_long,
        is_long or coalesce(peers.step_count, 0) < limits.peers as is_own,
        case
            when is_long then limits.deviations
            when is_own then limits.short_deviations
            when own.step_count > 0 then limits.deviations
            else limits.peer_deviations
        end as deviations,
        own.steps as own_steps,
        if(is_own, null, peers.steps) as peer_steps,
        -- Nothing doubles year after year; a series that swings to and fro has no trend.
        greatest(
            -limits.trend_limit,
            least(limits.trend_limit, list_aggregate(coalesce(peer_steps, own_steps), 'median'))
        ) as usual_step,
        -- A wrong figure of last year accuses itself, not the right one of this year.
        if(len(levels.distances) > 2, list_aggregate(levels.distances, 'median'), list_min(levels.distances))
            as from_level
    from judged
    cross join limits
    inner join levels on {{ same('judged', 'levels', figure) }}
    left join of_the_agency as own on {{ same('judged', 'own', figure) }}
    left join of_the_peers as peers
        on {{ same('judged', 'peers', ['report_year', 'agency_level', 'indicator_code', 'applicant_type']) }}
    where
        (
            judged.value > 0
            or (judged.before_value >= limits.zero_from and own.step_count >= limits.own_ratios and own.smallest > 0)
        )
        and (own.step_count > 0 or peers.step_count >= limits.peers)
),

measured as (
    select
        *,
        -- Of a short history and the peers, the wilder one says what is usual.
        greatest(
            spread_floor,
            {{ usual_spread('own_steps', 'usual_step') }},
            {{ usual_spread('peer_steps', 'usual_step') }}
        ) as usual_spread,
        -- Small counts move by chance as well: the variance of the logarithm of a count is about one over it.
        deviations * sqrt(pow(usual_spread, 2) + 2 / (1 + before_value)) as bound
    from compared
),

departing as (
    select
        measured.*,
        applicants.name_zh as applicant_zh,
        applicants.name_en as applicant_en,
        measured.applicant_type = 'total' as is_total,
        {{ plain_number('measured.before_value') }} as before_text,
        {{ plain_number('measured.value') }} as value_text
    from measured
    inner join {{ ref('stg_registry__applicant_types') }} as applicants
        on measured.applicant_type = applicants.applicant_type
    where
        abs(measured.step - measured.usual_step) > measured.bound
        and measured.from_level > measured.bound
),

told as (
    select
        report_id,
        report_year,
        indicator_code,
        before_zh,
        before_en,
        arg_min(before_text, (not is_total, applicant_type)) as expected,
        arg_min(value_text, (not is_total, applicant_type)) as actual,
        bool_or(is_own) as is_own,
        string_agg(
            applicant_zh || '上年' || before_text || '，本年' || value_text,
            '；' order by is_total desc, applicant_type asc
        ) as detail_zh,
        string_agg(
            applicant_en || ' ' || before_text || ', now ' || value_text,
            '; ' order by is_total desc, applicant_type asc
        ) as detail_en,
        list_sort(list_distinct(flatten(list(list_concat(before_ids, reading_ids))))) as reading_ids
    from departing
    group by report_id, report_year, indicator_code, before_zh, before_en
)

select
    told.report_id,
    told.report_year,
    'year_over_year' as rule_id,
    told.indicator_code,
    told.expected,
    told.actual,
    concat(
        indicators.name_zh,
        '与',
        told.before_zh,
        '相差悬殊：',
        told.detail_zh,
        if(told.is_own, '，超出本机关历年的波动。', '，超出同级机关当年的波动。')
    ) as message_zh,
    concat(
        indicators.name_en,
        ' is far from ',
        told.before_en,
        ': ',
        told.detail_en,
        if(told.is_own, ', beyond the usual variation of this agency.', ', beyond that of its level in this year.')
    ) as message_en,
    told.reading_ids
from told
inner join {{ ref('int_indicators__conformed') }} as indicators on told.indicator_code = indicators.indicator_code
