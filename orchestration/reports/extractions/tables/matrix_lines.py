"""The printed rows of forms whose figures stand under header words, and the rows of the form that they are.

Tables are read row by row, whatever page or table a row stands in: a header holds until the next one. A row is known
by its last label before the figures; what is not plainly one row of the form is nobody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestration.registry.model import Template, TemplateCell
from orchestration.reports.documents.model import Cell, Document
from orchestration.reports.documents.text import compact
from orchestration.reports.extractions.locate import Labels, label_words, starts_with_ordinal
from orchestration.reports.extractions.tables.amounts import parsed
from orchestration.reports.extractions.tables.header_words import (
    APPLICANTS,
    BLOCKS,
    OUTCOMES,
    Columns,
    HeaderRow,
    Heading,
    Vocabulary,
    header_words,
)
from orchestration.reports.extractions.tables.headings import Header

_HAN_WORD = re.compile(r"[\u3400-\u9fff]\s*[\u3400-\u9fff]")
_FIGURES = frozenset({"reported", "reported_zero"})
_LONGEST_FIGURE = 12
# A shorter label is the form's only below the row that it belongs to: 其他 heads a column as well.
_SHORTEST_ALONE = 3
_CLEAR_LEAD = 0.05
_LEVEL_OF_PARTS = 3


@dataclass(slots=True)
class Line:
    """One printed row: its words, the cells after them, the columns in force, and what it is in the form.

    `cells` are the form's cells it holds: one for the whole row of a matrix, one for each column elsewhere.
    """

    table_no: int
    words: tuple[Cell, ...]
    values: tuple[Cell, ...]
    columns: Columns | None
    text: str = ""
    cells: tuple[TemplateCell, ...] = ()
    snippet: str = ""
    # Its label is lost: what row it is, only its place among the others says.
    by_place: bool = False

    @property
    def label(self) -> Cell | None:
        """The last words before the figures; None where the row has none."""
        return self.words[-1] if self.words else None

    @property
    def filled(self) -> bool:
        """Whether a figure or anything else stands after the words."""
        return any(cell.text for cell in self.values)

    @property
    def kind(self) -> str | None:
        """The kind of table that the header in force heads."""
        return self.columns.kind if self.columns else None

    @property
    def columns_keys(self) -> frozenset[str | None]:
        """The keys of the columns that the header in force heads."""
        return self.columns.keys if self.columns else frozenset()


class Form:
    """A template as its tables need it: header words, rows by label, cells by the row and column they stand in."""

    def __init__(self, template: Template) -> None:
        self.vocabulary = Vocabulary(template.layout["tables"])
        order = self.vocabulary.order
        self.canonical = Columns(APPLICANTS, tuple(Heading(key) for key in order[APPLICANTS]))
        self.matrix = [cell for cell in template.cells if {*cell.column_keys} & {*order[APPLICANTS]}]
        self.matrix_ids = {cell.cell_id for cell in self.matrix}
        self.outcomes = {
            key: cell
            for cell in template.cells
            for key in cell.column_keys
            if key.rpartition("-")[0] and not cell.row_key
        }
        self.blocks: dict[str, list[TemplateCell]] = defaultdict(list)
        for cell in template.cells:
            if cell.row_key and {*cell.column_keys} & {*order[BLOCKS]}:
                self.blocks[cell.row_key].append(cell)
        self.positions = {compact(cells[0].position): cells[0].position for cells in self.blocks.values()}
        self.titles = {label_words(position) for position in self.positions}
        self.labels = Labels(self.matrix)
        self.block_labels = Labels(cells[0] for cells in self.blocks.values())

    def is_known(self, text: str) -> bool:
        """Whether a cell as a whole holds words of the form."""
        return self.is_label(label_words(text)) or self.vocabulary.is_header(header_words(text))

    def is_cut(self, text: str, key: str | None) -> bool:
        """Whether a header cell holds a part of the words that head this column of a block."""
        return key is not None and self.vocabulary.is_cut(header_words(text), key, BLOCKS)

    def is_label(self, words: str) -> bool:
        """Whether the words are the label of a row of the form, whole."""
        return words in self.labels.exact or words in self.block_labels.exact


def printed_lines(document: Document, form: Form) -> list[Line]:
    """The rows of all tables that are no headers, each with the columns that the header before it shows."""
    header = Header(form.vocabulary)
    columns: Columns | None = None
    lines: list[Line] = []
    for table in document.tables:
        for row in table.rows:
            past = row[-1].column + row[-1].column_span if row else 0
            cells = [part for cell in row for part in _parts(cell, form)]
            words, values = _split(cells, form)
            filled = any(_is_value(cell.text) for cell in values)
            heads = [form.vocabulary.is_header(header_words(cell.text)) for cell in words]
            text = label_words(words[-1].text) if words else ""
            grouped = bool(words) and _names_its_outcomes(words[-1], header, columns)
            if grouped and filled:
                words, text = words[-1:], label_words(words[-1].text)
            elif filled and (own := _of_header(words, heads, header)):
                # Where cells lost their rows, the last words of a header run into the first row below it.
                last = words[:own] if any(heads) else (words[0]._replace(text="".join(c.text for c in words[:own])),)
                header.add(HeaderRow(last, table.number, past))
                words, text = words[own:], text if own < len(words) else ""
            elif not filled and words and _heads(heads, header, columns, values, form.is_label(text)):
                header.add(HeaderRow(tuple(cell for cell in cells if cell.text), table.number, past))
                continue
            if text in form.titles and not header.open and columns is not None and columns.kind == BLOCKS:
                # A new block has a header of its own; the one before says nothing about it.
                columns = None
            if header.open and (filled or form.is_label(text) or not words):
                columns = _in_force(header.close(), columns)
            lines.append(Line(table.number, words, values, columns, text))
    return lines


def _of_header(words: Sequence[Cell], heads: Sequence[bool], header: Header) -> int:
    """How many of the words before the figures of a row are the last of the header above it, whole or in pieces."""
    if any(heads):
        return len(heads) - heads[::-1].index(True) if header.open or (heads[-1] and any(heads[:-1])) else 0
    pieces = range(2, len(words)) if header.open else ()
    return next((n for n in pieces if header.says(header_words("".join(cell.text for cell in words[:n])))), 0)


def _names_its_outcomes(cell: Cell, header: Header, columns: Columns | None) -> bool:
    """Whether a label says what the outcomes in its row are of, as the header above leaves it to the rows."""
    told = header.lacks_group if header.open else columns is not None and columns.lacks_group
    return told and header.vocabulary.outcome_group(header_words(cell.text)) is not None


def _split(row: Sequence[Cell], form: Form) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """The words of a row, up to its last label with figures or its last words, and the cells after them."""
    at = [index for index, cell in enumerate(row) if _is_words(cell.text)]
    if not at:
        return (), tuple(row)
    last = at[-1]
    if len(at) > 1 and not any(cell.text for cell in row[last + 1 :]):
        labels = (index for index in reversed(at) if form.is_label(label_words(row[index].text)))
        last = next((index for index in labels if any(is_figure(cell) for cell in row[index + 1 :])), last)
    return tuple(row[index] for index in at if index <= last), tuple(row[last + 1 :])


def _parts(cell: Cell, form: Form) -> Sequence[Cell]:
    """The cell, or the cells that lost what kept them apart: words that only one by one are the form's."""
    if " " not in cell.text or form.is_known(cell.text):
        return (cell,)
    tokens = cell.text.split()
    if all(form.vocabulary.is_header(header_words(token)) for token in tokens):
        return [cell._replace(text=token) for token in tokens]
    for at in range(1, len(tokens)):
        rest = " ".join(tokens[at:])
        if starts_with_ordinal(tokens[at]) and form.is_label(label_words(rest)):
            return [cell._replace(text=" ".join(tokens[:at])), cell._replace(text=rest)]
    return (cell,)


def _is_words(text: str) -> bool:
    if not _HAN_WORD.search(text):
        return False
    return len(text) > _LONGEST_FIGURE or parsed(text).status == "unreadable"


def _is_value(text: str) -> bool:
    """Whether a cell holds what stands among figures: a figure, readable or not, a dash, a word for none."""
    return text != "" and (parsed(text).status != "unreadable" or any(map(str.isdigit, text)))


def is_figure(cell: Cell) -> bool:
    return parsed(cell.text).status in _FIGURES


def _heads(
    heads: Sequence[bool], header: Header, columns: Columns | None, values: Sequence[Cell], is_label: bool
) -> bool:
    """Whether a row without figures is part of a header; the empty row 总计 of a matrix is none."""
    if not any(heads):
        return header.open and not is_label
    if not is_label or header.open or len(heads) > 1 or columns is None or columns.kind != APPLICANTS:
        return True
    return len(values) != len(columns.headings)


def _in_force(found: Columns | None, before: Columns | None) -> Columns | None:
    """The columns from here on; a header that repeats a part of the one before leaves it in force."""
    if found is None:
        return before
    again = before is not None and before.kind == found.kind == APPLICANTS and found.keys < before.keys
    return before if again else found


def find_rows(lines: list[Line], form: Form) -> None:
    """Give every line the cells of the form that it holds: by its whole label, then by what damage left of it."""
    for line, rest in pairwise(lines):
        _join(line, rest, form)
    _find_groups(lines, form)
    above: TemplateCell | None = None
    used: Columns | None = None
    for line in lines:
        if line.kind == OUTCOMES and line.columns is not used and _holds_outcomes(line, form):
            line.cells, used = _outcome_cells(line, form), line.columns
        elif line.text in form.block_labels.exact:
            line.cells = _block_cells(line, form.block_labels.exact[line.text][0], form)
        elif line.text in form.labels.exact:
            cell = form.labels.exact[line.text][0]
            if _may_be(cell, line, above):
                line.cells, above = (cell,), cell
    _find_close(lines, form)
    _find_by_place(lines, form)


def _find_groups(lines: Sequence[Line], form: Form) -> None:
    """Give rows of outcomes whose header names no group the one that their label names, or the one that is left."""
    groups = form.vocabulary.groups
    taken = {(key or "").rpartition("-")[0] for line in lines if line.kind == OUTCOMES for key in line.columns_keys}
    waiting: list[Line] = []
    for line in lines:
        if line.columns is None or not line.columns.lacks_group or not line.values:
            continue
        group = form.vocabulary.outcome_group(header_words(line.label.text)) if line.label else None
        if group is not None:
            line.columns = line.columns.of_group(group, line.label)
            taken.add(group)
        elif not line.words:
            waiting.append(line)
    left = [group for group in groups if group not in taken]
    if len(waiting) == len(left) == 1 and len(groups) > 1:
        line = waiting[0]
        line.columns = line.columns.of_group(left[0], None) if line.columns else None


def _join(line: Line, rest: Line, form: Form) -> None:
    """Make one of two rows that a line or page break made of one, where only together they are the form's."""
    if _goes_on_below(line, rest, form):
        line.values = rest.values[not rest.values[0].text :]
        rest.values = ()
        return
    if not (line.words and rest.words) or (line.filled and rest.filled):
        return
    if form.is_label(line.text) or form.is_label(rest.text):
        return
    joined = label_words(line.words[-1].text + rest.words[-1].text)
    if form.is_label(joined):
        line.text, line.values = joined, line.values if line.filled else rest.values
        line.columns = line.columns or rest.columns
        rest.words, rest.values, rest.text = (), (), ""


def _goes_on_below(line: Line, rest: Line, form: Form) -> bool:
    """Whether a label that stands alone has its figures in the next row, which has no label."""
    figures = sum(1 for cell in rest.values if cell.text)
    alone = not line.filled and not rest.words and len(line.values) < min(2, figures)
    together = line.table_no == rest.table_no and line.columns is rest.columns
    labels = {BLOCKS: form.block_labels, APPLICANTS: form.labels}.get(line.kind or "")
    if not (alone and together) or labels is None:
        return False
    return any(cell.kind != "header" for cell in labels.exact.get(line.text, ()))


def _may_be(cell: TemplateCell, line: Line, above: TemplateCell | None) -> bool:
    """Whether a label as short as 其他 stands where the form has it: below the row it is a part of."""
    if len(line.text) >= _SHORTEST_ALONE or cell.level < _LEVEL_OF_PARTS:
        return True
    return above is not None and cell.parent_id in (above.cell_id, above.parent_id)


def _holds_outcomes(line: Line, form: Form) -> bool:
    """Whether a row below the outcome columns holds nothing but figures, with or without some words before them."""
    if line.text in form.labels.exact and len(line.text) >= _SHORTEST_ALONE:
        return False
    if not line.filled:
        return line.columns is not None and not line.words and len(line.values) >= len(line.columns.headings)
    return not any(_is_words(cell.text) for cell in line.values)


def _outcome_cells(line: Line, form: Form) -> tuple[TemplateCell, ...]:
    keys = [heading.key or "" for heading in line.columns.headings] if line.columns else []
    return tuple(form.outcomes[key] for key in keys if key in form.outcomes)


def _find_by_place(lines: Sequence[Line], form: Form) -> None:
    """Rows of a block that lost their labels, where as many rows are printed as the form has and all others fit."""
    position: str | None = None
    below: list[Line] = []
    for line in [*lines, None]:
        ends = line is None or line.text in form.titles or line.kind not in (BLOCKS, None)
        if ends or (below and line is not None and line.columns is not below[0].columns):
            _fit(below, position, form)
            below = []
        if line is None or line.text in form.titles:
            position = form.positions.get(compact(line.words[-1].text)) if line else None
        elif line.kind == BLOCKS and line.values:
            below.append(line)


def _fit(printed: Sequence[Line], position: str | None, form: Form) -> None:
    lost = [line for line in printed if not line.cells and not line.words and line.filled]
    if not lost:
        return
    position = next((line.cells[0].position for line in printed if line.cells), position)
    blocks = [cells for cells in form.blocks.values() if cells[0].position == position and not cells[0].variant]
    if len(blocks) != len(printed):
        return
    if all(line in lost or line.cells[:1] == (cells[0],) for line, cells in zip(printed, blocks, strict=True)):
        for line, cells in zip(printed, blocks, strict=True):
            if line in lost:
                line.cells, line.by_place = _block_cells(line, cells[0], form), True
                spare = len(line.values) - len(line.columns.headings if line.columns else ())
                line.values = line.values[spare > 0 and not line.values[0].text :]


def _block_cells(line: Line, first: TemplateCell, form: Form) -> tuple[TemplateCell, ...]:
    """The cells of a row of a block, where one of the headings in force is theirs or no heading is known."""
    cells = form.blocks[first.row_key or ""]
    known = line.columns.keys if line.kind == BLOCKS and line.columns else None
    return tuple(cells) if known is None or any({*cell.column_keys} & known for cell in cells) else ()


def _find_close(lines: list[Line], form: Form) -> None:
    """Rows whose label is damaged: the one free row of the form it can be, between the rows found around it."""
    taken = {cell.cell_id for line in lines for cell in line.cells}
    for index, line in enumerate(lines):
        if line.cells or not line.words or not line.values or len(line.text) < _SHORTEST_ALONE:
            continue
        if line.kind == BLOCKS:
            close = form.block_labels.close(line.text) or _prefixed(line.text, form)
            if close and (len(close) == 1 or close[0][0] - close[1][0] >= _CLEAR_LEAD):
                cells = _block_cells(line, close[0][1], form)
                line.cells = () if taken & {cell.cell_id for cell in cells} else cells
        elif line.kind == APPLICANTS:
            before, after = _around(lines, index, form)
            close = [
                (score, cell)
                for score, cell in form.labels.close(line.text)
                if cell.cell_id not in taken and before < cell.row_no < after
            ]
            if close and (len(close) == 1 or close[0][0] - close[1][0] >= _CLEAR_LEAD):
                line.cells = (close[0][1],)
        taken.update(cell.cell_id for cell in line.cells)


def _prefixed(words: str, form: Form) -> list[tuple[float, TemplateCell]]:
    """The row of a block whose label these words begin with, followed by a gloss."""
    longest = max((label for label in form.block_labels.exact if words.startswith(label)), key=len, default="")
    return [(1.0, form.block_labels.exact[longest][0])] if len(longest) > _SHORTEST_ALONE else []


def _around(lines: Sequence[Line], index: int, form: Form) -> tuple[int, int]:
    """The row numbers of the form between which a line of the matrix stands."""
    numbers = [form.matrix[0].row_no - 1, form.matrix[-1].row_no + 1]
    for side, around in ((0, reversed(lines[:index])), (1, iter(lines[index + 1 :]))):
        found = (line.cells[0].row_no for line in around if line.cells and line.kind == APPLICANTS)
        numbers[side] = next(found, numbers[side])
    return numbers[0], numbers[1]
