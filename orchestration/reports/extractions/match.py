"""Which generation of the form a document is: every template is scored, and says what it was recognised by."""

from __future__ import annotations

from collections import defaultdict

from orchestration.registry.model import Registry, Template
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.text import compact
from orchestration.reports.extractions.columns import Layout
from orchestration.reports.extractions.locate import PrintedRow, label_words, printed_rows
from orchestration.reports.extractions.model import TemplateScore

_NO_CELLS = frozenset({"header", "text"})
# How much each kind of evidence weighs: printed rows that are the form's, rows of the form that are printed, its marks.
_WEIGHTS = (0.5, 0.3, 0.2)
_MOST_EVIDENCE = 8
_CLEAR_LEAD = 0.02


def score_templates(document: Document, registry: Registry) -> tuple[TemplateScore, ...]:
    """Every template with its score from 0 to 1 and its evidence, best first; equal scores in the registry's order.

    A form is recognised by its rows in the tables, not by its wording in sentences: prose about the same things is
    the template that remains when no form is there.
    """
    rows = printed_rows(document)
    scores = [_score(template, document, rows) for template in registry.templates.values()]
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


def _remains(template: Template) -> bool:
    return bool(template.layout.get("recognise", {}).get("remains"))


def _score(template: Template, document: Document, rows: list[PrintedRow]) -> TemplateScore:
    recognise, columns = template.layout.get("recognise", {}), template.layout.get("columns")
    if "words" in recognise:
        return _score_words(template, document)
    if not columns:
        return TemplateScore(template.template_id, 0.0)
    labels: dict[str, str] = {}
    for cell in template.cells:
        if cell.kind not in _NO_CELLS:
            for label in (cell.label, *cell.label_variants):
                labels.setdefault(label_words(label), cell.cell_id)
    header = Layout(columns).header
    found: dict[str, str] = {}
    tables: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        if header.fullmatch(compact(row.label.text)) or not row.words:
            continue
        known = row.words in labels
        tables[row.table_no][0] += known
        tables[row.table_no][1] += 1
        if known:
            found.setdefault(labels[row.words], row.label.text)
    if len(found) < recognise["least_rows"]:
        return TemplateScore(template.template_id, 0.0, tuple(found.values())[:_MOST_EVIDENCE])
    known_rows = sum(known for known, _ in tables.values() if known)
    share = known_rows / sum(shown for known, shown in tables.values() if known)
    wanted = sum(1 for cell in template.cells if cell.kind not in _NO_CELLS and not cell.variant)
    marks = _marks(document, recognise["marks"])
    parts = (share, min(1.0, len(found) / wanted), len(marks) / len(recognise["marks"]))
    score = sum(weight * part for weight, part in zip(_WEIGHTS, parts, strict=True))
    evidence = (*marks, f"{len(found)}/{wanted}", *found.values())
    return TemplateScore(template.template_id, round(score, 4), evidence[:_MOST_EVIDENCE])


def _score_words(template: Template, document: Document) -> TemplateScore:
    """The score of a form by words that no other form prints, wherever they stand."""
    recognise = template.layout["recognise"]
    text = compact(document.folded)
    found = tuple(word for word in recognise["words"] if word in text)
    enough = len(found) >= recognise["least_words"]
    share = len(found) / len(recognise["words"])
    return TemplateScore(template.template_id, round(0.5 + share / 2, 4) if enough else 0.0, found)


def _marks(document: Document, marks: list[str]) -> list[str]:
    """The marks that are printed as cells of a table."""
    printed = {label_words(cell.text) for table in document.tables for row in table.rows for cell in row}
    return [mark for mark in marks if label_words(mark) in printed]
