"""One report of our own wording, and the same words as a text, as web pages of many makes, as DOCX and as ODT."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

TITLE = "青河市临溪区柳湾街道2016年政府信息公开工作年度报告"
PROSE = (
    "根据《中华人民共和国政府信息公开条例》，编制本报告。本报告所列数据的统计期限为2016年1月1日至2016年12月31日。",
    "一、主动公开政府信息情况",
    "2016年，柳湾街道主动公开政府信息7条，其中机构职能类信息3条。街道依法公开各类信息，内容真实，更新及时，方便群众查询。",
    "二、依申请公开政府信息情况",
    "2016年，柳湾街道没有收到政府信息公开申请。",
    "三、行政复议和行政诉讼情况",
    "全年未发生行政复议、行政诉讼案件。",
)
TABLE_TITLE = "附件：政府信息公开情况统计表"
SIGNATURE = ("柳湾街道办事处", "2017年2月9日")

Rows = Sequence[Sequence[str]]


def text(rows: Rows) -> bytes:
    table = "\n".join("\t".join(row) for row in rows)
    return "\n\n".join([TITLE, *PROSE, TABLE_TITLE, table, *SIGNATURE]).encode()


# Web pages


def _p(words: str) -> str:
    return f'<p style="text-indent: 2em"><span style="font-size: 16px">{escape(words)}</span></p>\n'


def _cell(words: str, attributes: str = "") -> str:
    return f"<td{attributes}><p align=center><span>{escape(words) or '&nbsp;'}</span></p></td>"


def table(rows: Rows) -> str:
    lines = "".join("<tr>" + "".join(_cell(words) for words in row) + "</tr>\n" for row in rows)
    return f"<table border=1><tbody>{lines}</tbody></table>"


def body(rows: Rows, figures: str | None = None) -> str:
    words = "".join(map(_p, PROSE)) + _p(TABLE_TITLE)
    return words + (table(rows) if figures is None else figures) + "".join(map(_p, SIGNATURE))


MENU = (
    "<div class=top><ul>"
    + "".join(f'<li><a href="/c{i}/index.html">政务公开栏目{i}</a></li>' for i in range(40))
    + "</ul></div><div>您当前的位置：<a href=/>首页</a> &gt; <a href=/x/>信息公开</a>"
    + " &gt; <a href=/y/>公开年报</a></div>"
)
RELATED = "<div class=more><h3>相关信息</h3><ul>" + "".join(
    f'<li><a href="{year}.html">白石县{year}年政府信息公开工作年度报告</a> {year + 1}-01-20</li>'
    for year in range(2010, 2015)
)
FOOTER = (
    "</ul></div><div class=foot><p>主办：青河市临溪区人民政府办公室　承办：临溪区信息中心　联系电话：0000-1234567</p>"
    "<p>网站标识码：9901010001　访问量：123456</p></div>"
)


def page(inner: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">{head}<style>p {{margin: 0}}</style></head>\n<body>'
        f"{MENU}<div class=wrap><h1>{TITLE}</h1><div class=info><span>发布时间：2017-02-10</span>"
        f"<span>来源：柳湾街道</span><span>浏览次数：<script>document.write(77)</script></span></div>"
        f"<div id=zoom>{inner}</div></div>{RELATED}{FOOTER}</body></html>"
    )


def plain(rows: Rows) -> bytes:
    return page(body(rows)).encode()


def lies_about_its_encoding(rows: Rows) -> bytes:
    return page(body(rows)).encode("gb18030")


def a_run_for_every_character(rows: Rows) -> bytes:
    def runs(words: str) -> str:
        return "".join(f"<font face=宋体><span lang=EN-US>{escape(c)}</span></font>" for c in words) or "&nbsp;"

    lines = "".join("<tr>" + "".join(f"<td><p>{runs(w)}</p></td>" for w in row) + "</tr>" for row in rows)
    prose = "".join(f"<p>{runs(words)}</p>" for words in (*PROSE, TABLE_TITLE))
    return page(f"{prose}<table>{lines}</table>{''.join(map(_p, SIGNATURE))}").encode()


def frames_in_frames(rows: Rows) -> bytes:
    """The site of another age: every part of the page is a table in a table, and nothing is a paragraph."""
    prose = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(words)}" for words in (*PROSE, TABLE_TITLE))
    ends = "<br>".join(SIGNATURE)
    menu = "<tr><td>" + "</td><td>".join(f"<a href=c{i}.asp>栏目{i}</a>" for i in range(12)) + "</td></tr>"
    return (
        "<html><head><title>临溪区</title></head><body><table width=980><tr><td><table>"
        f"{menu}</table></td></tr><tr><td width=200><table><tr><td><a href=a.asp>领导之窗</a></td></tr></table></td>"
        f"<td><table><tr><td align=center><b>{TITLE}</b></td></tr><tr><td>发布时间：2017-02-10</td></tr>"
        f"<tr><td>{prose}{table(rows)}{ends}</td></tr></table></td></tr></table></body></html>"
    ).encode()


def one_frame_around_all(rows: Rows) -> bytes:
    return page(f"<table><tr><td>{body(rows)}</td></tr></table>").encode()


def never_closed(rows: Rows) -> bytes:
    prose = "".join(f"<P><FONT size=3>{words}" for words in (*PROSE, TABLE_TITLE))
    lines = "".join("<TR>" + "".join(f"<TD><FONT>{w or '&nbsp;'}" for w in row) for row in rows)
    ends = "".join(f"<P>{words}" for words in SIGNATURE)
    return f"<HTML><BODY><H1>{TITLE}</H1>{prose}<TABLE>{lines}</TABLE>{ends}".encode()


def labels_broken_by_line_ends(rows: Rows) -> bytes:
    def broken(words: str) -> str:
        return words if len(words) < 6 else f"{words[:5]}<br/>\n   {words[5:]}"

    lines = "".join("<tr>" + "".join(f"<td>{broken(w)}</td>" for w in row) + "</tr>" for row in rows)
    return page(body(rows, f"<table>{lines}</table>")).encode()


def values_under_other_spans(rows: Rows) -> bytes:
    """The label of a row reaches over two columns, that of the header over one and its figure over two."""
    head, *others = rows
    lines = "<tr>" + "".join(_cell(w, " colspan=2" if i == 2 else "") for i, w in enumerate(head)) + "</tr>"
    lines += "".join(
        "<tr>" + "".join(_cell(w, ' colspan="2"' if i == 0 else "") for i, w in enumerate(row)) + "</tr>"
        for row in others
    )
    return page(body(rows, f"<table>{lines}</table>")).encode()


def shown_by_a_script(rows: Rows) -> bytes:
    return page(f'<div id=a style="DISPLAY: none">{body(rows)}</div><script>show("a")</script>').encode()


def table_beside_the_text(rows: Rows) -> bytes:
    prose = "".join(map(_p, (*PROSE, TABLE_TITLE))) + "<p>" + "本段补充说明工作，文字较长。" * 90 + "</p>"
    inner = f"<div>{prose}</div><div>{table(rows)}</div>{''.join(map(_p, SIGNATURE))}"
    return page(inner).encode()


def no_cells_at_all(rows: Rows) -> bytes:
    cells = "".join(f"<p>{w}</p>" for row in rows for w in row if w)
    return page(body(rows, cells)).encode()


def words_in_a_pre(rows: Rows) -> bytes:
    return f"<html><body><pre>{escape(text(rows).decode())}</pre></body></html>".encode()


def an_open_link_around_all(rows: Rows) -> bytes:
    return page(f'<a href="#top">{body(rows)}').encode()


PAGES = (
    plain, lies_about_its_encoding, a_run_for_every_character, frames_in_frames, one_frame_around_all, never_closed,
    labels_broken_by_line_ends, values_under_other_spans, shown_by_a_script, table_beside_the_text, no_cells_at_all,
    words_in_a_pre, an_open_link_around_all,
)  # fmt: skip

# Files of word processors

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(members: dict[str, str | bytes]) -> bytes:
    """A zip archive of these members."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def run(words: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p><w:pPr><w:jc w:val='left'/></w:pPr>{''.join(runs)}</w:p>"


def word_cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr><w:tcW w:w='1'/>{properties}</w:tcPr>{paragraph(run(words))}</w:tc>"


def word_table(lines: Sequence[str]) -> str:
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


_OPC = "http://schemas.openxmlformats.org/package/2006"
_MADE_OF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# What a word processor needs besides the text itself to open the file.
_PACKAGE: dict[str, str | bytes] = {
    "[Content_Types].xml": f"<Types xmlns='{_OPC}/content-types'>"
    "<Default Extension='xml' ContentType='application/xml'/>"
    "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    f"<Override PartName='/word/document.xml' ContentType='{_WORD_PART}.document.main+xml'/>"
    f"<Override PartName='/word/footer1.xml' ContentType='{_WORD_PART}.footer+xml'/></Types>",
    "_rels/.rels": f"<Relationships xmlns='{_OPC}/relationships'>"
    f"<Relationship Id='r1' Type='{_MADE_OF}/officeDocument' Target='word/document.xml'/></Relationships>",
    "word/_rels/document.xml.rels": f"<Relationships xmlns='{_OPC}/relationships'>"
    f"<Relationship Id='f1' Type='{_MADE_OF}/footer' Target='footer1.xml'/></Relationships>",
}


def word_file(inner: str, others: dict[str, str | bytes] | None = None) -> bytes:
    document = f"<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='{_W}'><w:body>{inner}</w:body></w:document>"
    return packed({**_PACKAGE, "word/document.xml": document, **(others or {})})


def docx(rows: Rows) -> bytes:
    lines = ["".join(word_cell(words) for words in row) for row in rows]
    prose = "".join(paragraph(run(words[:4]), run(words[4:])) for words in (TITLE, *PROSE, TABLE_TITLE))
    ends = "".join(paragraph(run(words)) for words in SIGNATURE)
    footer = f"<w:ftr xmlns:w='{_W}'>{paragraph(run('— 3 —'))}</w:ftr>"
    return word_file(prose + word_table(lines) + ends + "<w:sectPr/>", {"word/footer1.xml": footer})


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f"xmlns:{short}='{_ODF}:{name}:1.0'"
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
    )
)
OPEN_TEXT = "application/vnd.oasis.opendocument.text"


def open_cell(words: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{escape(words)}</text:p></table:table-cell>"


def open_table(lines: Sequence[str]) -> str:
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return f"<table:table><table:table-column table:number-columns-repeated='3'/>{rows}</table:table>"


def open_file(inner: str, styles: str = "") -> bytes:
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {_SPACES}><office:body><office:text>"
        f"{inner}</office:text></office:body></office:document-content>"
    )
    members: dict[str, str | bytes] = {"mimetype": OPEN_TEXT, "content.xml": content}
    if styles:
        members["styles.xml"] = f"<office:document-styles {_SPACES}>{styles}</office:document-styles>"
    return packed(members)


def odt(rows: Rows) -> bytes:
    lines = ["".join(open_cell(words) for words in row) for row in rows]
    prose = "".join(f"<text:p>{escape(w[:3])}<text:span>{escape(w[3:])}</text:span></text:p>" for w in PROSE)
    ends = "".join(f"<text:p>{escape(words)}</text:p>" for words in SIGNATURE)
    return open_file(f"<text:h>{TITLE}</text:h>{prose}<text:p>{TABLE_TITLE}</text:p>{open_table(lines)}{ends}")
