"""Runs of the whole flow on a small inbox, each in a data root of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
INBOX = PROJECT / "tests" / "inbox"


def command(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m orchestration` with these arguments, ended, with what it printed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("OGI_", "DAGSTER_"))}
    return subprocess.run(
        [sys.executable, "-m", "orchestration", *map(str, arguments)],
        cwd=PROJECT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )
