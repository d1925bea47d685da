"""An agency as far as a document identifies it, and how its name stands with that of its area."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.reports.extractions.model import RegionResolution


@dataclass(frozen=True, slots=True)
class ResolvedAgency:
    """The agency as far as the document identifies it; field names as in Identity."""

    agency_name: str
    agency_name_as_printed: str
    agency_key: str
    agency_level: str
    region_code: str | None
    region_resolution: RegionResolution
    candidates: tuple[str, ...] = ()


def below(area: str, own: str) -> str:
    """A name with its area before it, once."""
    return own if own.startswith(area) else area + own
