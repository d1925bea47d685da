"""Where the pieces of a batch are worked on: here, or in processes of this machine. It does not know what they are.

A further back end (another machine's scheduler) is one more function of this shape.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def here(do: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result | None]]:
    """Every item with its result, one after the other, in this process."""
    return ((item, do(item)) for item in items)


def in_processes(
    do: Callable[[Item], Result], items: Sequence[Item], workers: int, begin: Callable[[], None] | None = None
) -> Iterator[tuple[Item, Result | None]]:
    """Every item with its result as they come; None for an item whose process ended under it.

    `begin` is done once in each process before its first item.

    When a process ends, what was in its hands and its neighbours' is done again, each item alone.
    """
    waiting = deque(items)
    while waiting:
        held: dict[Future[Result], Item] = {}
        try:
            with _pool(workers, begin) as pool:
                yield from _drain(pool, do, waiting, held, 2 * workers)
        except BrokenProcessPool:
            yield from [(item, _alone(do, item, begin)) for item in held.values()]


def _drain(
    pool: ProcessPoolExecutor,
    do: Callable[[Item], Result],
    waiting: deque[Item],
    held: dict[Future[Result], Item],
    at_once: int,
) -> Iterator[tuple[Item, Result]]:
    """Results as they come; `held` always names what the pool has been given and has not answered."""
    while waiting or held:
        while waiting and len(held) < at_once:
            held[pool.submit(do, waiting[0])] = waiting[0]
            waiting.popleft()
        done, _ = wait(held, return_when=FIRST_COMPLETED)
        for future in done:
            result = future.result()
            yield held.pop(future), result


def _alone(do: Callable[[Item], Result], item: Item, begin: Callable[[], None] | None) -> Result | None:
    try:
        with _pool(1, begin) as pool:
            return pool.submit(do, item).result()
    except BrokenProcessPool:
        return None


def _pool(workers: int, begin: Callable[[], None] | None) -> ProcessPoolExecutor:
    """Processes that begin with the library already loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["orchestration.storage.batch"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=begin)
