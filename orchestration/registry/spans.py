"""Years of validity: which of them overlap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")
OPEN_END = 9999


def overlapping(spans: Iterable[tuple[int, int | None, T]]) -> list[tuple[T, T]]:
    """Pairs (later, earlier) of neighbours in time whose years, both ends included, have a year in common."""
    ordered = sorted(spans, key=lambda span: (span[0], span[1] or OPEN_END))
    found = []
    for at, (first, _, owner) in enumerate(ordered[1:], 1):
        _, last, before = ordered[at - 1]
        if first <= (last or OPEN_END):
            found.append((owner, before))
    return found
