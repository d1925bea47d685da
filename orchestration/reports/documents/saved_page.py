"""A web page saved as one file (.mht, also under the name of a Word file): the page inside its parts."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from orchestration.reports.documents.html import MOST_BYTES, is_html, read_html
from orchestration.reports.documents.model import Content

_NEAR = 4096
_HEADER = re.compile(rb"^mime-version\s*:", re.MULTILINE)
_PARTS = re.compile(rb"^content-type\s*:\s*(?:multipart/|text/html)", re.MULTILINE)


def is_saved_page(data: bytes) -> bool:
    """Whether the bytes begin with the head of a message that holds a web page."""
    near = data[:_NEAR].lower()
    return b"mime-version" in near and bool(_HEADER.search(near) and _PARTS.search(near))


def read_saved_page(data: bytes) -> Content:
    """The content of the longest page among the parts; issue codes as read_html, damaged_file where there is none."""
    if len(data) > MOST_BYTES:
        return Content(issue_codes=("too_large",))
    message = message_from_bytes(data, policy=policy.compat32)
    parts = (part.get_payload(decode=True) for part in message.walk() if not part.is_multipart())
    pages = [part for part in parts if isinstance(part, bytes) and is_html(part)]
    return read_html(max(pages, key=len)) if pages else Content(issue_codes=("damaged_file",))
