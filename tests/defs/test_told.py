"""The lines at the end of a run: English first, then Chinese, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from orchestration.defs import told as of_told
from orchestration.defs.asked import Asked
from orchestration.defs.told import _failure_lines, quarantine_words, told
from orchestration.gate.judge import judge
from orchestration.publication.history import use
from orchestration.publication.release import publish
from orchestration.registry.load import load
from orchestration.registry.model import Exclusion
from orchestration.storage.known import candidates_of
from tests.gate.handmade import build, change, settings_at


def held(detail: str | None, reason: str = "agency_ambiguous") -> dict[str, str | None]:
    """A row of the catalogue in quarantine."""
    return {"reason_code": reason, "reason_detail": detail}


@pytest.mark.parametrize(
    ("number", "further", "told"),
    [
        (0, 0, ()),
        (2, 0, ("p0", "p1")),
        (5, 0, ("p0", "p1", "p2", "p3", "p4")),
        (19, 0, ("p0", "p1", "p2", "p3", "p4", "… +14")),
        (20, 80, ("p0", "p1", "p2", "p3", "p4", "… +95")),
    ],
)
def test_five_candidates_are_named_and_the_others_counted(number: int, further: int, told: tuple[str, ...]) -> None:
    names = [f"p{place}" for place in range(number)] + ([f"… +{further}"] if further else [])
    assert candidates_of("; ".join(names) or None, 5) == told


def test_candidates_are_named_once_after_the_reason_in_english_and_chinese() -> None:
    words = quarantine_words(held("; ".join(f"某县{place}" for place in range(19))))
    reason = load().issue_codes["agency_ambiguous"]
    assert words.startswith(f"{reason.reason_en} {reason.reason_zh} Candidates 候选: 某县0; ")
    assert words.endswith("某县4; … +14") and words.count("某县0") == 1


def test_a_lone_candidate_is_said_to_be_unproved() -> None:
    words = quarantine_words(held("甲县石桥镇", "region_unresolved"))
    assert words.startswith(
        "The name fits 甲县石桥镇 alone, but the name alone does not prove it; a row in agencies.csv"
    )
    assert words.count("甲县石桥镇") == 1 and "could not be made out" not in words


def test_a_reason_without_candidates_is_told_alone() -> None:
    reason = load().issue_codes["empty_file"]
    assert quarantine_words(held(None, "empty_file")) == f"{reason.reason_en} {reason.reason_zh}"


@pytest.mark.parametrize("stops", [("", ""), ("。", ".")])
def test_the_reason_of_an_exclusion_is_a_sentence_of_its_own(
    stops: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    why = Exclusion("f" * 64, f"误收的草稿{stops[0]}", f"A draft{stops[1]}", "来函", "编辑", date(2020, 1, 10))
    monkeypatch.setattr(of_told, "load", lambda: replace(load(), exclusions={why.document_id: why}))
    words = quarantine_words(held(None, "document_excluded") | {"document_id": why.document_id})
    assert ". Reason: A draft. Evidence: 来函 (编辑, 2020-01-10). " in words
    assert words.endswith("。理由：误收的草稿。依据：来函（编辑，2020-01-10）。")


def test_an_excused_rule_says_until_when_and_by_whom() -> None:
    rule = {"rule_id": "r", "outcome": "excused", "severity": "critical", "name_en": "n", "name_zh": "名"}
    rule |= {"told_en": "One fails.", "told_zh": "一项不符。", "why_en": "Excused by a reviewer.", "why_zh": "已豁免。"}
    assert list(_failure_lines(rule)) == [
        "      excused: One fails. Excused by a reviewer. 一项不符。 已豁免。 (r)",
    ]


def test_a_release_chosen_by_hand_is_said_to_be_and_refuses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_at(tmp_path / "data")
    build(settings.warehouse, years=(2017,))
    asked = Asked(settings, (), samples=False)
    for value in (120, 121):
        change(
            settings,
            f"update marts.fct_observations set value = {value} where reading_id = 'r0y2017i0'",
            f"update marts.fct_readings set value = {value}, value_text = '{value}' where reading_id = 'r0y2017i0'",
            f"update marts.fct_proactive_disclosures set proactive_info_count = {value} where report_id = 'r0y2017'",
        )
        assert judge(settings, 2017).passed and publish(settings).released
    assert told(asked, (), ()) == 0
    assert "chosen by hand" not in capsys.readouterr().out

    use(settings, "v2020.01.1")
    assert told(asked, (), ()) == 0
    printed = capsys.readouterr().out
    assert "Release v2020.01.1 was chosen by hand" in printed and "`releases use v2020.01.2` leads forward" in printed
    assert "2017  set back by hand: 3 reports, final, unchanged" in printed and "run again" not in printed

    change(settings, "update marts.dim_reports set published_on = signed_on + 2 where report_id = 'r2y2017'")
    assert judge(settings, 2017).passed
    assert told(asked, (), ()) == 3
    assert "2017  NOT published" in capsys.readouterr().out
    assert publish(settings).release_id == "v2020.01.3" and told(asked, (2017,), ()) == 0
    assert "chosen by hand" not in capsys.readouterr().out
