"""Web pages: what is text and what stands around it, fields of the head, tables in every markup, hostile pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.reports.documents.model import Document
from orchestration.reports.documents.read import read
from tests.reports.documents.report import FOOTER, MENU, PROSE, RELATED, TITLE, page
from tests.reports.documents.report import table as web_rows
from tests.reports.documents.spanned import Merged, web_table

TEXT = "".join(f"<p>{words}</p>" for words in PROSE)


def web(markup: str) -> Document:
    return read(markup.encode(), "page.txt")


def cells(document: Document, number: int = 1) -> list[tuple[str, int, int, int, int]]:
    table = document.tables[number - 1]
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for row in table.rows for c in row]


def lines(document: Document) -> list[str]:
    return document.text.splitlines()


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html>",
        "\n\n  <HTML>",
        "<meta charset=gb2312>",
        "某网站<div>",
        "<p>一</p><p>二</p>",
        "<?xml version='1.0'?><html>",
    ],
)
def test_a_page_is_told_by_its_elements(start: str) -> None:
    assert web(f"{start}<p>柳湾街道公开信息。</p>").media_type == "text/html"


@pytest.mark.parametrize("words", ["如有<疑问>请联系", "a < b > c", "一行<br>而已", "1<2"])
def test_a_text_with_a_lone_mark_is_no_page(words: str) -> None:
    assert web(words).media_type == "text/plain"


def test_menus_paths_footers_and_links_elsewhere_are_not_in_the_text() -> None:
    document = web(page(TEXT))
    assert document.issue_codes == ()
    for words in ("政务公开栏目3", "首页", "白石县", "主办", "访问量", "margin", "document.write"):
        assert words not in document.text
    assert lines(document)[0] == TITLE
    assert lines(document)[-1] == PROSE[-1]


def test_fields_run_together_on_a_page_are_apart_in_the_text() -> None:
    assert "发布时间：2017-02-10 来源：柳湾街道 浏览次数：" in lines(web(page(TEXT)))
    labelled = web(f"<p><b>发布机构</b>柳湾街道</p><p><em>文号：</em> 无</p>{TEXT}")
    assert lines(labelled)[:2] == ["发布机构: 柳湾街道", "文号： 无"]


def test_words_that_go_on_behind_formatting_stay_together() -> None:
    document = web(f"<p><b>一、概</b>述</p><p><b>来</b><i>源</i>可靠</p><p><b>概述</b></p>{TEXT}")
    assert lines(document)[:3] == ["一、概述", "来源可靠", "概述"]


def test_the_index_of_a_page_is_one_line_a_field() -> None:
    index = web_table(
        [
            [Merged("索 引 号"), Merged("0001/2017-00002"), Merged("分　　类"), Merged("综合政务")],
            [Merged("發布單位："), Merged("柳湾街道"), Merged("发文日期"), Merged("2018-02-03")],
            [Merged("文 号"), Merged(""), Merged("有效性"), Merged("")],
        ]
    )
    document = web(page(index + TEXT))
    assert document.tables == ()
    for line in ("索 引 号: 0001/2017-00002", "分　　类: 综合政务", "發布單位: 柳湾街道", "发文日期: 2018-02-03"):
        assert line in lines(document)


def test_terms_and_what_they_are_stand_on_one_line() -> None:
    document = web(page(f"<dl><dt>发布日期：</dt><dd>2018-02-03</dd><dt>文号</dt><dd>柳街〔2018〕2号</dd></dl>{TEXT}"))
    assert "发布日期: 2018-02-03" in lines(document)
    assert "文号: 柳街〔2018〕2号" in lines(document)


def test_what_the_head_states_is_a_line_where_the_page_does_not_show_it() -> None:
    head = (
        "<title>年报-某网站</title><meta name=ArticleTitle content='柳湾街道2016年信息公开年度报告'>"
        "<meta name='PubDate' content='2017-03-04 10:00'><meta name=ContentSource content='柳湾街道'>"
    )
    document = web(page(TEXT, head))
    assert lines(document)[:2] == ["柳湾街道2016年信息公开年度报告", "发布日期: 2017-03-04 10:00"]
    assert "来源: 柳湾街道" not in lines(document)
    assert not any("某网站" in line for line in lines(document))


def test_the_title_of_the_window_is_taken_where_nothing_else_names_the_report() -> None:
    assert (
        lines(web(f"<html><head><title>{TITLE}_某网站</title></head><body>{TEXT}</body></html>"))[0]
        == f"{TITLE}_某网站"
    )
    assert lines(web(f"<html><head><title>某网站</title></head><body>{TEXT}</body></html>"))[0] == PROSE[0]


def test_attachments_are_listed_once_and_in_order() -> None:
    links = "<a href='P1.pdf'>附件一</a><a href='/d/b.DOC?x=1'>附表</a><a href=P1.pdf>再次</a><a href=c.html>页</a>"
    assert web(page(TEXT + links)).attachments == ("P1.pdf", "/d/b.DOC?x=1")


def test_a_long_text_in_a_link_is_text() -> None:
    document = web(page("".join(f"<p><a href='#'>{words}{words}</a></p>" for words in PROSE)))
    assert PROSE[0] * 2 in lines(document)


def test_hidden_words_are_not_seen_and_shown_text_is_preferred() -> None:
    document = web(page(f"{TEXT}<p style='display:none'>不可见的话。</p><div hidden>也不可见。</div>"))
    assert "不可见" not in document.text
    for style in ("display: none", "DISPLAY:NONE", "color:red; visibility : hidden"):
        row = f"<tr><td>收到申请数<td>件<td>3<td style='{style}'>9</tr>"
        assert "9" not in web(page(f"{TEXT}<table>{row}</table>")).text.split("收到申请数")[1]
    alone = web(f"<html><body><div style='display : none'>{TEXT}</div></body></html>")
    assert PROSE[0] in lines(alone)


def test_what_is_filled_into_the_fields_of_a_table_is_in_its_cells() -> None:
    markup = (
        "<p><input type=text value=搜索></p><table><tr><td>指标<td>数量<tr><td>收到申请数"
        "<td><input type='text' readonly value='3'>件<input type=hidden value=99><input type=button value=改>"
        "<tr><td>当面申请数<td><textarea>12</textarea><tr><td>传真申请数<td><input value=''></table>"
    )
    assert [words for words, *_ in cells(web(markup))] == [
        "指标", "数量", "收到申请数", "3件", "当面申请数", "12", "传真申请数", "",
    ]  # fmt: skip
    assert "搜索" not in web(markup).text


def test_hidden_rows_and_cells_are_no_rows_and_cells() -> None:
    rows = (
        "<tr><td>主动公开数</td><td>3</td><td style='display:none'>9</td></tr><tr hidden><td>作废</td><td>9</td></tr>"
    )
    other = "<table><tr><td>申请数</td><td>4</td></tr><tr><td>答复数</td><td>5</td></tr></table>"
    document = web(f"<div>{TEXT}<table>{rows}<tr><td>申请数</td><td>4</td></tr></table><p>又</p>{other}</div>")
    assert [[[c.text for c in row] for row in table.rows] for table in document.tables] == [
        [["主动公开数", "3"], ["申请数", "4"]],
        [["申请数", "4"], ["答复数", "5"]],
    ]


def test_spans_place_cells_and_unused_columns_are_not_counted() -> None:
    table = web_table(
        [
            [Merged("项目", 2, 3), Merged("数量", 1, 4)],
            [Merged("本年", 1, 2), Merged("上年", 1, 2)],
            [Merged("合计", 1, 3), Merged("5", 1, 2), Merged("6", 1, 2)],
        ]
    )
    assert cells(web(page(TEXT + table))) == [
        ("项目", 1, 1, 2, 1), ("数量", 1, 2, 1, 2), ("本年", 2, 2, 1, 1), ("上年", 2, 3, 1, 1), ("合计", 3, 1, 1, 1),
        ("5", 3, 2, 1, 1), ("6", 3, 3, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("span", ["rowspan=99999", "rowspan=0", "rowspan='2 '", "rowspan=２"])
def test_odd_spans_reach_no_further_than_the_table(span: str) -> None:
    table = f"<table><tr><td {span} colspan=x>公开数量</td><td>1</td></tr><tr><td>2</td></tr></table>"
    found = cells(web(TEXT + table))
    assert found[0][:3] == ("公开数量", 1, 1)
    assert found[0][3] <= 2
    assert [c[0] for c in found] == ["公开数量", "1", "2"]


def test_a_wall_of_columns_is_bounded() -> None:
    found = cells(
        web(
            f"{TEXT}<table><tr><td colspan=99999999>公开数量</td><td>1</td></tr>"
            "<tr><td>公开</td><td>2</td></tr></table>"
        )
    )
    assert max(column for _, _, column, _, _ in found) == 3


def test_a_blank_cell_is_blank_whatever_white_space_it_holds() -> None:
    blank = "<td>&nbsp; \u3000</td><td><br></td>"
    table = f"<table><tr><td>公开数量</td>{blank}<td>1</td></tr><tr><td>公开</td><td>2</td></tr></table>"
    document = web(TEXT + table)
    row = document.tables[0].rows[0]
    assert [cell.text for cell in row] == ["公开数量", "", "", "1"]
    assert row[1].span.start == row[1].span.end


def test_a_table_around_another_is_a_frame_and_its_words_are_prose() -> None:
    inner = "<table><tr><td>主动公开数</td><td>3</td></tr><tr><td>申请数</td><td>4</td></tr>"
    inner += "<tr><td>答复数</td><td>5</td></tr></table>"
    document = web(f"<table><tr><td>{TEXT}</td><td>{inner}</td></tr></table>")
    assert [[c.text for c in row] for row in document.tables[0].rows] == [
        ["主动公开数", "3"], ["申请数", "4"], ["答复数", "5"],
    ]  # fmt: skip
    assert PROSE[0] in lines(document)


def test_a_box_around_one_figure_is_no_table() -> None:
    boxed = "".join(
        f"<tr><td>{label}</td><td><table><tr><td>{i}</td></tr></table></td></tr>"
        for i, label in enumerate(("主动公开数", "申请数", "答复数"))
    )
    assert [[c.text for c in row] for row in web(f"{TEXT}<table>{boxed}</table>").tables[0].rows] == [
        ["主动公开数", "0"], ["申请数", "1"], ["答复数", "2"],
    ]  # fmt: skip


def test_sentences_and_figures_in_one_table_come_apart() -> None:
    long = "本街道认真开展公开工作，群众满意。" * 30
    rows = "".join(
        f"<tr><td>{label}</td><td>{i}</td></tr>" for i, label in enumerate(("主动公开数", "申请数", "答复数"))
    )
    document = web(f"<table><tr><td colspan=2>{long}</td></tr>{rows}<tr><td colspan=2>{long}</td></tr></table>")
    assert [[c.text for c in row] for row in document.tables[0].rows] == [
        ["主动公开数", "0"],
        ["申请数", "1"],
        ["答复数", "2"],
    ]
    assert lines(document)[0] == long == lines(document)[-1]


def test_a_character_reference_is_its_character_and_what_nobody_sees_is_dropped() -> None:
    document = web(f"{TEXT}<p>共&#20844;&#x5f00;1\u200b2\ufeff件&lt;&amp;</p>")
    assert lines(document)[-1] == "共公开12件<&"


def test_offsets_are_of_the_words_as_seen() -> None:
    document = web(
        page(
            TEXT
            + "<table><tr><td>公&#24320;数量</td><td> 1<b>7</b> </td></tr><tr><td>申请</td><td>３</td></tr></table>"
        )
    )
    printed = [document.text[c.span.start : c.span.end] for row in document.tables[0].rows for c in row]
    assert printed == ["公开数量", "17", "申请", "３"]
    assert document.place(document.tables[0].rows[1][0].span).line == len(lines(document))


def test_formatting_that_is_never_closed_swallows_nothing() -> None:
    deep = "".join(f"<font size={i % 7}>公开{i}；" for i in range(4000))
    document = web(f"<html><body><div>{deep}</div><p>以上为本报告的全部内容，全文到此为止。</p></body></html>")
    assert document.text.endswith("以上为本报告的全部内容，全文到此为止。\n")
    assert "公开3999" in document.text


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<html><body><script>1</script></body></html>", "<div>&nbsp;</div>", "<!doctype html>"]
)
def test_a_page_without_words_says_so(markup: str) -> None:
    assert web(markup).issue_codes == ("empty_file",)


def test_a_page_of_links_alone_has_no_text() -> None:
    assert web(f"<html><body>{MENU}{RELATED}{FOOTER}</body></html>").tables == ()


def test_a_page_beyond_all_measure_is_refused() -> None:
    assert read(b"<html>" + b"<p>" * 11_000_000, "x").issue_codes == ("too_large",)


_TAGS = st.sampled_from(
    (
        "table",
        "tr",
        "td",
        "th",
        "p",
        "div",
        "br",
        "span",
        "font",
        "a href=x",
        "pre",
        "dl",
        "dt",
        "dd",
        "ul",
        "li",
        "head",
    )
) | st.sampled_from(("select", "script", "td colspan=3", "td rowspan=0", "p style='display:none'", "caption", "body"))
_PIECES = st.one_of(
    _TAGS.map(lambda tag: f"<{tag}>"),
    _TAGS.map(lambda tag: f"</{tag.split()[0]}>"),
    st.sampled_from(
        [
            "公开。",
            "12",
            "索引号",
            "发布日期：",
            "&nbsp;",
            "\n",
            "\x0b",
            "&#0;",
            "&#11;",
            "<",
            "&",
            "\u2028",
            "<![CDATA[x]]>",
            "<!--",
            "-->",
        ]
    ),
    st.text(max_size=5),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60))
def test_no_markup_raises_and_blocks_point_into_the_text(pieces: list[str]) -> None:
    document = read(("<html>" + "".join(pieces)).encode("utf-8", "replace"), "x")
    assert len(document.folded) == len(document.text)
    at = 0
    for table in document.tables:
        assert at <= table.span.start <= table.span.end <= len(document.text)
        at = table.span.end
        for row in table.rows:
            for cell in row:
                assert " ".join(document.folded[cell.span.start : cell.span.end].split()) == cell.text
    for paragraph in document.paragraphs:
        assert all(document.text[span.start : span.end].strip() for span in paragraph.spans)


def test_what_is_struck_out_is_gone_and_what_is_raised_lengthens_no_figure() -> None:
    struck = "<s>3</s><del>4</del><strike>5</strike><span style='text-decoration: line-through'>6</span>"
    page = f"<html><body><p>全年公开{struck}7条<sup>1</sup>，收到12<sup>[<b>3</b>]</sup>件。</p></body></html>"
    assert read(page.encode(), "x").text.strip() == "全年公开7条¹，收到12[³]件。"


def test_rows_of_names_and_days_around_the_figures_are_lines() -> None:
    rows = [
        ["填报单位（盖章）：临溪区教育局", "", "2016年度"],
        *[["统计指标", "单位", "统计数"], ["收到申请数", "件", "3"], ["申请办结数", "件", ""]],
        ["单位负责人：某某", "", "填报日期：2017年1月12日"],
    ]
    document = read(f"<html><body><p>一段文字。</p>{web_rows(rows)}</body></html>".encode(), "x")
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == rows[1:4]
    assert document.text.split("\n")[1:3] == ["填报单位（盖章）：临溪区教育局", "2016年度"]


def test_a_head_over_columns_and_the_unit_of_all_figures_stay_in_the_table() -> None:
    rows = [["单位:件", "", ""], ["说明:甲", "申请人", ""], ["收到申请数", "件", "3"], ["申请办结数", "件", "2"]]
    document = read(f"<html><body><p>一段文字。</p>{web_rows(rows)}</body></html>".encode(), "x")
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == rows
