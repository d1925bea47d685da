{{ config(materialized='table') }}

-- Both are every figure there is: written down once more, they would cost more than all that is joined to them.
with printed as not materialized (
    select
        report_id,
        indicator_code,
        applicant_type,
        period_basis,
        value,
        value_status,
        source_kind,
        has_conflict,
        reading_id,
        null::varchar[] as input_reading_ids,
        correction_id,
        if(value is null and correction_id is null and value_status in ('blank', 'absent'), 4, 1) as precedence
    from {{ ref('int_observations__corrected') }}
),

-- What is printed with a number, or corrected, stands: only what fills the other places has to be chosen.
standing as not materialized (
    select * from printed
    where precedence = 1
),

candidates as (
    select * from printed
    where precedence != 1
    union all
    select
        report_id,
        indicator_code,
        applicant_type,
        period_basis,
        value,
        'derived' as value_status,
        'derived' as source_kind,
        false as has_conflict,
        null as reading_id,
        input_reading_ids,
        {{ joined('correction_ids') }} as correction_id,
        2 as precedence
    from {{ ref('int_cells__summed') }}
    where indicator_code is not null and value is not null
    union all
    select
        report_id,
        indicator_code,
        applicant_type,
        period_basis,
        value,
        -- Withheld where a figure it needs is under an arithmetic error: the form has no cell of its own for it.
        if(value is null, 'not_applicable', 'derived') as value_status,
        'derived' as source_kind,
        false as has_conflict,
        null as reading_id,
        input_reading_ids,
        -- A correction of another addend does not withhold it.
        if(value is null, null, {{ joined('correction_ids') }}) as correction_id,
        if(value is not null, 3, 5) as precedence
    from {{ ref('int_observations__crossed') }}
    union all
    select
        report_id,
        indicator_code,
        applicant_type,
        period_basis,
        null as value,
        'absent' as value_status,
        'table' as source_kind,
        false as has_conflict,
        null as reading_id,
        null as input_reading_ids,
        null as correction_id,
        6 as precedence
    from {{ ref('int_observations__absent') }}
),

filling as (
    select candidates.*
    from candidates
    anti join standing
        on
            candidates.report_id = standing.report_id
            and candidates.indicator_code = standing.indicator_code
            and candidates.applicant_type = standing.applicant_type
            and candidates.period_basis = standing.period_basis
    qualify row_number() over (
        partition by candidates.report_id, candidates.indicator_code, candidates.applicant_type, candidates.period_basis
        order by candidates.precedence
    ) = 1
),

chosen as (
    select * from standing
    union all
    select * from filling
)

select
    chosen.report_id,
    chosen.indicator_code,
    chosen.applicant_type,
    chosen.period_basis,
    chosen.value,
    chosen.value_status,
    chosen.source_kind,
    chosen.has_conflict,
    chosen.reading_id,
    chosen.input_reading_ids,
    chosen.correction_id,
    reports.agency_id,
    reports.report_year,
    reports.template_id,
    indicators.unit,
    -- Prose may carry any code; one that the form has no cell for is approximate.
    coalesce(
        if(chosen.precedence in (3, 5), derived.comparability, read_cells.comparability),
        'approximate'
    ) as comparability
from chosen
inner join {{ ref('int_reports__versioned') }} as reports on chosen.report_id = reports.report_id
left join {{ ref('int_indicators__conformed') }} as indicators on chosen.indicator_code = indicators.indicator_code
left join {{ ref('stg_registry__crosswalk') }} as read_cells
    on
        chosen.indicator_code = read_cells.indicator_code
        and reports.template_id = read_cells.template_id
        and read_cells.role = 'reading'
left join {{ ref('stg_registry__crosswalk') }} as derived
    on
        chosen.indicator_code = derived.indicator_code
        and reports.template_id = derived.template_id
        and derived.role = 'derived'
