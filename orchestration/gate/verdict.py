"""The judgement of one report year as a frozen value, and its form on disk. Nothing is judged here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from orchestration.gate.suites import Maturity, Severity
from orchestration.registry.model import ReportYear

Outcome = Literal["passed", "failed", "excused", "not_applicable"]
ExceptionState = Literal["applied", "expired", "not_needed"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one rule: its outcome, how many things it looked at, how many failed, and the rows that say which.

    `observed` holds the figures of a frame with one row. `told_zh` and `told_en` are the failure in words, with
    the share and what is allowed; None for a rule that did not fail. `why_zh` and `why_en` say why the rule stands, or,
    of an excused one, by whom it was excused, until when and why.
    """

    suite: str
    rule_id: str
    name_zh: str
    name_en: str
    severity: Severity
    outcome: Outcome
    checked: int
    failing: int
    told_zh: str | None
    told_en: str | None
    observed: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]
    why_zh: str
    why_en: str
    since: str


@dataclass(frozen=True, slots=True)
class Excuse:
    """A row of exceptions.yml for this year, and whether it was applied, has expired, or was not needed."""

    rule_id: str
    report_year: int
    reason: str
    evidence: str
    by: str
    until: date
    state: ExceptionState

    @property
    def in_words(self) -> tuple[str, str]:
        """By whom the rule was excused, until when and why, as a sentence in Chinese and in English."""
        day = self.until.isoformat()
        return (
            f"已由{self.by}豁免至 {day}：{self.reason}（依据：{self.evidence}）。",
            f"Excused by {self.by} until {day}: {self.reason} (evidence: {self.evidence}).",
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's judgement of one report year; `content_hash` says of exactly which rows."""

    report_year: int
    passed: bool
    as_of: date
    maturity: Maturity
    content_hash: str
    reports: int
    expectations: tuple[Judgement, ...]
    exceptions: tuple[Excuse, ...]

    @property
    def decision(self) -> tuple[str, str]:
        """What was decided as a sentence in Chinese and in English, with every rule that was excused."""
        applied = [excuse for excuse in self.exceptions if excuse.state == "applied"]
        if not self.passed:
            rules = ", ".join(rule.rule_id for rule in self.refusals)
            return f"审核未通过：{rules}。", f"The gate refused it: {rules}."
        if not applied:
            return "审核通过。", "The gate passed it."
        zh = "；".join(f"{one.rule_id}（至 {one.until.isoformat()}，由{one.by}批准）" for one in applied)
        en = "; ".join(f"{one.rule_id} (until {one.until.isoformat()}, by {one.by})" for one in applied)
        return f"审核通过，但有豁免：{zh}。", f"The gate passed it with rules excused: {en}."

    @property
    def refusals(self) -> tuple[Judgement, ...]:
        """The critical rules that failed without an excuse: why the year is refused."""
        return tuple(rule for rule in self.expectations if rule.outcome == "failed" and rule.severity == "critical")

    @property
    def caveats(self) -> tuple[Judgement, ...]:
        """The rules below critical that failed, and what was excused: what a reader must know of a passing year."""
        return tuple(
            rule
            for rule in self.expectations
            if rule.outcome == "excused" or (rule.outcome == "failed" and rule.severity != "critical")
        )

    def as_json(self) -> str:
        """The verdict as indented JSON, keys in a fixed order, ended by a line feed."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str) + "\n"

    def as_metadata(self) -> dict[str, Any]:
        """Plain figures for whoever shows the run."""
        return {
            "report_year": self.report_year,
            "passed": self.passed,
            "maturity": self.maturity,
            "as_of": self.as_of.isoformat(),
            "reports": self.reports,
            "refused_by": [rule.rule_id for rule in self.refusals],
            "caveats": [rule.rule_id for rule in self.caveats],
            "exceptions": [excuse.rule_id for excuse in self.exceptions if excuse.state == "applied"],
            "content_hash": self.content_hash,
        }


def read_verdict(path: Path) -> Verdict | None:
    """The verdict in a verdict.json, or None where there is no file.

    A file that is not a verdict raises ValueError: it was written by something else or by another version.
    """
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise ValueError(f"{path} is not a verdict: {problem}; judge the year again") from problem
    try:
        return Verdict(
            report_year=int(written["report_year"]),
            passed=written["passed"] is True,
            as_of=date.fromisoformat(written["as_of"]),
            maturity=written["maturity"],
            content_hash=str(written["content_hash"]),
            reports=int(written["reports"]),
            expectations=tuple(Judgement(**{**rule, "rows": tuple(rule["rows"])}) for rule in written["expectations"]),
            exceptions=tuple(
                Excuse(**{**excuse, "until": date.fromisoformat(excuse["until"])}) for excuse in written["exceptions"]
            ),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"{path} is not a verdict: {problem!r}; judge the year again") from problem


def maturity(year: ReportYear, as_of: date) -> Maturity:
    """How far the year is on a day: collecting until it is due, provisional until its follow-up ends, then final."""
    if as_of <= year.due_on:
        return "collecting"
    return "provisional" if as_of <= year.final_on else "final"
