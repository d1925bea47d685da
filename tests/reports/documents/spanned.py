"""Tables with merged cells, as a web page, a DOCX and an ODT print them; and the three tables of the form of 2021."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from tests.reports.documents.report import open_cell, open_table, word_cell, word_table


class Merged(NamedTuple):
    """A cell with its words, and how many rows and columns it reaches over."""

    words: str
    rows: int = 1
    columns: int = 1


Spanned = Sequence[Sequence[Merged]]


def web_table(lines: Spanned) -> str:
    def spans(cell: Merged) -> str:
        rows = f" rowspan={cell.rows}" if cell.rows > 1 else ""
        return rows + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")

    return (
        "<table>"
        + "".join(
            "<tr>" + "".join(f"<td{spans(c)}><p>{escape(c.words) or '&nbsp;'}</p></td>" for c in line) + "</tr>"
            for line in lines
        )
        + "</table>"
    )


def _grid(lines: Spanned) -> list[list[tuple[Merged, bool]]]:
    """For each row its cells from the left, with those that reach down from above (True) where they lie."""
    reaching: dict[int, tuple[Merged, int]] = {}
    rows = []
    for line in lines:
        waiting = list(line)
        row: list[tuple[Merged, bool]] = []
        column = 0
        while waiting or any(left and at >= column for at, (_, left) in reaching.items()):
            above, left = reaching.get(column, (None, 0))
            if above is not None and left:
                row.append((above, True))
                reaching[column] = (above, left - 1)
                column += above.columns
                continue
            if not waiting:
                break
            cell = waiting.pop(0)
            row.append((cell, False))
            reaching[column] = (cell, cell.rows - 1)
            column += cell.columns
        rows.append(row)
    return rows


def word_lines(lines: Spanned) -> str:
    def one(cell: Merged, goes_on: bool) -> str:
        span = f"<w:gridSpan w:val='{cell.columns}'/>" if cell.columns > 1 else ""
        merge = "<w:vMerge/>" if goes_on else "<w:vMerge w:val='restart'/>" if cell.rows > 1 else ""
        return word_cell("" if goes_on else cell.words, span + merge)

    return word_table(["".join(one(cell, goes_on) for cell, goes_on in row) for row in _grid(lines)])


def open_lines(lines: Spanned) -> str:
    def one(cell: Merged, goes_on: bool) -> str:
        covered = "<table:covered-table-cell/>"
        if goes_on:
            return covered * cell.columns
        spans = f"table:number-rows-spanned='{cell.rows}' table:number-columns-spanned='{cell.columns}'"
        return open_cell(cell.words, spans) + covered * (cell.columns - 1)

    return open_table(["".join(one(cell, goes_on) for cell, goes_on in row) for row in _grid(lines)])


_OUTCOMES = (
    ("（三）不予公开", ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
                  "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项")),
    ("（四）无法提供", ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")),
    ("（五）不予处理", ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
                  "5.要求行政机关确认或重新出具已获取信息")),
    ("（六）其他处理", ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                  "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他")),
)  # fmt: skip


def _figures(seed: int) -> list[Merged]:
    """Six figures and their sum; one in five is left blank."""
    values = [(seed * 7 + column * 3) % 5 for column in range(6)]
    return [*(Merged(str(v) if v != 4 else "") for v in values), Merged(str(sum(v for v in values if v != 4)))]


def disclosures() -> list[list[Merged]]:
    lines = [[Merged("第二十条第（一）项", columns=4)]]
    lines.append([Merged(w) for w in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")])
    lines.append([Merged(w) for w in ("规章", "0", "0", "0")])
    lines.append([Merged(w) for w in ("行政规范性文件", "3", "1", "12")])
    for item, names, head in (
        ("五", ("行政许可",), "本年处理决定数量"),
        ("六", ("行政处罚", "行政强制"), "本年处理决定数量"),
        ("八", ("行政事业性收费",), "本年收费金额（单位：万元）"),
    ):
        lines.append([Merged(f"第二十条第（{item}）项", columns=4)])
        lines.append([Merged("信息内容"), Merged(head, columns=3)])
        lines.extend([Merged(name), Merged(str(len(name) * 5), columns=3)] for name in names)
    return lines


def applications() -> list[list[Merged]]:
    corner = Merged("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3)
    lines = [[corner, Merged("申请人情况", columns=7)]]
    lines.append([Merged("自然人", 2), Merged("法人或其他组织", columns=5), Merged("总计", 2)])
    lines.append([Merged(w) for w in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")])
    lines.append([Merged("一、本年新收政府信息公开申请数量", columns=3), *_figures(1)])
    lines.append([Merged("二、上年结转政府信息公开申请数量", columns=3), *_figures(2)])
    inner: list[list[Merged]] = [[Merged("（一）予以公开", columns=2), *_figures(3)]]
    inner.append([Merged("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", columns=2), *_figures(4)])
    for group, labels in _OUTCOMES:
        rows = [[Merged(label), *_figures(len(inner) + i)] for i, label in enumerate(labels)]
        rows[0].insert(0, Merged(group, len(labels)))
        inner.extend(rows)
    inner.append([Merged("（七）总计", columns=2), *_figures(6)])
    inner[0].insert(0, Merged("三、本年度办理结果", len(inner)))
    return [*lines, *inner, [Merged("四、结转下年度继续办理", columns=3), *_figures(7)]]


def disputes() -> list[list[Merged]]:
    parts = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    lines = [[Merged("行政复议", columns=5), Merged("行政诉讼", columns=10)]]
    lines.append(
        [*(Merged(part, 2) for part in parts), *(Merged(w, columns=5) for w in ("未经复议直接起诉", "复议后起诉"))]
    )
    lines.append([Merged(part) for part in parts * 2])
    lines.append([Merged(str(i % 4)) for i in range(15)])
    return lines
