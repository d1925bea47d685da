"""staging to audit: the dbt models as assets and their tests as checks; one build serves all years."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, dbt_assets

from orchestration.defs.documents import catalogue
from orchestration.defs.extractions import readings
from orchestration.defs.manifest import prepared_manifest
from orchestration.defs.partitions import REPORT_YEARS
from orchestration.defs.resources import SettingsResource
from orchestration.settings import Settings
from orchestration.storage.layout import extractions_lock, warehouse_lock
from orchestration.storage.years import mark_modelled

POOL = "warehouse_writer"
"""The pool, of one, of the steps that write the warehouse or keep others from writing it."""

BUILD = ["build", "--exclude-resource-type", "unit_test"]
"""Unit tests try the models on rows of their own; they belong to the tests of the project, not to a run."""

REGISTRY = dg.AssetSpec(
    ["registry", "tables"],
    group_name="registry",
    kinds={"csv"},
    description="What we know, as CSV: orchestration/registry/tables, the same files for parser and dbt.",
)


class Translator(DagsterDbtTranslator):
    """Names and groups dbt's resources by stage, the folder a model lies in."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """[stage, model]; a source is the asset that writes it."""
        name, stage = dbt_resource_props["name"], dbt_resource_props["fqn"][1]
        if dbt_resource_props["resource_type"] != "source":
            return dg.AssetKey([stage, name])
        if dbt_resource_props["source_name"] == "registry":
            return REGISTRY.key
        return catalogue.key if name == "documents" else readings.key

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The stage."""
        return str(dbt_resource_props["fqn"][1])


@contextmanager
def warehouse_held(settings: Settings) -> Iterator[None]:
    """Keep the other runs from the warehouse, and tell dbt where it lies.

    A dbt run by hand does not know the lock; DuckDB itself lets one of the two in, and the other waits (profiles.yml).
    """
    os.environ["OGI_DATA_ROOT"] = str(settings.data_root)
    with warehouse_lock(settings):
        yield


@contextmanager
def building(settings: Settings) -> Iterator[None]:
    """Keep the other runs from the warehouse and from the extractions it is built from; notes what was built."""
    with warehouse_held(settings), extractions_lock(settings):
        yield
        mark_modelled(settings)


@dbt_assets(
    manifest=prepared_manifest(),
    name="dbt_build",
    partitions_def=REPORT_YEARS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    dagster_dbt_translator=Translator(DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True)),
    pool=POOL,
)
def models(context: dg.AssetExecutionContext, dbt: DbtCliResource, settings: SettingsResource) -> Iterator[Any]:
    """Every dbt model with its tests."""
    found = settings.read()
    with building(found):
        yield from dbt.cli(BUILD, context=context, target_path=found.dagster_home / "dbt").stream()
