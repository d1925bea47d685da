"""How far a long batch has come: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")

SECONDS_BETWEEN_LINES = 10.0


def shown(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """The items as they come, with progress on stderr; nothing is printed where there is nothing to do."""
    if not total:
        yield from items
    elif sys.stderr.isatty():
        yield from tqdm(items, total=total, desc=what, unit="", leave=False, dynamic_ncols=True)
    else:
        yield from _in_lines(items, total, what)


def _in_lines(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    printed = time.monotonic()
    for number, item in enumerate(items, start=1):
        yield item
        if number < total and time.monotonic() - printed >= SECONDS_BETWEEN_LINES:
            printed = time.monotonic()
            print(f"{what}: {number} of {total}", file=sys.stderr, flush=True)
