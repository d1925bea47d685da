"""A report as the pieces that every format but plain text prints: lines with their role, and tables with spans.

The words still hold their marks; a format that has places takes them down, the others drop them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from orchestration.specimens.chance import Chance
from orchestration.specimens.dates import chinese_day
from orchestration.specimens.marks import Marks
from orchestration.specimens.matrices import spread
from orchestration.specimens.model import Draft, Form, Grid
from orchestration.specimens.phrases import Filler
from orchestration.specimens.printing import Cells, box_words, brackets, half, table_rows

Role = Literal["number", "title", "heading", "body", "caption", "signature"]
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph and what it is."""

    role: Role
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its lines of words, the rows and columns it reaches over; `goes_on` where it began in a row above."""

    lines: tuple[str, ...]
    rows: int = 1
    columns: int = 1
    goes_on: bool = False
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: every row has a cell for every place, also where one reaches down from above; `heads` rows head it."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(sum(cell.columns for cell in row) for row in self.rows)


Piece = Line | Sheet


class Pages:
    """Puts the pieces of one report together; `cells` and the filler's claims tell what the marks in them mean."""

    def __init__(self, draft: Draft, filler: Filler, marks: Marks, chance: Chance) -> None:
        self._draft = draft
        self._look = draft.look
        self._filler = filler
        self._marks = marks
        self._chance = chance
        self.cells: Cells = {}

    def pieces(self) -> list[Piece]:
        """All of them in the order of the print."""
        head: list[Piece] = [Line("title", self._half(self._draft.title))]
        if self._draft.document_number:
            head.append(Line("number", self._number()))
        prose = self._prose()
        table = self.table()
        signature = self._signature()
        return [*head, *prose, *(table + signature if self._look.table_first else signature + table)]

    def table(self) -> list[Piece]:
        """The table that stands apart from the prose, with its title; none where the report has none."""
        return self._table(self._draft.form) if self._draft.form else []

    def _half(self, words: str) -> str:
        return half(words) if self._look.half_width else words

    def _number(self) -> str:
        number = self._draft.document_number or ""
        return number.replace("〕", "") if self._draft.lost_signs else number

    def _prose(self) -> list[Piece]:
        found: list[Piece] = []
        ordinal = 0
        for passage in self._draft.passages:
            if passage.heading:
                heading = passage.heading
                if passage.key != "opening":
                    heading = f"{_NUMERALS[ordinal]}、{heading}"
                    ordinal += 1
                found.append(Line("heading", self._half(heading)))
            numbered = len(passage.paragraphs) > 1 and self._chance.fork("numbered", passage.key).happens(0.3)
            for at, paragraph in enumerate(passage.paragraphs):
                words = "".join(self._filler.fill(sentence) for sentence in paragraph)
                found.append(Line("body", self._half((f"（{_NUMERALS[at]}）" if numbered else "") + words)))
            found += [self._sheet(grid) for grid in passage.grids]
        return found

    def _signature(self) -> list[Piece]:
        draft = self._draft
        if draft.signed_on is None:
            return []
        chinese = self._look.chinese_date and not draft.lost_signs
        day = chinese_day(draft.signed_on) if chinese else draft.printed_day(draft.signed_on)
        return [Line("signature", draft.signature), Line("signature", day)]

    def _sheet(self, grid: Grid) -> Sheet:
        rows = [
            tuple(
                Cell(
                    () if goes_on else (box_words(box, self._look, self._marks, self.cells),),
                    box.rows,
                    box.columns,
                    goes_on,
                    box.upright,
                )
                for box, goes_on in row
            )
            for row in spread(grid)
        ]
        return Sheet(tuple(rows), grid.heads)

    def _table(self, form: Form) -> list[Piece]:
        lines: list[Piece] = [Line("caption", brackets(form.title) if self._look.half_brackets else form.title)]
        if form.period:
            first = form.period.first
            start = f"{self._draft.printed_day(first)}至" if first else "截至"
            lines.append(Line("caption", f"（{start}{self._draft.printed_day(form.period.last)}）"))
        if form.filler:
            lines.append(Line("caption", form.filler))
        rows = [tuple(Cell((head,)) for head in form.heads)]
        for labels, units, values in table_rows(form, self._look, self._marks, self.cells):
            rows.append((Cell(tuple(labels)), *(Cell((words,)) for words in (*units, *values))))
        return [*lines, Sheet(tuple(rows), 1)]
