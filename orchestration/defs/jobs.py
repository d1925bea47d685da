"""The jobs: take in what lies in the inbox, refresh years, and both for the year that is due."""

from __future__ import annotations

import dagster as dg

from orchestration.defs.documents import catalogue, due_year_arrived
from orchestration.defs.landing import originals

_DUE = dg.AssetSelection.checks(due_year_arrived)
_TAKE_IN = dg.AssetSelection.assets(originals, catalogue)

take_in = dg.define_asset_job(
    "take_in", _TAKE_IN - _DUE, description="Take in every file of the inbox and find its report year."
)
refresh = dg.define_asset_job(
    "refresh",
    dg.AssetSelection.all() - _TAKE_IN - _DUE,
    description="Extract, model, judge and publish report years: one dbt build and one release for all of them.",
)
yearly = dg.define_asset_job(
    "yearly",
    dg.AssetSelection.all(),
    description="Take in the inbox, then refresh the year that is due, and say so where nothing new has come for it.",
)
