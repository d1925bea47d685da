"""Web pages saved as one file: the page is read, whatever its parts are packed in and whatever the file is called."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Callable
from quopri import encodestring

import pytest

from orchestration.reports.documents.read import read

PAGE = "<html><body><h1>柳湾街道2016年政府信息公开工作年度报告</h1><p>全年公开政府信息12条。</p></body></html>"
HEAD = b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
PACKED: dict[str, Callable[[bytes], bytes]] = {"quoted-printable": encodestring, "base64": encodebytes}


def part(kind: str, encoding: str, data: bytes) -> bytes:
    head = f"\r\n--edge\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + PACKED[encoding](data)


def saved(*parts: bytes) -> bytes:
    head = HEAD + b'Content-Type: multipart/related; boundary="edge"\r\n\r\n'
    return head + b"".join(parts) + b"\r\n--edge--\r\n"


@pytest.mark.parametrize("encoding", [*PACKED])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_the_page_among_the_parts_is_read(encoding: str, codec: str) -> None:
    menu = part("text/html", "base64", b"<html><body><a href=/>x</a></body></html>")
    picture = part("image/gif", "base64", b"GIF89a")
    document = read(saved(menu, part("text/html", encoding, PAGE.encode(codec)), picture), "report.doc")
    assert (document.media_type, document.issue_codes) == ("multipart/related", ())
    assert document.text == read(PAGE.encode(), "x").text


def test_a_message_of_one_part_is_read() -> None:
    data = HEAD + b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encodebytes(PAGE.encode())
    assert "全年公开政府信息12条。" in read(data, "x").text


def test_a_message_without_a_page_is_damaged() -> None:
    assert read(saved(part("image/gif", "base64", b"GIF89a")), "x").issue_codes == ("damaged_file",)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_cut_message_raises_nothing(cut: float) -> None:
    data = saved(part("text/html", "base64", PAGE.encode()))
    document = read(data[: int(len(data) * cut)], "x")
    assert document.issue_codes in ((), ("damaged_file",), ("empty_file",))
