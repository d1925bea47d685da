"""How a document speaks of its author: the sentences that name it, and what the text calls itself (我镇, 我局).

The patterns, compiled once from wording/identity.yml; how much each place counts is judged in testimony.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

_NAME = r"[\u3400-\u9fff]"
_YEAR = r"(?:19|20)\d\d年?度?"


def _unless(words: list[str], whole: list[str]) -> str:
    """A pattern of any of the words where it is not the end of one of the whole words (公开, but not 信息公开)."""
    found = []
    for word in words:
        before = (w.removesuffix(word) for w in whole if w.endswith(word))
        found.append("".join(f"(?<!{b})" for b in before) + word)
    return "|".join(found)


class SpeechWords:
    """What sentences and names of files say of the author; a pattern names it `name`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        either = {
            key: "|".join(map(re.escape, sorted(value, key=len, reverse=True)))
            for key, value in words.items()
            if isinstance(value, list)
        }
        self.topics: list[str] = sorted(words["topics"], key=len, reverse=True)
        self.labels: list[str] = words["agency_labels"]
        self.compiled_by = re.compile(rf"由(?P<name>{_NAME}{{2,40}}?)(?:\({_NAME}{{2,30}}\))?(?:{either['compiling']})")
        self.compiles = re.compile(
            rf"(?:^|[,;])(?P<name>{_NAME}{{4,40}}?)(?:{either['ways_of_compiling']})?(?:{either['compiled_so']})"
        )
        self.announced = re.compile(
            rf"(?:{_unless(words['announcing'], words['not_announcing'])})(?:了)?《?(?:{_YEAR})?"
            rf"(?P<name>{_NAME}{{2,40}}?)(?:{_YEAR})?(?:的)?(?:{either['disclosure_in_sentences']})"
        )
        section = rf"(?!公[室厅]){_NAME}{{1,4}}(?:{either['sections_of_bodies']})"
        self.contact = re.compile(
            rf"(?:{either['contact_words']}):?(?P<name>{_NAME}{{2,45}}?)(?:\({_NAME}{{2,20}}\))?"
            rf"(?:(?<=[{''.join(words['bodies_with_sections'])}]){section})?(?:{either['contact_verbs']}|[,(。;:]|$)"
        )
        self.seat = re.compile(
            rf"{words['address_labels'][0]}(?:为|是|在)?:?(?P<name>{_NAME}{{4,40}}(?:{either['seats']}))"
            rf"(?=[,;()。]|{either['behind_an_address']}|$)"
        )
        self.acts = re.compile(
            rf"(?:^|[,。;:])(?:(?:19|20)\d\d年度?(?:以来)?,?)?(?P<name>{_NAME}{{2,16}}?)(?={either['acting']})",
            re.MULTILINE,
        )
        self.charges = re.compile(
            rf"(?:^|[,。;:\d]年?度?,?)(?P<name>{_NAME}{{2,20}}?)(?:{either['not_charging']})(?:向[^,。]{{0,12}})?"
            rf"(?:{either['charging']})"
        )
        self.not_in_a_file_name = re.compile(rf"{_YEAR}|\d+|[^\u3400-\u9fff]+|关于|的(?={either['topics']})")
        self._kinds: dict[str, str] = {
            **dict.fromkeys(words["speaks_as_body"], "body"),
            **dict.fromkeys(words["speaks_as_area"], "area"),
            **dict.fromkeys(words["speaks_as_township"], "township"),
        }
        kinds = "|".join(sorted(self._kinds, key=len, reverse=True))
        self._speaker = re.compile(rf"(?:{either['selves']})(?P<kind>{kinds})")
        self._office = re.compile(rf"(?:{either['selves']})(?:{either['speaks_as_office']})")
        self._whole_area = re.compile(rf"全(?:{either['speaks_as_area']})")
        self._common = frozenset(words["common_to_names"])

    def speaker(self, text: str) -> str:
        """As what the text speaks of itself (我镇, 我局): township, area, body, or "" where it does not say."""
        kinds = Counter(self._kinds[kind] for kind in self._speaker.findall(text))
        return kinds.most_common(1)[0][0] if kinds else ""

    def is_of_an_office(self, text: str) -> bool:
        """Whether the text speaks of itself as an office (我办)."""
        return bool(self._office.search(text))

    def is_of_a_whole_area(self, text: str) -> bool:
        """Whether the text speaks of a whole area (全县)."""
        return bool(self._whole_area.search(text))

    def shares_words(self, one: str, other: str) -> bool:
        """Whether two neighbouring signs of one name, but for those of its kind, stand in the other."""
        pairs = {one[at : at + 2] for at in range(len(one) - 1)} - self._common
        return any(pair in other for pair in pairs)
