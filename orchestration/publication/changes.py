"""CHANGES.md: the difference to the release before, by year, indicator and cause, and what stands behind each cause."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publication.decide import YearOutcome
from orchestration.publication.dictionary_page import cell
from orchestration.publication.diff import (
    CAUSES,
    Counted,
    Difference,
    Example,
    Grounds,
    Moved,
    difference,
    first_release,
    reports_of,
)
from orchestration.publication.exclusions import exclusions_chapter
from orchestration.publication.made_with import made_before

LISTED = 100
"""How many reports the page names; all of them are in documents.csv of the two releases."""

CORRECTION_KEY = ("agency_key", "report_year", "indicator_code", "applicant_type", "period_basis")
EXCUSE_KEY = ("report_year", "rule_id")
COUNTED_ANEW = ("applied_count", "agency_name")
"""What a row of the corrections says of the release, not of the correction."""

NEW_YEAR = "new_year"
"""The cause of everything in a year that is published for the first time: told in one line."""

MAKERS = (
    ("extractor", "读取程序", "reading program"),
    ("registry", "登记表", "registry"),
    ("models", "数据模型", "models of the warehouse"),
)
DIGITS = 12
"""How many digits of a hash the page shows."""

Row = Mapping[str, str]
Pairs = list[tuple[Row | None, Row | None]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What the page tells: values and reports, rows of the corrections and excuses (before, now), years, makers.

    `years` holds (before, now) of maturity and verdict by year; `makers` (what, before, now) by year;
    `reports` how many current reports there are now.
    """

    release_id: str
    before_id: str | None
    outcomes: tuple[YearOutcome, ...]
    values: Difference
    corrections: Pairs
    excuses: Pairs
    years: Mapping[int, tuple[str, str]]
    makers: Mapping[int, tuple[tuple[str, str, str], ...]]
    reports: Mapping[int, int]


def compare(
    connection: duckdb.DuckDBPyConnection,
    release_id: str,
    draft: Path,
    before: Path | None,
    outcomes: Sequence[YearOutcome],
    making: Mapping[str, str],
) -> Changes:
    """Everything that differs between the draft and the release before, which is attached as `before`.

    Both folders hold corrections.csv and exceptions.csv; `making` is what the new content is made with.
    """
    if before is None:
        return Changes(
            release_id, None, tuple(outcomes), first_release(connection), [], [], {}, {}, reports_of(connection)
        )
    new_years = [year.report_year for year in outcomes if year.outcome == "published"]
    corrections = _pairs(before, draft, "corrections.csv", CORRECTION_KEY, COUNTED_ANEW)
    makers = {year: _other_makers(before, year, making) for year in new_years}
    extractors = _other_extractors(connection, new_years)
    grounds = Grounds(
        years=new_years,
        other_registry=[year for year, told in makers.items() if "registry" in [name for name, _, _ in told]],
        other_models=[year for year, told in makers.items() if "models" in [name for name, _, _ in told]],
        corrections={row["correction_id"] for pair in corrections for row in pair if row is not None},
    )
    return Changes(
        release_id=release_id,
        before_id=before.name,
        outcomes=tuple(outcomes),
        values=difference(connection, grounds),
        corrections=corrections,
        excuses=_pairs(before, draft, "exceptions.csv", EXCUSE_KEY, ()),
        years=_other_years(connection, outcomes),
        makers={
            year: (*extractors.get(year, ()), *told)
            for year, told in makers.items()
            if _published_before(before, year) and (told or year in extractors)
        },
        reports=reports_of(connection),
    )


def changes_page(changes: Changes, names: Mapping[str, str]) -> str:
    """CHANGES.md; `names` are the Chinese names of the indicators by code. What did not change is left out."""
    before = changes.before_id
    since = f"与 {before} 相比 · compared with {before}" if before else "首次发布 · first release"
    lines = [f"# {changes.release_id}", "", since, "", *_summary(changes), *_years(changes)]
    lines += _first_years(changes)
    lines += _reports(changes.values.moved)
    lines += _corrections(changes.corrections, names)
    lines += exclusions_chapter(changes.values.excluded)
    lines += _excuses(changes.excuses)
    lines += _makers(changes.makers)
    lines += _values(changes.values, names)
    lines += _found(changes.values.found)
    return "\n".join(lines)


def _summary(changes: Changes) -> list[str]:
    """One line a cause, with the values and report years concerned."""
    lines = ["## 概要 · Summary", ""]
    for cause, (zh, en) in CAUSES.items():
        of_cause = [one for one in changes.values.counted if one.cause == cause]
        if of_cause:
            years = ", ".join(map(str, sorted({one.report_year for one in of_cause})))
            lines.append(f"- `{cause}` {zh} · {en}: {_total(of_cause):,} ({years})")
    if not changes.values.counted:
        lines.append("- 没有数值变化。No value changed.")
    for pairs, zh, en in (
        (changes.corrections, "更正表的行", "rows of the corrections"),
        (changes.excuses, "豁免", "excuses"),
    ):
        if pairs:
            lines.append(f"- {zh} · {en}: {_pair_counts(pairs)}")
    return [*lines, ""]


def _years(changes: Changes) -> list[str]:
    lines = [
        "## 年度 · Report years",
        "",
        "| 年度 year | 结果 outcome | 成熟度 maturity | 审核 verdict | 原因 reason |",
    ]
    lines.append("|---|---|---|---|---|")
    for year in changes.outcomes:
        if year.outcome == "empty":
            continue
        stale = f"（沿用旧内容，自 {year.stale_since} stale since）" if year.stale_since else ""
        was = changes.years.get(year.report_year)
        stages = [
            now or "" if then is None or then == (now or "") else f"{then or '—'} → {now or '—'}"
            for then, now in zip(was or (None, None), (year.maturity, year.verdict), strict=True)
        ]
        lines.append(
            f"| {year.report_year} | {year.outcome}{stale} | {stages[0]} | {stages[1]} |"
            f" {year.reason_zh} {year.reason_en} |"
        )
    return [*lines, ""]


def _first_years(changes: Changes) -> list[str]:
    """One line for each year that is published for the first time, with what there is of it."""
    lines = []
    for year in sorted({one.report_year for one in changes.values.counted if one.cause == NEW_YEAR}):
        of_year = [one for one in changes.values.counted if (one.report_year, one.cause) == (year, NEW_YEAR)]
        indicators = len({one.indicator_code for one in of_year})
        lines.append(f"| {year} | {changes.reports.get(year, 0):,} | {indicators:,} | {_total(of_year):,} |")
    if not lines:
        return []
    heads = ["| 年度 year | 报告 reports | 指标 indicators | 数值 values |", "|---|---:|---:|---:|"]
    return ["## 首次发布的年度 · Years published for the first time", "", *heads, *lines, ""]


def _reports(reports: Sequence[Moved]) -> list[str]:
    moved = [one for one in reports if one.cause != NEW_YEAR]
    if not moved:
        return []
    lines = ["## 报告 · Reports", ""]
    lines.append(
        "| 年度 year | 原因 cause | 机关 agency | 此前 before | 发布日期 published | 现在 now | 发布日期 published |"
    )
    lines.append("|---|---|---|---|---|---|---|")
    lines += [
        f"| {one.report_year} | {one.cause} | {cell(one.agency_name)} | {cell(one.old_uri)} | {one.old_day or '—'}"
        f" | {cell(one.new_uri)} | {one.new_day or '—'} |"
        for one in moved[:LISTED]
    ]
    rest = len(moved) - LISTED
    return [*lines, "", *([f"另有 {rest:,} 份。{rest:,} more.", ""] if rest > 0 else [])]


def _corrections(pairs: Pairs, names: Mapping[str, str]) -> list[str]:
    if not pairs:
        return []
    lines = ["## 更正 · Corrections", ""]
    lines.append(
        "| 年度 year | 机关 agency | 指标 indicator | 变化 change | 此前 before | 现在 now | 状态 state | 原因 reason"
        " | 依据 evidence |"
    )
    lines.append("|---|---|---|---|---|---|---|---|---|")
    for old, new in pairs:
        row = new or old or {}
        code = row["indicator_code"]
        lines.append(
            f"| {row['report_year']} | {_agency(row)} | {names.get(code, '')} `{code}`"
            f" {row['applicant_type']} | {_change(old, new)} | {_action(old)} | {_action(new)} |"
            f" {_states(old, new)} | {cell(row['reason_zh'])} | {cell(row['evidence'])} |"
        )
    return [*lines, ""]


def _excuses(pairs: Pairs) -> list[str]:
    if not pairs:
        return []
    lines = ["## 豁免 · Excuses", ""]
    lines.append("| 年度 year | 规则 rule | 变化 change | 状态 state | 原因 reason | 依据 evidence | 至 until |")
    lines.append("|---|---|---|---|---|---|---|")
    for old, new in pairs:
        row = new or old or {}
        lines.append(
            f"| {row['report_year']} | `{row['rule_id']}` | {_change(old, new)} | {_states(old, new)} |"
            f" {cell(row['reason'])} | {cell(row['evidence'])} | {row['until']} |"
        )
    return [*lines, ""]


def _makers(makers: Mapping[int, Sequence[tuple[str, str, str]]]) -> list[str]:
    if not makers:
        return []
    titles = {name: f"{zh} {en}" for name, zh, en in MAKERS}
    lines = ["## 由何制成 · Made with", "", "| 年度 year | 什么 what | 此前 before | 现在 now |", "|---|---|---|---|"]
    for year, told in sorted(makers.items()):
        lines += [f"| {year} | {titles[name]} | {_code(old)} | {_code(new)} |" for name, old, new in told]
    return [*lines, ""]


def _values(values: Difference, names: Mapping[str, str]) -> list[str]:
    counted = [one for one in values.counted if one.cause != NEW_YEAR]
    if not counted:
        return []
    lines = ["## 数值 · Values", ""]
    for year in sorted({one.report_year for one in counted}):
        of_year = [one for one in counted if one.report_year == year]
        lines += [f"### {year}", ""]
        for cause in sorted({one.cause for one in of_year}):
            zh, en = CAUSES[cause]
            lines.append(f"- {zh} · {en}: {_total([one for one in of_year if one.cause == cause]):,}")
        lines += ["", "| 指标 indicator | 原因 cause | 新增 added | 删除 removed | 变更 changed |"]
        lines.append("|---|---|---:|---:|---:|")
        lines += [
            f"| {names.get(one.indicator_code, '')} `{one.indicator_code}` | {one.cause} | {one.added} | {one.removed}"
            f" | {one.changed} |"
            for one in of_year
        ]
        lines += ["", *_examples([one for one in values.examples if one.report_year == year], names)]
    return lines


def _examples(examples: Sequence[Example], names: Mapping[str, str]) -> list[str]:
    if not examples:
        return []
    lines = ["每种原因最大的几处 · the largest of each cause", ""]
    lines += ["| 机关 agency | 指标 indicator | 原因 cause | 此前 before | 现在 now |", "|---|---|---|---:|---:|"]
    lines += [
        f"| {cell(one.agency_name)} | {names.get(one.indicator_code, '')} `{one.indicator_code}` {one.applicant_type}"
        f"{'' if one.period_basis == 'year' else ' ' + one.period_basis} | {one.cause}"
        f" | {_value(one.old_value, one.old_status)} | {_value(one.new_value, one.new_status)} |"
        for one in examples
    ]
    return [*lines, ""]


def _found(found: Sequence[tuple[int, str, int, int]]) -> list[str]:
    if not found:
        return []
    lines = ["## 发现 · Findings", "", "| 年度 year | 规则 rule | 此前 before | 现在 now |", "|---|---|---:|---:|"]
    return [*lines, *(f"| {year} | `{rule}` | {old} | {new} |" for year, rule, old, new in found), ""]


def _pairs(before: Path, draft: Path, name: str, key: Sequence[str], ignored: Sequence[str]) -> Pairs:
    """Rows of a list that are new, gone or other, as (before, now), in order of their key."""
    sides = [{tuple(row[part] for part in key): row for row in _rows(folder / name)} for folder in (before, draft)]
    return [
        (sides[0].get(one), sides[1].get(one))
        for one in sorted(sides[0].keys() | sides[1].keys())
        if _differ(sides[0].get(one), sides[1].get(one), ignored)
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _differ(old: Row | None, new: Row | None, ignored: Sequence[str]) -> bool:
    """Whether a row says something else; a column that the release before did not have says nothing."""
    if old is None or new is None:
        return old is not new
    return any(old[name] != value for name, value in new.items() if name in old and name not in ignored)


def _other_makers(before: Path, year: int, making: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """(what, before, now) of everything that the year was made with otherwise, or nobody noted with what."""
    was = made_before(_judgement(before, year))
    return tuple(
        (name, was.get(name, "")[:DIGITS], now[:DIGITS]) for name, now in making.items() if was.get(name, "") != now
    )


def _other_extractors(
    connection: duckdb.DuckDBPyConnection, years: Sequence[int]
) -> dict[int, tuple[tuple[str, str, str]]]:
    """("extractor", before, now) of the years whose reports were read by other versions of the program."""
    rows = connection.execute(
        """with told as (
               select 0 as age, report_year, extractor_version from before.main.dim_reports
               union select 1, report_year, extractor_version from dim_reports
           )
           select report_year,
                  string_agg(extractor_version, ', ' order by extractor_version) filter (where age = 0) as old,
                  string_agg(extractor_version, ', ' order by extractor_version) filter (where age = 1) as new
           from told group by report_year having old is distinct from new"""
    ).fetchall()
    return {int(year): (("extractor", old or "", new or ""),) for year, old, new in rows if year in years}


def _published_before(before: Path, year: int) -> bool:
    told = _judgement(before, year) or {}
    return bool(told.get("passed") or told.get("published"))


def _judgement(release: Path, year: int) -> dict[str, Any] | None:
    path = release / "verdicts" / f"{year}.json"
    if not path.is_file():
        return None
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def _other_years(connection: duckdb.DuckDBPyConnection, outcomes: Sequence[YearOutcome]) -> dict[int, tuple[str, str]]:
    """Maturity and verdict that the release before gave each year; empty strings where it had none."""
    rows = connection.execute(
        "select report_year, coalesce(maturity, ''), coalesce(verdict, '') from before.main.dim_report_years"
    ).fetchall()
    known = {int(year): (str(stage), str(verdict)) for year, stage, verdict in rows}
    return {year.report_year: known.get(year.report_year, ("", "")) for year in outcomes}


def _total(counted: Sequence[Counted]) -> int:
    return sum(one.added + one.removed + one.changed for one in counted)


def _pair_counts(pairs: Pairs) -> str:
    found = [_change(old, new) for old, new in pairs]
    return ", ".join(f"{found.count(kind)} {kind}" for kind in dict.fromkeys(found))


def _change(old: Row | None, new: Row | None) -> str:
    return "新增 added" if old is None else "删除 removed" if new is None else "变更 changed"


def _states(old: Row | None, new: Row | None) -> str:
    return " → ".join(dict.fromkeys(one["state"] for one in (old, new) if one and one.get("state"))) or "—"


def _agency(row: Row) -> str:
    name, key = row.get("agency_name") or row["agency_key"], row["agency_key"]
    return cell(key if name == key else f"{name} ({key})")


def _action(row: Row | None) -> str:
    if row is None:
        return "—"
    if row["action"] == "withdraw":
        return f"withdraw {row['expected_value'] or '∅'}"
    return f"{row['action']} {row['expected_value'] or '∅'} → {row['value'] or '∅'}"


def _value(value: float | None, status: str | None) -> str:
    return status or "—" if value is None else f"{value:,.10g}"


def _code(words: str) -> str:
    return f"`{words}`" if words else "—"
