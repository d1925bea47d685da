"""The relations of identities.csv, each interpreted for every column of the document's tables.

Blanks are never zeros: a sum is judged only when every addend is printed, or when those printed exceed it alone; a
blank total may be derived from a hard sum, and everything else that would need a missing figure is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from orchestration.registry.model import Identity as Relation
from orchestration.reports.extractions.model import Finding, Reading
from orchestration.reports.extractions.rules.evidence import Column, Evidence, number, plain, same

Interpreter = Callable[[Evidence, Relation, Column], Iterator[Finding]]


def relations(evidence: Evidence) -> Iterator[Finding]:
    """What the arithmetic of the form says about its printed figures."""
    for relation in evidence.relations:
        for column in evidence.columns((*relation.whole, *relation.parts)):
            yield from _INTERPRETERS[relation.kind](evidence, relation, column)


def derived(evidence: Evidence, cell_id: str, column: Column) -> float | None:
    """The figure of a blank total by the hard sums of the form, from at least one printed part; None otherwise."""
    relation = next((r for r in evidence.relations if r.kind == "sum" and cell_id in r.whole), None)
    reading = evidence.at(cell_id, column)
    if relation is None or reading is None or reading.value_status != "blank":
        return None
    parts = _counted(evidence, relation, column)
    known = [value for part in parts if (value := effective(evidence, part, column)) is not None]
    return sum(known) if known else None


def effective(evidence: Evidence, cell_id: str, column: Column) -> float | None:
    """The printed figure, or what a hard sum says of a blank one."""
    value = number(evidence.at(cell_id, column))
    return derived(evidence, cell_id, column) if value is None else value


def row_totals(evidence: Evidence) -> Iterator[Finding]:
    """row_total: on every row the total equals the sum of its applicant columns, and 小计 that of the organisations."""
    rows: dict[tuple[str, str], dict[str, Reading]] = {}
    for reading in evidence.table_readings:
        if reading.cell_id is not None:
            rows.setdefault((reading.cell_id, reading.period_basis), {}).setdefault(reading.applicant_type, reading)
    everyone = {applicant for row in rows.values() for applicant in row}
    organisations = [a for a in evidence.registry.applicant_types if a.startswith("org_") and a != "org_total"]
    organisations = [a for a in organisations if a in everyone]
    if "natural_person" not in everyone:
        return
    for row in rows.values():
        if "org_total" in everyone:
            yield from _row_total(evidence, row, "org_total", organisations)
        yield from _row_total(evidence, row, "total", ["natural_person", *(organisations or ["org_total"])])


def year_within_total(evidence: Evidence) -> Iterator[Finding]:
    """subset_exceeds_parent: a month never exceeds its year, nor a year what is counted over all years."""
    if len({reading.period_basis for reading in evidence.table_readings}) < 2:
        return
    rows: dict[tuple[str, str], dict[str, Reading]] = {}
    for reading in evidence.table_readings:
        if reading.cell_id is not None and evidence.cells[reading.cell_id].kind == "count":
            rows.setdefault((reading.cell_id, reading.applicant_type), {}).setdefault(reading.period_basis, reading)
    for row in rows.values():
        for narrow, wide in (("month", "year"), ("year", "cumulative")):
            part, whole = number(row.get(narrow)), number(row.get(wide))
            if part is not None and whole is not None and part > whole:
                yield exceeds(evidence, "subset_exceeds_parent", row[wide], [row[narrow]])


def _sum(evidence: Evidence, relation: Relation, column: Column) -> Iterator[Finding]:
    whole = evidence.at(relation.whole[0], column)
    parts = _parts(evidence, relation, column)
    if whole is None:
        return
    value = number(whole)
    if value is None:
        yield from _derivable(evidence, relation, column, whole)
        return
    values = [number(part) for part in parts]
    known = [v for v in values if v is not None]
    # Counts that are printed may exceed their total whatever the others are; anything else needs every addend.
    open_end = len(known) < len(values) and (sum(known) <= value or _has_signed(evidence, relation))
    if not known or open_end or same(sum(known), value):
        return
    total = sum(known)
    terms = [part for part in parts if number(part) is not None and part is not None]
    yield evidence.finding(
        relation.rule_id,
        f"{evidence.told_zh(whole)}，与各分项之和{plain(total)}不符：{listed_zh(evidence, terms)}。",
        f"{evidence.told_en(whole)} is not the sum {plain(total)} of its parts: {listed_en(evidence, terms)}.",
        [whole, *terms],
        indicator_code=whole.indicator_code,
        expected=plain(total),
        actual=plain(value),
    )


def _has_signed(evidence: Evidence, relation: Relation) -> bool:
    return any(evidence.cells[cell_id].kind == "signed" for cell_id in relation.parts)


def _derivable(evidence: Evidence, relation: Relation, column: Column, whole: Reading) -> Iterator[Finding]:
    """blank_parent_derivable: once for the outermost blank total, which names the blank ones inside it."""
    total = derived(evidence, relation.whole[0], column)
    if total is None:
        return
    for outer in evidence.relations:
        if (
            outer.kind == "sum"
            and relation.whole[0] in outer.parts
            and derived(evidence, outer.whole[0], column) is not None
        ):
            return
    terms = list(_leaves(evidence, relation, column))
    inner = [r for r in terms if number(r) is None]
    terms = [r for r in terms if number(r) is not None]
    also_zh = f"（其中{'、'.join(evidence.name_zh(r) for r in inner)}也空白）" if inner else ""
    also_en = f" ({', '.join(evidence.name_en(r) for r in inner)} is blank too)" if inner else ""
    yield evidence.finding(
        "blank_parent_derivable",
        f"{evidence.told_zh(whole)}，由分项可推算为{plain(total)}：{listed_zh(evidence, terms)}{also_zh}。",
        f"{evidence.told_en(whole)}, and its parts yield {plain(total)}: {listed_en(evidence, terms)}{also_en}.",
        [whole, *inner, *terms],
        indicator_code=whole.indicator_code,
        expected=plain(total),
        actual="blank",
    )


def _leaves(evidence: Evidence, relation: Relation, column: Column) -> Iterator[Reading]:
    """The printed parts of a blank total, and blank totals among them followed by their own parts."""
    for cell_id in relation.parts:
        reading = evidence.at(cell_id, column)
        if reading is None:
            continue
        if number(reading) is not None:
            yield reading
        elif derived(evidence, cell_id, column) is not None:
            yield reading
            inner = next(r for r in evidence.relations if r.kind == "sum" and cell_id in r.whole)
            yield from _leaves(evidence, inner, column)


def _at_most(evidence: Evidence, relation: Relation, column: Column) -> Iterator[Finding]:
    whole = evidence.at(relation.whole[0], column)
    if whole is None:
        return
    parts = [part for cell_id in relation.parts if (part := evidence.at(cell_id, column)) is not None]
    value = number(whole)
    if value is not None:
        over = [part for part in parts if (number(part) or 0.0) > value]
    elif relation.rule_id == "subset_exceeds_parent" and whole.value_status == "blank":
        # An 其中 stands without its whole.
        over = [part for part in parts if (number(part) or 0.0) > 0]
    else:
        over = []
    if over:
        yield exceeds(evidence, relation.rule_id, whole, over)


def _covered(evidence: Evidence, relation: Relation, column: Column) -> Iterator[Finding]:
    whole = evidence.at(relation.whole[0], column)
    value = number(whole)
    parts = _parts(evidence, relation, column)
    values = [number(part) for part in parts]
    known = [v for v in values if v is not None]
    if whole is None or value is None or not known or len(known) < len(values) or value <= sum(known):
        return
    total = sum(known)
    terms = [part for part in parts if part is not None]
    yield evidence.finding(
        relation.rule_id,
        f"{evidence.told_zh(whole)}，大于各方式之和{plain(total)}：{listed_zh(evidence, terms)}。",
        f"{evidence.told_en(whole)} exceeds the sum {plain(total)} of all means: {listed_en(evidence, terms)}.",
        [whole, *terms],
        indicator_code=whole.indicator_code,
        expected=f"<= {plain(total)}",
        actual=plain(value),
        severity="warning",
    )


def _channels(evidence: Evidence, relation: Relation, column: Column) -> Iterator[Finding]:
    yield from _at_most(evidence, relation, column)
    yield from _covered(evidence, relation, column)


def _responses(evidence: Evidence, relation: Relation, column: Column) -> Iterator[Finding]:
    whole = evidence.at(relation.whole[0], column)
    if whole is None or (number(whole) or 0.0) > 0 or whole.value_status not in ("blank", "reported_zero"):
        return
    parts = [part for cell_id in relation.parts if (part := evidence.at(cell_id, column)) is not None]
    some = [part for part in parts if (number(part) or 0.0) > 0]
    if some:
        yield evidence.finding(
            relation.rule_id,
            f"{evidence.told_zh(whole)}，而{listed_zh(evidence, some)}。",
            f"{evidence.told_en(whole)}, yet {listed_en(evidence, some)}.",
            [whole, *some],
            indicator_code=whole.indicator_code,
            expected="> 0",
            actual="blank" if number(whole) is None else "0",
        )


def _flow(evidence: Evidence, relation: Relation, column: Column) -> Iterator[Finding]:
    """request_flow: an intake without any outcome, or an outcome without any intake."""
    taken = [
        r for cell_id in relation.whole if (r := evidence.at(cell_id, column)) is not None and number(r) is not None
    ]
    out = [r for cell_id in relation.parts if (r := evidence.at(cell_id, column)) is not None and number(r) is not None]
    intake = [r for r in taken if (number(r) or 0.0) > 0]
    outcome = [r for r in out if (number(r) or 0.0) > 0]
    if intake and out and not outcome:
        told, lacking, zh, en = intake[:1], out, "去向不明", "with no outcome"
    elif outcome and taken and not intake:
        told, lacking, zh, en = outcome, taken[:1], "没有来源", "with no request received"
    else:
        return
    yield evidence.finding(
        relation.rule_id,
        f"{listed_zh(evidence, told)}，而{listed_zh(evidence, lacking)}，{zh}。",
        f"{listed_en(evidence, told)} {en}: {listed_en(evidence, lacking)}.",
        [*told, *lacking],
        indicator_code=told[0].indicator_code,
        expected="> 0",
        actual="0",
    )


def _agree(evidence: Evidence, relation: Relation, column: Column) -> Iterator[Finding]:
    one, other = evidence.at(relation.whole[0], column), evidence.at(relation.parts[0], column)
    left, right = number(one), number(other)
    if one is None or other is None or left is None or right is None or same(left, right):
        return
    yield evidence.finding(
        relation.rule_id,
        f"{evidence.told_zh(one)}，与{evidence.told_zh(other)}不一致。",
        f"{evidence.told_en(one)} differs from {evidence.told_en(other)}.",
        [one, other],
        indicator_code=one.indicator_code,
        expected=plain(right),
        actual=plain(left),
    )


def _balance(evidence: Evidence, relation: Relation, column: Column) -> Iterator[Finding]:
    left = [evidence.at(cell_id, column) for cell_id in relation.whole]
    right = [evidence.at(cell_id, column) for cell_id in relation.parts]
    readings = [r for r in (*left, *right) if r is not None and number(r) is not None]
    if len(readings) < len(left) + len(right):
        return
    taken, out = (sum(number(r) or 0.0 for r in side) for side in (left, right))
    if same(taken, out):
        return
    yield evidence.finding(
        relation.rule_id,
        f"收入{plain(taken)}与支出{plain(out)}不平：{listed_zh(evidence, readings)}。",
        f"Taken in {plain(taken)} and disposed of {plain(out)} do not balance: {listed_en(evidence, readings)}.",
        readings,
        indicator_code=readings[0].indicator_code,
        expected=plain(taken),
        actual=plain(out),
    )


def _counted(evidence: Evidence, relation: Relation, column: Column) -> list[str]:
    """The cells that add up: what stands below a part that is printed with a figure is in that figure."""
    above = {cell_id: evidence.cells[cell_id].parent_id for cell_id in relation.parts}
    printed = {cell_id for cell_id in relation.parts if number(evidence.at(cell_id, column)) is not None}
    return [cell_id for cell_id in relation.parts if above[cell_id] not in printed]


def _parts(evidence: Evidence, relation: Relation, column: Column) -> list[Reading | None]:
    """The parts that this print of the form has; a row only some prints have is left out where it is not printed.

    A print may have one row in place of several: their parent then stands for the rows below it.
    """
    whole = evidence.cells[relation.whole[0]]
    found: list[Reading | None] = []
    for cell_id in _counted(evidence, relation, column):
        reading = evidence.at(cell_id, column)
        cell = evidence.cells[cell_id]
        optional = cell.variant is not None and cell.variant != whole.variant and not evidence.table.truncated
        above = cell.parent_id if cell.parent_id in relation.parts else None
        optional = optional or (above is not None and evidence.at(above, column) is not None)
        if reading is not None or not optional:
            found.append(reading)
    return found


def _row_total(evidence: Evidence, row: Mapping[str, Reading], total: str, parts: list[str]) -> Iterator[Finding]:
    whole = row.get(total)
    value = number(whole)
    values = [number(row.get(applicant)) for applicant in parts]
    known = [v for v in values if v is not None]
    if whole is None or value is None or not known or len(known) < len(values) or same(sum(known), value):
        return
    yield evidence.finding(
        "row_total",
        f"{evidence.told_zh(whole)}，与各类申请人之和{plain(sum(known))}不符。",
        f"{evidence.told_en(whole)} is not the sum {plain(sum(known))} of the applicant columns.",
        [whole, *(row[applicant] for applicant in parts)],
        indicator_code=whole.indicator_code,
        expected=plain(sum(known)),
        actual=plain(value),
    )


def exceeds(evidence: Evidence, rule_id: str, whole: Reading, parts: list[Reading]) -> Finding:
    """The finding that these parts exceed their whole, or stand without it."""
    return evidence.finding(
        rule_id,
        f"{listed_zh(evidence, parts)}，大于{evidence.told_zh(whole)}。"
        if number(whole) is not None
        else f"{listed_zh(evidence, parts)}，而{evidence.told_zh(whole)}。",
        f"{listed_en(evidence, parts)} against {evidence.told_en(whole)}: a part exceeds its whole.",
        [whole, *parts],
        indicator_code=whole.indicator_code,
        expected=f">= {plain(max(number(part) or 0.0 for part in parts))}",
        actual="blank" if number(whole) is None else plain(number(whole) or 0.0),
    )


def listed_zh(evidence: Evidence, readings: Iterable[Reading]) -> str:
    """The figures with their names and places, one after the other."""
    return "、".join(evidence.told_zh(r) for r in readings)


def listed_en(evidence: Evidence, readings: Iterable[Reading]) -> str:
    """The same in English."""
    return ", ".join(evidence.told_en(r) for r in readings)


_INTERPRETERS: Mapping[str, Interpreter] = {
    "sum": _sum,
    "at_most": _at_most,
    "channels": _channels,
    "responses": _responses,
    "covered": _covered,
    "flow": _flow,
    "agree": _agree,
    "balance": _balance,
}
