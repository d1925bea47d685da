"""Second looks: the pages on which the fast reader of a format may have got a row or a figure wrong."""

from __future__ import annotations

from orchestration.registry.model import Registry
from orchestration.reports.extractions.model import Extraction

_TORN = frozenset({"row_arity", "split_digits"})


def doubtful_pages(extraction: Extraction, registry: Registry) -> frozenset[int]:
    """The pages, from 1, on which a table row has the wrong number of cells or the arithmetic of the form fails."""
    hard = {identity.rule_id for identity in registry.identities}
    wrong = {
        reading_id
        for finding in extraction.findings
        if finding.severity == "error" and finding.rule_id in hard
        for reading_id in finding.readings
    }
    return frozenset(
        reading.page
        for reading in extraction.readings
        if reading.page is not None
        and reading.source_kind == "table"
        and (
            reading.reading_id in wrong
            or reading.value_status == "unreadable"
            or not _TORN.isdisjoint(reading.issue_codes)
        )
    )


def doubts(extraction: Extraction, registry: Registry) -> tuple[int, int]:
    """How little to trust the extraction, the smaller the better: its doubtful pages, then minus its figures."""
    figures = sum(reading.value is not None for reading in extraction.readings)
    return len(doubtful_pages(extraction, registry)), -figures
