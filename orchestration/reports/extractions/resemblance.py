"""What tells whether two reports are one text: a small signature of the words of the prose, figures left out.

Reports are compared in the warehouse, where all of them are; here stands only what one report contributes to that.
"""

from __future__ import annotations

import re
from zlib import crc32

from orchestration.reports.documents.model import Document

SKETCH_SIZE = 64
_WHITE_SPACE = re.compile(r"\s+")
# Words between figures and punctuation; shorter ones stand in every report.
_PHRASE = re.compile(r"[^\W\d_]{4,}")


def text_signature(document: Document) -> tuple[int, ...]:
    """The smallest SKETCH_SIZE of the CRC-32 of the phrases of the prose, in order; empty where there is no prose.

    A phrase is a run of letters that no digit and no punctuation interrupts, so that last year's report with new
    dates and figures has the same phrases. Of two documents, the share of common numbers among the smallest of both
    together estimates the share of common phrases. The same text gives the same numbers on every machine.
    """
    folded = document.folded
    words = "\n".join(
        _WHITE_SPACE.sub("", "".join([folded[span.start : span.end] for span in paragraph.spans]))
        for paragraph in document.paragraphs
    )
    phrases = set(_PHRASE.findall(words))
    return tuple(sorted({crc32(phrase.encode()) for phrase in phrases})[:SKETCH_SIZE])
