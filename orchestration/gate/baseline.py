"""What a report year held when it was last published: documents and agencies by which the gate sees that it shrinks."""

from __future__ import annotations

from pathlib import Path

NO_DOCUMENTS = "select null::varchar as document_id, null::varchar as source_uri where false"
NO_REPORTS = "select null::varchar as agency_id, null::varchar as agency_name, null::varchar as document_id where false"


def published_documents(release: Path | None) -> str:
    """A query of the documents (document_id, source_uri) that a release holds of the year bound as `$year`.

    `release` is the folder of the current release; None, where nothing was ever published, gives a query of no rows.
    """
    if release is None:
        return NO_DOCUMENTS
    return (
        f"select document_id, source_uri from {_table(release, 'bridge_report_documents')} where report_id in"
        f" (select report_id from {_table(release, 'dim_reports')} where report_year = $year)"
    )


def published_reports(release: Path | None) -> str:
    """A query of the current reports (agency_id, agency_name, document_id) that a release holds of the year `$year`."""
    if release is None:
        return NO_REPORTS
    return (
        "select agency_id, coalesce(agency_name_as_printed, agency_id) as agency_name, document_id"
        f" from {_table(release, 'dim_reports')} where report_year = $year and is_current"
    )


def _table(release: Path, name: str) -> str:
    place = str(release / "parquet" / name / f"{name}.parquet").replace("'", "''")
    return f"read_parquet('{place}')"
