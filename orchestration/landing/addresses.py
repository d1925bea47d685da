"""Whether the addresses of the registry's sources answer; nothing is fetched and nothing kept."""

from __future__ import annotations

import http.client
import socket
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orchestration.registry.model import Source

SECONDS = 20.0
_NOT_ALLOWED = (403, 405, 501)
_AGENT = {"User-Agent": "ogi-reports (address check)"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address answered: `words` are the status or what the system said.

    `nameless`: it was not asked, for the name of its server could not be looked up.
    """

    source_id: str
    address: str
    works: bool
    words: str
    nameless: bool = False


def answers(sources: Iterable[Source], seconds: float = SECONDS) -> Iterator[Answer]:
    """Ask every address, one after the other, waiting at most `seconds` for each."""
    for source in sources:
        works, words, nameless = _asked(source.address, seconds)
        yield Answer(source.source_id, source.address, works, words, nameless)


def names_fail(found: Sequence[Answer]) -> bool:
    """Whether of none of these addresses the name was known, as where there is no network; True of no addresses."""
    return all(answer.nameless for answer in found)


def _asked(address: str, seconds: float) -> tuple[bool, str, bool]:
    """Whether the address answers, asked for its head alone where the server lets it; its words; whether nameless."""
    words = "not asked"
    for method in ("HEAD", "GET"):
        try:
            request = urllib.request.Request(address, headers=_AGENT, method=method)
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return True, f"{answer.status} {answer.reason}", False
        except urllib.error.HTTPError as error:
            words = f"{error.code} {error.reason}"
            if error.code not in _NOT_ALLOWED:
                break
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            return False, str(reason), isinstance(reason, socket.gaierror)
    return False, words, False
