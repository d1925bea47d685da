"""Judges one report year: small frames from the warehouse, the suites of expectations/, one verdict on disk."""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from orchestration.gate.content import content_hash
from orchestration.gate.frames import year_frames
from orchestration.gate.report import verdict_page
from orchestration.gate.suites import EXPECTATIONS, Exemption, Maturity, Rule, load_exemptions, load_rules
from orchestration.gate.verdict import ExceptionState, Excuse, Judgement, Outcome, Verdict, maturity
from orchestration.gate.warehouse import open_warehouse
from orchestration.registry.load import load
from orchestration.registry.model import Registry
from orchestration.settings import Settings
from orchestration.storage.files import write_atomically

ROWS_KEPT = 20
"""How many failing rows a verdict shows of each rule."""


class GateError(Exception):
    """The gate itself cannot judge: an unknown year, or a rule that does not fit its frame."""


def judge(settings: Settings, year: int, expectations: Path = EXPECTATIONS) -> Verdict:
    """Judge what the warehouse holds of one year as of `settings.as_of`, and write the verdict down.

    Writes gate/<year>/verdict.json, report.html and results.json (what Great Expectations returned), each atomically,
    the verdict last. Raises GateError, SuiteError (expectations/ is invalid) or WarehouseError (missing or busy);
    then no verdict is written. The current release is only read, to see whether the year shrinks.
    """
    registry = load()
    if year not in registry.report_years:
        raise GateError(f"{year} is no report year of the registry; add a row to report_years.csv")
    rules = load_rules(expectations)
    exemptions = [row for row in load_exemptions(rules, expectations) if row.report_year == year]
    known = registry.report_years[year]
    stage = maturity(known, settings.as_of)
    with open_warehouse(settings.warehouse) as connection:
        judged = content_hash(connection, year)
        frames = year_frames(connection, year, sorted(registry.rules), _current_release(settings))
    applicable = [rule for rule in rules if _applies(rule, stage, known.expected)]
    results = validate(applicable, frames, registry)
    excuses = tuple(_excuse(row, settings.as_of, results) for row in exemptions)
    excused = {excuse.rule_id for excuse in excuses if excuse.state == "applied"}
    judgements = tuple(_judgement(rule, results.get(rule.rule_id), frames, excused) for rule in rules)
    verdict = Verdict(
        report_year=year,
        passed=not any(one.outcome == "failed" and one.severity == "critical" for one in judgements),
        as_of=settings.as_of,
        maturity=stage,
        content_hash=judged,
        reports=_total(frames["coverage"], "reports"),
        expectations=judgements,
        exceptions=excuses,
    )
    folder = settings.gate / str(year)
    write_atomically(folder / "results.json", _dump(list(results.values())))
    write_atomically(folder / "report.html", verdict_page(verdict).encode())
    write_atomically(folder / "verdict.json", verdict.as_json().encode())
    return verdict


def _current_release(settings: Settings) -> Path | None:
    """The folder of the current release, resolved once, so that a release made meanwhile is not mixed with it."""
    link = settings.publication / "current"
    return link.resolve() if link.exists() else None


def _applies(rule: Rule, stage: Maturity, expected: bool) -> bool:
    return stage in rule.maturities and (expected or not rule.expected_years)


def _judged_frame(rule: Rule, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    if rule.frame not in frames:
        raise GateError(f"rule {rule.rule_id}: there is no frame {rule.frame}")
    frame = frames[rule.frame]
    if rule.subject is None:
        return frame
    chosen = frame[frame["subject"] == rule.subject].reset_index(drop=True)
    if chosen.empty and rule.frame != "vocabulary":
        raise GateError(f"rule {rule.rule_id}: frame {rule.frame} has no subject {rule.subject}")
    return chosen


def _arguments(rule: Rule, registry: Registry) -> dict[str, Any]:
    """The keyword arguments of a rule; a value set named after a registry table is the keys of that table."""
    arguments = dict(rule.arguments)
    words = {"registry.applicant_types": registry.applicant_types, "registry.rules": registry.rules}
    if isinstance(arguments.get("value_set"), str):
        name = arguments["value_set"]
        if name not in words:
            raise GateError(f"rule {rule.rule_id}: {name} is no value set; known are {', '.join(words)}")
        arguments["value_set"] = sorted(words[name])
    return arguments


def validate(
    rules: Sequence[Rule], frames: Mapping[str, pd.DataFrame], registry: Registry
) -> dict[str, dict[str, Any]]:
    """What Great Expectations says of each rule, by rule: its type, arguments, success and result.

    Raises GateError when a rule does not fit its frame.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations as gx
        from great_expectations.core.expectation_suite import ExpectationSuite
        from great_expectations.data_context.types.base import ProgressBarsConfig

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        frame_of_year = (
            context.data_sources.add_pandas("warehouse")
            .add_dataframe_asset("frames")
            .add_batch_definition_whole_dataframe("year")
        )
        results: dict[str, dict[str, Any]] = {}
        for suite, frame, subject in sorted({(rule.suite, rule.frame, rule.subject or "") for rule in rules}):
            batch_rules = [
                rule for rule in rules if (rule.suite, rule.frame, rule.subject or "") == (suite, frame, subject)
            ]
            name = " ".join(filter(None, (suite, frame, subject)))
            batch = frame_of_year.get_batch({"dataframe": _judged_frame(batch_rules[0], frames)})
            expectation_suite = ExpectationSuite(
                name=name,
                expectations=[
                    {
                        "type": rule.expect,
                        "kwargs": _arguments(rule, registry),
                        "severity": rule.severity,
                        "meta": {"rule": rule.rule_id},
                    }
                    for rule in batch_rules
                ],
            )
            for result in batch.validate(expectation_suite, result_format={"result_format": "COMPLETE"}).results:
                plain = _plain(result.to_json_dict())
                results[plain["rule"]] = plain
    return results


def _plain(result: Mapping[str, Any]) -> dict[str, Any]:
    config, told = result["expectation_config"], result["exception_info"]
    rule_id = config["meta"]["rule"]
    faults = [told] if "raised_exception" in told else list(told.values())
    for fault in faults:
        if fault["raised_exception"]:
            raise GateError(f"rule {rule_id} cannot be judged: {fault['exception_message']}")
    arguments = {name: value for name, value in config["kwargs"].items() if name != "batch_id"}
    return {
        "rule": rule_id,
        "type": config["type"],
        "kwargs": arguments,
        "severity": config["severity"],
        "success": bool(result["success"]),
        "result": result["result"],
    }


def _excuse(row: Exemption, as_of: date, results: Mapping[str, Mapping[str, Any]]) -> Excuse:
    failed = row.rule_id in results and not results[row.rule_id]["success"]
    state: ExceptionState = "expired" if as_of > row.until else "applied" if failed else "not_needed"
    return Excuse(row.rule_id, row.report_year, row.reason, row.evidence, row.by, row.until, state)


def _judgement(
    rule: Rule, result: Mapping[str, Any] | None, frames: Mapping[str, pd.DataFrame], excused: set[str]
) -> Judgement:
    outcome: Outcome
    rows: list[dict[str, Any]] = []
    observed: dict[str, Any] = {}
    checked = failing = 0
    if result is None:
        outcome = "not_applicable"
    else:
        frame = _judged_frame(rule, frames)
        records = json.loads(frame.to_json(orient="records", force_ascii=False, double_precision=6))
        outcome = "passed" if result["success"] else "excused" if rule.rule_id in excused else "failed"
        broken = result["result"].get("unexpected_index_list") or []
        rows = [records[position] for position in broken] if outcome != "passed" else []
        observed = records[0] if len(records) == 1 else {}
        checked = _total(frame, "checked", "findings", "rows", "received")
        failing = _total(frame.iloc[broken], "failing", "findings", "rows") if rows else 0
    return Judgement(
        suite=rule.suite,
        rule_id=rule.rule_id,
        name_zh=rule.name_zh,
        name_en=rule.name_en,
        severity=rule.severity,
        outcome=outcome,
        checked=checked,
        failing=failing,
        observed=observed,
        rows=tuple(rows[:ROWS_KEPT]),
        why_zh=rule.why_zh,
        why_en=rule.why_en,
        since=rule.since,
    )


def _total(frame: pd.DataFrame, *names: str) -> int:
    """The sum of the first of these columns that the frame has; 0 where it has none."""
    for name in names:
        if name in frame:
            return int(frame[name].sum())
    return 0


def _dump(results: Sequence[Mapping[str, Any]]) -> bytes:
    return (json.dumps(results, ensure_ascii=False, indent=1, default=str) + "\n").encode()
