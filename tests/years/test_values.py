"""A figure that is lost, changed or invented is told; what is right, known or said to be missing is not."""

from __future__ import annotations

import pytest

from tests.years.values import Figure, Key, Values, observed, possible, printed, published, read

KEY: Key = ("requests_received_count", "", "total", "year")
OTHER: Key = ("requests_received_count", "", "natural_person", "year")


def row(value: object, status: str = "reported", source: str = "table", applicant: str = "total") -> dict[str, str]:
    named = {"indicator_code": KEY[0], "category": "", "applicant_type": applicant, "period_basis": "year"}
    return named | {"value": str(value), "value_status": status, "source_kind": source, "graded": "yes"}


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        ({KEY: {(3.0, "reported")}}, (1, 0, 0)),
        ({KEY: {(4.0, "reported")}}, (0, 0, 1)),
        ({KEY: {(3.0, "dash")}}, (0, 0, 1)),
        ({KEY: {(3.0, "reported"), (4.0, "reported")}}, (1, 0, 1)),
        ({KEY: {(3.0, "reported")}, OTHER: {(3.0, "reported")}}, (1, 0, 1)),
        ({}, (0, 1, 0)),
    ],
)
def test_a_figure_is_right_missing_or_wrong(found: dict[Key, set[Figure]], counts: tuple[int, int, int]) -> None:
    said = Values()
    said.take("a report", {KEY: {(3.0, "reported")}}, found)
    assert (said.right, len(said.missing), len(said.wrong)) == counts


def test_a_figure_said_to_be_missing_is_excused_but_a_wrong_one_is_not() -> None:
    said = Values()
    said.take("a report", {KEY: {(3.0, "reported")}}, {}, excused=[KEY[0]])
    said.take("a report", {KEY: {(3.0, "reported")}}, {KEY: {(4.0, "reported")}}, excused=[KEY[0]])
    assert (said.excused, len(said.missing), len(said.wrong)) == (1, 0, 1)


def test_what_is_known_may_be_found_only_where_nothing_else_is_wanted() -> None:
    said, known = Values(), {KEY: {(4.0, "reported")}, OTHER: {(1.0, "reported")}}
    said.take("a report", {KEY: {(3.0, "reported")}}, {key: set(value) for key, value in known.items()}, known)
    assert [each for each in said.wrong if "natural_person" in each] == []
    assert len(said.wrong) == 1


def test_the_cells_of_tables_are_compared_and_the_prose_is_not() -> None:
    rows = [row(3), row(5, source="narrative"), row("", "blank", applicant="natural_person")]
    assert printed(rows) == read(rows) == {KEY: {(3.0, "reported")}, OTHER: {(None, "blank")}}
    assert read([row("", "absent")]) == {}


def test_an_indicator_has_the_status_of_its_source() -> None:
    assert observed([row("", "", "table")], [row("", "dash")]) == {KEY: {(None, "dash")}}
    assert observed([row(3, "", "derived")], [row("", "blank")]) == {KEY: {(3.0, "derived")}}
    assert observed([row(0, "", "narrative")], []) == {KEY: {(0.0, "reported_zero")}}
    assert possible([row(3), row(4, source="narrative")]) == {KEY: {(3.0, "reported"), (4.0, "reported")}}


def test_what_is_computed_counts_only_where_something_is_stated() -> None:
    computed = [row(3, "derived", "derived")]
    assert published(computed, []) == {}
    assert published(computed, [KEY]) == {KEY: {(3.0, "derived")}}
    assert published([row(3)], []) == {KEY: {(3.0, "reported")}}
