"""A batch in processes: every item comes back once, whatever happens to a process."""

from __future__ import annotations

import os
import time

import pytest

from orchestration.storage.backends import here, in_processes


def half(number: int) -> float:
    """Half of a number; takes its process with it on 13, as a library outside Python can."""
    if number == 13:
        os._exit(139)
    time.sleep(0.001 * (number % 3))
    return number / 2


def refuse(number: int) -> int:
    """An error of the work itself."""
    raise ValueError(f"not {number}")


def test_every_item_comes_back_with_its_result() -> None:
    items = [number for number in range(60) if number != 13]
    assert sorted(in_processes(half, items, 2)) == list(here(half, items)) == [(item, item / 2) for item in items]


def test_an_item_that_ends_its_process_comes_back_empty_and_alone() -> None:
    outcomes = dict(in_processes(half, range(40), 2))
    assert outcomes == {number: None if number == 13 else number / 2 for number in range(40)}


def test_an_error_of_the_work_is_raised() -> None:
    with pytest.raises(ValueError, match="not 1"):
        list(in_processes(refuse, [1], 2))


def test_nothing_to_do_starts_nothing() -> None:
    assert list(in_processes(half, [], 2)) == list(here(half, [])) == []
