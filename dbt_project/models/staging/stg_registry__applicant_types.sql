select
    applicant_type,
    name_zh,
    name_en
from {{ source('registry', 'applicant_types') }}
