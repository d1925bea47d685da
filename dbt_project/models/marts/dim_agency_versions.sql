with seen as (
    select
        *,
        lag(agency_name) over by_year as name_before,
        lag(region_code) over by_year as region_before
    from {{ ref('int_agencies__seen') }}
    window by_year as (partition by agency_id order by report_year)
),

numbered as (
    select
        *,
        count(*) filter (where name_before is distinct from agency_name or region_before is distinct from region_code)
            over (partition by agency_id order by report_year) as version_no
    from seen
),

versions as (
    select
        agency_id,
        agency_name,
        region_code,
        version_no,
        min(report_year) as first_seen,
        max(report_year) as last_seen
    from numbered
    group by agency_id, agency_name, region_code, version_no
),

in_order as (
    select
        *,
        lag(agency_name) over by_version as name_before,
        lag(region_code) over by_version as region_before,
        lag(last_seen) over by_version as last_seen_before
    from versions
    window by_version as (partition by agency_id order by version_no)
),

-- Reports only tell between which years an agency was renamed. Where its division changed in between, and that explains
-- the new code or the new name, the change of the division is the change of the agency.
dated as (
    select
        in_order.agency_id,
        in_order.version_no,
        min(changes.first_year) as first_year
    from in_order
    inner join {{ ref('int_regions__changed') }} as changes
        on
            in_order.last_seen_before < changes.first_year
            and in_order.first_seen >= changes.first_year
            and (
                changes.old_code != changes.new_code
                and in_order.region_before = changes.old_code
                and in_order.region_code = changes.new_code
                or starts_with(in_order.region_code, changes.new_code)
                and (
                    starts_with(in_order.region_before, changes.old_code)
                    or starts_with(in_order.region_before, changes.new_code)
                )
                and contains(in_order.name_before, changes.old_name)
                and replace(in_order.name_before, changes.old_name, changes.new_name) = in_order.agency_name
            )
    group by in_order.agency_id, in_order.version_no
    -- Of two changes nobody knows which one it was.
    having count(distinct changes.first_year) = 1
),

starting as (
    select
        in_order.*,
        dated.first_year,
        coalesce(dated.first_year, in_order.first_seen) as valid_from
    from in_order
    left join dated on in_order.agency_id = dated.agency_id and in_order.version_no = dated.version_no
)

select
    agency_id,
    agency_name,
    region_code,
    valid_from,
    case
        when lead(version_no) over by_version is not null
            then coalesce(lead(first_year) over by_version - 1, last_seen)
    end as valid_until
from starting
window by_version as (partition by agency_id order by version_no)
