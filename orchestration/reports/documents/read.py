"""Bytes in, a Document out: sniffs what the bytes are, never the name, and hands them to the reader of that format.

A new file format is one reader and one line in `_READERS`. Nothing is raised for bad bytes: a document that cannot
be read has no blocks and says why in `issue_codes`.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from orchestration.reports.documents.model import Block, Document
from orchestration.reports.documents.plain import read_text

_TEXT = "text/plain"
_UNKNOWN = "application/octet-stream"

# What begins a file of a format that is known but has no reader.
_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"PK\x05\x06": "application/zip",
    b"\xd0\xcf\x11\xe0": "application/x-ole-storage",
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
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<body", b"<table", b"<div")

# Control characters that no text holds; a share of others above this is no text either.
_MOST_CONTROL_SHARE = 0.01
_BREAKS = frozenset("\t\n\r\x0b\x0c\x1a\x85")


def read(data: bytes, name: str) -> Document:
    """The document in these bytes; `name` is kept as its name and decides nothing.

    `document_id` is the SHA-256 of the bytes. Issue codes: empty_file (no byte, or only white space),
    unsupported_format (a known format without a reader), not_text (neither UTF-8 nor GB 18030 text).
    """
    media_type = _sniff(data)
    reader = _READERS.get(media_type)
    text, folded, blocks, issues = reader(data) if reader else ("", "", (), ("unsupported_format",))
    if "not_text" in issues:
        media_type = _UNKNOWN
    return Document(sha256(data).hexdigest(), name, media_type, text, folded, blocks, issues)


def _sniff(data: bytes) -> str:
    for signature, media_type in _SIGNATURES.items():
        if data.startswith(signature):
            return media_type
    if data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        return "text/html"
    return _TEXT


def _read_plain(data: bytes) -> tuple[str, str, tuple[Block, ...], tuple[str, ...]]:
    text = _decode(data)
    if text is None:
        return "", "", (), ("not_text",)
    if not text.strip("\ufeff \t\r\n\u3000\xa0"):
        return text, text, (), ("empty_file",)
    folded, blocks = read_text(text)
    return text, folded, blocks, ()


def _decode(data: bytes) -> str | None:
    """The text of the bytes: UTF-8 with or without a mark, UTF-16 with one, else GB 18030; None for no text.

    A byte order mark stays in the text, so that offsets count what came.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codecs: tuple[str, ...] = ("utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be",)
    else:
        codecs = ("utf-8", "gb18030")
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        return text if _is_text(text) else None
    return None


def _is_text(text: str) -> bool:
    """Whether these characters are words: hardly a control character, and none that only binary files hold."""
    if "\x00" in text:
        return False
    control = sum(1 for c in text if (c < " " or "\x7f" <= c <= "\x9f") and c not in _BREAKS)
    return control <= len(text) * _MOST_CONTROL_SHARE


_READERS: dict[str, Callable[[bytes], tuple[str, str, tuple[Block, ...], tuple[str, ...]]]] = {
    _TEXT: _read_plain,
}
