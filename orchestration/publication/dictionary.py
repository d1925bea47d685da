"""The dictionary of a release: tables, columns and indicators in both languages, and each indicator's history by form.

Descriptions are written once, in dbt_project/models; they reach the release as comments of its tables and columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields

import duckdb

from orchestration.publication.tables import TABLES, columns
from orchestration.publication.views import VIEWS
from orchestration.registry.model import Crossing, Registry

HAN = re.compile(r"[\u3400-\u9fff]")
SENTENCE_END = re.compile(r"(?<=[。！？])\s*|(?<=[.!?])\s+")
CAPTION_END = re.compile(r"[，。：；、（(]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of dictionary.csv; `kind` is table, view, column, indicator, indicator_history or usage_warning.

    The history of an indicator has one row per form: what the form prints for it (its labels), how comparable that is,
    and in which report years the form is in use. A warning is about a table, a view or an indicator.
    """

    kind: str
    table_name: str = ""
    column_name: str = ""
    data_type: str = ""
    indicator_code: str = ""
    template_id: str = ""
    unit: str = ""
    comparability: str = ""
    first_report_year: int | None = None
    last_report_year: int | None = None
    warning_code: str = ""
    name_zh: str = ""
    name_en: str = ""
    description_zh: str = ""
    description_en: str = ""


def split_languages(words: str) -> tuple[str, str]:
    """A description written in both languages, as (Chinese, English); a part that is not there is empty."""
    chinese: list[str] = []
    english: list[str] = []
    for sentence in filter(None, SENTENCE_END.split(" ".join(words.split()))):
        is_chinese = sentence[-1] in "。！？" or (sentence[-1] not in ".!?" and HAN.search(sentence) is not None)
        (chinese if is_chinese else english).append(sentence)
    return "".join(chinese), " ".join(english)


def dictionary(connection: duckdb.DuckDBPyConnection, registry: Registry) -> tuple[Entry, ...]:
    """Every entry: tables and views with their columns in order, the indicators with their history, the warnings."""
    entries: list[Entry] = []
    comments = _comments(connection)
    for kind, names in (("table", [table.name for table in TABLES]), ("view", [view.name for view in VIEWS])):
        for name in names:
            zh, en = split_languages(comments.get((name, ""), ""))
            entries.append(Entry(kind, table_name=name, description_zh=zh, description_en=en))
            entries += _columns(connection, registry, name, comments)
    for indicator in registry.indicators.values():
        entries.append(
            Entry(
                "indicator",
                indicator_code=indicator.indicator_code,
                unit=indicator.unit,
                name_zh=indicator.name_zh,
                name_en=indicator.name_en,
                description_zh=indicator.definition_zh,
                description_en=indicator.definition_en,
            )
        )
        crossings = [row for row in registry.crosswalk if row.indicator_code == indicator.indicator_code]
        entries += [_history(row, registry) for row in crossings]
    return (*entries, *_warnings(registry))


def headers(connection: duckdb.DuckDBPyConnection, registry: Registry, table: str) -> dict[str, str]:
    """Chinese captions of a wide table's columns and of the agency columns before it; unique within the table."""
    captions: dict[str, str] = {}
    comments = _comments(connection)
    for name in [*columns(connection, "report_places"), *columns(connection, table)]:
        if name in captions:
            continue
        indicator = registry.indicators.get(name)
        if indicator:
            caption = f"{indicator.name_zh}（{indicator.unit}）"
        else:
            zh, _ = split_languages(comments.get((table, name)) or comments.get(("report_places", name)) or "")
            caption = CAPTION_END.split(zh)[0] or name
        captions[name] = f"{caption}（{name}）" if caption in captions.values() else caption
    return captions


def as_rows(entries: Iterable[Entry]) -> tuple[list[str], list[tuple[object, ...]]]:
    """Column names and rows of dictionary.csv; what a row has nothing to say about is empty."""
    return [field.name for field in fields(Entry)], [astuple(entry) for entry in entries]


def _columns(
    connection: duckdb.DuckDBPyConnection, registry: Registry, table: str, comments: Mapping[tuple[str, str], str]
) -> list[Entry]:
    entries = []
    for name, kind in columns(connection, table).items():
        zh, en = split_languages(comments.get((table, name), ""))
        indicator = registry.indicators.get(name)
        entries.append(
            Entry(
                "column",
                table_name=table,
                column_name=name,
                data_type=kind,
                indicator_code=name if indicator else "",
                unit=indicator.unit if indicator else "",
                name_zh=indicator.name_zh if indicator else CAPTION_END.split(zh)[0],
                name_en=indicator.name_en if indicator else name.replace("_", " "),
                description_zh=zh,
                description_en=en,
            )
        )
    return entries


def _history(row: Crossing, registry: Registry) -> Entry:
    template = registry.templates.get(row.template_id)
    labels = {cell.cell_id: cell.label for cell in template.cells} if template else {}
    how = "推算 derived: " if row.role == "derived" else ""
    return Entry(
        "indicator_history",
        indicator_code=row.indicator_code,
        template_id=row.template_id,
        comparability=row.comparability,
        first_report_year=template.first_report_year if template else None,
        last_report_year=template.last_report_year if template else None,
        name_zh=how + "；".join(labels.get(cell, cell) for cell in row.cell_ids),
        description_zh=row.note or "",
        description_en=row.note_en or "",
    )


def _warnings(registry: Registry) -> list[Entry]:
    return [
        Entry(
            "usage_warning",
            table_name=warning.name if warning.applies_to == "table" else "",
            indicator_code=warning.name if warning.applies_to == "indicator" else "",
            warning_code=warning.warning_code,
            name_zh=warning.title_zh,
            name_en=warning.title_en,
            description_zh=warning.text_zh,
            description_en=warning.text_en,
        )
        for warning in registry.usage_warnings
    ]


def _comments(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """Comments by (table or view, column); the column is empty for the table's own."""
    here = "database_name = current_database() and schema_name = 'main' and comment is not null"
    rows = connection.execute(
        f"""select table_name, column_name, comment from duckdb_columns() where {here}
            union all select table_name, '', comment from duckdb_tables() where {here}
            union all select view_name, '', comment from duckdb_views() where {here}"""
    ).fetchall()
    return {(str(table), str(column)): str(comment) for table, column, comment in rows}
