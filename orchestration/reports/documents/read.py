"""Bytes in, a Document out: sniffs what the bytes are, never the name, and hands them to the reader of that format.

A new file format is one reader and one line in `_READERS`. Nothing is raised for bad bytes: a document that cannot
be read has no blocks and says why in `issue_codes`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256

from orchestration.reports.documents import compound, zipped
from orchestration.reports.documents.decode import decode
from orchestration.reports.documents.excel import read_excel
from orchestration.reports.documents.excel97 import read_excel97
from orchestration.reports.documents.html import is_html, read_html
from orchestration.reports.documents.model import Content, Document
from orchestration.reports.documents.odt import read_odt
from orchestration.reports.documents.pdf.reader import read_pdf
from orchestration.reports.documents.plain import read_text
from orchestration.reports.documents.saved_page import is_saved_page, read_saved_page
from orchestration.reports.documents.word import read_word
from orchestration.reports.documents.word97 import read_word97

_TEXT = "text/plain"
_PDF = "application/pdf"
_HTML = "text/html"
_SAVED_PAGE = "multipart/related"
_XML = "application/xml"
_UNKNOWN = "application/octet-stream"

# What begins a file of a format that is known but has no reader.
_SIGNATURES = {
    b"PK\x03\x04": zipped.ZIP,
    b"PK\x05\x06": zipped.ZIP,
    b"\xd0\xcf\x11\xe0": compound.COMPOUND,
    b"{\\rtf": "application/rtf",
    b"\x1f\x8b": "application/gzip",
    b"Rar!": "application/vnd.rar",
    b"7z\xbc\xaf": "application/x-7z-compressed",
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
# What such a file is, its parts tell.
_CONTAINERS: dict[str, Callable[[bytes], str]] = {zipped.ZIP: zipped.kind, compound.COMPOUND: compound.kind}
_PDF_HEADER = 1024


def read(data: bytes, name: str) -> Document:
    """The document in these bytes; `name` is kept as its name and decides nothing.

    `document_id` is the SHA-256 of the bytes. Issue codes: empty_file (no byte, or only white space),
    unsupported_format (a known format without a reader), not_text (no characters in any encoding), and
    those of the readers: damaged_file, too_large, unreadable_pdf and others.
    """
    media_type = _sniff(data)
    reader = _READERS.get(media_type)
    content = reader(data) if reader else Content(issue_codes=("unsupported_format",))
    return _document(data, name, _UNKNOWN if "not_text" in content.issue_codes else media_type, content)


def _document(data: bytes, name: str, media_type: str, content: Content) -> Document:
    return Document(
        document_id=sha256(data).hexdigest(),
        name=name,
        media_type=media_type,
        text=content.text,
        folded=content.folded,
        blocks=content.blocks,
        issue_codes=content.issue_codes,
        attachments=content.attachments,
        pages=content.pages,
        again=content.again and partial(_again, data, name, media_type, content.again),
    )


def _again(
    data: bytes, name: str, media_type: str, reader: Callable[[frozenset[int]], Content], pages: frozenset[int]
) -> Document:
    return _document(data, name, media_type, reader(pages))


def _sniff(data: bytes) -> str:
    # Some programs write a mark or a mail header before the signature; readers look for it in the first kilobyte.
    if b"%PDF-" in data[:_PDF_HEADER]:
        return _PDF
    for signature, media_type in _SIGNATURES.items():
        if data.startswith(signature):
            container = _CONTAINERS.get(media_type)
            return container(data) if container else media_type
    if is_saved_page(data):
        return _SAVED_PAGE
    if is_html(data):
        return _HTML
    return _XML if data[:_PDF_HEADER].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml") else _TEXT


def _read_plain(data: bytes) -> Content:
    text = decode(data)
    if text is None:
        return Content(issue_codes=("not_text",))
    if not text.strip("\ufeff \t\r\n\u3000\xa0"):
        return Content(text, text, issue_codes=("empty_file",))
    folded, blocks = read_text(text)
    return Content(text, folded, blocks)


_READERS: dict[str, Callable[[bytes], Content]] = {
    _TEXT: _read_plain,
    _PDF: read_pdf,
    _HTML: read_html,
    _SAVED_PAGE: read_saved_page,
    zipped.WORD: read_word,
    zipped.OPEN_TEXT: read_odt,
    zipped.EXCEL: read_excel,
    compound.WORD97: read_word97,
    compound.EXCEL97: read_excel97,
}
