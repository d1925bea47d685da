"""The suites as data: every rule is whole, every failure has its sentence, and what is wrong is named with its line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from orchestration.gate.sentences import told
from orchestration.gate.suites import EXPECTATIONS, SuiteError, load_exemptions, load_rules, load_titles

HAN = re.compile(r"[\u4e00-\u9fff]")
RULES = load_rules()
EXCUSE = "  - {{rule: {rule}, year: {year}, reason: 理由, evidence: letter, by: somebody, until: {until}}}\n"


@pytest.fixture
def expectations(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXPECTATIONS, tmp_path / "expectations"))


def test_every_rule_says_why_in_both_languages_and_since_when() -> None:
    for rule in RULES:
        assert HAN.search(rule.name_zh) and HAN.search(rule.why_zh), rule.rule_id
        assert not HAN.search(rule.name_en + rule.why_en), rule.rule_id
        assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since), rule.rule_id
    assert all(zh and en for zh, en in load_titles().values())


def test_every_failure_is_told_in_both_languages_without_a_gap() -> None:
    seen = {
        "checked": 10,
        "failing": 3,
        "share": 0.3,
        "share_beyond_one": 0.2,
        "examples": "a\nb",
        "examples_zh": "某处有误。\n别处也有误。",
        "examples_en": "One is wrong.\nSo is another.",
        "examples_in_all": 2,
        "expected_zh": "应报告的机关",
        "expected_en": "expected agencies",
        "table_name": "fct_readings",
        "column_name": "reading_id",
        "other_table": "dim_reports",
        "subject": "dim_reports.status",
        "words": "good",
        "rule_zh": "不平",
        "rule_en": "It does not balance",
    }
    for rule in RULES:
        zh, en = told((rule.fails_zh, rule.fails_en), rule.frame, seen, rule.arguments)
        assert HAN.search(zh) and zh.endswith(("。", ".")), rule.rule_id
        assert not HAN.search(en) and en.endswith(".") and "{" not in zh + en, rule.rule_id
        assert en.rstrip(".") != rule.name_en


def test_a_failure_is_one_sentence_that_names_a_few_and_counts_the_rest() -> None:
    words = "{checked} 条中 {failing} 条：{examples_zh}", "{failing} of {checked}: {examples_en}"
    seen = {"checked": 9, "failing": 7, "examples_in_all": 7}
    seen |= {"examples_zh": "\n".join(f"第{n}条。" for n in range(7))}
    seen |= {"examples_en": "\n".join(f"No. {n} is 1.5." for n in range(7))}
    zh, en = told(words, "coverage", seen, {})
    assert zh == "9 条中 7 条：第0条；第1条；第2条；第3条；第4条；… +2。"
    assert en == "7 of 9: " + "; ".join(f"No. {n} is 1.5" for n in range(5)) + "; … +2."


def test_a_share_is_told_with_what_is_allowed() -> None:
    words = "{checked} 个中 {failing} 个", "{failing} of {checked} files could not be read"
    zh, en = told(words, "coverage", {"checked": 10, "failing": 3, "share": 0.3}, {"column": "share", "max_value": 0.2})
    assert en == "3 of 10 files could not be read (30 %, allowed 20 %)."
    assert zh == "10 个中 3 个（30 %，允许 20 %）。"
    beyond = {"column": "share_beyond_one", "max_value": 0.1}
    _, en = told(words, "coverage", {"checked": 4, "failing": 2, "share_beyond_one": 0.25}, beyond)
    assert en == "2 of 4 files could not be read (25 %, one of them left out, allowed 10 %)."


@pytest.mark.parametrize(
    ("written", "told_of"),
    [
        (EXCUSE.format(rule="no_such_rule", year=2017, until="2027-01-01"), "no_such_rule is no rule of the suites"),
        (EXCUSE.format(rule="value_has_reading", year=1999, until="2027-01-01"), "1999 is no report year"),
        (EXCUSE.format(rule="value_has_reading", year=2017, until="some day"), "until 'some day' is no day"),
        (EXCUSE.format(rule="value_has_reading", year="soon", until="2027-01-01"), "year 'soon' is no year"),
        (EXCUSE.format(rule="''", year=2017, until="2027-01-01"), "rule is empty"),
        ("  - {rule: value_has_reading, year: 2017}\n", "until is missing"),
        (2 * EXCUSE.format(rule="value_has_reading", year=2017, until="2027-01-01"), "is excused twice in 2017"),
    ],
)
def test_a_faulty_excuse_is_named_with_file_and_line(expectations: Path, written: str, told_of: str) -> None:
    (expectations / "exceptions.yml").write_text(f"# none\nexceptions:\n{written}", encoding="utf-8")
    line = 2 + written.count("\n")
    with pytest.raises(SuiteError, match=rf"exceptions\.yml:{line}: .*{told_of}"):
        load_exemptions(RULES, [2017], expectations)


def test_a_faulty_rule_is_named_with_file_and_line(expectations: Path) -> None:
    path = expectations / "suites" / "coverage.yml"
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("  - id: year_has_reports")].count("\n") + 1
    path.write_text(text.replace("  - id: year_has_reports", "  - id: files_extracted"), encoding="utf-8")
    with pytest.raises(SuiteError, match=rf"coverage\.yml:{line}: files_extracted stands already at coverage\.yml:7"):
        load_rules(expectations)


@pytest.mark.parametrize(
    ("old", "new", "told_of"),
    [
        ("{failing} of {checked} files", "{broken} of {checked} files", "asks for broken, which no frame has"),
        ("    fails_en:", "    fails:", "has no fails_en"),
        ("    severity: critical", "    severity: fatal", "severity 'fatal' is none of"),
    ],
)
def test_a_rule_that_is_not_whole_is_refused(expectations: Path, old: str, new: str, told_of: str) -> None:
    path = expectations / "suites" / "coverage.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SuiteError, match=told_of):
        load_rules(expectations)
