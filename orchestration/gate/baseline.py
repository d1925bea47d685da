"""What a report year held when it was last published: the documents by which the gate sees that a year shrinks."""

from __future__ import annotations

from pathlib import Path

NOTHING_PUBLISHED = "select null::varchar as document_id, null::varchar as source_uri where false"


def published_documents(release: Path | None) -> str:
    """A query of the documents (document_id, source_uri) that a release holds of the year bound as `$year`.

    `release` is the folder of the current release; None, where nothing was ever published, gives a query of no rows.
    """
    if release is None:
        return NOTHING_PUBLISHED
    return (
        f"select document_id, source_uri from {_table(release, 'bridge_report_documents')} where report_id in"
        f" (select report_id from {_table(release, 'dim_reports')} where report_year = $year)"
    )


def _table(release: Path, name: str) -> str:
    place = str(release / "parquet" / name / f"{name}.parquet").replace("'", "''")
    return f"read_parquet('{place}')"
