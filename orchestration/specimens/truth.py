"""The truth of a set of specimens, as CSV files in the form in which extraction is scored against gold."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from orchestration.registry.model import Registry
from orchestration.specimens.consequences import Figures, derived, printed_columns
from orchestration.specimens.dates import one_reading
from orchestration.specimens.forms import arithmetic
from orchestration.specimens.model import Claim, Draft, Stated, Status
from orchestration.specimens.printing import Cells

Line = dict[str, str]

_COLUMNS: Mapping[str, str] = {
    "identity": "document agency_name region_code province prefecture county report_year period_start period_end "
    "published_on signed_on document_number template_id",
    "readings": "document source_kind indicator_code category applicant_type period_basis value unit value_status "
    "label line snippet graded page",
    "observations": "document indicator_code applicant_type period_basis value source_kind has_conflict",
    "findings": "document rule_id severity detail graded",
    "specimens": "document agency_name report_year template_id origin table operators lineage attached",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: the line of a text, the page of a PDF, neither in other formats."""

    line: int | None = None
    page: int | None = None


@dataclass(frozen=True)
class Specimen:
    """A finished document and everything that is true of it; `findings` are (rule, detail, graded).

    `attached` is the address below reports/ of the file with its table, if that is another; empty otherwise.
    """

    name: str
    content: bytes
    draft: Draft
    claims: tuple[tuple[Claim, Place], ...]
    cells: Cells
    cell_places: Mapping[str, Place]
    findings: tuple[tuple[str, str, bool], ...]
    attached: str = ""


def write_truth(
    specimens: Iterable[Specimen],
    registry: Registry,
    folder: Path,
    across: Mapping[str, Sequence[tuple[str, str, bool]]] = MappingProxyType({}),
) -> None:
    """Write identity, readings, observations, findings, and what each specimen is, into this folder.

    `across` are the findings, by document, that only other reports of the agency show.
    """
    tables: dict[str, list[Line]] = {name: [] for name in _COLUMNS}
    for specimen in specimens:
        tables["identity"].append(_identity(specimen))
        readings = _readings(specimen, registry)
        tables["readings"] += readings
        tables["observations"] += _observations(specimen, readings, registry)
        tables["findings"] += _findings(specimen, across.get(specimen.name, ()), registry)
        tables["specimens"].append(_told(specimen))
    for name, lines in tables.items():
        write_table(folder / f"{name}.csv", _COLUMNS[name].split(), lines)


def write_table(path: Path, columns: Sequence[str], lines: Iterable[Line]) -> None:
    """Write one table of truth, with line feeds."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")


def observed(specimen: Specimen, registry: Registry) -> list[Line]:
    """What is published of a specimen: a line of observations.csv for each figure."""
    return _observations(specimen, _readings(specimen, registry), registry)


def _readings(specimen: Specimen, registry: Registry) -> list[Line]:
    return [*_cell_readings(specimen, registry), *_claims(specimen)]


def _identity(specimen: Specimen) -> Line:
    draft, agency = specimen.draft, specimen.draft.agency
    signed = draft.signed_on
    if signed and draft.lost_signs and not one_reading(signed, draft.lost_signs):
        signed = None
    period = _period(draft)
    return {
        "document": specimen.name,
        "agency_name": agency.name,
        "region_code": agency.region_code,
        "province": agency.province,
        "prefecture": agency.prefecture,
        "county": agency.county,
        "report_year": str(draft.year),
        "period_start": _day(period.first if period else None),
        "period_end": _day(period.last if period else None),
        "published_on": _day(draft.published_on),
        "signed_on": _day(signed),
        "document_number": draft.document_number or "",
        "template_id": draft.template_id,
    }


def _period(draft: Draft) -> Stated | None:
    """What the report states: the whole year where it says so anywhere, else its first statement of two days."""
    stated = [s for s in (draft.period, draft.form.period if draft.form else None) if s is not None]
    whole = [s for s in stated if s.first == date(draft.year, 1, 1) and s.last == date(draft.year, 12, 31)]
    until = [Stated(None, date(draft.year, 12, 31))] if _says_until(draft) else []
    both = [s for s in stated if s.first is not None]
    return next(iter([*whole, *both, *stated, *until]), None)


def _says_until(draft: Draft) -> bool:
    phrases = [s for passage in draft.passages for paragraph in passage.paragraphs for s in paragraph]
    return any("截至{year}年" in phrase for phrase in phrases)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def figure(value: float | None) -> str:
    """A figure as the gold writes it; empty for a blank."""
    return "" if value is None else f"{round(value, 4):.10g}"


def _cell_readings(specimen: Specimen, registry: Registry) -> list[Line]:
    codes = {c.cell_id: c.indicator_code for c in registry.templates[specimen.draft.template_id].cells}
    lines = []
    for mark, cell in specimen.cells.items():
        code = codes[cell.cell_id]
        if code is None:
            # What has no conformed indicator is not scored.
            continue
        lines.append(
            _reading(
                specimen.name,
                "table",
                code,
                cell.period_basis,
                cell.printed.value,
                status=cell.printed.status,
                unit=registry.indicators[code].unit,
                label=cell.label,
                place=specimen.cell_places[mark],
                graded=True,
                applicant=cell.applicant,
            )
        )
    return lines


def _claims(specimen: Specimen) -> list[Line]:
    return [
        _reading(
            specimen.name,
            "narrative",
            claim.indicator_code,
            claim.period_basis,
            claim.value,
            status="reported" if claim.value else "reported_zero",
            unit=claim.unit,
            place=place,
            category=claim.category or "",
            snippet=claim.snippet,
            graded=claim.graded,
        )
        for claim, place in specimen.claims
    ]


def _reading(
    document: str,
    kind: str,
    code: str,
    basis: str,
    value: float | None,
    *,
    status: Status,
    unit: str,
    place: Place,
    graded: bool,
    applicant: str = "total",
    label: str = "",
    category: str = "",
    snippet: str = "",
) -> Line:
    return {
        "document": document,
        "source_kind": kind,
        "indicator_code": code,
        "category": category,
        "applicant_type": applicant,
        "period_basis": basis,
        "value": figure(value),
        "unit": unit,
        "value_status": status,
        "label": label,
        "line": str(place.line or ""),
        "snippet": snippet,
        "graded": "yes" if graded else "no",
        "page": str(place.page or ""),
    }


def _observations(specimen: Specimen, readings: list[Line], registry: Registry) -> list[Line]:
    """The contract's sixth section for graded readings: table, else prose, else what the printed parts yield."""
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for reading in readings:
        if reading["graded"] == "yes" and not reading["category"] and reading["period_basis"] != "month":
            key = (reading["indicator_code"], reading["applicant_type"], reading["period_basis"])
            groups.setdefault(key, []).append(reading)
    yields = _derivable(specimen, registry)
    lines = []
    for (code, applicant, basis), group in groups.items():
        table = next((r for r in group if r["source_kind"] == "table"), None)
        prose = next((r for r in group if r["source_kind"] == "narrative"), None)
        numbers = {r["value"] for r in group if r["value"]}
        source, value = "table", table["value"] if table else ""
        if not value and prose:
            source, value = "narrative", prose["value"]
        elif not value and (code, applicant, basis) in yields:
            source, value = "derived", figure(yields[code, applicant, basis])
        lines.append(
            {
                "document": specimen.name,
                "indicator_code": code,
                "applicant_type": applicant,
                "period_basis": basis,
                "value": value,
                "source_kind": source,
                "has_conflict": "yes" if len(numbers) > 1 else "no",
            }
        )
    return lines


def _derivable(specimen: Specimen, registry: Registry) -> dict[tuple[str, str, str], float]:
    found = {}
    rules = arithmetic(specimen.draft.template_id)
    codes = {c.cell_id: c.indicator_code for c in registry.templates[specimen.draft.template_id].cells}
    for (applicant, basis), cells in printed_columns(specimen.draft).items():
        figures = Figures(cells)
        for cell_id in cells:
            value = derived(figures, rules, cell_id)
            if figures.blank(cell_id) and value is not None:
                found[codes[cell_id] or "", applicant, basis] = value
    return found


def _findings(specimen: Specimen, across: Sequence[tuple[str, str, bool]], registry: Registry) -> list[Line]:
    return [
        {
            "document": specimen.name,
            "rule_id": rule_id,
            "severity": registry.rules[rule_id].severity,
            "detail": detail,
            "graded": "yes" if graded else "no",
        }
        for rule_id, detail, graded in (*specimen.findings, *across)
    ]


def _told(specimen: Specimen) -> Line:
    draft = specimen.draft
    return {
        "document": specimen.name,
        "agency_name": draft.agency.name,
        "report_year": str(draft.year),
        "template_id": draft.template_id,
        "origin": draft.look.origin,
        "table": draft.look.table if specimen.name.endswith(".txt") and (draft.form or draft.matrix) else "",
        "operators": ";".join(fault.operator for fault in draft.planted),
        "lineage": draft.agency.key,
        "attached": specimen.attached,
    }
