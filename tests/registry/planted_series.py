"""One planted fault for each kind of contradiction in what the registry says about figures over the years."""

from __future__ import annotations

from .planted import Breaking

SERIES_FAULTS: dict[str, tuple[str, str, Breaking]] = {
    "rule of a roll forward": (
        "roll_forwards",
        "rule_id 'unwritten' is not in rules.csv",
        lambda c: c.change("roll_forwards", "license_items", "stock_rollforward", "unwritten"),
    ),
    "height of the rule of a roll forward": (
        "roll_forwards",
        "rule balance is not applied in the warehouse",
        lambda c: c.change("roll_forwards", "license_items", "stock_rollforward", "balance"),
    ),
    "indicator of a roll forward": (
        "roll_forwards",
        "'no_count' is no indicator",
        lambda c: c.change("roll_forwards", "fee_items", "admin_fee_items_change", "no_count"),
    ),
    "unit of a roll forward": (
        "roll_forwards",
        "admin_fee_amount is counted in 万元, admin_fee_items_prev_year in 项",
        lambda c: c.change("roll_forwards", "fee_items", "admin_fee_items_change", "admin_fee_amount"),
    ),
    "roll forward twice": (
        "roll_forwards",
        "rules_in_force_stock already rolls forward at line",
        lambda c: c.add(
            "roll_forwards",
            "odd,stock_rollforward,rules_in_force_stock,rules_in_force_stock,,,this_year,equal,不变。,It stays.",
        ),
    ),
    "year of the flows of a roll forward": (
        "roll_forwards",
        "flows_of 'next_year' is not this_year or year_before",
        lambda c: c.change("roll_forwards", "fee_items", "year_before", "next_year"),
    ),
    "comparison of a roll forward": (
        "roll_forwards",
        "comparison 'near' is not equal or at_most",
        lambda c: c.change("roll_forwards", "fee_items", ",equal,", ",near,"),
    ),
    "watched indicator": (
        "watched_series",
        "indicator_code 'no_count' is no indicator",
        lambda c: c.add("watched_series", "no_count,20"),
    ),
    "watched share": (
        "watched_series",
        "fulltext_electronic_rate is a ratio",
        lambda c: c.add("watched_series", "fulltext_electronic_rate,20"),
    ),
    "watched figure that rolls forward": (
        "watched_series",
        "one fault would be found twice",
        lambda c: c.add("watched_series", "rules_in_force_stock,20"),
    ),
    "smallest figure watched": (
        "watched_series",
        "smallest_figure 0 is not above 0",
        lambda c: c.change("watched_series", "trainees_count", "50", "0"),
    ),
    "threshold of no model": (
        "thresholds",
        "no model uses a threshold 'patience' of rule 'year_over_year'",
        lambda c: c.add("thresholds", "year_over_year,patience,3,耐心。,Patience."),
    ),
    "threshold missing": (
        "thresholds",
        "the threshold peers of rule year_over_year is missing",
        lambda c: c.drop("thresholds", "year_over_year,peers") * 0 + 1,
    ),
    "threshold of nothing": (
        "thresholds",
        "value 0 is not above 0",
        lambda c: c.change("thresholds", "duplicate_report,prose_share", "0.45", "0"),
    ),
}
