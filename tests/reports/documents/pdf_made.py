"""Small PDFs put together by hand: words, lines and shading at given places, in points from the top left.

The font is one that every reader has to know by name, so no font file is needed and none is embedded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import md5
from itertools import pairwise
from math import cos, pi, sin

WIDTH, HEIGHT = 595, 842
_FONT_SIZE = 10.5


class Sheet:
    """One page to draw on."""

    def __init__(
        self, width: float = WIDTH, height: float = HEIGHT, rotate: int = 0, crop: Sequence[float] = ()
    ) -> None:
        self.width, self.height, self.rotate, self.crop = width, height, rotate, crop
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

    def dots(self, x0: float, top: float, x1: float, bottom: float) -> Sheet:
        """A dotted line: small squares, each drawn for itself."""
        count = int(max(x1 - x0, bottom - top) / 2)
        for step in range(count + 1):
            x, y = x0 + (x1 - x0) * step / count, top + (bottom - top) * step / count
            self.shade(x, y, x + 0.8, y + 0.8, grey=0)
        return self

    def rounded(self, x0: float, top: float, x1: float, bottom: float, radius: float = 4) -> Sheet:
        """A box with rounded corners, drawn of short straight pieces."""
        points = []
        for x, y, quarter in ((x1, bottom, 0), (x0, bottom, 1), (x0, top, 2), (x1, top, 3)):
            middle = x - radius if quarter in (0, 3) else x + radius, y - radius if quarter in (0, 1) else y + radius
            for step in range(12):
                angle = (quarter + step / 11) * pi / 2
                points.append((middle[0] + radius * cos(angle), self.height - middle[1] - radius * sin(angle)))
        drawn = " ".join(f"{x:.2f} {y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points))
        self.content.append(f"0.5 w {drawn} h S")
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


def made_pdf(*sheets: Sheet, password: str | None = None) -> bytes:
    """The bytes of a PDF with these pages, locked if there is a password, which may be none but still a lock.

    Font F1 is Chinese, F2 the same with its characters told by a map, which knows no figures.
    """
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
        cropped = f" /CropBox [{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
        pages.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {sheet.width} {sheet.height}]{cropped}"
                f" /Rotate {sheet.rotate} /Contents {content} 0 R"
                f" /Resources << /Font << {fonts} >> /XObject << /I1 {image} 0 R >> >> >>"
            )
        )
    add(f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{page} 0 R' for page in pages)}] >>")
    root = add(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    trailer = f"/Root {root} 0 R"
    if password is not None:
        # The dictionary of the lock is the only object that is not locked itself.
        key, dictionary = _lock(password.encode())
        parts = [_locked(part, number, key) for number, part in enumerate(parts, 1)]
        trailer += f" /Encrypt {add(dictionary)} 0 R /ID [<{_ID.hex()}> <{_ID.hex()}>]"
    return _file(parts, trailer)


_ID = bytes(16)
_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _lock(password: bytes) -> tuple[bytes, str]:
    """The key of a PDF that this password opens, and the dictionary that tells readers how (version 1, 40 bits)."""
    padded = (password + _PADDING)[:32]
    owner = _rc4(md5((b"owner" + _PADDING)[:32]).digest()[:5], padded)
    key = md5(padded + owner + (-4).to_bytes(4, "little", signed=True) + _ID).digest()[:5]
    user = _rc4(key, _PADDING)
    return key, f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>"


def _locked(part: str, number: int, key: bytes) -> str:
    """An object with its strings and its stream locked."""
    own = md5(key + number.to_bytes(3, "little") + bytes(2)).digest()[:10]
    head, mark, rest = part.partition("stream\n")
    head = re.sub(r"\((\w+)\)", lambda words: f"<{_rc4(own, words[1].encode()).hex()}>", head)
    if not mark:
        return head
    content = rest.removesuffix("\nendstream").encode("latin-1")
    return f"{head}{mark}{_rc4(own, content).decode('latin-1')}\nendstream"


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    other = 0
    for at in range(256):
        other = (other + box[at] + key[at % len(key)]) % 256
        box[at], box[other] = box[other], box[at]
    out, at, other = bytearray(), 0, 0
    for byte in data:
        at = (at + 1) % 256
        other = (other + box[at]) % 256
        box[at], box[other] = box[other], box[at]
        out.append(byte ^ box[(box[at] + box[other]) % 256])
    return bytes(out)


def _file(parts: Sequence[str], trailer: str) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(parts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} {trailer} >>\nstartxref\n{len(out)}\n"
    return out + f"{end}%%EOF\n".encode("ascii")
