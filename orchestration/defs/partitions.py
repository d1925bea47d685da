"""The report years as partitions, and which of them a run is about."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping

import dagster as dg
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
    PARTITION_NAME_TAG,
)

from orchestration.registry.load import load

# Every start would print one for each partitioned asset; the version is pinned.
warnings.filterwarnings("ignore", category=dg.BetaWarning, message=".*backfill_policy")

TIME_ZONE = "Asia/Shanghai"
YEARS_TAG = "ogi/years"
"""The years a run over a range is about, where some years of the range are not to be touched."""

REPORT_YEARS = dg.TimeWindowPartitionsDefinition(
    start=str(min(load().report_years)), fmt="%Y", cron_schedule="0 0 1 1 *", timezone=TIME_ZONE
)
"""One partition per report year, from the first of the registry; a year appears when it is over."""


def years_of(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> tuple[int, ...]:
    """The report years this run is about, in order; the year just over where it is about none."""
    tags = context.run.tags
    if YEARS_TAG in tags:
        return tuple(int(key) for key in tags[YEARS_TAG].split(";"))
    if ASSET_PARTITION_RANGE_START_TAG not in tags:
        return (int(tags.get(PARTITION_NAME_TAG) or REPORT_YEARS.get_partition_keys()[-1]),)
    span = dg.PartitionKeyRange(tags[ASSET_PARTITION_RANGE_START_TAG], tags[ASSET_PARTITION_RANGE_END_TAG])
    return tuple(int(key) for key in REPORT_YEARS.get_partition_keys_in_range(span))


def tags_for(years: Iterable[int]) -> Mapping[str, str]:
    """The tags that make one run of these years: the range they span, and their names."""
    keys = [str(year) for year in sorted(years)]
    return {
        ASSET_PARTITION_RANGE_START_TAG: keys[0],
        ASSET_PARTITION_RANGE_END_TAG: keys[-1],
        YEARS_TAG: ";".join(keys),
    }


def known_years(years: Iterable[int]) -> tuple[int, ...]:
    """Those of the years that are partitions today, in order."""
    keys = set(REPORT_YEARS.get_partition_keys())
    return tuple(year for year in sorted(years) if str(year) in keys)
