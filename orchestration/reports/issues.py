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
