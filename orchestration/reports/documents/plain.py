"""A plain text as paragraphs, tables and noise, in reading order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from orchestration.reports.documents.grids import as_table, find_grids
from orchestration.reports.documents.lines import ORDINAL, Line, is_page_number, split_lines
from orchestration.reports.documents.model import Block, Paragraph, Role, Span, Table
from orchestration.reports.documents.text import fold

_LONGEST_HEADING = 45
# A shorter line is a heading, a name or a date: nothing goes on after it.
_SHORTEST_BROKEN_LINE = 18
_SENTENCE_END = "。;!?:…"
# A text of short lines was wrapped; in one of long lines a line without a full stop was cut only where most have one.
_LONGEST_WRAPPED_LINE = 80
_LEAST_ENDED = 0.6
# A text cut to one width fills nearly all of it in most lines that go on.
_NEARLY_FULL = 0.85
_MOSTLY_FULL = 0.8
_FEWEST_CUT = 2
_FEWEST_OPEN = 5
_TITLE_END = re.compile(r"(?:报告|年报|统计表|附表|目录|通知|公告)(?:\([^()]*\))?$")
_TITLE_REST = re.compile(r"(?:政府)?(?:信息)?(?:公开)?(?:工作)?(?:年度)?(?:工作)?报告(?:\([^()]{1,8}\))?")
_TITLE_BEGUN = re.compile(r"(?:公开|工作|年度|情况|办事处|政府)$")
_NEW_THOUGHT = re.compile(r"[一二三四五六七八九十]+(?:是|、)|其[一二三四五]|首先|\d{1,2}、")
_COUNT = re.compile(r"\d[\d,.]*")
# A unit on a line of its own, or at the beginning of one that goes on with the sentence.
_COUNTED = re.compile(r"(?:条次|[条件份篇项次个起人名宗场期]|万?元|%)(?:$|[,;。、:)])")
_FIGURE = re.compile(r"\d+(?![\d年])")
# A line that states what did not happen, or two things one after the other, is a sentence, ordinal or not.
_COUNTED_THINGS = re.compile(r"\d[条件份篇项次个起人宗期]")
_STATEMENT = re.compile(
    r"没有[^,]*(?:发生|收到|接到|收取|出现|提起|提出|申请|行政)|未(?:发生|收到|接到|收取|出现|受理)|\d年度?,[^,]*(?:我|本|没有|未)|[;%]"
)


def read_text(text: str) -> tuple[str, tuple[Block, ...]]:
    """The folded text (of the same length) and its blocks."""
    folded = fold(text)
    lines = split_lines(folded)
    return folded, tuple(_blocks(lines, _found(folded, lines, 0, len(lines))))


def read_around(folded: str, tables: Sequence[Table], noise: Sequence[Span] = ()) -> tuple[Block, ...]:
    """The blocks of a text whose tables are known and fill whole lines; lines that begin with a span of `noise` are
    no prose. Where none of the tables holds a figure, those that the lines show are found as in any text.
    """
    lines = split_lines(folded, [table.span for table in tables])
    starts = [line.start for line in lines]
    silent = {span.start for span in noise}
    for line in lines:
        line.noise = line.noise or line.start in silent
    known = [
        _Found(bisect_right(starts, table.span.start) - 1, bisect_right(starts, table.span.end), table)
        for table in tables
    ]
    if not any(cell.text[:1].isdigit() for table in tables for row in table.rows for cell in row):
        edges = [0, *(edge for found in known for edge in (found.first_line, found.past_line)), len(lines)]
        for first, past in zip(edges[::2], edges[1::2], strict=True):
            known.extend(_found(folded, lines, first, past))
    return tuple(_blocks(lines, sorted(known, key=lambda found: found.first_line)))


@dataclass(frozen=True, slots=True)
class _Found:
    """A table and the lines that it fills."""

    first_line: int
    past_line: int
    table: Table


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text is set: whether line ends cut sentences, the width it was cut to behind indented first lines, and
    how many characters a line has at least that was cut for its length.
    """

    cuts: bool
    width: tuple[float, float] | None
    full: float


def _found(folded: str, lines: list[Line], first: int, past: int) -> list[_Found]:
    """The tables that some of the lines show by themselves."""
    grids = find_grids(folded, lines[first:past])
    return [_Found(first + grid.first_line, first + grid.past_line, as_table(folded, grid, 0)) for grid in grids]


def _blocks(lines: list[Line], tables: list[_Found]) -> Iterator[Block]:
    in_tables = {i for found in tables for i in range(found.first_line, found.past_line)}
    told = [line for i, line in enumerate(lines) if i not in in_tables]
    setting = _Setting(_cuts_sentences(told), _width(told), _full(told))
    at = 0
    for number, found in enumerate(tables, 1):
        yield from _paragraphs(lines, at, found.first_line, setting)
        yield replace(found.table, number=number)
        at = found.past_line
    yield from _paragraphs(lines, at, len(lines), setting)


def _cuts_sentences(lines: list[Line]) -> bool:
    """Whether a line without a full stop goes on in the next, rather than having lost its stop."""
    shown = [line for line in lines if line.words and not line.noise]
    prose = [
        i for i, line in enumerate(shown) if len(line.words) >= _SHORTEST_BROKEN_LINE and not is_heading(line.words)
    ]
    if all(len(shown[i].words) <= _LONGEST_WRAPPED_LINE for i in prose):
        return True
    open_ended = [i for i in prose if shown[i].words[-1] not in _SENTENCE_END and i + 1 < len(shown)]
    # What begins anew after a line without a full stop shows that its stop was lost.
    lost = sum(1 for i in open_ended if _begins_anew(shown[i + 1]))
    return lost * 2 <= len(open_ended) <= (1 - _LEAST_ENDED) * len(prose)


def _width(lines: list[Line]) -> tuple[float, float] | None:
    """The width in characters and in full-width characters of a text that cuts all paragraphs to one length, told by
    the indented first lines or by how most full lines end; None for any other.
    """
    shown = [line for line in lines if line.words and not line.noise]
    if not shown or max(len(line.words) for line in shown) > _LONGEST_WRAPPED_LINE:
        return None
    pairs = [(a, b) for a, b in pairwise(lines) if a.words and b.words and not (a.noise or b.noise or b.indented)]
    if sum(1 for a, _ in pairs if a.indented) < _FEWEST_CUT:
        width = _longest(shown)
        full = [line for line in shown if _fills(line, width)]
        cut = sum(1 for line in full if line.words[-1] not in _SENTENCE_END)
        return width if cut >= _FEWEST_OPEN and cut >= _MOSTLY_FULL * len(full) else None
    width = _longest([a for a, _ in pairs])
    full = [a for a, _ in pairs if _fills(a, width)]
    return width if len(full) >= _MOSTLY_FULL * len(pairs) else None


def _longest(lines: list[Line]) -> tuple[float, float]:
    sizes = [_size(line) for line in lines]
    return max(size for size, _ in sizes), max(size for _, size in sizes)


def _full(lines: list[Line]) -> float:
    """The fewest characters of a line that was cut for its length, told by the lines that break off in a sentence."""
    broken = [
        max(_size(a))
        for a, b in pairwise(lines)
        if a.words and b.words and a.words[-1] not in _SENTENCE_END + ')"》' and not (b.indented or is_heading(a.words))
    ]
    return _NEARLY_FULL * max(broken, default=float("inf"))


def _size(line: Line) -> tuple[float, float]:
    """The length of a line in characters, and in full-width characters."""
    narrow = len(line.words.encode("ascii", "ignore"))
    return line.lead + len(line.words), line.lead + len(line.words) - narrow / 2


def _fills(line: Line, width: tuple[float, float]) -> bool:
    return any(size >= _NEARLY_FULL * whole for size, whole in zip(_size(line), width, strict=True))


def _is_cut(last: Line, line: Line, gap: bool, setting: _Setting) -> bool:
    """Whether a full line of a text cut to one width goes on in the next, whatever it ends in but a full stop."""
    if setting.width is None or gap or line.indented or last.words[-1] in "。!?":
        return False
    after = _plain(line)
    return _fills(last, setting.width) and not (ORDINAL.match(after) or _NEW_THOUGHT.match(after))


def _begins_anew(line: Line) -> bool:
    plain = _plain(line)
    return line.indented or bool(ORDINAL.match(plain) or _NEW_THOUGHT.match(plain)) or is_heading(line.words)


def _paragraphs(lines: list[Line], first: int, past: int, setting: _Setting) -> Iterator[Paragraph]:
    """The lines between two tables as paragraphs; a sentence cut by a line end, a page end or its number is one."""
    spans: list[Span] = []
    noise: list[Paragraph] = []
    last: Line | None = None
    gap = False
    for index in range(first, past):
        line = lines[index]
        if not line.words:
            gap = True
            continue
        if line.noise or (gap and is_page_number(lines, index) and not _is_counted(lines, index)):
            noise.append(Paragraph((_inner(line),), "noise"))
            continue
        counted = _COUNT.fullmatch(line.words) is not None and _is_counted(lines, index)
        if last is not None and not (
            _is_cut(last, line, gap, setting) or (counted and _lacks_figure(last)) or _goes_on(last, line, setting, gap)
        ):
            yield Paragraph(tuple(spans), _role(last, len(spans)))
            spans = []
            yield from noise
            noise = []
        spans.append(_inner(line))
        last, gap = line, False
    if last is not None:
        yield Paragraph(tuple(spans), _role(last, len(spans)))
    yield from noise


def _is_counted(lines: list[Line], index: int) -> bool:
    """Whether a number alone on its line has its unit on the next line that holds words."""
    rest = next((line for line in lines[index + 1 :] if line.words), None)
    return rest is not None and _COUNTED.match(_plain(rest)) is not None


def _lacks_figure(last: Line) -> bool:
    """Whether a sentence breaks off before its figure, so that a number on the next line is that figure."""
    return _plain(last)[-1] not in _SENTENCE_END and not last.words[-1].isdigit() and not is_heading(last.words)


def _inner(line: Line) -> Span:
    # Stripped words stand at the end of what is left of the white space before them.
    start = line.start + line.lead
    return Span(start, start + len(line.words))


def _role(line: Line, spans: int) -> Role:
    return "heading" if is_heading(line.words) or (spans > 1 and _TITLE_REST.fullmatch(_plain(line))) else "prose"


def _plain(line: Line) -> str:
    return "".join(line.words.split())


def is_heading(words: str) -> bool:
    """A short line led by an ordinal and without a full stop or a figure, or one that ends as titles do."""
    plain = "".join(words.split())
    if len(plain) > _LONGEST_HEADING or plain[-1] in _SENTENCE_END + ",":
        return False
    ordinal = ORDINAL.match(plain)
    if "。" in plain or _STATEMENT.search(plain, ordinal.end() if ordinal else 0):
        return False
    if ordinal:
        return _FIGURE.search(plain, ordinal.end()) is None
    return _TITLE_END.search(plain) is not None and _COUNTED_THINGS.search(plain) is None


def _goes_on(last: Line, line: Line, setting: _Setting, gap: bool) -> bool:
    """Whether a line plainly goes on with the paragraph of the line before it."""
    before, after = _plain(last), _plain(line)
    if _COUNT.fullmatch(before) and _COUNTED.match(after):
        return True
    if _TITLE_REST.fullmatch(after):
        return len(before) <= _LONGEST_HEADING and _TITLE_BEGUN.search(before) is not None
    if before[-1] in _SENTENCE_END or ORDINAL.match(after) or _NEW_THOUGHT.match(after):
        return False
    full = not gap and max(_size(last)) >= setting.full
    if is_heading(last.words) and not (full and "," in before):
        return False
    if after[0] in ",、。;)》" or before[-1] in ",、(":
        return True
    if line.indented or len(before) < _SHORTEST_BROKEN_LINE:
        return False
    # What closes with a bracket may be whole: it goes on where it is as long as the lines that do.
    if before[-1] in ')"》' and not full:
        return False
    return setting.cuts and not is_heading(line.words)
