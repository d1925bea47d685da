"""One planted fault for every rule of the suites: statements that break report year 2017 of the handmade warehouse."""

from __future__ import annotations

OBSERVATION = "report_id = 'r0y2017' and indicator_code = 'proactive_info_count'"
READING = "reading_id = 'r0y2017i0'"
REPORT = "report_id = 'r0y2017'"


def _again(table: str, where: str) -> str:
    return f"insert into {table} select * from {table} where {where}"


def _set(table: str, change: str, where: str) -> str:
    return f"update marts.{table} set {change} where {where}"


def _found(rule: str) -> str:
    return f"update marts.fct_findings set rule_id = '{rule}' where {REPORT}"


QUARANTINE = (
    "insert into audit.aud_quarantine select repeat('e', 60) || i, 'bad/' || i, i::text, 2017, 'extractions',"
    " 'no_figures', '没有数字', 'no figures' from range({}) as t(i)"
)
NOT_THERE = "'nothing'"

FAULTS: dict[str, tuple[str, ...]] = {
    "files_extracted": (QUARANTINE.format(9),),
    "files_extracted_nearly_all": (QUARANTINE.format(1),),
    "published_agencies_kept": (
        "delete from marts.dim_reports where report_year = 2017 and agency_id in ('a0', 'a1')",
        "delete from marts.bridge_report_documents where report_id in ('r0y2017', 'r1y2017')",
    ),
    "published_agencies_all_kept": (
        "delete from marts.dim_reports where report_year = 2017 and agency_id = 'a0'",
        "delete from marts.bridge_report_documents where report_id = 'r0y2017'",
    ),
    "corrections_still_stand": ("update audit.aud_corrections set state = 'expected_value_gone'",),
    "corrections_have_a_report": ("update audit.aud_corrections set state = 'no_report'",),
    "corrections_key_unique": (_again("audit.aud_corrections", "correction_id = 'r0y2017c'"),),
    "revisions_key_unique": (_again("audit.aud_revisions", REPORT),),
    "expected_agencies_all_reported": (
        "update audit.aud_coverage set received = false where agency_id = 'a0' and report_year = 2017",
    ),
    "expected_agencies_reported": (
        "update audit.aud_coverage set received = false where agency_id = 'a0' and report_year = 2017",
    ),
    "expected_year_reported": ("delete from marts.dim_reports where report_year = 2017",),
    "year_has_reports": ("delete from marts.dim_reports where report_year = 2017",),
    "reports_in_coverage": ("delete from audit.aud_coverage where agency_id = 'a1' and report_year = 2017",),
    "reports_on_time": (_set("dim_reports", "timeliness = 'late'", REPORT),),
    "readings_key_unique": (_again("marts.fct_readings", READING),),
    "observations_key_unique": (_again("marts.fct_observations", OBSERVATION),),
    "findings_key_unique": (_again("marts.fct_findings", REPORT),),
    "proactive_disclosures_key_unique": (_again("marts.fct_proactive_disclosures", REPORT),),
    "interpretation_responses_key_unique": (_again("marts.fct_interpretation_responses", REPORT),),
    "requests_key_unique": (_again("marts.fct_requests", REPORT),),
    "reviews_litigation_key_unique": (_again("marts.fct_reviews_litigation", REPORT),),
    "capacity_key_unique": (_set("fct_capacity", "report_id = null", REPORT),),
    "reading_report_exists": (_set("fct_readings", f"report_id = {NOT_THERE}", READING),),
    "reading_document_exists": (_set("fct_readings", f"document_id = {NOT_THERE}", READING),),
    "reading_indicator_exists": (_set("fct_readings", f"indicator_code = {NOT_THERE}", READING),),
    "observation_report_exists": (_set("fct_observations", f"report_id = {NOT_THERE}", OBSERVATION),),
    "observation_agency_exists": (_set("fct_observations", f"agency_id = {NOT_THERE}", OBSERVATION),),
    "observation_template_exists": (_set("fct_observations", f"template_id = {NOT_THERE}", OBSERVATION),),
    "observation_indicator_exists": (_set("fct_observations", f"indicator_code = {NOT_THERE}", OBSERVATION),),
    "observation_reading_exists": (_set("fct_observations", f"reading_id = {NOT_THERE}", OBSERVATION),),
    "finding_report_exists": (_set("fct_findings", f"report_id = {NOT_THERE}", REPORT),),
    "readings_source_kind_known": (_set("fct_readings", "source_kind = 'rumour'", READING),),
    "readings_period_basis_known": (_set("fct_readings", "period_basis = 'week'", READING),),
    "readings_scope_known": (_set("fct_readings", "scope = 'world'", READING),),
    "readings_value_status_known": (_set("fct_readings", "value_status = 'fine'", READING),),
    "readings_recognition_known": (_set("fct_readings", "recognition = null", READING),),
    "readings_applicant_type_known": (_set("fct_readings", "applicant_type = 'all'", READING),),
    "observations_applicant_type_known": (_set("fct_observations", "applicant_type = 'all'", OBSERVATION),),
    "observations_period_basis_known": (_set("fct_observations", "period_basis = 'month'", OBSERVATION),),
    "observations_value_status_known": (_set("fct_observations", "value_status = 'fine'", OBSERVATION),),
    "observations_source_kind_known": (_set("fct_observations", "source_kind = 'guess'", OBSERVATION),),
    "observations_comparability_known": (_set("fct_observations", "comparability = null", OBSERVATION),),
    "findings_rule_known": (_found("no_such_rule"),),
    "findings_severity_known": (_set("fct_findings", "severity = 'fatal'", REPORT),),
    "value_has_reading": (_set("fct_observations", "reading_id = null", OBSERVATION),),
    "value_equals_reading": (_set("fct_observations", "value = 121", OBSERVATION),),
    "derived_value_has_inputs": (_set("fct_observations", "source_kind = 'derived'", OBSERVATION),),
    "correction_is_named": (_set("fct_observations", "source_kind = 'correction'", OBSERVATION),),
    "reading_quotes_its_place": (_set("fct_readings", "char_start = null", READING),),
    "finding_readings_exist": (_set("fct_findings", f"reading_ids = [{NOT_THERE}]", REPORT),),
    "observation_status_fits": (_set("fct_observations", "value = null", OBSERVATION),),
    "reading_status_fits": (_set("fct_readings", "value_status = 'blank'", READING),),
    "observation_is_a_number": (_set("fct_observations", "value = 'infinity'::double", OBSERVATION),),
    "observation_unit_conformed": (_set("fct_observations", "unit = '页'", OBSERVATION),),
    "observation_of_its_report": (_set("fct_observations", "agency_id = 'a1'", OBSERVATION),),
    "no_negative_counts": (_set("fct_observations", "value = -1", OBSERVATION),),
    "counts_are_whole": (_set("fct_observations", "value = 1.5", OBSERVATION),),
    "shares_within_hundred": (_set("fct_observations", "value = 101, unit = '%'", OBSERVATION),),
    "few_conflicts": (_set("fct_observations", "has_conflict = true", "report_id = 'r0y2017'"),),
    "few_unreadable": (_set("fct_readings", "value = null, value_status = 'unreadable'", "report_id = 'r0y2017'"),),
    "reports_key_unique": (_again("marts.dim_reports", REPORT),),
    "documents_key_unique": (_again("marts.bridge_report_documents", REPORT),),
    "coverage_key_unique": (_again("audit.aud_coverage", "report_year = 2017 and agency_id = 'a0'"),),
    "quarantine_key_unique": (QUARANTINE.format(1), QUARANTINE.format(1)),
    "report_agency_exists": (_set("dim_reports", f"agency_id = {NOT_THERE}", REPORT),),
    "report_template_exists": (_set("dim_reports", f"template_id = {NOT_THERE}", REPORT),),
    "coverage_agency_exists": (
        f"update audit.aud_coverage set agency_id = {NOT_THERE} where report_year = 2017 and agency_id = 'a0'",
    ),
    "one_current_report": (_set("dim_reports", "agency_id = 'a1'", REPORT),),
    "one_main_document": (_set("bridge_report_documents", "role = 'attachment'", REPORT),),
    "reports_have_values": (f"delete from marts.fct_observations where {REPORT}",),
    "regions_resolved": (_set("dim_reports", "region_resolution = 'ambiguous'", REPORT),),
    "reports_complete": (_set("dim_reports", "status = 'partial'", REPORT),),
    "reports_timeliness_known": (_set("dim_reports", "timeliness = 'soon'", REPORT),),
    "reports_region_resolution_known": (_set("dim_reports", "region_resolution = null", REPORT),),
    "reports_status_known": (_set("dim_reports", "status = 'good'", REPORT),),
    "reports_role_known": (_set("bridge_report_documents", "role = 'cover'", REPORT),),
}
