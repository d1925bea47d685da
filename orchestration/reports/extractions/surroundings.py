"""What a document says around the name of its author: which areas it names, how often, and right before which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from orchestration.registry.placenames import area_stem
from orchestration.reports.extractions.regions import Mention, RegionIndex

# A name right before the township or body (兴国县南坑乡) says more than one elsewhere in the text.
_BESIDE = 12
_CITED = re.compile(r"《[^《》]*》")
_ADDRESS = re.compile(r"(?:地址|住所)(?:为|是|在)?:?")
_AREA_KINDS = "县区市旗"
_IN_ADDRESS = 4


@dataclass(frozen=True)
class Surroundings:
    """The words of one document, squeezed, and the area names in them."""

    document_id: str
    text: str
    index: RegionIndex

    def key_of_its_own(self, candidates: Iterable[str], name: str) -> str:
        """A natural key for an agency whose place is not certain: two papers of 光明街道 are not one agency's."""
        return f"{'|'.join(sorted(candidates)) or '?'}/{name}/{self.document_id[:16]}"

    @cached_property
    def _all(self) -> tuple[Mention, ...]:
        """Every area name; one that is also a common word only right behind the name of what it lies in."""
        found: list[Mention] = []
        for mention in self.index.mentions(self.text):
            if not self.index.is_common_word(mention.name):
                found.append(mention)
            elif found and found[-1].end == mention.start:
                inside = [code for code in mention.codes if self.index.lies_in(code, found[-1].codes)]
                found += [replace(mention, codes=tuple(inside))] if inside else []
        return tuple(found)

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often each area name stands in the text; at the head of an address it counts more."""
        counts = Counter(mention.name for mention in self._all)
        addresses = {hit.end() for hit in _ADDRESS.finditer(self.text)}
        counts.update({mention.name: _IN_ADDRESS for mention in self._all if mention.start in addresses})
        return counts

    def weight(self, code: str) -> int:
        """How strongly the document names the area in full."""
        return self._counts[self.index.name(code)]

    def former_weight(self, code: str) -> int:
        """How often it names the area as in other years, or as another kind of area (洪泽县 for 洪泽区)."""
        name = self.index.name(code)
        stem = area_stem(name)
        others = {other for other in self.index.names(code) if len(other) > 2} | (
            {stem + kind for kind in _AREA_KINDS} if stem != name else set()
        )
        listed = code in self.index.areas(name)
        return sum(self.text.count(other) for other in (others - {name} if listed else others | {name}))

    def beside(self, words: str) -> Counter[str]:
        """The areas whose names stand right before these words, with how often; 人民政府 may stand between."""
        found: Counter[str] = Counter()
        at = self.text.find(words)
        while at >= 0:
            before = self.text[max(0, at - _BESIDE) : at].removesuffix("政府").removesuffix("人民")
            last = [m for m in self.index.mentions(before) if m.end == len(before)]
            for mention in last[-1:]:
                if not self.index.is_common_word(mention.name):
                    found.update(mention.codes)
            at = self.text.find(words, at + 1)
        return found

    def spoken_of(self) -> Counter[str]:
        """Areas named outside the titles of rules and notices, where superiors are cited."""
        found: Counter[str] = Counter()
        for mention in self.index.mentions(_CITED.sub("", self.text)):
            if not self.index.is_common_word(mention.name):
                found.update(mention.codes)
        return found

    def support_from_above(self, code: str) -> int:
        """How strongly the document names what lies above an area: its city counts more than its province."""
        above = self.index.above(code)
        return sum((3 if len(parent) > 2 else 1) * bool(self.weight(parent)) for parent in above)
