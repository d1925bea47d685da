"""The rows of each table as values of model.py, with the vocabularies of their fields; one function per table.

A row that is wrong in itself is noted here; what tables say about each other is judged in checks.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, cast

from orchestration.registry.model import (
    Agency,
    Crossing,
    DueDate,
    ExpectedAgency,
    Identity,
    Indicator,
    IssueCode,
    ReportYear,
    Rule,
    Source,
    Template,
    TemplateCell,
    UsageWarning,
)
from orchestration.registry.tables import FIRST_YEAR, Row

T = TypeVar("T")

MEASURE_GROUPS = ("proactive_disclosure", "interpretation_response", "requests", "review_litigation", "capacity")
AGGREGATIONS = ("flow", "stock", "signed", "ratio", "amount")
CELL_KINDS = ("count", "amount", "stock", "signed", "header", "text", "narrative")
AGENCY_LEVELS = ("ministry", "province", "prefecture", "county", "township", "department", "institution", "other")
PERIOD_BASES = ("year", "cumulative", "month")
IDENTITY_KINDS = ("sum", "at_most", "channels", "responses", "flow", "balance", "covered", "agree")
SEVERITIES = ("error", "warning", "info")
OPERATIONS = {"reading": ("copy",), "derived": ("copy", "sum", "ratio", "stated")}


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value and the row it came from, where its faults belong."""

    value: T
    row: Row


def indicators(rows: Iterable[Row]) -> list[Entry[Indicator]]:
    """indicators.csv."""
    return [
        Entry(
            Indicator(
                indicator_code=row.text("indicator_code"),
                name_zh=row.text("name_zh"),
                name_en=row.text("name_en"),
                definition_zh=row.text("definition_zh"),
                definition_en=row.text("definition_en"),
                unit=row.text("unit"),
                measure_group=row.word("measure_group", MEASURE_GROUPS, "a measure group"),
                aggregation=row.word("aggregation", AGGREGATIONS, "an aggregation"),
                parent_indicator_code=row.optional("parent_indicator_code"),
            ),
            row,
        )
        for row in rows
    ]


def cells(rows: Iterable[Row]) -> list[Entry[TemplateCell]]:
    """template_cells.csv, in the order of the file."""
    return [
        Entry(
            TemplateCell(
                template_id=row.text("template_id"),
                cell_id=row.text("cell_id"),
                indicator_code=row.optional("indicator_code"),
                row_no=row.whole("row_no", 1, 999),
                section=row.text("section"),
                position=row.text("position"),
                level=row.whole("level", 1, 9),
                parent_id=row.optional("parent_id"),
                kind=row.word("kind", CELL_KINDS, "a kind of cell"),
                label=row.text("label"),
                label_variants=row.words("label_variants"),
                unit=row.optional("unit"),
                unit_variants=row.words("unit_variants"),
                row_key=row.optional("row_key"),
                column_keys=row.words("column_keys"),
                variant=row.optional("variant"),
            ),
            row,
        )
        for row in rows
    ]


def templates(
    rows: Iterable[Row], cells_of: Mapping[str, tuple[TemplateCell, ...]], layouts: Mapping[str, Mapping[str, Any]]
) -> list[Entry[Template]]:
    """templates.csv, each with its cells and its layout by template_id."""
    return [
        Entry(
            Template(
                template_id=row.text("template_id"),
                title_zh=row.text("title_zh"),
                title_en=row.text("title_en"),
                issuing_document=row.text("issuing_document"),
                first_report_year=row.year("first_report_year"),
                last_report_year=row.optional_year("last_report_year"),
                layout=layouts.get(row.text("template_id"), {}),
                cells=cells_of.get(row.text("template_id"), ()),
                nationwide=row.flag("nationwide"),
            ),
            row,
        )
        for row in rows
    ]


def crossings(rows: Iterable[Row]) -> list[Entry[Crossing]]:
    """crosswalk.csv."""
    found = []
    for row in rows:
        role = row.word("role", tuple(OPERATIONS), "reading or derived")
        operation = row.word("operation", OPERATIONS.get(role, ()), f"an operation of a {role} row")
        comparability = row.word("comparability", ("exact", "approximate"), "exact or approximate")
        found.append(
            Entry(
                Crossing(
                    indicator_code=row.text("indicator_code"),
                    template_id=row.text("template_id"),
                    cell_ids=row.words("cell_ids"),
                    role=cast(Any, role),
                    comparability=cast(Any, comparability),
                    note=row.optional("note"),
                    operation=cast(Any, operation),
                    note_en=row.optional("note_en"),
                ),
                row,
            )
        )
    return found


def identities(rows: Iterable[Row]) -> list[Entry[Identity]]:
    """identities.csv."""
    return [
        Entry(
            Identity(
                identity_id=row.text("identity_id"),
                template_id=row.text("template_id"),
                rule_id=row.text("rule_id"),
                kind=row.word("kind", IDENTITY_KINDS, "a kind of identity"),
                whole=row.words("whole"),
                parts=row.words("parts"),
                note_zh=row.text("note_zh"),
            ),
            row,
        )
        for row in rows
    ]


def rules(rows: Iterable[Row]) -> list[Entry[Rule]]:
    """rules.csv."""
    return [
        Entry(
            Rule(
                rule_id=row.text("rule_id"),
                severity=cast(Any, row.word("severity", SEVERITIES, "a severity")),
                height=row.text("height"),
                title_zh=row.text("title_zh"),
                title_en=row.text("title_en"),
                why_zh=row.text("why_zh"),
                why_en=row.text("why_en"),
            ),
            row,
        )
        for row in rows
    ]


def issue_codes(rows: Iterable[Row]) -> list[Entry[IssueCode]]:
    """issue_codes.csv."""
    return [
        Entry(
            IssueCode(
                issue_code=row.text("issue_code"),
                stage=row.text("stage"),
                quarantines=row.flag("quarantines"),
                reason_zh=row.text("reason_zh"),
                reason_en=row.text("reason_en"),
            ),
            row,
        )
        for row in rows
    ]


def applicant_types(rows: Iterable[Row]) -> dict[str, str]:
    """applicant_types.csv: the Chinese name by code."""
    for row in (rows := list(rows)):
        row.text("name_en")
    return {row.text("applicant_type"): row.text("name_zh") for row in rows}


def units(rows: Iterable[Row]) -> dict[str, tuple[str, float]]:
    """units.csv: (unit class, factor) by printed unit.

    The class is the unit that stands for all that convert into each other: 件 for things and events, 人 for people,
    万元 for money, % for shares. A figure in one unit is one in another unit of its class after multiplying by its
    factor and dividing by the other's. Units of different classes never convert.
    """
    found = {}
    for row in rows:
        factor = row.number("factor")
        if factor <= 0:
            row.fault(f"factor {factor} is not above 0.")
        found[row.text("printed_unit")] = (row.text("unit"), factor)
    for row in rows:
        unit = row.text("unit")
        if found.get(unit) != (unit, 1.0):
            row.fault(f"the unit class {unit} does not stand for itself with factor 1.")
    return found


def due_dates(rows: Iterable[Row]) -> list[Entry[DueDate]]:
    """due_dates.csv."""
    found = []
    for row in rows:
        levels = row.words("agency_levels")
        for level in levels:
            if level not in AGENCY_LEVELS:
                row.fault(f"agency level {level!r} is not known.")
        month, day = row.whole("month", 1, 12), row.whole("day", 1, 31)
        try:
            date(FIRST_YEAR, month, day)
        except ValueError:
            row.fault(f"month {month} has no day {day}.")
        found.append(
            Entry(
                DueDate(
                    due_rule_id=row.text("due_rule_id"),
                    first_report_year=row.year("first_report_year"),
                    last_report_year=row.optional_year("last_report_year"),
                    agency_levels=levels,
                    month=month,
                    day=day,
                    source=row.text("source"),
                ),
                row,
            )
        )
    return found


def report_years(rows: Iterable[Row]) -> dict[int, ReportYear]:
    """report_years.csv by year; due and final days lie after the year, in this order."""
    found = {}
    for row in rows:
        year = ReportYear(row.year("report_year"), row.day("due_on"), row.day("final_on"), row.flag("expected"))
        if not date(year.report_year, 12, 31) < year.due_on < year.final_on:
            row.fault(f"{year.report_year}, due_on and final_on do not follow each other.")
        found[year.report_year] = year
    return found


def expected_agencies(rows: Iterable[Row]) -> list[Entry[ExpectedAgency]]:
    """expected_agencies.csv: the roll; it may be empty."""
    return [
        Entry(
            ExpectedAgency(
                agency_key=row.text("agency_key"),
                agency_name=row.text("agency_name"),
                agency_level=row.word("agency_level", AGENCY_LEVELS, "a known agency level"),
                first_report_year=row.year("first_report_year"),
                last_report_year=row.optional_year("last_report_year"),
                source=row.text("source"),
            ),
            row,
        )
        for row in rows
    ]


def agencies(rows: Iterable[Row]) -> list[Entry[Agency]]:
    """agencies.csv."""
    return [
        Entry(
            Agency(
                agency_key=row.text("agency_key"),
                agency_name=row.text("agency_name"),
                agency_level=row.word("agency_level", AGENCY_LEVELS, "a known agency level"),
                region_code=row.optional("region_code"),
                parent_agency_key=row.optional("parent_agency_key"),
                name_variants=row.words("name_variants"),
                valid_from=row.year("valid_from"),
                valid_until=row.optional_year("valid_until"),
            ),
            row,
        )
        for row in rows
    ]


def sources(rows: Iterable[Row]) -> list[Entry[Source]]:
    """sources.csv; an address is a web address with https or http."""
    found = []
    for row in rows:
        address = row.text("address")
        if not address.startswith(("https://", "http://")):
            row.fault(f"address {address!r} is no web address.")
        found.append(
            Entry(
                Source(
                    source_id=row.text("source_id"),
                    publisher_zh=row.text("publisher_zh"),
                    publisher_en=row.text("publisher_en"),
                    address=address,
                    licence_zh=row.text("licence_zh"),
                    licence_en=row.text("licence_en"),
                    note=row.optional("note"),
                ),
                row,
            )
        )
    return found


def warning_codes(rows: Iterable[Row]) -> dict[str, tuple[str, str]]:
    """warning_codes.csv: the Chinese and the English title by code."""
    return {row.text("warning_code"): (row.text("title_zh"), row.text("title_en")) for row in rows}


def usage_warnings(rows: Iterable[Row], titles: Mapping[str, tuple[str, str]]) -> list[Entry[UsageWarning]]:
    """usage_warnings.csv, with the titles of the codes."""
    return [
        Entry(
            UsageWarning(
                warning_code=(code := row.word("warning_code", titles, "in warning_codes.csv")),
                title_zh=titles.get(code, ("", ""))[0],
                title_en=titles.get(code, ("", ""))[1],
                applies_to=cast(Any, row.word("applies_to", ("table", "indicator"), "table or indicator")),
                name=row.text("name"),
                text_zh=row.text("text_zh"),
                text_en=row.text("text_en"),
            ),
            row,
        )
        for row in rows
    ]
