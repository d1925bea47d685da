"""Chance that is the same everywhere: every draw follows from the names it was asked under, never from the machine.

Only `Random.random()` is drawn from, whose sequence for a given seed is fixed by the language.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import TypeVar

T = TypeVar("T")
_MANY = 20


class Chance:
    """A stream of draws named by its path; `fork` gives an independent stream, so that one more draw moves no other."""

    def __init__(self, *path: object) -> None:
        self._path = tuple(str(part) for part in path)
        self._random = random.Random("\x1f".join(self._path))

    @property
    def path(self) -> tuple[str, ...]:
        """The names this stream was asked under: streams of one path give the same draws."""
        return self._path

    def fork(self, *path: object) -> Chance:
        """The stream of this name below this one, whatever was drawn here before."""
        return Chance(*self._path, *path)

    def happens(self, probability: float) -> bool:
        """True with this probability."""
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def skewed(self, low: int, high: int) -> int:
        """A whole number from low to high, small ones more often."""
        return low + int(self._random.random() ** 2 * (high - low + 1))

    def normal(self) -> float:
        """A draw around 0 of spread 1, never beyond 6; sums alone, so that no machine rounds it otherwise."""
        return sum(self._random.random() for _ in range(12)) - 6

    def about(self, mean: float) -> int:
        """How often something happens that happens so often on average."""
        if mean > _MANY:
            return max(0, round(mean + sqrt(mean) * self.normal()))
        tries = int(4 * mean) + 1
        return sum(self.happens(mean / tries) for _ in range(tries))

    def pick(self, choices: Sequence[T]) -> T:
        """One of these."""
        return choices[int(self._random.random() * len(choices))]

    def weighed(self, choices: Mapping[T, float]) -> T:
        """One of these, by weight."""
        at = self._random.random() * sum(choices.values())
        for choice, weight in choices.items():
            at -= weight
            if at < 0:
                return choice
        return next(iter(choices))

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """All of these in some order."""
        left = list(things)
        return [left.pop(int(self._random.random() * len(left))) for _ in range(len(left))]

    def each(self, things: Sequence[T]) -> Iterator[T]:
        """All of these in some order, one after the other: of many things the first few cost little."""
        taken: set[int] = set()
        while len(taken) < len(things):
            at = int(self._random.random() * len(things))
            if at not in taken:
                taken.add(at)
                yield things[at]

    def sample(self, things: Sequence[T], count: int) -> list[T]:
        """So many of these, each once, in some order."""
        return self.shuffled(things)[:count]

    def split(self, total: int, parts: int) -> list[int]:
        """A total in so many parts of at least 0, unequal ones."""
        cuts = sorted(self.whole(0, total) for _ in range(parts - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
