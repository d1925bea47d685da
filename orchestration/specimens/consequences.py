"""What a careful person finds in a specimen: the contradictions between the figures that it prints.

Worked out from the draft alone, by the notes of the form and the contract's rules; an undamaged specimen has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orchestration.registry.model import Registry
from orchestration.specimens.forms import Arithmetic, arithmetic
from orchestration.specimens.matrices import boxes
from orchestration.specimens.model import Claim, Draft, Printed

SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Seen:
    """A contradiction: its rule, what stands there, and whether a reader must see it."""

    rule_id: str
    detail: str
    graded: bool = True


class Figures:
    """The printed cells of one column of a specimen's table, by cell."""

    def __init__(self, cells: dict[str, Printed]) -> None:
        self._cells = cells

    def value(self, cell_id: str) -> float | None:
        """The printed number; None for a blank cell or a row that is not printed."""
        cell = self._cells.get(cell_id)
        return cell.value if cell else None

    def printed(self, cell_id: str) -> bool:
        """Whether the row is printed."""
        return cell_id in self._cells

    def values(self, cell_ids: Iterable[str]) -> list[float | None]:
        """The printed numbers of those of these rows that are printed."""
        return [self._cells[c].value for c in cell_ids if c in self._cells]

    def all_values(self, cell_ids: Iterable[str], optional: Iterable[str] = ()) -> list[float | None]:
        """The numbers of these rows; None for one that should be printed and is not, `optional` ones left out."""
        lacking = set(optional) - set(self._cells)
        return [self.value(c) for c in cell_ids if c not in lacking]

    def blank(self, cell_id: str) -> bool:
        """Whether the cell is printed and blank."""
        return cell_id in self._cells and self._cells[cell_id].status == "blank"


def contradictions(draft: Draft, claims: Iterable[Claim], registry: Registry) -> list[Seen]:
    """Every contradiction of a specimen, in no order; the same rule may stand more than once."""
    found: list[Seen] = []
    rules = arithmetic(draft.template_id)
    # A figure that a reader need not take for the report's own contradicts nothing.
    said = [c for c in claims if c.category is None and (c.graded or c.negated)]
    columns = printed_columns(draft)
    codes = {c.cell_id: c.indicator_code for c in registry.templates[draft.template_id].cells}
    for (applicant, basis), cells in columns.items():
        figures = Figures(cells)
        found += [*_sums(figures, rules), *_parts(figures, rules), *_channels(figures, rules)]
        found += [*_responses(figures, rules), *_flow(figures, rules), *_balance(figures, rules)]
        by_code = {codes[cell_id] or cell_id: (cell_id, cell) for cell_id, cell in cells.items()}
        for claim in said:
            if (applicant, claim.period_basis) == ("total", basis) and claim.indicator_code in by_code:
                found += _against(claim, *by_code[claim.indicator_code], figures, rules)
    found += [*_year_in_total(draft), *_row_totals(columns)]
    if not columns:
        found += _prose_bounds(said)
    found += _breakdown(draft)
    return found


Columns = dict[tuple[str, str], dict[str, Printed]]
"""The printed cells of every column, by applicant and period basis, then by cell."""


def printed_columns(draft: Draft) -> Columns:
    """The columns of figures that a report prints."""
    found: Columns = {}
    for row in draft.form.rows if draft.form else ():
        for basis, cell in row.cells.items():
            if row.cell_id:
                found.setdefault(("total", basis), {})[row.cell_id] = cell
    for box in boxes(draft):
        if box.cell_id and box.printed:
            found.setdefault((box.applicant, "year"), {})[box.cell_id] = box.printed
    return found


def _balance(figures: Figures, rules: Arithmetic) -> Iterator[Seen]:
    if not rules.balance:
        return
    taken, out = (figures.all_values(rules.balance[side]) for side in ("taken", "out"))
    known = [[v for v in side if v is not None] for side in (taken, out)]
    if len(known[0]) + len(known[1]) == len(taken) + len(out) and abs(sum(known[0]) - sum(known[1])) > SAME:
        yield Seen("balance", f"{sum(known[0]):g} were taken in, {sum(known[1]):g} disposed of or left")


def _row_totals(columns: Columns) -> Iterator[Seen]:
    everyone = [cells for (applicant, _), cells in columns.items() if applicant != "total"]
    for cell_id, total in columns.get(("total", "year"), {}).items():
        values = [cells[cell_id].value for cells in everyone if cell_id in cells]
        known = [v for v in values if v is not None]
        if known and len(known) == len(values) and total.value is not None and abs(sum(known) - total.value) > SAME:
            yield Seen("row_total", f"{cell_id} is {total.value:g}, the applicants' are {sum(known):g}")


def _sums(figures: Figures, rules: Arithmetic) -> Iterator[Seen]:
    inner = {part for parts in rules.sums.values() for part in parts}
    for whole, addends in rules.sums.items():
        parts = _one_way(figures, rules, addends)
        values = figures.values(parts)
        known = [v for v in values if v is not None]
        value = figures.value(whole)
        if value is not None and len(known) == len(parts) and abs(sum(known) - value) > SAME:
            yield Seen("sum_of_children", f"{whole} is {value:g}, its parts add up to {sum(known):g}")
        if figures.blank(whole) and known:
            yield Seen(
                "blank_parent_derivable", f"{whole} is blank, its parts yield {sum(known):g}", whole not in inner
            )


def _one_way(figures: Figures, rules: Arithmetic, parts: Sequence[str]) -> list[str]:
    """The parts without those that this print has in another way: one row in place of several, or the reverse."""
    other = {cell for alone, rows in rules.instead.items() for cell in (rows if figures.printed(alone) else [alone])}
    return [part for part in parts if part not in other]


def derived(figures: Figures, rules: Arithmetic, cell_id: str) -> float | None:
    """What the printed parts of a blank total yield; None where none is printed."""
    known = []
    for part in rules.sums.get(cell_id, ()):
        value = figures.value(part)
        value = derived(figures, rules, part) if value is None else value
        if value is not None:
            known.append(value)
    return sum(known) if known else None


def _parts(figures: Figures, rules: Arithmetic) -> Iterator[Seen]:
    for whole, parts in rules.within.items():
        value = figures.value(whole)
        for part in parts:
            over = figures.value(part) or 0
            if (value is not None and over > value) or (figures.blank(whole) and over > 0):
                yield Seen("subset_exceeds_parent", f"{part} is {over:g} within {whole}")


def _channels(figures: Figures, rules: Arithmetic) -> Iterator[Seen]:
    for whole, parts in {**rules.channels, **rules.most}.items():
        value, values = figures.value(whole), figures.all_values(parts, rules.optional)
        if value is None:
            continue
        known = [v for v in values if v is not None]
        if any(v > value for v in known):
            yield Seen("channel_bounds", f"a channel of {whole} exceeds {value:g}")
        if whole in rules.channels and len(known) == len(values) and value > sum(known):
            yield Seen("channel_bounds", f"{whole} is {value:g}, more than all channels together")


def _responses(figures: Figures, rules: Arithmetic) -> Iterator[Seen]:
    if not rules.responses:
        return
    whole = rules.responses["whole"]
    answers = [v for v in figures.values(rules.responses["answers"]) if v]
    if answers and not figures.value(whole):
        yield Seen("response_bounds", f"{whole} is nothing while events were answered")
    value, means = figures.value(whole), figures.all_values(rules.responses["means"])
    known = [v for v in means if v is not None]
    if value and len(known) == len(means) and value > sum(known):
        yield Seen("response_bounds", f"{whole} is {value:g}, more than all means together")


def _flow(figures: Figures, rules: Arithmetic) -> Iterator[Seen]:
    if not rules.flow:
        return
    taken = [v for v in figures.values(rules.flow["taken"]) if v is not None]
    out = [figures.value(rules.flow["concluded"]), figures.value(rules.flow["answered"])]
    printed = [v for v in out if v is not None]
    if any(taken) and printed and not any(printed):
        yield Seen("request_flow", "requests were received, none was concluded or answered")
    if any(printed) and taken and not any(taken):
        yield Seen("request_flow", "requests were answered, none was received")
    if len(printed) == 2 and printed[0] != printed[1]:
        yield Seen("request_flow", f"{printed[0]:g} were concluded, {printed[1]:g} answered")


def _against(claim: Claim, cell_id: str, cell: Printed, figures: Figures, rules: Arithmetic) -> Iterator[Seen]:
    """Prose against the cell of its indicator; a blank cell stands against a figure above 0."""
    printed = cell.value
    if printed is None:
        if claim.value > 0:
            fits = derived(figures, rules, cell_id) == claim.value
            yield Seen("narrative_vs_table", f"prose has {claim.value:g}, {cell_id} is blank", not fits)
        return
    if abs(claim.value - printed) <= SAME:
        return
    detail = f"prose has {claim.value:g}, {cell_id} has {printed:g}"
    if claim.approximate and abs(claim.value - printed) <= max(10.0, printed * 0.1):
        return
    if claim.negated and printed > 0:
        yield Seen("negation_vs_table", detail, claim.graded)
    else:
        yield Seen("narrative_vs_table", detail, claim.graded)


def _year_in_total(draft: Draft) -> Iterator[Seen]:
    for row in draft.form.rows if draft.form else ():
        for narrow, wide in (("year", "cumulative"), ("month", "year")):
            part, whole = row.cells.get(narrow), row.cells.get(wide)
            if part and whole and part.value is not None and whole.value is not None and part.value > whole.value:
                yield Seen("subset_exceeds_parent", f"{row.cell_id}: {narrow} {part.value:g}, {wide} {whole.value:g}")


def _prose_bounds(said: list[Claim]) -> Iterator[Seen]:
    """The bounds of a report without a table: no channel exceeds the total, nor the total what was produced."""
    own = {c.indicator_code: c for c in said if c.period_basis == "year"}
    total = own.get("proactive_info_count")
    if total is None:
        return
    room = max(10.0, total.value / 10) if total.approximate else 0
    for code, claim in own.items():
        if code.startswith("disclosed_via") and claim.value > total.value + room:
            yield Seen("channel_bounds", f"{code} is {claim.value:g}, the total {total.value:g}")
    produced = own.get("info_produced_count")
    if produced is not None and total.value > produced.value:
        yield Seen("subset_exceeds_parent", f"{total.value:g} disclosed of {produced.value:g} produced")


def _breakdown(draft: Draft) -> Iterator[Seen]:
    listed = any("{classes}" in s for p in draft.passages for paragraph in p.paragraphs for s in paragraph)
    if not listed or draft.classes_cut:
        return
    total, parts = draft.told[draft.classes_of], sum(item.count for item in draft.classes)
    if parts != total:
        yield Seen("breakdown_sum", f"the classes add up to {parts}, the total is {total:g}")
