"""The CSV tables as they stand in the files: rows of text with their line, and typed fields read from them.

Knows columns, keys and field types; what a table has to do with another is not judged here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from orchestration.registry.faults import Faults

FIRST_YEAR, LAST_YEAR = 1949, 2200
"""Any year outside is a typing slip, whatever the table."""


class Form(NamedTuple):
    """The columns of a table in order, and those that name a row."""

    columns: tuple[str, ...]
    key: tuple[str, ...]


def _form(columns: str, key: str) -> Form:
    return Form(tuple(columns.split()), tuple(key.split()))


FORMS: Mapping[str, Form] = {
    "indicators": _form(
        "indicator_code name_zh name_en definition_zh definition_en unit measure_group aggregation "
        "parent_indicator_code",
        "indicator_code",
    ),
    "templates": _form(
        "template_id title_zh title_en issuing_document first_report_year last_report_year nationwide",
        "template_id",
    ),
    "template_cells": _form(
        "template_id cell_id indicator_code row_no section position level parent_id kind label label_variants unit "
        "unit_variants row_key column_keys variant",
        "template_id cell_id",
    ),
    "crosswalk": _form(
        "indicator_code template_id cell_ids role comparability note operation note_en",
        "indicator_code template_id role",
    ),
    "identities": _form("identity_id template_id rule_id kind whole parts note_zh", "identity_id"),
    "rules": _form("rule_id severity height title_zh title_en why_zh why_en", "rule_id"),
    "issue_codes": _form("issue_code stage quarantines reason_zh reason_en", "issue_code"),
    "applicant_types": _form("applicant_type name_zh name_en", "applicant_type"),
    "units": _form("printed_unit unit factor", "printed_unit"),
    "due_dates": _form("due_rule_id first_report_year last_report_year agency_levels month day source", "due_rule_id"),
    "expected_agencies": _form(
        "agency_key agency_name agency_level first_report_year last_report_year source", "agency_key first_report_year"
    ),
    "report_years": _form("report_year due_on final_on expected", "report_year"),
    "regions": _form("region_code region_name valid_from valid_until", "region_code valid_from"),
    "successions": _form("old_code new_code year", "old_code year"),
    "vintages": _form("year package version revision", "year"),
    "reorganisations": _form("old_body new_body year kind source", "old_body new_body"),
    "agencies": _form(
        "agency_key agency_name agency_level region_code parent_agency_key name_variants valid_from valid_until",
        "agency_key valid_from",
    ),
    "corrections": _form(
        "agency_key report_year indicator_code applicant_type period_basis expected_value action value reason_zh "
        "evidence corrected_by corrected_on",
        "agency_key report_year indicator_code applicant_type period_basis",
    ),
    "exclusions": _form("document_id reason_zh reason_en evidence excluded_by excluded_on", "document_id"),
    "sources": _form("source_id publisher_zh publisher_en address licence_zh licence_en note", "source_id"),
    "roll_forwards": _form(
        "roll_forward_id rule_id indicator_code opening_indicator_code added_indicator_code removed_indicator_code "
        "flows_of comparison note_zh note_en",
        "roll_forward_id",
    ),
    "watched_series": _form("indicator_code smallest_figure", "indicator_code"),
    "thresholds": _form("rule_id threshold value why_zh why_en", "rule_id threshold"),
    "warning_codes": _form("warning_code title_zh title_en", "warning_code"),
    "usage_warnings": _form("warning_code applies_to name text_zh text_en", "warning_code applies_to name"),
}
"""Every table of registry/tables, by the name of its file."""


class Row:
    """One row of a table: its fields as printed, its line, and readers that note a fault instead of raising."""

    __slots__ = ("_faults", "_fields", "file", "line")

    def __init__(self, file: str, line: int, fields: Mapping[str, str], faults: Faults) -> None:
        self.file, self.line, self._fields, self._faults = file, line, fields, faults

    def fault(self, sentence: str) -> None:
        """Note a fault at this row."""
        self._faults.at(self.file, self.line, sentence)

    def optional(self, column: str) -> str | None:
        """The field, or None where it is empty."""
        return self._fields[column] or None

    def text(self, column: str) -> str:
        """The field; a fault where it is empty."""
        if not self._fields[column]:
            self.fault(f"{column} is empty.")
        return self._fields[column]

    def word(self, column: str, allowed: Collection[str], known_as: str) -> str:
        """The field; a fault where it is not among the allowed ones, which the sentence calls `known_as`."""
        value = self._fields[column]
        if value not in allowed:
            self.fault(f"{column} {value!r} is not {known_as}.")
        return value

    def words(self, column: str) -> tuple[str, ...]:
        """The list joined by ';' without empty members; a fault where one stands twice."""
        members = tuple(member for member in self._fields[column].split(";") if member)
        if len(set(members)) < len(members):
            self.fault(f"{column} names a member twice.")
        return members

    def whole(self, column: str, least: int, most: int) -> int:
        """The whole number; a fault, and `least`, where it is none or outside least..most."""
        value = self._fields[column]
        if value.isascii() and value.isdigit() and least <= int(value) <= most:
            return int(value)
        self.fault(f"{column} {value!r} is not a whole number from {least} to {most}.")
        return least

    def year(self, column: str) -> int:
        """The year."""
        return self.whole(column, FIRST_YEAR, LAST_YEAR)

    def optional_year(self, column: str) -> int | None:
        """The year, or None where the field is empty."""
        return self.year(column) if self._fields[column] else None

    def number(self, column: str) -> float:
        """The number; a fault, and 0, where it is none."""
        try:
            return float(self._fields[column])
        except ValueError:
            self.fault(f"{column} {self._fields[column]!r} is not a number.")
            return 0.0

    def optional_number(self, column: str) -> float | None:
        """The number, or None where the field is empty."""
        return self.number(column) if self._fields[column] else None

    def day(self, column: str) -> date:
        """The day as YYYY-MM-DD; a fault, and the first day there is, where it is none."""
        try:
            return date.fromisoformat(self._fields[column])
        except ValueError:
            self.fault(f"{column} {self._fields[column]!r} is not a day as YYYY-MM-DD.")
            return date.min

    def flag(self, column: str) -> bool:
        """yes or no as True or False."""
        return self.word(column, ("yes", "no"), "yes or no") == "yes"


def records(file: str, text: str, form: Form, faults: Faults) -> list[list[str] | None]:
    """The rows of a CSV text in order, None where one is faulty, so that the first stands for line 2 and so on.

    Faults for a wrong header and a wrong number of fields. A field never spans lines: a file where one does is
    a fault as a whole.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    found = list(reader)
    width = len(form.columns)
    if not found or tuple(found[0]) != form.columns:
        faults.whole(file, 1, f"the header is not {','.join(form.columns)}.")
        return []
    if reader.line_num != len(found):
        faults.whole(file, 1, "a field spans lines, or a quotation mark is not closed.")
        return []
    if set(map(len, found)) == {width}:
        return [*found[1:]]
    for line, fields in enumerate(found, 1):
        if len(fields) != width:
            faults.at(file, line, f"{len(fields)} fields stand where {width} belong.")
    return [fields if len(fields) == width else None for fields in found[1:]]


def rows(file: str, text: str, form: Form, faults: Faults) -> list[Row]:
    """The same as Row objects, for every table but the longest; a fault, and no row, for a key that stands twice."""
    key = [form.columns.index(column) for column in form.key]
    first_line: dict[tuple[str, ...], int] = {}
    found = []
    for line, fields in enumerate(records(file, text, form, faults), 2):
        if fields is None:
            continue
        name = tuple(fields[at] for at in key)
        if first_line.setdefault(name, line) == line:
            found.append(Row(file, line, dict(zip(form.columns, fields, strict=True)), faults))
        else:
            faults.at(file, line, f"{' '.join(name)} already stands at line {first_line[name]}.")
    return found
