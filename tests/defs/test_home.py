"""What a killed process leaves behind does not stop the next run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import dagster as dg
from filelock import FileLock

from orchestration.defs.home import PROCESS_TAG, free_dead_slots, instance_of, process_tag
from orchestration.defs.warehouse import POOL
from orchestration.settings import Settings
from orchestration.storage.layout import warehouse_lock


@dg.op
def nothing() -> None:
    """Does nothing."""


@dg.job
def idle() -> None:
    """A run to leave behind."""
    nothing()


def leave_behind(instance: dg.DagsterInstance, tag: str) -> dg.DagsterRun:
    """A run that has started, holds the pool and never ended."""
    run = instance.create_run_for_job(idle, status=dg.DagsterRunStatus.STARTED, tags={PROCESS_TAG: tag})
    instance.event_log_storage.initialize_concurrency_limit_to_default(POOL)
    instance.event_log_storage.claim_concurrency_slot(POOL, run.run_id, "nothing")
    return run


def claimed(instance: dg.DagsterInstance) -> set[str]:
    """The runs that hold the pool."""
    return {slot.run_id for slot in instance.event_log_storage.get_concurrency_info(POOL).claimed_slots}


def status(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dg.DagsterRunStatus:
    """The status of a run as recorded now."""
    record = instance.get_run_by_id(run.run_id)
    assert record is not None
    return record.status


def test_home_is_made_and_says_nothing_to_anybody_outside(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path / "data")
    with instance_of(settings) as instance:
        assert not instance.telemetry_enabled
        assert not instance.nux_enabled
        assert instance.root_directory == str(settings.dagster_home)


def test_a_run_whose_process_is_gone_ends_and_gives_the_pool_back(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path / "data")
    with instance_of(settings) as instance:
        run = leave_behind(instance, "")
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        host = process_tag(run.run_id).split(":")[1]
        instance.add_run_tags(run.run_id, {PROCESS_TAG: f"{run.run_id}:{host}:{gone.pid}:1"})
        assert claimed(instance) == {run.run_id}
    with instance_of(settings) as instance:
        assert status(instance, run) == dg.DagsterRunStatus.FAILURE
        assert claimed(instance) == set()


def test_a_run_that_lives_and_a_run_made_from_another_are_left_alone(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path / "data")
    with instance_of(settings) as instance:
        living = leave_behind(instance, "")
        instance.add_run_tags(living.run_id, {PROCESS_TAG: process_tag(living.run_id)})
        copied = leave_behind(instance, "another-run:host:1:1")
    with instance_of(settings) as instance:
        assert status(instance, living) == status(instance, copied) == dg.DagsterRunStatus.STARTED


def test_the_pool_is_left_to_whoever_holds_the_warehouse(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path / "data")
    with instance_of(settings) as instance:
        run = leave_behind(instance, "")
        with FileLock(warehouse_lock(settings).lock_file, is_singleton=False):
            free_dead_slots(instance, settings)
            assert claimed(instance) == {run.run_id}
        free_dead_slots(instance, settings)
        assert claimed(instance) == set()
