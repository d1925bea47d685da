"""CHANGES.md says by year, indicator and cause why a number differs from the release before, and nothing else."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml

from orchestration import registry
from orchestration.gate.judge import judge
from orchestration.gate.suites import EXPECTATIONS
from orchestration.publication import lists, release
from orchestration.publication.release import publish
from orchestration.reports.provenance import hashed
from orchestration.settings import Settings
from tests.gate.faults import FAULTS
from tests.gate.handmade import AGENCIES, COLUMNS, FIGURES, add_report, change, forget

TABLES = Path(registry.__file__).parent / "tables"
CODES = tuple(code for code, *_ in FIGURES)


def changes(settings: Settings, *years: int) -> str:
    """Judge these years, publish, and return CHANGES.md of the release that comes of it."""
    for year in years:
        assert judge(settings, year).passed
    made = publish(settings)
    assert made.released and made.folder is not None
    return (made.folder / "CHANGES.md").read_text(encoding="utf-8")


def summary(page: str) -> list[str]:
    """The lines of the chapter that sums up."""
    return [line for line in page.split("## 概要")[1].split("## ")[0].splitlines() if line.startswith("- ")]


def chapters(page: str) -> list[str]:
    """The Chinese titles of the chapters, in order."""
    return [line.removeprefix("## ").split(" · ")[0] for line in page.splitlines() if line.startswith("## ")]


def counted(page: str) -> set[tuple[str, ...]]:
    """(indicator, cause, added, removed, changed) of every row of the values."""
    found = set()
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0].split("`")[1:2] and cells[0].split("`")[1] in CODES:
            found.add((cells[0].split("`")[1], *cells[1:]))
    return found


def revise(settings: Settings, agency: int, year: int) -> None:
    """A second file of an agency's report, whose first figure is another; the first version is kept."""
    report = f"r{agency}y{year}"
    statements = [f"update marts.dim_reports set is_current = false where report_id = '{report}'"]
    for table, columns in COLUMNS.items():
        if "report_id text" not in columns:
            continue
        changed = [f"'{report}b' as report_id"]
        if "document_id text" in columns:
            changed.append("'b' || substr(document_id, 2) as document_id")
        if "source_uri text" in columns:
            changed.append("replace(source_uri, '.txt', '（修订）.txt') as source_uri")
        if "is_current" in columns:
            changed.append("true as is_current")
        if "value double" in columns:
            changed.append("if(indicator_code = 'proactive_info_count', 77, value) as value")
        for key in ("reading_id", "finding_id"):
            if f"{key} text" in columns:
                changed.append(f"replace({key}, '{report}', '{report}b') as {key}")
        if "value_text text" in columns:
            changed.append("if(indicator_code = 'proactive_info_count', '77', value_text) as value_text")
        if "reading_ids text[]" in columns:
            name = "reading_ids" if " reading_ids text[]" in columns else "input_reading_ids"
            changed.append(f"list_transform({name}, lambda x: replace(x, '{report}', '{report}b')) as {name}")
        if "proactive_info_count double" in columns:
            changed.append("77 as proactive_info_count")
        statements.append(
            f"insert into {table} select * replace ({', '.join(changed)}) from {table} where report_id = '{report}'"
        )
        if table.startswith("marts.fct_") and "reading_id" not in columns and "finding_id" not in columns:
            statements.append(f"delete from {table} where report_id = '{report}'")
    change(settings, *statements)


def receive(settings: Settings, agency: int, year: int) -> None:
    """Put a sound report into the warehouse."""
    with duckdb.connect(str(settings.warehouse)) as connection:
        add_report(connection, agency, year)


@pytest.fixture
def corrections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corrections.csv of the test's own, beside the tables of the registry as they are."""
    tables = tmp_path / "tables"
    shutil.copytree(TABLES, tables)
    monkeypatch.setattr(lists, "REGISTRY_TABLES", tables)
    return tables / "corrections.csv"


def correct(settings: Settings, path: Path, agency: int, year: int, expected: str, value: float) -> None:
    """Correct the first figure of a report, in the registry's table and in the warehouse."""
    key = (AGENCIES[agency], str(year), CODES[0], "total", "year")
    row = (*key, expected, "replace", f"{value:g}", "多印一位", "来函", "编辑", "2020-01-10")
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(row)
    change(
        settings,
        f"update marts.fct_observations set value = {value}, source_kind = 'correction',"
        f" correction_id = '{hashed(*key)}' where reading_id = 'r{agency}y{year}i0'",
        f"update marts.fct_proactive_disclosures set proactive_info_count = {value},"
        f" corrected_indicators = '{CODES[0]}' where report_id = 'r{agency}y{year}'",
    )


def excused(settings: Settings, year: int, rule_id: str, folder: Path) -> None:
    """Judge the year, which passes, with an excuse for one rule."""
    expectations = folder / "expectations"
    shutil.copytree(EXPECTATIONS, expectations)
    row = {
        "rule": rule_id,
        "year": year,
        "reason": "原件受损",
        "evidence": "公告",
        "by": "审核人",
        "until": date(2021, 1, 1),
    }
    told = yaml.safe_dump({"exceptions": [row]}, allow_unicode=True)
    (expectations / "exceptions.yml").write_text(told, encoding="utf-8")
    assert judge(settings, year, expectations).passed


def test_a_correction_an_excuse_a_revision_and_a_parser_change_are_four_releases(
    root: Settings, corrections: Path, tmp_path: Path
) -> None:
    changes(root)

    correct(root, corrections, 0, 2017, "120", 12)
    page = changes(root, 2017)
    assert summary(page) == [
        "- `correction` 更正表有增改 · a row of the corrections: 1 (2017)",
        "- 更正表的行 · rows of the corrections: 1 新增 added",
    ]
    assert chapters(page) == ["概要", "年度", "更正", "数值"]
    assert counted(page) == {(CODES[0], "correction", "0", "0", "1")}
    assert "replace 120 → 12 | — | 多印一位 | 来函 |" in page and "| correction | 120 | 12 |" in page

    excused(root, 2018, "no_sum_of_children", tmp_path)
    page = changes(root)
    assert summary(page) == ["- 没有数值变化。No value changed.", "- 豁免 · excuses: 1 新增 added"]
    assert chapters(page) == ["概要", "年度", "豁免"]
    assert "| 2018 | `no_sum_of_children` | 新增 added | applied | 原件受损 | 公告 | 2021-01-01 |" in page

    revise(root, 1, 2017)
    change(root, "update marts.dim_reports set published_on = '2018-06-01' where report_id = 'r1y2017b'")
    page = changes(root, 2017)
    assert summary(page) == [
        "- `revision` 报告的新版本或新附件 · a new version of the report, or a new file of it: 1 (2017)"
    ]
    assert chapters(page) == ["概要", "年度", "报告", "数值"]
    name, day = f"2017/{AGENCIES[1]}", "2018-06-01"
    assert f"| 2017 | revision | {AGENCIES[1]} | {name}.txt | — | {name}（修订）.txt | {day} |" in page
    assert counted(page) == {(CODES[0], "revision", "0", "0", "1")} and "| revision | 121 | 77 |" in page

    change(
        root,
        "update marts.dim_reports set extractor_version = '2' where report_year = 2017",
        "update marts.fct_observations set value = 3 where reading_id = 'r2y2017i1'",
        "update marts.fct_readings set value = 3, value_text = '3' where reading_id = 'r2y2017i1'",
        "update marts.fct_requests set requests_received_count = 3 where report_id = 'r2y2017'",
    )
    page = changes(root, 2017)
    assert summary(page) == ["- `parser` 读取程序更新 · the reading program is another version: 1 (2017)"]
    assert chapters(page) == ["概要", "年度", "由何制成", "数值"]
    assert counted(page) == {(CODES[1], "parser", "0", "0", "1")}
    assert "| 2017 | 读取程序 reading program | `1` | `2` |" in page


def test_an_excuse_lets_a_refused_year_in(root: Settings, tmp_path: Path) -> None:
    change(root, *FAULTS["value_equals_reading"])
    assert not judge(root, 2017).passed
    changes(root, 2018)
    excused(root, 2017, "value_equals_reading", tmp_path)
    page = changes(root)
    zh, en = "年度首次发布", "the year is published for the first time"
    assert summary(page) == [f"- `new_year` {zh} · {en}: 9 (2017)", "- 豁免 · excuses: 1 新增 added"]
    assert "| 2017 | published | final | refused → passed | 审核通过，但以下规则因豁免而不计：value_equals_r" in page
    assert "The gate passed it with these rules excused: value_equals_reading." in page
    assert "The gate passed it. |" in page, "a year without an excuse says so"
    assert "| 2017 | 3 | 3 | 9 |" in page and counted(page) == set() and "报告" not in chapters(page)


def test_a_first_release_has_one_line_for_each_year(root: Settings) -> None:
    page = changes(root)
    assert chapters(page) == ["概要", "年度", "首次发布的年度"]
    assert "| 2017 | 3 | 3 | 9 |\n| 2018 | 3 | 3 | 9 |" in page and len(page.splitlines()) < 30


def listed(settings: Settings) -> list[tuple[str, ...]]:
    """Agency key, expected value, value, how often applied and state of every row of the release's corrections."""
    with (settings.publication / "current" / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        names = ("agency_key", "expected_value", "value", "applied_count", "state")
        return [tuple(row[name] for name in names) for row in csv.DictReader(file)]


def address(settings: Settings, agency: int, year: int, state: str) -> None:
    """What the warehouse says of the correction of a report's first figure."""
    key = (AGENCIES[agency], str(year), CODES[0], "total", "year")
    change(
        settings,
        f"delete from audit.aud_corrections where correction_id = '{hashed(*key)}'",
        f"insert into audit.aud_corrections by name select '{hashed(*key)}' as correction_id, 'a{agency}' as agency_id,"
        f" '{AGENCIES[agency]}' as agency_name, {year} as report_year, '{CODES[0]}' as indicator_code,"
        f" 'total' as applicant_type, 'year' as period_basis, '{state}' as state, '中文。' as message_zh,"
        " 'English.' as message_en",
    )


def test_a_refused_year_tells_the_corrections_that_were_applied(root: Settings, corrections: Path) -> None:
    correct(root, corrections, 0, 2017, "120", 12)
    address(root, 0, 2017, "applied")
    changes(root, 2017)
    assert listed(root) == [(AGENCIES[0], "120", "12", "1", "applied")]

    corrections.write_text(corrections.read_text(encoding="utf-8").replace(",120,", ",125,"), encoding="utf-8")
    address(root, 0, 2017, "expected_value_gone")
    correct(root, corrections, 1, 2017, "121", 13)
    address(root, 1, 2017, "applied")
    change(root, *FAULTS["value_equals_reading"])
    assert not judge(root, 2017).passed
    page = changes(root)
    assert listed(root) == [(AGENCIES[0], "120", "12", "1", "applied"), (AGENCIES[1], "121", "13", "0", "withheld")]
    assert summary(page) == [
        "- 没有数值变化。No value changed.",
        "- 更正表的行 · rows of the corrections: 1 新增 added",
    ]
    assert "| replace 121 → 13 | withheld |" in page
    folder = root.publication / "current"
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert "没有数值变化。No value changed." in html and "更正表有增改的行：1（2017）" in html
    with duckdb.connect(str(folder / "ogi_reports.duckdb"), read_only=True) as connection:
        told = connection.execute("select agency_id, state from aud_corrections").fetchall()
    assert told == [("a0", "applied")]
    with (folder / "known_issues.csv").open(encoding="utf-8-sig", newline="") as file:
        issues = [row for row in csv.DictReader(file) if row["source"] == "correction"]
    assert [(row["text_zh"], row["text_en"]) for row in issues] == [("中文。", "English.")]


def test_a_withdrawn_value_is_told_as_withdrawn(root: Settings) -> None:
    changes(root)
    change(
        root,
        "update marts.fct_observations set value = null, value_status = 'not_applicable', source_kind = 'correction',"
        " correction_id = 'c' where reading_id = 'r0y2017i0'",
        "update marts.fct_proactive_disclosures set proactive_info_count = null where report_id = 'r0y2017'",
    )
    page = changes(root, 2017)
    assert "| correction | 120 | withdrawn |" in page and "not_applicable" not in page


def test_a_correction_of_evidence_alone_is_a_release(root: Settings, corrections: Path) -> None:
    correct(root, corrections, 0, 2017, "120", 12)
    changes(root, 2017)
    corrections.write_text(corrections.read_text(encoding="utf-8").replace("来函", "网站更正"), encoding="utf-8")
    page = changes(root)
    assert summary(page) == [
        "- 没有数值变化。No value changed.",
        "- 更正表的行 · rows of the corrections: 1 变更 changed",
    ]
    assert "网站更正" in page


def test_reports_that_come_and_go_are_named(root: Settings) -> None:
    forget(root, 2018, (2,))
    change(root, "delete from audit.aud_quarantine where source_uri like '2018/%'")
    changes(root, 2018)
    receive(root, 2, 2018)
    page = changes(root, 2018)
    assert summary(page) == ["- `new_report` 新收到的报告 · a report that was not there before: 3 (2018)"]
    assert f"| 2018 | new_report | {AGENCIES[2]} | — | — | 2018/{AGENCIES[2]}.txt | — |" in page
    assert "| 2018 | `sum_of_children` | 2 | 3 |" in page


def test_a_document_that_was_there_is_no_new_report(root: Settings) -> None:
    forget(root, 2018, (2,))
    change(root, "update audit.aud_quarantine set report_year = null")
    changes(root, 2018)
    change(root, "delete from audit.aud_quarantine where source_uri like '2018/%'")
    receive(root, 2, 2018)
    change(root, "update marts.dim_reports set extractor_version = '2' where report_id = 'r2y2018'")
    page = changes(root, 2018)
    assert summary(page) == ["- `parser` 读取程序更新 · the reading program is another version: 3 (2018)"]


def test_an_excluded_document_and_its_return_are_told_with_agency_and_reason(root: Settings) -> None:
    changes(root, 2017, 2018)
    reason = "reason_code = 'document_excluded', reason_zh = '误收的草稿。', reason_en = 'A draft.'"
    for year in (2017, 2018):
        forget(root, year, (2,))
    change(
        root,
        f"update audit.aud_quarantine set {reason} where reason_code = 'no_report_year'",
        "create table marts.gone as select * from marts.dim_agencies where agency_id = 'a2'",
        "delete from marts.dim_agencies where agency_id = 'a2'",
    )
    page = changes(root, 2017, 2018)
    told, uri = "文件被排除，或不再排除 · a document was excluded, or is excluded no more", f"2018/{AGENCIES[2]}.txt"
    assert summary(page) == [f"- `exclusion` {told}: 6 (2017, 2018)"]
    assert f"| 2018 | exclusion | {AGENCIES[2]} | {uri} | — | — | — |" in page
    assert f"| 2018 | {AGENCIES[2]} | {uri} | 已排除 excluded | 误收的草稿。 A draft. |" in page
    html = (root.publication / "current" / "index.html").read_text(encoding="utf-8")
    assert "已排除 excluded" in html and "A draft." in html

    receive(root, 2, 2018)
    change(
        root,
        f"delete from audit.aud_quarantine where source_uri = '{uri}'",
        "insert into marts.dim_agencies from marts.gone",
    )
    page = changes(root, 2018)
    assert summary(page) == [f"- `exclusion` {told}: 3 (2018)"]
    assert f"| 2018 | {AGENCIES[2]} | {uri} | 不再排除 taken back | 误收的草稿。 A draft. |" in page


@pytest.mark.parametrize(
    ("other", "extractor", "cause"),
    [
        ({"registry": "r2"}, "1", "registry"),
        ({"models": "m2"}, "1", "models"),
        ({"registry": "r2", "models": "m2"}, "1", "registry"),
        ({"registry": "r2"}, "2", "parser_and_registry"),
        ({}, "2", "parser"),
        ({}, "1", "unexplained"),
    ],
)
def test_each_maker_is_told_apart(
    root: Settings, monkeypatch: pytest.MonkeyPatch, other: dict[str, str], extractor: str, cause: str
) -> None:
    making = {"registry": "r1", "models": "m1"}
    monkeypatch.setattr(release, "made_with", lambda: making)
    changes(root)
    making.update(other)
    change(
        root,
        f"update marts.dim_reports set extractor_version = '{extractor}' where report_year = 2017",
        "update marts.fct_observations set value = 130 where reading_id = 'r0y2017i0'",
        "update marts.fct_readings set value = 130, value_text = '130' where reading_id = 'r0y2017i0'",
        "update marts.fct_proactive_disclosures set proactive_info_count = 130 where report_id = 'r0y2017'",
    )
    page = changes(root, 2017)
    assert counted(page) == {(CODES[0], cause, "0", "0", "1")}
    assert ("由何制成" in chapters(page)) is (cause != "unexplained")


def test_a_kept_year_is_compared_with_what_it_was_made_with(root: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    making = {"registry": "r1", "models": "m1"}
    monkeypatch.setattr(release, "made_with", lambda: making)
    changes(root)
    making["registry"] = "r2"
    change(root, *FAULTS["value_equals_reading"])
    assert not judge(root, 2017).passed
    assert summary(changes(root)) == ["- 没有数值变化。No value changed."]
    change(
        root,
        "update marts.fct_observations set value = 130 where reading_id = 'r0y2017i0'",
        "update marts.fct_readings set value = 130, value_text = '130' where reading_id = 'r0y2017i0'",
        "update marts.fct_proactive_disclosures set proactive_info_count = 130 where report_id = 'r0y2017'",
    )
    assert {row[1] for row in counted(changes(root, 2017))} == {"registry"}
