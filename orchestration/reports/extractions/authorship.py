"""Rules about who reports: what a report does not say of itself, and another agency in its agency's place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.reports.extractions.evidence import Evidence
from orchestration.reports.extractions.letterhead import lines_of, signatures
from orchestration.reports.extractions.model import Finding

_TOWNSHIP = r"(?P<name>[\u4e00-\u9fff]{2,14}?)(?:街道|镇|乡)(?:办事处|办|人民政府|政府)?"
_AUTHOR = re.compile(rf"{_TOWNSHIP}$")
_ANNOUNCED = re.compile(rf"现将{_TOWNSHIP}(?:19|20)\d\d年")
_ABOVE = re.compile(r"^.*[省市区县旗州盟](?=[\u4e00-\u9fff]{2,})")


def identity_gaps(evidence: Evidence) -> Iterator[Finding]:
    """identity_incomplete: no date at all or no agency named; only info where the period or the region is missing.

    A region that is not resolved may be our ignorance as well as the report's silence.
    """
    identity = evidence.identity
    dated = identity.published_on is not None or identity.signed_on is not None
    named = identity.agency_name is not None
    placed = identity.region_resolution in ("exact", "by_county") or identity.agency_level == "ministry"
    timed = identity.period_start is not None or identity.period_end is not None
    gaps = [
        ("日期", "a date", dated),
        ("统计期间", "a period", timed),
        ("编制机关", "its agency", named),
        ("机关所在的行政区划", "where its agency belongs", placed),
    ]
    missing = [(zh, en) for zh, en, present in gaps if not present]
    if missing:
        yield evidence.finding(
            "identity_incomplete",
            f"报告没有写明{'、'.join(zh for zh, _ in missing)}。",
            f"The report does not state {', '.join(en for _, en in missing)}.",
            actual="; ".join(en for _, en in missing),
            severity=None if not (dated and named) else "info",
        )


def agency_mismatches(evidence: Evidence) -> Iterator[Finding]:
    """agency_mismatch: a township signs, or announces the report, that is not the one of the title.

    Only townships are compared: their names share no words unless they are the same, while departments are named in
    many ways.
    """
    title = "".join((evidence.identity.title or "").split())
    if not re.search(_TOWNSHIP, title):
        return
    told = {name: words for name, words in _named(evidence) if not _shares_words(name, title)}
    for words in told.values():
        yield evidence.finding(
            "agency_mismatch",
            f"题名是“{title}”，而文中以“{words}”的名义报告。",
            f"The title is “{title}”, but the text reports in the name of “{words}”.",
            expected=evidence.identity.agency_name,
            actual=words,
        )


def _named(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The townships that sign or announce the report: the name without what lies above it, and the words."""
    for signature in signatures(lines_of(evidence.document)):
        words = signature.author or signature.above
        author = _AUTHOR.search(words)
        if author and signature.day == evidence.identity.signed_on:
            yield _ABOVE.sub("", author["name"]), words
    for paragraph in evidence.paragraphs:
        for hit in _ANNOUNCED.finditer(paragraph.text):
            yield _ABOVE.sub("", hit["name"]), hit[0].removeprefix("现将")


def _shares_words(name: str, title: str) -> bool:
    """Whether two neighbouring characters of the name stand in the title, so that both may be one agency."""
    return any(name[at : at + 2] in title for at in range(len(name) - 1)) or len(name) < 2
