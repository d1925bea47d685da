"""documents: every landed file with its report year, or the reason why it has none."""

import dagster as dg

from orchestration.defs.checks import no_failure, nothing_quarantined, something_arrived
from orchestration.defs.landing import originals
from orchestration.defs.metadata import Materialized, catalogue_metadata
from orchestration.defs.partitions import years_of
from orchestration.defs.resources import SettingsResource
from orchestration.storage.catalogue import catalogue as read_landed
from orchestration.storage.years import arrivals

KEY = dg.AssetKey(["documents", "catalogue"])


@dg.asset(
    key=KEY,
    group_name="documents",
    deps=[originals],
    kinds={"python", "parquet"},
    check_specs=[
        dg.AssetCheckSpec("nothing_quarantined", asset=KEY, description="Every file belongs to a report year."),
        dg.AssetCheckSpec("no_failure", asset=KEY, description="Our own code failed on no document."),
    ],
)
def catalogue(settings: SettingsResource) -> Materialized:
    """Every landed file, read and identified: its report year, or the reason why it has none."""
    summary = read_landed(settings.read())
    return dg.MaterializeResult(
        metadata=catalogue_metadata(summary), check_results=[nothing_quarantined(summary), no_failure(summary)]
    )


@dg.asset_check(asset=catalogue, blocking=True)
def due_year_arrived(context: dg.AssetCheckExecutionContext, settings: SettingsResource) -> dg.AssetCheckResult:
    """Since the year was last extracted, documents have come for it. Only the job `yearly` asks.

    It blocks so that it looks before the extractions take in what has come; a warning stops nothing.
    """
    return something_arrived(arrivals(settings.read(), years_of(context)))
