"""The release folder: complete, described, readable by people, spreadsheets and programs."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from orchestration.gate.judge import judge
from orchestration.publication.dictionary import split_languages
from orchestration.publication.examples import examples
from orchestration.publication.lists import registry_rows
from orchestration.publication.release import publish
from orchestration.publication.tables import TABLES
from orchestration.publication.verify import EXPECTED_FILES, verify
from orchestration.publication.views import VIEWS
from orchestration.registry.model import Registry
from orchestration.settings import Settings
from tests.gate.handmade import COLUMNS, change
from tests.publication.test_changes import revise


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file that must begin with a byte order mark."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_of_the_contract_is_missing(folder: Path) -> None:
    for name in (*EXPECTED_FILES, "SHA256SUMS", "verdicts/2017.json", "verdicts/2018.json"):
        assert (folder / name).is_file(), name
    for table in TABLES:
        assert list((folder / "parquet" / table.name).rglob("*.parquet")), table.name
        assert (folder / "csv" / f"{table.name}.csv").is_file() is (table.name != "fct_readings")
        assert (folder / "csv" / f"{table.name}.zh.csv").is_file() is table.wide


def test_the_database_holds_the_tables_and_views_and_nothing_else(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = os.path.relpath(folder / "ogi_reports.duckdb", tmp_path)
    with duckdb.connect(place, read_only=True) as connection:
        names = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        views = {
            name for (name,) in connection.execute("select view_name from duckdb_views() where not internal").fetchall()
        }
        assert names == {table.split(".")[1] for table in COLUMNS}
        assert views == {view.name for view in VIEWS}
        for table, columns in COLUMNS.items():
            described = connection.execute(f"describe {table.split('.')[1]}").fetchall()
            assert [row[0] for row in described] == [column.split()[0] for column in columns.split(", ")]


def test_the_view_answers_the_first_question(folder: Path) -> None:
    with duckdb.connect(str(folder / "ogi_reports.duckdb"), read_only=True) as connection:
        answer = connection.execute(examples()[0].query).fetchall()
        name = "临溪区柳河街道办事处"
        assert answer[0] == (2017, "白石县", name, 122.0, "条", "122", f"{name}.txt", None, 10)
        assert len(answer) == 6
        counts = connection.execute(
            "select (select count(*) from observations), (select count(*) from fct_observations)"
        ).fetchone()
        assert counts == (18, 18)
        words = connection.execute("select printed_words from findings where finding_id = 'r1y2018f'").fetchone()
        assert words == ("主动公开政府信息数: 121",)


def test_places_bear_the_names_of_the_reports_year(root: Settings) -> None:
    change(
        root,
        "update marts.dim_regions set region_name = '白石市', county_name = '白石市', valid_from = 2018"
        " where region_code = '990102'",
        "insert into marts.dim_regions values"
        " ('990107', '白石县', 'county', '9901', '云岭省', '青河市', '白石县', 2002, 2010),"
        " ('990107', '白石新县', 'county', '9901', '云岭省', '青河市', '白石新县', 2011, 2017)",
        "update marts.dim_agency_versions set valid_from = 2018 where agency_id in ('a0', 'a1')",
        "insert into marts.dim_agency_versions values ('a0', '白石新县石桥镇人民政府', '990107', 2011, 2017),"
        " ('a1', '青坪乡人民政府', null, 2011, 2017)",
    )
    for year in (2017, 2018):
        assert judge(root, year).passed
    folder = publish(root).folder
    assert folder is not None
    with duckdb.connect(str(folder / "ogi_reports.duckdb"), read_only=True) as connection:
        places = connection.execute(
            "select agency_id, report_year, region_code, county_name from report_places order by agency_id, report_year"
        ).fetchall()
        assert places == [
            ("a0", 2017, "990107", "白石新县"),
            ("a0", 2018, "990102", "白石市"),
            ("a1", 2017, None, None),
            ("a1", 2018, "990102", "白石市"),
            ("a2", 2017, "990102", "白石市"),
            ("a2", 2018, "990102", "白石市"),
        ]
        names = connection.execute("select distinct agency_name from report_places where agency_id = 'a0'").fetchall()
        assert names == [("白石县石桥镇人民政府",)]
        counts = connection.execute(
            "select (select count(*) from observations), (select count(*) from fct_observations)"
        ).fetchone()
        assert counts == (18, 18)


def test_superseded_versions_stay_in_the_tables_and_are_counted_nowhere_else(root: Settings) -> None:
    revise(root, 1, 2017)
    assert judge(root, 2017).passed
    folder = publish(root).folder
    assert folder is not None
    with duckdb.connect(str(folder / "ogi_reports.duckdb"), read_only=True) as connection:
        for table, rows_of in (("dim_reports", 7), ("fct_readings", 21), ("fct_findings", 7)):
            assert connection.execute(f"select count(*) from {table}").fetchone() == (rows_of,)
        for view, rows_of in (("observations", 18), ("findings", 6), ("contradictions", 6), ("report_places", 6)):
            told = connection.execute(
                f"select count(*), count(*) filter (report_id = 'r1y2017') from {view}"
            ).fetchone()
            assert told == (rows_of, 0), view
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'class="tile"><b>([\d,]+)</b>', html) == ["2", "3", "6", "18", "18", "6"]
    assert 'verdicts/2017.json">2017</a></td><td class="n">3</td><td class="n">9</td>' in html
    names = {row["agency_name"] for row in rows(folder / "documents.csv") if row["report_id"].startswith("r1y2017")}
    assert names == {"白石县青坪乡人民政府"}


def test_csv_parquet_and_database_hold_the_same_rows(folder: Path) -> None:
    with duckdb.connect(str(folder / "ogi_reports.duckdb"), read_only=True) as connection:
        for table in TABLES:
            counted = connection.execute(f"select count(*) from {table.name}").fetchone()
            files = folder / "parquet" / table.name / "**" / "*.parquet"
            names = connection.execute(f"describe {table.name}").fetchall()
            columns = ", ".join(row[0] for row in names)
            missing = connection.execute(
                f"select count(*) from (select {columns} from {table.name} except all"
                f" select {columns} from read_parquet('{files}', hive_partitioning = true))"
            ).fetchone()
            assert missing == (0,), table.name
            if table.name != "fct_readings":
                assert (len(rows(folder / "csv" / f"{table.name}.csv")),) == counted


def test_partitions_open_with_other_readers(folder: Path) -> None:
    frame = pd.read_parquet(folder / "parquet" / "fct_observations")
    assert sorted(frame["report_year"].astype(int).unique()) == [2017, 2018]


def test_csv_numbers_are_plain_and_lists_are_joined(folder: Path) -> None:
    observation = rows(folder / "csv" / "fct_observations.csv")[0]
    assert observation["value"] == "120" and observation["correction_id"] == ""
    assert rows(folder / "csv" / "fct_findings.csv")[0]["reading_ids"] == "r0y2017i0"
    assert {row["special_budget_amount"] for row in rows(folder / "csv" / "fct_capacity.csv")} == {"2.5", "3.5", "4.5"}


def test_the_wide_csv_for_people_has_chinese_headers_and_names(folder: Path) -> None:
    row = rows(folder / "csv" / "fct_capacity.zh.csv")[0]
    assert "专项经费（万元）" in row and "白石县石桥镇人民政府" in row.values()
    assert len(row) == len(set(row))
    assert list(row)[-1] == "corrected_indicators"


def test_every_column_is_in_the_dictionary(folder: Path) -> None:
    entries = rows(folder / "dictionary.csv")
    described = {(row["table_name"], row["column_name"]) for row in entries if row["kind"] == "column"}
    for table, columns in COLUMNS.items():
        for column in columns.split(", "):
            assert (table.split(".")[1], column.split()[0]) in described
    for view in VIEWS:
        assert any(row["kind"] == "column" and row["table_name"] == view.name for row in entries), view.name
    for row in entries:
        assert row["kind"] == "indicator_history" or (row["description_zh"] and row["description_en"]), row


def test_each_indicator_has_its_history_by_form(folder: Path, registry: Registry) -> None:
    entries = [row for row in rows(folder / "dictionary.csv") if row["kind"] == "indicator_history"]
    told = {(row["indicator_code"], row["template_id"]) for row in entries}
    assert {(row.indicator_code, row.template_id) for row in registry.crosswalk} == told
    granted = [row for row in entries if row["indicator_code"] == "reply_granted_count"]
    assert {(row["template_id"], row["comparability"], row["first_report_year"]) for row in granted} >= {
        ("national_2014", "exact", "2014"),
        ("national_2019", "approximate", "2019"),
    }
    assert all(row["name_zh"] and (row["comparability"] == "exact" or row["description_en"]) for row in granted)


def test_usage_warnings_are_of_the_vocabulary_and_about_something(folder: Path, registry: Registry) -> None:
    entries = [row for row in rows(folder / "dictionary.csv") if row["kind"] == "usage_warning"]
    assert len(entries) == len(registry.usage_warnings)
    assert {row["warning_code"] for row in entries} == {row["warning_code"] for row in registry_rows("warning_codes")}
    named = {table.name for table in TABLES} | {view.name for view in VIEWS}
    for row in entries:
        assert row["table_name"] in named or row["indicator_code"] in registry.indicators, row
        assert row["description_zh"] in (folder / "dictionary.md").read_text(encoding="utf-8"), row


def test_the_page_of_the_dictionary_begins_with_what_to_use(folder: Path) -> None:
    page = (folder / "dictionary.md").read_text(encoding="utf-8")
    assert page.index("用哪张表") < page.index("表 · Tables") and "主动公开政府信息数" in page


def test_the_sources_and_their_licence_are_told(folder: Path, registry: Registry) -> None:
    for name, language in (("README.md", "en"), ("README.zh.md", "zh")):
        text = (folder / name).read_text(encoding="utf-8")
        for source in registry.sources:
            assert source.address in text and getattr(source, f"licence_{language}") in text


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ("每行一份报告。 One row per report.", "每行一份报告。", "One row per report."),
        ("One row per report. 每行一份报告；编号稳定。", "每行一份报告；编号稳定。", "One row per report."),
        ("申请数（件）。Requests (件).", "申请数（件）。", "Requests (件)."),
        ("行号。 The line, from 1. Null for a page.", "行号。", "The line, from 1. Null for a page."),
    ],
)
def test_descriptions_are_told_apart_by_language(words: str, zh: str, en: str) -> None:
    assert split_languages(words) == (zh, en)


def test_the_data_package_tells_the_truth(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names)) and all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if resource["format"] == "csv":
            head = next(csv.reader([data.decode("utf-8-sig").splitlines()[0]]))
            assert [field["name"] for field in resource["schema"]["fields"]] == head
            assert set(resource["schema"].get("primaryKey", [])) <= set(head)
            for reference in resource["schema"].get("foreignKeys", []):
                assert reference["reference"]["resource"] in names


def test_the_page_is_self_contained_bilingual_and_escapes(folder: Path) -> None:
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert not any(word in html for word in ("http:", "https:", "<script", "@import", "src=", "<b>.txt"))
    assert "odd/&lt;b&gt;.txt" in html and "<svg" in html
    for words in ("审核", "verdict", "主动公开政府信息数: 121", "临溪区柳河街道办事处", "findings"):
        assert words in html
    for link in re.findall(r'href="([^"]+)"', html):
        assert (folder / link).exists(), link


def test_the_lists_say_what_became_of_every_file(folder: Path) -> None:
    documents = rows(folder / "documents.csv")
    assert len(documents) == 7
    assert {row["status"] for row in documents} == {"published", "quarantined"}
    assert {row["agency_name"] for row in rows(folder / "coverage.csv")} >= {"白石县石桥镇人民政府"}
    issues = {row["issue_code"] for row in rows(folder / "known_issues.csv")}
    assert {"no_sum_of_children", "empty_file"} <= issues
    changes = (folder / "CHANGES.md").read_text(encoding="utf-8")
    assert "首次发布" in changes and "| 2018 | 3 | 3 | 9 |" in changes


def test_no_file_names_the_machine(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.suffix in {".md", ".html", ".json", ".csv", ".cff"}:
            assert str(folder.parents[3]) not in path.read_text(encoding="utf-8"), path.name


def test_verify_sees_what_was_tampered_with(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    assert verify(copy) == []
    (copy / "csv" / "dim_reports.csv").write_bytes(b"")
    (copy / "coverage.csv").unlink()
    (copy / "extra.txt").write_text("x", encoding="utf-8")
    assert verify(copy) == [
        "coverage.csv is missing",
        "extra.txt is not in SHA256SUMS",
        "csv/dim_reports.csv has other bytes than published",
    ]
    assert len(verify(tmp_path / "nowhere")) == 1
