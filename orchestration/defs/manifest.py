"""The dbt manifest that the definitions are made from: parsed anew when a file of the dbt project has changed."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

from filelock import FileLock

from orchestration.storage.files import write_atomically
from orchestration.storage.fingerprints import PROJECT, model_fingerprint

DBT_PROJECT = PROJECT / "dbt_project"
TARGET = DBT_PROJECT / "target"
DBT_COMMAND = str(Path(sysconfig.get_path("scripts")) / "dbt")


class ManifestError(Exception):
    """dbt could not parse its project; the message is what dbt said."""


def prepared_manifest() -> Path:
    """The path of a manifest that fits the dbt project as it stands; quick where it is fresh.

    Raises ManifestError.
    """
    manifest, mark = TARGET / "manifest.json", TARGET / "manifest.sha256"
    TARGET.mkdir(exist_ok=True)
    fingerprint = model_fingerprint()
    with FileLock(TARGET / ".manifest.lock"):
        if not manifest.exists() or not mark.exists() or mark.read_text(encoding="utf-8") != fingerprint:
            _parse()
            write_atomically(mark, fingerprint.encode())
    return manifest


def _parse() -> None:
    command = [DBT_COMMAND, "--quiet", "parse"]
    folders = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT), "--target-path", str(TARGET)]
    environment = os.environ | {"DBT_LOG_PATH": str(TARGET), "DO_NOT_TRACK": "1"}
    done = subprocess.run(
        [*command, *folders], cwd=DBT_PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ManifestError(f"dbt cannot parse {DBT_PROJECT}:\n{done.stdout}{done.stderr}")
