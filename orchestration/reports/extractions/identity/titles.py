"""Whether a paper is a yearly report on open government information, its title, and the year the title names.

A heading must itself be the title: a notice that asks for reports, news of one, a guide that promises one is not.
All words come from wording/identity.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from orchestration.reports.documents.model import Span
from orchestration.reports.extractions.identity.dates import year_of
from orchestration.reports.extractions.identity.letterhead import (
    HEAD,
    Line,
    asks_for_reports,
    head_of,
    stands_for_itself,
)

_YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d|[二一][〇零○◯ОΟOo0九][〇零○◯ОΟOo0一二三四五六七八九]{2})(?P<sign>年度|年)?(?!\d)"
)
_SCHOOL_YEAR = re.compile(r"[-—~至]?学年度?")
_TAIL = (
    r"(?P<tail>(?:\([^()]{0,24}\)|全文|正文|文本|公示|\.?(?:pdf|PDF|docx?|wps|txt|html?))*)"
    r"(?:[-_|—]+[^-_|。]{2,40})*[》\"]?"
)
_MARKS = '的度()《》"-—_|·、,'
_CELL = re.compile(r"[^|\t]+")
_WORDS = re.compile(r"\S+")
_ORDINAL = re.compile(r"[(]?[一二三四五六七八九十\d]+[)、.]")
_LONG = 60
_PROSE = 38
_HEADING_INSIDE = re.compile(r"(?:^|[。;|])[(]?[一二三四五六七八九十][)、](?P<words>[^。;,:|]{4,38})")
_TITLED, _ANNOUNCED, _TABLE, _BODY, _SECTIONS, _ROWS = 5, 4, 4, 2, 4, 2
_ENOUGH = 6
"""What kinds of evidence count at most, and what makes a report of a paper."""


def _bare(words: str) -> str:
    """The words without the year and the signs around them; 度 may begin a name (度尾镇)."""
    return _SCHOOL_YEAR.sub("", _YEAR.sub("", words)).rstrip(_MARKS).lstrip(_MARKS.replace("度", ""))


def _either(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _parts(line: Line, pattern: re.Pattern[str]) -> Iterator[tuple[str, Span]]:
    """The cells or words of a line without white space, each with its place."""
    for part in pattern.finditer(line.folded):
        yield "".join(part[0].split()), Span(line.span.start + part.start(), line.span.start + part.end())


@dataclass(frozen=True, slots=True)
class Title:
    """A heading that calls itself such a report: where it stands, the lines it fills, and the words of its author."""

    spans: tuple[Span, ...]
    first_line: int
    last_line: int
    author: str
    year: int | None
    rank: int


def _is_listed(title: Title, neighbours: Sequence[Title]) -> bool:
    """Whether a title stands in a list of the reports of several years, as a page offers them."""
    return any(
        other.year != title.year and max(title.first_line - other.last_line, other.first_line - title.last_line) == 1
        for other in neighbours
        if other.year and title.year
    )


class TitleWords:
    """The patterns of titles, compiled once from the wording."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words
        topics, kinds = _either(words["topics"]), _either(words["kinds"])
        self._title = re.compile(
            rf"^[《\"]?(?P<before>[^。;!?]{{0,46}}?)(?P<topic>{topics})(?P<middle>[^。;!?]{{0,18}}?)(?P<kind>{kinds}){_TAIL}$"
        )
        self._told = re.compile(_either([*words["told"], *words["asking"], *words["other_duties"]]))
        self._named_so = re.compile(_either(words["names_with_such_words"]))
        self._asking = re.compile(_either(words["asking"]))
        self._other = re.compile(rf"(?:{topics}).*(?:{_either(words['other_papers'])})(?:\([^()]*\))?[》\"]?$")
        self._model = re.compile(
            rf"(?:{topics}).*(?:{kinds}).*(?:{_either(words['model_papers'])})(?:\([^()]*\))?[》\"]?$"
        )
        self._announced = re.compile(
            rf"(?:{_either(words['announcements'])})[^。]{{0,120}}?(?:{topics}|{kinds})|(?:{topics})[^。]{{0,40}}?(?:{kinds})如下"
            rf"|(?:{_either(words['compiled'])})(?:(?!各|通知)[^。]){{0,40}}(?:{topics})[^。,]{{0,12}}(?:{kinds})"
            rf"|(?:{topics})[^。]{{0,60}}编制本(?:年度)?(?:{kinds})"
        )
        self._about = re.compile(topics)
        self._sections = re.compile(_either(words["sections"]))
        self._statutory = re.compile(_either(words["statutory_sections"]))
        self._counted = re.compile(rf"(?:{_either(words['counted'])})[^。;]{{0,12}}?\d+(?:余|多)?[条件篇份]")
        self._clauses = re.compile(rf"^(?:{_either(words['clauses'])})")
        self._ordered = re.compile(_either(words["orders"]))
        self._duties = re.compile(_either(words["other_duties"]))
        self._duty_title = re.compile(rf"(?:{_either(words['other_duties'])}).*(?:{kinds}|总结|报表)(?:\([^()]*\))?$")
        self._bounded = re.compile(_either(words["bounded"]))
        self._rows = re.compile(_either(words["rows_of_the_form"]))
        self._table = re.compile(_either(words["statistics_tables"]))

    def titles(self, lines: Sequence[Line]) -> list[Title]:
        """Every title of the document, in print order; a line belongs to one title at most."""
        found: list[Title] = []
        first = 0
        while first < len(lines):
            title = self._title_at(lines, first)
            if title:
                found.append(title)
                first = title.last_line
            first += 1
        return [title for i, title in enumerate(found) if not _is_listed(title, found[max(0, i - 1) : i + 2])]

    def _title_at(self, lines: Sequence[Line], first: int) -> Title | None:
        """The title that begins on this line and ends on it or on one of the two next, if there is one."""
        line = lines[first]
        if (line.in_table or "|" in line.folded or len(line.text) > _LONG) and not self._about.search(line.text):
            return None
        if line.in_table or "|" in line.folded:
            return next(filter(None, (self._match([part], first) for part in _parts(line, _CELL))), None)
        if len(line.text) > _LONG:
            return next((self._match([part], first) for part in _parts(line, _WORDS)), None)
        joined: list[tuple[str, Span]] = []
        for last in range(first, min(first + 3, len(lines))):
            line = lines[last]
            if line.in_table or stands_for_itself(line) or (joined and len(line.text) > _PROSE):
                return None
            joined.append((line.text, line.span))
            title = self._match(joined, first)
            if title and len(joined) > 1 and self._about.fullmatch(joined[0][0]) and self._says_all(joined[1:], first):
                # 政府信息公开 above a title is the name of a column of the site.
                return None
            if title or line.text.endswith(("。", ";", ":")):
                return title
        return None

    def _says_all(self, parts: Sequence[tuple[str, Span]], first: int) -> bool:
        """Whether these lines alone are a title with its author and year."""
        title = self._match(parts, first)
        return title is not None and bool(title.author) and title.year is not None

    def _match(self, parts: Sequence[tuple[str, Span]], first: int) -> Title | None:
        joined = "".join(words for words, _ in parts)
        hit = self._title.match(joined)
        if not hit or len(joined) > _LONG + 40 or ">" in joined or "http" in joined:
            return None
        before, middle = hit["before"].removeprefix("关于"), hit["middle"]
        if self._told.search(self._named_so.sub("", before)) or self._told.search(middle) or ":" in before + middle:
            return None
        if hit["topic"].startswith("政府") and before.endswith("人民"):
            before += "政府"
        words = before + middle + (hit["tail"] or "")
        years = [(year_of(found["year"]), bool(found["sign"]), found.start()) for found in _YEAR.finditer(words)]
        signed = [year for year, sign, _ in years if sign] or [year for year, _, _ in years]
        author = _bare(before).removesuffix("关于") or _bare(hit["tail"])
        rank = 4 * bool(signed) + 3 * bool(author) + ("年度" in joined) - len(parts)
        spans = tuple(span for _, span in parts)
        return Title(spans, first, first + len(parts) - 1, author, signed[-1] if signed else None, rank)

    def best(self, titles: Sequence[Title]) -> Title | None:
        """The title that says most (year, author), the first of equals; those of the head before others."""
        early = [title for title in titles if title.first_line < HEAD] or list(titles)
        return max(early, key=lambda title: (title.rank, -title.first_line), default=None)

    def announces(self, sentences: Sequence[str]) -> str | None:
        """The first sentence in which the paper calls itself such a report (现将…报告如下), if there is one."""
        for sentence in sentences:
            hit = self._announced.search(sentence)
            if not hit or not self._about.search(sentence):
                continue
            if not self._ordered.search(sentence) and not self._duties.search(hit[0]):
                return sentence
        return None

    def is_report(self, lines: Sequence[Line], titles: Sequence[Title], announced: str | None) -> bool:
        """Whether the evidence that the paper is such a report adds up; a notice, a model or another duty never is."""
        head = head_of(lines)
        notices = self._other_papers(head)
        if any(self._model.search(line.text) for line in head if len(line.text) <= _LONG):
            return False
        asking = any(self._asking.search(notice) for notice in notices)
        if asking and (asks_for_reports(lines) or not titles):
            return False
        if not titles and ((notices and not announced) or self._other_duty(head)):
            return False
        return self._evidence(lines, titles, announced) >= _ENOUGH

    def _evidence(self, lines: Sequence[Line], titles: Sequence[Title], announced: str | None) -> int:
        """How much says that the paper is the account of a year: a title and any of its body are enough, as are an
        announcement, the official table or the statutory sections with what they count, each with two of its lines.
        """
        titled = {number for title in titles for number in range(title.first_line, title.last_line + 1)}
        body = sum(1 for i, line in enumerate(lines) if i not in titled and self._sections.search(line.text))
        if not body:
            return 0
        evidence = (_TITLED if titles else 0) + (_ANNOUNCED if announced else 0) + min(body, _BODY)
        if titles or announced:
            return evidence
        if any(self._table.search(line.text) for line in lines):
            return evidence + _TABLE
        if any(self._clauses.search(line.text) for line in lines):
            return 0
        headings = {hit for line in lines for part in self._headings(line) for hit in self._statutory.findall(part)}
        counts = any(self._counted.search(line.text) for line in lines)
        period = any(self._bounded.search(line.text) for line in lines)
        rows = len({hit for line in lines for hit in self._rows.findall(line.text)})
        if not (counts or (rows and period)):
            # The sections of a guide, and a form that nobody filled in.
            return 0
        return evidence + min(len(headings), _SECTIONS) + counts + period + min(rows, _ROWS)

    def _headings(self, line: Line) -> Iterator[str]:
        """The headings of a line: itself where it is short, else what begins with an ordinal inside it."""
        if len(line.text) <= _PROSE:
            yield line.text
        else:
            yield from (hit["words"] for hit in _HEADING_INSIDE.finditer(line.text))

    def _other_papers(self, head: Sequence[Line]) -> list[str]:
        """The headings of the head that name another kind of paper, also broken over two lines."""
        texts = [line.text for line in head if len(line.text) <= _LONG]
        pairs = [first + second for first, second in pairwise(texts)]
        return [text for text in (*texts, *pairs) if self._other.search(text) and not _ORDINAL.match(text)]

    def _other_duty(self, head: Sequence[Line]) -> bool:
        """Whether the head calls the paper another report: of another duty, or of less than a year."""
        return any(self._duty_title.search(line.text) for line in head if len(line.text) <= _LONG)
