"""The lines at the end of a run: English first, then Chinese, and nothing twice."""

from __future__ import annotations

import pytest

from orchestration.defs.told import _failure_lines, quarantine_words
from orchestration.registry.load import load
from orchestration.storage.known import candidates_of


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


def test_an_excused_rule_says_until_when_and_by_whom() -> None:
    rule = {"rule_id": "r", "outcome": "excused", "severity": "critical", "name_en": "n", "name_zh": "名"}
    rule |= {"told_en": "One fails.", "told_zh": "一项不符。", "why_en": "Excused by a reviewer.", "why_zh": "已豁免。"}
    assert list(_failure_lines(rule)) == [
        "      excused: One fails. Excused by a reviewer. 一项不符。 已豁免。 (r)",
    ]
