"""extractions: every figure of every report of a year, with where it stands."""

import dagster as dg

from orchestration.defs.checks import no_findings
from orchestration.defs.documents import catalogue
from orchestration.defs.metadata import Materialized, year_metadata
from orchestration.defs.partitions import REPORT_YEARS, years_of
from orchestration.defs.resources import SettingsResource
from orchestration.storage.years import extract_years

KEY = dg.AssetKey(["extractions", "readings"])


@dg.asset(
    key=KEY,
    group_name="extractions",
    partitions_def=REPORT_YEARS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    deps=[catalogue],
    kinds={"python", "parquet"},
    check_specs=[dg.AssetCheckSpec("no_findings", asset=KEY, description="The rules saw nothing in the documents.")],
)
def readings(context: dg.AssetExecutionContext, settings: SettingsResource) -> Materialized:
    """Every figure of every report of one year, with where it stands, and what the rules saw in it."""
    summaries = extract_years(settings.read(), years_of(context))
    return dg.MaterializeResult(metadata=year_metadata(context, KEY, summaries), check_results=[no_findings(summaries)])
