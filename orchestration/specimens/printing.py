"""How the cells of a table and the lines of a text are typed, whatever the format around them."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.specimens.marks import MARK, Marks, width
from orchestration.specimens.model import Box, Form, Look, Printed, Row

_HALF = str.maketrans({"，": ",", "：": ":", "（": "(", "）": ")", "；": ";"})
_BROKEN_AT = 12


@dataclass(frozen=True, slots=True)
class Measured:
    """A printed cell that measures something: the cell of the form, whom and what time it counts, its row's label."""

    cell_id: str
    applicant: str
    period_basis: str
    label: str
    printed: Printed


Cells = dict[str, Measured]
"""The marked cells of the tables of a report, by mark."""


def half(text: str) -> str:
    """The text with half-width punctuation, as some pages have it; 。 and 、 stay."""
    return text.translate(_HALF)


def brackets(text: str) -> str:
    """The text with half-width brackets."""
    return text.replace("（", "(").replace("）", ")")


def number(cell: Printed, look: Look) -> str:
    """What stands in a value cell; nothing in a blank one."""
    if cell.value is None:
        return cell.dash
    value = round(cell.value / cell.factor, 4)
    if look.thousands and value >= 1000 and value == int(value):
        return f"{int(value):,}{cell.suffix}"
    sign = "+" if cell.plus and value > 0 else ""
    return f"{sign}{value:.10g}{cell.suffix}"


def label_lines(row: Row, look: Look) -> list[str]:
    """The printed label, on one line or with its note or its rest on the next."""
    label, note = row.label, row.note
    if label[:1].isdigit():
        label = label[0] + look.point + label[2:]
    lines = [label]
    if look.broken_labels and len(label) > _BROKEN_AT + 4:
        lines = [label[:_BROKEN_AT], label[_BROKEN_AT:]]
    if note and look.notes == "own_line":
        lines.append(note)
    elif note and look.notes == "inline":
        lines[-1] += note
    return [brackets(line) for line in lines] if look.half_brackets else lines


def box_words(box: Box, look: Look, marks: Marks, cells: Cells) -> str:
    """The words of a cell of a table with merged cells; a mark stands before a figure."""
    if box.printed is None or box.cell_id is None:
        return brackets(box.words) if look.half_brackets else box.words
    mark = marks.issue()
    cells[mark] = Measured(box.cell_id, box.applicant, "year", box.label, box.printed)
    return mark + number(box.printed, look)


def table_rows(form: Form, look: Look, marks: Marks, cells: Cells) -> list[tuple[list[str], list[str], list[str]]]:
    """Label lines, code and unit, and values of every row as printed; marks stand before the label, one a column."""
    rows = []
    for row in form.rows:
        lines = label_lines(row, look)
        values = [""] * len(form.columns)
        for at, basis in enumerate(form.columns):
            printed = row.cells.get(basis)
            if printed is not None:
                mark = marks.issue()
                cells[mark] = Measured(row.cell_id or "", "total", basis, row.label, printed)
                lines[0] = mark + lines[0]
                values[at] = number(printed, look)
        if row.header and row.cell_id and row.stray and not row.cells:
            values[0] = row.stray
        unit = next((p.unit for p in row.cells.values()), row.unit) if form.has_units else ""
        rows.append((lines, [*([row.code] if form.has_codes else []), unit], values))
    return rows


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of so many characters; a number is never cut in two."""
    lines: list[str] = []
    line = ""
    for at, sign in enumerate(text):
        line += sign
        rest = text[at + 1 : at + 2]
        inside = _in_number(sign) and _in_number(rest)
        if rest and width(line) >= columns and not inside and not MARK.match(sign) and rest not in "，。；、）,;)%":
            lines.append(line)
            line = ""
    return [*lines, line] if line else lines


def _in_number(sign: str) -> bool:
    return bool(sign) and ((sign.isascii() and sign.isdigit()) or sign in ".,")
