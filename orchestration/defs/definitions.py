"""Everything the code location offers; workspace.yaml loads it."""

from __future__ import annotations

import dagster as dg

from orchestration.defs.documents import catalogue, due_year_arrived
from orchestration.defs.extractions import readings
from orchestration.defs.gate import verdict
from orchestration.defs.jobs import refresh, take_in, yearly
from orchestration.defs.landing import originals
from orchestration.defs.loggers import stages
from orchestration.defs.publication import release
from orchestration.defs.resources import RESOURCES
from orchestration.defs.schedules import yearly_refresh
from orchestration.defs.sensors import changed_years
from orchestration.defs.warehouse import REGISTRY, models

definitions = dg.Definitions(
    assets=[originals, catalogue, readings, REGISTRY, models, verdict, release],
    asset_checks=[due_year_arrived],
    jobs=[take_in, refresh, yearly],
    schedules=[yearly_refresh],
    sensors=[changed_years],
    resources=RESOURCES,
    loggers={"console": dg.colored_console_logger, "stages": stages},
    # Starting a process takes longer than most steps; the reading of documents has its own processes.
    executor=dg.in_process_executor,
)
