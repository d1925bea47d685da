"""Rows of a form that gave no reading: whether they are printed and could not be read, or are not printed at all.

Nothing is read here; what is found keeps a report from being called complete.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from orchestration.registry.model import Registry, Template, TemplateCell
from orchestration.reports.documents.model import Document
from orchestration.reports.extractions.locate import label_words, printed_rows
from orchestration.reports.extractions.tables.amounts import parsed

_APART = re.compile(r"[\n\t|]")
_FIGURES = re.compile(r"[\d.,+]+$")
# Longer words are a sentence, whatever it ends in.
_LONGEST = 60
# Shorter labels (其他, 总计) head columns as well.
_SHORTEST = 2
# So many labels with figures behind them are a form, whatever else the text is.
_FEWEST_ROWS = 4
# So many rows of a table of which at least every second row with a figure is the form's are rows of it.
_FEWEST_TABLE_ROWS = 2
_NO_CELLS = frozenset({"header", "text", "narrative"})


def left_out(
    document: Document, template: Template, absent: Iterable[str], printed: Collection[str], registry: Registry
) -> tuple[str, ...]:
    """Issue codes for the `absent` cells of a form of which the cells `printed` were read.

    rows_unreadable: the label of one is printed all the same, with or without a figure run into it. rows_absent: none
    is. For a text of no form: rows_unreadable where it holds the rows of a form in which nothing was kept apart, or
    a table of rows of a form, too few to be the form.
    """
    if template.layout.get("recognise", {}).get("remains"):
        whole, bare = _printed_words(document, registry)
        forms = [other for other in registry.templates.values() if other is not template]
        run_together = any(_rows(form, bare - whole) >= _FEWEST_ROWS for form in forms)
        rows = _with_figures(document)
        return ("rows_unreadable",) if run_together or any(_in_tables(form, rows) for form in forms) else ()
    wanted = {*absent}
    # One local row may stand for all its parts.
    for_parts = {cell.cell_id for cell in template.cells if cell.variant and cell.cell_id in printed}
    missing = [c for c in template.cells if c.cell_id in wanted and c.parent_id not in for_parts]
    if printed and not missing:
        return ()
    missing = missing or [cell for cell in template.cells if cell.kind not in _NO_CELLS]
    whole, bare = _printed_words(document, registry)
    labels = {words for cell in missing for words in _labels(cell)}
    if labels & bare or any(len(words) > _SHORTEST for words in labels & whole):
        return ("rows_unreadable",)
    return ("rows_absent",) if printed else ()


def _printed_words(document: Document, registry: Registry) -> tuple[set[str], set[str]]:
    """The short stretches of words between line ends and marks of cells; and the same without figures and units."""
    whole: set[str] = set()
    bare: set[str] = set()
    for stretch in _APART.split(document.folded):
        if not stretch.strip() or len(stretch) > _LONGEST:
            continue
        words = label_words(stretch)
        whole.add(words)
        rest = _FIGURES.sub("", words)
        if rest != words:
            bare.add(rest)
            bare.update(rest[:-length] for length in (1, 2) if rest[-length:] in registry.units)
    return whole, bare


def _rows(form: Template, words: Collection[str]) -> int:
    """How many rows of the form have one of these labels."""
    cells = (cell for cell in form.cells if cell.kind not in _NO_CELLS)
    return sum(1 for cell in cells if any(label in words for label in _labels(cell)))


def _with_figures(document: Document) -> list[tuple[int, set[str]]]:
    """The number of the table and the words of each row with a figure behind its label."""
    return [
        (row.table_no, {label_words(cell.text) for cell in (row.label, *row.beside)})
        for row in printed_rows(document)
        if any(parsed(cell.text).value is not None for cell in row.beside)
    ]


def _in_tables(form: Template, rows: Collection[tuple[int, set[str]]]) -> bool:
    """Whether half of these rows of one table bear a label of the form, other than the shortest."""
    cells = (cell for cell in form.cells if cell.kind not in _NO_CELLS)
    labels = {words for cell in cells for words in _labels(cell) if len(words) > _SHORTEST}
    shown = Counter(number for number, _ in rows)
    ours = Counter(number for number, words in rows if words & labels)
    return any(found >= _FEWEST_TABLE_ROWS and found * 2 >= shown[number] for number, found in ours.items())


def _labels(cell: TemplateCell) -> list[str]:
    return [words for label in (cell.label, *cell.label_variants) if (words := label_words(label))]
