"""What the registry says about one agency's figures over the years: what rolls forward, what is watched, and bounds.

roll_forwards.csv, watched_series.csv and thresholds.csv as values, and what these tables say about the others. The
rules themselves are models of dbt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from orchestration.registry.entries import Entry
from orchestration.registry.faults import Faults
from orchestration.registry.model import Indicator, RollForward, Rule, Threshold, WatchedSeries
from orchestration.registry.tables import Row

FLOW_YEARS = ("this_year", "year_before")
COMPARISONS = ("equal", "at_most")
HEIGHT = "warehouse"
"""Rules that several reports together break are applied where all reports are: in the warehouse."""

THRESHOLDS_FILE = "tables/thresholds.csv"
THRESHOLDS: Mapping[str, tuple[str, ...]] = {
    "year_over_year": (
        "deviations",
        "peer_deviations",
        "short_deviations",
        "spread_floor",
        "trend_limit",
        "own_ratios",
        "own_years",
        "level_years",
        "peers",
        "zero_from",
    ),
    "duplicate_report": ("figures_weight", "prose_share"),
}
"""The bounds that the models use, by rule: each must be there, and no other."""


def roll_forwards(rows: Iterable[Row]) -> list[Entry[RollForward]]:
    """roll_forwards.csv."""
    return [
        Entry(
            RollForward(
                roll_forward_id=row.text("roll_forward_id"),
                rule_id=row.text("rule_id"),
                indicator_code=row.text("indicator_code"),
                opening_indicator_code=row.text("opening_indicator_code"),
                added_indicator_code=row.optional("added_indicator_code"),
                removed_indicator_code=row.optional("removed_indicator_code"),
                flows_of=cast(Any, row.word("flows_of", FLOW_YEARS, "this_year or year_before")),
                comparison=cast(Any, row.word("comparison", COMPARISONS, "equal or at_most")),
                note_zh=row.text("note_zh"),
                note_en=row.text("note_en"),
            ),
            row,
        )
        for row in rows
    ]


def watched_series(rows: Iterable[Row]) -> list[Entry[WatchedSeries]]:
    """watched_series.csv; a figure below the smallest is never called a departure, so that the bound is above 0."""
    found = []
    for row in rows:
        smallest = row.number("smallest_figure")
        if smallest <= 0:
            row.fault(f"smallest_figure {smallest:g} is not above 0.")
        found.append(Entry(WatchedSeries(row.text("indicator_code"), smallest), row))
    return found


def thresholds(rows: Iterable[Row]) -> list[Entry[Threshold]]:
    """thresholds.csv; every bound is above 0."""
    found = []
    for row in rows:
        value = row.number("value")
        if value <= 0:
            row.fault(f"value {value:g} is not above 0.")
        named = Threshold(row.text("rule_id"), row.text("threshold"), value, row.text("why_zh"), row.text("why_en"))
        found.append(Entry(named, row))
    return found


def check_roll_forwards(
    roll_forwards: Sequence[Entry[RollForward]],
    indicators: Mapping[str, Entry[Indicator]],
    rules: Mapping[str, Entry[Rule]],
) -> None:
    """Rules are known and applied in the warehouse; all indicators of a row are known and in one unit.

    A figure rolls forward in one way, so that one fault of it is found once.
    """
    first: dict[str, int] = {}
    for entry in roll_forwards:
        value, row = entry.value, entry.row
        if first.setdefault(value.indicator_code, row.line) != row.line:
            row.fault(f"{value.indicator_code} already rolls forward at line {first[value.indicator_code]}.")
        rule = rules.get(value.rule_id)
        if rule is None:
            row.fault(f"rule_id {value.rule_id!r} is not in rules.csv.")
        elif rule.value.height != HEIGHT:
            row.fault(f"rule {value.rule_id} is not applied in the {HEIGHT}.")
        named = (value.opening_indicator_code, value.added_indicator_code, value.removed_indicator_code)
        own = indicators.get(value.indicator_code)
        for code in (value.indicator_code, *(code for code in named if code is not None)):
            other = indicators.get(code)
            if other is None:
                row.fault(f"{code!r} is no indicator.")
            elif own is not None and other.value.unit != own.value.unit:
                row.fault(f"{code} is counted in {other.value.unit}, {value.indicator_code} in {own.value.unit}.")


def check_watched_series(
    watched: Sequence[Entry[WatchedSeries]],
    indicators: Mapping[str, Entry[Indicator]],
    roll_forwards: Sequence[Entry[RollForward]],
) -> None:
    """Watched indicators are known, are no shares or changes, and are not held to an exact sum anyhow."""
    exact = {e.value.indicator_code for e in roll_forwards if e.value.comparison == "equal"}
    for entry in watched:
        code, row = entry.value.indicator_code, entry.row
        indicator = indicators.get(code)
        if indicator is None:
            row.fault(f"indicator_code {code!r} is no indicator.")
        elif indicator.value.aggregation in ("ratio", "signed"):
            row.fault(f"{code} is a {indicator.value.aggregation}: its changes have no ratio.")
        if code in exact:
            row.fault(f"{code} rolls forward by roll_forwards.csv; one fault would be found twice.")


def check_thresholds(thresholds: Sequence[Entry[Threshold]], faults: Faults) -> None:
    """Every bound that a model uses is there, and every one that is there is used."""
    known = {(rule_id, name) for rule_id, names in THRESHOLDS.items() for name in names}
    found = {(entry.value.rule_id, entry.value.threshold) for entry in thresholds}
    for entry in thresholds:
        if (entry.value.rule_id, entry.value.threshold) not in known:
            entry.row.fault(f"no model uses a threshold {entry.value.threshold!r} of rule {entry.value.rule_id!r}.")
    for rule_id, name in sorted(known - found):
        faults.at(THRESHOLDS_FILE, 1, f"the threshold {name} of rule {rule_id} is missing.")
