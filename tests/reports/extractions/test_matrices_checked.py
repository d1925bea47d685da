"""The forms of 2019 and 2021 as a whole: their arithmetic, their generation, damage, and the time it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.registry.model import Registry, TemplateCell
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.extractions.match import score_templates

from . import spread
from .held import FORMS, YEARS, Key, read_grids, truth, wrong
from .spread import Grid, Printed

EACH_FORM = pytest.mark.parametrize("form", FORMS)


@EACH_FORM
def test_a_report_whose_figures_add_up_has_no_finding(registry: Registry, form: str) -> None:
    template = registry.templates[form]
    grids = spread.report(template, spread.adding_up(template))
    found = extract(read(spread.text(grids, spread.spread_tab_rows, YEARS[form]), "x"), registry)
    assert found.template_id == form
    assert len([r for r in found.readings if r.source_kind == "table"]) == len(truth(grids))
    assert [f.rule_id for f in found.findings if f.rule_id != "identity_incomplete"] == []


@pytest.mark.parametrize(
    ("row", "column", "rules"),
    [
        (".3.granted", "org_research", ["sum_of_children", "row_total"]),
        (".3.carry_in", "total", ["balance", "row_total"]),
        (".4.review.pending", "total", ["sum_of_children"]),
        (".4.lit_post.total", "total", ["sum_of_children"]),
    ],
)
@EACH_FORM
def test_one_wrong_figure_is_seen_in_its_row_and_its_column(
    registry: Registry, form: str, row: str, column: str, rules: list[str]
) -> None:
    template = registry.templates[form]
    value = spread.adding_up(template)

    def spoilt(cell: TemplateCell, applicant: str) -> str:
        hit = cell.cell_id.endswith(row) and applicant == column
        return str(int(value(cell, applicant)) + 5) if hit else value(cell, applicant)

    found = extract(spread.document(spread.report(template, spoilt), YEARS[form]), registry)
    assert sorted(f.rule_id for f in found.findings if f.rule_id != "identity_incomplete") == sorted(rules)


def test_the_single_row_of_other_processing_counts_in_the_sum(registry: Registry) -> None:
    template = registry.templates["national_2021"]
    value = spread.adding_up(template)
    other = next(cell for cell in template.cells if cell.cell_id == "D.3.other")
    parts = [cell for cell in template.cells if cell.parent_id == "D.3.other"]

    def single(cell: TemplateCell, applicant: str) -> str:
        return str(sum(int(value(part, applicant)) for part in parts)) if cell is other else value(cell, applicant)

    def spoilt(cell: TemplateCell, applicant: str) -> str:
        return str(int(single(cell, applicant)) + 100) if cell is other else value(cell, applicant)

    for wanted, of in (([], single), (["sum_of_children"] * 7, spoilt)):
        found = extract(spread.document([spread.matrix(template, of, single_other=True)]), registry)
        assert [f.rule_id for f in found.findings if f.rule_id == "sum_of_children"] == wanted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_never_moves_a_figure_in_silence(registry: Registry, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS))
    random = data.draw(st.randoms(use_true_random=False))
    blanks = random.choice([0, 0.1, 0.5])
    figures: dict[Key, str] = {}

    def value(cell: TemplateCell, applicant: str) -> str:
        key = (cell.cell_id, applicant)
        drawn = "" if random.random() < blanks else str(random.choice([0, 0, 1, 12, 305, random.randrange(1000)]))
        return figures.setdefault(key, drawn)

    grids = spread.report(registry.templates[form], value)
    kind = data.draw(st.sampled_from(["split", "spans", "rows lost", "rows twice", "header cell lost"]))
    reading = read_grids(registry, [_damaged(grid, kind, random.random) for grid in grids], form)
    assert wrong(reading, grids) == []


def _damaged(grid: Grid, kind: str, chance: Callable[[], float]) -> Grid:
    rows: Grid = []
    for row in grid:
        cells = list(row)
        at = int(chance() * len(cells))
        if chance() < 0.08 or (kind == "header cell lost" and not any(c.holds for c in row) and chance() < 0.4):
            if kind == "split" and len(cells[at].text) > 1 and cells[at].holds:
                cells[at : at + 1] = [replace(cells[at], text=cells[at].text[0]), Printed(cells[at].text[1:])]
            elif kind == "spans":
                cells[at] = replace(cells[at], columns=max(1, cells[at].columns + (1 if chance() < 0.5 else -1)))
            elif kind == "rows lost":
                continue
            elif kind == "rows twice":
                rows.append(cells)
            elif kind == "header cell lost" and not any(c.holds for c in row):
                del cells[at]
        rows.append(cells)
    return rows


def test_a_report_of_2019_with_the_table_of_2014_is_of_2014(registry: Registry) -> None:
    rows = [["统计指标", "单位", "统计数"]]
    rows += [[c.label, c.unit or "——", "3"] for c in registry.templates["national_2014"].cells if not c.variant]
    text = spread.text([[[Printed(word) for word in row] for row in rows]], spread.tab_rows, 2019)
    assert score_templates(read(text, "x"), registry)[0].template_id == "national_2014"


@EACH_FORM
def test_the_matrix_alone_tells_the_generation(registry: Registry, form: str) -> None:
    document = spread.document([spread.matrix(registry.templates[form])])
    first, second, *_ = score_templates(document, registry)
    assert first.template_id == form
    assert first.score - second.score > 0.02
    assert any("/" in word for word in first.evidence)


@pytest.mark.parametrize("lost", ["本年制发件数", "现行有效件数"])
def test_the_words_of_a_form_outweigh_the_rows_of_another(registry: Registry, lost: str) -> None:
    template = registry.templates["national_2021"]
    matrix = spread.matrix(template, single_other=True)
    kept = [[row for row in grid if all(cell.text != lost for cell in row)] for grid in spread.blocks(template)]
    document = spread.document([*kept, matrix])
    assert score_templates(document, registry)[0].template_id == "national_2021"
