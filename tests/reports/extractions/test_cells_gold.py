"""The tables of the real reports against their gold, cell by cell."""

from __future__ import annotations

import csv
from pathlib import Path

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.cells import read_tables
from orchestration.reports.extractions.match import score_templates


def gold_rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "gold" / "readings.csv").open(encoding="utf-8", newline="") as file:
        return [r for r in csv.DictReader(file) if r["source_kind"] == "table" and r["document"].endswith(".txt")]


def test_the_tables_of_the_real_reports(registry: Registry, shared: Path) -> None:
    gold = gold_rows(shared)
    for path in sorted((shared / "reports").glob("*.txt")):
        document = read(path.read_bytes(), path.name)
        template = registry.templates[score_templates(document, registry)[0].template_id]
        found = {
            (r.indicator_code, r.period_basis, r.value, r.value_status): r
            for r in read_tables(document, template, registry).readings
            if r.indicator_code
        }
        wanted = {
            (g["indicator_code"], g["period_basis"], float(g["value"]) if g["value"] else None, g["value_status"]): g
            for g in gold
            if g["document"] == path.name and g["graded"] == "yes"
        }
        assert found.keys() == wanted.keys(), path.name
        for key, reading in found.items():
            assert reading.line is not None
            assert -1 <= reading.line - int(wanted[key]["line"]) <= 6
            assert (reading.value_text or "") == document.text[reading.char_start : reading.char_end]
