"""The fixed sequence from a document to its figures, which nobody can skip: identify, match, read, check, judge.

`extract()` always returns; it raises only when we are broken, never because of a document.
"""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.extractions.cells import TableReading, read_tables
from orchestration.reports.extractions.checks import check
from orchestration.reports.extractions.identify import identify
from orchestration.reports.extractions.match import score_templates
from orchestration.reports.extractions.model import Extraction, Identity, Reading, Status, TemplateScore
from orchestration.reports.extractions.narrative import read_narrative
from orchestration.reports.extractions.prose.lexicon import lexicon
from orchestration.reports.extractions.prose.scopes import reporting_scope
from orchestration.reports.extractions.resemblance import text_signature
from orchestration.reports.issues import closed, quarantining
from orchestration.reports.provenance import agency_id, report_id, with_ids
from orchestration.reports.rereading import doubtful_pages, doubts

_NO_TABLE = TableReading((), None, (), False, ())


def extract(document: Document, registry: Registry) -> Extraction:
    """Everything the document says, as `settle` reads it."""
    return settle(document, registry)[1]


def settle(document: Document, registry: Registry) -> tuple[Document, Extraction]:
    """The document with its doubtful pages read again where that helps, and everything it says."""
    extraction = extract_once(document, registry)
    pages = doubtful_pages(extraction, registry)
    if not pages or document.again is None:
        return document, extraction
    careful = document.again(pages)
    if careful.blocks == document.blocks and careful.text == document.text:
        return document, extraction
    second = extract_once(careful, registry)
    return min((document, extraction), (careful, second), key=lambda read: doubts(read[1], registry))


def extract_once(document: Document, registry: Registry) -> Extraction:
    """Everything the document says: who, which year, the figures with their places, what the rules saw, and how well.

    status: complete (identified, with figures, and nothing to remark), partial (a report that lacks something, which
    `issue_codes` name), unmatched (no report), unreadable (no words could be read). Only a report has readings and
    findings. Raises UnknownIssueCodeError when a reader used a code that the registry does not list.
    """
    if quarantining(closed(document.issue_codes, registry), registry):
        return _without_figures(document, "unreadable", Identity(), (), document.issue_codes)
    identity = identify(document, registry)
    scores = score_templates(document, registry)
    if "not_a_report" in identity.issue_codes:
        issues = closed((*document.issue_codes, *identity.issue_codes), registry)
        return _without_figures(document, "unmatched", identity, scores, issues)
    template = registry.templates[scores[0].template_id] if scores else None
    table = read_tables(document, template, registry) if template else _NO_TABLE
    prose = read_narrative(document, template, identity, registry) if template else ()
    scope = reporting_scope(identity, lexicon(registry))
    readings = with_ids(document.document_id, (*table.readings, *prose), scope)
    issues = closed(_issues(document, identity, scores, table, readings, registry), registry)
    _hold_to_the_list(readings, registry)
    agency = agency_id(identity.agency_key) if identity.agency_key else None
    known = agency is not None and identity.report_year is not None
    return Extraction(
        document_id=document.document_id,
        name=document.name,
        media_type=document.media_type,
        status="partial" if issues else "complete",
        identity=identity,
        agency_id=agency,
        report_id=report_id(agency or "", identity.report_year or 0, document.document_id) if known else None,
        template_id=template.template_id if template else None,
        template_variant=table.variant,
        template_scores=scores,
        readings=readings,
        findings=check(document, identity, template, table, readings, registry),
        issue_codes=issues,
        text_signature=text_signature(document),
    )


def _without_figures(
    document: Document, status: Status, identity: Identity, scores: tuple[TemplateScore, ...], issues: Iterable[str]
) -> Extraction:
    return Extraction(
        document_id=document.document_id,
        name=document.name,
        media_type=document.media_type,
        status=status,
        identity=identity,
        agency_id=None,
        report_id=None,
        template_id=None,
        template_variant=None,
        template_scores=scores,
        readings=(),
        findings=(),
        issue_codes=tuple(dict.fromkeys(issues)),
    )


def _issues(
    document: Document,
    identity: Identity,
    scores: tuple[TemplateScore, ...],
    table: TableReading,
    readings: tuple[Reading, ...],
    registry: Registry,
) -> list[str]:
    """Why the report is not complete: what the readers noted, then what only the whole shows."""
    issues = [*document.issue_codes, *identity.issue_codes, *table.issue_codes]
    if identity.report_year is None:
        issues.append("no_report_year")
    elif identity.report_year not in registry.report_years:
        issues.append("year_outside_registry")
    if identity.agency_key is None:
        issues.append("agency_unresolved")
    if len(scores) > 1 and scores[0].score == scores[1].score:
        issues.append("template_tie")
    if table.truncated:
        issues.append("table_truncated")
    if any(loss.repaired is not None for loss in identity.glyph_losses):
        issues.append("repaired")
    if all(reading.value is None for reading in readings):
        issues.append("no_figures")
    return issues


def _hold_to_the_list(readings: Iterable[Reading], registry: Registry) -> None:
    closed((code for reading in readings for code in reading.issue_codes), registry)
