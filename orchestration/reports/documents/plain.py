"""A plain text as paragraphs, tables and noise, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.reports.documents.grids import Grid, as_table, find_grids
from orchestration.reports.documents.lines import ORDINAL, Line, is_page_number, split_lines
from orchestration.reports.documents.model import Block, Paragraph, Role, Span
from orchestration.reports.documents.text import fold

_LONGEST_HEADING = 45
# A shorter line is a heading, a name or a date: nothing goes on after it.
_SHORTEST_BROKEN_LINE = 18
_SENTENCE_END = "。;!?:…"
# A text of short lines was wrapped; in one of long lines a line without a full stop was cut only where most have one.
_LONGEST_WRAPPED_LINE = 80
_LEAST_ENDED = 0.6
_TITLE_END = re.compile(r"(?:报告|年报|统计表|附表|目录|通知|公告)(?:\([^()]*\))?$")
_TITLE_REST = re.compile(r"(?:政府)?(?:信息)?(?:公开)?(?:工作)?(?:年度)?(?:工作)?报告(?:\([^()]{1,8}\))?")
_TITLE_BEGUN = re.compile(r"(?:公开|工作|年度|情况|办事处|政府)$")
_NEW_THOUGHT = re.compile(r"[一二三四五六七八九十]+(?:是|、)|其[一二三四五]|首先|\d{1,2}、")
_FIGURE = re.compile(r"\d+(?![\d年])")


def read_text(text: str) -> tuple[str, tuple[Block, ...]]:
    """The folded text (of the same length) and its blocks."""
    folded = fold(text)
    lines = split_lines(folded)
    grids = find_grids(folded, lines)
    return folded, tuple(_blocks(folded, lines, grids))


def _blocks(folded: str, lines: list[Line], grids: list[Grid]) -> Iterator[Block]:
    in_grids = {i for grid in grids for i in range(grid.first_line, grid.past_line)}
    cuts = _cuts_sentences([line for i, line in enumerate(lines) if i not in in_grids])
    at = 0
    for number, grid in enumerate(grids, 1):
        yield from _paragraphs(lines, at, grid.first_line, cuts)
        yield as_table(folded, grid, number)
        at = grid.past_line
    yield from _paragraphs(lines, at, len(lines), cuts)


def _cuts_sentences(lines: list[Line]) -> bool:
    """Whether a line without a full stop goes on in the next, rather than having lost its stop."""
    shown = [line for line in lines if line.words and not line.noise]
    prose = [
        i for i, line in enumerate(shown) if len(line.words) >= _SHORTEST_BROKEN_LINE and not _is_heading(line.words)
    ]
    if all(len(shown[i].words) <= _LONGEST_WRAPPED_LINE for i in prose):
        return True
    open_ended = [i for i in prose if shown[i].words[-1] not in _SENTENCE_END and i + 1 < len(shown)]
    # What begins anew after a line without a full stop shows that its stop was lost.
    lost = sum(1 for i in open_ended if _begins_anew(shown[i + 1]))
    return lost * 2 <= len(open_ended) <= (1 - _LEAST_ENDED) * len(prose)


def _begins_anew(line: Line) -> bool:
    plain = _plain(line)
    return line.indented or bool(ORDINAL.match(plain) or _NEW_THOUGHT.match(plain)) or _is_heading(line.words)


def _paragraphs(lines: list[Line], first: int, past: int, cuts: bool) -> Iterator[Paragraph]:
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
        if line.noise or (gap and is_page_number(lines, index)):
            noise.append(Paragraph((_inner(line),), "noise"))
            continue
        if last is not None and not _goes_on(last, line, cuts):
            yield Paragraph(tuple(spans), _role(last, len(spans)))
            spans = []
            yield from noise
            noise = []
        spans.append(_inner(line))
        last, gap = line, False
    if last is not None:
        yield Paragraph(tuple(spans), _role(last, len(spans)))
    yield from noise


def _inner(line: Line) -> Span:
    # Stripped words stand at the end of what is left of the white space before them.
    start = line.start + line.lead
    return Span(start, start + len(line.words))


def _role(line: Line, spans: int) -> Role:
    return "heading" if _is_heading(line.words) or (spans > 1 and _TITLE_REST.fullmatch(_plain(line))) else "prose"


def _plain(line: Line) -> str:
    return "".join(line.words.split())


def _is_heading(words: str) -> bool:
    """A short line led by an ordinal and without a full stop or a figure, or one that ends as titles do."""
    plain = "".join(words.split())
    if len(plain) > _LONGEST_HEADING or plain[-1] in _SENTENCE_END + ",":
        return False
    ordinal = ORDINAL.match(plain)
    if ordinal:
        return "。" not in plain and _FIGURE.search(plain, ordinal.end()) is None
    return _TITLE_END.search(plain) is not None and "。" not in plain


def _goes_on(last: Line, line: Line, cuts: bool) -> bool:
    """Whether a line plainly goes on with the paragraph of the line before it; `cuts`: this text cuts sentences."""
    before, after = _plain(last), _plain(line)
    if _TITLE_REST.fullmatch(after):
        return len(before) <= _LONGEST_HEADING and _TITLE_BEGUN.search(before) is not None
    if before[-1] in _SENTENCE_END or ORDINAL.match(after) or _NEW_THOUGHT.match(after) or _is_heading(last.words):
        return False
    if after[0] in ",、。;)》" or before[-1] in ",、(":
        return True
    if line.indented or before[-1] in ')"》' or len(before) < _SHORTEST_BROKEN_LINE:
        return False
    return cuts and not _is_heading(line.words)
