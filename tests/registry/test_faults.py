"""Each kind of contradiction in the registry is found, with file and line, and all are found at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.registry.load import load
from orchestration.registry.vocabulary import KNOWN

from .copied import Copy
from .planted import FAULTS
from .planted_series import SERIES_FAULTS

READERS = Path(load.__code__.co_filename).parents[1] / "reports"
ALL_FAULTS = {**FAULTS, **SERIES_FAULTS}


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "registry")


def test_the_copy_itself_is_sound(copy: Copy) -> None:
    assert load(copy.root).regions


@pytest.mark.parametrize("kind", ALL_FAULTS)
def test_a_planted_fault_is_found_where_it_stands(copy: Copy, kind: str) -> None:
    table, sentence, breaking = ALL_FAULTS[kind]
    line = breaking(copy)
    file = table if "/" in table else f"tables/{table}.csv"
    if kind == "broken YAML":
        line += 1
    found = copy.faults()
    assert any(fault.startswith(f"{file}:{line}: ") and sentence in fault for fault in found), found


def test_a_cell_without_its_reading_row_is_found_at_the_cell(copy: Copy) -> None:
    copy.drop("crosswalk", "complaints_count,fujian_2008")
    line = next(at for at, text in enumerate(copy.lines("template_cells"), 1) if text.startswith("fujian_2008,F.4,"))
    assert copy.faults() == (
        f"tables/template_cells.csv:{line}: F.4 carries complaints_count, but crosswalk.csv has no reading row for it.",
    )


def test_all_faults_are_reported_at_once_in_order(copy: Copy) -> None:
    third = copy.change("units", "亿元", "10000", "ten")
    first = copy.change("due_dates", "march_2019", "county", "village")
    second = copy.change("rules", "sum_of_children", ",error,", ",fatal,")
    copy.add("templates/fujian_2008.yml", "odd: [1, 2")
    files = [fault.rsplit(": ", 1)[0].split(": ")[0] for fault in copy.faults()]
    assert files[:3] == [f"tables/due_dates.csv:{first}", f"tables/rules.csv:{second}", f"tables/units.csv:{third}"]
    assert files[-1].startswith("templates/fujian_2008.yml:")


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        (b"\xff\xfe", 1, "the bytes are not UTF-8"),
        (b"rule_id,severity\n", 1, "the header is not rule_id,severity,height"),
        (b"", 1, "the header is not"),
    ],
)
def test_a_table_out_of_use_is_reported_without_the_noise_it_makes(
    copy: Copy, data: bytes, line: int, sentence: str
) -> None:
    copy.path("rules").write_bytes(data)
    found = copy.faults()
    assert len(found) == 1
    assert found[0].startswith(f"tables/rules.csv:{line}: {sentence}")


def test_an_open_quotation_mark_is_found(copy: Copy) -> None:
    copy.add("sources", 'odd,"甲', "乙,丙")
    assert copy.faults() == ("tables/sources.csv:1: a field spans lines, or a quotation mark is not closed.",)


def test_a_missing_file_is_found(copy: Copy) -> None:
    copy.path("rules").unlink()
    copy.path("wording/identity.yml").unlink()
    assert copy.faults() == ("tables/rules.csv:1: the file is missing.", "wording/identity.yml:1: the file is missing.")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("kinds: [", "kinda: [", "kinda is read by nobody."),
        ("kinds: [报告, ", "kinds: [报告, 报告, ", "kinds is not a list of words, each once."),
        ("kinds: [", "kinds: [2016, ", "kinds is not a list of words, each once."),
        ("country: ", "country: # ", "country is not one word."),
        ("first_year_of_reports: ", "first_year_of_reports: early ", "first_year_of_reports is not one whole number."),
        ("government_of: {", "government_of: {'': x, ", "government_of is not words and what each stands for."),
    ],
)
def test_a_word_list_that_is_unknown_or_of_another_form_is_found(copy: Copy, old: str, new: str, sentence: str) -> None:
    line = copy.change("wording/identity.yml", old, old, new)
    assert f"wording/identity.yml:{line}: {sentence}" in copy.faults()


def test_a_word_list_that_is_missing_or_stands_twice_is_found(copy: Copy) -> None:
    copy.drop("wording/identity.yml", "told: [")
    line = copy.add("wording/identity.yml", "stamps: [(印)]")
    first = next(at for at, text in enumerate(copy.lines("wording/identity.yml"), 1) if text.startswith("stamps: "))
    assert copy.faults() == (
        "wording/identity.yml:1: told is missing.",
        f"wording/identity.yml:{line}: stamps stands at line {first} already.",
    )


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_word_list_is_read_by_somebody(name: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in READERS.rglob("*.py"))
    assert [key for key in KNOWN[name] if f'"{key}"' not in code and f"'{key}'" not in code] == []
