"""Faults that only the neighbouring years show: each report is sound in itself and does not fit the one before it.

Each operator changes a draft and returns what it did, or returns None and changes nothing where it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from orchestration.registry.model import Registry
from orchestration.specimens.chance import Chance
from orchestration.specimens.events import Event
from orchestration.specimens.faults_in_matrices import Matrices
from orchestration.specimens.faults_in_tables import Table
from orchestration.specimens.model import Draft, Printed

_STOCKS = ("20_1.norm.in_force", "20_5.license.prev_items", "20_6.penalty.prev_items")
_SLIPPING = ("20_5.license.decisions", "20_6.penalty.decisions", "20_8.fee.amount", "20_9.procure.amount")
_SLIPPING_ROWS = ("B.9.3", "B.2.2.3", "S.01")
_ADDED_UP_ALONE = ("F.1", "F.4", "F.5", "F.6")
_REVISED = ("20_5.license.decisions", "20_6.penalty.decisions", "20_6.coercion.decisions")
_REVISED_ROWS = ("B.2.2.3", "B.8.2", "B.9.1", "F.4", "S.09")
_LEAST = 60


def carry_in_broken(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """More applications are said to be left over from last year than last year's report left, and were disposed of."""
    table = Matrices(draft, registry)
    leaves = table.leaves()
    if not leaves:
        return None
    carried, whole = table.rules.balance["taken"][1], table.rules.balance["out"][0]
    if table.told(carried) or table.told(whole):
        return None
    leaf, applicant, more = chance.pick(leaves), chance.pick(table.applicants()), chance.whole(1, 4)
    for cell in (carried, leaf, whole):
        for column in (applicant, "total"):
            table.add(cell, column, more)
    return f"{more} more carried in for {applicant} than were left"


def stock_broken(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A stock is not what the year before and the year's own changes make of it."""
    table = Matrices(draft, registry)
    cells = [cell for cell, _ in table.boxes if cell[2:] in _STOCKS]
    if not cells:
        return None
    cell, more = chance.pick(cells), chance.whole(1, 9)
    table.add(cell, "total", more)
    return f"{more} more in {cell} than there can be"


def cumulative_broken(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A figure counted over all years is not last year's and this year's together."""
    table = Table(draft, registry)
    totals = {cell_id: row.cells.get("cumulative") for cell_id, row in table.rows.items() if cell_id in _ADDED_UP_ALONE}
    free = [c for c, printed in totals.items() if printed and not draft.says((table.code(c or ""), "cumulative"))]
    if not free:
        return None
    cell_id, more = chance.pick(free), chance.whole(1, 40)
    printed = totals[cell_id]
    if printed is None or printed.value is None:
        return None
    printed.value += more
    return f"{more} too many in {cell_id} over all years"


def digit_slipped(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A figure has a digit too many, or was taken for one in 万."""
    found: list[tuple[str, Printed]] = []
    grid = Matrices(draft, registry)
    found += [
        (cell, box.printed)
        for (cell, _), box in grid.boxes.items()
        if cell[2:] in _SLIPPING and box.printed and not grid.told(cell)
    ]
    table = Table(draft, registry)
    for cell in _SLIPPING_ROWS:
        printed = table.cell(cell) if cell in table.rows else None
        if printed and not table.told(cell):
            found.append((cell, printed))
    large = [(cell, printed) for cell, printed in found if (printed.value or 0) >= _LEAST]
    if not large:
        return None
    cell, printed = chance.pick(large)
    factor = chance.pick((10, 10, 100, 10000 if printed.unit == "万元" else 10))
    was = printed.value or 0
    printed.value = was * factor
    return f"{printed.value:g} typed for {was:g} in {cell}"


def published_late(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The report is published after the day on which it was due."""
    if draft.published_on is None:
        return None
    draft.published_on = due_on(draft, registry) + timedelta(days=chance.whole(3, 80))
    return f"published on {draft.published_on}, due on {due_on(draft, registry)}"


def due_on(draft: Draft, registry: Registry) -> date:
    """The day on which a report of this year and level is due."""
    return min(
        date(draft.year + 1, rule.month, rule.day)
        for rule in registry.due_dates
        if rule.first_report_year <= draft.year <= (rule.last_report_year or draft.year)
        and draft.agency.level in rule.agency_levels
    )


def revised(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The report as it is published again some weeks later, with one figure mended."""
    grid, table = Matrices(draft, registry), Table(draft, registry)
    cells = [(c, box.printed) for (c, _), box in grid.boxes.items() if c[2:] in _REVISED and not grid.told(c)]
    cells += [(c, table.cell(c)) for c in _REVISED_ROWS if c in table.rows and not table.told(c)]
    free = [(cell, printed) for cell, printed in cells if printed and printed.value is not None]
    if not free or (draft.published_on is None and draft.signed_on is None):
        return None
    cell, printed = chance.pick(free)
    was = printed.value or 0
    printed.value = was + chance.whole(1, 3)
    later = timedelta(days=chance.whole(20, 60))
    draft.published_on = draft.published_on and draft.published_on + later
    draft.signed_on = draft.signed_on and draft.signed_on + later
    return f"published again: {printed.value:g} for {was:g} in {cell}"


FAULTS: Mapping[Event, Callable[[Draft, Registry, Chance], str | None]] = {
    "carry_over": carry_in_broken,
    "stock": stock_broken,
    "cumulative": cumulative_broken,
    "digit_slipped": digit_slipped,
    "late": published_late,
}
