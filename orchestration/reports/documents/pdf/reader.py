"""A PDF with text as one text with paragraphs and tables, every character with its page and box.

The text is made here: pages in order, lines from the top down, tables row by row with a tab between cells. A page is
read from pdfium's characters and lines; pages asked for carefully are read by pdfplumber alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from pypdfium2 import PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD

from orchestration.reports.documents.model import Block, Content
from orchestration.reports.documents.pdf.grids import find_grids
from orchestration.reports.documents.pdf.joins import Part, as_table, goes_on, join
from orchestration.reports.documents.pdf.layout import Layout, is_plain, lay_out
from orchestration.reports.documents.pdf.lines import lines_of
from orchestration.reports.documents.pdf.marks import UNKNOWN, Page, read_pages
from orchestration.reports.documents.pdf.prose import (
    Margins,
    ProseLine,
    margins,
    mark_furniture,
    paragraphs,
    take_furniture,
)
from orchestration.reports.documents.pdf.text import Item, PageText
from orchestration.reports.documents.text import fold

# The second reader takes seconds on a page that is drawn of more lines than this.
_MOST_PATHS = 1500


def read_pdf(data: bytes) -> Content:
    """The words and tables of a PDF; `again` reads pages (numbered from 1) by the slower, second reader.

    Issue codes: locked_pdf (it asks for a password), unreadable_pdf (no PDF, or damaged), unreadable_page (a page does
    not open), scanned_page (a page holds only pictures), scanned_document (no page holds any text), unread_picture (a
    page has a large picture without words on it), unnamed_characters (a font does not say which some of its are).
    """
    try:
        pages = list(read_pages(data))
    except PdfiumError as error:
        return Content(issue_codes=("locked_pdf" if error.err_code == FPDF_ERR_PASSWORD else "unreadable_pdf",))
    issues = tuple(_issues(pages))
    if not any(page.glyphs for page in pages):
        return Content(issue_codes=issues)
    layouts = tuple(_layouts(pages))
    content = _content(layouts, issues)
    return replace(content, again=partial(_again, data, layouts, content))


def _again(data: bytes, layouts: Sequence[Layout], content: Content, numbers: frozenset[int]) -> Content:
    """The document with these pages read by the second reader; as it was read where that could change nothing."""
    asked = frozenset(
        layout.page.number
        for layout in layouts
        if layout.page.number in numbers and layout.page.paths <= _MOST_PATHS and not is_plain(layout)
    )
    if not asked:
        return content
    # The second reader takes a quarter of a second and 40 MB to import, and few documents need it.
    from orchestration.reports.documents.pdf.careful import read_carefully

    careful = read_carefully(data, asked)
    return _content([careful.get(layout.page.number, layout) for layout in layouts], content.issue_codes)


def _issues(pages: Sequence[Page]) -> Iterator[str]:
    if all(page.lost for page in pages):
        yield "unreadable_pdf"
    elif not any(page.glyphs for page in pages):
        yield "scanned_document" if any(page.picture for page in pages) else "empty_file"
    else:
        if any(page.lost for page in pages):
            yield "unreadable_page"
        if any(page.picture for page in pages):
            yield "scanned_page"
        if any(page.shows for page in pages):
            yield "unread_picture"
        if any(glyph.words == UNKNOWN for page in pages for glyph in page.glyphs):
            yield "unnamed_characters"


def _layouts(pages: Sequence[Page]) -> Iterator[Layout]:
    grids, lines = [], []
    for page in pages:
        ruled, outside = find_grids(page.lines, page.glyphs)
        grids.append(ruled)
        lines.append(lines_of(outside))
    furniture = take_furniture(lines, [page.height for page in pages])
    beside = zip([[], *lines], [*lines[1:], []], furniture, strict=False)
    for page, ruled, own, (above, below, apart) in zip(pages, grids, lines, beside, strict=True):
        yield lay_out(page, ruled, own, above, below, apart)


def _content(layouts: Sequence[Layout], issues: tuple[str, ...]) -> Content:
    text = PageText()
    items = [item for layout in layouts for item in text.write(layout)]
    lines = [item for item in items if isinstance(item, ProseLine)]
    mark_furniture(lines, {layout.page.number: layout.page.height for layout in layouts})
    _mark_page_ends(items)
    blocks = tuple(_blocks(items, _margins(lines, layouts)))
    return Content(text.text, fold(text.text), blocks, issues, pages=text.pages())


def _mark_page_ends(items: Sequence[Item]) -> None:
    """Tell the tables with nothing but furniture before or after them on their page."""
    for _, on_page in groupby((item for item in items if isinstance(item, Part) or not item.noise), key=_page_of):
        shown = list(on_page)
        if isinstance(shown[0], Part):
            shown[0].opens = True
        if isinstance(shown[-1], Part):
            shown[-1].closes = True


def _page_of(item: Item) -> int:
    return item.page


def _margins(lines: Iterable[ProseLine], layouts: Iterable[Layout]) -> dict[int, Margins]:
    """The margins of each page: those of all pages of its width."""
    width_of = {layout.page.number: round(layout.page.width) for layout in layouts}
    by_width: dict[int, list[ProseLine]] = defaultdict(list)
    for line in lines:
        by_width[width_of[line.page]].append(line)
    of_width = {width: margins(own, width) for width, own in by_width.items()}
    return {number: of_width[width] for number, width in width_of.items() if width in of_width}


def _blocks(items: Iterable[Item], of_page: dict[int, Margins]) -> Iterator[Block]:
    """Paragraphs and tables in reading order; the furniture between the parts of one table comes after it."""
    lines: list[ProseLine] = []
    table: Part | None = None
    number = 0
    for item in items:
        if isinstance(item, ProseLine):
            lines.append(item)
            continue
        if table is not None and goes_on(table, item):
            join(table, item)
            continue
        number += table is not None
        yield from _closed(table, number, lines, of_page)
        table, lines = item, []
    yield from _closed(table, number + 1, lines, of_page)


def _closed(
    table: Part | None, number: int, lines: Sequence[ProseLine], of_page: dict[int, Margins]
) -> Iterator[Block]:
    if table is not None:
        yield as_table(table, number)
    yield from paragraphs(lines, of_page)
