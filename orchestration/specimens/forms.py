"""The tables that specimens print, from forms/<template>.yml: the words are facts of the forms, the figures ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.registry.model import Registry
from orchestration.specimens.chance import Chance
from orchestration.specimens.model import Draft, Form, Printed, Row, Stated

_FOLDER = Path(__file__).parent / "forms"


@dataclass(frozen=True)
class Arithmetic:
    """What the notes of a form say of its figures, by cell: sums, parts within a whole, channels, answers, flow.

    `instead` names the rows in whose place some prints have one alone.
    """

    sums: Mapping[str, Sequence[str]] = field(default_factory=dict)
    within: Mapping[str, Sequence[str]] = field(default_factory=dict)
    channels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    most: Mapping[str, Sequence[str]] = field(default_factory=dict)
    responses: Mapping[str, Any] = field(default_factory=dict)
    flow: Mapping[str, Any] = field(default_factory=dict)
    balance: Mapping[str, Sequence[str]] = field(default_factory=dict)
    instead: Mapping[str, Sequence[str]] = field(default_factory=dict)
    optional: Sequence[str] = ()


@cache
def layout(template_id: str) -> Mapping[str, Any]:
    """The printed form of a template as its file has it; raises KeyError for a template that prints no table."""
    path = _FOLDER / f"{template_id}.yml"
    if not path.is_file():
        raise KeyError(f"{template_id} prints no table")
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def arithmetic(template_id: str) -> Arithmetic:
    """The relations between the cells of a template; none where it prints no table."""
    if not has_table(template_id):
        return Arithmetic()
    form = layout(template_id)
    names = ("sums", "within", "channels", "most", "responses", "flow", "balance", "instead")
    optional = tuple(cell_id for rows in form["optional"].values() for cell_id in rows)
    return Arithmetic(optional=optional, **{name: form[name] for name in names if form.get(name)})


def has_table(template_id: str) -> bool:
    """Whether reports of this template print a table."""
    return (_FOLDER / f"{template_id}.yml").is_file()


def has_rows(template_id: str) -> bool:
    """Whether that table is one of plain rows, which stands apart from the sections."""
    return has_table(template_id) and "rows" in layout(template_id)


def has_grids(template_id: str) -> bool:
    """Whether reports of this template print tables with merged cells, in their sections."""
    return has_table(template_id) and "applicants" in layout(template_id)


def fill_form(draft: Draft, registry: Registry, chance: Chance) -> Form:
    """The table of a report with the figures of its year: the truth, before any fault is planted."""
    form = layout(draft.template_id)
    cells = {cell.cell_id: cell for cell in registry.templates[draft.template_id].cells}
    dropped = {
        cell_id
        for name, rows in sorted(form["optional"].items())
        if chance.fork(name).happens(0.4 if name == "gazette" else 0.5)
        and all(not draft.figures.get((cells[c].indicator_code or "", "year")) for c in rows if name == "gazette")
        for cell_id in rows
    }
    rows: list[Row] = []
    for cell_id, ordinal, label, note, unit, depth, *codes in form["rows"]:
        if cell_id in dropped:
            continue
        header = cells[cell_id].kind == "header"
        code = cells[cell_id].indicator_code or cell_id
        row = Row(cell_id, _numbered(ordinal, rows, depth) + label, note, unit, header, depth, code="".join(codes))
        if not header:
            row.cells = {basis: Printed(draft.figures[code, basis], unit) for basis in form["columns"]}
        else:
            row.unit = draft.look.header_unit
        rows.append(row)
    heads = chance.pick([form["heads"], *form["other_heads"]])
    words = {"name": draft.agency.with_above, "year": draft.year}
    stated = draft.period and Stated(draft.period.first, draft.period.last)
    return Form(
        title=chance.pick(form["titles"]).format(**words),
        period=stated if chance.happens(0.6) else None,
        filler=chance.pick(("填报单位（盖章）：", f"填报单位（盖章）：{draft.agency.name}", "")),
        heads=[head.format(**words) for head in heads],
        columns=list(form["columns"]),
        rows=rows,
        has_codes=any(row.code for row in rows),
    )


def _numbered(ordinal: str, rows: list[Row], depth: int) -> str:
    """The ordinal of a row; where a row before it is not printed, the numbers follow on."""
    if not ordinal[:1].isdigit():
        return ordinal
    number = 1
    for row in reversed(rows):
        if row.depth == depth and row.label[:1].isdigit():
            number = int(row.label[0]) + 1
            break
        if row.label.startswith("其中：1"):
            number = 2
            break
        if row.depth < depth:
            break
    return f"{number}{ordinal[1:]}"


def prompt_row(template_id: str) -> tuple[str, Row] | None:
    """A row that is filled in by hand, with the cell it follows; None where the form has none."""
    for after, (cell_id, ordinal, label, prompt) in layout(template_id)["prompts"].items():
        return after, Row(cell_id, ordinal + label, "", "", True, 1, stray=prompt)
    return None
