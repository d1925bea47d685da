"""The yearly schedule with a moved clock: its run publishes, and a tick that finds nothing new says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb
import pytest

from orchestration.defs.definitions import definitions
from orchestration.defs.home import instance_of
from orchestration.defs.resources import SettingsResource
from orchestration.defs.schedules import yearly_refresh
from orchestration.defs.sensors import changed_years
from orchestration.settings import Settings
from tests.defs.conftest import INBOX

SHANGHAI = ZoneInfo("Asia/Shanghai")
DUE = dg.AssetCheckKey(dg.AssetKey(["documents", "catalogue"]), "due_year_arrived")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data root with reports of two years in its inbox."""
    root = tmp_path_factory.mktemp("scheduled") / "data"
    shutil.copytree(INBOX, root / "inbox")
    return Settings.read(root)


@pytest.fixture(scope="module")
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance of that data root."""
    with instance_of(settings) as instance:
        yield instance


def tick(instance: dg.DagsterInstance, year: int, month: int, day: int) -> dg.RunRequest:
    """What the schedule asks for at two in the morning of a day in Shanghai."""
    moment = datetime(year, month, day, 2, tzinfo=SHANGHAI)
    request = yearly_refresh(dg.build_schedule_context(instance=instance, scheduled_execution_time=moment))
    assert isinstance(request, dg.RunRequest)
    return request


def execute(instance: dg.DagsterInstance, job: str, request: dg.RunRequest) -> dg.ExecuteInProcessResult:
    """Do what was asked for."""
    return definitions.resolve_job_def(job).execute_in_process(
        instance=instance,
        partition_key=request.partition_key,
        tags=dict(request.tags),
        run_config={**request.run_config, "loggers": {"stages": {}}},
    )


def due(result: dg.ExecuteInProcessResult) -> dg.AssetCheckEvaluation:
    """What the check of the due year said."""
    (found,) = [check for check in result.get_asset_check_evaluations() if check.asset_check_key == DUE]
    return found


def released(settings: Settings) -> tuple[str, list[tuple[object, ...]]]:
    """The newest release and what it holds, by year."""
    current = settings.publication / "current"
    with duckdb.connect(str(current / "ogi_reports.duckdb"), read_only=True) as connection:
        rows = connection.execute("select report_year, count(*) from dim_reports group by 1 order by 1").fetchall()
    return current.resolve().name, rows


def test_a_tick_asks_for_the_year_before(instance: dg.DagsterInstance) -> None:
    request = tick(instance, 2018, 4, 1)
    assert request.partition_key == "2017"
    assert request.run_config["resources"]["settings"]["config"]["as_of"] == "2018-04-01"
    assert request.run_key != tick(instance, 2018, 4, 2).run_key


def test_the_first_tick_publishes_and_the_second_finds_nothing_new(
    settings: Settings, instance: dg.DagsterInstance
) -> None:
    first = execute(instance, "yearly", tick(instance, 2018, 4, 1))
    assert first.success
    assert due(first).passed
    assert released(settings) == ("v2018.04.1", [(2017, 2)])

    # The other year that has come with the inbox is the sensor's.
    asked = changed_years(dg.build_sensor_context(instance=instance, resources={"settings": SettingsResource()}))
    assert isinstance(asked, dg.RunRequest)
    assert asked.tags["ogi/years"].split(";")[0] == "2016"
    assert execute(instance, "refresh", asked).success
    release = released(settings)
    assert release[1] == [(2016, 3), (2017, 2)]
    again = changed_years(dg.build_sensor_context(instance=instance, resources={"settings": SettingsResource()}))
    assert isinstance(again, dg.SkipReason)

    second = execute(instance, "yearly", tick(instance, 2018, 4, 2))
    assert second.success
    check = due(second)
    assert not check.passed
    assert check.severity == dg.AssetCheckSeverity.WARN
    assert check.description == "No new document has arrived for 2017, although it is due."
