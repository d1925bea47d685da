"""What a specimen is before it is printed: who reports on which year, what the table and the prose say, how it looks.

A renderer turns a draft into a document; the truth is taken from the draft and from where its marks came to stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from orchestration.specimens.dates import lossy_day, plain_day

Status = Literal["reported", "reported_zero", "blank", "dash"]
Origin = Literal["typed", "word", "web"]
Format = Literal["txt", "html", "docx", "odt", "pdf"]
TableStyle = Literal["tabs", "led", "cells", "pipes", "spaces"]
Key = tuple[str, str]
"""An indicator and a period basis."""


@dataclass(frozen=True, slots=True)
class Agency:
    """A reporting agency: its full name and the ways it prints itself.

    `short` is the name without the region above and without its office (松坪街道), `own_word` what it calls itself
    (我街道), `above` the region above, by name, where the text names one, `superior` the government it answers to.
    `lineage` is what an agency keeps through a new name or a new code: its oldest ones, empty while it has those.
    """

    name: str
    short: str
    own_word: str
    level: str
    region_code: str
    province: str
    prefecture: str
    county: str
    above: str
    superior: str
    lineage: str = ""

    @property
    def key(self) -> str:
        """What stays the same over all years of the agency."""
        return self.lineage or f"{self.region_code} {self.name}"

    @property
    def with_above(self) -> str:
        """The short name behind the name of the region above: 临溪区松坪街道."""
        return self.above + self.short


@dataclass(slots=True)
class Printed:
    """What one value cell of the table shows: a number in the conformed unit (`factor` times the printed one), a dash,
    or nothing; `unit` is the printed one, `plus` prints the sign of an increase, `suffix` stands behind the number."""

    value: float | None
    unit: str
    factor: float = 1.0
    dash: str = ""
    plus: bool = False
    suffix: str = ""

    @property
    def status(self) -> Status:
        """The status a reader must give the cell."""
        if self.value is None:
            return "dash" if self.dash else "blank"
        return "reported" if self.value else "reported_zero"


@dataclass(frozen=True, slots=True)
class ClassCount:
    """One class of a breakdown as printed: 机构职能类信息 with its count, and its share where that is printed."""

    name: str
    count: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure said in prose, in the conformed unit; `graded` is False where it is allowed but not required."""

    indicator_code: str
    period_basis: str
    category: str | None
    value: float
    unit: str
    graded: bool
    negated: bool
    snippet: str
    approximate: bool = False


@dataclass(slots=True)
class Box:
    """One cell of a table with merged cells, and how many rows and columns it reaches over.

    A box with `printed` holds the figure of a cell of the form for an applicant, `label` being the words of its row;
    an `upright` one has its words set from top to bottom where the format can.
    """

    words: str
    rows: int = 1
    columns: int = 1
    cell_id: str | None = None
    applicant: str = "total"
    label: str = ""
    printed: Printed | None = None
    upright: bool = False


@dataclass(slots=True)
class Grid:
    """A table with merged cells: each line has the boxes that begin in it; the first `heads` lines are its head."""

    lines: list[list[Box]]
    heads: int = 0


@dataclass(slots=True)
class Passage:
    """A section of prose: its heading, its phrases, whose slots are still open, by paragraph, and its tables."""

    key: str
    heading: str
    paragraphs: list[list[str]]
    level: int = 1
    grids: list[Grid] = field(default_factory=list)


@dataclass(slots=True)
class Stated:
    """A period as the report prints it; the first day may be missing."""

    first: date | None
    last: date


@dataclass(slots=True)
class Row:
    """One row of a table: label as printed, note that may stand apart, unit, and what stands in each value column.

    A row without cell_id or with `header` measures nothing; `stray` is what stands in its value cell all the same.
    """

    cell_id: str | None
    label: str
    note: str
    unit: str
    header: bool
    depth: int
    cells: dict[str, Printed] = field(default_factory=dict)
    stray: str = ""
    code: str = ""


@dataclass(slots=True)
class Form:
    """A table as it is printed; `columns` are the period bases of its value columns, in order."""

    title: str
    period: Stated | None
    filler: str
    heads: list[str]
    columns: list[str]
    rows: list[Row]
    has_units: bool = True
    has_codes: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a specimen is typed: one field for each habit in which real reports differ."""

    origin: Origin
    table: TableStyle
    gaps: bool
    indent: str
    half_width: bool
    half_brackets: bool
    point: str
    notes: Literal["inline", "own_line", "none"]
    header_unit: str
    spaced_dates: bool
    chinese_date: bool
    table_first: bool
    broken_labels: bool
    thousands: bool

    def with_table_last(self) -> Look:
        """The same habits, but for the place of the table: at the end."""
        return replace(self, table_first=False)


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault put into a report: the operator, the rules it must cause, and a sentence that tells what was done."""

    operator: str
    rules: tuple[str, ...]
    detail: str


@dataclass(slots=True)
class Draft:
    """One report before it is printed; operators change it, renderers only read it."""

    number: int
    agency: Agency
    year: int
    template_id: str
    look: Look
    figures: dict[Key, float]
    before: dict[Key, float]
    told: dict[Key, float]
    classes: list[ClassCount]
    classes_of: Key
    title: str
    passages: list[Passage]
    form: Form | None
    period: Stated | None
    published_on: date | None
    signed_on: date | None
    document_number: str | None
    signature: str
    period_wording: str = ""
    classes_cut: int = 0
    planted: list[Planted] = field(default_factory=list)
    lost_signs: str = ""
    lost_count: bool = False
    lost_units: int = 0
    wrap: int | None = None
    matrix: dict[tuple[str, str], float] = field(default_factory=dict)

    @property
    def period_sentence(self) -> str:
        """The sentence that states the period; empty where none is stated."""
        if self.period is None:
            return ""
        first = self.printed_day(self.period.first) if self.period.first else ""
        return self.period_wording.format(first=first, last=self.printed_day(self.period.last))

    def printed_day(self, day: date) -> str:
        """A day of the text with the signs this report has lost."""
        return lossy_day(day, self.lost_signs) if self.lost_signs else plain_day(day, self.look.spaced_dates)

    def says(self, key: Key) -> bool:
        """Whether some phrase prints this figure as the report's own."""
        code, basis = key
        slot = code if basis == "year" else f"{code}@{basis}"
        return any(
            "{" + mark + slot + end in phrase
            for passage in self.passages
            for paragraph in passage.paragraphs
            for phrase in paragraph
            for mark in ("", "!", "#", "=")
            for end in ("}", "+}", ":")
        )
