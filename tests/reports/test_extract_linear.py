"""Four times the text takes about four times as long, whatever stands between its claims."""

from __future__ import annotations

from time import process_time

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract

_HEAD = """青河市临溪区人民政府2015年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》的规定，编制2015年政府信息公开年度报告。

一、主动公开政府信息情况

"""
_CLAIMS = (
    "2015年，我局主动公开政府信息1234条，其中政策法规类120条，通过政府网站公开300条，微信公众号12条，"
    "收到依申请公开申请15件，均已按时答复，其中予以公开10件，各镇公开5件，没有收到行政复议，累计公开信息5600条"
)
_SIZE = 2500
_LONGER = 4
_LESS_THAN_SQUARE = 8


def _document(words: str, size: int) -> Document:
    return read((_HEAD + (words * (size // len(words) + 1))[:size]).encode(), "report.txt")


def _seconds(document: Document, registry: Registry) -> float:
    """The least time of the processor in a few runs: what other processes take does not count."""
    runs = []
    for _ in range(3):
        begin = process_time()
        extract(document, registry)
        runs.append(process_time() - begin)
    return min(runs)


@pytest.mark.parametrize(
    "words",
    [
        _CLAIMS + "，",
        _CLAIMS + "。",
        _CLAIMS + "。\n",
        _CLAIMS.replace("，", "、") + "、",
        _CLAIMS.replace("，", "（"),
        _CLAIMS.replace("，", ""),
        "没有收到申请，未发生复议，",
        "收到申请3件，均已答复，",
        "2015年1月1日至2015年12月31日公开信息3条，",
        "（一）第三条——",
    ],
    ids=["commas", "sentences", "lines", "lists", "brackets", "no stops", "zeros", "answers", "periods", "ordinals"],
)
def test_time_grows_with_the_text_and_not_with_its_square(words: str, registry: Registry) -> None:
    short, long = _document(words, _SIZE), _document(words, _LONGER * _SIZE)
    extract(short, registry)
    assert _seconds(long, registry) < _LESS_THAN_SQUARE * _seconds(short, registry)
