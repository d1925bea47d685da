"""One figure of the prose and what it states, before it is given a period, a scope and a place in the document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the prose and what it states; offsets are those of the passage.

    `start`:`end` is what is printed for the value, `first`:`last` the clause as a person would quote it,
    `label`:`label_end` the words that name the figure. `breakdown` marks a total that classes may break down.
    """

    indicator_code: str
    topic: str | None
    value: float
    start: int
    end: int
    first: int
    last: int
    label: int
    label_end: int
    unit: str | None = None
    unit_end: int = 0
    approximate: bool = False
    category: str | None = None
    applicant_type: str = "total"
    negated: bool = False
    breakdown: bool = False
