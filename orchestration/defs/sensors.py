"""The sensor: whatever year has changed since it was last handled is refreshed."""

import dagster as dg
from dagster._core.storage.dagster_run import NOT_FINISHED_STATUSES

from orchestration.defs.jobs import refresh
from orchestration.defs.partitions import known_years, tags_for
from orchestration.defs.resources import SettingsResource
from orchestration.storage.fingerprints import digest
from orchestration.storage.years import year_states, years_changed


@dg.sensor(job=refresh, minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.RUNNING)
def changed_years(context: dg.SensorEvaluationContext, settings: SettingsResource) -> dg.RunRequest | dg.SkipReason:
    """One run of all years that have changed, once for each state they are in, when nothing else runs."""
    if context.instance.get_run_ids(dg.RunsFilter(statuses=NOT_FINISHED_STATUSES), limit=1):
        return dg.SkipReason("A run is under way; it may be handling the years that have changed.")
    found = settings.read()
    years = known_years(years_changed(found))
    if not years:
        return dg.SkipReason("No year has changed since it was last published.")
    states = year_states(found, years)
    return dg.RunRequest(run_key=digest(states.values()), tags=dict(tags_for(years)))
