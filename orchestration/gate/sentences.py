"""What a failed rule is told as: one sentence in each language, with how many, the share, and what is allowed.

The words of a rule stand in its suite (`fails_zh`, `fails_en`) or, for frames whose rules all fail alike, here. Words
in braces are taken from what was judged: checked, failing, examples, and what the frame says of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

TOLD_BY_FRAME: Mapping[str, tuple[str, str]] = {
    "keys": (
        "{table_name} 的 {checked} 行中有 {failing} 行的主键（{column_name}）为空或重复",
        "{failing} of {checked} rows of {table_name} have a key ({column_name}) that is missing or stands twice",
    ),
    "references": (
        "{table_name} 的 {checked} 行中有 {failing} 行的 {column_name} 在 {other_table} 中找不到",
        "{failing} of {checked} rows of {table_name} have a {column_name} that is not in {other_table}",
    ),
    "vocabulary": (
        "{subject} 有 {failing} 行用了词表之外的词：{words}",
        "{failing} rows have a word in {subject} that is outside the vocabulary: {words}",
    ),
    "findings": (
        "{checked} 份报告中有 {failing} 份见此问题：{rule_zh}",
        "{failing} of {checked} reports: {rule_en}",
    ),
}
"""The words of the frames whose rules all fail alike."""

LISTED = {"examples": "; ", "examples_zh": "；", "examples_en": "; "}
"""The words that are lists, and what a sentence puts between their items."""

TOLD = 5
"""How many items of a list a sentence names."""

KNOWN = {
    *("checked", "failing", "subject", "lost", "reports", "table_name", "column_name", "other_table"),
    *("expected_zh", "expected_en", *LISTED),
}
BRACED = re.compile(r"\{(\w*)\}")


def misspelt(sentence: str) -> str:
    """The words in braces that no frame has, joined by commas; empty where all are known."""
    return ", ".join(word for word in BRACED.findall(sentence) if word not in KNOWN)


def told(
    fails: tuple[str, str], frame: str, observed: Mapping[str, Any], arguments: Mapping[str, Any]
) -> tuple[str, str]:
    """The failure in Chinese and English.

    `fails` are the rule's own words, empty where the frame's do; `observed` is the judged row with every word that they
    ask for; `arguments` are those of the expectation, which say what is allowed.
    """
    zh, en = fails if all(fails) else TOLD_BY_FRAME[frame]
    in_zh, in_en = _allowance(observed, arguments)
    return _ended(_filled(zh, observed) + in_zh, "。"), _ended(_filled(en, observed) + in_en, ".")


def _ended(sentence: str, stop: str) -> str:
    return sentence if sentence.endswith(("。", ".")) else sentence + stop


def _filled(words: str, observed: Mapping[str, Any]) -> str:
    return BRACED.sub(
        lambda found: _joined(observed, found[1]) if found[1] in LISTED else _plain(observed.get(found[1], "")),
        words,
    )


def examples(row: Mapping[str, Any], column: str = "examples") -> tuple[str, ...]:
    """The examples of a judged row, in the column of one language or of none, as they stand there."""
    return tuple(str(row[column]).split("\n")) if row.get(column) else ()


def _joined(row: Mapping[str, Any], column: str) -> str:
    """The first examples as parts of one sentence, and how many more there are."""
    named = [example.rstrip("。.") for example in examples(row, column)[:TOLD]]
    more = int(row.get("examples_in_all", 0)) - len(named)
    return LISTED[column].join((*named, *([f"… +{more}"] if more > 0 else ())))


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _allowance(observed: Mapping[str, Any], arguments: Mapping[str, Any]) -> tuple[str, str]:
    """The share and what is allowed, in brackets: nothing for a rule that is not about a share."""
    column, most = str(arguments.get("column", "")), arguments.get("max_value")
    if not column.startswith("share") or most is None:
        return "", ""
    share, allowed = _percent(float(observed[column])), _percent(float(most))
    beyond_zh, beyond_en = ("，其中一个不计", ", one of them left out") if column != "share" else ("", "")
    return f"（{share} %{beyond_zh}，允许 {allowed} %）", f" ({share} %{beyond_en}, allowed {allowed} %)"


def _percent(share: float) -> str:
    return f"{100 * share:.3g}"


def words_outside(rows: Sequence[Mapping[str, Any]]) -> str:
    """The words of the broken rows of frame `vocabulary`, the first ten."""
    words = [str(row["value"]) for row in rows]
    return "、".join(words[:10]) + ("…" if len(words) > 10 else "")
