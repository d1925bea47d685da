"""DOC: what LibreOffice makes of DOCX files of every kind reads as they do; and broken files of that age."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Paragraph
from orchestration.reports.documents.read import read
from orchestration.specimens.produce import specimens
from tests.reports.documents.conftest import Convert, grid
from tests.reports.documents.report import docx, paragraph, run, word_cell, word_file, word_table

WORD97 = "application/msword"
LOCKED = 0x0100
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DELETED = "<w:del w:id='1' w:author='a' w:date='2017-01-01T00:00:00Z'><w:r><w:delText>9</w:delText></w:r></w:del>"
FIELD = (
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK \"http://example.org/2015\"</w:instrText>"
    "</w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>网站</w:t></w:r>"
    "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
)
INNER = word_table([word_cell("申请数") + word_cell("3"), word_cell("办结数") + word_cell("2")])
FILES: Mapping[str, bytes] = {
    "report": docx([["统计指标", "单位", "统计数"], ["收到申请数", "件", "3"], ["申请办结数", "件", ""]]),
    "changed": word_file(
        paragraph(run("公开"), DELETED, run("12", "<w:rPr><w:vanish/></w:rPr>"), run("7条"))
        + paragraph(run("见"), FIELD, run("。"), "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>")
        + paragraph(run("𠮷祥𡋾镇"), run("8件", "<w:rPr><w:vanish/></w:rPr>"), run("收到5件"))
    ),
    "looks": word_file(
        paragraph(run("公开"), run("3", "<w:rPr><w:strike/></w:rPr>"), run("7条"))
        + paragraph(run("收到5"), run("1", "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"), run("件"))
    ),
    "nested": word_file(
        word_table(
            [
                word_cell("左栏") + f"<w:tc><w:tcPr/>{paragraph(run('表一'))}{INNER}{paragraph(run('表下'))}</w:tc>",
                word_cell("下栏") + word_cell("末格"),
            ]
        )
        + paragraph(run("文末"))
    ),
    "headed": word_file(
        paragraph(run("正文一段。"))
        + f"<w:sectPr><w:footerReference w:type='default' r:id='f1' xmlns:r='{R}'/></w:sectPr>",
        {"word/footer1.xml": f"<w:ftr xmlns:w='{W}'>{paragraph(run('某某年度报告'))}</w:ftr>"},
    ),
    "wide": word_file(word_table([word_cell("项目") + "".join(word_cell(str(at)) for at in range(40))] * 3)),
}


YEARS = (2010, 2016, 2019, 2022)


@pytest.fixture(scope="module")
def made(registry: Registry) -> Mapping[str, bytes]:
    """The DOCX files: those above, and a specimen of each form by its year."""
    reports = specimens(registry, YEARS, 1, seed=3, damage="none", formats=("docx",))
    return {**FILES, **{str(year): each.content for year, each in zip(YEARS, reports, strict=True)}}


@pytest.fixture(scope="module")
def converted(made: Mapping[str, bytes], convert: Convert) -> Mapping[str, bytes]:
    """Every file as LibreOffice Writer saves it for Word 97."""
    return convert(made, "docx", "doc:MS Word 97")


@pytest.mark.parametrize("name", [*FILES, *map(str, YEARS)])
def test_it_reads_as_the_file_it_was_made_of(
    made: Mapping[str, bytes], converted: Mapping[str, bytes], name: str
) -> None:
    before, after = read(made[name], "x"), read(converted[name], "x")
    assert (after.media_type, after.issue_codes) == (WORD97, ())
    assert after.text == before.text
    assert grid(after) == grid(before)


def test_what_nobody_sees_is_not_there(converted: Mapping[str, bytes]) -> None:
    assert read(converted["changed"], "x").text.splitlines() == ["公开7条", "见网站。甲\t乙", "丙", "𠮷祥𡋾镇收到5件"]


def test_what_is_struck_out_is_gone_and_what_is_raised_lengthens_no_figure(converted: Mapping[str, bytes]) -> None:
    assert read(FILES["looks"], "x").text == read(converted["looks"], "x").text == "公开7条\n收到5¹件\n"


def test_running_heads_are_noise(converted: Mapping[str, bytes]) -> None:
    noise = [block for block in read(converted["headed"], "x").blocks if isinstance(block, Paragraph)]
    assert [block.role for block in noise] == ["prose", "noise"]


def test_a_compound_file_without_a_text_is_no_report() -> None:
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for data in (signature, signature + bytes(512), signature + bytes(range(256)) * 40):
        document = read(data, "x")
        assert (document.media_type, document.issue_codes) == ("application/x-ole-storage", ("unsupported_format",))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_cut_short_is_said_to_be_damaged_or_reads_as_less(converted: Mapping[str, bytes], share: float) -> None:
    data = converted["2022"]
    document = read(data[: int(len(data) * share)], "x")
    assert document.issue_codes in (("damaged_file",), ("unsupported_format",))


def test_a_locked_file_is_not_guessed_at(converted: Mapping[str, bytes]) -> None:
    data = bytearray(converted["report"])
    at = data.index(b"\xec\xa5")
    data[at + 0x0A : at + 0x0C] = (int.from_bytes(data[at + 0x0A : at + 0x0C], "little") | LOCKED).to_bytes(2, "little")
    assert read(bytes(data), "x").issue_codes == ("damaged_file",)


def test_a_file_of_word_95_is_not_supported(converted: Mapping[str, bytes]) -> None:
    data = bytearray(converted["report"])
    at = data.index(b"\xec\xa5")
    data[at + 2 : at + 4] = (104).to_bytes(2, "little")
    assert read(bytes(data), "x").issue_codes == ("unsupported_format",)


@pytest.mark.parametrize("length", [-1, 5, 100_000, 2**31 - 1])
def test_a_text_of_another_length_than_it_says_is_damaged(converted: Mapping[str, bytes], length: int) -> None:
    data = bytearray(converted["report"])
    at = data.index(b"\xec\xa5") + 0x4C
    data[at : at + 4] = length.to_bytes(4, "little", signed=True)
    assert read(bytes(data), "x").issue_codes == ("damaged_file",)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), hits=st.integers(1, 60))
def test_no_damage_raises(converted: Mapping[str, bytes], seed: int, hits: int) -> None:
    chance = Random(seed)
    damaged = bytearray(converted["nested"])
    for _ in range(hits):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    document = read(bytes(damaged), "x")
    assert len(document.folded) == len(document.text)
