"""`python -m orchestration ui`: Dagster's own pages on loopback, on the data root that `run` would use now."""

from __future__ import annotations

import argparse
import os
import sys
import sysconfig
from pathlib import Path
from typing import NoReturn

from orchestration.defs.asked import UsageError, with_samples
from orchestration.defs.run import WRONG_USAGE, sentence
from orchestration.registry.load import RegistryError
from orchestration.settings import Settings
from orchestration.storage.fingerprints import PROJECT
from orchestration.storage.layout import LayoutError

PORT = 3000
OLD_COMMAND = "ignore:Function `dev_command` is superseded:FutureWarning"
"""What Dagster says of `dagster dev`, which the one who typed `ui` has not chosen."""


def add_ui(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `ui` with its arguments."""
    parser = commands.add_parser("ui", help="open Dagster's pages on the data root that run would use now")
    parser.add_argument("--data-root", type=Path, metavar="DIR", help="where everything is kept (OGI_DATA_ROOT)")
    parser.add_argument("--port", type=int, default=PORT, help=f"the port on this machine ({PORT})")
    parser.set_defaults(run=serve)


def serve(arguments: argparse.Namespace) -> int:
    """Become `dagster dev`; returns only where that cannot be."""
    try:
        settings = with_samples(Settings.read(arguments.data_root))
        environment = opened(settings)
    except (UsageError, RegistryError, LayoutError, OSError, ValueError) as error:
        print(f"orchestration: {sentence(error)}", file=sys.stderr)
        return WRONG_USAGE
    where = f"http://127.0.0.1:{arguments.port}"
    print(f"{where} shows {settings.data_root} in about half a minute; Ctrl-C ends it.", flush=True)
    return become_dagster(arguments.port, environment)


def become_dagster(port: int, environment: dict[str, str]) -> NoReturn:
    """Replace this process by `dagster dev`, which answers on this machine alone."""
    scripts = Path(sysconfig.get_path("scripts"))
    path = f"{scripts}{os.pathsep}{environment.get('PATH', '')}"
    workspace = str(PROJECT / "workspace.yaml")
    command = ["dagster", "dev", "--workspace", workspace, "--host", "127.0.0.1", "--port", str(port)]
    # Where it works it looks for a dagster.yaml; one that is not that of its home it calls a mistake.
    os.chdir(environment["DAGSTER_HOME"])
    quiet = ",".join(filter(None, (environment.get("PYTHONWARNINGS"), OLD_COMMAND)))
    os.execve(scripts / "dagster", command, {**environment, "PATH": path, "PYTHONWARNINGS": quiet})


def opened(settings: Settings) -> dict[str, str]:
    """The environment of a process that works on this data root, once its Dagster instance is there."""
    from orchestration.defs.home import instance_of

    with instance_of(settings):
        return dict(os.environ)
