"""Files that are zip archives of XML parts: what such a file is, and its parts as trees, whatever the bytes.

Sizes are bounded before anything is unpacked, and no entity, document type or address of a part is followed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

ZIP = "application/zip"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WORD_TEXT = re.compile(r"word/document\d*\.xml")
EXCEL_BOOK = "xl/workbook.xml"
_OPEN_KINDS = (OPEN_TEXT, OPEN_TEXT + "-template")
# The text of a report is some hundred kilobytes; what unpacks to more than this is something else, or an attack.
_MOST_BYTES = 40_000_000
MOST_MEMBERS = 20_000
_PARSER_OPTIONS = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
# All that the standard library raises for archives that are broken, locked, or packed in a way it does not know.
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, KeyError, IndexError, OverflowError)


class UnreadableError(Exception):
    """A file that cannot be read; says by which issue code."""

    def __init__(self, issue_code: str) -> None:
        super().__init__(issue_code)
        self.issue_code = issue_code


def kind(data: bytes) -> str:
    """The media type of a zip archive: an office program's file, or just an archive."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()[:MOST_MEMBERS]
            if any(WORD_TEXT.fullmatch(name) for name in names):
                return WORD
            if EXCEL_BOOK in names:
                return EXCEL
            if "mimetype" in names and "content.xml" in names:
                with archive.open("mimetype") as stream:
                    named = stream.read(100).decode("ascii", "replace").strip()
                return OPEN_TEXT if named in _OPEN_KINDS else ZIP
    except BROKEN:
        return ZIP
    return ZIP


def parts(
    data: bytes,
    wanted: Callable[[str], bool],
    unneeded: re.Pattern[bytes] | None = None,
    most_bytes: int | None = None,
) -> dict[str, etree._Element]:
    """The wanted parts of an archive as trees, by name; raises UnreadableError (damaged_file, too_large).

    Matches of `unneeded` are left out where what remains is whole: most of a file says how its words look.
    """
    found: dict[str, bytes] = {}
    left = most_bytes or _MOST_BYTES
    try:
        with ZipFile(BytesIO(data)) as archive:
            for member in archive.infolist()[:MOST_MEMBERS]:
                if not wanted(member.filename):
                    continue
                with archive.open(member) as stream:
                    # What the archive says of its sizes may be wrong: the bytes that come out are counted.
                    found[member.filename] = stream.read(left + 1)
                left -= len(found[member.filename])
                if left < 0:
                    raise UnreadableError("too_large")
    except BROKEN as error:
        raise UnreadableError("damaged_file") from error
    return {name: _tree(xml, unneeded) for name, xml in found.items()}


def _tree(xml: bytes, unneeded: re.Pattern[bytes] | None) -> etree._Element:
    tree = _parsed(unneeded.sub(b"", xml)) if unneeded else None
    if tree is None:
        tree = _parsed(xml)
    if tree is None:
        raise UnreadableError("damaged_file")
    return tree


def _parsed(xml: bytes) -> etree._Element | None:
    """The tree of a part; None for one that is no XML or declares entities, which no such file does."""
    try:
        tree = etree.fromstring(xml, etree.XMLParser(**_PARSER_OPTIONS))
    except etree.XMLSyntaxError:
        return None
    return tree if tree.getroottree().docinfo.internalDTD is None else None
