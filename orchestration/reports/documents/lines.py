"""The lines of a text and what they look like: a figure, a dash, a short word, a label, a sentence, or noise.

Only shapes are judged here, never meanings: no label or header of any form is known to this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from orchestration.reports.documents.model import Span

Shape = Literal["blank", "dash", "number", "short", "label", "prose"]

# A label of a form fills a few lines at most; what is longer is a sentence.
LONGEST_LABEL = 90
# 条, 万元, 人次, 统计数: what stands in a unit column or a narrow header.
_LONGEST_SHORT = 3

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_DASH = re.compile(r"[-—_/\\]+|一")
_NUMBER = re.compile(
    rf"(?:约|近|[¥￥+-]|增加?|减少?)?(?!(?:19|20)\d{{6}})\d[\d,，]{{0,11}}(?:\.\d+)?[余多%]?\(?(?![年月日号届])[{_HAN}]{{0,3}}\)?|零"
)
_DIGITS_APART = re.compile(r"\d[\d\s.,]{1,7}")
_SHORT = re.compile(rf"[{_HAN}]{{1,{_LONGEST_SHORT}}}")
_HAS_HAN = re.compile(f"[{_HAN}]")
_BREAKS = re.compile(r"[^\n\x0b\x0c\u2028]*(?:[\n\x0b\x0c\u2028]|\Z)")

ORDINAL = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.章节,:]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}(?:[、)]|\.(?!\d)))"
)

_PAGE_MARK = re.compile(
    r"PAGE\b[\s*\\A-Z]*\d*|[-—·~]+\s*\d{1,3}\s*[-—·~]+|第\s*\d+\s*页.{0,8}|共\s*\d+\s*页.{0,8}"
    r"|[-—·~]?\s*\d{1,3}\s*/\s*\d{1,3}\s*[-—·~]?"
)
_LONE_NUMBER = re.compile(r"\d{1,3}")
_CHROME = re.compile(
    r"您?当前的?位置|您现在的位置|您的位置|您所在的位置|所在位置|附件下载|下载附件|相关附件|扫一扫|扫描二维码|分享(?:到|至|:|$)|打印|关闭"
    r"|[【\[](?:打印|关闭|字[体号]|[大中小]|纠错|我要)|字[体号]|大中小|浏览次数|浏览量|阅读次数|点击数|点击率|访问次数|点击量|首页|网站首页|返回|回到顶部|上一[篇条]|下一[篇条]"
    r"|相关(?:解读|链接|文[档件章]|新闻|阅读|信息)|(?:文字|图片|视频|访谈|图文|政策|专家)解读$|媒体报道$|责任编辑|版权所有|主办单位?[:|]|承办单位?[:|]"
    r"|网站地图|联系我们|设为首页|加入收藏|无障碍|网站标识码|.{0,4}ICP备|.{0,6}公网安备|技术支持|我要纠错|(?:登录|注册)$"
)
_DATE = re.compile(r"(?:19|20)\d\d\D{0,2}\d{1,2}\D\d{1,2}")
_NUMERALS = "一二三四五六七八九十〇○零"
_MONTH = rf"(?:\d{{1,2}}|[{_NUMERALS}]{{1,3}})"
# A day or a month in full or without some of its marks.
DAY = re.compile(rf"(?:(?:19|20)\d\d|[{_NUMERALS}]{{4}})(?:年?{_MONTH}月(?:{_MONTH}日?)?|年{_MONTH}|年?\d{{2,4}}日)$")


@dataclass(slots=True)
class Line:
    """One line: its range in the text with the break left out, its stripped folded words and their shape.

    `known`: it stands for all lines of something that needs no looking at.
    """

    start: int
    end: int
    words: str
    shape: Shape
    tabs: int
    pipes: int
    lead: int
    noise: bool = False
    known: bool = False

    @property
    def indented(self) -> bool:
        """Led by more white space than a stray blank."""
        return self.lead >= 2

    @property
    def blank(self) -> bool:
        """Nothing on it, not even a mark between cells."""
        return not self.words and not self.tabs


def shape_of(words: str) -> Shape:
    """What the stripped folded words of a line or a cell look like."""
    plain = "".join(words.split())
    if not plain:
        return "blank"
    if _DASH.fullmatch(plain):
        return "dash"
    if _NUMBER.fullmatch(plain) or (words != plain and _DIGITS_APART.fullmatch(words)):
        return "number"
    if _SHORT.fullmatch(plain):
        return "short"
    # A month heads columns; a day signs.
    if (
        len(plain) > LONGEST_LABEL
        or "。" in plain[:-1]
        or (DAY.match(plain) and plain[-1] != "月")
        or not _HAS_HAN.search(plain)
    ):
        return "prose"
    return "label"


def split_lines(folded: str, known: Sequence[Span] = ()) -> list[Line]:
    """Every line of a folded text in order; form feeds and line separators break lines too.

    The lines that a `known` span fills, in order, are one line, whatever they look like: they are not looked at.
    """
    lines: list[Line] = []
    at = 0
    for span in known:
        lines.extend(_lines(folded, at, span.start))
        if span.start <= span.end:
            lines.append(Line(span.start, span.end, folded[span.start : span.end], "label", 0, 0, 0, known=True))
        at = span.end + 1
    lines.extend(_lines(folded, at, len(folded)))
    _mark_noise(line for line in lines if not line.known)
    return lines


def _lines(folded: str, at: int, past: int) -> Iterator[Line]:
    """The lines from one offset to another."""
    for hit in _BREAKS.finditer(folded, at, past):
        start, end = hit.span()
        if start == end:
            return
        body = folded[start:end].rstrip("\n\x0b\x0c\u2028")
        words = body.strip()
        lead = len(body) - len(body.lstrip()) if words else 0
        pipes = words.count("|")
        shape = shape_of(words.strip("|").strip() if pipes else words)
        yield Line(start, start + len(body), words, shape, body.count("\t"), pipes, lead)


def _mark_noise(lines: Iterable[Line]) -> None:
    """Page footers, the number after one, and site chrome; a line that states a date is kept whatever else is on it."""
    after_mark = False
    for line in lines:
        if not line.words:
            continue
        if _PAGE_MARK.fullmatch(line.words) or (after_mark and _LONE_NUMBER.fullmatch(line.words)):
            line.noise = True
            # A field that shows its number is not followed by another.
            after_mark = line.words.startswith("PAGE") and not line.words[-1].isdigit()
            continue
        after_mark = False
        compacted = "".join(line.words.split())
        line.noise = (
            len(compacted) <= 60
            and "。" not in compacted
            and _CHROME.match(compacted) is not None
            and _DATE.search(compacted) is None
        )


def is_page_number(lines: list[Line], index: int) -> bool:
    """A number alone between blank lines: a page number, where no table stands around it."""
    if not _LONE_NUMBER.fullmatch(lines[index].words):
        return False
    before = index == 0 or lines[index - 1].blank or lines[index - 1].noise
    after = index + 1 >= len(lines) or lines[index + 1].blank or lines[index + 1].noise
    return before and after
