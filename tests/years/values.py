"""The figures of a release beside those that were printed: right, missing or wrong, each with its status.

The cells of tables are compared as they were read, and every indicator as it is published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Key = tuple[str, str, str, str]
"""Indicator, category, applicant type and period basis."""
Figure = tuple[float | None, str]
"""A value, None where nothing is printed, and its status."""
SILENT = ("absent", "not_applicable")
COMPUTED = ("derived", "correction")


@dataclass
class Values:
    """How many figures are right, and a sentence for each that is missing or wrong; `excused`: missing, as was said."""

    right: int = 0
    excused: int = 0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def told(self) -> str:
        """The counts, in words."""
        missing = f"{len(self.missing)} missing, {self.excused} missing and said so"
        return f"{self.right} right, {missing}, {len(self.wrong)} wrong"

    def take(
        self,
        where: str,
        wanted: Mapping[Key, set[Figure]],
        found: Mapping[Key, set[Figure]],
        known: Mapping[Key, set[Figure]] = MappingProxyType({}),
        excused: Iterable[str] = (),
    ) -> None:
        """Count the figures of one document.

        `wanted` must be found, `known` may be where nothing of its key is wanted, anything else is wrong; a figure is
        missing where there is none of its key. `excused` are the indicators of which the release says that something
        is amiss.
        """
        told = set(excused)
        for key in sorted(wanted.keys() | found.keys()):
            own, have = wanted.get(key, set()), found.get(key, set())
            false = have - (own or known.get(key, set()))
            lost = set() if false else own - have
            self.right += len(own & have)
            self.wrong += [f"{where}: {key} is {figure}, not among {own}" for figure in sorted(false, key=str)]
            if key[0] in told:
                self.excused += len(lost)
            else:
                self.missing += [f"{where}: {key} is missing, printed {figure}" for figure in sorted(lost, key=str)]


def printed(lines: Iterable[Mapping[str, str]]) -> dict[Key, set[Figure]]:
    """The cells of a document's tables by key."""
    found: dict[Key, set[Figure]] = defaultdict(set)
    for line in lines:
        if line["source_kind"] == "table":
            found[_key(line)].add((_number(line["value"]), line["value_status"]))
    return found


def read(rows: Iterable[Mapping[str, Any]]) -> dict[Key, set[Figure]]:
    """The cells of a report's tables by key, as the release has them."""
    found: dict[Key, set[Figure]] = defaultdict(set)
    for row in rows:
        if row["source_kind"] == "table" and row["indicator_code"] and row["value_status"] not in SILENT:
            found[_key(row)].add((_number(row["value"]), row["value_status"]))
    return found


def observed(lines: Iterable[Mapping[str, str]], readings: Iterable[Mapping[str, str]]) -> dict[Key, set[Figure]]:
    """The figure of every indicator that a document gives, and its status."""
    statuses = {_key(line): line["value_status"] for line in readings if line["source_kind"] == "table"}
    found: dict[Key, set[Figure]] = {}
    for line in lines:
        key, value = _key(line), _number(line["value"])
        said = {"derived": "derived", "table": statuses.get(key, "")}.get(line["source_kind"])
        found[key] = {(value, said or ("reported" if value else "reported_zero"))}
    return found


def possible(readings: Iterable[Mapping[str, str]]) -> dict[Key, set[Figure]]:
    """Every figure that a document gives of an indicator anywhere, ungraded ones among them."""
    found: dict[Key, set[Figure]] = defaultdict(set)
    for line in readings:
        if not line["category"]:
            found[_key(line)].add((_number(line["value"]), line["value_status"]))
    return found


def published(rows: Iterable[Mapping[str, Any]], stated: Iterable[Key]) -> dict[Key, set[Figure]]:
    """The figures of a report's indicators as published, without those computed where nothing is stated."""
    keys, found = set(stated), defaultdict[Key, set[Figure]](set)
    for row in rows:
        computed = row["source_kind"] in COMPUTED and _key(row) not in keys
        if not computed and row["value_status"] not in SILENT:
            found[_key(row)].add((_number(row["value"]), row["value_status"]))
    return found


def _key(row: Mapping[str, Any]) -> Key:
    return row["indicator_code"], row.get("category") or "", row["applicant_type"], row["period_basis"]


def _number(value: object) -> float | None:
    return None if value in (None, "") else round(float(str(value)), 4)
