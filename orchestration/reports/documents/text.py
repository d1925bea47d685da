"""Chinese text made comparable without losing the place of a single character.

Folding never changes the length of a text, so offsets into the folded text are offsets into the printed one;
squeezing drops white space and keeps the offset of every character it leaves. Traditional characters are folded one
for one; traditional.txt holds them in pairs of aligned lines: those that stand for nothing else, then those that are
also simplified characters or stand in names of places, and are folded only where a whole text was converted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from orchestration.reports.documents.model import Span

_PUNCTUATION = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "－": "-", "―": "—", "─": "—", "﹝": "〔", "﹞": "〕",
    "［": "[", "］": "]", "∶": ":", "︰": ":", "·": "·", "•": "·", "‧": "·", "．": ".", "﹣": "-", "−": "-",
}  # fmt: skip

# ① and ² fold to digits, but they count items and units: as digits they would be read as figures.
_NOT_DIGITS = {0xB2, 0xB3, 0xB9, *range(0x2070, 0x20A0), *range(0x2460, 0x2500), *range(0x2776, 0x2794)}


_TRADITIONAL, _SIMPLIFIED, _AMBIGUOUS, _MEANT = (
    Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").splitlines()
)
# A text with as many traditional characters was converted as a whole.
_CONVERTED = 12
_ANY_TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")
_ANY_AMBIGUOUS = re.compile(f"[{_AMBIGUOUS}]")
_OF_CONVERTED = str.maketrans(_AMBIGUOUS, _MEANT)

_FORMS: dict[str, str] = {}
for _form, _plain in zip(_TRADITIONAL + _AMBIGUOUS, _SIMPLIFIED + _MEANT, strict=True):
    _FORMS[_plain] = _FORMS.get(_plain, "") + _form

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# The reading that some mirrors print behind a character: 當(dāng); the last vowel but one may bear the tone.
_READING = re.compile(rf"\((?<=[\u3400-\u9fff]\()[a-zü]{{0,4}}[{_TONES}][a-zü]{{0,3}}\)")
_DOUBLED = re.compile(",(?=,)")


def _folding() -> dict[int, str]:
    """One character for one: NFKC where that is one character, odd spaces as a space, look-alike marks as one mark."""
    table = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
    folding: dict[int, str] = {code: chr(plain) for code, plain in table.items()}
    for code in (*range(0x00A0, 0x0180), *range(0x2000, 0x3400), *range(0xF900, 0xFB00), *range(0xFE30, 0x10000)):
        if code in _NOT_DIGITS:
            continue
        character = chr(code)
        if unicodedata.category(character) in ("Zs", "Cf"):
            folding[code] = " "
            continue
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) == 1 and plain != character:
            folding[code] = chr(table.get(ord(plain), ord(plain)))
    folding.update({ord(mark): plain for mark, plain in _PUNCTUATION.items()})
    folding[ord("\r")] = " "
    folding[0xFEFF] = " "
    return folding


_FOLDING = {chr(code): plain for code, plain in _folding().items()}
# Of a text little is to be folded: finding that is many times as fast as looking up every character.
_TO_FOLD = re.compile(f"[{re.escape(''.join(_FOLDING))}]")


def fold(text: str) -> str:
    """The text made plain, of the same length: full-width forms, Kangxi radicals, odd spaces, look-alike marks,
    traditional characters; readings printed behind characters and the first of two commas become white space.
    """
    folded = _TO_FOLD.sub(_plain_of, text)
    if _ANY_AMBIGUOUS.search(folded) and len(_ANY_TRADITIONAL.findall(text)) >= _CONVERTED:
        folded = folded.translate(_OF_CONVERTED)
    if "(" in folded:
        folded = _READING.sub(lambda hit: " " * len(hit[0]), folded)
    return _DOUBLED.sub(" ", folded) if ",," in folded else folded


def _plain_of(hit: re.Match[str]) -> str:
    return _FOLDING[hit[0]]


def either_script(words: str) -> str:
    """A pattern for the words in simplified or traditional characters, with or without white space between them."""
    return r"\s*".join(f"[{re.escape(c)}{_FORMS.get(c, '')}]" for c in words)


_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Folded words without white space, and for each character its offset in the document."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The document's span of the squeezed characters start to end (end excluded); raises IndexError when empty."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def squeeze(folded: str, spans: Iterable[Span]) -> Squeezed:
    """The characters of the spans of a folded text, white space dropped, each with its offset."""
    runs = [run for span in spans for run in _RUN.finditer(folded, span.start, span.end)]
    return Squeezed("".join([run[0] for run in runs]), tuple(chain.from_iterable(range(*run.span()) for run in runs)))


def compact(words: str) -> str:
    """Folded words without any white space: the form in which labels are compared."""
    return "".join(fold(words).split())
