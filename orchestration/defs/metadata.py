"""What a data engineer sees of each materialisation: counts, the first rows as a table, paths and links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from orchestration.landing.archive import ArchiveSummary
from orchestration.settings import Settings
from orchestration.storage.catalogue import CatalogueSummary
from orchestration.storage.years import YearSummary

if TYPE_CHECKING:
    from orchestration.gate.verdict import Verdict
    from orchestration.publication.release import Publication

ROWS_SHOWN = 20
READING_COLUMNS = ("line", "label_text", "value_text", "unit_text", "value", "unit", "value_status", "indicator_code")

Metadata = Mapping[str, Any]

if TYPE_CHECKING:
    Materialized = dg.MaterializeResult[None]
else:
    # Dagster knows the bare class alone as the annotation of an asset that also reports checks.
    Materialized = dg.MaterializeResult


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """A Markdown table of the first rows, and how many more there are."""
    shown = list(rows)
    lines = [_line(head), _line("---" for _ in head), *(_line(row) for row in shown[:ROWS_SHOWN])]
    more = [f"\n… and {len(shown) - ROWS_SHOWN} more"] if len(shown) > ROWS_SHOWN else []
    return dg.MetadataValue.md("\n".join(lines + more))


def _line(cells: Iterable[object]) -> str:
    words = ("" if cell is None else str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(words)} |"


def file_link(path: Path) -> dg.UrlMetadataValue:
    """A link a browser on this machine opens."""
    return dg.MetadataValue.url(path.absolute().as_uri())


def archive_metadata(summary: ArchiveSummary) -> Metadata:
    """What one walk through the inbox saw."""
    return {
        "files": summary.files,
        "new files": len(summary.new),
        "inbox": dg.MetadataValue.path(summary.inbox),
        "new": table(("file", "bytes", "document"), ((n.source_uri, n.byte_size, n.document_id) for n in summary.new)),
        "left aside": table(("file",), ((uri,) for uri in summary.left_aside)),
        "not readable": table(("file", "why"), summary.unreadable),
    }


def catalogue_metadata(summary: CatalogueSummary) -> Metadata:
    """The catalogue in numbers, its years, and what is in quarantine."""
    rows = ((item.source_uri, item.report_year, item.reason_zh, item.reason_en) for item in summary.quarantined)
    return {
        "files": summary.files,
        "documents": summary.documents,
        "documents read now": summary.read,
        "documents unchanged": summary.reused,
        "files in quarantine": len(summary.quarantined),
        "years": table(("report year", "documents"), summary.years.items()),
        "quarantine": table(("file", "year", "原因", "reason"), rows),
        "catalogue": dg.MetadataValue.path(summary.path),
    }


def year_metadata(context: dg.AssetExecutionContext, key: dg.AssetKey, summaries: Sequence[YearSummary]) -> Metadata:
    """The numbers of all years of the run; each year's own numbers are added to its partition."""
    for item in summaries:
        own = {
            "reports": item.reports,
            "readings": item.readings,
            "findings": sum(item.findings.values()),
            "reports new or changed": item.taken,
            "status": table(("status", "reports"), item.statuses.items()),
            "first readings": table(
                READING_COLUMNS, ([row[c] for c in READING_COLUMNS] for row in item.first_readings)
            ),
            "extractions": dg.MetadataValue.path(item.path),
        }
        context.add_asset_metadata(own, asset_key=key, partition_key=str(item.year))
    rows = ((item.year, item.reports, item.readings, sum(item.findings.values()), item.taken) for item in summaries)
    return {"years of this run": table(("report year", "reports", "readings", "findings", "new or changed"), rows)}


def verdict_metadata(
    context: dg.AssetExecutionContext, key: dg.AssetKey, verdicts: Sequence[Verdict], settings: Settings
) -> Metadata:
    """The verdicts of the run in a table; each year's own, with the link to its report, is added to its partition.

    A year that the run did not ask for, and that had to be judged again with those it did, is an event of its own.
    """
    for item in verdicts:
        year, folder = str(item.report_year), settings.gate / str(item.report_year)
        rules = ((rule.suite, rule.name_zh, rule.severity, rule.outcome, rule.failing) for rule in item.expectations)
        own = {
            **item.as_metadata(),
            "rules": table(("suite", "rule", "severity", "outcome", "failing"), rules),
            "verdict report": file_link(folder / "report.html"),
            "verdict.json": dg.MetadataValue.path(folder / "verdict.json"),
        }
        if year in context.partition_keys:
            context.add_asset_metadata(own, asset_key=key, partition_key=year)
        else:
            context.log_event(dg.AssetMaterialization(key, partition=year, metadata=own))
    rows = (
        (v.report_year, "passed" if v.passed else "refused", v.maturity, v.reports, len(v.caveats)) for v in verdicts
    )
    return {"judged by this run": table(("report year", "verdict", "maturity", "reports", "caveats"), rows)}


def release_metadata(publication: Publication, settings: Settings) -> Metadata:
    """What became of each year, and the way to the newest release."""
    rows = [
        (year.report_year, year.outcome, year.maturity, "yes" if year.kept else None, year.reason_zh, year.reason_en)
        for year in publication.years
        if year.outcome != "empty"
    ]
    current = settings.publication / "current"
    return {
        "release id": publication.release_id or "none yet",
        "is new": publication.released,
        "years": table(("report year", "outcome", "maturity", "older content kept", "原因", "reason"), rows),
        "release": dg.MetadataValue.path(current),
        "index.html": file_link(current / "index.html"),
    }
