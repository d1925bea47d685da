"""Whether a paper is a yearly report on open government information, its title, and the year the title names.

A heading must itself be the title: a notice that asks for reports, news of one, a guide that promises one is not.
All words come from wording/identity.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from orchestration.reports.documents.model import Span
from orchestration.reports.extractions.identity.dates import YEAR_IN_WORDS, year_of
from orchestration.reports.extractions.identity.letterhead import (
    HEAD,
    Line,
    asks_for_reports,
    head_of,
    stands_for_itself,
)

_YEAR = re.compile(rf"(?<!\d)(?P<year>(?:19|20)\d\d|{YEAR_IN_WORDS})(?P<sign>年度|年)?(?!\d|[-/.]\d\d?[-/.])")
_CITED = re.compile(r"《[^《》]*》")
_SITE_ADDRESS = re.compile(r"^[A-Za-z][A-Za-z\d-]*(?:\.[A-Za-z\d-]+)+")
_SCHOOL_YEAR = re.compile(r"[-—~至]?学年度?")
_FILE_KIND = r"\.?(?:pdf|PDF|docx?|wps|txt|html?)"
_NAME_OF_SITE = r"(?:[-_|—]+[^-_|。]{2,40})*[》\"]?"
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

_MANY_YEARS = 3


def _bare(words: str) -> str:
    """The words without the year, the signs around them and the address of a site; 度 may begin a name (度尾镇)."""
    words = _SITE_ADDRESS.sub("", words)
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
    inner: Title | None = None
    """What is left without the first line, where that is a title with author and year too; the line may be a site's."""


def _is_listed(title: Title, neighbours: Sequence[Title]) -> bool:
    """Whether a title stands in a list of the reports of several years, as a page offers them.

    Beside a title that names no author, one that does stands for itself.
    """
    return any(
        other.year != title.year and max(title.first_line - other.last_line, other.first_line - title.last_line) == 1
        for other in neighbours
        if other.year and title.year and (other.author or not title.author)
    )


class TitleWords:
    """The patterns of titles, compiled once from the wording."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words
        topics, kinds = _either(words["topics"]), _either(words["kinds"])
        tail = rf"(?P<tail>(?:\([^()]{{0,24}}\)|{_either(words['title_tails'])}|{_FILE_KIND})*)"
        self._title = re.compile(
            rf"^[《\"]?(?P<before>[^。;!?]{{0,46}}?)(?P<topic>{topics})(?P<middle>[^。;!?]{{0,18}}?)(?P<kind>{kinds})"
            rf"{tail}{_NAME_OF_SITE}$"
        )
        self._told = re.compile(_either([*words["told"], *words["asking"], *words["other_duties"]]))
        self._named_so = re.compile(_either(words["names_with_such_words"]))
        self._asking = re.compile(_either(words["asking"]))
        self._other = re.compile(rf"(?:{topics}).*(?:{_either(words['other_papers'])})(?:\([^()]*\))?[》\"]?$")
        self._model = re.compile(
            rf"(?:{topics}).*(?:{kinds}).*(?:{_either(words['model_papers'])})(?:\([^()]*\))?[》\"]?$"
        )
        self._announced = re.compile(
            rf"(?:{_either(words['announcements'])})[^。]{{0,120}}?(?:{topics}|{kinds})"
            rf"|(?:{topics})[^。]{{0,40}}?(?:{kinds})(?:{_either(words['announced_by'])})"
            rf"|(?:{_either(words['compiled'])})(?:(?!{_either(words['compiled_by_others'])})[^。]){{0,40}}"
            rf"(?:{topics})[^。,]{{0,12}}(?:{kinds})"
            rf"|(?:{topics})[^。]{{0,60}}(?:{_either(words['compiled_here'])})(?:{kinds})"
        )
        self._about = re.compile(topics)
        self._sections = re.compile(_either(words["sections"]))
        self._navigation = re.compile(rf"(?:{_either(words['navigation'])}|[|·•>-])+")
        self._described = re.compile(_either(words["self_descriptions"]))
        self._openings = re.compile(rf"(?:^|[。;|])[(]?[一1][)、.](?:{topics})?(?:{_either(words['openings'])})")
        self._statutory = re.compile(_either(words["statutory_sections"]))
        self._counted = re.compile(
            rf"(?:{_either(words['counted'])})[^。;]{{0,12}}?\d+(?:余|多)?(?:{_either(words['counted_in'])})"
        )
        self._clauses = re.compile(rf"^(?:{_either(words['clauses'])})")
        self._ordered = re.compile(_either(words["orders"]))
        self._duties = re.compile(_either(words["other_duties"]))
        accounts = _either([*words["kinds"], *words["other_accounts"]])
        self._duty_title = re.compile(rf"(?:{_either(words['other_duties'])}).*(?:{accounts})(?:\([^()]*\))?$")
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
            if (
                line.in_table
                or stands_for_itself(line)
                or self._navigation.fullmatch(line.text)
                or (joined and len(line.text) > _PROSE)
            ):
                return None
            joined.append((line.text, line.span))
            title = self._match(joined, first)
            inner = self._complete(joined[1:], first + 1) if title and len(joined) > 1 else None
            if title and inner:
                # 政府信息公开 above a title is the name of a column of the site.
                return None if self._about.fullmatch(joined[0][0]) else replace(title, inner=inner)
            if title or line.text.endswith(("。", ";", ":")):
                return title
        return None

    def _complete(self, parts: Sequence[tuple[str, Span]], first: int) -> Title | None:
        """The title that these lines alone are, with its author and year."""
        title = self._match(parts, first)
        return title if title and title.author and title.year is not None else None

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
            if not self._ordered.search(_CITED.sub("", sentence)) and not self._duties.search(hit[0]):
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
        return not self._is_list(lines) and self._evidence(lines, titles, announced) >= _ENOUGH

    def _is_list(self, lines: Sequence[Line]) -> bool:
        """Whether a page has nothing but the titles of the reports of many years: no sentence, and no figure."""
        if any("。" in line.text or line.in_table for line in lines):
            return False
        short = [line.text for line in lines if len(line.text) <= _LONG and self._about.search(line.text)]
        return len({hit["year"] for text in short for hit in _YEAR.finditer(text) if hit["sign"]}) >= _MANY_YEARS

    def _evidence(self, lines: Sequence[Line], titles: Sequence[Title], announced: str | None) -> int:
        """How much says that the paper is the account of a year: a title and any of its body are enough, as are an
        announcement, the official table or the statutory sections with what they count, each with two of its lines.
        """
        titled = {number for title in titles for number in range(title.first_line, title.last_line + 1)}
        told = [line.text for i, line in enumerate(lines) if i not in titled or len(line.text) > _LONG]
        named = [hits for text in told if (hits := self._sections.findall(text))]
        body = max(len(named), len({hit for hits in named for hit in hits}))
        if titles or announced:
            body += self._beginning(told, titles)
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

    def _beginning(self, told: Sequence[str], titles: Sequence[Title]) -> int:
        """How much of the body a page has that was cut off early: its own description; and the first heading,
        below a title that is complete.
        """
        described = any(map(self._described.search, told))
        complete = any(title.author and title.year for title in titles)
        return 2 * described + (complete and any(map(self._openings.search, told)))

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
