"""A document that must never be used stays in sight: set aside with its reason, received in coverage, never missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from orchestration.reports.provenance import agency_id

from .conftest import DBT_PROJECT, Build
from .handmade import Built, Extractions

AGENCY = "石桥镇人民政府"
HEADER = "document_id,reason_zh,reason_en,evidence,excluded_by,excluded_on"


def excluding(root: Path, *documents: str) -> str:
    """The --vars of a registry that is as it is but for these exclusions."""
    tables = root / "tables"
    shutil.copytree(DBT_PROJECT.parent / "orchestration" / "registry" / "tables", tables)
    lines = [f"{document},系伪造,It is forged,公告,编辑,2018-05-02" for document in documents]
    (tables / "exclusions.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return json.dumps({"registry_tables": str(tables)})


@pytest.fixture(scope="module")
def built(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An agency seen in 2016, whose report of 2017 is excluded, and an exclusion of a document that is not here."""
    root = tmp_path_factory.mktemp("excluded")
    extractions = Extractions()
    extractions.reading(extractions.report(AGENCY, 2016), "proactive_info_count", 100, cell_id="B.1.1")
    extractions.reading(extractions.report("望云乡人民政府", 2017), "proactive_info_count", 7, cell_id="B.1.1")
    aside = {"reason_zh": "不得使用。系伪造", "reason_en": "Never to be used. It is forged"}
    forged = extractions.document(
        "forged.txt",
        report_year=2017,
        agency_id=agency_id(AGENCY),
        stage="documents",
        reason_code="document_excluded",
        **aside,
    )
    extractions.write(root)
    done = build(root, "--vars", excluding(root, forged, "0" * 64))
    assert done.status == 0, done.printed
    return done


def test_coverage_says_that_the_file_came_in_and_why_it_is_not_used(built: Built) -> None:
    row = built.one(
        "select expected, received, extracted, quarantine_reason from audit.aud_coverage"
        " where agency_id = ? and report_year = 2017",
        agency_id(AGENCY),
    )
    assert row == (True, True, False, "document_excluded")
    told = built.one("select reason_zh, reason_en from audit.aud_quarantine where source_uri = 'forged.txt'")
    assert told == ("不得使用。系伪造", "Never to be used. It is forged")


def test_an_exclusion_whose_document_has_not_landed_is_warned_of(built: Built) -> None:
    assert "WARN 1 exclusions_have_landed" in built.printed, built.printed
