"""index.html: the release for people. Every figure on it is counted from the release's own database."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import duckdb

from orchestration.gate.page import both, heading, page, table, tag, tiles
from orchestration.gate.report import MATURITIES
from orchestration.publication.attention import changed, corrected, missing_or_late, more
from orchestration.publication.changes import Changes
from orchestration.publication.charts import columns_chart, rows_chart
from orchestration.publication.decide import YearOutcome
from orchestration.publication.examples import examples
from orchestration.publication.lists import caveats
from orchestration.registry.model import Registry

SHOWN = 50
"""How many reports and findings the page shows; the whole list is in the CSV that the page links to."""

CHARTED = 15
"""How many rules the chart of findings shows, the most frequent ones."""

FILES = (
    ("ogi_reports.duckdb", "全部表和视图，单个文件", "all tables and views in one file"),
    ("csv/", "可用电子表格打开的表；.zh.csv 为中文表头", "tables for spreadsheets; .zh.csv has Chinese headers"),
    ("parquet/", "同样的表，按年度分区", "the same tables, partitioned by year"),
    ("dictionary.md", "数据字典：表、列、指标及其沿革", "tables, columns, indicators and their history"),
    ("coverage.csv", "各机关各年度：应报、收到、发布", "every agency and year: expected, received, published"),
    ("known_issues.csv", "已知问题", "known issues"),
    ("corrections.csv", "更正及依据", "corrections with their evidence"),
    ("exceptions.csv", "豁免的规则", "rules that were excused"),
    ("documents.csv", "每个文件的去向", "what became of every file"),
    ("CHANGES.md", "与上次发布的差别", "difference to the release before"),
    ("README.zh.md", "说明（中文）", "read me, in Chinese"),
    ("README.md", "说明（英文）", "read me, in English"),
)


def index_page(
    connection: duckdb.DuckDBPyConnection,
    registry: Registry,
    release_id: str,
    years: Sequence[YearOutcome],
    changes: Changes,
) -> str:
    """The page as HTML, self-contained; `connection` has the release's database as its default catalog."""
    shown = [year for year in years if year.outcome != "empty"]
    body = [
        '<header class="top"><h1>政府信息公开工作年度报告数据 <small>Open government information reports</small></h1>',
        f"<p>{tag(release_id, 'good')} &nbsp; "
        '<span class="soft">各机关年度报告中的数字，每个都能回到原文 · '
        "figures of the yearly reports, each traceable to the printed page</span></p></header>",
        _totals(connection),
        *_stale(shown),
        heading("年度与审核", "Report years and verdicts"),
        _years(connection, shown),
        heading("与上次相比", "What changed"),
        changed(changes),
        heading("覆盖", "Coverage"),
        f'<section class="card">{_coverage_chart(connection)}<p class="soft">蓝：已发布的报告；灰：隔离的文件 · '
        "blue: reports published; grey: files in quarantine</p></section>",
        _coverage(connection),
        heading("缺报与迟报", "Missing or late"),
        missing_or_late(connection),
        heading("隔离的文件", "Files in quarantine"),
        *_quarantine(connection),
        heading("更正", "Corrections"),
        corrected(connection),
        heading("报告", "Reports"),
        _reports(connection),
        heading("发现", "Findings"),
        *_findings(connection, registry),
        heading("先问什么", "First questions"),
        *_questions(),
        heading("文件", "Files"),
        table(
            ["文件 file", "内容 content"],
            [[f'<a href="{name}">{name}</a>', both(zh, en)] for name, zh, en in FILES],
        ),
    ]
    return page(f"政府信息公开年度报告数据 {release_id}", body)


def _questions() -> list[str]:
    return [
        f"<details{' open' if number == 0 else ''}><summary>{both(one.zh, one.en)}</summary>"
        f"<pre>{escape(one.query)}</pre></details>"
        for number, one in enumerate(examples())
    ]


def _totals(connection: duckdb.DuckDBPyConnection) -> str:
    counted = connection.execute(
        """with current as (select * from dim_reports where is_current)
           select (select count(distinct report_year) from current), (select count(distinct agency_id) from current),
                  (select count(*) from current),
                  (select count(*) from fct_observations semi join current using (report_id)),
                  (select count(*) from fct_readings semi join current using (report_id)),
                  (select count(*) from findings where severity <> 'info')"""
    ).fetchone()
    captions = (
        ("年度", "report years"),
        ("机关", "agencies"),
        ("现行报告", "current reports"),
        ("观测值", "observations"),
        ("读数", "readings"),
        ("错误和提示", "errors and warnings"),
    )
    return tiles([(f"{figure:,}", zh, en) for figure, (zh, en) in zip(counted or (0,) * 6, captions, strict=True)])


def _stale(years: Sequence[YearOutcome]) -> list[str]:
    return [
        f'<section class="card"><p><b class="bad">{year.report_year}</b> {escape(year.reason_zh)}'
        f"{'该年度沿用上次发布的内容' if year.kept else '该年度未发布'}"
        f"{f'（自 {year.stale_since} 起）' if year.stale_since else ''}。</p><p class='en'>{escape(year.reason_en)} "
        f"{'Older content stands in' if year.kept else 'The year is not published'}"
        f"{f' since {year.stale_since}' if year.stale_since else ''}.</p></section>"
        for year in years
        if year.outcome == "refused"
    ]


def _years(connection: duckdb.DuckDBPyConnection, years: Sequence[YearOutcome]) -> str:
    counts = {
        year: (reports, observations)
        for year, reports, observations in connection.execute(
            """select r.report_year, count(distinct r.report_id), count(o.indicator_code)
               from dim_reports as r left join fct_observations as o using (report_id)
               where r.is_current group by r.report_year"""
        ).fetchall()
    }
    rows = []
    for year in years:
        reports, observations = counts.get(year.report_year, (0, 0))
        verdict = tag("通过 passed", "good") if year.verdict == "passed" else tag("拒绝 refused", "bad")
        told = [both(str(rule["name_zh"]), str(rule["name_en"])) for rule in caveats(year)]
        unmet = f"<p class='soft'>以下规则未满足 rules not met</p>{''.join(f'<p>{one}</p>' for one in told)}"
        # A year that has no content here has none to be wary of; why it was refused stands above.
        none = "0" if year.from_warehouse or year.kept else ""
        details = f"<details><summary>{len(told)}</summary>{unmet}</details>" if told else none
        stage = " ".join(MATURITIES[year.maturity]) if year.maturity else ""
        link = f'<a href="verdicts/{year.report_year}.json">{year.report_year}</a>'
        rows.append([link, f"{reports:,}", f"{observations:,}", stage, verdict, details, str(year.stale_since or "")])
    heads = ["年度 year", "报告 reports", "观测值 observations", "成熟度 maturity", "审核 verdict"]
    return table([*heads, "说明事项 caveats", "沿用自 stale since"], rows, numeric=(1, 2))


def _coverage_chart(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute(
        """select coalesce(r.report_year, q.report_year) as year, coalesce(r.n, 0), coalesce(q.n, 0)
           from (select report_year, count(*) as n from dim_reports where is_current group by 1) as r
           full join (select report_year, count(*) as n from aud_quarantine where report_year is not null group by 1)
               as q using (report_year)
           order by year"""
    ).fetchall()
    return columns_chart([(str(year), reports, held) for year, reports, held in rows], "各年度的报告 reports by year")


def _coverage(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute(
        """select report_year, count(*) filter (where expected), count(*) filter (where received),
                  count(*) filter (where extracted), count(*) filter (where published),
                  count(*) filter (where expected and not received), count(*) filter (where days_late > 0)
           from aud_coverage group by report_year order by report_year"""
    ).fetchall()
    heads = [
        "年度 year",
        "应报机关 expected",
        "收到 received",
        "读出 extracted",
        "发布 published",
        "缺报 missing",
        "迟报 late",
    ]
    return table(heads, [[f"{figure}" for figure in row] for row in rows], numeric=range(1, 7))


def _quarantine(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select source_uri, report_year, reason_code, reason_zh, reason_en from aud_quarantine order by source_uri"
    ).fetchall()
    if not rows:
        return ['<p class="soft">没有文件被隔离。No file is in quarantine.</p>']
    listed = [
        [escape(str(uri)), str(year or ""), f"{both(str(zh), str(en))}<code>{escape(str(code))}</code>"]
        for uri, year, code, zh, en in rows[:SHOWN]
    ]
    return [
        table(["文件 file", "年度 year", "原因 reason"], listed),
        more(len(rows), "documents.csv", SHOWN),
    ]


def _reports(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute(
        """select r.report_year, p.agency_name, concat_ws(' ', p.province_name, p.prefecture_name, p.county_name),
                  r.template_id, r.status, (select count(*) from fct_observations as o where o.report_id = r.report_id),
                  (select count(*) from fct_findings as f where f.report_id = r.report_id and f.severity <> 'info'),
                  r.source_uri
           from dim_reports as r join report_places as p using (report_id) where r.is_current
           order by r.report_year desc, 3, 2"""
    ).fetchall()
    listed = [
        [
            str(year),
            f"{escape(str(agency))}<span class='en'>{escape(place)}</span>",
            escape(template or "—"),
            escape(str(status)),
            f"{values:,}",
            f"{found:,}",
            escape(str(uri)),
        ]
        for year, agency, place, template, status, values, found, uri in rows[:SHOWN]
    ]
    heads = ["年度 year", "机关 agency", "表式 form", "读取 status", "观测值 values", "发现 findings", "文件 file"]
    return table(heads, listed, numeric=(4, 5)) + more(len(rows), "csv/dim_reports.csv", SHOWN)


def _findings(connection: duckdb.DuckDBPyConnection, registry: Registry) -> list[str]:
    by_rule = connection.execute(
        "select rule_id, count(*) from findings group by rule_id order by count(*) desc, rule_id"
    ).fetchall()
    if not by_rule:
        return ['<p class="soft">规则没有发现问题。No rule found anything.</p>']
    titles = {rule: registry.rules[rule].title_zh if rule in registry.rules else rule for rule, _ in by_rule}
    rows = connection.execute(
        """select report_year, agency_name, rule_id, severity, indicator_name_zh, expected, actual, message_zh,
                  message_en, printed_words, source_file_name, page, line
           from findings
           order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, report_year desc, agency_name,
                    rule_id, finding_id
           limit ?""",
        [SHOWN],
    ).fetchall()
    tones = {"error": "bad", "warning": "warn"}
    listed = []
    for year, agency, rule, severity, indicator, _, _, zh, en, words, name, page_no, line in rows:
        spot = f"页 p. {page_no}" if page_no else f"行 line {line}" if line else ""
        place = " · ".join(filter(None, [name, spot]))
        quote = f"<q>{escape(words)}</q>" if words else "—"
        listed.append(
            [
                f"{escape(titles[rule])}<br>{tag(severity, tones.get(severity, 'soft'))}",
                f"{year} {escape(str(agency))}<span class='en'>{escape(indicator or '')}</span>",
                both(str(zh), str(en)),
                f"{quote}<span class='en'>{escape(place)}</span>",
            ]
        )
    chart = rows_chart([(titles[rule], count) for rule, count in by_rule[:CHARTED]], "各规则的发现 findings by rule")
    return [
        f'<section class="card">{chart}</section>',
        table(["规则 rule", "报告 report", "看到什么 what was seen", "原文 as printed"], listed),
        more(sum(count for _, count in by_rule), "csv/fct_findings.csv", SHOWN),
    ]
