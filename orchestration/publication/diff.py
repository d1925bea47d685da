"""What changed since the release before, value by value: counted by year, indicator and cause, for CHANGES.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from orchestration.publication.decide import YearOutcome

CAUSES = {
    "new_year": ("年度首次发布", "the year is published for the first time"),
    "new_report": ("新收到的报告", "a report that was not there before"),
    "withdrawn_report": ("报告不再在内", "a report that is no longer there"),
    "new_version": ("报告换成另一版本", "another version of the report is current"),
    "correction": ("更正表有增改", "a row of the corrections"),
    "read_again": ("读取程序更新", "the reading program is another version"),
    "rules": ("登记表或规则更新", "the registry or the rules"),
}

DIFFERENCES = """
    with old as (
        select o.*, r.extractor_version from {before}.fct_observations as o
        join {before}.dim_reports as r using (report_id)
    ),
    new as (
        select o.*, r.extractor_version from fct_observations as o join dim_reports as r using (report_id)
    ),
    compared as (
        select
            report_year, agency_id, indicator_code, applicant_type, period_basis,
            old.report_id as old_report, new.report_id as new_report,
            old.extractor_version as old_version, new.extractor_version as new_version,
            old.correction_id as old_correction, new.correction_id as new_correction,
            case when old.report_id is null then 'added' when new.report_id is null then 'removed' else 'changed' end
                as change
        from old full join new using (report_year, agency_id, indicator_code, applicant_type, period_basis)
        where old.report_id is null or new.report_id is null
            or old.value is distinct from new.value or old.value_status is distinct from new.value_status
            or old.unit is distinct from new.unit or old.has_conflict is distinct from new.has_conflict
    ),
    old_years as (select distinct report_year from old),
    old_agencies as (select distinct report_year, agency_id, report_id from old),
    new_agencies as (select distinct report_year, agency_id, report_id from new)
    select
        c.report_year, c.indicator_code,
        case
            when c.report_year not in (select report_year from old_years) then 'new_year'
            when oa.agency_id is null then 'new_report'
            when na.agency_id is null then 'withdrawn_report'
            when oa.report_id <> na.report_id then 'new_version'
            when c.old_correction is distinct from c.new_correction then 'correction'
            when c.old_version <> c.new_version then 'read_again'
            else 'rules'
        end as cause,
        count(*) filter (where change = 'added'), count(*) filter (where change = 'removed'),
        count(*) filter (where change = 'changed')
    from compared as c
    left join old_agencies as oa on oa.report_year = c.report_year and oa.agency_id = c.agency_id
    left join new_agencies as na on na.report_year = c.report_year and na.agency_id = c.agency_id
    group by all order by 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """How many observations of one year and indicator were added, removed or changed, and why."""

    report_year: int
    indicator_code: str
    cause: str
    added: int
    removed: int
    changed: int


def differences(connection: duckdb.DuckDBPyConnection, before: bool) -> tuple[Difference, ...]:
    """Every difference to the release attached as `before`; without one, every observation is added."""
    if before:
        return tuple(
            Difference(*row) for row in connection.execute(DIFFERENCES.format(before="before.main")).fetchall()
        )
    rows = connection.execute(
        "select report_year, indicator_code, 'new_year', count(*), 0, 0 from fct_observations group by all order by all"
    ).fetchall()
    return tuple(Difference(*row) for row in rows)


def changes_page(
    release_id: str,
    before_id: str | None,
    years: Sequence[YearOutcome],
    found: Sequence[Difference],
    names: dict[str, str],
) -> str:
    """CHANGES.md; `names` are the Chinese names of the indicators by code."""
    since = f"与 {before_id} 相比 · compared with {before_id}" if before_id else "首次发布 · first release"
    lines = [f"# {release_id}", "", since, "", "## 年度 · Report years", ""]
    lines += ["| 年度 year | 结果 outcome | 成熟度 maturity | 原因 reason |", "|---|---|---|---|"]
    for year in years:
        if year.outcome == "empty":
            continue
        stale = f"（沿用旧内容，自 {year.stale_since} stale since）" if year.stale_since else ""
        lines.append(
            f"| {year.report_year} | {year.outcome}{stale} | {year.maturity or ''} |"
            f" {year.reason_zh} {year.reason_en} |"
        )
    lines += ["", "## 数值 · Values", ""]
    if not found:
        lines += ["没有数值变化。No value changed.", ""]
    for year_number in sorted({one.report_year for one in found}):
        of_year = [one for one in found if one.report_year == year_number]
        lines += [f"### {year_number}", ""]
        for cause in sorted({one.cause for one in of_year}):
            zh, en = CAUSES[cause]
            total = sum(one.added + one.removed + one.changed for one in of_year if one.cause == cause)
            lines.append(f"- {zh} · {en}: {total}")
        lines += ["", "| 指标 indicator | 原因 cause | 新增 added | 删除 removed | 变更 changed |"]
        lines.append("|---|---|---:|---:|---:|")
        lines += [
            f"| {names.get(one.indicator_code, '')} `{one.indicator_code}` | {one.cause} | {one.added} | {one.removed}"
            f" | {one.changed} |"
            for one in of_year
        ]
        lines.append("")
    return "\n".join(lines)
