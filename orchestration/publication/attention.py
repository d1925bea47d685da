"""Sections of index.html that a reader should know first: what changed, what was corrected, who is missing or late."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import duckdb

from orchestration.gate.page import both, table, tag
from orchestration.publication.changes import Changes
from orchestration.publication.diff import CAUSES
from orchestration.publication.exclusions import CHANGES, Excluded

SHOWN = 50
"""How many rows of a list the page shows; the whole list is in the file that the page links to."""

STATES = {
    "missing": ("缺报", "missing", "bad"),
    "set_aside": ("已隔离", "set aside", "bad"),
    "withheld": ("未发布", "withheld", "warn"),
    "late": ("迟报", "late", "warn"),
    "awaited": ("未到期", "awaited", "soft"),
}
"""The states of the view missing_or_late, in the order shown: Chinese, English, tone."""


def changed(changes: Changes) -> str:
    """What differs from the release before: values by cause; exclusions, corrections and excuses that came or went."""
    link = '<a href="CHANGES.md">CHANGES.md</a>'
    if changes.before_id is None:
        return f'<section class="card"><p>{both("首次发布。", "The first release.")}</p></section>'
    told = []
    for cause, (zh, en) in CAUSES.items():
        of_cause = [one for one in changes.values.counted if one.cause == cause]
        if of_cause:
            count = sum(one.added + one.removed + one.changed for one in of_cause)
            years = ", ".join(map(str, sorted({one.report_year for one in of_cause})))
            told.append([f"{count:,}", both(zh, en), years])
    beside = _excluded(changes.values.excluded)
    for pairs, zh, en in (
        (changes.corrections, "更正表有增改的行", "rows of the corrections that are new, other or gone"),
        (changes.excuses, "有增改的豁免", "excuses that are new, other or gone"),
    ):
        if pairs:
            years = ", ".join(sorted({(new or old or {})["report_year"] for old, new in pairs}))
            beside.append(f"<p>{both(f'{zh}：{len(pairs)}（{years}）', f'{en}: {len(pairs)} ({years})')}</p>")
    since = (
        f"<p class='soft'>与 {escape(changes.before_id)} 相比 compared with {escape(changes.before_id)} · {link}</p>"
    )
    if not told:
        return "".join([since, "<p class='soft'>没有数值变化。No value changed.</p>", *beside])
    return "".join([since, table(["处数 values", "原因 cause", "年度 years"], told, numeric=(0,)), *beside])


def _excluded(found: Sequence[Excluded]) -> list[str]:
    """The exclusions that came or went, with agency, file and reason; nothing where there is none."""
    rows = [
        [
            str(one.report_year or ""),
            escape(one.agency_name or "—"),
            escape(one.source_uri),
            CHANGES[one.change],
            both(one.reason_zh, one.reason_en),
        ]
        for one in found[:SHOWN]
    ]
    heads = ["年度 year", "机关 agency", "文件 file", "变化 change", "原因 reason"]
    return [table(heads, rows) + more(len(found), "CHANGES.md")] if rows else []


def corrected(connection: duckdb.DuckDBPyConnection) -> str:
    """The values that a correction stands behind, each beside what is printed; one computed from them says so."""
    rows = connection.execute(
        """select report_year, agency_name, indicator_name_zh, applicant_type,
                  coalesce(printed_value, if(source_kind = 'derived', '推算 derived', '—')), value, unit
           from observations where correction_id is not null
           order by report_year desc, agency_name, indicator_code, applicant_type"""
    ).fetchall()
    if not rows:
        return '<p class="soft">没有更正。No value was corrected.</p>'
    listed = [
        [str(year), escape(f"{agency}"), escape(f"{name} {kind}"), escape(printed), _figure(value, unit)]
        for year, agency, name, kind, printed, value, unit in rows[:SHOWN]
    ]
    heads = ["年度 year", "机关 agency", "指标 indicator", "原文 as printed", "更正为 corrected to"]
    return table(heads, listed, numeric=(3, 4)) + more(len(rows), "corrections.csv")


def missing_or_late(connection: duckdb.DuckDBPyConnection) -> str:
    """Who is missing or late: how many in each state, and the list."""
    rows = connection.execute(
        """select report_year, state, agency_name, days_late, reason_zh, reason_en from missing_or_late
           order by report_year desc, state, agency_name"""
    ).fetchall()
    if not rows:
        return '<p class="soft">没有缺报或迟报。Nobody is missing or late.</p>'
    states = [row[1] for row in rows]
    counts = " ".join(
        tag(f"{zh} {en} {states.count(state):,}", tone) for state, (zh, en, tone) in STATES.items() if state in states
    )
    ranked = sorted(rows, key=lambda row: (list(STATES).index(row[1]) == len(STATES) - 1, -row[0]))
    listed = [
        [
            str(year),
            tag(f"{STATES[state][0]} {STATES[state][1]}", STATES[state][2]),
            escape(agency or "—"),
            "" if days is None else f"{days:,}",
            both(zh, en) if zh else "",
        ]
        for year, state, agency, days, zh, en in ranked[:SHOWN]
    ]
    heads = ["年度 year", "情形 state", "机关 agency", "迟报天数 days late", "原因 reason"]
    return f"<p>{counts}</p>" + table(heads, listed, numeric=(3,)) + more(len(rows), "coverage.csv")


def more(count: int, where: str, shown: int = SHOWN) -> str:
    """The line below a list that the page cuts off, with a link to all of it; nothing where it is whole."""
    if count <= shown:
        return ""
    return f'<p class="soft">仅列前{shown}行，共{count:,}行：<a href="{where}">{where}</a> (first {shown} shown)</p>'


def _figure(value: float | None, unit: str | None) -> str:
    return "—" if value is None else f"{value:,.10g} {escape(unit or '')}"
