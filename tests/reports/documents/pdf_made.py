"""Small PDFs put together by hand: words, lines and shading at given places, in points from the top left.

The font is one that every reader has to know by name, so no font file is needed and none is embedded.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

WIDTH, HEIGHT = 595, 842
_FONT_SIZE = 10.5


class Sheet:
    """One page to draw on."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT, rotate: int = 0) -> None:
        self.width, self.height, self.rotate = width, height, rotate
        self.content: list[str] = []

    def words(self, x: float, top: float, text: str, size: float = _FONT_SIZE, font: str = "F1") -> Sheet:
        """Text from left to right; a Chinese character is as wide as high, another half as wide."""
        return self.turned_words(f"1 0 0 1 {x} {self.height - top - 0.86 * size:.2f}", text, size, font)

    def turned_words(self, matrix: str, text: str, size: float = _FONT_SIZE, font: str = "F1") -> Sheet:
        """Text under a text matrix (a b c d e f)."""
        self.content.append(f"BT /{font} {size} Tf {matrix} Tm <{text.encode('utf-16-be').hex()}> Tj ET")
        return self

    def line(self, x0: float, top: float, x1: float, bottom: float, thick: float = 0.5) -> Sheet:
        self.content.append(f"{thick} w {x0} {self.height - top} m {x1} {self.height - bottom} l S")
        return self

    def shade(self, x0: float, top: float, x1: float, bottom: float, grey: float = 1.0) -> Sheet:
        self.content.append(f"q {grey} g {x0} {self.height - bottom} {x1 - x0} {bottom - top} re f Q")
        return self

    def picture(self, x0: float, top: float, x1: float, bottom: float) -> Sheet:
        self.content.append(f"q {x1 - x0} 0 0 {bottom - top} {x0} {self.height - bottom} cm /I1 Do Q")
        return self

    def cell(self, x0: float, top: float, x1: float, bottom: float, text: str = "", size: float = _FONT_SIZE) -> Sheet:
        """A ruled cell with its lines of text from its top left."""
        for side in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            self.line(*side)
        for number, line in enumerate(text.split("\n") if text else ()):
            self.words(x0 + 3, top + 3 + 1.3 * size * number, line, size)
        return self

    def table(self, top: float, edges: Sequence[float], rows: Sequence[Sequence[str]], height: float = 20) -> Sheet:
        """A ruled table of single cells."""
        for number, row in enumerate(rows):
            for (x0, x1), text in zip(pairwise(edges), row, strict=True):
                self.cell(x0, top + number * height, x1, top + (number + 1) * height, text)
        return self


_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Radicals def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <2f00> <2fd5> <2f00> endbfrange
1 beginbfrange <4e00> <9fa5> <4e00> endbfrange
endcmap end end"""


def made_pdf(*sheets: Sheet, encrypted: bool = False) -> bytes:
    """The bytes of a PDF with these pages; font F1 is Chinese, F2 the same with its characters told by a map."""
    parts: list[str] = []

    def add(part: str) -> int:
        parts.append(part)
        return len(parts)

    def stream(content: str, entries: str = "") -> int:
        return add(f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream")

    described = add(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    one = f"/BaseFont /STSong-Light /FontDescriptor {described} 0 R /DW 1000"
    chinese = add(
        f"<< /Type /Font /Subtype /CIDFontType0 {one} /W [1 95 500]"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    )
    mapped = add(
        f"<< /Type /Font /Subtype /CIDFontType2 {one}"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    fonts = (
        f"/F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        f" /DescendantFonts [{chinese} 0 R] >> /F2 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light"
        f" /Encoding /Identity-H /DescendantFonts [{mapped} 0 R] /ToUnicode {stream(_TO_UNICODE)} 0 R >>"
    )
    image = stream("0", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
    tree = len(parts) + 2 * len(sheets) + 1
    pages = []
    for sheet in sheets:
        content = stream("\n".join(sheet.content))
        pages.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {sheet.width} {sheet.height}]"
                f" /Rotate {sheet.rotate} /Contents {content} 0 R"
                f" /Resources << /Font << {fonts} >> /XObject << /I1 {image} 0 R >> >> >>"
            )
        )
    add(f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{page} 0 R' for page in pages)}] >>")
    root = add(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    locked = f"/Encrypt {add(_LOCK)} 0 R /ID [<{'00' * 16}> <{'00' * 16}>]" if encrypted else ""
    return _file(parts, f"/Root {root} 0 R {locked}")


_LOCK = f"<< /Filter /Standard /V 1 /R 2 /O <{'11' * 32}> /U <{'22' * 32}> /P -4 >>"


def _file(parts: Sequence[str], trailer: str) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(parts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} {trailer} >>\nstartxref\n{len(out)}\n"
    return out + f"{end}%%EOF\n".encode("ascii")
