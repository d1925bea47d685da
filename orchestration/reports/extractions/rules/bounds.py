"""The bounds of every form, held against prose where a report has no table: no part exceeds its whole."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.registry.model import Registry
from orchestration.reports.extractions.model import Finding, Reading
from orchestration.reports.extractions.rules.arithmetic import exceeds
from orchestration.reports.extractions.rules.evidence import Evidence, number
from orchestration.reports.extractions.rules.statements import leeway

_PAIRS: dict[str, dict[tuple[str, str], list[str]]] = {}


def prose_bounds(evidence: Evidence) -> Iterator[Finding]:
    """channel_bounds and subset_exceeds_parent among figures of prose; of several the most lenient counts."""
    if any(number(reading) is not None for reading in evidence.table_readings):
        return
    pairs = _indicator_pairs(evidence)
    for (rule_id, whole_code), part_codes in pairs.items():
        wholes = _prose_figures(evidence, whole_code)
        if not wholes:
            continue
        whole = max(wholes, key=_at_most)
        parts = [min(found, key=_at_least) for code in part_codes if (found := _like(evidence, code, whole))]
        over = [part for part in parts if _at_least(part) > _at_most(whole)]
        if over:
            yield exceeds(evidence, rule_id, whole, over)
    lasting: dict[tuple[str | None, ...], Reading] = {}
    for reading in evidence.prose:
        if _is_firm(reading) and reading.period_basis == "cumulative":
            most = lasting.setdefault(_counted(reading), reading)
            if (reading.value or 0) > (most.value or 0):
                lasting[_counted(reading)] = reading
    for reading in evidence.prose:
        # One prose figure counts over all years what the other counts in the year.
        ever = lasting.get(_counted(reading)) if _is_firm(reading) and reading.period_basis == "year" else None
        if ever is not None and (reading.value or 0) > (ever.value or 0):
            yield exceeds(evidence, "subset_exceeds_parent", ever, [reading])


def _indicator_pairs(evidence: Evidence) -> dict[tuple[str, str], list[str]]:
    """By rule and indicator of the whole: the indicators that no form lets exceed it; once for a registry."""
    known = _PAIRS.get(evidence.registry.fingerprint)
    if known is None:
        known = _PAIRS[evidence.registry.fingerprint] = _pairs(evidence.registry)
    return known


def _pairs(registry: Registry) -> dict[tuple[str, str], list[str]]:
    codes = {
        (template.template_id, cell.cell_id): cell.indicator_code
        for template in registry.templates.values()
        for cell in template.cells
    }
    found: dict[tuple[str, str], list[str]] = {}
    for relation in registry.identities:
        if relation.kind not in ("at_most", "channels"):
            continue
        whole = codes[relation.template_id, relation.whole[0]]
        parts = [codes[relation.template_id, cell_id] for cell_id in relation.parts]
        if whole is not None:
            known = found.setdefault((relation.rule_id, whole), [])
            known.extend(part for part in parts if part is not None and part not in known and part != whole)
    return found


def _prose_figures(evidence: Evidence, indicator_code: str) -> list[Reading]:
    """The figures of prose for the year, without a category."""
    return [
        r
        for r in evidence.prose
        if r.indicator_code == indicator_code
        and r.category is None
        and r.period_basis == "year"
        and number(r) is not None
    ]


def _at_most(reading: Reading) -> float:
    return (reading.value or 0.0) + leeway(reading)


def _at_least(reading: Reading) -> float:
    return (reading.value or 0.0) - leeway(reading)


def _like(evidence: Evidence, indicator_code: str, whole: Reading) -> list[Reading]:
    found = _prose_figures(evidence, indicator_code)
    return [r for r in found if r.scope == whole.scope and r.unit == whole.unit]


def _is_firm(reading: Reading) -> bool:
    return number(reading) is not None and not {"approximate", "period_basis_open"} & {*reading.issue_codes}


def _counted(reading: Reading) -> tuple[str | None, ...]:
    """What a figure counts, and of whom."""
    return reading.indicator_code, reading.category, reading.applicant_type, reading.scope
