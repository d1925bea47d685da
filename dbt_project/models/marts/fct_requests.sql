{{ wide_fact(per_applicant_type=true) }}
