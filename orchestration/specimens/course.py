"""How the figures of one agency move over the years: a habit that lasts, good and bad years around it.

What is drawn here depends on the agency and the year alone, never on the years that are asked for.
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

from orchestration.specimens.chance import Chance
from orchestration.specimens.model import Agency

FIRST_YEAR = 2008
_KEPT = 0.6
_TERM = 5
"""So many years pass before offices are manned otherwise."""


class Course:
    """The years of one agency: `habit` lasts, `term` for some years, `growth` changes from year to year."""

    def __init__(self, agency: Agency, year: int, seed: Chance) -> None:
        self._year = year
        self._seed = seed.fork("course", agency.key)
        self._turn = self._seed.fork("turn").whole(0, _TERM - 1)

    def habit(self, *name: str) -> Chance:
        """The stream of what this agency always does alike."""
        return self._seed.fork("habit", *name)

    def term(self, *name: str) -> Chance:
        """The stream of what stays alike for some years."""
        return self._seed.fork("term", (self._year + self._turn) // _TERM, *name)

    def growth(self, spread: float, *name: str) -> float:
        """What a figure is multiplied by this year: around 1, its logarithm of about this spread, near last year's."""
        drift = _drift(self._seed.fork("growth", *name).path, self._year)
        grown = drift * spread
        return 1 + grown + grown * grown / 2


@lru_cache(maxsize=65536)
def _drift(path: tuple[str, ...], year: int) -> float:
    """How far a figure is from its usual level; part of it stays for the next year."""
    if year < FIRST_YEAR:
        return 0.0
    return _KEPT * _drift(path, year - 1) + sqrt(1 - _KEPT * _KEPT) * Chance(*path, year).normal()
