from datetime import date

from orchestration.reports.extractions.model import Reading
from orchestration.reports.provenance import hashed, with_ids

# Every field has a value of its own, so that one put in the place of another is seen.
_READING = Reading(**{name: ("code",) if name == "issue_codes" else f"its {name}" for name in Reading._fields})


def test_an_id_is_all_that_changes():
    (told,) = with_ids("document", [_READING])
    assert len(told.reading_id) == 16
    assert told._replace(reading_id=_READING.reading_id) == _READING


def test_figures_of_tables_get_the_scope_of_the_report_and_those_of_prose_keep_theirs():
    table, prose = _READING._replace(source_kind="table"), _READING._replace(source_kind="narrative")
    told = with_ids("document", [table, prose], "jurisdiction")
    assert [reading._replace(reading_id="") for reading in told] == [
        table._replace(scope="jurisdiction", reading_id=""),
        prose._replace(reading_id=""),
    ]


def test_every_part_of_the_natural_key_makes_an_id_and_nothing_else_does():
    key = {
        *("source_kind", "cell_id", "indicator_code", "category", "applicant_type", "period_basis", "scope"),
        *("char_start", "char_end", "page", "table_no", "row_no", "column_no"),
    }
    (told,) = with_ids("document", [_READING])
    for name in Reading._fields:
        (other,) = with_ids("document", [_READING._replace(**{name: "another"})])
        assert (other.reading_id != told.reading_id) == (name in key), name
    assert with_ids("another", [_READING])[0].reading_id != told.reading_id


def test_of_one_claim_at_one_place_the_first_is_kept():
    first, second = _READING._replace(value=1.0), _READING._replace(value=2.0)
    assert [reading.value for reading in with_ids("document", [first, second])] == [1.0]


def test_nothing_is_joined_as_an_empty_word():
    assert hashed("a", None, 3, date(2016, 3, 1)) == hashed("a", "", "3", "2016-03-01")
