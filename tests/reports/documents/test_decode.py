"""Which encoding bytes are in, whatever they say of themselves."""

from __future__ import annotations

import pytest

from orchestration.reports.documents.decode import decode
from orchestration.reports.documents.read import read

SIMPLIFIED = "柳湾街道2016年公开信息12条，根据条例的规定编制本报告，现予公布。\n"
TRADITIONAL = "柳灣街道辦事處2016年政府資訊公開工作年度報告，根據規定編製，全文如下。\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5"])
@pytest.mark.parametrize("times", [1, 40])
def test_every_encoding_is_told(codec: str, times: int) -> None:
    words = (TRADITIONAL if codec == "big5" else SIMPLIFIED) * times
    text = decode(words.encode(codec))
    assert text is not None
    assert text.removeprefix("\ufeff") == words


def test_traditional_characters_in_the_national_encoding_are_not_taken_for_big5() -> None:
    assert decode((TRADITIONAL * 3).encode("gb18030")) == TRADITIONAL * 3


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", [SIMPLIFIED * 3, f"<html><body><p>{SIMPLIFIED}</p></body></html>"])
def test_zeros_between_the_bytes_are_an_encoding_where_they_make_chinese(codec: str, words: str) -> None:
    assert decode(words.encode(codec)) == words


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_character_cut_at_the_end_costs_no_more_than_itself(codec: str) -> None:
    text = decode((SIMPLIFIED.strip() * 10).encode(codec)[:-1])
    assert text is not None
    assert text.rstrip("\ufffd") == (SIMPLIFIED.strip() * 10)[: len(text.rstrip("\ufffd"))]
    assert len(text) >= len(SIMPLIFIED.strip() * 10) - 1


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"abc\x00def", b"\xff" * 40, b"\xff\xfe\x00"])
def test_bytes_of_no_encoding_are_no_text(data: bytes) -> None:
    assert decode(data) is None


def test_the_label_of_a_page_is_not_believed() -> None:
    page = f"<html><head><meta charset=utf-8></head><body><p>{TRADITIONAL}</p></body></html>"
    assert read(page.encode("big5"), "x").text.strip() == TRADITIONAL.strip()
