"""Marks inside a text that is still being laid out: where a claim or a label stands, whatever is done to the text.

A mark is one private character without width; it is taken out when the text is finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIRST = 0xE000
_LAST = 0xF8FF
MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


class Marks:
    """Gives out marks by number; a text holds each at most once."""

    def __init__(self) -> None:
        self._next = _FIRST

    def issue(self) -> str:
        """The next mark; raises OverflowError after some six thousand."""
        if self._next > _LAST:
            raise OverflowError("a report has more marked places than there are marks")
        self._next += 1
        return chr(self._next - 1)


def without(text: str) -> str:
    """The text as it is printed."""
    return MARK.sub("", text)


def width(text: str) -> int:
    """How many characters are printed."""
    return len(without(text))


def places(text: str) -> Iterator[tuple[str, int, int]]:
    """Every mark with its line (from 1) and its offset in the printed text."""
    line, printed = 1, 0
    for sign in text:
        if MARK.match(sign):
            yield sign, line, printed
            continue
        line += sign == "\n"
        printed += 1
