"""Small charts as inline SVG: no script, no font, nothing from outside."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

BAR, GAP, TALL, EDGE = 34, 18, 150, 26
ROW, LABEL, LONG = 26, 250, 380


def columns_chart(figures: Sequence[tuple[str, int, int]], caption: str) -> str:
    """Upright bars, one per (label, main figure, figure set aside); the second stands on the first in grey."""
    most = max((main + aside for _, main, aside in figures), default=0) or 1
    width = EDGE * 2 + max(len(figures), 1) * (BAR + GAP)
    parts = [_open(width, TALL + 2 * EDGE, caption)]
    for number, (label, main, aside) in enumerate(figures):
        x = EDGE + number * (BAR + GAP)
        high, above = round(TALL * main / most), round(TALL * aside / most)
        floor = EDGE + TALL
        parts.append(f'<rect x="{x}" y="{floor - high}" width="{BAR}" height="{high}" rx="3" fill="#0b5c8a"/>')
        if aside:
            parts.append(f'<rect x="{x}" y="{floor - high - above}" width="{BAR}" height="{above}" fill="#c3c9d4"/>')
        middle = x + BAR / 2
        parts.append(_text(middle, floor - high - above - 6, f"{main}" + (f"+{aside}" if aside else ""), "middle"))
        parts.append(_text(middle, floor + 17, label, "middle"))
    return "".join([*parts, "</svg>"])


def rows_chart(figures: Sequence[tuple[str, int]], caption: str) -> str:
    """Lying bars, one per (label, figure), in the order given."""
    most = max((figure for _, figure in figures), default=0) or 1
    parts = [_open(LABEL + LONG + 60, len(figures) * ROW + 8, caption)]
    for number, (label, figure) in enumerate(figures):
        y = 4 + number * ROW
        long = max(round(LONG * figure / most), 2 if figure else 0)
        parts.append(_text(LABEL - 10, y + 17, label, "end"))
        parts.append(f'<rect x="{LABEL}" y="{y + 4}" width="{long}" height="{ROW - 8}" rx="3" fill="#0b5c8a"/>')
        parts.append(_text(LABEL + long + 8, y + 17, str(figure), "start"))
    return "".join([*parts, "</svg>"])


def _open(width: float, height: float, caption: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" style="max-width:100%;height:auto"'
        f' role="img" aria-label="{escape(caption)}"><title>{escape(caption)}</title>'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="13" fill="#1f2430" text-anchor="{anchor}">{escape(words)}</text>'
