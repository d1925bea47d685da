"""DAGSTER_HOME of a data root: its configuration, and what a killed process left behind in it."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

import dagster as dg
from dagster._core.storage.dagster_run import IN_PROGRESS_RUN_STATUSES
from filelock import FileLock, Timeout

from orchestration.defs.warehouse import POOL
from orchestration.settings import Settings
from orchestration.storage.files import switch_link
from orchestration.storage.fingerprints import PROJECT
from orchestration.storage.layout import open_data_root, warehouse_lock

PROCESS_TAG = ".dagster/ogi_process"
"""The machine and process a run of the command line lives in; the prefix hides it in the UI."""


def prepare_home(settings: Settings) -> Mapping[str, str]:
    """Make DAGSTER_HOME ready and return the environment that points Dagster and dbt at this data root.

    Raises LayoutError where the data root is laid out by another version.
    """
    open_data_root(settings)
    switch_link(settings.dagster_home / "dagster.yaml", PROJECT / "dagster.yaml")
    return {
        "DAGSTER_HOME": str(settings.dagster_home),
        "OGI_DATA_ROOT": str(settings.data_root),
        "OGI_INBOX": str(settings.inbox),
        "DO_NOT_TRACK": "1",
    }


@contextlib.contextmanager
def instance_of(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance of a data root, freed of what dead processes held; the environment points at it."""
    before = dict(os.environ)
    os.environ.update(prepare_home(settings))
    try:
        with contextlib.ExitStack() as stack:
            # Two processes that make a new instance at the same moment leave its storage unreadable.
            with FileLock(settings.dagster_home / ".lock"):
                instance = stack.enter_context(dg.DagsterInstance.from_config(str(settings.dagster_home)))
                end_dead_runs(instance)
                free_dead_slots(instance, settings)
                instance.all_instigator_state()
            yield instance
    finally:
        os.environ.clear()
        os.environ.update(before)


def process_tag(run_id: str) -> str:
    """The value of PROCESS_TAG for a run in this process; it names the run, as a run made from it copies the tag."""
    return ":".join((run_id, socket.gethostname(), str(os.getpid()), _started(os.getpid())))


def end_dead_runs(instance: dg.DagsterInstance) -> None:
    """Report as failed the runs whose process on this machine is gone."""
    for run in instance.get_runs(dg.RunsFilter(statuses=IN_PROGRESS_RUN_STATUSES)):
        if _is_dead(run):
            instance.report_run_failed(run, "The process of this run has ended.")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def _is_dead(run: dg.DagsterRun) -> bool:
    run_id, host, process, started = run.tags.get(PROCESS_TAG, ":::").split(":")
    return run_id == run.run_id and host == socket.gethostname() and _started(int(process)) != started


def free_dead_slots(instance: dg.DagsterInstance, settings: Settings) -> None:
    """Give back the pool that a run holds although no process holds the lock of the warehouse.

    Whoever holds the pool and lives holds the lock too, but for an instant; the lock alone keeps writers apart.
    """
    try:
        with warehouse_lock(settings).acquire(timeout=0):
            for slot in instance.event_log_storage.get_concurrency_info(POOL).claimed_slots:
                instance.event_log_storage.free_concurrency_slots_for_run(slot.run_id)
    except Timeout:
        return


def _started(process: int) -> str:
    """When a process began, in clock ticks since the machine did; empty where there is none."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except OSError:
        return ""
