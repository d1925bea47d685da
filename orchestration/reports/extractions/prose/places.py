"""Where patterns match in one stretch of text, found once however often and from wherever it is asked.

A figure asks for the years, marks and words before it; a stretch without an end has thousands of figures. Nothing is
known here of what the patterns mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

STOPS = ",;:。!?"
# No pattern that is asked for looks further than this from where its match begins.
_REACH = 64
_NEAR = 4 * _REACH
_STOP = re.compile(f"[{STOPS}]")

Keep = Callable[[re.Match[str], int], bool]
"""Whether a match counts where text[:end] is all that is seen; never the same pattern with another condition."""


class Places:
    """The places of patterns in text[start:end]; every answer is that of the pattern on the part asked for."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self._found: dict[re.Pattern[str], tuple[list[int], list[re.Match[str]]]] = {}
        self._kept: dict[re.Pattern[str], tuple[list[int], list[re.Match[str]]]] = {}
        self._begins: list[int] | None = None

    def has(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        """Whether the pattern matches somewhere in text[start:end]."""
        return self.first(pattern, start, end) is not None

    def first(self, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        """The first match in text[start:end]."""
        if end - start <= _NEAR:
            return pattern.search(self._text, start, end)
        near = pattern.search(self._text, start, start + 2 * _REACH)
        if near and near.start() <= start + _REACH:
            return near
        starts, hits = self._all(pattern)
        at = bisect_left(starts, start + _REACH)
        if at < len(hits) and starts[at] + _REACH <= end:
            return hits[at]
        return pattern.search(self._text, end - _REACH, end)

    def backwards(
        self, pattern: re.Pattern[str], start: int, end: int, keep: Keep | None = None
    ) -> Iterator[re.Match[str]]:
        """The matches in text[start:end], the last first; of them those that `keep` keeps."""
        if end - start <= _NEAR:
            yield from self._tail(pattern, start, end, keep)
            return
        starts, hits = self._all(pattern)
        safe = bisect_right(starts, end - _REACH)
        begin = max(end - _REACH, hits[safe - 1].end() if safe else start, start)
        yield from self._tail(pattern, begin, end, keep)
        if keep is not None:
            starts, hits = self._only(pattern, keep)
            safe = bisect_right(starts, end - _REACH)
        for at in range(safe - 1, -1, -1):
            if starts[at] < start:
                return
            yield hits[at]

    def _tail(self, pattern: re.Pattern[str], start: int, end: int, keep: Keep | None) -> list[re.Match[str]]:
        found = list(pattern.finditer(self._text, start, end))[::-1]
        return found if keep is None else [hit for hit in found if keep(hit, end)]

    def last(self, pattern: re.Pattern[str], start: int, end: int, keep: Keep | None = None) -> re.Match[str] | None:
        """The last match in text[start:end] that `keep` keeps."""
        return next(self.backwards(pattern, start, end, keep), None)

    def clause(self, at: int) -> int:
        """Where the clause begins that goes on at this character: behind the last stop before it."""
        if self._begins is None:
            self._begins = [self._start, *(hit.end() for hit in _STOP.finditer(self._text, self._start, self._end))]
        return self._begins[max(0, bisect_right(self._begins, at) - 1)]

    def _all(self, pattern: re.Pattern[str]) -> tuple[list[int], list[re.Match[str]]]:
        found = self._found.get(pattern)
        if found is None:
            hits = list(pattern.finditer(self._text, self._start, self._end))
            found = self._found[pattern] = [hit.start() for hit in hits], hits
        return found

    def _only(self, pattern: re.Pattern[str], keep: Keep) -> tuple[list[int], list[re.Match[str]]]:
        kept = self._kept.get(pattern)
        if kept is None:
            hits = [hit for hit in self._all(pattern)[1] if keep(hit, self._end)]
            kept = self._kept[pattern] = [hit.start() for hit in hits], hits
        return kept
