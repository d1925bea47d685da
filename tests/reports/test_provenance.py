from dataclasses import fields, replace
from datetime import date

from orchestration.reports.extractions.model import Reading
from orchestration.reports.provenance import hashed, with_ids

# Every field has a value of its own, so that one put in the place of another is seen.
_READING = Reading(
    **{field.name: ("code",) if field.name == "issue_codes" else f"its {field.name}" for field in fields(Reading)}
)


def test_an_id_is_all_that_changes():
    (told,) = with_ids("document", [_READING])
    assert len(told.reading_id) == 16
    assert replace(told, reading_id=_READING.reading_id) == _READING


def test_figures_of_tables_get_the_scope_of_the_report_and_those_of_prose_keep_theirs():
    table, prose = replace(_READING, source_kind="table"), replace(_READING, source_kind="narrative")
    told = with_ids("document", [table, prose], "jurisdiction")
    assert [replace(reading, reading_id="") for reading in told] == [
        replace(table, scope="jurisdiction", reading_id=""),
        replace(prose, reading_id=""),
    ]


def test_every_part_of_the_natural_key_makes_an_id_and_nothing_else_does():
    key = {
        *("source_kind", "cell_id", "indicator_code", "category", "applicant_type", "period_basis", "scope"),
        *("char_start", "char_end", "page", "table_no", "row_no", "column_no"),
    }
    (told,) = with_ids("document", [_READING])
    for field in fields(Reading):
        (other,) = with_ids("document", [replace(_READING, **{field.name: "another"})])
        assert (other.reading_id != told.reading_id) == (field.name in key), field.name
    assert with_ids("another", [_READING])[0].reading_id != told.reading_id


def test_of_one_claim_at_one_place_the_first_is_kept():
    first, second = replace(_READING, value=1.0), replace(_READING, value=2.0)
    assert [reading.value for reading in with_ids("document", [first, second])] == [1.0]


def test_nothing_is_joined_as_an_empty_word():
    assert hashed("a", None, 3, date(2016, 3, 1)) == hashed("a", "", "3", "2016-03-01")
