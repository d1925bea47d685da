"""A PDF file written by hand: pages of words and rulings, in a Chinese font that every reader knows by its name.

Nothing is embedded and nothing is compressed, so that the same pages give the same bytes everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

_ASCENT = 0.88


class Leaf:
    """One page to draw on; places are in points from its top left."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.content: list[str] = []

    def words(self, left: float, top: float, text: str, size: float) -> None:
        """Text from left to right; a Chinese character is as wide as high, another half as wide."""
        if text:
            drawn = text.encode("utf-16-be").hex()
            at = f"{left:.2f} {self.height - top - _ASCENT * size:.2f}"
            self.content.append(f"BT /F1 {size:g} Tf 1 0 0 1 {at} Tm <{drawn}> Tj ET")

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """The four rulings around a cell."""
        y0, y1 = self.height - top, self.height - bottom
        for x, y, to_x, to_y in (
            (left, y0, right, y0),
            (left, y1, right, y1),
            (left, y0, left, y1),
            (right, y0, right, y1),
        ):
            self.content.append(f"0.5 w {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S")


def pdf(leaves: Sequence[Leaf]) -> bytes:
    """The bytes of a PDF with these pages."""
    parts: list[str] = []

    def add(part: str) -> int:
        parts.append(part)
        return len(parts)

    described = add(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    signs = add(
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor {described} 0 R /DW 1000"
        " /W [1 95 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    )
    font = add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        f" /DescendantFonts [{signs} 0 R] >>"
    )
    tree = len(parts) + 2 * len(leaves) + 1
    pages = []
    for leaf in leaves:
        drawn = "\n".join(leaf.content)
        stream = add(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        box = f"[0 0 {leaf.width:g} {leaf.height:g}]"
        pages.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox {box} /Contents {stream} 0 R"
                f" /Resources << /Font << /F1 {font} 0 R >> >> >>"
            )
        )
    add(f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{page} 0 R' for page in pages)}] >>")
    return _file(parts, add(f"<< /Type /Catalog /Pages {tree} 0 R >>"))


def _file(parts: Sequence[str], root: int) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(parts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root {root} 0 R >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode("ascii")
