"""The rules of the gate as data: suites/*.yml and exceptions.yml, loaded and checked. No rule is judged here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

EXPECTATIONS = Path(__file__).resolve().parents[2] / "expectations"
SUITES = ("coverage", "observations", "arithmetic", "identity")

Severity = Literal["critical", "warning", "info"]
Maturity = Literal["collecting", "provisional", "final"]


class SuiteError(Exception):
    """expectations/ is not valid; the message lists every fault with its file."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One named expectation of a suite.

    `frame` and `subject` name the small frame it judges (frames.py); `expect` and `arguments` are the type and the
    keyword arguments of the Great Expectations expectation. It applies to years of one of `maturities`, and only to
    expected years where `expected_years` is set.
    """

    suite: str
    rule_id: str
    name_zh: str
    name_en: str
    severity: Severity
    frame: str
    subject: str | None
    expect: str
    arguments: Mapping[str, Any]
    maturities: tuple[Maturity, ...]
    expected_years: bool
    why_zh: str
    why_en: str
    since: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """One row of exceptions.yml: the rule it excuses in a year, why, on what evidence, by whom, and until when."""

    rule_id: str
    report_year: int
    reason: str
    evidence: str
    by: str
    until: date


def load_rules(folder: Path = EXPECTATIONS) -> tuple[Rule, ...]:
    """Every rule of the four suites, in file order. Raises SuiteError with every fault at once."""
    rules: list[Rule] = []
    faults: list[str] = []
    for suite in SUITES:
        path = folder / "suites" / f"{suite}.yml"
        for entry in _read(path, faults).get("expectations", []):
            try:
                rules.append(_rule(suite, entry))
            except (KeyError, TypeError, ValueError) as problem:
                faults.append(f"{path.name}: {entry!r}: {problem!r}")
    names = [rule.rule_id for rule in rules]
    faults += [f"{name} is declared twice" for name in sorted({name for name in names if names.count(name) > 1})]
    if faults:
        raise SuiteError("; ".join(faults))
    return tuple(rules)


def load_exemptions(rules: tuple[Rule, ...], folder: Path = EXPECTATIONS) -> tuple[Exemption, ...]:
    """Every row of exceptions.yml. Raises SuiteError when a field is missing or a rule is unknown."""
    path = folder / "exceptions.yml"
    faults: list[str] = []
    known = {rule.rule_id for rule in rules}
    exemptions: list[Exemption] = []
    for entry in _read(path, faults).get("exceptions") or []:
        try:
            exemption = Exemption(
                rule_id=_words(entry, "rule"),
                report_year=int(entry["year"]),
                reason=_words(entry, "reason"),
                evidence=_words(entry, "evidence"),
                by=_words(entry, "by"),
                until=date.fromisoformat(str(entry["until"])),
            )
        except (KeyError, TypeError, ValueError) as problem:
            faults.append(f"{path.name}: {entry!r}: {problem!r}")
            continue
        if exemption.rule_id not in known:
            faults.append(f"{path.name}: {exemption.rule_id} is no rule of the suites")
        exemptions.append(exemption)
    if faults:
        raise SuiteError("; ".join(faults))
    return tuple(exemptions)


def _read(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        faults.append(f"{path.name}: {problem}")
        return {}
    if not isinstance(loaded, dict):
        faults.append(f"{path.name}: a mapping is expected at the top")
        return {}
    return loaded


def _rule(suite: str, entry: Mapping[str, Any]) -> Rule:
    severity = entry["severity"]
    if severity not in get_args(Severity):
        raise ValueError(f"severity {severity!r} is none of {get_args(Severity)}")
    applies = entry.get("applies") or {}
    maturities = tuple(applies.get("maturity") or get_args(Maturity))
    if not set(maturities) <= set(get_args(Maturity)):
        raise ValueError(f"maturity {maturities!r} is none of {get_args(Maturity)}")
    return Rule(
        suite=suite,
        rule_id=_words(entry, "id"),
        name_zh=_words(entry, "name_zh"),
        name_en=_words(entry, "name_en"),
        severity=severity,
        frame=_words(entry, "frame"),
        subject=entry.get("subject"),
        expect=_words(entry, "expect"),
        arguments=dict(entry["with"]),
        maturities=maturities,
        expected_years=bool(applies.get("expected_years", False)),
        why_zh=_words(entry, "why_zh"),
        why_en=_words(entry, "why_en"),
        since=_words(entry, "since"),
    )


def _words(entry: Mapping[str, Any], name: str) -> str:
    words = str(entry[name]).strip()
    if not words:
        raise ValueError(f"{name} is empty")
    return words
