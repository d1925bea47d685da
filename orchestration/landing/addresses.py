"""Whether the addresses of the registry's sources answer; nothing is fetched and nothing kept."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orchestration.registry.model import Source

SECONDS = 20.0
_NOT_ALLOWED = (403, 405, 501)
_AGENT = {"User-Agent": "ogi-reports (address check)"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address answered: `words` are the status or what the system said."""

    source_id: str
    address: str
    works: bool
    words: str


def answers(sources: Iterable[Source], seconds: float = SECONDS) -> Iterator[Answer]:
    """Ask every address, one after the other, waiting at most `seconds` for each."""
    for source in sources:
        works, words = _asked(source.address, seconds)
        yield Answer(source.source_id, source.address, works, words)


def _asked(address: str, seconds: float) -> tuple[bool, str]:
    """Whether the address answers, asked for its head alone where the server lets it."""
    works, words = False, "not asked"
    for method in ("HEAD", "GET"):
        try:
            request = urllib.request.Request(address, headers=_AGENT, method=method)
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return True, f"{answer.status} {answer.reason}"
        except urllib.error.HTTPError as error:
            works, words = False, f"{error.code} {error.reason}"
            if error.code not in _NOT_ALLOWED:
                break
        except (OSError, ValueError, http.client.HTTPException) as error:
            return False, str(getattr(error, "reason", error))
    return works, words
