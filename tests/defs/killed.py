"""The whole flow killed at random moments: `python -m tests.defs.killed [NUMBER]` is the long form of test_killed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from orchestration.publication.verify import verify
from tests.defs.conftest import INBOX, PROJECT, command
from tests.storage.crashes import state

DAY = "2020-01-15"
YEAR_ADDED = "2016"
NUMBER = 50


def prepared(folder: Path) -> Path:
    """A data root with a release of one year; its inbox, beside it, has a second year since."""
    inbox, root = folder / "inbox", folder / "before"
    shutil.copytree(INBOX / "2017", inbox / "2017")
    assert run(root, inbox).returncode == 0
    shutil.copytree(INBOX / YEAR_ADDED, inbox / YEAR_ADDED)
    return root


def run(root: Path, inbox: Path) -> subprocess.CompletedProcess[str]:
    """The flow, to its end."""
    return command("run", "--inbox", inbox, "--data-root", root, "--as-of", DAY)


def killed(root: Path, inbox: Path, after: float) -> bool:
    """The flow, killed with everything it started after so many seconds; whether it was still at work."""
    asked = [sys.executable, "-m", "orchestration", "run", "--inbox", inbox, "--data-root", root, "--as-of", DAY]
    process = subprocess.Popen(
        asked, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def handed_over(root: Path) -> dict[str, str]:
    """What the flow has produced: landing, extractions, verdicts and the current release."""
    found = {}
    for part in ("landing", "extractions", "gate", "publication/current/parquet", "publication/current/csv"):
        found |= {f"{part}/{name}": value for name, value in state((root / part).resolve()).items()}
    return found


def try_moments(folder: Path, number: int, seed: int) -> list[str]:
    """Kill the flow at so many moments, each in a copy of one data root, and run it again; returns what went wrong."""
    before, inbox = prepared(folder), folder / "inbox"
    whole = folder / "whole"
    shutil.copytree(before, whole, symlinks=True)
    begun = time.monotonic()
    assert run(whole, inbox).returncode == 0
    lasts = time.monotonic() - begun
    chance = random.Random(seed)
    wrong = []
    for at in range(number):
        root = folder / f"killed-{at}"
        shutil.copytree(before, root, symlinks=True)
        after = chance.uniform(0, lasts)
        moment = f"moment {at}, {after:.2f} s of {lasts:.2f}"
        at_work = killed(root, inbox, after)
        wrong += [f"{moment}: the release is not whole: {told}" for told in verify(root / "publication" / "current")]
        if run(root, inbox).returncode != 0:
            wrong.append(f"{moment}: the run after it failed")
        elif handed_over(root) != handed_over(whole):
            wrong.append(f"{moment}: the run after it ended elsewhere")
        print(f"{moment}{'' if at_work else ', already ended'}", flush=True)
        shutil.rmtree(root)
    return wrong


def main() -> int:
    """The long form."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    with tempfile.TemporaryDirectory() as folder:
        wrong = try_moments(Path(folder), number, seed=number)
    print("\n".join(wrong) or f"{number} moments: nothing lost, nothing half-published.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
