"""Which departures from earlier years anybody can be sure of: those with enough years, or agencies, to compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import log

from orchestration.specimens.consequences_across import FigureKey, Figures
from orchestration.specimens.model import Key

Place = tuple[str, int]
"""An agency by its key, and a year."""

_WATCHED = (
    "admin_license_decisions_count",
    "admin_penalty_decisions_count",
    "admin_fee_amount",
    "gov_procurement_amount",
    "trainees_count",
    "policy_interpretation_count",
    "proactive_info_count",
)
_SURE, _SURE_BY_OTHERS, _CALM = log(8), log(60), log(3)
"""What departs that far from a calm history of its own is wrong; agencies differ, so beside others it must be more."""
_LEAST = 50
_OWN_RATIOS, _PEERS = 4, 20
_SPOILED, _SPOILED_BY = 3, 10


class Jumps:
    """The figures of many reports, for the departures among them."""

    def __init__(self, figures: Mapping[Place, Figures], levels: Mapping[Place, str]) -> None:
        self._figures = figures
        self._levels = levels
        self._peers = Counter(
            (levels[place], place[1], code) for place in figures for code in _WATCHED if self._ratio(place, code)
        )

    def seen(self, place: Place) -> bool:
        """Whether a figure of this report departs so far that anybody must see it, and from enough others."""
        return any(self._departs(place, code) for code in _WATCHED)

    def _departs(self, place: Place, code: str) -> bool:
        ratio = self._ratio(place, code)
        if ratio is None or abs(ratio) < _SURE:
            return False
        key, year = place
        steps = [self._ratio((key, y), code) for k, y in self._figures if k == key and y < year]
        own = [step for step in steps if step is not None]
        if len(own) >= _OWN_RATIOS:
            return max(map(abs, own)) <= _CALM
        return abs(ratio) >= _SURE_BY_OTHERS and self._peers[self._levels[place], year, code] > _PEERS

    def _value(self, place: Place, code: str) -> float:
        figure: FigureKey = (code, "total", "year")
        found = self._figures.get(place, {}).get(figure)
        return found.value if found else 0

    def _ratio(self, place: Place, code: str) -> float | None:
        """The logarithm of this year's figure to last year's; None where one is missing, 0 or both are small."""
        now, before = self._value(place, code), self._value((place[0], place[1] - 1), code)
        return log(now / before) if now and before and max(now, before) >= _LEAST else None

    def spoiled(self, place: Place, meant: Mapping[Key, float]) -> bool:
        """Whether a fault of the report moved one of its figures far from what was meant."""
        for (code, applicant, basis), printed in self._figures[place].items():
            value = meant.get((code, basis)) if applicant == "total" else None
            if value is None or abs(value - printed.value) < _SPOILED_BY:
                continue
            low, high = sorted((value, printed.value))
            if high >= low * _SPOILED:
                return True
        return False
