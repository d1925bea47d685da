"""A web page as the words a person sees: prose and tables of its main block, the index above it, its attachments.

Offsets are into the text as a person sees it: built from the page's elements, entities resolved, white space between
words as one space, a paragraph or a row of a table a line, before any folding. Scripts, hidden elements, menus and
other links are not in it. The labels of encodings are not believed, and no element is trusted to be closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from orchestration.reports.documents.chrome import Stretch, without_chrome
from orchestration.reports.documents.compose import compose
from orchestration.reports.documents.decode import decode
from orchestration.reports.documents.fields import is_field, is_label
from orchestration.reports.documents.flow import (
    MOST_COLUMNS,
    MOST_ROWS,
    Box,
    Sheet,
    Strip,
    raised,
    settled,
    strips_of,
    visible,
)
from orchestration.reports.documents.model import Content

MOST_BYTES = 32_000_000

# What begins a page somewhere near its start, with or without a document type; a text may quote a lone small tag.
_NEAR = 8192
_SURE = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|div)\b[^<>]*>", re.IGNORECASE)
_LIKELY = re.compile(rb"</?(?:p|span|font|br|h[1-6]|center|strong|tr|td|li|ul|a|title)\b[^<>]*>", re.IGNORECASE)
_FEWEST_LIKELY = 3

_DROPPED = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "canvas", "audio",
    "video", "map", "select", "button", "input", "textarea", "datalist", "rt", "rp", "title",
    "s", "strike", "del",
)  # fmt: skip
_FILLED_IN = ("text", "number", "")
_MAY_HIDE = re.compile(rb"display\s*:\s*none|line-through")
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*line-through", re.IGNORECASE)
_STYLES = etree.XPath("//@style", smart_strings=False)
_STYLED = etree.XPath("//*[@style]")
_MARKED_HIDDEN = etree.XPath("//*[@hidden]")
_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        """
    address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr
    ul
    """,
    )
)
# Of these the words are a unit of a page's layout, so that a block may be the one that holds the report.
_CONTAINERS = frozenset(
    ("article", "body", "center", "div", "dd", "fieldset", "form", "li", "main", "section", "td", "th")
)
_WHITE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_BLANKS = " \t\n\r\f"
_SPAN = re.compile(r"\s*(\d{1,5})")
# Stands for a line break in the words of a cell while they are put together.
_BREAK = "\u2028"
_NOT_XML = re.compile(r"[\x00-\x08\v\f\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROWS = ("tr", "tbody", "thead", "tfoot", "table")
_BREAKING = frozenset(("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center"))
_NOT_PLAIN = ("table", "a", "pre", "caption", "dl")
_BETWEEN_CELLS = etree.XPath("text() | */text()[not(parent::td)] | .//tr/text()", smart_strings=False)
# An anchor with more words than this was never closed, or is no link.
_LONGEST_LINK = 60
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|odt|rtf|zip|rar)(?:$|[?#])", re.IGNORECASE)
_META = {"articletitle": "", "pubdate": "发布日期", "contentsource": "来源"}
_DAY = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}")
_TITLE = re.compile("报告|年报|公开")
_INLINE_TAGS = re.compile(rb"</?(?:font|span|b|strong|em|i|u|small|big|a|o:p)\b[^>]*>", re.IGNORECASE)
_TOO_DEEP = "Excessive depth"


def is_html(data: bytes) -> bool:
    """Whether bytes hold the elements of a web page near their start."""
    near = data[:_NEAR].replace(b"\x00", b"")
    return bool(_SURE.search(near)) or len(_LIKELY.findall(near)) >= _FEWEST_LIKELY


def read_html(data: bytes) -> Content:
    """The content of a web page; issue codes not_text, too_large and empty_file where there is none."""
    if len(data) > MOST_BYTES:
        return Content(issue_codes=("too_large",))
    text = decode(data)
    if text is None:
        return Content(issue_codes=("not_text",))
    markup = text.lstrip("\ufeff").encode("utf-8", "replace")
    root, tangled = _tree(markup, huge=False)
    if root is None:
        return Content(issue_codes=("empty_file",))
    head = list(_head(root))
    page = _page(root, markup)
    if tangled or page.tangled:
        # Formatting that is never closed swallows cells, or the rest of the page: read without it.
        root, _ = _tree(_INLINE_TAGS.sub(b"", markup), huge=True)
        page = _page(root, markup) if root is not None else page
    flow = without_chrome(settled(page.flow), page.stretches)
    seen = "".join("".join([strip.words for strip in strips_of(flow)]).split()) if head else ""
    lines = [Strip(words) for words, value in head if "".join(value.split()) not in seen]
    return compose([*lines, *flow], page.attachments)


def _page(root: etree._Element, markup: bytes) -> _Page:
    _show_fields(root)
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    for mark in root.iter("sup"):
        _raise(mark)
    told = markup.lower()
    hidden = _hidden(root) if b"hidden" in told or _MAY_HIDE.search(told) else frozenset()
    page = _Page(root, hidden)
    # A page that shows nothing itself has its text shown by a script.
    return page if page.sentences or not hidden else _Page(root, frozenset())


def _hidden(root: etree._Element) -> frozenset[etree._Element]:
    """The elements that a page does not show; its few different styles are looked at once each."""
    hiding = {style for style in set(_STYLES(root)) if _HIDES.search(style)}
    styled = (element for element in _STYLED(root) if element.get("style") in hiding) if hiding else ()
    return frozenset((*_MARKED_HIDDEN(root), *styled))


def _raise(mark: etree._Element) -> None:
    mark.text = raised(mark.text or "")
    for element in mark.iterdescendants():
        element.text, element.tail = raised(element.text or ""), raised(element.tail or "")


def _show_fields(root: etree._Element) -> None:
    """Put what is filled into the fields of a table behind them as words."""
    for field in root.iter("input", "textarea"):
        if field.get("type", "text").lower() in _FILLED_IN and next(field.iterancestors("td", "th"), None) is not None:
            words = field.get("value") if field.tag == "input" else field.text
            field.tail = (words or "") + (field.tail or "")


def _tree(data: bytes, huge: bool) -> tuple[etree._Element | None, bool]:
    """The root of the page (None: there is none), and whether elements lie too deep in each other to be read."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=huge)
    try:
        root = etree.fromstring(data, parser)
    except etree.ParserError:
        return None, False
    return root, any(_TOO_DEEP in entry.message for entry in parser.error_log)


def _head(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The fields that the head of the page states of itself, each as (line, value to look for on the page)."""
    titled = False
    titles = []
    for element in root.iter("meta", "title"):
        if element.tag == "title":
            titles.append(element)
            continue
        label = _META.get((element.get("name") or "").strip().lower())
        value = " ".join((element.get("content") or "").split())
        if label is None or not value:
            continue
        day = _DAY.search(value)
        titled = titled or not label
        yield (f"{label}: {value}" if label else value), day[0] if day and label else value
    for element in () if titled else titles:
        value = " ".join("".join(element.itertext()).split())
        if _TITLE.search(value):
            yield value, re.split(r"[-_|—]", value)[0]


def _span(element: etree._Element, name: str, most: int) -> int:
    """A span as a browser takes it: what is no number is 1; row spans of 0 reach to the end."""
    printed = element.get(name)
    if printed is None:
        return 1
    digits = _SPAN.match(printed)
    number = int(digits[1]) if digits else 1
    if number == 0:
        return MOST_ROWS if name == "rowspan" else 1
    return min(number, most)


def _apart(words: str | None) -> str:
    """The words behind a line break, without what a tree must not hold."""
    return _BREAK + _NOT_XML.sub(" ", words or "")


def _words(element: etree._Element) -> str:
    """All words in an element; several times as fast as asking for its texts one by one."""
    words: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return words


def _box(cell: etree._Element) -> Box:
    """An empty box that reaches as far as the cell says."""
    if not cell.keys():
        return Box([])
    return Box([], _span(cell, "rowspan", MOST_ROWS), _span(cell, "colspan", MOST_COLUMNS))


def _plain(words: str) -> str:
    """Words with their white space as a page shows it; "" where there is nothing to see."""
    if "  " in words or not words.isprintable():
        words = visible(_WHITE.sub(" ", words))
    return words.rstrip().lstrip(" ")


class _Page:
    """One walk over the elements of a page; `hidden` elements are left out. `tangled`: cells lie inside cells."""

    def __init__(self, root: etree._Element, hidden: frozenset[etree._Element]) -> None:
        self.flow: list[Strip | Sheet] = []
        self.stretches: list[Stretch] = []
        self.attachments: list[str] = []
        self.sentences = 0
        self.tangled = False
        self._flows = [self.flow]
        self._sheets: list[Sheet] = []
        self._opened: list[int] = []
        self._parts: list[str] = []
        self._linked = 0
        self._in_link = False
        self._in_pre = 0
        self._order = 0
        self._term = ""
        self._after_label = False
        self._walk(root, hidden)
        self._flush()

    def _walk(self, root: etree._Element, hidden: frozenset[etree._Element]) -> None:
        veiled = {table for element in hidden for table in element.iterancestors("table")}
        read: etree._Element | None = None
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag == "head" or (hidden and element in hidden):
                    walker.skip_subtree()
                    continue
                if tag == "table" and element not in veiled and self._read_plain(element):
                    read = element
                    walker.skip_subtree()
                    continue
                if tag in _BLOCKS:
                    self._open(tag, element)
                elif tag == "br":
                    self._flush()
                elif tag == "a":
                    self._open_link(element)
                if element.text:
                    self._add(element.text, tag)
            else:
                if element is read:
                    read = None
                elif tag in _BLOCKS and not (hidden and element in hidden):
                    self._close(tag)
                elif tag == "a":
                    self._in_link = False
                elif len(self._parts) == 1:
                    self._after_label = is_label(self._parts[0])
                if element.tail:
                    self._add(element.tail, "")

    def _add(self, words: str, tag: str) -> None:
        if words.isspace() and (not self._parts or self._after_label) and words[0] in _BLANKS:
            return
        if self._in_pre and "\n" in words:
            first, *rest = words.split("\n")
            self._put(first)
            for line in rest:
                self._flush()
                self._put(line)
            return
        if tag and self._parts and is_field(words):
            self._parts.append("  ")
        self._put(words)

    def _put(self, words: str) -> None:
        if self._after_label:
            # A page shows the label of a field and its value apart, though nothing is printed between them.
            self._parts.append(" " if self._parts[0].rstrip()[-1] in ":：" or words.lstrip()[0] in ":：" else ": ")
            self._after_label = False
        self._parts.append(words)
        if self._in_link:
            self._linked += len(words.strip())

    def _flush(self) -> None:
        """End the line of words."""
        if not self._parts:
            return
        words = _plain("".join(self._parts))
        linked, self._parts, self._linked, self._after_label = self._linked, [], 0, False
        if not words:
            return
        self._order += 1
        self.sentences += "。" in words
        self._flows[-1].append(Strip(words, linked, False, self._order))

    def _read_plain(self, table: etree._Element) -> bool:
        """Read a table of words alone at once, as most tables of figures are; False for any other."""
        if next(table.iterdescendants(*_NOT_PLAIN), None) is not None:
            return False
        if any(words.strip() for words in _BETWEEN_CELLS(table)):
            return False
        self._flush()
        for element in table.iter("br"):
            element.tail = _apart(element.tail)
        rows: list[list[Box]] = []
        for element in table.iter("tr", "td", "th"):
            self.tangled = self.tangled or element.getparent().tag not in _ROWS
            is_cell = element.tag != "tr"
            if not (is_cell and rows):
                rows.append([])
            if is_cell:
                rows[-1].append(self._plain_box(element))
        self._flows[-1].append(Sheet(rows))
        return True

    def _plain_box(self, cell: etree._Element) -> Box:
        held = len(cell)
        if held > 1 or (held and len(cell[0]) > 1):
            for element in cell.iter():
                if element.tag in _BREAKING:
                    element.text, element.tail = _apart(element.text), _apart(element.tail)
        box = _box(cell)
        for line in (_words(cell) if held else cell.text or "").split(_BREAK):
            words = _plain(line)
            if words:
                self._order += 1
                self.sentences += "。" in words
                box.flow.append(Strip(words, 0, False, self._order))
        return box

    def _open(self, tag: str, element: etree._Element) -> None:
        self._flush()
        if tag in _CONTAINERS:
            self._opened.append(self._order)
        if tag in ("tr", "td", "th"):
            self.tangled = self.tangled or element.getparent().tag not in _ROWS
        if tag == "table":
            self._sheets.append(Sheet())
        elif tag == "tr" and self._sheets:
            self._sheets[-1].rows.append([])
        elif tag in ("td", "th") and self._sheets:
            box = _box(element)
            if not self._sheets[-1].rows:
                self._sheets[-1].rows.append([])
            self._sheets[-1].rows[-1].append(box)
            self._flows.append(box.flow)
        elif tag == "pre":
            self._in_pre += 1

    def _close(self, tag: str) -> None:
        self._flush()
        if tag in _CONTAINERS:
            first = self._opened.pop()
            if self._order > first:
                self.stretches.append(Stretch(first + 1, self._order))
        if tag == "table":
            self._flows[-1].append(self._sheets.pop())
        elif tag in ("td", "th") and self._sheets:
            self._flows.pop()
        elif tag == "pre":
            self._in_pre -= 1
        elif tag in ("dt", "dd"):
            self._pair(tag)

    def _pair(self, tag: str) -> None:
        """Put a term and what it is on one line."""
        flow = self._flows[-1]
        last = flow[-1] if flow else None
        if not isinstance(last, Strip):
            return
        if tag == "dt":
            self._term = last.words
        elif self._term and len(flow) > 1:
            before = flow[-2]
            if isinstance(before, Strip) and before.words == self._term:
                last.words = f"{self._term.rstrip(' :：')}: {last.words}"
                del flow[-2]
            self._term = ""

    def _open_link(self, element: etree._Element) -> None:
        address = (element.get("href") or "").strip()
        if not address:
            return
        if _ATTACHMENT.search(address):
            self.attachments.append(address)
        elif len(_words(element).strip()) <= _LONGEST_LINK:
            self._in_link = True
