"""The paragraphs of a document as passages: each under the topics of its headings, its quotations hidden.

A line that breaks off is read on in the next. Everything works on squeezed text, so that an offset always leads back
to the printed characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from orchestration.reports.documents.model import Document, Span
from orchestration.reports.documents.text import Squeezed, squeeze
from orchestration.reports.extractions.prose.lexicon import PLANS, Lexicon
from orchestration.reports.extractions.prose.places import Places
from orchestration.reports.extractions.prose.unfilled import gaps_of

_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_MASK = "\u25a1"
# A word or two in quotation marks may be part of a name: "两化"领域.
_NAME_MASK = "\u25a2"
_QUOTED_NAME = re.compile('"[\u4e00-\u9fff]{1,8}"')
# Titles and names quote other texts: their words and years say nothing of this report.
_QUOTED = re.compile(
    r"《[^《》]*》|〔[^〔〕]{0,6}〕?[^〔〕,。]{0,6}号|[(<]?https?://[^\s\u4e00-\u9fff]*|\"[^\"]{1,40}\"|<[^<>]{1,60}>"
)
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}\)")
NUMBERING = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}部分"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)[、.]?"),
    re.compile(r"\d{1,2}[、.](?!\d)"),
    re.compile(r"\(\d{1,2}\)|[①-⑳]|\d{1,2}\)"),
)
_UNNUMBERED = len(NUMBERING) + 1
_HEADING_LONGEST = 60
_HEADING_SHORTEST = 4
_NO_FIGURE = re.compile(r"20\d\d年?度?|[一二三四五六七八九十]是|\([一二三四五六七八九十]{1,3}\)|一些|进一步|统一|一致")
_STOP = re.compile(r"[,。;:]")
_RUN_ON = re.compile(r"(?<=[。;!?])(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))")
_INLINE_HEADING = re.compile(r"[^。:,;]{2,40}[。:]")
_BREAKS = frozenset(",;、:")
_LONG_LINE, _NEAR_END = 30, 200
_MID_SENTENCE = re.compile(r"[,;][^。!?]*[\u4e00-\u9fff)](?<![条件份篇次个名人起宗项])$")
# The official gate to Beijing's sites converts words as well as characters.
_PRINTED_TAIWANESE, _TAIWANESE, _INFORMATION = "資訊", "资讯", "信息"
FIGURES = re.compile(r"[\d零〇一二两三四五六七八九十百千万]")


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


def passages(document: Document, words: Lexicon) -> Iterator[Passage]:
    """The paragraphs of the document under the topics of their headings; headings themselves are passages too.

    A paragraph that runs several numbered sections together is cut before each of them.
    """
    headings: dict[int, tuple[str, frozenset[str]]] = {}
    section = 0
    for squeezed, text, masked, level, body in _whole(document, words):
        if level:
            headings = {k: v for k, v in headings.items() if k < level}
            headings[level] = (text[:body], words.topics_in(masked[:body]))
            section += level <= 2
        elif len(text) < _HEADING_LONGEST and words.attached.search(text):
            headings = {}
            section += 1
        gaps, characters = gaps_of(document.folded, squeezed), _characters(document, squeezed)
        yield Passage(squeezed, text, masked, _topics(headings), section, body, gaps, characters)


def _whole(document: Document, words: Lexicon) -> Iterator[tuple[Squeezed, str, str, int, int]]:
    """The paragraphs, plain and masked, with the level of the heading that opens them and where it ends.

    A line that breaks off goes on in the next one, unless that has a heading or a number of its own.
    """
    broken: list[tuple[Squeezed, str, str]] = []
    opening = 0, 0
    converted = _PRINTED_TAIWANESE in document.text
    for paragraph in document.paragraphs:
        for part in _parts(_without_pinyin(squeeze(document.folded, paragraph.spans))):
            text = part.text.translate(words.plain)
            text = text.replace(_TAIWANESE, _INFORMATION) if converted else text
            masked = _masked(text, words)
            level, body = _heading(text, masked, _gaps(document.folded, part.offsets), words)
            if broken and level:
                yield *_joined(broken, words), *opening
                broken = []
            if not broken:
                opening = level, body if level else 0
            broken.append((part, text, masked))
            if not _is_broken(text) or opening[1] == len(text):
                yield *_joined(broken, words), *opening
                broken = []
    if broken:
        yield *_joined(broken, words), *opening


def _is_broken(text: str) -> bool:
    """Whether a line goes on in the next: it ends at a comma, or is long, has clauses, and ends in mid-sentence."""
    late = max(0, len(text) - _NEAR_END)
    return text[-1:] in _BREAKS or (len(text) >= _LONG_LINE and _MID_SENTENCE.search(text, late) is not None)


def _joined(parts: list[tuple[Squeezed, str, str]], words: Lexicon) -> tuple[Squeezed, str, str]:
    if len(parts) == 1:
        return parts[0]
    offsets = tuple(i for squeezed, _, _ in parts for i in squeezed.offsets)
    text = "".join(text for _, text, _ in parts)
    return Squeezed("".join(squeezed.text for squeezed, _, _ in parts), offsets), text, _masked(text, words)


def _masked(text: str, words: Lexicon) -> str:
    return _QUOTED.sub(lambda hit: _hide(hit[0], words), text)


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
    if quoted[0] == '"' and (way := words.way_end.search(quoted)):
        return _MASK * way.start() + way[1] + _MASK
    return (_NAME_MASK if _QUOTED_NAME.fullmatch(quoted) else _MASK) * len(quoted)


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
    for level, numbering in enumerate(NUMBERING, 1):
        hit = numbering.match(text)
        if not hit:
            continue
        spaced = _spaced(gaps, hit.end()) if level <= 2 and text[-1] == "。" else 0
        # Blanks before a unit were left for its number.
        spaced = 0 if words.unit.match(text, spaced) else spaced
        if spaced and not _counts(masked[hit.end() : spaced]) and not _STOP.search(text, 0, spaced):
            return level, spaced
        whole = len(text) <= _HEADING_LONGEST and not text.endswith((";", ",")) and not _counts(masked[hit.end() :])
        whole = whole and not ("," in text and any(no["no"] for no in words.negation.finditer(masked)))
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
    return bool(FIGURES.search(_NO_FIGURE.sub("", words)))
