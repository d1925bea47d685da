"""A specimen as a web page of a government site: index header, navigation, layout table, spans, font runs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby, pairwise

from orchestration.specimens.chance import Chance
from orchestration.specimens.marks import without
from orchestration.specimens.model import Draft
from orchestration.specimens.pages import Cell, Line, Piece, Sheet

_STYLES = {
    "title": 'style="text-align: center; font-size: 22pt"',
    "number": 'style="text-align: center"',
    "heading": 'style="text-indent: 2em; font-weight: bold"',
    "body": 'style="text-indent: 2em; line-height: 2"',
    "caption": 'align="center"',
    "signature": 'style="text-align: right"',
}


class WebPage:
    """Prints pieces as the bytes of one page."""

    def __init__(self, draft: Draft, chance: Chance) -> None:
        self._draft = draft
        self._chance = chance
        self._runs = chance.fork("runs").weighed({"plain": 0.5, "digits": 0.3, "signs": 0.2})
        self._upper = chance.fork("upper").happens(0.15)
        # Pages of several ages: paragraphs, blocks, or lines apart by breaks within one paragraph.
        self._lines = chance.fork("lines").weighed({"p": 0.6, "div": 0.2, "br": 0.2})
        self._bare = chance.fork("bare cells").happens(0.3)

    def content(self, pieces: Sequence[Piece]) -> bytes:
        """The page in UTF-8, or in gb18030 under a tag that says otherwise."""
        chance = self._chance.fork("encoding")
        encoding = "utf-8" if chance.happens(0.7) else "gb18030"
        told = chance.pick(("utf-8", "utf-8", "gb2312"))
        body = self._body(pieces)
        if self._chance.fork("frame").happens(0.4):
            body = f'<table width="980" border="0" cellpadding="0"><tr><td class="content">\n{body}\n</td></tr></table>'
        title = f"{escape(self._draft.title)}_{escape(self._site())}"
        page = (
            '<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv="Content-Type" '
            f'content="text/html; charset={told}">\n<title>{title}</title>\n'
            "<style>td { border: 1px solid #000 }</style>\n<script>var page = {hits: 0};</script>\n</head>\n<body>\n"
            f'{self._top()}\n<div class="article" id="zoom">\n{body}\n</div>\n{self._bottom()}\n</body>\n</html>\n'
        )
        return page.encode(encoding)

    def _site(self) -> str:
        return f"{self._draft.agency.superior.removesuffix('人民政府')}人民政府门户网站"

    def _body(self, pieces: Sequence[Piece]) -> str:
        if self._lines != "br":
            return "\n".join(self._piece(piece) for piece in pieces)
        parts: list[str] = []
        for sheet, together in groupby(pieces, lambda piece: isinstance(piece, Sheet)):
            if sheet:
                parts += map(self._piece, together)
            else:
                lines = [self._words(piece) for piece in together if isinstance(piece, Line)]
                parts.append(f'<p style="line-height: 2">{"<br>".join(lines)}</p>')
        return "\n".join(parts)

    def _piece(self, piece: Piece) -> str:
        if isinstance(piece, Sheet):
            return self._sheet(piece)
        tag = "h1" if piece.role == "title" and self._lines == "p" else self._lines
        words = self._words(piece)
        if piece.role == "heading" and self._lines == "div":
            words = f"<strong>{words}</strong>"
        return f"<{tag} {_STYLES[piece.role]}>{words}</{tag}>"

    def _words(self, line: Line) -> str:
        words = without(line.words)
        if line.role == "body" and self._chance.fork("blanks").happens(0.3):
            return "&emsp;&emsp;" + self._run(words)
        return self._run(words)

    def _run(self, words: str) -> str:
        """The words in font runs, as word processors leave them in a page."""
        if self._runs == "plain":
            return escape(words)
        cut = [words[0]] if words else []
        for before, sign in pairwise(words):
            same = self._runs == "digits" and before.isascii() == sign.isascii()
            if same:
                cut[-1] += sign
            else:
                cut.append(sign)
        fonts = ('<span style="font-family: 仿宋">', '<span style="font-family: Times New Roman" lang="EN-US">')
        return "".join(f"{fonts[part.isascii()]}{escape(part)}</span>" for part in cut)

    def _sheet(self, sheet: Sheet) -> str:
        rows = ["<tr>" + "".join(map(self._cell, row)) + "</tr>" for row in sheet.rows]
        if self._upper:
            rows = [row.replace("<tr>", "<TR>").replace("</tr>", "") for row in rows]
        body = "\n".join(rows)
        return f'<table border="1" cellspacing="0" align="center"><tbody>\n{body}\n</tbody></table>'

    def _cell(self, cell: Cell) -> str:
        if cell.goes_on:
            return ""
        spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        lines = [without(words) for words in cell.lines]
        if cell.upright:
            words = "<br>".join(escape(sign) for line in lines for sign in line)
        else:
            words = "<br>".join(self._run(line) for line in lines)
        if self._bare:
            return f"<td{spans}>{words}</td>"
        return f"<td{spans}><p align=center>{words or '&nbsp;'}</p></td>"

    def _top(self) -> str:
        chance = self._chance.fork("top")
        draft = self._draft
        menu = "".join(f'<li><a href="/{n}/">{n}</a></li>' for n in ("首页", "政务公开", "办事服务", "互动交流"))
        parts = [f'<div class="top"><ul>{menu}</ul></div>']
        parts.append('<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/x/">政府信息公开年报</a></div>')
        if chance.happens(0.5):
            parts.append(self._index(chance))
        elif draft.published_on:
            parts.append(f'<div class="info">发布时间：{draft.published_on:%Y-%m-%d} 来源：{draft.agency.name}</div>')
        return "\n".join(parts)

    def _index(self, chance: Chance) -> str:
        """The index header of the law's catalogue: number, publisher, day, document number."""
        draft = self._draft
        day = f"{draft.published_on:%Y-%m-%d}" if draft.published_on else ""
        pairs = [
            ("索引号", f"{chance.whole(10000000, 99999999)}/{draft.year + 1}-{chance.whole(100, 99999):05}"),
            ("信息分类", "政府信息公开年报"),
            ("发布机构", draft.agency.name),
            ("发布日期", day),
            ("文号", "" if draft.lost_signs else draft.document_number or "无"),
            ("名称", draft.title),
        ]
        cells = [f"<td><b>{name}：</b></td><td>{escape(value)}</td>" for name, value in pairs]
        rows = "".join(f"<tr>{a}{b}</tr>" for a, b in zip(cells[::2], cells[1::2], strict=True))
        return f'<table class="index" width="100%">{rows}</table>'

    def _bottom(self) -> str:
        chance = self._chance.fork("bottom")
        parts = []
        if chance.happens(0.4):
            before = f"{self._draft.agency.short}{self._draft.year - 1}年政府信息公开工作年度报告"
            parts.append(f'<div class="more">上一篇：<a href="1.html">{before}</a></div>')
        parts.append('<div class="tools"><a href="#">【打印】</a> <a href="#">【关闭】</a></div>')
        parts.append(f'<div class="foot">主办：{self._site().removesuffix("门户网站")} 版权所有</div>')
        return "\n".join(parts)
