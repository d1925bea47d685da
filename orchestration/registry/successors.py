"""Which code of one year's list follows which of the year before: the same place under a new number.

A place that changed both its number and its own name is followed only by what it consists of; one that several could
have become is not followed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from orchestration.registry.placenames import area_stem, township_stem

_ABOVE = {4: 2, 6: 4, 9: 6}
"""How many digits of a code of this length name what it lies in."""

_WIDER = {4: 2, 6: 2, 9: 4}
"""Within how many digits a place may have moved: a county in its province, a township in its prefecture."""

_COUNTY = 6
_TOWNSHIP = 9
_SHORT = 2
"""How long a name of one character and its kind is."""

_MOST = 0.8
"""Which part of its townships a county keeps that goes on under another name and number."""

Comparable = Callable[[str, str], str]
"""The form of the name of a code in which two lists are compared; empty for a line that names no place."""


class Succession(NamedTuple):
    """From this year on `new_code` is the number of what was `old_code` the year before."""

    old_code: str
    new_code: str
    year: int


def successions_between(
    old: Mapping[str, str], new: Mapping[str, str], year: int, comparable: Comparable
) -> list[Succession]:
    """What follows what from one list (name by code) to the next, from prefectures down to townships.

    Within what lies above, the same name counts first, then the same name of another kind (洪泽县, 洪泽区), then the
    same name farther away; each time only where there is one of each. A county that is still listed under its own
    number changed its name alone. Of the counties left, one with a name of one character follows on in one that begins
    with it (郫县, 郫都区), and last one whose townships are for the most part those of another (许昌县, 建安区).
    """
    moved: dict[str, str] = {}
    for level, above in _ABOVE.items():
        gone, come = _changed(old, new, level, comparable), _changed(new, old, level, comparable)
        moved.update(_pairs(gone, come, comparable, above, moved))
        if level < _TOWNSHIP:
            gone = {code: name for code, name in gone.items() if code not in new}
        moved.update(_pairs(gone, come, _stem, above, moved))
        moved.update(_pairs(gone, come, comparable if level == _TOWNSHIP else _stem, _WIDER[level], moved))
        if level == _COUNTY:
            moved.update(_lengthened(gone, come, moved))
            moved.update(_of_the_same_townships(gone, come, old, new, comparable))
    return [Succession(*pair, year) for pair in moved.items()]


def _changed(names: Mapping[str, str], others: Mapping[str, str], level: int, comparable: Comparable) -> dict[str, str]:
    """The places of one level that the other list does not have under the same number and name."""
    found = {}
    for code, name in names.items():
        if len(code) == level:
            form = comparable(code, name)
            if form and form != comparable(code, others.get(code, "")):
                found[code] = name
    return found


def _pairs(
    gone: dict[str, str], come: dict[str, str], compared: Comparable, size: int, moved: Mapping[str, str]
) -> dict[str, str]:
    """New code by old where one of a name is left on each side of the same area; both are then taken out.

    What kept its number is taken out too, but is no pair.
    """
    before: dict[tuple[str, str], list[str]] = defaultdict(list)
    after: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name in gone.items():
        before[moved.get(code[:size], code[:size]), compared(code, name)].append(code)
    for code, name in come.items():
        after[code[:size], compared(code, name)].append(code)
    found = {
        codes[0]: after[place][0] for place, codes in before.items() if len(codes) == len(after.get(place, ())) == 1
    }
    for code, successor in found.items():
        del gone[code], come[successor]
    return {code: successor for code, successor in found.items() if code != successor}


def _lengthened(gone: dict[str, str], come: dict[str, str], moved: Mapping[str, str]) -> dict[str, str]:
    """The counties of one character and a kind, and what lengthened the name by one (滦县, 滦州市); both taken out."""
    short = {code: name for code, name in gone.items() if len(name) == _SHORT and not name.endswith("区")}
    long = {code: name for code, name in come.items() if len(name) == _SHORT + 1}
    found = _pairs(short, long, lambda _, name: name[0], _WIDER[_COUNTY], moved)
    for code, successor in found.items():
        del gone[code], come[successor]
    return found


def _of_the_same_townships(
    gone: dict[str, str], come: dict[str, str], old: Mapping[str, str], new: Mapping[str, str], comparable: Comparable
) -> dict[str, str]:
    """The counties whose townships make up most of another's, and are mostly there; none where no list has any."""
    fresh = {code: name for code, name in come.items() if code not in old}
    before, after = _townships(old, gone, comparable), _townships(new, fresh, comparable)
    found = {}
    for code, names in before.items():
        for successor, others in after.items():
            shared = len(names & others)
            same_prefecture = code[: _ABOVE[_COUNTY]] == successor[: _ABOVE[_COUNTY]]
            if same_prefecture and shared >= _MOST * len(names) and shared >= _MOST * len(others):
                found[code] = successor
    return found


def _townships(names: Mapping[str, str], counties: Mapping[str, str], comparable: Comparable) -> dict[str, set[str]]:
    """The townships of these counties in one list, in the form in which lists are compared."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in names.items():
        if len(code) == _TOWNSHIP and code[:_COUNTY] in counties:
            found[code[:_COUNTY]].add(comparable(code, name))
    return found


def _stem(code: str, name: str) -> str:
    return township_stem(name) if len(code) == _TOWNSHIP else area_stem(name)
