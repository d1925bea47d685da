"""Every arithmetic rule: a planted fault that it sees, and the clean twin in which it is silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.registry.model import Registry

from .hand_made import BLANK, DASH, Case

Build = Callable[[Registry], Case]

FAULTS: dict[str, tuple[Build, list[str]]] = {
    "a total that is not its sum": (
        lambda r: Case(r).cells(B_3_1=0, B_3_1_1=1, B_3_1_2=0, B_3_1_3=0, B_3_1_4=0),
        ["sum_of_children"],
    ),
    "a sum in the column of all years": (
        lambda r: (
            Case(r, "fujian_2008")
            .cell("F.2", 9, basis="cumulative")
            .cell("F.2.1", 4, basis="cumulative")
            .cell("F.2.2", 4, basis="cumulative")
            .cell("F.2.3", 4, basis="cumulative")
        ),
        ["sum_of_children"],
    ),
    "a group of five columns": (
        lambda r: (
            Case(r, "national_2021")
            .cell("D.4.review.upheld", 9)
            .cell("D.4.review.corrected", 2)
            .cell("D.4.review.other", 0)
            .cell("D.4.review.pending", 0)
            .cell("D.4.review.total", 0)
        ),
        ["sum_of_children"],
    ),
    "printed parts above their total, one of them a dash": (
        lambda r: Case(r).cells(B_3_1=0, B_3_1_1=2, B_3_1_2=DASH, B_3_1_3=0, B_3_1_4=0),
        ["sum_of_children"],
    ),
    "a blank total with a printed part": (
        lambda r: Case(r).cells(B_8_3=BLANK, B_8_3_1=0, B_8_3_2=3),
        ["blank_parent_derivable"],
    ),
    "a blank total inside a blank total is told once": (
        lambda r: Case(r).cells(B_3_3=BLANK, B_3_3_4=BLANK, B_3_3_4f=1, B_3_3_5=2),
        ["blank_parent_derivable"],
    ),
    "a channel above the total": (
        lambda r: Case(r).cells(B_1_1=10, B_1_2_w=12, B_1_2_b=BLANK, B_1_2_x=0, B_1_2_o=0),
        ["channel_bounds"],
    ),
    "a total above all channels": (
        lambda r: Case(r).cells(B_1_1=5, B_1_2_g=0, B_1_2_w=0, B_1_2_b=0, B_1_2_x=0, B_1_2_o=0),
        ["channel_bounds"],
    ),
    "a channel of the Fujian form above the total": (
        lambda r: Case(r, "fujian_2008").cells(F_1=24).cell("F.1.1", 30),
        ["channel_bounds"],
    ),
    "means of response without a response": (
        lambda r: Case(r).cells(B_2_1=0, B_2_2_4=3, B_2_2_5=0),
        ["response_bounds"],
    ),
    "means of response beside a blank": (
        lambda r: Case(r).cells(B_2_1=BLANK, B_2_2_4=405, B_2_2_5=184),
        ["response_bounds"],
    ),
    "more responses than means": (
        lambda r: Case(r).cells(B_2_1=9, B_2_2_1=1, B_2_2_2=0, B_2_2_3=2, B_2_2_4=3, B_2_2_5=0),
        ["response_bounds"],
    ),
    "a request without an outcome": (
        lambda r: Case(r).cells(B_3_1=2, B_3_2=0, B_3_3=0),
        ["request_flow"],
    ),
    "an outcome without a request": (
        lambda r: Case(r).cells(B_3_1=0, B_3_2=2, B_3_3=2),
        ["request_flow"],
    ),
    "concluded and answered differ": (
        lambda r: Case(r).cells(B_3_1=5, B_3_2=5, B_3_3=4),
        ["request_flow"],
    ),
    "a part above its whole": (
        lambda r: Case(r).cells(B_2_2_1=1, B_2_2_1a=2),
        ["subset_exceeds_parent"],
    ),
    "a part without its whole": (
        lambda r: Case(r).cells(B_2_2_2=BLANK, B_2_2_2a=1),
        ["subset_exceeds_parent"],
    ),
    "the year above all years": (
        lambda r: Case(r, "fujian_2008").cell("F.4", 5).cell("F.4", 4, basis="cumulative"),
        ["subset_exceeds_parent"],
    ),
    "the month above the year": (
        lambda r: Case(r, "municipal_2008").cell("S.32", 5, basis="month").cell("S.32", 4),
        ["subset_exceeds_parent"],
    ),
    "requests out of balance in one column": (
        lambda r: (
            Case(r, "national_2021")
            .cell("D.3.new", 5, "natural_person")
            .cell("D.3.carry_in", 1, "natural_person")
            .cell("D.3.total", 5, "natural_person")
            .cell("D.3.carry_out", 0, "natural_person")
        ),
        ["balance"],
    ),
    "a row that does not add up": (
        lambda r: (
            Case(r, "national_2021")
            .cell("D.3.new", 5, "natural_person")
            .cell("D.3.new", 1, "org_business")
            .cell("D.3.new", 7, "total")
        ),
        ["row_total"],
    ),
    "organisations that are not their 小计": (
        lambda r: (
            Case(r, "national_2021")
            .cell("D.3.new", 5, "natural_person")
            .cell("D.3.new", 1, "org_business")
            .cell("D.3.new", 2, "org_total")
            .cell("D.3.new", 6, "total")
        ),
        ["row_total"],
    ),
}

CLEAN: dict[str, Build] = {
    "a total that is its sum": lambda r: Case(r).cells(B_3_1=1, B_3_1_1=1, B_3_1_2=0, B_3_1_3=0, B_3_1_4=0),
    "a sum with a blank part is not judged": lambda r: Case(r).cells(B_3_2=3, B_3_2_1=2, B_3_2_2=BLANK),
    "a sum with a row that is lost is not judged": lambda r: Case(r).cells(B_8_3=3, B_8_3_1=2),
    "a blank total with blank parts": lambda r: Case(r).cells(B_8_3=BLANK, B_8_3_1=BLANK, B_8_3_2=BLANK),
    "a dash is no blank total": lambda r: Case(r).cells(B_8_3=DASH, B_8_3_1=1, B_8_3_2=1),
    "channels within their bounds": lambda r: Case(r).cells(B_1_1=8, B_1_2_w=5, B_1_2_b=3, B_1_2_x=0, B_1_2_o=4),
    "a total above channels of which one is blank": lambda r: Case(r).cells(
        B_1_1=9, B_1_2_w=BLANK, B_1_2_b=1, B_1_2_x=1, B_1_2_o=0
    ),
    "a blank total beside a channel derives nothing": lambda r: Case(r).cells(B_1_1=BLANK, B_1_2_w=7),
    "no response and no means": lambda r: Case(r).cells(B_2_1=0, B_2_2_4=0, B_2_2_5=BLANK),
    "interpretation articles are no responses": lambda r: Case(r).cells(B_2_1=0, B_2_2_3=12, B_2_2_4=0, B_2_2_5=0),
    "a request with an outcome": lambda r: Case(r).cells(B_3_1=2, B_3_2=2, B_3_3=2),
    "a request with blank outcomes": lambda r: Case(r).cells(B_3_1=2, B_3_2=BLANK, B_3_3=BLANK),
    "a part within its whole": lambda r: Case(r).cells(B_2_2_1=2, B_2_2_1a=2),
    "a blank part": lambda r: Case(r).cells(B_2_2_2=BLANK, B_2_2_2a=BLANK),
    "the year within all years": lambda r: Case(r, "fujian_2008").cell("F.4", 4).cell("F.4", 4, basis="cumulative"),
    "requests in balance": lambda r: (
        Case(r, "national_2021")
        .cell("D.3.new", 5)
        .cell("D.3.carry_in", 1)
        .cell("D.3.total", 5)
        .cell("D.3.carry_out", 1)
    ),
    "a row that adds up": lambda r: (
        Case(r, "national_2021")
        .cell("D.3.new", 5, "natural_person")
        .cell("D.3.new", 1, "org_business")
        .cell("D.3.new", 6, "total")
    ),
    "a row with a blank column is not judged": lambda r: (
        Case(r, "national_2021")
        .cell("D.3.new", 5, "natural_person")
        .cell("D.3.new", BLANK, "org_business")
        .cell("D.3.new", 9, "total")
    ),
    "two prints of a row that contradict each other": lambda r: (
        Case(r).cells(B_8_3=3, B_8_3_1=1, B_8_3_2=2).cell("B.8.3.2", 5, row_no=9)
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_seen(name: str, registry: Registry) -> None:
    build, expected = FAULTS[name]
    assert build(registry).rules() == expected


@pytest.mark.parametrize("name", CLEAN)
def test_clean_twin_is_silent(name: str, registry: Registry) -> None:
    assert CLEAN[name](registry).rules() == []


def test_a_finding_names_labels_values_lines_and_readings(registry: Registry) -> None:
    (finding,) = FAULTS["a total that is not its sum"][0](registry).findings()
    assert finding.severity == "error"
    assert (finding.expected, finding.actual) == ("1", "0")
    assert finding.indicator_code == "requests_received_count"
    assert "收到申请数（第100行）0" in finding.message_zh
    assert "当面申请数（第101行）1" in finding.message_zh
    assert "line 101" in finding.message_en
    assert len(finding.readings) == 5
    assert len(finding.finding_id) == 16


def test_nested_blank_totals_are_named_in_one_finding(registry: Registry) -> None:
    (finding,) = FAULTS["a blank total inside a blank total is told once"][0](registry).findings()
    assert finding.expected == "3"
    assert finding.indicator_code == "replies_count"
    assert "不同意公开答复数也空白" in finding.message_zh


def test_a_total_above_all_channels_is_milder_than_a_channel_above_the_total(registry: Registry) -> None:
    (above,) = FAULTS["a channel above the total"][0](registry).findings()
    (under,) = FAULTS["a total above all channels"][0](registry).findings()
    assert (above.severity, under.severity) == ("error", "warning")


def test_a_row_only_some_prints_have_is_left_out_of_the_sum_but_not_of_a_cut_table(registry: Registry) -> None:
    case = Case(registry).cells(B_1_1=9, B_1_2_w=1, B_1_2_b=1, B_1_2_x=1, B_1_2_o=1)
    assert case.rules() == ["channel_bounds"]
    case.truncated = True
    assert case.rules() == ["table_truncated"]


def filled(registry: Registry, counts: dict[str, int]) -> Case:
    """A form of 2014 whose sums hold: leaves as given (else 0), totals from the bottom up."""
    sums = {r.whole[0]: r.parts for r in registry.identities if r.template_id == "national_2014" and r.kind == "sum"}

    def value(cell_id: str) -> int:
        return sum(map(value, sums[cell_id])) if cell_id in sums else counts.get(cell_id, 0)

    case = Case(registry)
    for cell in case.template.cells:
        if cell.kind == "count":
            case.cell(cell.cell_id, value(cell.cell_id))
    return case


LEAVES = st.dictionaries(st.sampled_from(["B.3.1.1", "B.3.3.4a", "B.3.3.8", "B.4.2", "B.8.3.1"]), st.integers(0, 9999))
TOTALS = st.sampled_from(["B.3.1", "B.3.2", "B.3.3", "B.4", "B.5", "B.8.3"])


@given(counts=LEAVES)
def test_a_form_whose_sums_hold_has_no_broken_sum(registry: Registry, counts: dict[str, int]) -> None:
    assert "sum_of_children" not in filled(registry, counts).rules()


@given(counts=LEAVES, total=TOTALS, off=st.integers(1, 50))
def test_a_total_that_is_off_is_found_wherever_it_stands(
    registry: Registry, counts: dict[str, int], total: str, off: int
) -> None:
    case = filled(registry, counts)
    at = next(i for i, r in enumerate(case.readings) if r.cell_id == total)
    case.readings[at] = case.readings[at]._replace(value=(case.readings[at].value or 0) + off, value_status="reported")
    broken = [f for f in case.findings() if f.rule_id == "sum_of_children"]
    assert [f.indicator_code for f in broken] == [case.readings[at].indicator_code]


@given(counts=LEAVES, blanks=st.sets(st.integers(0, 60)))
def test_blanks_never_break_a_sum(registry: Registry, counts: dict[str, int], blanks: set[int]) -> None:
    case = filled(registry, counts)
    for at in blanks & set(range(len(case.readings))):
        case.readings[at] = case.readings[at]._replace(value=None, value_status="blank")
    assert "sum_of_children" not in case.rules()


def test_a_row_and_the_rows_below_it_are_added_once_where_both_are_printed(registry: Registry) -> None:
    relation = next(r for r in registry.identities if r.identity_id == "D.3.total")
    parts = dict.fromkeys((part for part in relation.parts if not part.startswith("D.3.other")), 0)
    both = {"D.3.other": 5, "D.3.other.overdue": 3, "D.3.other.fee_unpaid": 2, "D.3.other.other": 0}
    for total, rules in ((5, []), (10, ["sum_of_children"])):
        case = Case(registry, "national_2021")
        for cell_id, value in {**parts, **both, "D.3.total": total}.items():
            case.cell(cell_id, value)
        assert case.rules() == rules
