"""foreign_year: sentences that report another year's work as this year's, left over from an earlier report.

Comparisons, references to papers and events, plans, and links to other reports are none; when a sentence could be
one of these it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from orchestration.reports.documents.model import Paragraph, Table
from orchestration.reports.documents.text import Squeezed
from orchestration.reports.extractions.identity.dates import year_of
from orchestration.reports.extractions.model import Finding
from orchestration.reports.extractions.rules.evidence import Evidence

_LOOKING_BACK = 3
_REACH = 24
_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")
_QUOTED = re.compile(r'《[^》]*》|"[^"]*"|〔[^〕]*〕|<[^>]*>')
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d|二[〇零○O][一二三][〇零○O一二三四五六七八九])年(?:度)?")
_HEAD = re.compile(
    r"(?:(?:^|[,:。])(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])?"
    r"(?P<lead>现将|现公布|[特现]向社会公布|特公布|截[至止]到?)?|编制[的了]?)"
    r"(?:[\u4e00-\u9fff]{0,12}(?:街道|办事处|镇|乡|局|委|办|厅|处|院|县|区|市|省|州|旗|政府|机关|单位|部门))?$"
)
_AFTER_YEAR = re.compile(r"(?:12月31日|12月底|底|末)")
_NOT_A_STATEMENT = re.compile(
    r"^(?:\d|[一二三四五六七八九十]+月|[-—~、至到起前后初始间]|以前|以后|之|的?(?:年报|目录|版))"
)
_FIGURE = re.compile(r"\d+[条件篇份次]")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of squeezed prose, what is quoted in it blotted out, and where it begins in the document."""

    text: str
    bare: str
    start: int


def foreign_years(evidence: Evidence) -> Iterator[Finding]:
    """One finding for each other year whose work the body tells as its own, with every line it stands on."""
    year = evidence.identity.report_year
    if year is None:
        return
    words = evidence.registry.wording["checks"]
    found: dict[int, list[_Sentence]] = {}
    heads = _table_heads(evidence)
    for number, paragraph in enumerate(evidence.paragraphs):
        sentences = list(_sentences(paragraph))
        for at, sentence in enumerate(sentences):
            foreign = _told_as_own(sentence, year, words, number in heads)
            around = sentences[max(0, at - 1) : at + 2]
            if foreign is not None and not _is_compared(sentence, around, year):
                found.setdefault(foreign, []).append(sentence)
    for foreign, told in sorted(found.items()):
        yield _finding(evidence, year, foreign, [(s.text, s.start) for s in told])
    for period in evidence.identity.periods:
        start, end = period.start, period.end
        if period.cumulative or start is None or end is None or start.year in found:
            continue
        if start.year != year and (start, end) == (date(start.year, 1, 1), date(start.year, 12, 31)):
            printed = evidence.document.text[period.char_start : period.char_end]
            found[start.year] = []
            yield _finding(evidence, year, start.year, [("".join(printed.split()), period.char_start)])


def _sentences(paragraph: Squeezed) -> Iterator[_Sentence]:
    for hit in _SENTENCE.finditer(paragraph.text):
        bare = _QUOTED.sub(lambda quoted: "□" * len(quoted[0]), hit[0])
        yield _Sentence(hit[0], bare, paragraph.offsets[hit.start()])


def _table_heads(evidence: Evidence) -> set[int]:
    """The numbers of the paragraphs that stand right before a table with figures."""
    with_figures = {reading.table_no for reading in evidence.table_readings}
    heads, paragraphs = set(), 0
    for block, following in pairwise((*evidence.document.blocks, None)):
        if not isinstance(block, Paragraph) or block.role == "noise":
            continue
        if isinstance(following, Table) and following.number in with_figures:
            heads.add(paragraphs)
        paragraphs += 1
    return heads


def _told_as_own(sentence: _Sentence, report_year: int, words: Mapping[str, Any], is_table_head: bool) -> int | None:
    """The other year whose disclosure work the sentence tells, or None."""
    bare = sentence.bare.rstrip("。;!?")
    if not _YEAR.search(bare) or str(report_year) in bare or any(word in bare for word in words["comparing"]):
        return None
    announced = any(word in bare for word in words["announcing"])
    title = bare.endswith(tuple(words["titles"])) or bare.startswith(tuple(words["links"]))
    if title and not announced and not is_table_head:
        return None
    for hit in _YEAR.finditer(bare):
        year = year_of(hit[1].replace("零", "〇"))
        if year is None or not report_year - _LOOKING_BACK <= year < report_year:
            continue
        head = _HEAD.search(bare[: hit.start()])
        if head and _tells_work(bare[hit.end() :], head["lead"], words):
            return year
    return None


def _tells_work(after: str, lead: str | None, words: Mapping[str, Any]) -> bool:
    """Whether what follows the year is disclosure work of that year, with no paper, event or plan before it."""
    if lead is not None and lead.startswith("截"):
        until = _AFTER_YEAR.match(after)
        if not until:
            return False
        after = after[until.end() :]
    elif _NOT_A_STATEMENT.match(after):
        return False
    after = after.lstrip(",")
    at = min((at for word in words["own_work"] if 0 <= (at := after.find(word)) <= _REACH), default=None)
    return at is not None and not any(word in after[:at] for word in words["referring"])


def _is_compared(sentence: _Sentence, around: list[_Sentence], report_year: int) -> bool:
    """Whether a neighbour gives the figures of the report's own year beside this sentence's."""
    if not _FIGURE.search(sentence.bare):
        return False
    return any(
        str(report_year) in other.bare and _FIGURE.search(other.bare) for other in around if other is not sentence
    )


def _finding(evidence: Evidence, year: int, foreign: int, told: list[tuple[str, int]]) -> Finding:
    where_zh = "、".join(evidence.spot_zh(start) for _, start in told)
    where_en = ", ".join(evidence.spot_en(start) for _, start in told)
    quote = told[0][0] if len(told[0][0]) <= 40 else told[0][0][:40] + "…"
    return evidence.finding(
        "foreign_year",
        f"{year}年度报告的正文把{foreign}年的工作当作本年陈述（{where_zh}）：“{quote}”。",
        f"The report for {year} tells the work of {foreign} as its own ({where_en}): “{quote}”.",
        expected=str(year),
        actual=str(foreign),
    )
