"""A specimen as plain text: as a person types it, as a word processor exports it, as the text of a web page."""

from __future__ import annotations

from orchestration.specimens.chance import Chance
from orchestration.specimens.dates import chinese_day
from orchestration.specimens.marks import Marks
from orchestration.specimens.model import Draft, Form, Grid
from orchestration.specimens.phrases import Filler
from orchestration.specimens.printing import Cells, box_words, brackets, half, table_rows, wrapped

_NUMERALS = "一二三四五六七八九十"
_LABEL_WIDTH = 44


class TextPrinter:
    """Prints one report as text with its marks still in it; `cells` and the filler's claims tell what they mark."""

    def __init__(self, draft: Draft, filler: Filler, marks: Marks, chance: Chance) -> None:
        self._draft = draft
        self._look = draft.look
        self._filler = filler
        self._marks = marks
        self._chance = chance
        self.cells: Cells = {}

    def text(self) -> str:
        """The whole document, ending in a line feed."""
        body = [*self._head(), *self._prose()]
        table = self._table() if self._draft.form else []
        signature = self._signature()
        body += [*table, *signature] if self._look.table_first else [*signature, *table]
        lines = [*self._top(), *body, *self._bottom()]
        return "\n".join(lines).rstrip("\n") + "\n"

    def table_text(self) -> str:
        """A document that holds the table alone; the report must have one."""
        return "\n".join(self._table()).strip("\n") + "\n"

    def _paragraph(self, text: str, indented: bool = True) -> list[str]:
        text = half(text) if self._look.half_width else text
        text = (self._look.indent if indented else "") + text
        lines = wrapped(text, self._draft.wrap) if self._draft.wrap else [text]
        return [*lines, ""] if self._look.gaps else lines

    def _head(self) -> list[str]:
        draft = self._draft
        title = draft.title
        lines = [title]
        if self._look.origin == "word" and len(title) > 18 and self._chance.fork("title").happens(0.4):
            cut = title.rfind("年度报告")
            if cut > 0 and title.endswith("报告"):
                lines = [title[:cut], title[cut:]]
        if self._look.half_width:
            lines = [half(line) for line in lines]
        if draft.document_number and self._look.origin != "web":
            lines.insert(0 if self._look.origin == "typed" else len(lines), self._number())
        return [*lines, ""]

    def _number(self) -> str:
        number = self._draft.document_number or ""
        if self._draft.lost_signs:
            return (
                number.replace("〕", "") if self._chance.fork("number").happens(0.5) else number[:-1].replace("〕", "")
            )
        return number

    def _prose(self) -> list[str]:
        lines: list[str] = []
        ordinal = 0
        for passage in self._draft.passages:
            if passage.heading:
                heading = passage.heading
                if passage.key != "opening":
                    heading = f"{_NUMERALS[ordinal]}、{heading}"
                    ordinal += 1
                lines += self._paragraph(heading)
            paragraphs = passage.paragraphs
            numbered = len(paragraphs) > 1 and self._chance.fork("numbered", passage.key).happens(0.3)
            for at, paragraph in enumerate(paragraphs):
                text = "".join(self._filler.fill(sentence) for sentence in paragraph)
                lines += self._paragraph((f"（{_NUMERALS[at]}）" if numbered else "") + text)
            for grid in passage.grids:
                lines += [*self._grid(grid), ""]
        return lines

    def _signature(self) -> list[str]:
        draft = self._draft
        if draft.signed_on is None:
            return []
        if draft.lost_signs:
            day = draft.printed_day(draft.signed_on)
        elif self._look.chinese_date:
            day = chinese_day(draft.signed_on)
        else:
            day = draft.printed_day(draft.signed_on)
        pad = self._chance.fork("pad").pick(("", "                              ", "　　　　　　　　　　　　　　　"))
        return ["", pad + draft.signature, *([""] if self._look.gaps else []), pad + day, ""]

    def _table(self) -> list[str]:
        form = self._draft.form
        assert form is not None
        lines = ["", form.title]
        if form.period:
            first = form.period.first
            start = f"{self._draft.printed_day(first)}至" if first else "截至"
            lines.append(f"（{start}{self._draft.printed_day(form.period.last)}）")
        if form.filler and self._look.table in ("led", "tabs", "spaces"):
            lines.append(form.filler)
        if self._look.half_brackets:
            lines = [brackets(line) for line in lines]
        if self._look.gaps:
            lines = [out for line in lines for out in (line, "")]
        return lines + _TABLES[self._look.table](self, form)

    def _grid(self, grid: Grid) -> list[str]:
        """A table with merged cells, whose spans a text does not show."""
        rows = [[box_words(box, self._look, self._marks, self.cells) for box in line] for line in grid.lines]
        between = [""] if self._look.gaps else []
        match self._look.table:
            case "tabs":
                return ["\t".join(row) for row in rows]
            case "spaces":
                return ["    ".join(row) for row in rows]
            case "led":
                return [line for row in rows for line in [*(f"\t{words}" for words in row), ""]]
            case "cells":
                return [line for row in rows for words in row for line in [self._look.indent + words, *between]]
        return [" | ".join(row) + " |" for row in rows]

    def tabs(self, form: Form) -> list[str]:
        """One row a line, cells apart by tabs."""
        lines = ["\t".join(form.heads)]
        for labels, units, values in table_rows(form, self._look, self._marks, self.cells):
            lines.append("\t".join(["".join(labels), *units, *values]))
        return lines

    def spaces(self, form: Form) -> list[str]:
        """One row a line, cells apart by blanks, as a person lines them up."""
        lines = [f"{form.heads[0]:<{_LABEL_WIDTH}}" + "      ".join(form.heads[1:])]
        for labels, units, values in table_rows(form, self._look, self._marks, self.cells):
            label = "".join(labels)
            pad = " " * max(4, _LABEL_WIDTH - 2 * len(label))
            lines.append((label + pad + "      ".join([*units, *values])).rstrip())
        return lines

    def pipes(self, form: Form) -> list[str]:
        """One row a line, cells between pipes."""
        outer = self._chance.fork("pipes").happens(0.6)
        rows = [form.heads, *([["---"] * len(form.heads)] if outer else [])]
        for labels, units, values in table_rows(form, self._look, self._marks, self.cells):
            rows.append(["".join(labels), *units, *values])
        return [f"| {' | '.join(row)} |" if outer else " | ".join(row) for row in rows]

    def led(self, form: Form) -> list[str]:
        """One cell a line, each led by a tab; a blank line after every row."""
        lines = [f"\t{head}" for head in form.heads] + [""]
        rows = table_rows(form, self._look, self._marks, self.cells)
        for row, (labels, units, values) in zip(form.rows, rows, strict=True):
            depth = "　　" * row.depth
            lines += [f"\t{depth}{labels[0]}", *labels[1:], *(f"\t{cell}" for cell in (*units, *values)), ""]
        return lines

    def cells_alone(self, form: Form) -> list[str]:
        """One cell a line with nothing to show where a row ends."""
        lines: list[str] = []
        between = [""] if self._look.gaps else []
        cells: list[str] = list(form.heads)
        for labels, units, values in table_rows(form, self._look, self._marks, self.cells):
            cells += ["".join(labels), *(units if form.has_units else units[:-1]), *values]
        for cell in cells:
            lines += [self._look.indent + cell, *between]
        return lines

    def _top(self) -> list[str]:
        draft, chance = self._draft, self._chance.fork("top")
        if self._look.origin != "web":
            return []
        place = draft.agency.superior.removesuffix("人民政府")
        lines = []
        if chance.happens(0.7):
            lines += [f"{place}人民政府门户网站", "首页  政务公开  办事服务  互动交流"]
        if chance.happens(0.6):
            lines.append("当前位置：首页 > 政府信息公开 > 政府信息公开年报")
        lines += ["", draft.title]
        if draft.published_on:
            lines.append(self._published(chance))
        if draft.document_number and chance.happens(0.6):
            lines.append(f"文号：{self._number()}")
        elif draft.document_number:
            lines += ["", self._number()]
        return [*lines, ""]

    def _published(self, chance: Chance) -> str:
        day = self._draft.published_on
        assert day is not None
        label = chance.pick(("发布时间", "发布日期", "发布时间", "时间"))
        form = chance.pick((f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d} {chance.whole(8, 17):02}:{chance.whole(0, 59):02}"))
        rest = chance.pick(
            (
                "",
                f"  来源：{self._draft.agency.name}",
                f"  来源：{self._draft.agency.name}  浏览次数：{chance.whole(12, 2600)}",
                "  字体：[大 中 小]",
            )
        )
        return f"{label}：{form}{rest}"

    def _bottom(self) -> list[str]:
        chance = self._chance.fork("bottom")
        if self._look.origin == "word":
            return ["PAGE", str(chance.whole(1, 6))] if chance.happens(0.5) else []
        if self._look.origin == "typed" or not chance.happens(0.7):
            return []
        lines = ["", "附件下载", "扫一扫在手机上查看本页"]
        if chance.happens(0.4):
            lines.append(f"上一篇：{self._draft.agency.short}{self._draft.year - 1}年政府信息公开工作年度报告")
        return [*lines, "【打印】 【关闭】"]


_TABLES = {
    "tabs": TextPrinter.tabs,
    "spaces": TextPrinter.spaces,
    "pipes": TextPrinter.pipes,
    "led": TextPrinter.led,
    "cells": TextPrinter.cells_alone,
}
