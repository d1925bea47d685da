"""The faults that can be planted, by name, each with the rules that it must cause, and the planting of some of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orchestration.registry.model import Registry
from orchestration.specimens import faults_in_identity as identity
from orchestration.specimens import faults_in_matrices as matrices
from orchestration.specimens import faults_in_prose as prose
from orchestration.specimens import faults_in_tables as tables
from orchestration.specimens.chance import Chance
from orchestration.specimens.model import Draft, Planted

Apply = Callable[[Draft, Registry, Chance], str | None]


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to spoil a report; `rules` are those it must cause, none where a reader should simply cope."""

    name: str
    apply: Apply
    rules: tuple[str, ...]


OPERATORS: tuple[Operator, ...] = (
    Operator("sum_broken", tables.sum_broken, ("sum_of_children",)),
    Operator("lines_wrapped", prose.lines_wrapped, ()),
    Operator("period_wrong", identity.period_wrong, ("period_not_calendar_year",)),
    Operator("total_left_blank", tables.total_left_blank, ("blank_parent_derivable",)),
    Operator("last_years_text", prose.last_years_text, ("foreign_year",)),
    Operator("other_figure", prose.other_figure, ("narrative_vs_table",)),
    Operator("signs_lost", identity.signs_lost, ("glyph_loss",)),
    Operator("channel_above_total", tables.channel_above_total, ("channel_bounds",)),
    Operator("table_cut", tables.table_cut, ("table_truncated",)),
    Operator("denied", prose.denied, ("negation_vs_table",)),
    Operator("zeros_left_blank", tables.zeros_left_blank, ()),
    Operator("classes_broken", prose.classes_broken, ("breakdown_sum",)),
    Operator("signed_too_early", identity.signed_too_early, ("document_date_inside_period",)),
    Operator("answers_without_topic", tables.answers_without_topic, ("response_bounds",)),
    Operator("stray_header_value", tables.stray_header_value, ("header_value",)),
    Operator("units_lost_in_prose", prose.units_lost_in_prose, ()),
    Operator("no_outcome", tables.no_outcome, ("request_flow",)),
    Operator("part_above_whole", tables.part_above_whole, ("subset_exceeds_parent",)),
    Operator("count_lost", identity.count_lost, ("glyph_loss",)),
    Operator("prompt_unfilled", tables.prompt_unfilled, ("placeholder_text",)),
    Operator("other_unit", tables.other_unit, ("unit_unexpected",)),
    Operator("total_above_channels", tables.total_above_channels, ("channel_bounds",)),
    Operator("count_before_the_law", prose.count_before_the_law, ("period_precedes_law",)),
    Operator("nothing_dated", identity.nothing_dated, ("identity_incomplete",)),
    Operator("zeros_as_dashes", tables.zeros_as_dashes, ()),
    Operator("units_lost", tables.units_lost, ()),
    Operator("figure_unfilled", prose.figure_unfilled, ()),
    Operator("signed_by_another", identity.signed_by_another, ("agency_mismatch",)),
    Operator("row_total_broken", matrices.row_total_broken, ("row_total",)),
    Operator("column_sum_broken", matrices.column_sum_broken, ("sum_of_children",)),
    Operator("balance_broken", matrices.balance_broken, ("balance",)),
    Operator("dispute_sum_broken", matrices.dispute_sum_broken, ("sum_of_children",)),
    Operator("dispute_total_blank", matrices.dispute_total_blank, ("blank_parent_derivable",)),
    Operator("row_totals_blank", matrices.row_totals_blank, ()),
    Operator("matrix_zeros_as_dashes", matrices.matrix_zeros_as_dashes, ()),
    Operator("single_other", matrices.single_other, ()),
    Operator("table_split", matrices.table_split, ()),
    Operator("spans_shifted", matrices.spans_shifted, ()),
)
# Faults that take away what the other one needs, or that cannot be told apart when they stand together.
_NOT_TOGETHER = (
    {"nothing_dated", "period_wrong", "signs_lost", "signed_too_early", "signed_by_another"},
    {"nothing_dated", "count_before_the_law"},
    {"zeros_left_blank", "zeros_as_dashes", "units_lost"},
    {"units_lost", "other_unit"},
    {"zeros_left_blank", "answers_without_topic", "no_outcome", "total_above_channels"},
    {"table_cut", "sum_broken", "total_left_blank", "denied", "no_outcome", "part_above_whole", "other_unit"},
    {"table_cut", "answers_without_topic", "channel_above_total", "total_above_channels", "other_figure"},
    {"table_cut", "prompt_unfilled", "stray_header_value"},
    {"sum_broken", "total_left_blank", "no_outcome", "denied", "zeros_left_blank"},
    {"channel_above_total", "total_above_channels"},
    {"other_figure", "denied", "figure_unfilled", "classes_broken"},
    {"other_figure", "units_lost_in_prose"},
    {"part_above_whole", "zeros_left_blank", "channel_above_total"},
    {"row_total_broken", "column_sum_broken", "balance_broken", "row_totals_blank", "matrix_zeros_as_dashes"},
    {"row_total_broken", "column_sum_broken", "row_totals_blank", "single_other"},
    {"dispute_sum_broken", "dispute_total_blank", "matrix_zeros_as_dashes"},
    {"table_split", "spans_shifted"},
    {"other_figure", "matrix_zeros_as_dashes", "row_totals_blank", "dispute_total_blank"},
)


def plant(draft: Draft, registry: Registry, chance: Chance, most: int) -> None:
    """Plant one fault to `most`, beginning with the one whose turn it is by the number of the draft."""
    wanted = chance.skewed(1, most)
    turn = draft.number % len(OPERATORS)
    first = [*OPERATORS[turn:], *OPERATORS[:turn]]
    for operator in [first[0], *chance.shuffled(first[1:])]:
        if len(draft.planted) >= wanted:
            break
        if all(_together(operator.name, fault.operator) for fault in draft.planted):
            apply(operator, draft, registry, chance.fork(operator.name))


def apply(operator: Operator, draft: Draft, registry: Registry, chance: Chance) -> bool:
    """Plant this fault where it applies; returns whether it did."""
    detail = operator.apply(draft, registry, chance)
    if detail is not None:
        draft.planted.append(Planted(operator.name, operator.rules, detail))
    return detail is not None


def _together(one: str, other: str) -> bool:
    return not any({one, other} <= group for group in _NOT_TOGETHER)
