"""Why a file is in quarantine, in the words that a person reads: in the terminal, in the warehouse, in the release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestration.registry.model import Registry
from orchestration.reports.issues import exclusion_words
from orchestration.storage.known import CANDIDATES_NAMED, DOCUMENT_EXCLUDED, candidates_of

LONE_ZH = "名称只对应{}，但仅凭名称不能证明；在 agencies.csv 中登记后即可确认。"
LONE_EN = "The name fits {} alone, but the name alone does not prove it; a row in agencies.csv confirms it."
"""A name that only one place bears: what is missing is the proof, not the place."""


def reason_words(row: Mapping[str, Any], registry: Registry) -> tuple[str, str]:
    """The reason of a row of the catalogue in Chinese and in English, with the candidates where there are some."""
    code = registry.issue_codes[row["reason_code"]]
    excluded = exclusion_words(row["document_id"], registry) if row["reason_code"] == DOCUMENT_EXCLUDED else None
    if excluded is not None:
        return excluded
    named = candidates_of(row["reason_detail"], CANDIDATES_NAMED)
    if len(named) == 1:
        return LONE_ZH.format(named[0]), LONE_EN.format(named[0])
    candidates = "; ".join(named)
    if not candidates:
        return code.reason_zh, code.reason_en
    return f"{code.reason_zh}候选：{candidates}。", f"{code.reason_en} Candidates: {candidates}."
