with corrections as (
    select
        addressed.*,
        indicators.name_zh,
        indicators.name_en,
        coalesce({{ plain_number('addressed.expected_value') }}, '空白') as expected_zh,
        coalesce({{ plain_number('addressed.expected_value') }}, 'no figure') as expected_en,
        coalesce({{ plain_number('addressed.found_value') }}, '空白') as found_zh,
        coalesce({{ plain_number('addressed.found_value') }}, 'no figure') as found_en,
        concat(
            '“', addressed.agency_name, '”', addressed.report_year, '年“', indicators.name_zh, '”（',
            addressed.indicator_code, '，', addressed.applicant_type, '，', addressed.period_basis, '）'
        ) as place_zh,
        concat(
            indicators.name_en, ' (', addressed.indicator_code, ', ', addressed.applicant_type, ', ',
            addressed.period_basis, ') of ', addressed.agency_name, ' in ', addressed.report_year
        ) as place_en,
        coalesce('（' || reports.source_uri || '）', '') as file_zh,
        coalesce(' (' || reports.source_uri || ')', '') as file_en
    from {{ ref('int_corrections__addressed') }} as addressed
    left join {{ ref('int_indicators__conformed') }} as indicators
        on addressed.indicator_code = indicators.indicator_code
    left join {{ ref('dim_reports') }} as reports
        on addressed.report_id = reports.report_id
)

select
    correction_id,
    agency_id,
    agency_name,
    report_year,
    report_id,
    indicator_code,
    applicant_type,
    period_basis,
    action,
    expected_value,
    found_value,
    value,
    state,
    case state
        when 'expected_value_gone'
            then concat(
                'corrections.csv 以为', place_zh, '印为', expected_zh, '，现印为', found_zh,
                file_zh, '：请重读报告，再修改或删除该行。'
            )
        when 'no_report'
            then concat(
                'corrections.csv 更正', place_zh, '，但没有收到该机关该年度的报告：请核对 agency_key，或等待报告收到。'
            )
        else concat(place_zh, '印为', found_zh, file_zh, if(action = 'withdraw', '，已撤下。', '，已更正。'))
    end as message_zh,
    case state
        when 'expected_value_gone'
            then concat(
                'corrections.csv expects ', expected_en, ' for ', place_en, ', but ', found_en,
                ' is printed there now', file_en, ': read the report again, then change or remove the row.'
            )
        when 'no_report'
            then concat(
                'corrections.csv corrects ', place_en,
                ', but no such report has come in: check agency_key, or wait for the report.'
            )
        else
            concat(
                place_en, ' is printed as ', found_en, file_en,
                if(action = 'withdraw', ' and was withdrawn.', ' and was corrected.')
            )
    end as message_en,
    reason_zh,
    evidence,
    corrected_by,
    corrected_on
from corrections
