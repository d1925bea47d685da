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
from orchestration.gate.sentences import told, words_outside
from orchestration.gate.suites import EXPECTATIONS, Exemption, Maturity, Rule, load_exemptions, load_rules, load_titles
from orchestration.gate.verdict import ExceptionState, Excuse, Judgement, Outcome, Verdict, maturity, read_verdict
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
    rules, titles = load_rules(expectations), load_titles(expectations)
    every = load_exemptions(rules, registry.report_years, expectations)
    exemptions = [row for row in every if row.report_year == year]
    stage = maturity(registry.report_years[year], settings.as_of)
    with open_warehouse(settings.warehouse) as connection:
        judged = content_hash(connection, year)
        release = _current_release(settings)
        frames = year_frames(connection, year, sorted(registry.rules), release, has_roll(registry, year))
    applicable = [rule for rule in rules if _applies(rule, stage, is_expected(registry, year))]
    results = validate(applicable, frames, registry)
    excuses = tuple(_excuse(row, settings.as_of, results) for row in exemptions)
    excused = {excuse.rule_id: excuse for excuse in excuses if excuse.state == "applied"}
    judgements = tuple(_judgement(rule, results.get(rule.rule_id), frames, excused, registry) for rule in rules)
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
    write_atomically(folder / "report.html", verdict_page(verdict, titles).encode())
    write_atomically(folder / "verdict.json", verdict.as_json().encode())
    return verdict


def _current_release(settings: Settings) -> Path | None:
    """The folder of the current release, resolved once, so that a release made meanwhile is not mixed with it."""
    link = settings.publication / "current"
    return link.resolve() if link.exists() else None


def outdated_years(settings: Settings) -> tuple[int, ...]:
    """The years whose verdict is for other content than the warehouse holds now, or cannot be read, in order.

    A verdict that another version wrote is no reason to stop: the year is judged again. Raises WarehouseError.
    """
    found = []
    with open_warehouse(settings.warehouse) as connection:
        for year in sorted(int(path.parent.name) for path in settings.gate.glob("*/verdict.json")):
            before = _verdict_before(settings, year)
            if before is None or content_hash(connection, year) != before.content_hash:
                found.append(year)
    return tuple(found)


def _verdict_before(settings: Settings, year: int) -> Verdict | None:
    """The verdict of a year, or None where there is none that can be read."""
    try:
        return read_verdict(settings.gate / str(year) / "verdict.json")
    except ValueError:
        return None


def missing_years(settings: Settings) -> tuple[int, ...]:
    """The years in use without a single report that were never judged, or judged when they were less mature, in order.

    Nothing arrives for such a year that would have it judged; if it is expected, its verdict says so. Raises
    WarehouseError.
    """
    known = load().report_years
    with open_warehouse(settings.warehouse) as connection:
        rows = connection.execute(
            "select report_year from marts.dim_report_years"
            " where report_year not in (select report_year from marts.dim_reports) order by report_year"
        ).fetchall()
    found = []
    for (year,) in rows:
        before = _verdict_before(settings, year)
        if year in known and (before is None or before.maturity != maturity(known[year], settings.as_of)):
            found.append(int(year))
    return tuple(found)


def is_expected(registry: Registry, year: int) -> bool:
    """Whether somebody has promised that the reports of a year are collected: its row says so, or it has a roll."""
    return registry.report_years[year].expected or has_roll(registry, year)


def has_roll(registry: Registry, year: int) -> bool:
    """Whether the roll names anybody for a year; without one those seen in earlier years are expected."""
    return any(
        agency.first_report_year <= year and (agency.last_report_year is None or year <= agency.last_report_year)
        for agency in registry.expected_agencies
    )


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
    rule: Rule,
    result: Mapping[str, Any] | None,
    frames: Mapping[str, pd.DataFrame],
    excused: Mapping[str, Excuse],
    registry: Registry,
) -> Judgement:
    outcome: Outcome = "not_applicable"
    broken: list[dict[str, Any]] = []
    observed: dict[str, Any] = {}
    checked = failing = 0
    in_words: tuple[str | None, str | None] = (None, None)
    if result is not None:
        outcome = "passed" if result["success"] else "excused" if rule.rule_id in excused else "failed"
        frame = _judged_frame(rule, frames)
        records = _records(frame)
        observed = records[0] if len(records) == 1 else {}
        checked = _total(frame, "checked", "rows")
        if outcome != "passed":
            positions = result["result"].get("unexpected_index_list") or []
            broken = [records[position] for position in positions]
            failing = _total(frame.iloc[positions], "failing", "rows")
            in_words = _in_words(rule, result, broken, failing, registry)
    why_zh, why_en = excused[rule.rule_id].in_words if outcome == "excused" else (rule.why_zh, rule.why_en)
    return Judgement(
        suite=rule.suite,
        rule_id=rule.rule_id,
        name_zh=rule.name_zh,
        name_en=rule.name_en,
        severity=rule.severity,
        outcome=outcome,
        checked=checked,
        failing=failing,
        told_zh=in_words[0],
        told_en=in_words[1],
        observed=observed,
        rows=tuple(broken[:ROWS_KEPT]),
        why_zh=why_zh,
        why_en=why_en,
        since=rule.since,
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a small frame as plain values, without what a row has no word for."""
    rows = json.loads(frame.to_json(orient="records", force_ascii=False, double_precision=6))
    return [{name: value for name, value in row.items() if value is not None and value != ""} for row in rows]


def _in_words(
    rule: Rule, result: Mapping[str, Any], broken: Sequence[Mapping[str, Any]], failing: int, registry: Registry
) -> tuple[str, str]:
    """The failure in both languages."""
    observed = dict(broken[0]) if broken else {}
    observed["failing"] = failing
    if rule.frame == "vocabulary":
        observed["words"] = words_outside(broken)
    if rule.frame == "findings" and (found := registry.rules.get(rule.subject or "")):
        observed |= {"rule_zh": found.title_zh, "rule_en": found.title_en}
    return told((rule.fails_zh, rule.fails_en), rule.frame, observed, result["kwargs"])


def _total(frame: pd.DataFrame, *names: str) -> int:
    """The sum of the first of these columns that the frame has; 0 where it has none."""
    for name in names:
        if name in frame:
            return int(frame[name].sum())
    return 0


def _dump(results: Sequence[Mapping[str, Any]]) -> bytes:
    return (json.dumps(results, ensure_ascii=False, indent=1, default=str) + "\n").encode()
