"""Prose cut up for reading: passages under their headings, sentences, and the numbers with the words about them.

Everything works on squeezed text, so that an offset always leads back to the printed characters. What the words mean
is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from orchestration.reports.documents.model import Document, Span
from orchestration.reports.documents.text import Squeezed, squeeze
from orchestration.reports.extractions.lexicon import PLANS, Lexicon, Token
from orchestration.reports.extractions.numbers import Number, find_numbers
from orchestration.reports.extractions.places import STOPS, Places
from orchestration.reports.extractions.unfilled import find_unfilled, gaps_of

_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_MASK = "\u25a1"
# Titles and names quote other texts: their words and years say nothing of this report.
_QUOTED = re.compile(
    r"《[^《》]*》|〔[^〔〕]{0,6}〕?[^〔〕,。]{0,6}号|[(<]?https?://[^\s\u4e00-\u9fff]*|\"[^\"]{1,40}\"|<[^<>]{1,60}>"
)
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}\)")
_NUMBERING = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}部分"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)[、.]?"),
    re.compile(r"\d{1,2}[、.](?!\d)"),
    re.compile(r"\(\d{1,2}\)|[①-⑳]|\d{1,2}\)"),
)
_UNNUMBERED = len(_NUMBERING) + 1
_HEADING_LONGEST = 60
_HEADING_SHORTEST = 4
_NO_FIGURE = re.compile(r"20\d\d年?度?|[一二三四五六七八九十]是|\([一二三四五六七八九十]{1,3}\)|一些|进一步|统一|一致")
_STOP = re.compile(r"[,。;:]")
_RUN_ON = re.compile(r"(?<=[。;!?])(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))")
_INLINE_HEADING = re.compile(r"[^。:,;]{2,40}[。:]")
_SENTENCE = re.compile(r"[^。!?]+[。!?]?")
_FIGURES = re.compile(r"[\d零〇一二两三四五六七八九十百千万]")
_JOINS = "和及与、"
_BIG = {"万": 10_000, "千": 1_000}
_MONEY = "元"
_NO_TAIL = "和及与占"
_NO_COUNT_BEFORE = "第-~/+"
_NO_COUNT_AFTER = "年月日号时点度-~路页楼室岁第:/"


@dataclass(frozen=True)
class Passage:
    """One paragraph's own words under its headings; `text` is plain and squeezed, `masked` hides what it quotes.

    `characters` are those of the document, traditional ones included, but for folded punctuation and digits.
    `body` is where the text begins behind a heading that opens it; `gaps` are the places before which blanks are
    printed, and how many.
    """

    squeezed: Squeezed
    text: str
    masked: str
    topics: frozenset[str]
    section: int
    body: int
    gaps: tuple[tuple[int, int], ...] = ()
    characters: str = ""

    @cached_property
    def places(self) -> Places:
        """Where patterns match in `masked`."""
        return Places(self.masked, 0, len(self.masked))

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


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage, its known words, its figures in order, and the places of numbers never filled in."""

    passage: Passage
    start: int
    end: int
    tokens: tuple[Token, ...]
    figures: tuple[Figure, ...]
    depths: tuple[int, ...]
    unfilled: tuple[tuple[int, int], ...] = ()

    def depth(self, offset: int) -> int:
        """How many brackets are open at this character; a bracket belongs to what it encloses."""
        return self.depths[offset - self.start]

    @cached_property
    def places(self) -> Places:
        """Where patterns match in the sentence; offsets are those of the passage."""
        return Places(self.passage.masked, self.start, self.end)

    @cached_property
    def _token_starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    @cached_property
    def _figure_starts(self) -> list[int]:
        return [f.start for f in self.figures]

    @cached_property
    def _number_starts(self) -> list[int]:
        return sorted([*self._figure_starts, *(first for first, _ in self.unfilled)])

    def has_number(self, start: int, end: int) -> bool:
        """Whether a figure, or a number never filled in, begins in text[start:end]."""
        at = bisect_left(self._number_starts, start)
        return at < len(self._number_starts) and self._number_starts[at] < end

    def figures_in(self, start: int, end: int) -> Sequence[Figure]:
        """The figures that begin in text[start:end]."""
        return self.figures[bisect_left(self._figure_starts, start) : bisect_left(self._figure_starts, end)]

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The known words that lie in text[start:end]."""
        begin, stop = bisect_left(self._token_starts, start), bisect_left(self._token_starts, end)
        return [t for t in self.tokens[begin:stop] if t.end <= end]

    def within(self, start: int, end: int, depth: int = 0) -> list[Token]:
        """The known words that lie in text[start:end] and in no deeper bracket than `depth`."""
        return [t for t in self.tokens_in(start, end) if self.depth(t.start) <= depth]


def passages(document: Document, words: Lexicon) -> Iterator[Passage]:
    """The paragraphs of the document under the topics of their headings; headings themselves are passages too.

    A paragraph that runs several numbered sections together is cut before each of them.
    """
    headings: dict[int, tuple[str, frozenset[str]]] = {}
    section = 0
    for paragraph in document.paragraphs:
        for squeezed in _parts(_without_pinyin(squeeze(document.folded, paragraph.spans))):
            text = squeezed.text.translate(words.plain)
            masked = _QUOTED.sub(lambda hit: _hide(hit[0], words), text)
            level, body = _heading(text, masked, _gaps(document.folded, squeezed.offsets), words)
            if level:
                headings = {k: v for k, v in headings.items() if k < level}
                headings[level] = (text[:body], words.topics_in(masked[:body]))
                section += level <= 2
            elif len(text) < _HEADING_LONGEST and words.attached.search(text):
                headings = {}
                section += 1
            gaps = gaps_of(document.folded, squeezed)
            yield Passage(
                squeezed,
                text,
                masked,
                _topics(headings),
                section,
                body if level else 0,
                gaps,
                _characters(document, squeezed),
            )


def _characters(document: Document, squeezed: Squeezed) -> str:
    """The ideographs as printed, everything else as folded."""
    printed = [document.text[i] for i in squeezed.offsets]
    if "".join(printed) == squeezed.text:
        return squeezed.text
    pairs = zip(printed, squeezed.text, strict=True)
    return "".join([f if p == f or not _IDEOGRAPH.match(p) else p for p, f in pairs])


def _parts(squeezed: Squeezed) -> Iterator[Squeezed]:
    """The text cut before every 一、 and (一) that begins a sentence."""
    cuts = [0, *(hit.start() for hit in _RUN_ON.finditer(squeezed.text)), len(squeezed.text)]
    for start, end in pairwise(cuts):
        if start < end:
            yield Squeezed(squeezed.text[start:end], squeezed.offsets[start:end])


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


def _heading(text: str, masked: str, gaps: frozenset[int], words: Lexicon) -> tuple[int, int]:
    """The level of the heading that opens the paragraph (0: none) and where its words end."""
    for level, numbering in enumerate(_NUMBERING, 1):
        hit = numbering.match(text)
        if not hit:
            continue
        spaced = _spaced(gaps, hit.end()) if level <= 2 and text[-1] == "。" else 0
        if spaced and not _counts(masked[hit.end() : spaced]) and not _STOP.search(text, 0, spaced):
            return level, spaced
        whole = len(text) <= _HEADING_LONGEST and not text.endswith((";", ",")) and not _counts(masked[hit.end() :])
        if whole and (text[-1] != "。" or "," not in text):
            return level, len(text)
        inline = _INLINE_HEADING.match(masked, hit.end())
        if inline and not _counts(inline[0]):
            return level, inline.end()
        return (level, hit.end()) if level <= 2 else (0, 0)
    short = len(text) <= _HEADING_LONGEST // 2 and not re.search(r"[,。;:]", text) and not _counts(masked)
    return (_UNNUMBERED, len(text)) if short and words.heading_end.search(text) else (0, 0)


def _gaps(folded: str, offsets: tuple[int, ...]) -> frozenset[int]:
    """The places near the beginning before which white space is printed."""
    return frozenset(i for i in range(1, min(len(offsets), _HEADING_LONGEST)) if folded[offsets[i] - 1].isspace())


def _spaced(gaps: frozenset[int], start: int) -> int:
    """Where white space ends the words of a heading that runs on into its text (0: nowhere near)."""
    return min((i for i in gaps if i >= start + _HEADING_SHORTEST), default=0)


def _counts(words: str) -> bool:
    """Whether the words state a figure; a year alone is none."""
    return bool(_FIGURES.search(_NO_FIGURE.sub("", words)))


def sentences(passage: Passage, words: Lexicon) -> Iterator[Sentence]:
    """The sentences of the passage that may state something: with a number, a negation or an answer in words."""
    text = passage.masked
    # Behind 情况 and a space the first sentence begins, though no stop says so.
    begin = passage.body if passage.body and text[passage.body - 1] not in "。:" else 0
    blanks = [at for at, _ in passage.gaps]
    for hit in _SENTENCE.finditer(text, begin):
        start, end = hit.span()
        numbers = find_numbers(hit[0]) if _FIGURES.search(hit[0]) else []
        if not numbers and not words.telling.search(text, start, end):
            continue
        depths = _depths(hit[0])
        tokens = tuple(words.find(text, start, end))
        inside = frozenset(i for t in tokens for i in range(t.start + 1, t.end))
        bridged = inside - {t.end - 1 for t in tokens}
        gaps = passage.gaps[bisect_right(blanks, start) : bisect_left(blanks, end)]
        unfilled = find_unfilled(text, start, end, words.unit, gaps, inside)
        figures = tuple(_figures(text, start, numbers, depths, words, bridged, unfilled))
        yield Sentence(passage, start, end, tokens, figures, depths, tuple(unfilled))


def _depths(text: str) -> tuple[int, ...]:
    if "(" not in text:
        return (0,) * len(text)
    depths, depth = [], 0
    for character in text:
        depth += character == "("
        depths.append(depth)
        depth = max(0, depth - (character == ")"))
    return tuple(depths)


def _figures(
    text: str,
    start: int,
    numbers: list[Number],
    depths: tuple[int, ...],
    words: Lexicon,
    bridged: frozenset[int],
    unfilled: list[tuple[int, int]],
) -> Iterator[Figure]:
    """The countable numbers of a sentence with the words before and after that may name them.

    `bridged` are the places inside a known word, where a stop (专、兼职) does not end a clause; the words before an
    unfilled number and right after it are that number's.
    """
    end = start + len(depths)
    found = [_counted(text, n, start, words) for n in numbers]
    empty = [(None, first, last, None) for first, last in unfilled]
    counts = sorted((*(c for c in found if c is not None and not _inside(c[1], unfilled)), *empty), key=lambda c: c[1])
    used, used_depth = start, 0
    for i, (number, first, last, unit) in enumerate(counts):
        depth = depths[first - start]
        unit_end = last + len(unit or "")
        left = _left(text, start, first, depths, used if depth == used_depth else start)
        limit = counts[i + 1][1] if i + 1 < len(counts) else end
        tail, used = _tail(text, unit_end, limit, depths, start, bridged)
        used_depth = depth
        if number is not None:
            yield Figure(number.value, number.approximate, first, last, unit, unit_end, left, tail, depth)


def _inside(at: int, places: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in places)


def _counted(text: str, number: Number, start: int, words: Lexicon) -> tuple[Number, int, int, str | None] | None:
    """The number with its place in the passage and its unit; None for dates, ordinals, ranges and rates."""
    first, last = number.start + start, number.end + start
    ahead, after = text[first - 1 : first] if first else "", text[last : last + 1]
    if (after and after in _NO_COUNT_AFTER) or (ahead and ahead in _NO_COUNT_BEFORE):
        return None
    value = number.value
    if text[last - 1] in _BIG and text.startswith(_MONEY, last):
        # 5万元 is 5 of the unit 万元.
        value, last = round(value / _BIG[text[last - 1]], 6), last - 1
    unit = words.unit.match(text, last)
    behind = text[unit.end() : unit.end() + 1] if unit else after
    if behind in ("/", "+") or (unit is None and after and after not in STOPS + ")、占"):
        return None
    if value != number.value:
        number = replace(number, value=value)
    return number, first, last, unit[0] if unit else None


def _left(text: str, start: int, first: int, depths: tuple[int, ...], used: int) -> int:
    """Where the words before a figure begin: at the last stop, bracket or figure of its own depth."""
    i, depth = first, depths[first - start]
    while i > used:
        c, d = text[i - 1], depths[i - 1 - start]
        if d < depth or (d == depth and (c in STOPS or c == "(")):
            break
        i -= 1
    return _past_numbering(text, i, first)


def _past_numbering(text: str, at: int, first: int) -> int:
    """Behind a list mark at this place: (一), 1., 2、."""
    hit = next((h for h in (n.match(text, at) for n in _NUMBERING) if h), None)
    return hit.end() if hit and hit.end() <= first else at


def _tail(
    text: str, unit_end: int, limit: int, depths: tuple[int, ...], start: int, bridged: frozenset[int]
) -> tuple[int, int]:
    """Where the words after a figure end, and from where on words belong to the next figure."""
    i, end = unit_end, start + len(depths)
    depth = depths[unit_end - 1 - start]
    while i < limit and (i in bridged or (text[i] not in STOPS + "、()" and depths[i - start] == depth)):
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
    return sentence.places.clause(end), end
