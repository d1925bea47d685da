"""Publication ended at its steps on disk; `python -m tests.publication.crashed` tries every one of them."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from orchestration.gate.judge import judge
from orchestration.publication.release import publish
from orchestration.publication.verify import verify
from orchestration.settings import Settings
from tests.gate.handmade import YEARS, build, change, settings_at
from tests.storage.crashes import crash, state, steps_of

CONTENT = ("parquet", "csv", "verdicts")
NEW_CONTENT = "update marts.fct_findings set message_en = 'Seen again.' where report_id = 'r0y2018'"


def try_steps(settings: Settings, chosen: Callable[[Sequence[str]], Sequence[int]]) -> list[str]:
    """End the second publication of a judged data root at the chosen of its steps, and publish again after each.

    Returns what went wrong: a release that is not whole, content that is neither the old nor the new, an end other than
    that of a publication nobody ended.
    """
    publish(settings)
    before = _handed_over(settings)
    change(settings, NEW_CONTENT)
    judge(settings, 2018)
    whole = _copied(settings, "whole")
    steps = steps_of(lambda: publish(whole))
    after = _handed_over(whole)
    assert after != before
    wrong = []
    for at in chosen(steps):
        broken = _copied(settings, f"broken-{at}")
        crash(lambda settings=broken: publish(settings), at)
        step = f"step {at} of {len(steps)}, {steps[at]}"
        wrong += [f"{step}: {told}" for told in verify(broken.publication / "current")]
        if _handed_over(broken) not in (before, after):
            wrong.append(f"{step}: neither the old content nor the new")
        publish(broken)
        wrong += [f"{step}, then again: {told}" for told in verify(broken.publication / "current")]
        if _handed_over(broken) != after or _names(broken) != _names(whole):
            wrong.append(f"{step}: the publication after it ended elsewhere")
        shutil.rmtree(broken.data_root)
        print(step, flush=True)
    return wrong


def _copied(settings: Settings, name: str) -> Settings:
    copy = replace(settings, data_root=settings.data_root.with_name(name))
    shutil.copytree(settings.data_root, copy.data_root, symlinks=True)
    return copy


def _handed_over(settings: Settings) -> dict[str, str]:
    """The content of the current release."""
    folder = (settings.publication / "current").resolve()
    return {f"{part}/{name}": value for part in CONTENT for name, value in state(folder / part).items()}


def _names(settings: Settings) -> list[str]:
    """What stands in publication/, two levels deep."""
    found = [*settings.publication.glob("*"), *settings.publication.glob("releases/*")]
    return sorted(path.relative_to(settings.publication).as_posix() for path in found)


def main() -> int:
    """Every step."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_at(Path(folder) / "data")
        build(settings.warehouse)
        for year in YEARS:
            judge(settings, year)
        wrong = try_steps(settings, lambda steps: range(len(steps)))
    print("\n".join(wrong) or "Every step: the release stays whole, and the next publication makes it good.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
