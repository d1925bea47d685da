"""The prose of the shared real texts against what a careful person reads in them."""

from __future__ import annotations

import csv
import runpy
from collections import Counter
from pathlib import Path

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.model import Identity
from orchestration.reports.extractions.narrative import read_narrative


def test_the_real_texts_are_read_as_a_careful_person_reads_them(shared: Path, registry: Registry) -> None:
    """The shared gold, compared as the shared scorer compares."""
    score = runpy.run_path(str(shared / "score.py"))
    with (shared / "gold" / "readings.csv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    with (shared / "gold" / "identity.csv").open(encoding="utf-8", newline="") as file:
        identities = [row for row in csv.DictReader(file) if row["document"].endswith(".txt")]
    counts: Counter[str] = Counter()
    said: list[str] = []
    for row in identities:
        document = read((shared / "reports" / row["document"]).read_bytes(), row["document"])
        identity = Identity(
            agency_name=row["agency_name"], agency_level="township", report_year=int(row["report_year"])
        )
        found = read_narrative(document, registry.templates[row["template_id"]], identity, registry)
        mine = [r for r in gold if r["document"] == row["document"]]
        got = {"readings": [r._asdict() for r in found]}
        score["score_readings"]("narrative", mine, got, document.text, counts, said.append)
    assert said == []
    assert counts["narrative.of"] > 50
    for figure in ("unit", "place", "evidence"):
        assert counts[f"{figure}.ok"] == counts[f"{figure}.of"] > 0
