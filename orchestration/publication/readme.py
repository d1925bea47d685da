"""README.md and README.zh.md of a release: what it is, where to begin, what to mind, whose data it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb

from orchestration.publication.dictionary_page import USES
from orchestration.publication.examples import examples
from orchestration.publication.lists import registry_rows

READ_ME_EN = """# Open government information reports, {release_id}

Figures that Chinese government agencies print in their yearly reports on open government information, one row per
figure, each with the words and the place it was read from. Judged as of {as_of}.

| year | reports | maturity | verdict | stale since |
|---|---|---|---|---|
{rows}

## Begin here

- People: open `index.html`; `csv/` opens in a spreadsheet program (as UTF-8, quoted fields as text, so that keys and
  codes stay as they are); `csv/*.zh.csv` have Chinese headers and names.
- Programs: `ogi_reports.duckdb` (tables and views in one file) or `parquet/` (partitioned by year).
- `observations` is the view to start from: value, agency, region, indicator, printed words and their place.

{examples}

## Which table

{uses}

`fct_observations`: the published value of a report, an indicator, an applicant type and a period. `fct_readings`: every
figure as read. `fct_findings`: what the rules saw. The other `fct_` tables hold the same observations, one column per
indicator. `aud_coverage` and `aud_quarantine`: who is missing, and which files could not be used. Every column is in
`dictionary.md`, every indicator with its history by form.

## Before you add up

- Missing is null with a `value_status`; a zero was printed or said. Never read a blank as 0.
- Compare years by `template_id` and `comparability`: the form changed in 2014, 2019 and 2021.
- A year is `collecting` until it is due, `provisional` until its follow-up ends, then `final`. A `refused` year keeps
  older content, if it has any; `stale_since` says since when.
- `has_conflict` marks values where table and prose differ. Sources that contradict themselves are kept as printed.
- `known_issues.csv`, `corrections.csv`, `exceptions.csv` and `verdicts/` say what is not well.

## How it was made

Documents are kept as received and named by their SHA-256. A program finds agency, year and form, reads tables and
prose, and applies the form's own arithmetic. A gate judges each year by written rules; only what passed is here.
`CHANGES.md` tells what differs from the release before. `sha256sum --check SHA256SUMS` checks the files. Cite by
`CITATION.cff`.

## Sources and licence

{sources}

A figure looks wrong? Say release, table, `report_id`, `indicator_code` and, if you can, `document_id` and line.
"""

READ_ME_ZH = """# 政府信息公开工作年度报告数据 {release_id}

各级行政机关在政府信息公开工作年度报告中印出的数字，每个数字一行，附原文写法和所在位置。审核日：{as_of}。

| 年度 | 报告数 | 成熟度 | 审核 | 沿用旧内容自 |
|---|---|---|---|---|
{rows}

## 从这里开始

- 阅读：打开 `index.html`；`csv/` 可用电子表格软件打开（字符集 UTF-8，勾选“引号内的字段作为文本”，以免编号和代码被当作
  数字），`csv/*.zh.csv` 为中文表头并带机关名称。
- 编程：`ogi_reports.duckdb`（全部表和视图，单个文件）或 `parquet/`（按年度分区）。
- 先看视图 `observations`：数值、机关、区划、指标、原文写法和位置都在一行里。

{examples}

## 用哪张表

{uses}

`fct_observations`：某报告、某指标、某类申请人、某期间的发布值。`fct_readings`：读到的每个数字。
`fct_findings`：规则的发现。其余 `fct_` 表是同样的观测值，每个指标一列。`aud_coverage` 和 `aud_quarantine`：
谁没有报告，哪些文件不能用。各列含义和各指标在历次表式中的沿革见 `dictionary.md`。

## 汇总之前

- 缺失为空值并附 `value_status`；0 一定是印出或写明的。空白不是 0。
- 跨年比较要看 `template_id` 和 `comparability`：表式在2014、2019、2021年三次改变。
- 成熟度：到期之前为收集中（collecting），跟踪期内为暂定（provisional），之后为定稿（final）。审核未通过（refused）的
  年度沿用上次发布的内容（如有），`stale_since` 指明自何日起。
- `has_conflict` 表示表格与文字不一致。原文自相矛盾之处照录。
- 不足之处见 `known_issues.csv`、`corrections.csv`、`exceptions.csv` 和 `verdicts/`。

## 如何制成

收到的文件原样保存，以其 SHA-256 命名。程序认出机关、年度和表式，读取表格和文字，并按表式的勾稽关系核对。每个年度由成文
的规则审核，通过者方可发布。`CHANGES.md` 说明与上次发布的差别；`sha256sum --check SHA256SUMS` 可校验文件；引用方式见
`CITATION.cff`。

## 来源与许可

{sources}

发现数字有误，请告知发布版本、表名、`report_id`、`indicator_code`，最好附 `document_id` 和行号。
"""


def read_me(connection: duckdb.DuckDBPyConnection, release_id: str, as_of: date) -> Mapping[str, str]:
    """README.md and README.zh.md of the release, by file name."""
    years = connection.execute(
        """select y.report_year, count(r.report_id), y.maturity, y.verdict, y.stale_since
           from dim_report_years as y left join dim_reports as r on r.report_year = y.report_year and r.is_current
           where y.verdict is not null group by all having count(r.report_id) > 0 or y.verdict = 'refused' order by 1"""
    ).fetchall()
    rows = "\n".join(
        f"| {year} | {n} | {stage} | {verdict} | {stale or ''} |" for year, n, stage, verdict, stale in years
    )
    shared = {"release_id": release_id, "as_of": as_of.isoformat(), "rows": rows}
    return {
        "README.md": READ_ME_EN.format(**shared, **_words("en")),
        "README.zh.md": READ_ME_ZH.format(**shared, **_words("zh")),
    }


def _words(language: str) -> dict[str, str]:
    """The parts that the registry and the examples fill in, in one language: zh or en."""
    sources = [
        f"- {row[f'publisher_{language}']}, <{row['address']}>: {row[f'licence_{language}']}"
        for row in registry_rows("sources")
    ]
    asked = [f"{one.zh if language == 'zh' else one.en}\n\n```sql\n{one.query}\n```" for one in examples()]
    uses = [f"- {zh if language == 'zh' else en}: `{name}`" for zh, en, name in USES]
    return {"examples": "\n\n".join(asked), "uses": "\n".join(uses), "sources": "\n".join(sources)}
