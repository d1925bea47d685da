"""Lines for a terminal: widths as a screen counts them, wrapping that loses nothing, words made safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.reports.explanation.typesetting import Field, Sheet, clean, columns, cut, fill, wrap

WORDS = st.text(alphabet="公开条，。（）【】12345abc. -“”é", max_size=80)


@pytest.mark.parametrize(("words", "width"), [("公开12条", 8), ("（一）", 6), ("e\u0301", 1), ("", 0)])
def test_wide_characters_fill_two_columns(words: str, width: int) -> None:
    assert columns(words) == width


@given(words=WORDS, width=st.integers(4, 40))
def test_wrapping_keeps_every_character_and_the_width(words: str, width: int) -> None:
    lines = wrap(words, width)
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(columns(line) <= width for line in lines)


def test_numbers_stay_whole_and_closing_marks_begin_no_line() -> None:
    assert wrap("主动公开信息12345条", 14) == ["主动公开信息", "12345条"]
    assert wrap("公开政府信息。全年", 12) == ["公开政府信", "息。全年"]


def test_filled_and_cut_to_the_column() -> None:
    assert fill("条", 4) == "条  "
    assert fill("条", 4, right=True) == "  条"
    assert cut("公开政府信息", 7) == "公开政…"
    assert cut("公开", 4) == "公开"


def test_a_row_goes_on_below_in_its_column() -> None:
    rows = list(Sheet(40).row([Field("公开政府", 4), Field("7", 3, right=True), Field("x", 1)]))
    assert rows == ["公开    7  x", "政府"]


def test_printed_words_are_made_one_safe_line() -> None:
    assert clean("公开\n政府 2017\n年") == "公开政府 2017 年"
    assert clean("a\x1b[2Jb\u202ec") == "a[2Jbc"
    assert clean("\ue000公") == "\ufffd公"
