"""Documents that were excluded since the release before, and those that are excluded no more; and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from orchestration.publication.dictionary_page import cell

CHANGES = {"excluded": "已排除 excluded", "taken_back": "不再排除 taken back"}

EXCLUDED = "select document_id from {0} where reason_code = 'document_excluded'"
"""The documents that a release (the name of its aud_quarantine) holds as excluded."""

QUERY = f"""
    with
    excluded as (
        select 'excluded' as change, document_id, source_uri, report_year, reason_zh, reason_en
        from aud_quarantine
        where reason_code = 'document_excluded'
            and document_id not in ({EXCLUDED.format("before.main.aud_quarantine")})
        union all
        select 'taken_back', document_id, source_uri, report_year, reason_zh, reason_en
        from before.main.aud_quarantine
        where reason_code = 'document_excluded' and document_id not in ({EXCLUDED.format("aud_quarantine")})
    ),
    used as (
        select 'excluded' as change, b.document_id, r.report_year, a.agency_name
        from before.main.bridge_report_documents as b
        join before.main.dim_reports as r using (report_id)
        join before.main.dim_agencies as a using (agency_id)
        union all
        select 'taken_back', b.document_id, r.report_year, a.agency_name
        from bridge_report_documents as b join dim_reports as r using (report_id)
        join dim_agencies as a using (agency_id)
    )
    select
        coalesce(min(u.report_year), min(e.report_year)) as report_year,
        string_agg(distinct u.agency_name, '; ' order by u.agency_name) as agency_name,
        min(e.source_uri) as source_uri, e.change, min(e.reason_zh), min(e.reason_en)
    from excluded as e left join used as u on u.change = e.change and u.document_id = e.document_id
    group by e.change, e.document_id order by 1, 2, 3, e.document_id
"""


@dataclass(frozen=True, slots=True)
class Excluded:
    """A document that is excluded now and was not, or the other way round, with the reason that stands or stood.

    Year and agency are those of the report that it was or is a file of; None where there is none.
    """

    report_year: int | None
    agency_name: str | None
    source_uri: str
    change: Literal["excluded", "taken_back"]
    reason_zh: str
    reason_en: str


def exclusions(connection: duckdb.DuckDBPyConnection) -> tuple[Excluded, ...]:
    """Those that came or went since the release attached as `before`, by year, agency and address."""
    return tuple(Excluded(*row) for row in connection.execute(QUERY).fetchall())


def exclusions_chapter(found: Sequence[Excluded]) -> list[str]:
    """The chapter of CHANGES.md; nothing where no exclusion came or went."""
    if not found:
        return []
    lines = ["## 排除的文件 · Exclusions", ""]
    lines += ["| 年度 year | 机关 agency | 文件 file | 变化 change | 原因 reason |", "|---|---|---|---|---|"]
    lines += [
        f"| {one.report_year or '—'} | {cell(one.agency_name)} | {cell(one.source_uri)} | {CHANGES[one.change]}"
        f" | {cell(one.reason_zh)} {cell(one.reason_en)} |"
        for one in found
    ]
    return [*lines, ""]
