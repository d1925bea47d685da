"""DOCX and ODT: text boxes, merged cells, what is deleted or hidden, running heads, and files that are broken."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.reports.documents import zipped
from orchestration.reports.documents.model import Paragraph
from orchestration.reports.documents.read import read
from tests.reports.documents.conftest import grid
from tests.reports.documents.report import (
    docx,
    odt,
    open_cell,
    open_file,
    open_table,
    packed,
    paragraph,
    run,
    word_cell,
    word_file,
    word_table,
)
from tests.reports.documents.spanned import Merged, Spanned, applications, disputes, open_lines, web_table, word_lines

ROWS = [["统计指标", "单位", "统计数"], ["收到申请数", "件", "3"], ["申请办结数", "件", ""]]


def lines(data: bytes) -> list[str]:
    return read(data, "x").text.splitlines()


def word(*blocks: str) -> bytes:
    return word_file("".join(blocks))


@pytest.mark.parametrize("make", [docx, odt])
def test_a_file_is_told_by_its_parts(make: Callable[[list[list[str]]], bytes]) -> None:
    document = read(make(ROWS), "report.zip")
    assert document.media_type in (zipped.WORD, zipped.OPEN_TEXT)
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == ROWS
    assert document.issue_codes == ()


def test_a_bundle_is_left_for_others() -> None:
    document = read(packed({"a.docx": b"1", "b.pdf": b"2"}), "x")
    assert (document.media_type, document.issue_codes) == (zipped.ZIP, ("unsupported_format",))


def test_a_word_file_of_another_age_is_not_supported() -> None:
    assert read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a.docx").issue_codes == ("unsupported_format",)


@pytest.mark.parametrize("table", [applications(), disputes()], ids=["applications", "disputes"])
def test_merged_cells_lie_where_they_lie_on_a_page(table: Spanned) -> None:
    on_page = grid(read(f"<html><p>一段文字。</p>{web_table(table)}".encode(), "x"))
    assert grid(read(word(paragraph(run("一段文字。")), word_lines(table)), "x")) == on_page
    assert grid(read(open_file(f"<text:p>一段文字。</text:p>{open_lines(table)}"), "x")) == on_page


def test_the_same_elements_under_the_strict_address_are_read() -> None:
    strict = word_file(paragraph(run("公开三条信息。")))
    with ZipFile(BytesIO(strict)) as archive:
        xml = archive.read("word/document.xml").decode()
    xml = xml.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert lines(packed({"word/document.xml": xml})) == ["公开三条信息。"]


def test_what_was_deleted_or_hidden_is_gone_and_what_was_inserted_stays() -> None:
    gone = "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
    hidden = run("隐藏", "<w:rPr><w:vanish/></w:rPr>") + run("可见", "<w:rPr><w:vanish w:val='0'/></w:rPr>")
    kept = f"<w:ins>{run('加入')}</w:ins><w:hyperlink>{run('链接')}</w:hyperlink>"
    assert lines(word(paragraph(run("公开"), gone, hidden, kept))) == ["公开可见加入链接"]


def test_tabs_breaks_and_fields_are_as_printed() -> None:
    inner = "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r>"
    field = "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>"
    tabs = "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
    assert lines(word(f"{tabs}{inner}{field}</w:p>")) == ["甲\t乙", "丙-丁"]


def test_a_text_box_stands_behind_its_paragraph_and_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('框内文字'))}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent xmlns:mc='{mc}'>{choice}</mc:AlternateContent></w:r>"
    assert lines(word(paragraph(run("前文"), both), paragraph(run("后文")))) == ["前文", "框内文字", "后文"]


def test_content_controls_are_seen_through() -> None:
    cell = f"<w:sdt><w:sdtContent>{word_cell('3')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{word_cell('申请数')}{cell}</w:tr></w:sdtContent></w:sdt>"
    table = f"<w:tbl>{row}<w:tr>{word_cell('办结数')}{word_cell('2')}</w:tr></w:tbl>"
    document = read(word(f"<w:sdt><w:sdtContent>{paragraph(run('正文'))}{table}</w:sdtContent></w:sdt>"), "x")
    assert [[c.text for c in r] for r in document.tables[0].rows] == [["申请数", "3"], ["办结数", "2"]]


def test_a_deleted_row_is_no_row() -> None:
    deleted = f"<w:trPr><w:del w:id='1'/></w:trPr>{word_cell('作废')}{word_cell('9')}"
    document = read(
        word(word_table([word_cell("申请数") + word_cell("3"), deleted, word_cell("办结数") + word_cell("2")])), "x"
    )
    assert [[c.text for c in r] for r in document.tables[0].rows] == [["申请数", "3"], ["办结数", "2"]]


def test_columns_skipped_before_a_row_are_counted() -> None:
    rows = [
        word_cell("部门") + word_cell("数量") + word_cell("备注"),
        f"<w:trPr><w:gridBefore w:val='1'/></w:trPr>{word_cell('5')}{word_cell('无')}",
    ]
    assert grid(read(word(word_table(rows)), "x"))[0][3:] == [("5", 2, 2, 1, 1), ("无", 2, 3, 1, 1)]


def test_a_table_in_a_cell_is_read_and_its_frame_is_not() -> None:
    inner = word_table([word_cell("申请数") + word_cell("3"), word_cell("办结数") + word_cell("2")])
    outer = word_table([f"<w:tc><w:tcPr/>{paragraph(run('表一'))}{inner}{paragraph()}</w:tc>"])
    document = read(word(outer), "x")
    assert [[c.text for c in r] for r in document.tables[0].rows] == [["申请数", "3"], ["办结数", "2"]]
    assert document.text.startswith("表一\n")


def test_running_heads_are_noise_and_page_numbers_nothing() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    heads = {
        "word/header1.xml": f"<w:hdr xmlns:w='{w}'>{paragraph(run('某某年度报告'))}</w:hdr>",
        "word/header2.xml": f"<w:hdr xmlns:w='{w}'>{paragraph(run('某某年度报告'))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr xmlns:w='{w}'>{paragraph(run('- 12 -'))}</w:ftr>",
    }
    document = read(word_file(paragraph(run("正文一段。")), heads), "x")
    assert document.text == "正文一段。\n某某年度报告\n"
    assert [(b.role) for b in document.blocks if isinstance(b, Paragraph)] == ["prose", "noise"]
    number = "<text:p>— <text:page-number>3</text:page-number> —</text:p>"
    styles = f"<style:master><style:footer><text:p>某某年度报告</text:p>{number}</style:footer></style:master>"
    assert read(open_file("<text:p>正文一段。</text:p>", styles), "x").text == document.text


def test_an_open_text_keeps_spaces_breaks_and_boxes_and_drops_notes() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:p>注</text:p></text:note>"
    inner = f"公开<text:s text:c='2'/>三<text:tab/>条{note}信息<text:line-break/>续"
    box = "<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame>"
    changes = (
        "<text:tracked-changes><text:changed-region><text:p>删去</text:p></text:changed-region></text:tracked-changes>"
    )
    listed = "<text:list><text:list-item><text:p>一项</text:p></text:list-item></text:list>"
    assert lines(open_file(f"{changes}<text:p>{inner}{box}</text:p>{listed}")) == [
        "公开  三\t条信息",
        "续",
        "框内",
        "一项",
    ]


def test_repeated_cells_and_rows_of_an_open_text_are_bounded() -> None:
    many = "<table:table-cell table:number-columns-repeated='999999999'/>"
    row = f"<table:table-row table:number-rows-repeated='1000000'>{many}</table:table-row>"
    table = open_table([open_cell("申请数") + open_cell("3"), open_cell("办结数") + open_cell("2") + many])
    document = read(open_file(table.replace("</table:table>", f"{row}</table:table>")), "x")
    assert len(document.text) < 2000
    assert [[c.text for c in r[:2]] for r in document.tables[0].rows[:2]] == [["申请数", "3"], ["办结数", "2"]]


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("make", [docx, odt])
def test_a_file_cut_short_is_said_to_be_damaged(make: Callable[[list[list[str]]], bytes], cut: float) -> None:
    data = make(ROWS)
    assert read(data[: int(len(data) * cut)], "x").issue_codes in (("damaged_file",), ("unsupported_format",))


@pytest.mark.parametrize("xml", ["<w:document", "", "<a>&b;</a>", "\x00", "<a></b>"])
def test_broken_xml_is_said_to_be_damaged(xml: str) -> None:
    assert read(packed({"word/document.xml": xml}), "x").issue_codes == ("damaged_file",)
    assert read(packed({"mimetype": zipped.OPEN_TEXT, "content.xml": xml}), "x").issue_codes == ("damaged_file",)


def test_a_file_with_entities_is_not_read() -> None:
    secret = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'><!ENTITY y '公开'>]>"
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f"{secret}<w:document xmlns:w='{w}'><w:body><w:p><w:r><w:t>一&x;二&y;</w:t></w:r></w:p></w:body></w:document>"
    assert read(packed({"word/document.xml": xml}), "x").issue_codes == ("damaged_file",)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "_MOST_BYTES", 10_000)
    bomb = packed({"word/document.xml": b"<a>" + b" " * 20_000 + b"</a>"})
    assert len(bomb) < 1000
    assert read(bomb, "x").issue_codes == ("too_large",)


def test_a_file_without_words_says_so() -> None:
    assert read(word(paragraph()), "x").issue_codes == ("empty_file",)
    assert read(open_file(""), "x").issue_codes == ("empty_file",)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([docx(ROWS), odt(ROWS)]), st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=8)
)
def test_no_damage_raises(data: bytes, hits: list[tuple[int, int]]) -> None:
    damaged = bytearray(data)
    for at, value in hits:
        damaged[at % len(damaged)] = value
    document = read(bytes(damaged), "x")
    assert len(document.folded) == len(document.text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["tbl", "tr", "tc", "p", "r", "sdt", "/"]), max_size=40), st.integers(0, 9))
def test_no_nesting_raises(tags: list[str], span: int) -> None:
    opened: list[str] = []
    xml = ""
    for tag in tags:
        if tag == "/":
            xml += f"</w:{opened.pop()}>" if opened else ""
            continue
        opened.append(tag)
        xml += f"<w:{tag}>"
        xml += f"<w:tcPr><w:gridSpan w:val='{span}'/><w:vMerge/></w:tcPr>" if tag == "tc" else ""
        xml += "<w:t>字</w:t>" if tag == "r" else ""
    xml += "".join(f"</w:{tag}>" for tag in reversed(opened))
    document = read(word(xml), "x")
    assert document.issue_codes in ((), ("empty_file",))


def test_tables_merged_across_without_end_are_bounded() -> None:
    table = [[Merged("申请数", 1, 9_999), Merged("3")], [Merged("办结数", 9_999, 1), Merged("2")]]
    for data in (
        word(word_lines([[c._replace(rows=1) for c in row] for row in table])),
        open_file(open_lines(table[:1])),
    ):
        assert max(c[2] for c in grid(read(data, "x"))[0]) <= 3
