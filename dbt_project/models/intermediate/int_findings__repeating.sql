{{ config(materialized='table') }}

with limits as (
    select
        max(value) filter (where threshold = 'figures_weight') as figures_weight,
        max(value) filter (where threshold = 'prose_share') as prose_share
    from {{ ref('stg_registry__thresholds') }}
    where rule_id = 'duplicate_report'
),

-- The figures as printed: a correction does not make a copy another text.
printed as (
    select * from {{ ref('int_observations__printed') }}
    where value > 0
),

figures as (
    select
        report_id,
        -- The same figures give the same number in whatever order they are met.
        bit_xor(hash(indicator_code, applicant_type, period_basis, round(value, 6))) as figures_hash,
        list_sum(list_transform(list_sort(list_distinct(list(value))), lambda figure: ln(1 + figure)))
            as figures_weight
    from printed
    group by report_id
),

reports as (
    select
        named.report_id,
        named.agency_id,
        named.report_year,
        named.named_zh,
        named.named_en,
        named.text_signature,
        figures.figures_hash
    from {{ ref('int_reports__named') }} as named
    inner join figures on named.report_id = figures.report_id
    cross join limits
    where figures.figures_weight >= limits.figures_weight and len(named.text_signature) > 0
),

-- Of two agencies and one year nobody knows who copied: both are told. Last year's report is the older one.
pairs as (
    select
        reports.report_id,
        reports.report_year,
        other.named_zh as other_zh,
        other.named_en as other_en,
        other.agency_id = reports.agency_id as is_own,
        other.report_id as other_report_id,
        list_intersect(reports.text_signature, other.text_signature) as common,
        list_slice(
            list_sort(list_distinct(list_concat(reports.text_signature, other.text_signature))),
            1,
            greatest(len(reports.text_signature), len(other.text_signature))
        ) as smallest
    from reports
    inner join reports as other
        on
            reports.figures_hash = other.figures_hash
            and reports.report_id != other.report_id
            and other.report_year in (reports.report_year, reports.report_year - 1)
),

alike as (
    select
        pairs.*,
        len(list_intersect(pairs.common, pairs.smallest)) / len(pairs.smallest) as share
    from pairs
),

told as (
    select alike.*
    from alike
    cross join limits
    where alike.share >= limits.prose_share
    qualify row_number() over (
        partition by alike.report_id
        order by alike.is_own desc, alike.share desc, alike.other_report_id asc
    ) = 1
),

of_both as (
    select
        report_id as told_report_id,
        unnest([report_id, other_report_id]) as report_id
    from told
),

shown as (
    select
        of_both.told_report_id as report_id,
        list_sort(list(printed.reading_id)) as reading_ids
    from of_both
    inner join printed on of_both.report_id = printed.report_id
    group by of_both.told_report_id
)

select
    told.report_id,
    told.report_year,
    'duplicate_report' as rule_id,
    null::varchar as indicator_code,
    null::varchar as expected,
    told.other_report_id as actual,
    '大于零的数字与' || told.other_zh || '全部相同，正文语句相同的约占' || round(100 * told.share)::integer || '%。'
        as message_zh,
    'Every figure above zero is that of ' || told.other_en || ', and about '
    || round(100 * told.share)::integer || '% of the prose is.' as message_en,
    shown.reading_ids
from told
inner join shown on told.report_id = shown.report_id
