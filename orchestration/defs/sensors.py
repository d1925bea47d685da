"""The sensor: whatever year has changed since it was last handled is refreshed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import dagster as dg
from dagster._core.storage.dagster_run import NOT_FINISHED_STATUSES

from orchestration.defs.jobs import refresh
from orchestration.defs.partitions import known_years, tags_for
from orchestration.defs.resources import SettingsResource
from orchestration.storage.fingerprints import digest
from orchestration.storage.years import year_states, years_changed

RETRY_AFTER = timedelta(hours=1)
"""A refresh that failed is tried again after this time, and then no more often, until its years change."""


@dg.sensor(job=refresh, minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.RUNNING)
def changed_years(context: dg.SensorEvaluationContext, settings: SettingsResource) -> dg.RunRequest | dg.SkipReason:
    """One run of all years that have changed, when nothing else runs: for each state once, and after a failure."""
    if context.instance.get_run_ids(dg.RunsFilter(statuses=NOT_FINISHED_STATUSES), limit=1):
        return dg.SkipReason("A run is under way; it may be handling the years that have changed.")
    found = settings.read()
    years = known_years(years_changed(found))
    if not years:
        return dg.SkipReason("No year has changed since it was last published.")
    states, tags = year_states(found, years), dict(tags_for(years))
    return dg.RunRequest(run_key=digest((*states.values(), *failed(context.instance, tags))), tags=tags)


def failed(instance: dg.DagsterInstance, tags: Mapping[str, str]) -> Sequence[str]:
    """The id of the last refresh with these tags that failed more than RETRY_AFTER ago, if there is one."""
    before = datetime.now(UTC) - RETRY_AFTER
    statuses = [dg.DagsterRunStatus.FAILURE]
    return instance.get_run_ids(
        dg.RunsFilter(job_name=refresh.name, tags=tags, statuses=statuses, updated_before=before), limit=1
    )
