"""Bytes as characters: what the bytes themselves say decides, never a label on them.

UTF-8 is strict enough to prove itself. Beyond it nearly any bytes decode as GB 18030, so a text is only taken for
that where its characters are those that Chinese is written with; else Big5 and damaged UTF-8 are weighed against it.
"""

from __future__ import annotations

import re
from itertools import chain

# Control characters that no text holds; a share of others above this is no text either.
_MOST_CONTROL_SHARE = 0.01
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f]")
# Of real Chinese nearly every character is common; of one encoding read as another hardly half.
_SURELY_CHINESE = 0.9
_LEAST_CHINESE = 0.6
# Damaged bytes in a text that was cut or pieced together are few.
_MOST_DAMAGED = 0.02
_FEW_DAMAGED = 2
_SAMPLE = 20_000
_WIDE = re.compile("[\u3040-\ufeff]+")


def _characters(codec: str, rows: range) -> frozenset[str]:
    """The characters of whole rows of a double-byte encoding."""
    cells = chain(range(0x40, 0x7F), range(0xA1, 0xFF))
    columns = list(cells)
    return frozenset("".join(bytes((row, cell)).decode(codec, "ignore") for row in rows for cell in columns))


# The first level of each standard, which holds the characters in daily use.
_DAILY = _characters("gb2312", range(0xB0, 0xD8)) | _characters("big5", range(0xA4, 0xC7))
_COMMON = re.compile(f"[{re.escape(''.join(sorted(_DAILY)))}]+")


def decode(data: bytes) -> str | None:
    """The text of the bytes: UTF-8 or UTF-16 with or without a mark, GB 18030, Big5; None for no text.

    A byte order mark stays in the text, so that offsets count what came. A character that was cut becomes U+FFFD.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _text_or_none(_strict(data, "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"))
    if b"\x00" in data[:_SAMPLE]:
        return _text_or_none(_unmarked(data))
    text = _strict(data, "utf-8")
    if text is not None:
        return _text_or_none(text)
    text = _strict(data, "gb18030")
    if text is not None and _chinese(text) >= _SURELY_CHINESE:
        return _text_or_none(text)
    return _text_or_none(_likeliest(data, text))


def _unmarked(data: bytes) -> str | None:
    """The text of UTF-16 without a mark, where that makes it Chinese; None for any other bytes that hold zeros."""
    texts = (_strict(data, codec) for codec in ("utf-16-le", "utf-16-be"))
    return next((text for text in texts if text is not None and _chinese(text) >= _SURELY_CHINESE), None)


def _likeliest(data: bytes, national: str | None) -> str | None:
    """Of the ways to read the bytes the one that makes most sense; `national` where none does and it is possible."""
    best, score = national, _LEAST_CHINESE
    for codec in ("utf-8", "gb18030", "big5hkscs"):
        text = data.decode(codec, "replace")
        if text.count("\ufffd") > max(_FEW_DAMAGED, _MOST_DAMAGED * len(text)):
            continue
        sense = _chinese(text)
        if sense > score:
            best, score = text, sense
    return best


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _chinese(text: str) -> float:
    """The share of common characters among those beyond Latin and punctuation; 0 where there are none."""
    wide = "".join(_WIDE.findall(text, 0, _SAMPLE))
    return sum(map(len, _COMMON.findall(wide))) / len(wide) if wide else 0.0


def _text_or_none(text: str | None) -> str | None:
    """The text, if its characters are words: hardly a control character, and none that only binary files hold."""
    if text is None or "\x00" in text:
        return None
    control = sum(len(_CONTROL.findall(line)) for line in text.split("\n") if not line.isprintable())
    return text if control <= len(text) * _MOST_CONTROL_SHARE else None
