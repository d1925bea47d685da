"""The lines of a PDF outside its tables: running heads and page numbers, and the paragraphs the others make."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from orchestration.reports.documents.lines import ORDINAL
from orchestration.reports.documents.model import Paragraph, Role, Span
from orchestration.reports.documents.pdf.lines import Line
from orchestration.reports.documents.plain import is_heading
from orchestration.reports.documents.text import fold

# The share of a page's height at its top and its bottom where running heads and page numbers stand, and where they
# stand though a table is the next thing to them, from which they keep this distance, in heights of their line.
_MARGIN = 0.12
_EDGE = 0.075
_KEPT = 1.2
_BEGINS_NO_LINE = "，。；、：）》％"
_PAGE_NUMBER = re.compile(r"(?:第|[Pp]age)?[-—·~_]*\d{1,4}[-—·~_]*页?(?:[,/]?(?:共|of|/)?\d{1,4}页?)?")
_SENTENCE_END = "。;!?…"
# In heights of a line: how far a line may end before the margin, begin after it, or stand below the one before it.
_RAGGED = 1.6
_INDENT = 1.2
_APART = 2.2
# Sizes that differ more than this are of different texts; a title is this much larger than the text.
_OTHER_SIZE = 1.3
_TITLE_SIZE = 1.1
_BUCKET = 4.0


@dataclass(slots=True)
class ProseLine:
    """A line outside tables, its page, its span in the text, and its folded words without white space."""

    page: int
    line: Line
    span: Span
    words: str
    noise: bool = False


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of the text begin and end, and the height of most, in points."""

    left: float
    right: float
    size: float


def take_furniture(pages: Sequence[list[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Take the page numbers and what stands on several pages alike out of the outermost lines of each page.

    What is taken is returned, page by page, so that no table is looked for in it.
    """
    ends = [list(_outermost(lines, height)) for lines, height in zip(pages, heights, strict=True)]
    seen = Counter(key for lines in ends for key in {_print_of(line) for line in lines})
    taken = []
    for lines, own in zip(pages, ends, strict=True):
        found = [
            line
            for line in own
            if _PAGE_NUMBER.fullmatch("".join(fold(line.words).split()))
            or (1 < seen[_print_of(line)] >= (len(pages) - 1) / 2)
        ]
        lines[:] = [line for line in lines if not any(line is other for other in found)]
        taken.append(found)
    return taken


def _outermost(lines: Sequence[Line], height: float) -> Iterator[Line]:
    """The first and last lines of a page, from its edges up to the first that others stand near to."""
    for way in (list(lines), list(reversed(lines))):
        for line, following in pairwise(way):
            apart = max(following.top - line.bottom, line.top - following.bottom)
            if (_EDGE * height < line.bottom and line.top < (1 - _EDGE) * height) or apart < _KEPT * line.size:
                break
            yield line


def _print_of(line: Line) -> tuple[str, int]:
    """What a line says, whatever its numbers are, and where it stands."""
    return re.sub(r"\d+", "#", "".join(fold(line.words).split())), round(line.top / 10)


def mark_furniture(lines: Sequence[ProseLine], heights: dict[int, float]) -> None:
    """Mark as noise what stands at the top or bottom of pages and is a page number, or the same on several pages."""
    zones: dict[tuple[str, int], list[ProseLine]] = defaultdict(list)
    for line in lines:
        height = heights[line.page]
        if line.line.bottom < _MARGIN * height or line.line.top > (1 - _MARGIN) * height:
            if _PAGE_NUMBER.fullmatch(line.words):
                line.noise = True
            zones[re.sub(r"\d+", "#", line.words), round(line.line.top / 10)].append(line)
    for same in zones.values():
        pages = {line.page for line in same}
        if len(pages) > 1 and 2 * len(pages) >= len(heights) - 1:
            for line in same:
                line.noise = True


def margins(lines: Sequence[ProseLine], width: float) -> Margins:
    """The margins of lines that stand on pages of this width."""
    shown = [line.line for line in lines if not line.noise]
    if not shown:
        return Margins(0.0, width, 0.0)
    long = [line for line in shown if line.x1 - line.x0 > width / 2]
    left = min(_usual(line.x0 for line in long or shown))
    # Lines that are all short do not show where the text ends: then as far from the edge as it begins.
    right = max(_usual(line.x1 for line in long)) if long else width - left
    return Margins(left, right, median(line.size for line in long or shown))


def _usual(places: Iterable[float]) -> list[float]:
    """The places where more than one line stands, if there are such."""
    counts = Counter(round(place / _BUCKET) for place in places)
    return [at * _BUCKET for at, count in counts.items() if count > 1] or [at * _BUCKET for at in counts]


def paragraphs(lines: Sequence[ProseLine], of_page: dict[int, Margins]) -> Iterator[Paragraph]:
    """The lines between two tables as paragraphs, each noise line after the paragraph it cuts."""
    begun: list[ProseLine] = []
    noise: list[Paragraph] = []
    for line in lines:
        if line.noise:
            noise.append(Paragraph((line.span,), "noise"))
            continue
        if begun and not _goes_on(begun[-1], line, _around(begun[-1], of_page), _around(line, of_page)):
            yield _paragraph(begun, of_page)
            yield from noise
            begun, noise = [], []
        begun.append(line)
    if begun:
        yield _paragraph(begun, of_page)
    yield from noise


def _paragraph(lines: list[ProseLine], of_page: dict[int, Margins]) -> Paragraph:
    words = "".join(line.words for line in lines)
    titled = all(_is_title(line, _around(line, of_page)) for line in lines)
    role: Role = "heading" if titled or (len(lines) <= 2 and is_heading(words)) else "prose"
    return Paragraph(tuple(line.span for line in lines), role)


def _around(line: ProseLine, of_page: dict[int, Margins]) -> Margins:
    """The margins of the column that a line stands in."""
    at = of_page[line.page]
    return Margins(*line.line.within, at.size) if line.line.within else at


def _is_title(line: ProseLine, at: Margins) -> bool:
    """Whether a line is set larger than the text and in the middle."""
    before, after, size = line.line.x0 - at.left, at.right - line.line.x1, line.line.size
    in_the_middle = min(before, after) > size and abs(before - after) < 2 * size
    return in_the_middle and size > _TITLE_SIZE * at.size and line.words[-1] not in _SENTENCE_END


def _goes_on(before: ProseLine, after: ProseLine, here: Margins, there: Margins) -> bool:
    """Whether a line goes on with the paragraph of the line before it, on the same page or the next."""
    size, next_size = before.line.size, after.line.size
    if max(size, next_size) > _OTHER_SIZE * min(size, next_size):
        return False
    if before.page == after.page and after.line.top - before.line.bottom > _APART * size:
        return False
    if _is_title(before, here) or _is_title(after, there):
        return _is_title(before, here) and _is_title(after, there)
    # A number is not broken: where it would not have fitted, the line before it is full.
    room = _RAGGED * size if before.words[-1] in _SENTENCE_END else max(_RAGGED * size, _unbroken(after.line))
    if before.line.x1 + room < here.right or after.line.x0 - there.left > _INDENT * next_size:
        return False
    return not (before.words[-1] in _SENTENCE_END and ORDINAL.match(after.words))


def _unbroken(line: Line) -> float:
    """How wide the number or the Latin word is that begins a line, with the mark that may begin none."""
    end = line.x0
    for glyph in line.glyphs:
        if not (glyph.words.isascii() or glyph.words in _BEGINS_NO_LINE):
            break
        end = glyph.x1
    return end - line.x0
