"""What befalls an agency's report of one year, seen beside its other years: a slip, a copy, a revision, a loss.

Follows from the agency, the year and the seed alone; two neighbouring years of one agency are never both struck.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from orchestration.specimens.chance import Chance
from orchestration.specimens.course import FIRST_YEAR

Event = Literal[
    "carry_over", "stock", "cumulative", "digit_slipped", "revision", "copy_of_last_year", "copy_of_another", "late",
    "missing", "set_aside",
]  # fmt: skip
_WEIGHTS: Mapping[Event | None, float] = {
    "carry_over": 4,
    "stock": 4,
    "cumulative": 3,
    "digit_slipped": 5,
    "revision": 3,
    "copy_of_last_year": 2,
    "copy_of_another": 2,
    "late": 3,
    "missing": 2,
    "set_aside": 2,
}
_LOST_WHERE_FAILING = 0.6


@dataclass(frozen=True, slots=True)
class Events:
    """How often reports are struck, and in which years most of them lose their figures."""

    often: float
    failing: Collection[int] = ()

    def of(self, key: str, year: int, seed: Chance) -> Event | None:
        """The event of this agency and year; None for most."""
        if year in self.failing and seed.fork("failing", key, year).happens(_LOST_WHERE_FAILING):
            return "set_aside"
        return _event(self.often, key, year, seed.path)


@lru_cache(maxsize=65536)
def _event(often: float, key: str, year: int, path: tuple[str, ...]) -> Event | None:
    if year < FIRST_YEAR or _event(often, key, year - 1, path) is not None:
        return None
    chance = Chance(*path, "event", key, year)
    struck: Event | None = chance.weighed(_WEIGHTS) if chance.happens(often) else None
    return struck
