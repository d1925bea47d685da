-- A correction names what it corrects. When something else stands there now, nobody knows whether it is still right:
-- the build stops here, and says which row of corrections.csv to look at.
select *
from {{ ref('int_observations__corrected') }}
where
    correction_id is not null
    and case
        when round(expected_value, 6) is distinct from round(printed_value, 6)
            then error(
                'corrections.csv: the correction ' || correction_id || ' of ' || indicator_code || ' ('
                || applicant_type || ', ' || period_basis || ') in report ' || report_id || ' expects '
                || coalesce(expected_value::varchar, 'no figure') || ', but '
                || coalesce(printed_value::varchar, 'no figure')
                || ' stands there now. Read the report again, then change or remove the row.'
            )::boolean
        else false
    end
