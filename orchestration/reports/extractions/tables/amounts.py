"""What one printed value cell says in the conformed unit of its indicator.

Where a cell stands, and which cell of a form it is, is decided elsewhere; here only its words and units count.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.registry.model import Registry, TemplateCell
from orchestration.reports.documents.text import compact
from orchestration.reports.extractions.model import ValueStatus
from orchestration.reports.extractions.numbers import CellValue, parse_value, to_unit

_UNIT_NOTE = re.compile(
    r"\((?:单位[:为]?)?([^()\d,;、]{1,5})(?:[,;、][^()]*)?\)|单位[:为]?([^()\d]{1,5})$|/([万亿]?元)$"
)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_MOST_REMEMBERED = 2048


@lru_cache(maxsize=_MOST_REMEMBERED)
def parsed(text: str) -> CellValue:
    """parse_value, remembered: most cells of a form hold one of a few words."""
    return parse_value(text)


class Amounts:
    """Puts the printed figures of a form into the units of the registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._units = registry.units
        # A base unit some printed units are fractions of (万元): a figure in no such unit cannot be put into it.
        self._scaled = {unit for unit, factor in registry.units.values() if factor != 1}

    def unit_of(self, cell: TemplateCell) -> str | None:
        """The conformed unit of a cell: its indicator's, else its own."""
        indicator = self._registry.indicators.get(cell.indicator_code or "")
        return indicator.unit if indicator else cell.unit

    def unit_noted(self, words: str) -> str | None:
        """The known unit that a label or a column header notes in brackets, after 单位 or after a stroke."""
        if "(" not in words and "单位" not in words and "元" not in words:
            return None
        noted = (next(filter(None, found)) for found in _UNIT_NOTE.findall(compact(words)))
        return next((unit for unit in noted if unit in self._units), None)

    def conformed(
        self, cell: TemplateCell, value: CellValue, printed_unit: str | None
    ) -> tuple[ValueStatus, float | None, tuple[str, ...]]:
        """Status, value in the conformed unit (None unless reported) and issue codes of what a cell says."""
        if value.value is None:
            return value.status, None, value.issue_codes
        if (value.value < 0 and cell.kind != "signed") or (value.unit_text and value.unit_text not in self._units):
            return "unreadable", None, (*value.issue_codes, "not_a_number")
        number = value.value
        if "magnitude_word" in value.issue_codes and printed_unit and printed_unit[0] == "万":
            # 1.17万 in a column of 万元 is that many 万元, not 万 times as many.
            number = round(number / 10_000, 6)
        if number and printed_unit is None and self._open_unit(cell):
            return "unreadable", None, (*value.issue_codes, "unit_missing")
        amount = to_unit(number, printed_unit or cell.unit, self.unit_of(cell), self._units)
        if amount is None and self._only_counts(printed_unit, self.unit_of(cell)):
            amount = number
        if amount is None:
            return "unreadable", None, (*value.issue_codes, "unit_unconvertible")
        return value.status, amount, value.issue_codes

    def is_unexpected(self, cell: TemplateCell, printed_unit: str | None) -> bool:
        """Whether the printed unit is none of those that the form prints here."""
        return printed_unit is not None and printed_unit not in (cell.unit, *cell.unit_variants)

    def _open_unit(self, cell: TemplateCell) -> bool:
        """Whether the form leaves the unit to whoever fills it in, between units of different size."""
        units = filter(None, (cell.unit, *cell.unit_variants))
        factors = {self._units[unit][1] for unit in units if unit in self._units}
        return cell.kind == "amount" and len(factors) > 1

    def _only_counts(self, printed_unit: str | None, conformed: str | None) -> bool:
        """Whether both units count things one by one, so that another word for the thing changes no figure."""
        bases = {self._units[unit][0] for unit in (printed_unit, conformed) if unit and unit in self._units}
        return not bases & self._scaled and all(_HAN.fullmatch(base) for base in bases)
