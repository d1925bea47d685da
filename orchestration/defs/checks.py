"""What the assets' checks say: from a summary to a passed or failed check with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import dagster as dg

from orchestration.defs.metadata import table
from orchestration.storage.catalogue import CatalogueSummary
from orchestration.storage.years import YearSummary

if TYPE_CHECKING:
    from orchestration.gate.verdict import Verdict


def nothing_quarantined(summary: CatalogueSummary) -> dg.AssetCheckResult:
    """A warning while files are in no year, with each file and why."""
    rows = [(item.source_uri, item.reason_code, item.reason_en, item.reason_zh) for item in summary.quarantined]
    return dg.AssetCheckResult(
        check_name="nothing_quarantined",
        passed=not rows,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{len(rows)} of {summary.files} files are in quarantine.",
        metadata={"quarantined": table(("file", "code", "reason", "原因"), rows)},
    )


def no_failure(summary: CatalogueSummary) -> dg.AssetCheckResult:
    """An error while our own code failed on a document, with the traceback."""
    rows = [(failed.work.file_name, failed.error.strip().rpartition("\n")[2]) for failed in summary.failed]
    return dg.AssetCheckResult(
        check_name="no_failure",
        passed=not rows,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"The reader failed on {len(rows)} documents; they are in quarantine and are tried again each run.",
        metadata={
            "failed": table(("file", "error"), rows),
            "tracebacks": dg.MetadataValue.text("\n\n".join(failed.error for failed in summary.failed)),
        },
    )


def no_findings(summaries: Sequence[YearSummary]) -> dg.AssetCheckResult:
    """A warning with the number of findings by year and severity; the gate decides what they mean."""
    rows = [
        (item.year, item.reports, *(item.findings.get(severity, 0) for severity in ("error", "warning", "info")))
        for item in summaries
    ]
    found = sum((Counter(item.findings) for item in summaries), Counter[str]())
    return dg.AssetCheckResult(
        check_name="no_findings",
        passed=not found["error"] + found["warning"],
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{found['error']} errors and {found['warning']} warnings in the documents themselves.",
        metadata={"findings": table(("year", "reports", "error", "warning", "info"), rows)},
    )


def every_year_passed(verdicts: Sequence[Verdict]) -> dg.AssetCheckResult:
    """An error while a year is refused, with the critical rules that refused it; it blocks nothing."""
    rows = [
        (verdict.report_year, rule.rule_id, rule.told_en, rule.told_zh)
        for verdict in verdicts
        for rule in verdict.refusals
    ]
    refused = [str(verdict.report_year) for verdict in verdicts if not verdict.passed]
    return dg.AssetCheckResult(
        check_name="passed",
        passed=not refused,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"Refused: {', '.join(refused)}." if refused else f"All {len(verdicts)} years passed.",
        metadata={"refused by": table(("year", "rule", "what was found", "情况"), rows)},
    )


def something_arrived(arrived: Mapping[int, Sequence[str]]) -> dg.AssetCheckResult:
    """A warning that names the due years for which no new document has come."""
    missing = ", ".join(str(year) for year, paths in arrived.items() if not paths)
    rows = [(year, path) for year, paths in arrived.items() for path in paths]
    return dg.AssetCheckResult(
        passed=not missing,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"No new document has arrived for {missing}, although it is due."
        if missing
        else f"{len(rows)} new files have arrived.",
        metadata={"arrived": table(("report year", "file"), rows)},
    )
