"""Ending a process at one of its steps on disk, as a power cut would, and looking at what is left."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from orchestration.storage import files

ENDED = 137


def steps_of(work: Callable[[], object]) -> list[str]:
    """The steps on disk that the work takes, by kind; it is done in a process of its own, and must succeed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        taken: list[str] = []
        files.about_to = lambda step, path: taken.append(step)
        _end_after(work, lambda: os.write(writing, " ".join(taken).encode()))
    os.close(writing)
    # Read before waiting: a child with more to say than the pipe holds would wait for its reader.
    with os.fdopen(reading) as told:
        steps = told.read().split()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return steps


def crash(work: Callable[[], object], at: int) -> None:
    """Do the work in a process of its own that ends right before its step number `at`, from 0."""
    child = os.fork()
    if child == 0:
        left = at

        def end(step: files.Step, path: Path) -> None:
            nonlocal left
            if left == 0:
                os._exit(ENDED)
            left -= 1

        files.about_to = end
        _end_after(work, lambda: None)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == ENDED, f"no step {at}"


def _end_after(work: Callable[[], object], then: Callable[[], object]) -> None:
    """Leave the process without the clean-up of the tests it was copied from."""
    try:
        work()
        then()
        os._exit(0)
    finally:
        os._exit(1)


def state(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes, links with their target, locks left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = str(path.readlink())
        elif path.is_file() and path.suffix != ".lock":
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
