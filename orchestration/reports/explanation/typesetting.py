"""Lines set for a terminal: widths counted as a screen counts them, wrapped, in columns, coloured where asked.

What the lines say is not known here. Words of a document may hold anything; `clean` makes them safe to print.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

Colour = Literal["strong", "faint", "good", "odd", "bad", "plain"]
OPEN, CLOSE = "【", "】"
"""What a quotation is marked with, around the words that matter."""

_CODES: dict[Colour, str] = {"strong": "1", "faint": "2", "good": "32", "odd": "33", "bad": "31;1", "plain": ""}
_MARKED = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}?|^[^{OPEN}{CLOSE}]*{CLOSE}")
_BREAKS = re.compile(r"[^\S\n]*[\n\v\f\r\x85\u2028\u2029]\s*")
_PIECE = re.compile(r"[\x21-\x7e]+|[\s\S]")
_LOST = "\ufffd"
_NO_FONT = frozenset({"Cs", "Co", "Cn"})
_NOT_FIRST = "，。；：、！？）〕】》”’,.;:!?)"
_NOT_LAST = "（〔【《“‘(" + OPEN


def clean(words: str) -> str:
    """Printed words on one line: breaks inside Chinese drop out, white space is one blank, control characters go,
    and characters that no font knows are shown as lost.
    """
    one_line = re.sub(r"\s+", " ", _BREAKS.sub(_break, words))
    kinds = [(c, unicodedata.category(c)) for c in one_line]
    return "".join(_LOST if kind in _NO_FONT else c for c, kind in kinds if kind not in ("Cc", "Cf"))


def _break(hit: re.Match[str]) -> str:
    around = hit.string[max(0, hit.start() - 1) : hit.start()] + hit.string[hit.end() : hit.end() + 1]
    return " " if any(c.isascii() and c.isalnum() for c in around) else ""


def columns(words: str) -> int:
    """How many columns of a terminal the words fill: two for each wide character, none for a combining mark."""
    return sum(_columns_of(c) for c in words)


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def fill(words: str, width: int, *, right: bool = False) -> str:
    """The words with blanks up to the width, after them or (`right`) before; longer words stay as they are."""
    blanks = " " * max(0, width - columns(words))
    return blanks + words if right else words + blanks


def cut(words: str, width: int) -> str:
    """The words, ending in … where they are wider than the width."""
    if columns(words) <= width:
        return words
    return words[: _fitting(words, width - 1)] + "…"


def _fitting(words: str, width: int) -> int:
    """How many characters from the beginning fill no more than the width."""
    used = 0
    for i, c in enumerate(words):
        used += _columns_of(c)
        if used > width:
            return i
    return len(words)


def wrap(words: str, width: int) -> list[str]:
    """The words on lines no wider than `width` (at least 4): digits and Latin words stay whole where they fit,
    closing marks never begin a line and opening ones never end it. No words are one empty line.
    """
    lines, line, used = [], "", 0
    for unit in _units(words, max(4, width)):
        wide = columns(unit)
        if used and used + wide > width:
            lines.append(line.rstrip())
            line, used = "", 0
            unit = unit.lstrip()
            wide = columns(unit)
        line, used = line + unit, used + wide
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(words: str, width: int) -> Iterator[str]:
    """What a line end may stand between."""
    unit = ""
    for piece in _PIECE.findall(words):
        joins = unit and (piece[0] in _NOT_FIRST or unit[-1] in _NOT_LAST)
        if unit and (not joins or columns(unit + piece) > width):
            yield unit
            unit = ""
        unit += piece
        while columns(unit) > width:
            fits = _fitting(unit, width)
            yield unit[:fits]
            unit = unit[fits:]
    if unit:
        yield unit


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a row: its words, its width, and how they look."""

    words: str
    width: int
    right: bool = False
    colour: Colour = "plain"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper: how many columns it has, and whether it takes colours."""

    width: int
    colours: bool = False

    def paint(self, words: str, colour: Colour) -> str:
        """The words in this colour, or as they are on paper without colours."""
        code = _CODES[colour]
        return f"\x1b[{code}m{words}\x1b[0m" if self.colours and code and words else words

    def mark(self, line: str) -> str:
        """The line with what stands between the marks of a quotation in the colour of what matters."""
        return _MARKED.sub(lambda hit: self.paint(hit[0], "strong"), line) if self.colours else line

    def row(self, fields: Sequence[Field]) -> Iterator[str]:
        """One row of columns, two blanks apart; words wider than their column go on below in it."""
        wrapped = [wrap(field.words, field.width) for field in fields]
        for parts in zip_longest(*wrapped, fillvalue=""):
            filled = [fill(part, field.width, right=field.right) for part, field in zip(parts, fields, strict=True)]
            while filled and not filled[-1].strip():
                filled.pop()
            if filled:
                filled[-1] = filled[-1].rstrip()
            yield "  ".join(self._paint(words, field.colour) for words, field in zip(filled, fields, strict=False))

    def _paint(self, words: str, colour: Colour) -> str:
        return self.mark(words) if colour == "plain" else self.paint(words, colour)

    def text(self, words: str, indent: int = 0, colour: Colour = "plain", hanging: int = 0) -> Iterator[str]:
        """Words wrapped to the paper behind an indent; `hanging` indents every line but the first further."""
        first, *rest = wrap(words, self.width - indent - hanging)
        for blanks, line in [(indent, first), *((indent + hanging, line) for line in rest)]:
            yield " " * blanks + self._paint(line, colour)

    def heading(self, words: str) -> Iterator[str]:
        """A heading of the first rank, with an empty line before."""
        yield ""
        yield self.paint(f"{words} {'-' * max(0, self.width - columns(words) - 1)}", "strong")

    def labelled(self, rows: Iterable[tuple[str, str]], width: int = 10) -> Iterator[str]:
        """Behind an indent a label and its words, row by row, the words in one column; no label goes on with the
        row before.
        """
        for label, words in rows:
            row = self.row([Field(label, width, colour="faint"), Field(words, self.width - width - 4)])
            yield from (f"  {line}" for line in row)
