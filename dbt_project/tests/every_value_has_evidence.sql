{{ config(severity='warn') }}

-- The gate refuses a year for this (value_has_reading, derived_value_has_inputs, correction_is_named).
-- A printed value names its reading, a derived one the readings it was computed from, a corrected one its correction.
select *
from {{ ref('fct_observations') }}
where
    value is not null
    and case source_kind
        when 'derived' then coalesce(len(input_reading_ids), 0) = 0
        when 'correction' then correction_id is null
        else reading_id is null
    end
