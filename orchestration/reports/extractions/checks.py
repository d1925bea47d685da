"""The rules of one document, always all of them and always in this order; what each says is in its own module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from orchestration.registry.model import Registry, Template
from orchestration.reports.documents.model import Document
from orchestration.reports.extractions.cells import TableReading
from orchestration.reports.extractions.model import Finding, Identity, Reading
from orchestration.reports.extractions.rules import arithmetic, authorship, bounds, copied, damage, statements, timing
from orchestration.reports.extractions.rules.evidence import Evidence
from orchestration.reports.provenance import with_finding_ids

RULES: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    arithmetic.relations,
    arithmetic.row_totals,
    arithmetic.year_within_total,
    bounds.prose_bounds,
    statements.breakdowns,
    statements.against_table,
    timing.not_calendar_year,
    copied.foreign_years,
    timing.precedes_law,
    timing.dated_inside,
    damage.glyph_losses,
    damage.truncated,
    damage.marked_cells,
    damage.units,
    authorship.identity_gaps,
    authorship.agency_mismatches,
)


def check(
    document: Document,
    identity: Identity,
    template: Template | None,
    table: TableReading,
    readings: Iterable[Reading],
    registry: Registry,
) -> tuple[Finding, ...]:
    """What every document-level rule saw, with ids; `readings` carry theirs already."""
    evidence = Evidence(document, identity, template, table, tuple(readings), registry)
    found = [finding for rule in RULES for finding in rule(evidence)]
    return with_finding_ids(document.document_id, found)
