"""Specimens in every format: each template is read perfectly in each, places are true, merged cells cover the table."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.specimens.chance import Chance
from orchestration.specimens.compose import draft_report
from orchestration.specimens.faults import OPERATORS, apply
from orchestration.specimens.finish import finish
from orchestration.specimens.lineages import cast
from orchestration.specimens.matrices import cut_grid, spread
from orchestration.specimens.matrix_figures import APPLICANTS, matrix_figures
from orchestration.specimens.model import Box, Format, Grid
from orchestration.specimens.produce import specimens
from orchestration.specimens.truth import Specimen

_FORMATS: tuple[Format, ...] = ("txt", "html", "docx", "odt", "pdf")
_YEARS = {
    "narrative_2008": 2012,
    "municipal_2008": 2013,
    "fujian_2008": 2015,
    "national_2014": 2016,
    "national_2019": 2020,
    "national_2021": 2023,
}
Figures = set[tuple[str, str, str, float | None, str]]


def _made(template_id: str, written_as: Format, registry: Registry, *, operator: str = "") -> Specimen:
    """A report of this form in this format; a PDF is one with rulings, a text one with a row on each line."""
    root = Chance("formats", 1, template_id)
    year = _YEARS[template_id]
    for lineage in cast(registry, 30, root.fork("cast")):
        agency = lineage.agency(year)
        draft = draft_report(1, agency, year, template_id, registry, root, written_as)
        chance = root.fork(agency.name)
        if operator and not apply(next(o for o in OPERATORS if o.name == operator), draft, registry, chance):
            continue
        made = finish(draft, registry, chance, written_as)
        if written_as == "txt" and draft.look.table != "tabs":
            continue
        if written_as != "pdf" or template_id == "narrative_2008" or b" l S" in made.content:
            return made
    raise AssertionError("no such report")


def _printed(made: Specimen, registry: Registry) -> Figures:
    codes = {cell.cell_id: cell.indicator_code for cell in registry.templates[made.draft.template_id].cells}
    return {
        (codes[c.cell_id] or "", c.applicant, c.period_basis, c.printed.value, c.printed.status)
        for c in made.cells.values()
        if codes[c.cell_id]
    }


def _read(made: Specimen, registry: Registry) -> tuple[str | None, Figures]:
    extraction = extract(read(made.content, made.name), registry)
    figures = {
        (r.indicator_code, r.applicant_type, r.period_basis, r.value and round(r.value, 4), str(r.value_status))
        for r in extraction.readings
        if r.source_kind == "table" and r.indicator_code and r.value_status not in ("absent", "not_applicable")
    }
    return extraction.template_id, figures


@pytest.mark.parametrize("written_as", _FORMATS)
@pytest.mark.parametrize("template_id", _YEARS)
def test_every_template_is_read_perfectly_in_every_format(
    template_id: str, written_as: Format, registry: Registry
) -> None:
    made = _made(template_id, written_as, registry)
    assert made.name.endswith(f".{written_as}")
    wanted = _printed(made, registry)
    assert bool(wanted) == (template_id != "narrative_2008")
    assert _read(made, registry) == (template_id, wanted)


@pytest.mark.parametrize("operator", ["spans_shifted", "table_split", "single_other"])
@pytest.mark.parametrize("written_as", ["html", "docx", "odt"])
def test_tables_of_another_build_are_read_all_the_same(operator: str, written_as: Format, registry: Registry) -> None:
    made = _made("national_2021", written_as, registry, operator=operator)
    assert _read(made, registry)[1] == _printed(made, registry)


def test_same_arguments_give_same_bytes_in_every_format(registry: Registry) -> None:
    one, two = ([s.content for s in specimens(registry, [2016, 2023], 6, 4, "some", _FORMATS)] for _ in "ab")
    assert one == two
    assert len({content[:2] for content in one}) > 2


def test_pages_of_a_pdf_are_true(registry: Registry) -> None:
    made = _made("national_2021", "pdf", registry)
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made.content)]
    assert len(pages) > 1
    for claim, place in made.claims:
        assert place.line is None
        digits = f"{claim.value:g}"
        if digits in claim.snippet:
            assert digits in pages[(place.page or 0) - 1]
    assert {place.page for place in made.cell_places.values()} <= set(range(1, len(pages) + 1))


def test_only_text_has_lines_and_only_pdf_has_pages(registry: Registry) -> None:
    for written_as in _FORMATS:
        made = _made("national_2014", written_as, registry)
        assert all((p.line is not None) == (written_as == "txt") for p in made.cell_places.values())
        assert all((p.page is not None) == (written_as == "pdf") for p in made.cell_places.values())


@pytest.mark.parametrize("written_as", ["docx", "odt"])
def test_archives_have_no_time_of_their_own(written_as: Format, registry: Registry) -> None:
    with ZipFile(BytesIO(_made("national_2019", written_as, registry).content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_figures_of_one_year_follow_from_the_year_before(registry: Registry) -> None:
    seed = Chance("figures")
    for lineage in cast(registry, 25, seed):
        before, now = (matrix_figures(lineage.agency(year), year, seed) for year in (2021, 2022))
        for applicant in (*APPLICANTS, "total"):
            assert now["3.carry_in", applicant] == before["3.carry_out", applicant]
            taken = now["3.new", applicant] + now["3.carry_in", applicant]
            assert taken == now["3.total", applicant] + now["3.carry_out", applicant]
            assert min(value for (_, whose), value in now.items() if whose == applicant and _ != "change") >= -4
        grown = now["20_1.norm.made", "total"] - now["20_1.norm.repealed", "total"]
        assert now["20_1.norm.in_force", "total"] == before["20_1.norm.in_force", "total"] + grown
        assert (now["20_9.procure.projects", "total"] == 0) == (now["20_9.procure.amount", "total"] == 0)


def test_a_grid_that_is_cut_keeps_its_width() -> None:
    grid = Grid([[Box("a", rows=3), Box("b")], [Box("c")], [Box("d")]])
    upper, lower = cut_grid(grid, 1)
    assert [[box.rows for box in line] for line in upper.lines] == [[1, 1]]
    assert [box.words for box in lower.lines[0]] == ["", "c"]
    for part in (grid, upper, lower):
        assert {sum(box.columns for box, _ in row) for row in spread(part)} == {2}
