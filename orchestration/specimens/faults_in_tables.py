"""Faults planted in the figures and the print of a table.

Each operator changes a draft and returns what it did, or returns None and changes nothing where it does not apply.
"""

from __future__ import annotations

from orchestration.registry.model import Registry
from orchestration.specimens.chance import Chance
from orchestration.specimens.forms import arithmetic, has_table, prompt_row
from orchestration.specimens.model import Draft, Printed, Row

# So many rows stay of a table that is cut off.
_LEAST_CUT_ROWS = 6
_OTHER_UNITS = {"件": ("份", 1.0), "条": ("件", 1.0), "万元": ("元", 0.0001), "篇": ("条", 1.0)}


class Table:
    """The cells of a draft's table, for operators: by cell, in the column of the year."""

    def __init__(self, draft: Draft, registry: Registry) -> None:
        self.draft = draft
        self.rules = arithmetic(draft.template_id)
        self._codes = {c.cell_id: c.indicator_code or "" for c in registry.templates[draft.template_id].cells}
        self.rows = {row.cell_id: row for row in draft.form.rows if row.cell_id} if draft.form else {}

    def cell(self, cell_id: str) -> Printed | None:
        """The year's cell of this row; None where the row is not printed or measures nothing."""
        row = self.rows.get(cell_id)
        return row.cells.get("year") if row else None

    def value(self, cell_id: str) -> float:
        """The printed number, 0 for a blank or a row that is not there."""
        cell = self.cell(cell_id)
        return (cell.value or 0) if cell else 0

    def told(self, cell_id: str) -> bool:
        """Whether the prose says this figure too."""
        return self.draft.says((self._codes[cell_id], "year"))

    def code(self, cell_id: str) -> str:
        """The indicator of this row."""
        return self._codes[cell_id]

    def put(self, cell_id: str, value: float | None) -> None:
        """Print this in the year's cell of the row, where it is printed; a cumulative figure keeps at least as much."""
        row = self.rows.get(cell_id)
        if row is None or "year" not in row.cells:
            return
        row.cells["year"].value = value
        total = row.cells.get("cumulative")
        if total is not None and total.value is not None and value is not None:
            total.value = max(total.value, value)


def sum_broken(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A part is typed wrong, so that the parts no longer add up to their total."""
    table = Table(draft, registry)
    for whole in chance.shuffled(list(table.rules.sums)):
        parts = [
            p for p in table.rules.sums[whole] if table.cell(p) and not table.told(p) and p not in table.rules.sums
        ]
        if table.cell(whole) is None or not parts:
            continue
        part = chance.pick(parts)
        was = table.value(part)
        table.rows[part].cells["year"].value = was + chance.whole(1, 3)
        _keep_totals(table, part)
        return f"{table.rows[part].label}: {table.value(part):g} typed for {was:g}"
    return None


def _keep_totals(table: Table, cell_id: str) -> None:
    """A figure of the year stays within what is counted over all years, and those still add up."""
    row = table.rows[cell_id]
    total, year = row.cells.get("cumulative"), row.cells["year"]
    if total is None or total.value is None or year.value is None or total.value >= year.value:
        return
    more = year.value - total.value
    total.value = year.value
    for whole, parts in table.rules.sums.items():
        over = table.rows[whole].cells["cumulative"]
        if cell_id in parts and over.value is not None:
            over.value += more


def total_left_blank(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A total is left blank above parts that are filled in."""
    table = Table(draft, registry)
    if draft.form and len(draft.form.columns) > 1 and draft.look.table in ("cells", "spaces"):
        # Nothing would show which of the two figures is missing.
        return None
    inner = {part for parts in table.rules.sums.values() for part in parts}
    wholes = [w for w in table.rules.sums if table.value(w) > 0 and not table.told(w) and w not in inner]
    if not wholes:
        return None
    whole = chance.pick(wholes)
    table.put(whole, None)
    return f"{table.rows[whole].label} left blank"


def channel_above_total(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A channel counts more items than were disclosed in all."""
    table = Table(draft, registry)
    for whole, parts in {**table.rules.channels, **table.rules.most}.items():
        free = [p for p in parts if table.cell(p) and not table.told(p) and table.cell(whole)]
        if free:
            part = chance.pick(free)
            table.put(part, table.value(whole) + chance.whole(2, 30))
            return f"{table.rows[part].label} above the total"
    return None


def total_above_channels(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """More items are disclosed in all than by all channels together."""
    table = Table(draft, registry)
    for whole, parts in table.rules.channels.items():
        printed = [p for p in parts if table.cell(p)]
        if table.value(whole) < 2 or any(table.told(p) for p in printed):
            continue
        for part in printed:
            table.put(part, 0)
        table.put(chance.pick(printed), chance.whole(0, int(table.value(whole)) - 1))
        return "the channels together count less than the total"
    return None


def answers_without_topic(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """Events were answered, but the number of topics is 0 or blank."""
    table = Table(draft, registry)
    responses = table.rules.responses
    if not responses or table.told(responses["whole"]) or not any(table.value(a) for a in responses["answers"]):
        return None
    table.put(responses["whole"], chance.pick((0, None)))
    return f"{table.rows[responses['whole']].label} is nothing above answered events"


def no_outcome(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """Requests were received, and none was concluded or answered."""
    table = Table(draft, registry)
    flow = table.rules.flow
    if not flow or not table.value(flow["taken"][0]):
        return None
    outcomes = [flow["concluded"], flow["answered"]]
    parts = [p for whole in outcomes for p in table.rules.sums[whole]]
    parts += [p for part in parts for p in table.rules.sums.get(part, ())]
    if any(table.told(c) for c in [*outcomes, *parts]):
        return None
    for cell_id in [*outcomes, *parts]:
        table.put(cell_id, 0)
    return "requests received, none concluded or answered"


def part_above_whole(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """An 其中 exceeds its whole, or stands under a blank one."""
    table = Table(draft, registry)
    pairs = [(w, p) for w, parts in table.rules.within.items() for p in parts if table.cell(w) and not table.told(p)]
    if not pairs:
        return None
    whole, part = chance.pick(pairs)
    if not table.told(whole) and table.value(whole) == 0 and chance.happens(0.5):
        table.put(whole, None)
    table.put(part, table.value(whole) + chance.whole(1, 4))
    return f"{table.rows[part].label} above its whole"


def stray_header_value(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A heading of the table has a value in its cell."""
    heads = [row for row in draft.form.rows if row.header and row.cell_id] if draft.form else []
    if not heads:
        return None
    row = chance.pick(heads)
    row.stray = str(chance.pick((0, 0, chance.whole(1, 9))))
    return f"{row.label} carries {row.stray}"


def prompt_unfilled(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A row that is filled in by hand still holds the prompt of the form."""
    if draft.form is None or not has_table(draft.template_id):
        return None
    found = prompt_row(draft.template_id)
    at = next((i for i, row in enumerate(draft.form.rows) if found and row.cell_id == found[0]), None)
    if found is None or at is None:
        return None
    label, prompt = found[1], found[1].stray
    label.stray = ""
    rest = Row(None, prompt, "", draft.look.header_unit, True, 1)
    draft.form.rows[at + 1 : at + 1] = [label, rest]
    return prompt


def table_cut(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The table breaks off; the rows after that are not printed."""
    if draft.form is None:
        return None
    rows = draft.form.rows
    optional = set(arithmetic(draft.template_id).optional)
    # A table that ends where a row that some prints lack would follow is not seen to be cut.
    past = max(i for i, row in enumerate(rows) if row.cell_id not in optional)
    ends = [i for i in range(_LEAST_CUT_ROWS, past - 3) if rows[i].cells and not rows[i + 1].label.startswith("其中")]
    if not ends:
        return None
    last = chance.pick(ends)
    draft.form.rows = rows[: last + 1]
    draft.look = draft.look.with_table_last()
    return f"the table ends after {rows[last].label}"


def zeros_left_blank(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """Whatever is 0 is left blank, throughout the table."""
    if draft.form is None or draft.form.columns != ["year"]:
        return None
    for row in draft.form.rows:
        for cell in row.cells.values():
            cell.value = cell.value or None
    return "every 0 of the table left blank"


def zeros_as_dashes(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """Some rows that hold 0 show a dash."""
    table = Table(draft, registry)
    rules = table.rules
    totals = {*rules.sums, *rules.within, *rules.channels, *rules.most}
    totals |= {rules.responses.get("whole", "")}
    free = [c for c in table.rows if c not in totals and table.cell(c) and table.value(c) == 0]
    if draft.form is None or draft.form.columns != ["year"] or len(free) < 3:
        return None
    sign = chance.pick(("—", "/", "——"))
    for cell_id in chance.sample(free, chance.whole(2, 6)):
        cell = table.rows[cell_id].cells["year"]
        cell.value, cell.dash = None, sign
    return f"{sign} for 0"


def other_unit(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A row has another unit than the form's, its figure in that unit."""
    rows = [r for r in draft.form.rows if r.cells and r.unit in _OTHER_UNITS] if draft.form else []
    if not rows or (draft.form and not draft.form.has_units):
        return None
    row = chance.pick([r for r in rows if r.unit == "万元"] or rows) if chance.happens(0.4) else chance.pick(rows)
    unit, factor = _OTHER_UNITS[row.unit]
    row.unit = unit
    for cell in row.cells.values():
        cell.unit, cell.factor = unit, factor
    return f"{row.label} in {unit}"


def units_lost(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The column of units has lost its cells."""
    if draft.form is None or draft.form.has_units is False:
        return None
    draft.form.has_units = False
    return "no units in the table"
