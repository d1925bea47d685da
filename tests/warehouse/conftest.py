"""One dbt run on a data root, as a fixture."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .handmade import Built

DBT_PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"

Build = Callable[..., Built]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A function that runs dbt on a data root: `build(root, *arguments)`; without unit tests unless told otherwise."""
    work = tmp_path_factory.mktemp("dbt")

    def run(data_root: Path, *arguments: str, unit_tests: bool = False) -> Built:
        command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "build", *arguments]
        command += ["--target-path", str(work / "target"), "--log-path", str(work / "logs")]
        command += [] if unit_tests else ["--exclude-resource-type", "unit_test"]
        environment = os.environ | {"OGI_DATA_ROOT": str(data_root), "DO_NOT_TRACK": "1"}
        done = subprocess.run(command, cwd=DBT_PROJECT, env=environment, capture_output=True, text=True, check=False)
        return Built(done.returncode, done.stdout + done.stderr, data_root / "warehouse.duckdb")

    return run
