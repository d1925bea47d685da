select
    indicator_code,
    smallest_figure::double as smallest_figure
from {{ source('registry', 'watched_series') }}
