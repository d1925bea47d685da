"""Faults planted in the sentences of a report, and between them and its table.

Each operator changes a draft and returns what it did, or returns None and changes nothing where it does not apply.
"""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.registry.model import Registry
from orchestration.specimens.chance import Chance
from orchestration.specimens.faults_in_tables import Table
from orchestration.specimens.model import Draft, Passage
from orchestration.specimens.phrases import choose, wording

# What is printed in the table where the prose denies it: the total, and rows that then count the same case.
_DENIED = {
    "review_total_count": ("review_upheld_count",),
    "litigation_total_count": ("litigation_upheld_count",),
    "complaints_count": (),
    "request_fee_amount": (),
    "requests_received_count": (
        "requests_network_count",
        "requests_concluded_count",
        "requests_concluded_on_time_count",
        "replies_count",
        "reply_granted_count",
    ),
}
_PLAIN_SLOT = re.compile(r"\{([a-z_]+)\}")
_APART = ("{=", "{*", "{<", "{>", "{^", "{_")


def _phrases(draft: Draft) -> list[tuple[list[str], int]]:
    """Every chosen sentence by its place."""
    return [
        (paragraph, at)
        for passage in draft.passages
        for paragraph in passage.paragraphs
        for at in range(len(paragraph))
    ]


def _passage(draft: Draft, *keys: str) -> Passage | None:
    return next((p for key in keys for p in draft.passages if p.key == key), None)


def other_figure(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The prose says another figure than the table prints."""
    table = Table(draft, registry)
    printed = {table.code(cell_id): cell_id for cell_id in table.rows if table.cell(cell_id)}
    listed = {draft.classes_of[0]} if draft.classes else set()
    said = [
        code
        for paragraph, at in _phrases(draft)
        if not any(sign in paragraph[at] for sign in _APART)
        for code in _PLAIN_SLOT.findall(paragraph[at])
        if code in printed and code not in listed and table.value(printed[code]) == draft.told.get((code, "year"))
    ]
    if not said:
        return None
    code = chance.pick(said)
    was = draft.told[code, "year"]
    if was != int(was):
        return None
    draft.told[code, "year"] = was + max(1, int(was) // 8) + chance.whole(0, 3)
    return f"prose has {draft.told[code, 'year']:g} {code}, the table {was:g}"


def denied(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The prose says that there was none, the table counts some."""
    table = Table(draft, registry)
    by_code = {table.code(cell_id): cell_id for cell_id in table.rows if table.cell(cell_id)}
    said = [
        c for c in _DENIED if c in by_code and any("{!" + c + "}" in phrases[at] for phrases, at in _phrases(draft))
    ]
    said = [c for c in said if table.cell(by_code[c]) and table.value(by_code[c]) == 0]
    if not said:
        return None
    code = chance.pick(said)
    value = 0.02 if code == "request_fee_amount" else 1
    for each in (code, *_DENIED[code]):
        if each in by_code:
            table.put(by_code[each], value)
    return f"prose denies {code}, the table has {value:g}"


def classes_broken(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The classes listed in prose do not add up to the total they break down."""
    listed = [phrases[at] for phrases, at in _phrases(draft) if "{classes}" in phrases[at]]
    rounded = any(
        "{" + draft.classes_of[0] + s in phrases[at] for s in (":about", ":wan") for phrases, at in _phrases(draft)
    )
    if not listed or rounded or draft.classes_cut or len(draft.classes) < 3:
        return None
    if draft.matrix and not draft.says(draft.classes_of):
        # No table of these forms prints the total; where the prose does not either, nothing is contradicted.
        return None
    at = max(range(len(draft.classes)), key=lambda i: draft.classes[i].count)
    largest = draft.classes[at]
    less = chance.whole(1, max(1, largest.count // 10))
    # Classes named as the main ones may well be fewer than all.
    partial = any("主要" in sentence for sentence in listed)
    fewer = largest.count > less and not partial and chance.happens(0.5)
    count = largest.count - less if fewer else largest.count + less
    draft.classes[at] = replace(largest, count=count)
    return f"{largest.name}: {count} typed for {largest.count}"


def last_years_text(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A sentence of last year's report still stands in this one."""
    passage = _passage(draft, "disclosure", "overview")
    if passage is None:
        return None
    sentence = choose(wording("sentences")["copied"], draft, chance)
    if sentence is None:
        return None
    passage.paragraphs.append([sentence])
    return f"a sentence of {draft.year - 1}: {sentence.split('，')[-1]}"


def count_before_the_law(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A cumulative count begins on 1 January 2008, before the regulations took effect."""
    passage = _passage(draft, "requests", "disclosure")
    if passage is None or draft.year == 2008:
        return None
    sentence = choose(wording("sentences")["before_the_law"], draft, chance)
    if sentence is None:
        return None
    passage.paragraphs.append([sentence])
    return "counted since 1 January 2008"


def figure_unfilled(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """A figure of the prose was never filled in: ×× stands there."""
    found = [
        (phrases, at, code)
        for phrases, at in _phrases(draft)
        if not any(sign in phrases[at] for sign in (*_APART, "{classes}")) and "其中" not in phrases[at]
        for code in _PLAIN_SLOT.findall(phrases[at])
        if (code, "year") in draft.figures and draft.classes_of != (code, "year")
    ]
    if not found:
        return None
    phrases, at, code = chance.pick(found)
    phrases[at] = phrases[at].replace("{" + code + "}", chance.pick(("××", "XX", "    ")))
    return f"no figure where {code} belongs"


def units_lost_in_prose(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """Some figures of the prose have lost the unit behind them."""
    draft.lost_units = chance.whole(1, 3)
    return "units lost behind figures of the prose"


def lines_wrapped(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """Every line of the prose is cut after so many characters."""
    draft.wrap = chance.whole(30, 44)
    return f"lines of {draft.wrap} characters"
