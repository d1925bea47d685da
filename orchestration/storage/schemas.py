"""The Arrow schemas of extractions/: what dbt may rely on. One per table, columns in the contract's order."""

from __future__ import annotations

import pyarrow as pa

TEXT, DAY, WHOLE, NUMBER, FLAG = pa.string(), pa.date32(), pa.int32(), pa.float64(), pa.bool_()
WORDS = pa.list_(pa.string())

DOCUMENTS = pa.schema(
    [
        ("document_id", TEXT),
        ("source_uri", TEXT),
        ("source_file_name", TEXT),
        ("media_type", TEXT),
        ("byte_size", pa.int64()),
        ("status", TEXT),
        ("report_year", WHOLE),
        ("agency_id", TEXT),
        ("report_id", TEXT),
        ("stage", TEXT),
        ("reason_code", TEXT),
        ("reason_detail", TEXT),
        ("reason_zh", TEXT),
        ("reason_en", TEXT),
        ("main_document_id", TEXT),
        ("attached", WORDS),
        ("extraction_key", TEXT),
    ]
)
"""Every file of landing/, one row per source_uri and document: its year, or the reason why it has none.

`reason_detail` names the candidates where the reason is that there is more than one, or none that is certain,
`reason_zh` and `reason_en` say the reason in words;
`main_document_id` the main document of the report, in the row of an attachment, and `attached` the documents of its
attachments, in the row of a main document.
"""

KNOWN = pa.schema(
    [
        ("extraction_key", TEXT),
        ("media_type", TEXT),
        ("status", TEXT),
        ("report_year", WHOLE),
        ("agency_id", TEXT),
        ("report_id", TEXT),
        ("reason_code", TEXT),
        ("reason_detail", TEXT),
        ("contents", TEXT),
        ("whose", TEXT),
        ("names", WORDS),
        ("years", pa.list_(WHOLE)),
        ("doubts", WORDS),
        ("attachments", WORDS),
    ]
)
"""What reading a document, or the documents of one report together, has shown; one row per extraction key."""

REPORTS = pa.schema(
    [
        ("report_id", TEXT),
        ("agency_id", TEXT),
        ("agency_name", TEXT),
        ("agency_name_as_printed", TEXT),
        ("agency_level", TEXT),
        ("region_code", TEXT),
        ("region_resolution", TEXT),
        ("report_year", WHOLE),
        ("template_id", TEXT),
        ("template_variant", TEXT),
        ("document_id", TEXT),
        ("media_type", TEXT),
        ("title", TEXT),
        ("document_number", TEXT),
        ("period_start", DAY),
        ("period_end", DAY),
        ("published_on", DAY),
        ("signed_on", DAY),
        ("status", TEXT),
        ("extractor_version", TEXT),
        ("issue_codes", WORDS),
        ("extraction_key", TEXT),
        ("text_signature", pa.list_(pa.uint32())),
    ]
)
"""One row per document that is a report of the year; `text_signature` tells reports with the same words."""

READINGS = pa.schema(
    [
        ("reading_id", TEXT),
        ("report_id", TEXT),
        ("document_id", TEXT),
        ("report_year", WHOLE),
        ("source_kind", TEXT),
        ("indicator_code", TEXT),
        ("category", TEXT),
        ("applicant_type", TEXT),
        ("period_basis", TEXT),
        ("scope", TEXT),
        ("value", NUMBER),
        ("unit", TEXT),
        ("value_status", TEXT),
        ("value_text", TEXT),
        ("unit_text", TEXT),
        ("label_text", TEXT),
        ("snippet", TEXT),
        ("recognition", TEXT),
        ("issue_codes", WORDS),
        ("page", WHOLE),
        ("bbox_x0", NUMBER),
        ("bbox_y0", NUMBER),
        ("bbox_x1", NUMBER),
        ("bbox_y1", NUMBER),
        ("line", WHOLE),
        ("char_start", WHOLE),
        ("char_end", WHOLE),
        ("table_no", WHOLE),
        ("row_no", WHOLE),
        ("column_no", WHOLE),
        ("cell_id", TEXT),
    ]
)
"""One row per figure read; `cell_id` joins template_cells and is not published."""

FINDINGS = pa.schema(
    [
        ("finding_id", TEXT),
        ("report_id", TEXT),
        ("report_year", WHOLE),
        ("rule_id", TEXT),
        ("severity", TEXT),
        ("indicator_code", TEXT),
        ("expected", TEXT),
        ("actual", TEXT),
        ("message_zh", TEXT),
        ("message_en", TEXT),
        ("reading_ids", WORDS),
    ]
)
"""One row per thing a document-level rule saw."""
