"""Which generation of the form a document is: every template is scored, and says what it was recognised by."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from orchestration.registry.model import Registry, Template, TemplateCell
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.text import compact
from orchestration.reports.extractions.locate import PrintedRow, label_words, printed_rows
from orchestration.reports.extractions.model import TemplateScore
from orchestration.reports.extractions.tables.columns import Layout

_NO_CELLS = frozenset({"header", "text"})
# How much each kind of evidence weighs: printed rows that are the form's, rows of the form that are printed as far as
# the print goes, its marks.
_WEIGHTS = (0.5, 0.3, 0.2)
_MOST_EVIDENCE = 8
_CLEAR_LEAD = 0.02
# Header words of the form itself make fewer rows enough.
_ENOUGH_MARKS, _FEWEST_ROWS = 2, 2


def score_templates(document: Document, registry: Registry) -> tuple[TemplateScore, ...]:
    """Every template with its score from 0 to 1 and its evidence, best first; equal scores in the registry's order.

    A form is recognised by its rows in the tables, not by its wording in sentences: prose about the same things is
    the template that remains when no form is there.
    """
    rows = printed_rows(document)
    forms = _forms(registry)
    print_of = _Print(
        rows,
        {row.label.text: compact(row.label.text) for row in rows},
        {label_words(cell.text) for table in document.tables for row in table.rows for cell in row},
        compact(document.folded),
        forms.matrix_labels,
    )
    scores = [_score(template, forms, print_of) for template in registry.templates.values()]
    best = max((score.score for score in scores), default=0.0)
    remains = [template.template_id for template in registry.templates.values() if _remains(template)]
    prose = bool(document.paragraphs)
    scores = [
        TemplateScore(s.template_id, round(1.0 - best, 4) if prose else 0.0) if s.template_id in remains else s
        for s in scores
    ]
    return tuple(sorted(scores, key=lambda score: -score.score))


def is_tie(scores: tuple[TemplateScore, ...]) -> bool:
    """Whether the two best templates fit equally well."""
    return len(scores) > 1 and scores[0].score > 0 and scores[0].score - scores[1].score < _CLEAR_LEAD


@dataclass(frozen=True, slots=True)
class _Print:
    """What a document prints: its rows, their labels without white space, the words of its cells, all its words.

    `matrix_labels` are the row labels of every matrix.
    """

    rows: list[PrintedRow]
    labels: dict[str, str]
    cells: set[str]
    text: str
    matrix_labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Forms:
    """What the forms print, by template: the rows by the words of their labels, the words that head columns.

    `matrices` are the row labels of each matrix, `matrix_labels` all of them.
    """

    labels: dict[str, dict[str, TemplateCell]]
    headers: dict[str, re.Pattern[str]]
    matrices: dict[str, list[str]]
    matrix_labels: frozenset[str]


_KNOWN: dict[str, _Forms] = {}


def _forms(registry: Registry) -> _Forms:
    """What the forms of this registry print; worked out once per process and fingerprint."""
    known = _KNOWN.get(registry.fingerprint)
    if known is None:
        templates = registry.templates.values()
        matrices = {template.template_id: _matrix_labels(template) for template in templates}
        known = _KNOWN[registry.fingerprint] = _Forms(
            {template.template_id: _row_labels(template) for template in templates},
            {t.template_id: Layout(t.layout["columns"]).header for t in templates if t.layout.get("columns")},
            matrices,
            frozenset(words for labels in matrices.values() for words in labels),
        )
    return known


def _row_labels(template: Template) -> dict[str, TemplateCell]:
    labels: dict[str, TemplateCell] = {}
    for cell in sorted(template.cells, key=lambda cell: cell.kind in _NO_CELLS):
        for label in (cell.label, *cell.label_variants):
            labels.setdefault(label_words(label), cell)
    return labels


def _remains(template: Template) -> bool:
    return bool(template.layout.get("recognise", {}).get("remains"))


def _score(template: Template, forms: _Forms, print_of: _Print) -> TemplateScore:
    recognise, header = template.layout.get("recognise", {}), forms.headers.get(template.template_id)
    if "words" in recognise:
        return _score_words(template, forms.matrices[template.template_id], print_of)
    if header is None:
        return TemplateScore(template.template_id, 0.0)
    labels = forms.labels[template.template_id]
    found: dict[str, PrintedRow] = {}
    tables: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in print_of.rows:
        if not row.words or header.fullmatch(print_of.labels[row.label.text]):
            continue
        known = labels.get(row.words)
        tables[row.table_no][0] += known is not None
        tables[row.table_no][1] += 1
        if known is not None and known.kind not in _NO_CELLS:
            found.setdefault(known.cell_id, row)
    marks = [mark for mark in recognise["marks"] if label_words(mark) in print_of.cells]
    seen = tuple(row.label.text for row in found.values())
    if len(found) < (recognise["least_rows"] if len(marks) < _ENOUGH_MARKS else _FEWEST_ROWS):
        return TemplateScore(template.template_id, 0.0, seen[:_MOST_EVIDENCE])
    known_rows = sum(ours for ours, _ in tables.values() if ours)
    share = known_rows / sum(shown for ours, shown in tables.values() if ours)
    # A table cut early is still its form: rows that may have stood below its last are not counted against it.
    wanted = [cell for cell in template.cells if cell.kind not in _NO_CELLS and not cell.variant]
    last = max(cell.row_no for cell in template.cells if cell.cell_id in found)
    due = sum(1 for cell in wanted if cell.row_no <= last)
    parts = (share, min(1.0, len(found) / max(1, due)), len(marks) / len(recognise["marks"]))
    score = sum(weight * part for weight, part in zip(_WEIGHTS, parts, strict=True))
    evidence = (*marks, f"{len(found)}/{len(wanted)}", *seen)
    return TemplateScore(template.template_id, round(score, 4), evidence[:_MOST_EVIDENCE])


def _score_words(template: Template, wanted: list[str], print_of: _Print) -> TemplateScore:
    """The score of a form by header words that no other form prints, and by the rows of its matrix.

    The rows alone tell the generations apart only by those that one has and the other has not: they weigh less, and
    never as much as the words of another form.
    """
    recognise = template.layout["recognise"]
    found = tuple(word for word in recognise["words"] if word in print_of.text)
    printed = [words for words in wanted if words in print_of.cells]
    known = len(print_of.cells & print_of.matrix_labels)
    enough = len(printed) >= recognise["least_rows"]
    rows = (len(printed) / len(wanted)) * (len(printed) / known) if enough else 0.0
    score = 0.0
    if len(found) >= recognise["least_words"]:
        score = 0.9 + 0.07 * len(found) / len(recognise["words"]) + 0.03 * rows
    elif rows:
        score = 0.45 + 0.4 * rows + (0.05 if found else 0.0)
    evidence = (*found, *([f"{len(printed)}/{len(wanted)}"] if enough else []))
    return TemplateScore(template.template_id, round(score, 4), evidence[:_MOST_EVIDENCE])


def _matrix_labels(template: Template) -> list[str]:
    """The row labels of a template's matrix of applicants, but those that head one of its columns as well."""
    columns = template.layout.get("tables", {}).get("applicants", {}).get("columns", {})
    heads = {label_words(word) for words in columns.values() for word in words}
    cells = (cell for cell in template.cells if cell.kind not in _NO_CELLS and {*cell.column_keys} & {*columns})
    return list(dict.fromkeys(words for cell in cells if (words := label_words(cell.label)) not in heads))
