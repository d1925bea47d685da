"""Compound files, the containers of the office programs before 2007: what such a file is, and how it can be broken."""

from __future__ import annotations

import struct
from io import BytesIO

from olefile import OleFileIO

COMPOUND = "application/x-ole-storage"
WORD97 = "application/msword"
EXCEL97 = "application/vnd.ms-excel"

_STREAMS = {"WordDocument": WORD97, "Workbook": EXCEL97, "Book": EXCEL97}
# All that the library and `struct` raise for a file that is broken.
BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, struct.error)


def kind(data: bytes) -> str:
    """The media type of a compound file: a word processor's, a spreadsheet's, or of no program that is read."""
    try:
        with OleFileIO(BytesIO(data)) as file:
            return next((media_type for stream, media_type in _STREAMS.items() if file.exists(stream)), COMPOUND)
    except BROKEN:
        return COMPOUND
