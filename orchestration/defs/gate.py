"""gate: whether a year is fit to publish."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import dagster as dg

from orchestration.defs.checks import every_year_passed
from orchestration.defs.metadata import Materialized, verdict_metadata
from orchestration.defs.partitions import REPORT_YEARS, years_of
from orchestration.defs.resources import SettingsResource
from orchestration.defs.warehouse import POOL, models, warehouse_held
from orchestration.settings import Settings

if TYPE_CHECKING:
    from orchestration.gate.verdict import Verdict

KEY = dg.AssetKey(["gate", "verdict"])


def judged(settings: Settings, years: Iterable[int]) -> tuple["Verdict", ...]:
    """The verdicts of these years and of every other whose content has changed with theirs, in order.

    A report of one year may change what is expected of the next, and what a rule sees between the two. A year of which
    nothing has come in is judged too, once it is known and whenever it has grown more mature. A year that is refused
    stops no other.
    """
    from orchestration.gate.judge import judge, missing_years, outdated_years

    every = {*years, *outdated_years(settings), *missing_years(settings)}
    return tuple(judge(settings, year) for year in sorted(every))


@dg.asset(
    key=KEY,
    group_name="gate",
    partitions_def=REPORT_YEARS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    deps=[models],
    pool=POOL,
    kinds={"python", "greatexpectations"},
    check_specs=[dg.AssetCheckSpec("passed", asset=KEY, description="The gate lets every judged year through.")],
)
def verdict(context: dg.AssetExecutionContext, settings: SettingsResource) -> Materialized:
    """The judgement of one year, bound to the content hash of what it judged."""
    found = settings.read()
    with warehouse_held(found):
        verdicts = judged(found, years_of(context))
    return dg.MaterializeResult(
        metadata=verdict_metadata(context, KEY, verdicts, found), check_results=[every_year_passed(verdicts)]
    )
