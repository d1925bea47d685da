"""A publication that ends midway leaves the release before whole, and the next one makes it good."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.settings import Settings
from tests.publication.crashed import try_steps


def decisive(steps: Sequence[str]) -> list[int]:
    """The first step, and every rename and link: between them nothing changes that can be seen from outside."""
    return [0, *(at for at, step in enumerate(steps) if step in ("rename", "link"))]


def test_a_publication_that_ends_midway_is_made_good_by_the_next(root: Settings) -> None:
    assert try_steps(root, decisive) == []
