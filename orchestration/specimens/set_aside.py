"""Files that no reader can publish anything of: a report without its figures, a notice about reports, nothing."""

from __future__ import annotations

from typing import Literal

from orchestration.specimens.chance import Chance
from orchestration.specimens.dates import plain_day
from orchestration.specimens.model import Draft
from orchestration.specimens.phrases import wording

Kind = Literal["figureless", "notice", "empty"]
REASONS: dict[Kind, str] = {"figureless": "no_figures", "notice": "not_a_report", "empty": "empty_file"}


def set_aside(draft: Draft, kind: Kind, chance: Chance) -> bytes:
    """The bytes of such a file, in place of the report of this draft."""
    if kind == "empty":
        return b""
    words = {
        "agency": draft.agency.name,
        "superior": draft.agency.superior,
        "me": draft.agency.own_word,
        "year": draft.year,
        "next_year": draft.year + 1,
        "title": draft.title,
    }
    lines = [chance.fork(number).pick(bank).format(**words) for number, bank in enumerate(wording("set_aside")[kind])]
    day = draft.signed_on or draft.published_on
    if kind == "figureless" and day is not None:
        lines += [draft.signature, plain_day(day)]
    return ("\n\n".join(lines) + "\n").encode()
