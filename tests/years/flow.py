"""Specimens written and the whole flow run on them, each as a person would call it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg

PROJECT = Path(__file__).resolve().parents[2]


def orchestration(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
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


def written(folder: Path, *arguments: str) -> Path:
    """The histories of agencies written into this folder; returns their truth."""
    done = orchestration("specimens", "--across-years", "--out", folder, *arguments)
    assert done.returncode == 0, done.stderr
    return folder / "truth"


def run(inbox: Path, root: Path, as_of: str, workers: int) -> subprocess.CompletedProcess[str]:
    """One run of the flow on this inbox."""
    arguments = ("run", "--inbox", inbox, "--data-root", root, "--as-of", as_of)
    return orchestration(*arguments, OGI_WORKERS=str(workers))


def seconds(root: Path) -> dict[str, float]:
    """How long every step of the runs of a data root took, the longest first."""
    found: dict[str, float] = {}
    with dg.DagsterInstance.from_config(str(root / "dagster")) as instance:
        for run in instance.get_runs():
            for step in instance.get_run_step_stats(run.run_id):
                if step.start_time is not None and step.end_time is not None:
                    found[step.step_key] = found.get(step.step_key, 0) + step.end_time - step.start_time
    return dict(sorted(found.items(), key=lambda each: -each[1]))
