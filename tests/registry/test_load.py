"""The registry as committed loads, agrees with the shared reading, and is the same on every machine."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from orchestration.registry.load import load
from orchestration.registry.model import Registry

TEMPLATES = ("narrative_2008", "municipal_2008", "fujian_2008", "national_2014", "national_2019", "national_2021")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("template_id", "cells"), list(zip(TEMPLATES, (17, 35, 15, 77, 65, 56), strict=True)), ids=lambda value: str(value)
)
def test_every_template_has_its_cells_in_print_order(registry: Registry, template_id: str, cells: int) -> None:
    found = registry.templates[template_id].cells
    assert [cell.row_no for cell in found] == list(range(1, cells + 1))


@pytest.mark.parametrize("template_id", TEMPLATES[:4])
def test_forms_that_are_read_have_a_layout(registry: Registry, template_id: str) -> None:
    assert registry.templates[template_id].layout


def test_labels_stand_without_ordinals_and_notes(registry: Registry) -> None:
    ordinal = re.compile(r"^([（(]?[一二三四五六七八九十\d]+[）)、.．]|其中)")
    for template in registry.templates.values():
        for cell in template.cells:
            for label in (cell.label, cell.section, *cell.label_variants):
                assert not ordinal.match(label), (cell.cell_id, label)
            assert "（" not in cell.label, cell.cell_id


def test_inserts_of_places_are_variants_of_the_national_form(registry: Registry) -> None:
    by_variant: dict[str | None, set[str]] = {}
    for cell in registry.templates["national_2014"].cells:
        by_variant.setdefault(cell.variant, set()).add(cell.cell_id)
    assert by_variant["gazette"] == {"B.1.2.g"}
    assert by_variant["section_nine"] == {"B.9", "B.9.1", "B.9.2", "B.9.3"}
    assert by_variant["ningxia"] == {"B.3.4"}
    assert len(by_variant["beijing"]) == 11
    assert {"B.1.1", "B.3.1", "B.8.4"} <= by_variant[None]


def test_columns_of_forms_with_two_periods_and_with_applicants(registry: Registry) -> None:
    assert {cell.column_keys for cell in registry.templates["fujian_2008"].cells} == {("year", "cumulative")}
    assert {cell.column_keys for cell in registry.templates["municipal_2008"].cells} == {("month", "year")}
    applicants = {
        cell.column_keys for cell in registry.templates["national_2021"].cells if cell.section.startswith("收到和处理")
    }
    assert len(applicants) == 1
    assert set(*applicants) == set(registry.applicant_types) - {"org_total"}


@pytest.mark.parametrize(
    ("printed", "conformed", "factor"),
    [("元", "万元", 1e-4), ("亿元", "万元", 1e4), ("件", "条", 1.0), ("名", "人", 1.0)],
)
def test_units_convert_within_their_class(registry: Registry, printed: str, conformed: str, factor: float) -> None:
    own, other = registry.units[printed], registry.units[conformed]
    assert own[0] == other[0]
    assert own[1] / other[1] == pytest.approx(factor)


def test_units_of_different_classes_do_not_meet(registry: Registry) -> None:
    assert len({registry.units[unit][0] for unit in ("万元", "件", "人", "%")}) == 4


@pytest.mark.parametrize(
    ("year", "level", "day"),
    [
        (2008, "township", (3, 31)),
        (2018, "department", (3, 31)),
        (2019, "department", (1, 31)),
        (2019, "township", (1, 31)),
        (2024, "county", (3, 31)),
        (2024, "ministry", (1, 31)),
        (2024, "other", None),
    ],
)
def test_one_due_date_by_year_and_kind_of_agency(
    registry: Registry, year: int, level: str, day: tuple[int, int] | None
) -> None:
    found = [
        (due.month, due.day)
        for due in registry.due_dates
        if level in due.agency_levels and due.first_report_year <= year <= (due.last_report_year or year)
    ]
    assert found == ([day] if day else [])


def test_years_are_due_on_31_march_and_followed_up_until_30_june(registry: Registry) -> None:
    year = registry.report_years[2017]
    assert (year.due_on, year.final_on) == (date(2018, 3, 31), date(2018, 6, 30))
    assert min(registry.report_years) == 2008


def test_definitions_are_sentences_in_both_languages(registry: Registry) -> None:
    for indicator in registry.indicators.values():
        assert indicator.definition_zh.endswith("。"), indicator.indicator_code
        assert re.search("[一-鿿]", indicator.definition_zh), indicator.indicator_code
        assert indicator.definition_en.endswith("."), indicator.indicator_code
        assert len(indicator.definition_en) > len(indicator.name_en) + 20, indicator.indicator_code
    definitions = [indicator.definition_zh for indicator in registry.indicators.values()]
    assert len(set(definitions)) == len(definitions)


def test_two_loadings_are_one_and_a_changed_byte_is_another(tmp_path: Path, registry: Registry) -> None:
    assert load() is registry
    here = Path(load.__code__.co_filename).parent
    for name in ("a", "b"):
        for folder in ("tables", "templates", "wording"):
            shutil.copytree(here / folder, tmp_path / name / folder)
    with (tmp_path / "b" / "wording" / "narrative.yml").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert load(tmp_path / "a").fingerprint == registry.fingerprint
    assert load(tmp_path / "b").fingerprint != registry.fingerprint


def test_cells_agree_with_the_shared_reading(registry: Registry, shared: Path) -> None:
    ours = {(cell.template_id, cell.cell_id): cell for t in registry.templates.values() for cell in t.cells}
    theirs = rows(shared / "domain" / "template_cells.csv")
    assert set(ours) == {(row["template_id"], row["cell_id"]) for row in theirs}
    for row in theirs:
        cell = ours[row["template_id"], row["cell_id"]]
        assert (cell.indicator_code or "") == row["indicator_code"], cell.cell_id
        assert (cell.parent_id or "") == row["parent_id"], cell.cell_id
        assert cell.row_no == int(row["row_no"]), cell.cell_id
        assert cell.label in row["label_exact"] or "…" in row["label_exact"] or row["kind"] == "narrative", cell.cell_id
        printed = {cell.unit, *cell.unit_variants} - {None}
        wanted = set() if row["unit"].startswith("—") else set(row["unit"].split("|"))
        assert wanted <= printed, cell.cell_id


def test_indicators_agree_with_the_shared_reading(registry: Registry, shared: Path) -> None:
    theirs = rows(shared / "domain" / "crosswalk.csv")
    in_prose_only = {"proactive_info_share", "disclosed_via_weibo_wechat_count"}
    assert set(registry.indicators) == {row["indicator_code"] for row in theirs} | in_prose_only
    for row in theirs:
        ours = registry.indicators[row["indicator_code"]]
        assert (ours.name_zh, ours.unit, ours.measure_group, ours.aggregation) == (
            row["name_zh"],
            row["unit"],
            row["measure_group"],
            row["aggregation"],
        )


def test_the_crosswalk_agrees_with_the_shared_reading(registry: Registry, shared: Path) -> None:
    ours = {(c.indicator_code, c.template_id, c.role): c for c in registry.crosswalk}
    theirs = {(r["indicator_code"], r["template_id"], r["role"]): r for r in rows(shared / "domain" / "crosswalk.csv")}
    # The single row 其他处理 is a reading where it is printed; the shared list has the sum of its parts only.
    assert set(ours) - set(theirs) == {("other_processing_count", "national_2021", "reading")}
    assert set(theirs) <= set(ours)
    for key, row in theirs.items():
        crossing = ours[key]
        cells = re.split(r"[|+]", row["template_cells"])
        assert crossing.comparability == row["match"], key
        if crossing.operation == "ratio":
            assert crossing.cell_ids[:1] == tuple(cells), key
        else:
            assert crossing.cell_ids == tuple(cells), key
            assert (crossing.operation == "sum") == ("+" in row["template_cells"]), key


def test_applicant_columns_agree_with_the_shared_reading(registry: Registry, shared: Path) -> None:
    columns = tuple(row["column_code"] for row in rows(shared / "domain" / "matrix_columns.csv"))
    matrix = {cell.column_keys for cell in registry.templates["national_2019"].cells if "total" in cell.column_keys}
    assert matrix == {columns}


def test_rules_are_those_of_the_contract(registry: Registry, shared: Path) -> None:
    text = (shared / "CONTRACT.md").read_text(encoding="utf-8")
    listed = text.split("`rule_id` of errors and warnings is one of:")[1].split("A printed unit")[0]
    named = set(re.findall("[a-z_]+", re.sub(r"\([^)]*\)", "", listed)))
    loud = {rule.rule_id for rule in registry.rules.values() if rule.severity != "info"}
    assert loud <= named
    assert set(registry.rules) >= named
