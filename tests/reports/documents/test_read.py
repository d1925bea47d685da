"""Bytes of every kind: what is text, what is not, and that nothing is ever raised."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.reports.documents.read import read

WORDS = "柳湾街道2016年共公开信息12条。\n"


@pytest.mark.parametrize(
    "data",
    [WORDS.encode(), b"\xef\xbb\xbf" + WORDS.encode(), WORDS.encode("gb18030"), WORDS.encode("utf-16")],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16 with mark"],
)
def test_text_is_decoded(data: bytes) -> None:
    document = read(data, "x.bin")
    assert document.text.lstrip("\ufeff") == WORDS
    assert document.issue_codes == ()
    assert document.media_type == "text/plain"


def test_the_name_decides_nothing() -> None:
    assert read(WORDS.encode(), "report.pdf").text == WORDS
    assert read(b"PK\x03\x04...", "report.txt").issue_codes == ("unsupported_format",)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\u3000\n\xa0".encode(), b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(data: bytes) -> None:
    document = read(data, "x.txt")
    assert document.issue_codes == ("empty_file",)
    assert document.blocks == ()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"PK\x03\x04rest", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        (b"<?xml version='1.0'?><feed/>", "application/xml"),
    ],
)
def test_a_known_format_without_a_reader_is_named(data: bytes, media_type: str) -> None:
    document = read(data, "x.txt")
    assert (document.media_type, document.issue_codes) == (media_type, ("unsupported_format",))


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"abc\x00def", b"\x81\x20\xff\xff\xff", b"\xff\xfe\x00"])
def test_binary_is_not_text(data: bytes) -> None:
    document = read(data, "x.txt")
    assert document.issue_codes == ("not_text",)
    assert document.text == ""


def test_the_id_is_of_the_bytes() -> None:
    data = WORDS.encode("gb18030")
    assert read(data, "a").document_id == sha256(data).hexdigest() == read(data, "b").document_id


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    document = read(data, "x")
    assert len(document.folded) == len(document.text)


@given(st.text(alphabet="一公开条件0123,.|-—\t\n （）()：PAGE数", max_size=300))
def test_blocks_point_into_the_text_in_order(text: str) -> None:
    document = read(text.encode(), "x")
    at = 0
    for table in document.tables:
        assert at <= table.span.start <= table.span.end <= len(document.text)
        at = table.span.end
        for row in table.rows:
            for cell in row:
                printed = document.folded[cell.span.start : cell.span.end]
                assert " ".join(printed.split()) == cell.text
    inside = [t.span for t in document.tables]
    for paragraph in document.paragraphs:
        for span in paragraph.spans:
            assert document.text[span.start : span.end].strip()
            assert not any(t.start < span.end and span.start < t.end for t in inside)
