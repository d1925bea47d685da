"""Which content each report year has in the next release. Reads verdicts and hashes; copies nothing.

A year is taken from the warehouse only with a passing verdict for exactly the rows that stand there now. Any other year
keeps what was last published, marked stale, or stays out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import duckdb

from orchestration.gate.content import content_hash
from orchestration.gate.verdict import Verdict, maturity, read_verdict
from orchestration.registry.model import Registry
from orchestration.settings import Settings

Outcome = Literal["published", "unchanged", "refused", "empty"]


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """What the release holds of a year: its outcome, why, and the judgement that goes with it.

    published: new content from the warehouse; unchanged: the content of the release before, still right; refused: no
    passing verdict for the rows of the warehouse, or no report left there of a published year (then `kept` says whether
    older content stands in for them, since `stale_since`); empty: nothing was received. `judgement` is what
    verdicts/<year>.json will say, None for a year that nobody judged.
    """

    report_year: int
    outcome: Outcome
    kept: bool
    maturity: str | None
    verdict: str | None
    judged_as_of: date | None
    stale_since: date | None
    reason_zh: str
    reason_en: str
    judgement: Mapping[str, Any] | None

    @property
    def from_warehouse(self) -> bool:
        """Whether the rows come from the warehouse."""
        return self.outcome in {"published", "unchanged"}


def decide(
    settings: Settings, connection: duckdb.DuckDBPyConnection, registry: Registry, current: Path | None
) -> tuple[YearOutcome, ...]:
    """One outcome for every year that the warehouse or the current release knows, in order.

    `connection` has the warehouse as its default catalog; `current` is the folder of the current release.
    """
    years = {int(year) for (year,) in connection.execute("select report_year from marts.dim_report_years").fetchall()}
    published = _published(current)
    stale = _stale_since(current)
    found = []
    for year in sorted(years | published.keys()):
        reports = connection.execute("select count(*) from marts.dim_reports where report_year = ?", [year]).fetchone()
        known = _Known(
            report_year=year,
            maturity=maturity(registry.report_years[year], settings.as_of) if year in registry.report_years else None,
            content_hash=content_hash(connection, year),
            reports=reports[0] if reports else 0,
            published=published.get(year),
            stale_since=stale.get(year),
            as_of=settings.as_of,
        )
        found.append(_decide_year(known, *_verdict(settings, year)))
    return tuple(found)


def _verdict(settings: Settings, year: int) -> tuple[Verdict | None, str]:
    """The verdict of a year, None where there is none, and why it cannot be read."""
    try:
        return read_verdict(settings.gate / str(year) / "verdict.json"), ""
    except ValueError as problem:
        return None, str(problem)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a year before anything is decided: what the warehouse holds, and what was published last."""

    report_year: int
    maturity: str | None
    content_hash: str
    reports: int
    published: Mapping[str, Any] | None
    stale_since: date | None
    as_of: date

    @property
    def is_unchanged(self) -> bool:
        """Whether the warehouse holds exactly what was published."""
        return self.published is not None and self.published["content_hash"] == self.content_hash

    def decided(self, kind: Outcome, zh: str, en: str, judgement: Mapping[str, Any] | None) -> YearOutcome:
        """The outcome; a refused year keeps what was published, and says since when it is stale."""
        refused, kept = kind == "refused", kind == "refused" and self.published is not None
        told = {**judgement, "published": self.published} if judgement and kept else judgement
        return YearOutcome(
            report_year=self.report_year,
            outcome=kind,
            kept=kept,
            maturity=self.maturity,
            verdict="refused" if refused else "passed" if judgement else None,
            judged_as_of=date.fromisoformat(judgement["as_of"]) if judgement else None,
            stale_since=(self.stale_since or self.as_of) if kept else None,
            reason_zh=zh,
            reason_en=en,
            judgement=told,
        )


def _decide_year(known: _Known, verdict: Verdict | None, unreadable: str) -> YearOutcome:
    """The outcome of a year by its verdict; `unreadable` says why there is none that could be read."""
    if verdict is not None and verdict.content_hash == known.content_hash:
        return _judged(known, verdict)
    if known.is_unchanged:
        return known.decided(
            "unchanged", "内容与上次发布相同。", "Its content is what was published last.", known.published
        )
    if unreadable:
        return _unjudged(known, "审核结论文件无法读取。", f"The verdict cannot be read: {unreadable}.")
    if verdict is not None:
        en = "The verdict is for other content than the warehouse holds now."
        return _unjudged(known, "审核结论针对的是另一份内容。", en)
    if known.reports == 0 and known.published is None:
        return known.decided("empty", "没有收到报告。", "No report was received.", None)
    return _unjudged(known, "没有审核结论。", "There is no verdict.")


def _judged(known: _Known, verdict: Verdict) -> YearOutcome:
    """The outcome of a year whose verdict is for exactly what the warehouse holds."""
    told = json.loads(verdict.as_json())
    if not verdict.passed:
        zh = "；".join(f"{rule.name_zh}（{rule.rule_id}）" for rule in verdict.refusals)
        en = "; ".join(f"{rule.name_en} ({rule.rule_id})" for rule in verdict.refusals)
        return known.decided("refused", f"审核未通过，未满足：{zh}。", f"The gate refused it. Not met: {en}.", told)
    if known.reports:
        return known.decided("unchanged" if known.is_unchanged else "published", *_why_passed(verdict), told)
    if known.published is None:
        return known.decided("empty", "没有收到报告。", "No report was received.", told)
    zh = "已发布的年度在仓库中不再有任何报告。"
    en = "The year is published and the warehouse has no report of it any more."
    return known.decided("refused", zh, en, {**told, "passed": False, "reason_zh": zh, "reason_en": en})


def _unjudged(known: _Known, zh: str, en: str) -> YearOutcome:
    """The refusal of a year that no verdict speaks for."""
    told = {
        "report_year": known.report_year,
        "passed": False,
        "as_of": known.as_of.isoformat(),
        "maturity": known.maturity,
        "content_hash": known.content_hash,
        "reports": known.reports,
        "expectations": [],
        "exceptions": [],
        "reason_zh": zh,
        "reason_en": en,
    }
    return known.decided("refused", zh, en, told)


def _why_passed(verdict: Verdict) -> tuple[str, str]:
    excused = [rule.rule_id for rule in verdict.expectations if rule.outcome == "excused"]
    if not excused:
        return "审核通过。", "The gate passed it."
    rules = ", ".join(excused)
    return f"审核通过，但以下规则因豁免而不计：{rules}。", f"The gate passed it with these rules excused: {rules}."


def _published(current: Path | None) -> dict[int, Mapping[str, Any]]:
    """The passing judgement of what the current release holds, by year; of a stale year the one it was published by."""
    if current is None:
        return {}
    held = {}
    for path in sorted(current.glob("verdicts/*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        judgement = told if told["passed"] else told.get("published")
        if judgement is not None and judgement["reports"]:
            held[int(path.stem)] = judgement
    return held


def _stale_since(current: Path | None) -> dict[int, date]:
    if current is None:
        return {}
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select report_year, stale_since from read_parquet(?) where stale_since is not null",
            [str(current / "parquet" / "dim_report_years" / "dim_report_years.parquet")],
        ).fetchall()
    return {int(year): day for year, day in rows}
