"""What a careful person finds in the reports of one agency side by side: figures of two years that do not fit.

Worked out from what the reports print, whatever was planted: a fault of one year is often seen in the next one too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from orchestration.specimens.consequences import SAME
from orchestration.specimens.matrix_figures import APPLICANTS
from orchestration.specimens.truth import Line, Specimen

FigureKey = tuple[str, str, str]
"""An indicator, an applicant and a period basis."""


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure; `sure` is False where the report contradicts itself, rounds it or only implies it."""

    value: float
    sure: bool


Figures = Mapping[FigureKey, Published]


class Across(NamedTuple):
    """What two reports show together; `rule_id` stands at the later one."""

    rule_id: str
    indicator_code: str
    applicant_type: str
    expected: float
    actual: float
    graded: bool


class _Roll(NamedTuple):
    """`closing` of a year is `opening` of the year before with what was added and taken away, or at most that."""

    rule_id: str
    closing: str
    opening: str
    added: str = ""
    taken: str = ""
    flows_of_before: bool = False
    at_most: bool = False


_ITEMS = ("admin_license", "admin_penalty", "admin_coercion", "other_service", "admin_fee")
_ROLLS = (
    _Roll("carry_over", "requests_carried_in_count", "requests_carried_out_count"),
    *(
        _Roll("stock_rollforward", *(f"{kind}_in_force_stock",) * 2, f"{kind}_issued_count", f"{kind}_repealed_count")
        for kind in ("normative_docs", "rules")
    ),
    *(
        _Roll("stock_rollforward", *(f"{kind}_public_stock",) * 2, f"{kind}_disclosed_count", at_most=True)
        for kind in ("normative_docs", "rules")
    ),
    *(
        _Roll("stock_rollforward", *(f"{kind}_items_prev_year",) * 2, f"{kind}_items_change", flows_of_before=True)
        for kind in _ITEMS
    ),
)


def published(specimen: Specimen, observations: list[Line]) -> Figures:
    """The figures of a report by what they measure, those without a number left out."""
    rounded = {(c.indicator_code, "total", c.period_basis) for c, _ in specimen.claims if c.approximate}
    found = {}
    for line in observations:
        key = (line["indicator_code"], line["applicant_type"], line["period_basis"])
        sure = line["has_conflict"] == "no" and line["source_kind"] != "derived"
        if line["value"]:
            sure = sure and not (line["source_kind"] == "narrative" and key in rounded)
            found[key] = Published(float(line["value"]), sure)
    return found


def do_not_fit(before: Figures, now: Figures) -> Iterator[Across]:
    """Where this year's figures do not follow from those of the year before."""
    for roll in _ROLLS:
        for applicant in (*APPLICANTS, "total"):
            yield from _rolled(roll, applicant, before, now)
    for code, applicant, basis in now:
        if basis == "cumulative":
            total, year = (code, applicant, "cumulative"), (code, applicant, "year")
            parts = [before.get(total), now.get(year)]
            yield from _compared("cumulative_rollforward", total, parts, (1, 1), now.get(total))


def _rolled(roll: _Roll, applicant: str, before: Figures, now: Figures) -> Iterator[Across]:
    flows = before if roll.flows_of_before else now
    parts = [before.get((roll.opening, applicant, "year"))]
    parts += [flows.get((code, applicant, "year")) for code in (roll.added, roll.taken) if code]
    closing = (roll.closing, applicant, "year")
    yield from _compared(roll.rule_id, closing, parts, (1, 1, -1), now.get(closing), roll.at_most)


def _compared(
    rule_id: str,
    key: FigureKey,
    parts: list[Published | None],
    signs: tuple[int, ...],
    actual: Published | None,
    at_most: bool = False,
) -> Iterator[Across]:
    known = [part for part in parts if part is not None]
    if actual is None or len(known) < len(parts):
        return
    expected = sum(sign * part.value for sign, part in zip(signs, known, strict=False))
    if abs(expected - actual.value) <= SAME or (at_most and actual.value < expected):
        return
    sure = actual.sure and all(part.sure for part in known)
    yield Across(rule_id, key[0], key[1], expected, actual.value, sure)
