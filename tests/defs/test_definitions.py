"""What the code location offers, and how little its files do."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
import yaml

from orchestration.defs.definitions import definitions
from orchestration.defs.manifest import prepared_manifest
from orchestration.defs.partitions import REPORT_YEARS, known_years, tags_for
from orchestration.defs.warehouse import POOL
from orchestration.registry.model import Registry
from orchestration.storage.fingerprints import model_fingerprint
from tests.defs.conftest import PROJECT

DEFS = PROJECT / "orchestration" / "defs"
OWN_ASSETS = {
    ("landing", "originals"),
    ("documents", "catalogue"),
    ("extractions", "readings"),
    ("registry", "tables"),
    ("gate", "verdict"),
    ("publication", "release"),
}
DBT_STAGES = {"staging", "intermediate", "marts", "audit"}


def models() -> dict[str, dict[str, object]]:
    """dbt's own list of models, by name."""
    nodes = json.loads(prepared_manifest().read_text(encoding="utf-8"))["nodes"].values()
    return {node["name"]: node for node in nodes if node["resource_type"] == "model"}


def test_every_stage_and_every_model_is_an_asset_of_its_group() -> None:
    graph = definitions.resolve_asset_graph()
    keys = {tuple(key.path) for key in graph.get_all_asset_keys()}
    expected = {(str(node["fqn"][1]), name) for name, node in models().items()}  # type: ignore[index]
    assert keys == OWN_ASSETS | expected
    assert {stage for stage, _ in expected} == DBT_STAGES
    assert {graph.get(dg.AssetKey(list(key))).group_name for key in keys} == {stage for stage, _ in keys}
    assert all(graph.get(dg.AssetKey(list(key))).group_name == key[0] for key in keys)


def test_the_partition_is_the_report_year_from_extractions_on() -> None:
    graph = definitions.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        partitioned = graph.get(key).partitions_def == REPORT_YEARS
        assert partitioned == (key.path[0] not in {"landing", "documents", "registry"}), key


def test_the_years_are_those_of_the_registry_that_are_over(registry: Registry) -> None:
    keys = REPORT_YEARS.get_partition_keys()
    assert int(keys[0]) == min(registry.report_years)
    assert keys == [str(year) for year in range(int(keys[0]), int(keys[-1]) + 1)]
    assert known_years([2017, 2008, 2999]) == (2008, 2017)


def test_one_run_serves_years_with_gaps() -> None:
    assert tags_for([2017, 2009, 2012]) == {
        "dagster/asset_partition_range_start": "2009",
        "dagster/asset_partition_range_end": "2017",
        "ogi/years": "2009;2012;2017",
    }


def test_the_jobs_take_in_refresh_and_do_both() -> None:
    def steps(job: str) -> set[str]:
        return set(definitions.resolve_job_def(job).graph.node_dict)

    taking = {"landing__originals", "documents__catalogue"}
    refreshing = {"extractions__readings", "dbt_build", "gate__verdict", "publication__release"}
    assert steps("take_in") == taking
    assert steps("refresh") == refreshing
    assert steps("yearly") == taking | refreshing | {"documents__catalogue_due_year_arrived"}


def test_the_schedule_and_the_sensor_run_by_default() -> None:
    schedule = definitions.resolve_schedule_def("yearly_refresh")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 2 * 4-6 *", "Asia/Shanghai")
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    assert definitions.resolve_sensor_def("changed_years").default_status == dg.DefaultSensorStatus.RUNNING


def test_dbt_tests_and_the_gate_are_checks() -> None:
    checks = {(check.asset_key.path[0], check.name) for check in definitions.resolve_asset_graph().asset_check_keys}
    assert {stage for stage, _ in checks} >= {"marts", "audit", "documents", "extractions", "gate"}
    assert {
        ("documents", "nothing_quarantined"),
        ("documents", "no_failure"),
        ("documents", "due_year_arrived"),
        ("extractions", "no_findings"),
        ("gate", "passed"),
    } <= checks


def test_who_writes_or_reads_the_warehouse_is_in_the_pool_of_one() -> None:
    nodes = definitions.resolve_job_def("yearly").graph.node_dict
    pooled = {name for name, node in nodes.items() if POOL in node.definition.pools}
    assert pooled == {"dbt_build", "gate__verdict", "publication__release"}
    written = yaml.safe_load((PROJECT / "dagster.yaml").read_text(encoding="utf-8"))
    assert written["concurrency"]["pools"]["default_limit"] == 1
    assert (written["telemetry"]["enabled"], written["nux"]["enabled"]) == (False, False)


def assets_in(path: Path) -> list[ast.FunctionDef]:
    """The functions of a file that Dagster makes assets and checks of."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    names = ("dg.asset(", "dg.asset_check(", "dbt_assets(", "dg.schedule(", "dg.sensor(")
    return [node for node in found if any(ast.unparse(mark).startswith(names) for mark in node.decorator_list)]


@pytest.mark.parametrize("path", sorted(DEFS.glob("*.py")), ids=lambda path: path.name)
def test_an_asset_has_no_loop_no_branch_and_fifteen_lines_at_most(path: Path) -> None:
    for asset in assets_in(path):
        kinds = (ast.For, ast.While, ast.If, ast.IfExp, ast.Match, ast.Try, ast.comprehension)
        logic = [node for node in ast.walk(asset) if isinstance(node, kinds)]
        length = (asset.end_lineno or 0) - asset.body[0].lineno + 1
        assert length <= 15, f"{asset.name} is {length} lines long"
        assert not logic or path.name == "sensors.py", f"{asset.name} decides something itself"


def test_there_are_assets_to_look_at() -> None:
    names = {asset.name for path in DEFS.glob("*.py") for asset in assets_in(path)}
    assert {"originals", "catalogue", "readings", "models", "verdict", "release", "due_year_arrived"} <= names


def test_loading_the_definitions_imports_nothing_heavy() -> None:
    code = "import sys, orchestration.defs.definitions; print(*{'great_expectations', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_workspace_names_the_definitions() -> None:
    (entry,) = yaml.safe_load((PROJECT / "workspace.yaml").read_text(encoding="utf-8"))["load_from"]
    assert entry["python_module"]["module_name"] == "orchestration.defs.definitions"


def test_a_fresh_manifest_is_not_parsed_again() -> None:
    manifest = prepared_manifest()
    before = manifest.stat().st_mtime_ns
    assert prepared_manifest().stat().st_mtime_ns == before
    mark = manifest.with_name("manifest.sha256")
    mark.write_text("stale", encoding="utf-8")
    assert prepared_manifest().stat().st_mtime_ns > before
    assert mark.read_text(encoding="utf-8") == model_fingerprint()
