"""Folding: one character for one, whatever script and damage; and squeezing on top of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.reports.documents.model import Span
from orchestration.reports.documents.text import compact, either_script, fold, squeeze


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("當(dāng)前位置", "当前位置"),
        ("信息公開工作年度報(bào)告", "信息公开工作年度报告"),
        ("發（fā）布單位：柳灣鎮(zhèn)", "发布单位:柳湾镇"),
        ("方麵谘詢製發", "方面咨询制发"),
        ("乾县、於潜镇、徵求意见", "乾县、於潜镇、徵求意见"),
        ("一共３條,,其中（km）", "一共3条,其中(km)"),
        ("共(gòng)(lv)", "共(lv)"),
        ("⼯作", "工作"),
    ],
)
def test_words_are_made_comparable(printed: str, plain: str) -> None:
    assert compact(printed) == plain


def test_characters_of_both_scripts_are_folded_in_a_converted_text() -> None:
    words = "關於政務公開的報告：後續工作將繼續進行，數據來源於各單位。"
    assert compact(words * 2).startswith("关于政务公开的报告:后续工作将继续进行,数据来源于各单位。")
    assert compact("皇後街道") == "皇後街道"


def test_the_printed_characters_are_found_again_behind_a_reading() -> None:
    text = "報(bào)告"
    squeezed = squeeze(fold(text), [Span(0, len(text))])
    assert squeezed.text == "报告"
    assert squeezed.span(1, 2) == Span(6, 7)


@given(st.text(alphabet="公開報(bào),,，（）ǖ　\u200bⅣ①後於①½ﬁ", max_size=40))
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_a_pattern_for_either_script_ignores_white_space() -> None:
    import re

    pattern = re.compile(either_script("索引号"))
    assert all(pattern.fullmatch(words) for words in ("索引号", "索 引　號", "索引號"))
    assert not pattern.fullmatch("索引")
