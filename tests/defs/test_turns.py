"""Who builds the models keeps the others from what they are built from; a refresh that failed gets another turn."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from filelock import FileLock, Timeout

from orchestration.defs import sensors
from orchestration.defs.definitions import definitions
from orchestration.defs.home import instance_of
from orchestration.defs.resources import SettingsResource
from orchestration.defs.warehouse import models
from orchestration.landing.archive import archive
from orchestration.settings import Settings
from orchestration.storage.catalogue import catalogue
from orchestration.storage.layout import extractions_lock, warehouse_lock
from orchestration.storage.years import extract_year, mark_handled, years_changed
from tests.defs.conftest import INBOX


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data root with the reports of two years taken in."""
    settings = Settings(data_root=tmp_path / "data", inbox=INBOX, workers=1, as_of=date.today())
    archive(settings)
    catalogue(settings)
    return settings


@pytest.fixture
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance of that data root."""
    with instance_of(settings) as instance:
        yield instance


def is_free(lock: FileLock) -> bool:
    """Whether another thread gets the lock at once."""

    def taken() -> bool:
        try:
            with lock.acquire(timeout=0):
                return True
        except Timeout:
            return False

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(taken).result()


class FakeDbt:
    """Says, where dbt would build, which of the locks are free."""

    def __init__(self, settings: Settings, error: Exception | None = None) -> None:
        self.settings, self.error = settings, error

    def cli(self, *_: Any, **__: Any) -> FakeDbt:
        """Itself, as the invocation."""
        return self

    def stream(self) -> Iterator[tuple[bool, bool]]:
        """One event, then the error if there is one."""
        yield is_free(warehouse_lock(self.settings)), is_free(extractions_lock(self.settings))
        if self.error:
            raise self.error


def build(dbt: FakeDbt) -> list[object]:
    """What the step that builds the models yields."""
    step: Any = models.op.compute_fn
    return list(step.decorated_fn(context=None, dbt=dbt, settings=SettingsResource()))


def asked(instance: dg.DagsterInstance) -> dg.RunRequest:
    """What the sensor asks for now."""
    context = dg.build_sensor_context(instance=instance, resources={"settings": SettingsResource()})
    request = sensors.changed_years(context)
    assert isinstance(request, dg.RunRequest)
    return request


def test_extractions_and_warehouse_are_held_while_the_models_are_built(
    settings: Settings, instance: dg.DagsterInstance
) -> None:
    assert build(FakeDbt(settings)) == [(False, False)]
    assert is_free(warehouse_lock(settings)) and is_free(extractions_lock(settings))


def test_only_a_build_that_succeeded_is_a_state_that_can_be_handled(
    settings: Settings, instance: dg.DagsterInstance
) -> None:
    extract_year(settings, 2017)
    with pytest.raises(RuntimeError, match="a model failed"):
        build(FakeDbt(settings, RuntimeError("a model failed")))
    mark_handled(settings, [2017])
    assert 2017 in years_changed(settings)
    build(FakeDbt(settings))
    mark_handled(settings, [2017])
    assert 2017 not in years_changed(settings)


def test_a_refresh_that_failed_is_asked_for_again_once_and_not_at_once(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked(instance)
    assert asked(instance).run_key == first.run_key
    run = instance.create_run_for_job(definitions.resolve_job_def("refresh"), tags=dict(first.tags))
    instance.report_run_failed(run)
    assert asked(instance).run_key == first.run_key
    monkeypatch.setattr(sensors, "RETRY_AFTER", timedelta(0))
    again = asked(instance)
    assert again.run_key != first.run_key
    assert asked(instance).run_key == again.run_key
    monkeypatch.setattr(sensors, "RETRY_AFTER", timedelta(hours=1))
    assert asked(instance).run_key == first.run_key
