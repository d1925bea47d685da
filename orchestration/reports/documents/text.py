"""Chinese text made comparable without losing the place of a single character.

Folding never changes the length of a text, so offsets into the folded text are offsets into the printed one;
squeezing drops white space and keeps the offset of every character it leaves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from orchestration.reports.documents.model import Span

_PUNCTUATION = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "－": "-", "―": "—", "─": "—", "﹝": "〔", "﹞": "〕",
    "［": "[", "］": "]", "∶": ":", "︰": ":", "·": "·", "•": "·", "‧": "·", "．": ".", "﹣": "-", "−": "-",
}  # fmt: skip

# ① and ² fold to digits, but they count items and units: as digits they would be read as figures.
_NOT_DIGITS = {0xB2, 0xB3, 0xB9, *range(0x2070, 0x20A0), *range(0x2460, 0x2500), *range(0x2776, 0x2794)}


def _folding() -> dict[int, str]:
    """One character for one: NFKC where that is one character, odd spaces as a space, look-alike marks as one mark."""
    table = {}
    for code in (*range(0x00A0, 0x0180), *range(0x2000, 0x3400), *range(0xF900, 0xFB00), *range(0xFE30, 0x10000)):
        if code in _NOT_DIGITS:
            continue
        character = chr(code)
        if unicodedata.category(character) in ("Zs", "Cf"):
            table[code] = " "
            continue
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) == 1 and plain != character:
            table[code] = plain
    table.update({ord(mark): plain for mark, plain in _PUNCTUATION.items()})
    table[ord("\r")] = " "
    table[0xFEFF] = " "
    return table


_FOLDING = _folding()


def fold(text: str) -> str:
    """The text with full-width forms, Kangxi radicals, odd spaces and look-alike marks made plain; same length."""
    return text.translate(_FOLDING)


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
    kept = [i for span in spans for i in range(span.start, span.end) if not folded[i].isspace()]
    return Squeezed("".join([folded[i] for i in kept]), tuple(kept))


def compact(words: str) -> str:
    """Folded words without any white space: the form in which labels are compared."""
    return "".join(fold(words).split())
