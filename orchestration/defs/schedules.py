"""The yearly schedule: from the due day to the end of the follow-up, the year just over."""

from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.defs.jobs import yearly
from orchestration.defs.partitions import TIME_ZONE


@dg.schedule(
    job=yearly,
    cron_schedule="0 2 * 4-6 *",
    execution_timezone=TIME_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def yearly_refresh(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Every night from 1 April to 30 June: take in the inbox and refresh the year before, as of that day."""
    day = context.scheduled_execution_time.astimezone(ZoneInfo(TIME_ZONE)).date()
    return dg.RunRequest(
        run_key=day.isoformat(),
        partition_key=str(day.year - 1),
        run_config={"resources": {"settings": {"config": {"as_of": day.isoformat()}}}},
    )
