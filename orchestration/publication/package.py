"""What makes a folder a package: datapackage.json, checksums, the read-me files, the citation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publication.dictionary import Entry
from orchestration.publication.pages import FIRST_QUESTION
from orchestration.publication.tables import NOT_AS_CSV, TABLES

SUMS = "SHA256SUMS"
CHUNK = 1 << 20
TITLE = "政府信息公开工作年度报告数据 · Open government information reports of China"
TYPES = {"VARCHAR": "string", "INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean"}
NO_REFERENCES = {"aud_quarantine"}
"""A quarantined file may name a year that no other table has."""

REFERENCES = {
    "agency_id": "dim_agencies",
    "indicator_code": "dim_indicators",
    "template_id": "dim_templates",
    "report_id": "dim_reports",
    "report_year": "dim_report_years",
}


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def file_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a release folder but SHA256SUMS itself, by path relative to it, sorted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in paths}


def read_sums(folder: Path) -> dict[str, str]:
    """What SHA256SUMS of a release says, by relative path. Raises OSError when it is not there."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines if line)}


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS, in the form that `sha256sum --check` reads."""
    lines = [f"{digest}  {name}\n" for name, digest in file_hashes(folder).items()]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def data_package(folder: Path, release_id: str, as_of: date, entries: Sequence[Entry]) -> str:
    """datapackage.json: every CSV table with its schema, every Parquet table with its files; bytes and hashes."""
    columns: dict[str, list[Entry]] = {}
    titles = {entry.table_name: entry for entry in entries if entry.kind == "table"}
    for entry in entries:
        if entry.kind == "column":
            columns.setdefault(entry.table_name, []).append(entry)
    resources = []
    for table in TABLES:
        told = titles[table.name]
        description = f"{told.description_zh} {told.description_en}".strip()
        if table.name not in NOT_AS_CSV:
            schema = _schema(table.name, table.key, columns[table.name])
            csv = folder / "csv" / f"{table.name}.csv"
            resources.append(
                {
                    "name": table.name.replace("_", "-"),
                    "title": table.name,
                    "description": description,
                    "type": "table",
                    "profile": "tabular-data-resource",
                    "path": f"csv/{csv.name}",
                    "format": "csv",
                    "mediatype": "text/csv",
                    "encoding": "utf-8-sig",
                    "bytes": csv.stat().st_size,
                    "hash": f"sha256:{file_hash(csv)}",
                    "schema": schema,
                }
            )
        for part in sorted((folder / "parquet" / table.name).rglob("*.parquet")):
            year = part.parent.name.removeprefix("report_year=") if table.by_year else ""
            resources.append(
                {
                    "name": "-".join(filter(None, [table.name.replace("_", "-"), year, "parquet"])),
                    "title": " ".join(filter(None, [table.name, year])),
                    "description": description,
                    "type": "file",
                    "profile": "data-resource",
                    "path": part.relative_to(folder).as_posix(),
                    "format": "parquet",
                    "mediatype": "application/vnd.apache.parquet",
                    "bytes": part.stat().st_size,
                    "hash": f"sha256:{file_hash(part)}",
                }
            )
    package = {
        "profile": "data-package",
        "name": "ogi-reports",
        "id": f"ogi-reports-{release_id}",
        "title": TITLE,
        "version": release_id.removeprefix("v"),
        "created": f"{as_of.isoformat()}T00:00:00Z",
        "keywords": ["政府信息公开", "open government information", "China"],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _schema(table: str, key: Sequence[str], columns: Sequence[Entry]) -> dict[str, Any]:
    names = {column.column_name for column in columns}
    references = [
        {"fields": [name], "reference": {"resource": other.replace("_", "-"), "fields": [name]}}
        for name, other in REFERENCES.items()
        if name in names and other != table and table not in NO_REFERENCES
    ]
    return {
        "fields": [
            {
                "name": column.column_name,
                "type": TYPES.get(column.data_type, "date" if column.data_type == "DATE" else "string"),
                "title": column.name_zh or column.column_name,
                "description": f"{column.description_zh} {column.description_en}".strip(),
                **({"unit": column.unit} if column.unit else {}),
            }
            for column in columns
        ],
        "missingValues": [""],
        "primaryKey": list(key),
        "foreignKeys": references,
    }


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
    words = {"release_id": release_id, "as_of": as_of.isoformat(), "query": FIRST_QUESTION, "rows": rows}
    return {"README.md": READ_ME_EN.format(**words), "README.zh.md": READ_ME_ZH.format(**words)}


def citation(release_id: str, as_of: date) -> str:
    """CITATION.cff for exactly this release."""
    return "\n".join(
        [
            "cff-version: 1.2.0",
            "message: Cite the release you used.",
            f'title: "{TITLE}"',
            "type: dataset",
            "authors:",
            '  - name: "ogi-reports"',
            f"version: {release_id}",
            f"date-released: {as_of.isoformat()}",
            "abstract: >-",
            "  Figures of the yearly open government information reports of Chinese agencies,",
            f"  made with ogi-reports {version('ogi-reports')}.",
            "",
        ]
    )


READ_ME_EN = """# Open government information reports, {release_id}

Figures that Chinese government agencies print in their yearly reports on open government information, one row per
figure, each with the words and the place it was read from. Judged as of {as_of}.

| year | reports | maturity | verdict | stale since |
|---|---|---|---|---|
{rows}

## Begin here

- People: open `index.html`; `csv/` opens in a spreadsheet program; `csv/*.zh.csv` have Chinese headers and names.
- Programs: `ogi_reports.duckdb` (tables and views in one file) or `parquet/` (partitioned by year).
- `observations` is the view to start from: value, agency, region, indicator, printed words and their place.

```sql
{query}
```

## Which table

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

A figure looks wrong? Say release, table, `report_id`, `indicator_code` and, if you can, `document_id` and line.
"""

READ_ME_ZH = """# 政府信息公开工作年度报告数据 {release_id}

各级行政机关在政府信息公开工作年度报告中印出的数字，每个数字一行，附原文写法和所在位置。审核日：{as_of}。

| 年度 | 报告数 | 成熟度 | 审核 | 沿用旧内容自 |
|---|---|---|---|---|
{rows}

## 从这里开始

- 阅读：打开 `index.html`；`csv/` 可用电子表格软件打开，`csv/*.zh.csv` 为中文表头并带机关名称。
- 编程：`ogi_reports.duckdb`（全部表和视图，单个文件）或 `parquet/`（按年度分区）。
- 先看视图 `observations`：数值、机关、区划、指标、原文写法和位置都在一行里。

```sql
{query}
```

## 用哪张表

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

发现数字有误，请告知发布版本、表名、`report_id`、`indicator_code`，最好附 `document_id` 和行号。
"""
