"""Where the rows of a form stand among a document's tables.

Rows are found by section and words, never by their number: ordinals shift where a row is left out. What fits no row,
or two rows equally well, is nobody's row.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from orchestration.registry.model import Registry, Template, TemplateCell
from orchestration.reports.documents.model import Cell, Document, Table
from orchestration.reports.documents.text import compact

# A cut label must keep this much of itself; of a shorter one too much could be meant.
_LEAST_KEPT = 0.5
_SHORTEST_LABEL = 4
# Words a label may have gained by damage or local wording, as a share of the form's label.
_MOST_GAINED = 0.35
# So many rows with two labels and the cells of both are two parts of a form side by side; so many cells they have.
_FEWEST_SIDE_BY_SIDE = 4
# Two rows of the form closer than this to a printed label are equally close.
_CLEAR_LEAD = 0.05
# A table of which fewer rows are the form's is another table that shares a few labels with it.
_LEAST_SHARE = 0.3

# Forms say the same words in every report: the words of their labels are worked out once.
_MOST_REMEMBERED = 4096

_ORDINAL = r"(?:其中[:,、]?|第?[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)]|[①-⑳])*"
_LEAD = re.compile(_ORDINAL)
_NOTE = re.compile(r"\([^()]*(?:\)|$)")
_NOT_WORDS = re.compile(r"[^0-9A-Za-z…\u3400-\u9fff]")
# The last line of a label, beside which its figures are set: closing marks and one character at most.
_REST = re.compile(r"[\u4e00-\u9fff]?[)》\"、,;。]+")
_PROMPT = re.compile(r"-{2,}|—{2,}|_{2,}|[×xX]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_TWO_HAN = re.compile(r"(?:[^\u3400-\u9fff]*[\u3400-\u9fff]){2}")
_FOUR_HAN = re.compile(r"(?:[^\u3400-\u9fff]*[\u3400-\u9fff]){4}")


@lru_cache(maxsize=_MOST_REMEMBERED)
def label_words(text: str) -> str:
    """A label made comparable: folded, without white space, ordinals, 其中, bracketed notes and punctuation."""
    return _NOT_WORDS.sub("", _NOTE.sub("", _LEAD.sub("", compact(text), count=1)))


def starts_with_ordinal(plain: str) -> bool:
    """Whether compacted words begin as the rows of a form do (一、 or (七) or 3.), and headers of columns never."""
    lead = _LEAD.match(plain)
    return lead is not None and lead.end() > 0


@dataclass(slots=True)
class PrintedRow:
    """One printed row: its label, the cells beside it, and the row of the form it was found to be."""

    table_no: int
    label: Cell
    beside: tuple[Cell, ...]
    words: str
    found: TemplateCell | None = None
    score: float = 0.0
    # Its words went into the row before or after it, or it is a header of columns: no row of its own.
    spent: bool = False

    @property
    def filled(self) -> bool:
        """Whether a cell beside the label holds anything."""
        return any(cell.text for cell in self.beside)

    @property
    def prompt(self) -> Cell | None:
        """The cell that holds a prompt of the form nobody filled in (主要侧重----), if one does."""
        cells = (self.label, *self.beside)
        return next((c for c in cells if _PROMPT.search(c.text) and len(_HAN.findall(c.text)) >= _SHORTEST_LABEL), None)


@dataclass(slots=True)
class Located:
    """The printed rows in order, those that stand for a cell of the form, and what was odd about the others."""

    rows: list[PrintedRow]
    by_cell: dict[str, PrintedRow] = field(default_factory=dict)
    doubles: dict[str, list[PrintedRow]] = field(default_factory=dict)
    prompts: list[tuple[TemplateCell, Cell, PrintedRow]] = field(default_factory=list)
    unknown: list[PrintedRow] = field(default_factory=list)


class Labels:
    """The labels of a form by their words, and how close a damaged label comes to each."""

    def __init__(self, cells: Iterable[TemplateCell]) -> None:
        self.exact: dict[str, list[TemplateCell]] = defaultdict(list)
        for cell in cells:
            for words in dict.fromkeys(label_words(label) for label in (cell.label, *cell.label_variants)):
                if words:
                    self.exact[words].append(cell)

    def close(self, words: str) -> list[tuple[float, TemplateCell]]:
        """Cells whose label these words may be after damage, best first, each once."""
        best: dict[str, tuple[float, TemplateCell]] = {}
        for label, cells in self.exact.items():
            score = closeness(words, label)
            for cell in cells if score else ():
                if score > best.get(cell.cell_id, (0.0, cell))[0]:
                    best[cell.cell_id] = (score, cell)
        return sorted(best.values(), key=lambda pair: -pair[0])


def closeness(words: str, label: str) -> float:
    """How well printed words stand for a label, 0 to 1: whole, cut off, elided (…), with words lost or gained.

    A label with other words in place of its own is another label: 微博 is never 微信.
    """
    if words == label:
        return 1.0
    if "…" in label:
        head, _, tail = label.partition("…")
        tail = tail.rpartition("…")[2]
        fits = len(words) >= len(label) - 1 and words.startswith(head) and words.endswith(tail)
        return 0.9 if fits else 0.0
    shorter, longer = sorted((words, label), key=len)
    if len(shorter) < _SHORTEST_LABEL or len(shorter) < _LEAST_KEPT * len(longer):
        return 0.0
    share = len(shorter) / len(longer)
    if len(words) > len(label) and share < 1 - _MOST_GAINED:
        return 0.0
    if longer.startswith(shorter):
        return 0.8 + 0.1 * share
    return 0.6 + 0.2 * share if within(shorter, longer) else 0.0


def within(shorter: str, longer: str) -> bool:
    """Whether the characters of the shorter stand in the longer in their order."""
    rest = iter(longer)
    return all(character in rest for character in shorter)


def printed_rows(document: Document) -> list[PrintedRow]:
    """Every row of every table that has a label, in reading order."""
    rows: list[PrintedRow] = []
    for table in document.tables:
        for cells in _one_below_the_other(table):
            above = rows[-1] if rows and rows[-1].table_no == table.number else None
            if above and not above.filled and len(cells) > 1 and _REST.fullmatch(compact(cells[0].text)):
                above.words = label_words(above.label.text + cells[0].text)
                above.beside = cells[1:]
                continue
            at = next((i for i, cell in enumerate(cells) if _TWO_HAN.match(cell.text)), None)
            if at is not None:
                rows.append(PrintedRow(table.number, cells[at], cells[at + 1 :], label_words(cells[at].text)))
    return rows


def _one_below_the_other(table: Table) -> Sequence[tuple[Cell, ...]]:
    """The rows of a table; where two parts of a form stand side by side in it, those of the left part first."""
    seconds: Counter[int] = Counter()
    for row in table.rows:
        if len(row) >= _FEWEST_SIDE_BY_SIDE and _is_label(row[0]):
            inner = pairwise(row[1:-1])
            seconds.update([cell.column for before, cell in inner if _is_label(cell) and not _is_label(before)][:1])
    column, times = seconds.most_common(1)[0] if seconds else (0, 0)
    if times < _FEWEST_SIDE_BY_SIDE or times * 2 < len(table.rows):
        return table.rows
    left = (tuple(cell for cell in row if cell.column < column) for row in table.rows)
    right = (tuple(cell for cell in row if cell.column >= column) for row in table.rows)
    return [cells for cells in (*left, *right) if any(cell.text for cell in cells)]


def _is_label(cell: Cell) -> bool:
    return len(cell.text) >= _SHORTEST_LABEL and _FOUR_HAN.match(cell.text) is not None


def told_cell_by_cell(document: Document) -> frozenset[int]:
    """The numbers of the tables whose cells stand on lines of their own: there an empty cell may leave no trace."""
    told = set()
    for table in document.tables:
        pairs = [(row[0].span.end, row[1].span.start) for row in table.rows if len(row) > 1]
        if sum("\n" in document.folded[end:start] for end, start in pairs) * 2 > len(pairs):
            told.add(table.number)
    return frozenset(told)


_KNOWN: dict[tuple[str, str], Mapping[str, frozenset[str | None]]] = {}


def printed_elsewhere(registry: Registry, template: Template) -> Mapping[str, frozenset[str | None]]:
    """The labels of all other forms by their words, with the indicators they are of; worked out once per process."""
    known = _KNOWN.get((registry.fingerprint, template.template_id))
    if known is None:
        found: dict[str, set[str | None]] = defaultdict(set)
        for other in registry.templates.values():
            for cell in other.cells if other is not template else ():
                for label in (cell.label, *cell.label_variants):
                    found[label_words(label)].add(cell.indicator_code)
        known = {words: frozenset(codes) for words, codes in found.items()}
        _KNOWN[registry.fingerprint, template.template_id] = known
    return known


def locate(
    document: Document,
    template: Template,
    headers: re.Pattern[str],
    elsewhere: Mapping[str, frozenset[str | None]] | None = None,
) -> Located:
    """The rows of the form among the tables; `headers` matches the words of column headers, which are no rows.

    What is a whole label `elsewhere`, of another indicator, is no damaged one of this form.
    """
    labels = Labels(template.cells)
    rows = printed_rows(document)
    for row in rows:
        row.spent = headers.fullmatch(compact(row.label.text)) is not None
        if not row.spent:
            _shift_label(row, labels)
    _join_broken(rows, labels)
    _find_exact(rows, labels)
    _find_close(rows, labels, elsewhere or {})
    return _settled(rows)


def _shift_label(row: PrintedRow, labels: Labels) -> None:
    """Take the second cell for the label where the first is a section's name set beside its rows."""
    if not row.beside or row.beside[0].text == "":
        return
    second = label_words(row.beside[0].text)
    if len(second) >= _SHORTEST_LABEL and second in labels.exact:
        row.label, row.beside, row.words = row.beside[0], row.beside[1:], second


def _join_broken(rows: list[PrintedRow], labels: Labels) -> None:
    """Put together labels that a line break made two rows of, where only together they are the form's."""
    for row, rest in pairwise(rows):
        if row.spent or rest.spent or row.table_no != rest.table_no or (row.filled and rest.filled):
            continue
        if not rest.words and row.words in labels.exact:
            row.beside = row.beside if row.filled else rest.beside
            rest.spent = True
            continue
        if rest.words in labels.exact or row.words in labels.exact:
            continue
        words = label_words(compact(row.label.text) + compact(rest.label.text))
        if words in labels.exact:
            row.words, row.beside = words, row.beside if row.filled else rest.beside
            rest.spent = True


def _find_exact(rows: list[PrintedRow], labels: Labels) -> None:
    """Rows whose words are a label of the form; of two sections with the same label the one the row stands in."""
    section: str | None = None
    taken: set[str] = set()
    for row in rows:
        cells = labels.exact.get(row.words, []) if not row.spent else []
        if len(cells) > 1:
            here = [cell for cell in cells if cell.section == section]
            # The heading of the second section may be lost: its row is then the one still free.
            free = [cell for cell in cells if cell.cell_id not in taken]
            cells = here if len(here) == 1 and (here[0] in free or not free) else free
        if len(cells) == 1:
            row.found, row.score = cells[0], 1.0
            section = cells[0].section
            taken.add(cells[0].cell_id)


def _find_close(rows: list[PrintedRow], labels: Labels, elsewhere: Mapping[str, frozenset[str | None]]) -> None:
    """Rows whose label is damaged: the one row of the form it can be, in a section that stands around it."""
    taken = {row.found.cell_id for row in rows if row.found}
    known = {row.table_no for row in rows if row.found}
    before, after = _sections(rows), _sections(rows[::-1])[::-1]
    for index, row in enumerate(rows):
        if row.found or row.spent or len(row.words) < _SHORTEST_LABEL or row.table_no not in known:
            continue
        sections = {before[index], after[index]}
        close = [
            (score, cell)
            for score, cell in labels.close(row.words)
            if cell.cell_id not in taken
            and cell.section in sections
            and cell.indicator_code in elsewhere.get(row.words, (cell.indicator_code,))
        ]
        if close and (len(close) == 1 or close[0][0] - close[1][0] >= _CLEAR_LEAD):
            row.score, row.found = close[0]
            taken.add(close[0][1].cell_id)


def _sections(rows: list[PrintedRow]) -> list[str | None]:
    """For each row the section of the row of the form found last before it."""
    sections: list[str | None] = []
    section: str | None = None
    for row in rows:
        sections.append(section)
        section = row.found.section if row.found else section
    return sections


def _settled(rows: list[PrintedRow]) -> Located:
    """One row for each cell of the form: of two the better, and the one in the table that is more the form's."""
    known = Counter(row.table_no for row in rows if row.found)
    shown = Counter(row.table_no for row in rows if not row.spent)
    located = Located([row for row in rows if known[row.table_no] >= _LEAST_SHARE * max(1, shown[row.table_no])])
    ranked = sorted((row for row in located.rows if row.found), key=lambda r: (-r.score, -known[r.table_no]))
    for row in ranked:
        if row.found and located.by_cell.setdefault(row.found.cell_id, row) is not row:
            located.doubles.setdefault(row.found.cell_id, []).append(row)
    _take_prompts(located)
    return located


def _take_prompts(located: Located) -> None:
    """Put aside the words under a row of text, filled or not, and list the rows that stay unknown."""
    above: TemplateCell | None = None
    for row in located.rows:
        of_text = (row.found or above) if (row.found is None or row.found.kind == "text") else None
        if of_text is not None and of_text.kind == "text":
            prompt = row.prompt
            if prompt is not None:
                located.prompts.append((of_text, prompt, row))
            row.spent = row.spent or row.found is None
        elif row.found is None and not row.spent and row.filled:
            located.unknown.append(row)
        above = row.found or above
