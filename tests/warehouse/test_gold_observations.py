"""The gold readings of the five 2017 reports become the gold observations: every value, source and conflict."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from orchestration.registry.model import Registry

from .conftest import Build
from .handmade import Built, Extractions

YEAR = 2017


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def gold_extractions(gold: Path, registry: Registry) -> Extractions:
    """The gold readings as storage would write them; the findings are the broken sums among the table's figures."""
    extractions = Extractions()
    reports: dict[str, str] = {}
    for row in rows(gold / "identity.csv"):
        if row["report_year"] == str(YEAR):
            given = {name: row[name] for name in ("agency_name", "region_code", "template_id")}
            reports[row["document"]] = extractions.report(row["agency_name"], YEAR, uri=row["document"], **given)
    cells: dict[tuple[str, str], str] = {}
    for template in registry.templates.values():
        for cell in template.cells:
            if cell.indicator_code and cell.kind != "narrative":
                cells[template.template_id, cell.indicator_code] = cell.cell_id
    printed: dict[tuple[str, str], list[str]] = defaultdict(list)
    values: dict[tuple[str, str], float] = {}
    for row in rows(gold / "readings.csv"):
        if row["document"] not in reports or row["graded"] != "yes":
            continue
        report = reports[row["document"]]
        template = next(r["template_id"] for r in extractions.reports if r["report_id"] == report)
        table = row["source_kind"] == "table"
        cell_id = cells.get((template, row["indicator_code"])) if table else None
        reading = extractions.reading(
            report,
            row["indicator_code"],
            float(row["value"]) if row["value"] else None,
            source_kind=row["source_kind"],
            category=row["category"] or None,
            applicant_type=row["applicant_type"],
            period_basis=row["period_basis"],
            value_status=row["value_status"],
            line=int(row["line"]),
            cell_id=cell_id,
        )
        if cell_id and row["value"]:
            printed[report, cell_id].append(reading)
            values[report, cell_id] = float(row["value"])
    for report, whole in list(values):
        for identity in registry.identities:
            numbers = [values.get((report, part)) for part in identity.parts]
            if identity.kind != "sum" or identity.whole != (whole,) or None in numbers:
                continue
            if sum(number for number in numbers if number is not None) != values[report, whole]:
                involved = [reading for part in (whole, *identity.parts) for reading in printed[report, part]]
                extractions.finding(report, identity.rule_id, involved)
    return extractions


@pytest.fixture(scope="module")
def built(shared: Path, registry: Registry, build: Build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("gold")
    gold_extractions(shared / "gold", registry).write(root)
    done = build(root)
    assert done.status == 0, done.printed
    return done


def test_every_gold_observation_is_published_as_the_gold_has_it(built: Built, shared: Path) -> None:
    published = {
        tuple(key): (value, source_kind, has_conflict)
        for *key, value, source_kind, has_conflict in built.rows(
            "select source_file_name, indicator_code, applicant_type, period_basis, value, source_kind, has_conflict "
            "from marts.fct_observations join marts.dim_reports using (report_id)"
        )
    }
    gold = [row for row in rows(shared / "gold" / "observations.csv") if row["document"].endswith(".txt")]
    wrong = []
    for row in gold:
        key = (row["document"], row["indicator_code"], row["applicant_type"], row["period_basis"])
        want = (float(row["value"]) if row["value"] else None, row["source_kind"], row["has_conflict"] == "yes")
        if published.get(key) != want:
            wrong.append((key, published.get(key), want))
    assert gold and not wrong


def test_nothing_is_published_beside_the_gold_but_null_and_computed_values(built: Built, shared: Path) -> None:
    gold = {
        (row["document"], row["indicator_code"], row["applicant_type"], row["period_basis"])
        for row in rows(shared / "gold" / "observations.csv")
    }
    published = built.rows(
        "select source_file_name, indicator_code, applicant_type, period_basis from marts.fct_observations "
        "join marts.dim_reports using (report_id) where value is not null and source_kind != 'derived'"
    )
    assert set(published) <= gold


def test_a_figure_under_a_broken_sum_derives_nothing(built: Built) -> None:
    value, status, inputs = built.one(
        "select value, value_status, input_reading_ids from marts.fct_observations "
        "join marts.dim_reports using (report_id) "
        "where source_file_name like '000%' and indicator_code = 'requests_letter_fax_count'"
    )
    assert (value, status, len(inputs)) == (None, "not_applicable", 2)


def test_rows_not_printed_are_absent_and_never_zero(built: Built) -> None:
    absent = built.rows(
        "select source_file_name[:3], indicator_code from marts.fct_observations join marts.dim_reports "
        "using (report_id) where value_status = 'absent' and value is null order by all"
    )
    assert ("003", "disclosed_via_gazette_count") in absent
    assert ("000", "complaints_count") in absent
    assert not [row for row in absent if row[0] in ("001", "002") or row[1] == "key_area_disclosed_count"]
