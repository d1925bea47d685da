"""dictionary.md: the dictionary of a release for people, beginning with which table answers which question."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.publication.dictionary import Entry

USES = (
    (
        "某机关某年的一个数，原文怎样印、印在哪里",
        "a figure of an agency and year, as it is printed",
        "observations",
    ),
    ("一个指标历年的变化，能否直接比较", "an indicator over the years, and whether years compare", "indicator_series"),
    ("一个机关一年的全部指标，一行一报告", "all indicators of an agency and year, one row per report", "fct_requests"),
    ("一个地区（含下级）有哪些机关", "the agencies of a region, with all divisions below it", "agencies_by_region"),
    ("申请是怎样办结的", "how requests ended", "request_outcomes"),
    ("哪些报告自相矛盾，两边的数字在哪里", "which reports contradict themselves, and where", "contradictions"),
    ("谁没有报告，谁迟报", "who is missing, and who is late", "missing_or_late"),
    ("读到的每个数字，包括不作为观测值的", "every figure as read, also those that form no observation", "fct_readings"),
    ("报告的各个版本、日期、表式和文件", "versions, dates, forms and files of the reports", "dim_reports"),
    ("哪些文件不能用，为什么", "which files could not be used, and why", "aud_quarantine"),
)
"""Question in Chinese, in English, and the table or view that answers it."""


def as_markdown(entries: Sequence[Entry]) -> str:
    """The page: which table for what, the tables, the views, the indicators with their history, the warnings."""
    lines = ["# 数据字典 · Data dictionary", "", *_uses()]
    for kind, title in (("table", "表 · Tables"), ("view", "视图 · Views")):
        lines += [f"## {title}", ""]
        for entry in entries:
            if entry.kind == kind:
                lines += _table_lines(entry, entries)
    lines += ["## 指标 · Indicators", ""]
    for entry in entries:
        if entry.kind == "indicator":
            lines += _indicator_lines(entry, entries)
    return "\n".join(lines)


def _table_lines(entry: Entry, entries: Sequence[Entry]) -> list[str]:
    return [
        *(f"### {entry.table_name}", "", entry.description_zh, "", entry.description_en, ""),
        *_warning_lines(entry, entries),
        *("| 列 column | 类型 type | 说明 | description |", "|---|---|---|---|"),
        *(
            f"| `{one.column_name}` | {one.data_type} | {cell(one.description_zh)} | {cell(one.description_en)} |"
            for one in entries
            if one.kind == "column" and one.table_name == entry.table_name
        ),
        "",
    ]


def _indicator_lines(entry: Entry, entries: Sequence[Entry]) -> list[str]:
    history = [
        f"| {one.template_id} | {_years(one)} | {cell(one.name_zh)} |"
        f" {one.comparability} | {cell(f'{one.description_zh} {one.description_en}'.strip())} |"
        for one in entries
        if one.kind == "indicator_history" and one.indicator_code == entry.indicator_code
    ]
    heads = [
        "| 表式 form | 年度 years | 原表行列 printed as | 可比性 comparability | 备注 note |",
        "|---|---|---|---|---|",
    ]
    return [
        *(f"### {entry.name_zh} `{entry.indicator_code}`", "", f"{entry.name_en} · {entry.unit}", ""),
        *(entry.description_zh, "", entry.description_en, ""),
        *_warning_lines(entry, entries),
        *([*heads, *history, ""] if history else []),
    ]


def _warning_lines(entry: Entry, entries: Sequence[Entry]) -> list[str]:
    told = [
        one
        for one in entries
        if one.kind == "usage_warning"
        and (one.table_name, one.indicator_code) == (entry.table_name, entry.indicator_code)
    ]
    return [
        line
        for one in told
        for line in (
            f"> **{one.name_zh}** {one.description_zh}",
            ">",
            f"> **{one.name_en}** (`{one.warning_code}`): {one.description_en}",
            "",
        )
    ]


def _uses() -> list[str]:
    lines = ["## 用哪张表 · Which table for what", "", "| 问题 | question | 表或视图 table or view |", "|---|---|---|"]
    return [*lines, *(f"| {zh} | {en} | `{name}` |" for zh, en, name in USES), ""]


def _years(entry: Entry) -> str:
    return f"{entry.first_report_year or ''}–{entry.last_report_year or ''}"


def cell(words: str | None) -> str:
    """A text as one cell of a Markdown table; a dash where there is none."""
    return (words or "—").replace("|", "\\|").replace("\n", " ")
