"""publication: the release that analysts get."""

from typing import TYPE_CHECKING

import dagster as dg

from orchestration.defs.gate import verdict
from orchestration.defs.metadata import Materialized, release_metadata
from orchestration.defs.partitions import REPORT_YEARS, years_of
from orchestration.defs.resources import SettingsResource
from orchestration.defs.warehouse import POOL, warehouse_held
from orchestration.settings import Settings
from orchestration.storage.years import mark_handled

if TYPE_CHECKING:
    from orchestration.publication.release import Publication


def published(settings: Settings, years: tuple[int, ...]) -> "Publication":
    """One release of all passing years; notes which of these years are done: judged as they stand, passed or not."""
    from orchestration.publication.release import publish

    publication = publish(settings)
    judged = {year.report_year for year in publication.years if year.judgement and year.judgement["expectations"]}
    mark_handled(settings, judged.intersection(years))
    return publication


@dg.asset(
    key_prefix="publication",
    group_name="publication",
    partitions_def=REPORT_YEARS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    deps=[verdict],
    pool=POOL,
    kinds={"python", "duckdb", "parquet"},
)
def release(context: dg.AssetExecutionContext, settings: SettingsResource) -> Materialized:
    """The newest release: every passing year, and refused years as they were last published, marked stale."""
    found = settings.read()
    with warehouse_held(found):
        publication = published(found, years_of(context))
    return dg.MaterializeResult(metadata=release_metadata(publication, found))
