"""The rules of the gate as data: suites/*.yml and exceptions.yml, loaded and checked. No rule is judged here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from orchestration.gate.sentences import TOLD_BY_FRAME, misspelt

EXPECTATIONS = Path(__file__).resolve().parents[2] / "expectations"
SUITES = ("coverage", "observations", "arithmetic", "identity")
LINE = "(line)"

Severity = Literal["critical", "warning", "info"]
Maturity = Literal["collecting", "provisional", "final"]


class SuiteError(Exception):
    """expectations/ is not valid; the message lists every fault as `file:line: sentence`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One named expectation of a suite.

    `frame` and `subject` name the small frame it judges (frames.py); `expect` and `arguments` are the type and the
    keyword arguments of the Great Expectations expectation. It applies to years of one of `maturities`, and only to
    expected years where `expected_years` is set. `fails_zh` and `fails_en` tell a failure (sentences.py); where they
    are empty, the frame has words of its own.
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
    fails_zh: str
    fails_en: str
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
    lines: dict[str, str] = {}
    for suite in SUITES:
        path = folder / "suites" / f"{suite}.yml"
        for entry in _entries(path, "expectations", faults):
            place = f"{path.name}:{entry.get(LINE, 1)}"
            try:
                rule = _rule(suite, entry)
            except KeyError as problem:
                faults.append(f"{place}: {entry.get('id')} has no {problem.args[0]}.")
                continue
            except (TypeError, ValueError) as problem:
                faults.append(f"{place}: {entry.get('id')}: {problem}.")
                continue
            if lines.setdefault(rule.rule_id, place) != place:
                faults.append(f"{place}: {rule.rule_id} stands already at {lines[rule.rule_id]}.")
            rules.append(rule)
    if faults:
        raise SuiteError("; ".join(faults))
    return tuple(rules)


def load_titles(folder: Path = EXPECTATIONS) -> Mapping[str, tuple[str, str]]:
    """The titles of the four suites in Chinese and English, by suite. Raises SuiteError."""
    faults: list[str] = []
    heads = {suite: _read(folder / "suites" / f"{suite}.yml", faults) for suite in SUITES}
    faults += [f"{suite}.yml:1: it has no titles." for suite, head in heads.items() if "title_zh" not in head]
    if faults:
        raise SuiteError("; ".join(faults))
    return {suite: (str(head["title_zh"]), str(head.get("title_en", suite))) for suite, head in heads.items()}


def load_exemptions(
    rules: tuple[Rule, ...], years: Collection[int], folder: Path = EXPECTATIONS
) -> tuple[Exemption, ...]:
    """Every row of exceptions.yml; `years` are the report years that the registry knows.

    Raises SuiteError with every fault at once: a field that is missing or wrong, an unknown rule or year, a rule that
    is excused twice in one year.
    """
    path = folder / "exceptions.yml"
    faults: list[str] = []
    known = {rule.rule_id for rule in rules}
    exemptions: dict[tuple[str, int], Exemption] = {}
    for entry in _entries(path, "exceptions", faults):
        place = f"{path.name}:{entry.get(LINE, 1)}"
        try:
            exemption = _exemption(entry)
        except KeyError as problem:
            faults.append(f"{place}: {problem.args[0]} is missing.")
            continue
        except (TypeError, ValueError) as problem:
            faults.append(f"{place}: {problem}.")
            continue
        if exemption.rule_id not in known:
            faults.append(f"{place}: {exemption.rule_id} is no rule of the suites.")
        if exemption.report_year not in years:
            faults.append(f"{place}: {exemption.report_year} is no report year of the registry.")
        if (exemption.rule_id, exemption.report_year) in exemptions:
            faults.append(f"{place}: {exemption.rule_id} is excused twice in {exemption.report_year}.")
        exemptions[exemption.rule_id, exemption.report_year] = exemption
    if faults:
        raise SuiteError("; ".join(faults))
    return tuple(exemptions.values())


class _LinedLoader(yaml.SafeLoader):
    """Notes in every mapping the line on which it begins."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {**super().construct_mapping(node, deep=deep), LINE: node.start_mark.line + 1}


def _read(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_LinedLoader)
    except (OSError, yaml.YAMLError) as problem:
        faults.append(f"{path.name}:1: {problem}")
        return {}
    if not isinstance(loaded, dict):
        faults.append(f"{path.name}:1: a mapping is expected at the top.")
        return {}
    return loaded


def _entries(path: Path, name: str, faults: list[str]) -> list[dict[str, Any]]:
    found = _read(path, faults).get(name) or []
    if isinstance(found, list) and all(isinstance(entry, dict) for entry in found):
        return found
    faults.append(f"{path.name}:1: {name} is no list of mappings.")
    return []


def _exemption(entry: Mapping[str, Any]) -> Exemption:
    until = str(entry["until"])
    try:
        last_day = date.fromisoformat(until)
    except ValueError:
        raise ValueError(f"until {until!r} is no day as 2027-06-30") from None
    year = str(entry["year"])
    if not year.isdigit():
        raise ValueError(f"year {year!r} is no year")
    return Exemption(
        rule_id=_words(entry, "rule"),
        report_year=int(year),
        reason=_words(entry, "reason"),
        evidence=_words(entry, "evidence"),
        by=_words(entry, "by"),
        until=last_day,
    )


def _rule(suite: str, entry: Mapping[str, Any]) -> Rule:
    severity = entry["severity"]
    if severity not in get_args(Severity):
        raise ValueError(f"severity {severity!r} is none of {get_args(Severity)}")
    applies = entry.get("applies") or {}
    maturities = tuple(applies.get("maturity") or get_args(Maturity))
    if not set(maturities) <= set(get_args(Maturity)):
        raise ValueError(f"maturity {maturities!r} is none of {get_args(Maturity)}")
    frame = _words(entry, "frame")
    own_words = frame not in TOLD_BY_FRAME
    fails = {name: _words(entry, name) if own_words else str(entry.get(name, "")) for name in ("fails_zh", "fails_en")}
    for name, sentence in fails.items():
        if misspelt(sentence):
            raise ValueError(f"{name} asks for {misspelt(sentence)}, which no frame has")
    return Rule(
        suite=suite,
        rule_id=_words(entry, "id"),
        name_zh=_words(entry, "name_zh"),
        name_en=_words(entry, "name_en"),
        severity=severity,
        frame=frame,
        subject=entry.get("subject"),
        expect=_words(entry, "expect"),
        arguments={name: value for name, value in entry["with"].items() if name != LINE},
        maturities=maturities,
        expected_years=bool(applies.get("expected_years", False)),
        fails_zh=fails["fails_zh"],
        fails_en=fails["fails_en"],
        why_zh=_words(entry, "why_zh"),
        why_en=_words(entry, "why_en"),
        since=_words(entry, "since"),
    )


def _words(entry: Mapping[str, Any], name: str) -> str:
    words = str(entry[name]).strip()
    if not words:
        raise ValueError(f"{name} is empty")
    return words
