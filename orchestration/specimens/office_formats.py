"""A specimen as a word processor saves it: DOCX and ODT, written by hand, with merged cells and a numbered foot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile, ZipInfo

from orchestration.specimens.marks import without
from orchestration.specimens.pages import Cell, Line, Piece, Sheet

_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_ALIGNED = {"title": "center", "number": "center", "caption": "center", "signature": "right"}
_RUN = 5


def docx(pieces: Sequence[Piece]) -> bytes:
    """The bytes of a DOCX file."""
    body = "".join(_word_sheet(p) if isinstance(p, Sheet) else _word_line(p) for p in pieces)
    foot = (
        f'{_DECLARED}<w:ftr xmlns:w="{_WORD}"><w:p><w:r><w:t>— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/>'
        '</w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar '
        'w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t> —</w:t></w:r></w:p></w:ftr>"
    )
    document = (
        f'{_DECLARED}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>{body}<w:sectPr>'
        '<w:footerReference w:type="default" r:id="rId1"/></w:sectPr></w:body></w:document>'
    )
    types = (
        f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
            for name, kind in (("document", "document.main"), ("footer1", "footer"))
        )
        + "</Types>"
    )
    return _packed(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": _relation("officeDocument", "word/document.xml"),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relation("footer", "footer1.xml"),
            "word/footer1.xml": foot,
        }
    )


def _relation(kind: str, target: str) -> str:
    return (
        f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _word_runs(words: str) -> str:
    """The words in several runs, as editing leaves them."""
    plain = without(words)
    cut = [plain[at : at + _RUN] for at in range(0, len(plain), _RUN)]
    return "".join(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in cut)


def _word_line(line: Line) -> str:
    aligned = f'<w:pPr><w:jc w:val="{_ALIGNED[line.role]}"/></w:pPr>' if line.role in _ALIGNED else ""
    return f"<w:p>{aligned}{_word_runs(line.words)}</w:p>"


def _word_sheet(sheet: Sheet) -> str:
    columns = "".join('<w:gridCol w:w="800"/>' for _ in range(sheet.width))
    rows = []
    for number, row in enumerate(sheet.rows):
        repeated = "<w:trPr><w:tblHeader/></w:trPr>" if number < sheet.heads else ""
        rows.append(f"<w:tr>{repeated}{''.join(map(_word_cell, row))}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def _word_cell(cell: Cell) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    if cell.goes_on:
        span += "<w:vMerge/>"
    elif cell.rows > 1:
        span += '<w:vMerge w:val="restart"/>'
    if cell.upright:
        span += '<w:textDirection w:val="tbRlV"/>'
    words = "".join(f"<w:p>{_word_runs(line)}</w:p>" for line in cell.lines) or "<w:p/>"
    return f"<w:tc><w:tcPr>{span}</w:tcPr>{words}</w:tc>"


def odt(pieces: Sequence[Piece]) -> bytes:
    """The bytes of an ODT file."""
    body = ""
    tables = 0
    for piece in pieces:
        if isinstance(piece, Sheet):
            tables += 1
            body += _open_sheet(piece, tables)
        else:
            body += _open_line(piece)
    names = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "text", "table", "style"))
    content = (
        f'{_DECLARED}<office:document-content {names} office:version="1.2"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    styles = (
        f'{_DECLARED}<office:document-styles {names} office:version="1.2"><office:master-styles>'
        '<style:master-page style:name="Standard"><style:footer><text:p>— <text:page-number>1</text:page-number> —'
        "</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    )
    manifest = f'{_DECLARED}<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0">{listed}</manifest:manifest>'
    return _packed({"mimetype": kind, "content.xml": content, "styles.xml": styles, "META-INF/manifest.xml": manifest})


def _open_line(line: Line) -> str:
    tag = 'text:h text:outline-level="1"' if line.role in ("title", "heading") else "text:p"
    return f"<{tag}>{_open_words(line.words)}</{tag.split()[0]}>"


def _open_words(words: str) -> str:
    """The words in spans, blanks in a row as the element for them."""
    plain = without(words)
    cut = [plain[at : at + _RUN * 2] for at in range(0, len(plain), _RUN * 2)]
    spans = "".join(f'<text:span text:style-name="T1">{escape(part)}</text:span>' for part in cut)
    return re.sub(r"  +", lambda hit: f' <text:s text:c="{len(hit[0]) - 1}"/>', spans)


def _open_sheet(sheet: Sheet, number: int) -> str:
    rows = [f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in sheet.rows]
    columns = f'<table:table-column table:number-columns-repeated="{sheet.width}"/>'
    head = f"<table:table-header-rows>{''.join(rows[: sheet.heads])}</table:table-header-rows>" if sheet.heads else ""
    return f'<table:table table:name="T{number}">{columns}{head}{"".join(rows[sheet.heads :])}</table:table>'


def _open_cell(cell: Cell) -> str:
    covered = "<table:covered-table-cell/>"
    if cell.goes_on:
        return covered * cell.columns
    spans = ""
    if cell.rows > 1 or cell.columns > 1:
        spans = f' table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="{cell.columns}"'
    words = "".join(f"<text:p>{_open_words(line)}</text:p>" for line in cell.lines)
    return f'<table:table-cell office:value-type="string"{spans}>{words}</table:table-cell>' + covered * (
        cell.columns - 1
    )


def _packed(parts: Mapping[str, str]) -> bytes:
    return zipped({name: content.encode("utf-8") for name, content in parts.items()})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive with these parts, whose bytes depend neither on the day nor on how a machine compresses."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, content)
    return out.getvalue()
