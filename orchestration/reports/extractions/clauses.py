"""Prose cut up for reading: passages under their headings, sentences, and the numbers with the words about them.

Everything works on squeezed text, so that an offset always leads back to the printed characters. What the words mean
is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.reports.documents.model import Document, Span
from orchestration.reports.documents.text import Squeezed, squeeze
from orchestration.reports.extractions.lexicon import PLANS, Lexicon, Token
from orchestration.reports.extractions.numbers import Number, find_numbers

_MASK = "\u25a1"
# Titles and names quote other texts: their words and years say nothing of this report.
_QUOTED = re.compile(r"《[^《》]*》|〔[^〔〕]{0,6}〕?[^〔〕,。]{0,6}号|[(<]?https?://[^\s\u4e00-\u9fff]*|\"[^\"]{1,40}\"|<[^<>]{1,60}>")
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}\)")
_NUMBERING = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}部分"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)[、.]?"),
    re.compile(r"\d{1,2}[、.](?!\d)"),
    re.compile(r"\(\d{1,2}\)|[①-⑳]|\d{1,2}\)"),
)
_UNNUMBERED = len(_NUMBERING) + 1
_TITLE_END = re.compile(r"(?:情况|问题|措施|打算|思路|计划|方面|事项|数量|渠道|形式|方式|内容)$")
_HEADING_LONGEST = 60
_INLINE_HEADING = re.compile(r"[^。:,;]{2,40}[。:]")
_ATTACHED = re.compile(r"附(?:件|表|:)|.{0,20}统计表")
_SENTENCE = re.compile(r"[^。!?]+[。!?]?")
_FIGURES = re.compile(r"[\d零〇一二两三四五六七八九十百千万]")
_STOPS = ",;:。!?"
_JOINS = "和及与、"
_NO_TAIL = "和及与占"
_NO_COUNT_BEFORE = "第-~/+"
_NO_COUNT_AFTER = "年月日号时点度-~路页楼室岁第:/"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph's own words under its headings; `text` is plain and squeezed, `masked` hides what it quotes."""

    squeezed: Squeezed
    text: str
    masked: str
    topics: frozenset[str]
    section: int
    heading: str

    def printed(self, start: int, end: int) -> Span:
        """The document's span of text[start:end]."""
        return self.squeezed.span(start, end)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, and the words that may name it: text[left:start] before, text[unit_end:tail] after."""

    value: float
    approximate: bool
    start: int
    end: int
    unit: str | None
    unit_end: int
    left: int
    tail: int
    depth: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, its known words and its figures in order."""

    passage: Passage
    start: int
    end: int
    tokens: tuple[Token, ...]
    figures: tuple[Figure, ...]
    depths: tuple[int, ...]

    def depth(self, offset: int) -> int:
        """How many brackets are open at this character; a bracket belongs to what it encloses."""
        return self.depths[offset - self.start]

    def within(self, start: int, end: int, depth: int = 0) -> list[Token]:
        """The known words that lie in text[start:end] and in no deeper bracket than `depth`."""
        return [t for t in self.tokens if t.start >= start and t.end <= end and self.depth(t.start) <= depth]


def passages(document: Document, words: Lexicon) -> Iterator[Passage]:
    """The paragraphs of the document under the topics of their headings; headings themselves are passages too."""
    headings: dict[int, tuple[str, frozenset[str]]] = {}
    section = 0
    for paragraph in document.paragraphs:
        squeezed = _without_pinyin(squeeze(document.folded, paragraph.spans))
        text = squeezed.text.translate(words.plain)
        if not text:
            continue
        masked = _QUOTED.sub(lambda hit: _hide(hit[0], words), text)
        if len(masked) != len(text):
            raise AssertionError("masking must keep the length of a passage")
        level, body = _heading(text, masked)
        if level:
            headings = {k: v for k, v in headings.items() if k < level}
            headings[level] = (text[:body], words.topics_in(masked[:body]))
            section += level <= 2
        elif _ATTACHED.match(text) and len(text) < _HEADING_LONGEST:
            headings = {}
            section += 1
        yield Passage(squeezed, text, masked, _topics(headings), section, text[:body] if level else "")


def _topics(headings: dict[int, tuple[str, frozenset[str]]]) -> frozenset[str]:
    """The topics of the deepest heading that announces any; intentions spread to every heading below theirs."""
    for _, topics in headings.values():
        if PLANS in topics:
            return topics
    return next((headings[k][1] for k in sorted(headings, reverse=True) if headings[k][1]), frozenset())


def _hide(quoted: str, words: Lexicon) -> str:
    """Quoted words as so many marks; a word of the lexicon in quotation marks stays a word."""
    if quoted[0] == '"' and words.tokens.fullmatch(quoted[1:-1]):
        return quoted
    if quoted[0] == "《" and quoted.endswith("公报》"):
        return quoted
    return _MASK * len(quoted)


def _without_pinyin(squeezed: Squeezed) -> Squeezed:
    """The text without the readings that some mirrors print behind a character: 當(dāng)."""
    if "(" not in squeezed.text:
        return squeezed
    dropped = {i for hit in _PINYIN.finditer(squeezed.text) for i in range(*hit.span())}
    if not dropped:
        return squeezed
    kept = [i for i in range(len(squeezed.text)) if i not in dropped]
    return Squeezed("".join(squeezed.text[i] for i in kept), tuple(squeezed.offsets[i] for i in kept))


def _heading(text: str, masked: str) -> tuple[int, int]:
    """The level of the heading that opens the paragraph (0: none) and where its words end."""
    for level, numbering in enumerate(_NUMBERING, 1):
        hit = numbering.match(text)
        if not hit:
            continue
        whole = len(text) <= _HEADING_LONGEST and not text.endswith((";", ",")) and not _counts(masked[hit.end() :])
        if whole and (text[-1] not in "。" or "," not in text):
            return level, len(text)
        inline = _INLINE_HEADING.match(masked, hit.end())
        if inline and not _counts(inline[0]):
            return level, inline.end()
        return (level, hit.end()) if level <= 2 else (0, 0)
    short = len(text) <= _HEADING_LONGEST // 2 and not re.search(r"[,。;:]", text) and not _counts(masked)
    return (_UNNUMBERED, len(text)) if short and _TITLE_END.search(text) else (0, 0)


def _counts(words: str) -> bool:
    """Whether the words state a figure; a year alone is none."""
    return bool(_FIGURES.search(re.sub(r"20\d\d年?度?|[一二三四五六七八九十]是", "", words)))


def sentences(passage: Passage, words: Lexicon) -> Iterator[Sentence]:
    """The sentences of the passage, each with its known words and its figures."""
    for hit in _SENTENCE.finditer(passage.masked):
        start, end = hit.span()
        tokens = tuple(words.find(passage.masked, start, end))
        depths = _depths(hit[0])
        bridged = frozenset(i for t in tokens for i in range(t.start + 1, t.end - 1))
        figures = tuple(_figures(passage.masked, start, depths, words, bridged)) if _FIGURES.search(hit[0]) else ()
        yield Sentence(passage, start, end, tokens, figures, depths)


def _depths(text: str) -> tuple[int, ...]:
    depths, depth = [], 0
    for character in text:
        depth += character == "("
        depths.append(depth)
        depth = max(0, depth - (character == ")"))
    return tuple(depths)


def _figures(
    text: str, start: int, depths: tuple[int, ...], words: Lexicon, bridged: frozenset[int]
) -> Iterator[Figure]:
    """The countable numbers of a sentence with the words before and after that may name them.

    `bridged` are the places inside a known word, where a stop (专、兼职) does not end a clause.
    """
    end = start + len(depths)
    found = [_counted(text, n, start, words) for n in find_numbers(text[start:end])]
    counts = [c for c in found if c is not None]
    used, used_depth = start, 0
    for i, (number, first, last, unit) in enumerate(counts):
        depth = depths[first - start]
        unit_end = last + len(unit or "")
        left = _left(text, start, first, depths, used if depth == used_depth else start)
        limit = counts[i + 1][1] if i + 1 < len(counts) else end
        tail, used = _tail(text, unit_end, limit, depths, start, bridged)
        used_depth = depth
        yield Figure(number.value, number.approximate, first, last, unit, unit_end, left, tail, depth)


def _counted(text: str, number: Number, start: int, words: Lexicon) -> tuple[Number, int, int, str | None] | None:
    """The number with its place in the passage and its unit; None for dates, ordinals, ranges and rates."""
    first, last = number.start + start, number.end + start
    ahead, after = text[first - 1 : first] if first else "", text[last : last + 1]
    if (after and after in _NO_COUNT_AFTER) or (ahead and ahead in _NO_COUNT_BEFORE):
        return None
    unit = words.unit.match(text, last)
    behind = text[unit.end() : unit.end() + 1] if unit else after
    if behind in ("/", "+") or (unit is None and after and after not in _STOPS + ")、占"):
        return None
    return number, first, last, unit[0] if unit else None


def _left(text: str, start: int, first: int, depths: tuple[int, ...], used: int) -> int:
    """Where the words before a figure begin: at the last stop, bracket or figure of its own depth."""
    i, depth = first, depths[first - start]
    while i > used:
        c, d = text[i - 1], depths[i - 1 - start]
        if d < depth or (d == depth and (c in _STOPS or c == "(")):
            break
        i -= 1
    return i


def _tail(
    text: str, unit_end: int, limit: int, depths: tuple[int, ...], start: int, bridged: frozenset[int]
) -> tuple[int, int]:
    """Where the words after a figure end, and from where on words belong to the next figure."""
    i, end = unit_end, start + len(depths)
    depth = depths[unit_end - 1 - start]
    while i < limit and (i in bridged or (text[i] not in _STOPS + "、()" and depths[i - start] == depth)):
        i += 1
    if i == unit_end or text[unit_end] in _NO_TAIL:
        return unit_end, unit_end
    if i < limit or limit == end:
        return i, i if i < limit and text[i] == "、" else unit_end
    return (i - 1, i) if text[i - 1] in _JOINS else (unit_end, unit_end)


def before(sentence: Sentence, offset: int) -> tuple[int, int] | None:
    """The clause that ends at the stop before this offset, as (start, end) without its stop; None at the beginning."""
    text, end = sentence.passage.masked, offset - 1
    if end <= sentence.start or text[end] not in ",:":
        return None
    start = end
    while start > sentence.start and text[start - 1] not in _STOPS:
        start -= 1
    return start, end

