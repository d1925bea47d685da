"""Single pages of a PDF read again by pdfplumber alone: slower, and another pair of eyes than pdfium's.

What goes wrong on one reader's page, in fonts, transformations or broken lines, seldom goes wrong in the other's: its
characters are pdfminer's, its tables those of pdfplumber's own finder, which takes the edges of shading for lines too.
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from orchestration.reports.documents.pdf.grids import Grid, GridCell, numbered
from orchestration.reports.documents.pdf.layout import Layout, lay_out
from orchestration.reports.documents.pdf.lines import lines_of
from orchestration.reports.documents.pdf.marks import NOT_PRINTED, UNKNOWN, Glyph, Page, without_stumps
from orchestration.reports.documents.pdf.paths import Box

# What pdfminer raises on broken content: its own errors, and those of the Python it trips over.
_BROKEN = (
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
# What it misses in a font is no news to whoever reads the figures.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

# What pdfminer says of a character that its font does not name.
_UNNAMED = re.compile(r"\(cid:\d+\)")
# A bar this thin is a line, whatever its colour.
_THICKEST = 4.0


def read_carefully(data: bytes, numbers: frozenset[int]) -> dict[int, Layout]:
    """These pages (from 1) of a PDF that pdfium opens, laid out; a page that pdfplumber cannot read is left out."""
    layouts = {}
    document = pdfium.PdfDocument(data)
    try:
        for number in sorted(numbers):
            layout = _layout(_alone(document, number), number) if 0 < number <= len(document) else None
            if layout is not None:
                layouts[number] = layout
    finally:
        document.close()
    return layouts


def _alone(document: Any, number: int) -> bytes:
    """A PDF of this page alone: pdfminer loops for ever on some damaged files, which pdfium mends as it writes."""
    alone, buffer = pdfium.PdfDocument.new(), BytesIO()
    try:
        alone.import_pages(document, [number - 1])
        alone.save(buffer)
    except pdfium.PdfiumError:
        return b""
    finally:
        alone.close()
    return buffer.getvalue()


def _layout(data: bytes, number: int) -> Layout | None:
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            return _of_page(document.pages[0], number)
    except _BROKEN:
        return None


def _of_page(page: Any, number: int) -> Layout:
    left, top = page.bbox[:2]
    chars = [char for char in page.chars if char["text"] not in NOT_PRINTED and char["upright"]]
    words = without_stumps([UNKNOWN if _UNNAMED.match(char["text"]) else char["text"] for char in chars])
    glyphs = [
        Glyph(word, char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top)
        for word, char in zip(words, chars, strict=True)
    ]
    marks = page.filter(_is_no_paper)
    tables = marks.find_tables({"explicit_horizontal_lines": _open_ends(marks.edges)})
    boxes = [[(c[0] - left, c[1] - top, c[2] - left, c[3] - top) for c in table.cells] for table in tables]
    grids = [_unfilled(cells) for cells in boxes if len({cell[0] for cell in cells}) > 1]
    outside = _fill(grids, glyphs)
    shown = Page(number, float(page.width), float(page.height))
    return lay_out(shown, [grid for grid in grids if any(cell.glyphs for cell in grid.cells)], lines_of(outside))


def _is_no_paper(mark: Mapping[str, Any]) -> bool:
    """Whether a mark is more than white shading behind words."""
    if mark["object_type"] != "rect" or mark["stroke"] or min(mark["width"], mark["height"]) <= _THICKEST:
        return True
    colour = mark["non_stroking_color"]
    return colour not in (None, 1, (1,), (1, 1, 1), (0, 0, 0, 0))


def _open_ends(edges: Sequence[Mapping[str, Any]]) -> list[float]:
    """Where several upright lines end and no level one stands: a table that a page end cuts."""
    level = [edge["top"] for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    if not upright:
        return []
    ends = []
    for end in (min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)):
        if not any(abs(end - y) <= _THICKEST for y in level):
            ends.append(end)
    return ends


def _unfilled(cells: list[Box]) -> Grid:
    xs, ys = sorted({x for c in cells for x in (c[0], c[2])}), sorted({y for c in cells for y in (c[1], c[3])})
    column, row = {x: i for i, x in enumerate(xs)}, {y: i for i, y in enumerate(ys)}
    return numbered(
        [GridCell(row[c[1]], column[c[0]], row[c[3]] - row[c[1]], column[c[2]] - column[c[0]], c) for c in cells]
    )


def _fill(grids: list[Grid], glyphs: list[Glyph]) -> list[Glyph]:
    """Put each character into the smallest cell around its middle; those in none are returned."""
    by_size = sorted((cell for grid in grids for cell in grid.cells), key=_area)
    outside = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for cell in by_size:
            left, top, right, bottom = cell.box
            if left <= x < right and top <= y < bottom:
                cell.glyphs.append(glyph)
                break
        else:
            outside.append(glyph)
    return outside


def _area(cell: GridCell) -> float:
    left, top, right, bottom = cell.box
    return (right - left) * (bottom - top)
