{{ config(materialized='table') }}

with limits as (
    select
        max(value) filter (where threshold = 'figures_weight') as figures_weight,
        max(value) filter (where threshold = 'prose_share') as prose_share
    from {{ ref('stg_registry__thresholds') }}
    where rule_id = 'duplicate_report'
),

-- The figures as printed: a correction does not make a copy another text.
figures as (
    select
        report_id,
        sha256(string_agg(
            concat_ws('/', indicator_code, applicant_type, period_basis, round(value, 6)),
            ';' order by indicator_code, applicant_type, period_basis
        )) as figures_hash,
        list_sum(list_transform(list_distinct(list(value)), lambda figure: ln(1 + figure))) as figures_weight,
        list_sort(list(reading_id)) as reading_ids
    from {{ ref('int_observations__printed') }}
    where value > 0
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
        figures.figures_hash,
        figures.reading_ids
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
        list_concat(other.reading_ids, reports.reading_ids) as reading_ids,
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
        *,
        len(list_intersect(common, smallest)) / len(smallest) as prose_share
    from pairs
)

select
    alike.report_id,
    alike.report_year,
    'duplicate_report' as rule_id,
    null::varchar as indicator_code,
    null::varchar as expected,
    alike.other_report_id as actual,
    '大于零的数字与' || alike.other_zh || '全部相同，正文语句相同的约占' || round(100 * alike.prose_share)::integer || '%。'
        as message_zh,
    'Every figure above zero is that of ' || alike.other_en || ', and about '
    || round(100 * alike.prose_share)::integer || '% of the prose is.' as message_en,
    list_sort(alike.reading_ids) as reading_ids
from alike
cross join limits
where alike.prose_share >= limits.prose_share
qualify row_number() over (
    partition by alike.report_id
    order by alike.is_own desc, alike.prose_share desc, alike.other_report_id asc
) = 1
