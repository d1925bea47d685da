"""Rules about who reports: what a report does not say of itself, and another agency in its agency's place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.reports.extractions.identity.letterhead import lines_of, signatures
from orchestration.reports.extractions.model import Finding
from orchestration.reports.extractions.rules.evidence import Evidence

_TOWNSHIP = r"(?P<name>[\u4e00-\u9fff]{2,14}?)(?:街道|镇|乡)(?:办事处|办|人民政府|政府)?"
_AUTHOR = re.compile(rf"{_TOWNSHIP}$")
_ANNOUNCED = re.compile(rf"现将{_TOWNSHIP}(?:19|20)\d\d年")
_ABOVE = re.compile(r"^.*[省市区县旗州盟](?=[\u4e00-\u9fff]{2,})")
# Counted applications to another body: 向市政府及市政府办公室提出的…申请5件. What anybody may do is none.
_MADE_TO = re.compile(
    r"向(?P<body>[\u4e00-\u9fff]{0,12}?(?<![镇乡级])(?:人民)?政府(?:(?:及|和|、)[^,。;:]{0,10}?)?(?:办公[室厅]|办)?)"
    r"(?:直接)?提出的?[^,。;:]{0,20}?申请[^,。;:\d]{0,6}\d"
)
_ANYBODY = re.compile(r"可以?|有权|各级|应当")
_OWN_WORDS = {
    "township": r"[我本](?:街道|办事处|街|镇|乡|苏木|办)",
    "department": r"[我本](?:局|委|厅|办|中心|处|部|院|单位)",
}
_STRANGE_WORDS = {"township": r"[我本](?:局|委|厅|校)(?!员|托)", "department": r"[我本](?:街道|镇|乡)"}
_FIGURE = re.compile(r"[\d〇零一二三四五六七八九十]")
_OFFICES = ("办公室", "办公厅")
_TWICE = 2


def identity_gaps(evidence: Evidence) -> Iterator[Finding]:
    """identity_incomplete: no date at all or no agency named; only info where the period or the region is missing.

    A region that is not resolved may be our ignorance as well as the report's silence.
    """
    identity = evidence.identity
    # A day that lost its marks is there, and glyph_loss says so; a lost count of parts has no figure and is no day.
    illegible = any(loss.repaired is None and _FIGURE.search(loss.printed) for loss in identity.glyph_losses)
    dated = identity.published_on is not None or identity.signed_on is not None or illegible
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
    """agency_mismatch: another agency than the one of the title signs, announces or speaks, or was applied to.

    Townships are told apart by their names, others by what identify() found in places that name the author.
    """
    title = "".join((evidence.identity.title or "").split())
    own = title or evidence.identity.agency_name or ""
    named = _named(evidence) if re.search(_TOWNSHIP, title) else ()
    told = [words for name, words in named if not _shares_words(name, title)]
    rivals = [name for name in evidence.identity.rival_names if not any(name in words for words in told)]
    told += [name for name in rivals if not _abbreviates(name, evidence.identity.agency_name or "")]
    for words in dict.fromkeys(told):
        yield evidence.finding(
            "agency_mismatch",
            f"题名是“{own}”，而文中以“{words}”的名义报告。",
            f"The title is “{own}”, but the text reports in the name of “{words}”.",
            expected=evidence.identity.agency_name,
            actual=words,
        )
    for words in dict.fromkeys((*_applied_to(evidence), *_strange_words(evidence))):
        yield evidence.finding(
            "agency_mismatch",
            f"报告机关是“{own}”，而文中写“{words}”，像是另一机关的文字。",
            f"The report is of “{own}”, but it says “{words}”, as if the text were another agency's.",
            expected=evidence.identity.agency_name,
            actual=words,
        )


def _applied_to(evidence: Evidence) -> Iterator[str]:
    """Counted applications to a government, in the report of neither a government nor its office."""
    name = evidence.identity.agency_name or ""
    if evidence.identity.agency_level not in ("township", "department", "institution", "other"):
        return
    if name.endswith(_OFFICES):
        return
    for paragraph in evidence.paragraphs:
        for hit in _MADE_TO.finditer(paragraph.text):
            if not _ANYBODY.search(hit[0]):
                yield hit[0]


def _strange_words(evidence: Evidence) -> Iterator[str]:
    """As what the text speaks of itself, where that is never its own kind of agency (我局 in a township's report)."""
    level = evidence.identity.agency_level or ""
    if level not in _STRANGE_WORDS:
        return
    words = [paragraph.text for paragraph in evidence.paragraphs]
    strange = [hit[0] for text in words for hit in re.finditer(_STRANGE_WORDS[level], text)]
    if len(strange) >= _TWICE and not any(re.search(_OWN_WORDS[level], text) for text in words):
        yield strange[0]


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


def _abbreviates(name: str, agency: str) -> bool:
    """Whether the name is the agency's with characters left out: 青河市卫计委 for 青河市卫生和计划生育委员会."""
    left = iter(agency)
    return bool(name) and all(character in left for character in name)


def _shares_words(name: str, title: str) -> bool:
    """Whether two neighbouring characters of the name stand in the title, so that both may be one agency."""
    return any(name[at : at + 2] in title for at in range(len(name) - 1)) or len(name) < 2
