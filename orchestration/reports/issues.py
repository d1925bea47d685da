"""Issue codes: the closed list of reasons why a figure or a document is not plainly readable.

The list itself is the registry's table issue_codes; here it is only held to.
"""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.registry.model import IssueCode, Registry


class UnknownIssueCodeError(LookupError):
    """A part of the library used a code that the registry does not list: a fault of ours, never of a document."""


def closed(codes: Iterable[str], registry: Registry) -> tuple[str, ...]:
    """The codes, each once, in the order of first use; raises UnknownIssueCodeError for one that is not registered."""
    kept = tuple(dict.fromkeys(codes))
    unknown = [code for code in kept if code not in registry.issue_codes]
    if unknown:
        raise UnknownIssueCodeError(f"issue code not in registry table issue_codes: {', '.join(unknown)}")
    return kept


def quarantining(codes: Iterable[str], registry: Registry) -> IssueCode | None:
    """The first of the codes that keeps its document out of the year; None if all may be published."""
    return next((registry.issue_codes[code] for code in codes if registry.issue_codes[code].quarantines), None)


def exclusion_words(document_id: str, registry: Registry) -> tuple[str, str] | None:
    """Why these bytes are never used (exclusions.csv), with evidence and author, in two languages; else None."""
    why = registry.exclusions.get(document_id)
    if why is None:
        return None
    code = registry.issue_codes["document_excluded"]
    return (
        f"{code.reason_zh}理由：{_ended(why.reason_zh, '。')}"
        f"依据：{why.evidence}（{why.excluded_by}，{why.excluded_on}）。",
        f"{code.reason_en} Reason: {_ended(why.reason_en, '.')}"
        f" Evidence: {why.evidence} ({why.excluded_by}, {why.excluded_on}).",
    )


def _ended(words: str, stop: str) -> str:
    """What a person wrote, ended with a stop where it was left without one."""
    return words if words.endswith(tuple("。.！!？?；;")) else f"{words}{stop}"
