"""The order of the jobs of one `run`, in this process, on the Dagster instance of the data root."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.definitions.job_base import InMemoryJob
from dagster._core.definitions.repository_definition import SINGLETON_REPOSITORY_NAME
from dagster._core.execution.api import execute_run
from dagster._core.remote_origin import RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.utils import make_new_run_id
from dagster._core.workspace.load import location_origins_from_yaml_paths

from orchestration.defs.asked import Asked
from orchestration.defs.definitions import definitions
from orchestration.defs.home import PROCESS_TAG, instance_of, process_tag
from orchestration.defs.partitions import YEARS_TAG, known_years, tags_for
from orchestration.defs.told import told
from orchestration.settings import Settings
from orchestration.storage.fingerprints import PROJECT
from orchestration.storage.years import years_changed

FAILED = 4


def flow(asked: Asked) -> int:
    """Take in the inbox, refresh the years that have changed, and tell what came of it; returns the exit status."""
    settings = asked.settings
    with instance_of(settings) as instance, aside(settings) as log:
        changed: tuple[int, ...] = ()
        years: tuple[int, ...] = ()
        done = execute("take_in", instance, settings, {})
        if done:
            changed = known_years(years_changed(settings))
            years = tuple(year for year in changed if not asked.years or year in asked.years)
            done = not years or refreshed(instance, settings, years)
    if not done:
        print(f"The flow failed. What it said is in {log}; `make ui` shows the run.", file=sys.stderr)
        return FAILED
    return told(asked, years, left=tuple(year for year in changed if year not in years))


def refreshed(instance: dg.DagsterInstance, settings: Settings, years: tuple[int, ...]) -> bool:
    """Run the job refresh for these years; while dbt works in its own process, what comes after it is imported."""
    threading.Thread(target=import_what_follows, daemon=True).start()
    return execute("refresh", instance, settings, tags_for(years))


def import_what_follows() -> None:
    """Import what takes seconds to import and is needed after dbt."""
    for name in ("great_expectations", "orchestration.gate.judge", "orchestration.publication.release"):
        importlib.import_module(name)


def execute(job: str, instance: dg.DagsterInstance, settings: Settings, tags: Mapping[str, str]) -> bool:
    """Run one job in this process, so that the UI shows it and can run it again; returns whether it succeeded."""
    print(f"{job} {tags.get(YEARS_TAG, '').replace(';', ' ')}".rstrip(), file=sys.stderr, flush=True)
    definition = definitions.resolve_job_def(job)
    run_id = make_new_run_id()
    run = instance.create_run_for_job(
        definition,
        run_id=run_id,
        run_config={"loggers": {"stages": {}}, "resources": {"settings": {"config": configuration(settings)}}},
        tags={**tags, PROCESS_TAG: process_tag(run_id)},
        remote_job_origin=RemoteJobOrigin(code_location(), job),
    )
    return execute_run(InMemoryJob(definition), run, instance).success


def code_location() -> RemoteRepositoryOrigin:
    """Where the UI finds the same definitions."""
    (location,) = location_origins_from_yaml_paths([str(PROJECT / "workspace.yaml")])
    return RemoteRepositoryOrigin(location, SINGLETON_REPOSITORY_NAME)


def configuration(settings: Settings) -> dict[str, Any]:
    """What a run must be given again to do the same again."""
    return {"inbox": str(settings.inbox), "as_of": settings.as_of.isoformat()}


@contextlib.contextmanager
def aside(settings: Settings) -> Iterator[Path]:
    """Keep what the tools print on stdout out of the terminal; yields the file it goes to."""
    # A file of this name that is there already is that of a process that has ended.
    log = settings.dagster_home / "logs" / f"run-{os.getpid()}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
        yield log
