"""What a document says around the name of its author: which areas it names, how often, and right before which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from orchestration.registry.placenames import area_stem
from orchestration.reports.extractions.identity.regions import Mention, RegionIndex

# A name right before the township or body (兴国县南坑乡) says more than one elsewhere in the text.
_BESIDE = 12
_CITED = re.compile(r"《[^《》]*》")
_IN_ADDRESS = 4
_LONG = 5
"""How many signs a name has at least that is abbreviated so."""


class PlaceWords:
    """How a document writes places in short, by what it calls its own, and by what names its sites go."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        either = {key: "|".join(map(re.escape, value)) for key, value in words.items() if isinstance(value, list)}
        self.provinces: tuple[str, ...] = tuple(words["kinds_of_province"])
        self.counties: tuple[str, ...] = tuple(words["kinds_of_county"])
        self.address = re.compile(rf"(?:{either['address_labels']})(?:为|是|在)?:?")
        # The name of a site says where it is, without the kind of the place: “中国永嘉”, “中国·济宁”, 耿马融媒体中心.
        self.site = re.compile(
            rf"[\"“]中国[·•.\-—]?(?P<quoted>[\u3400-\u9fff]{{2,4}}?)(?:{either['site_words']})*网?[\"”]"
            rf"|(?P<stem>[\u3400-\u9fff]{{2,4}})(?:{either['site_names']})"
        )
        self._abbreviated = re.compile(rf"[\u3400-\u9fff]{{1,3}}?(?:{either['kinds_kept_in_short']})")
        self._own = re.compile(rf"({either['kinds_that_speak']})(?:{either['organs_of_an_area']})")

    def abbreviation(self, words: str, area: str) -> str:
        """The beginning of the words that abbreviates the area (巴州: 巴音郭楞蒙古自治州); empty where none does.

        Its first sign and its kind are the area's, and what stands between follows in the same order.
        """
        hit = self._abbreviated.match(words)
        if not hit or len(area) < _LONG or (hit[0][0], hit[0][-1]) != (area[0], area[-1]):
            return ""
        signs = iter(area)
        return hit[0] if all(sign in signs for sign in hit[0]) else ""

    def own_kind(self, text: str) -> str:
        """The kind of area a text speaks of as its own government (县委, 区政府); "" where it does not say."""
        counts = Counter(self._own.findall(text))
        return counts.most_common(1)[0][0] if counts else ""


def leaders(found: Counter[str]) -> tuple[str, ...]:
    """The areas named most; none where nothing is found."""
    best = max(found.values(), default=0)
    return tuple(sorted(code for code, count in found.items() if count == best))


@dataclass(frozen=True)
class Surroundings:
    """The words of one document, squeezed, and the area names in them."""

    document_id: str
    text: str
    index: RegionIndex
    places: PlaceWords

    @cached_property
    def own_kind(self) -> str:
        """The kind of area that the document speaks of as its own government; "" where it does not say."""
        return self.places.own_kind(self.text)

    def fitting(self, found: Counter[str], kind: str) -> Counter[str]:
        """The areas of the kind asked for; provinces never stand for what lies below them."""
        return Counter(
            {
                code: count
                for code, count in found.items()
                if (len(code) > 2 or kind in self.places.provinces or self.index.name(code).endswith("市"))
                and (not kind or self.index.name(code).endswith(kind))
            }
        )

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
        addresses = {hit.end() for hit in self.places.address.finditer(self.text)}
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
            {stem + kind for kind in self.places.counties} if stem != name else set()
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

    def named(self) -> Counter[str]:
        """Areas named anywhere, titles of rules and notices included."""
        return Counter(code for mention in self._all for code in mention.codes)

    def spoken_of(self) -> Counter[str]:
        """Areas named outside the titles of rules and notices, where superiors are cited."""
        found: Counter[str] = Counter()
        for mention in self.index.mentions(_CITED.sub("", self.text)):
            if not self.index.is_common_word(mention.name):
                found.update(mention.codes)
        return found

    @cached_property
    def sites(self) -> Counter[str]:
        """The areas after which sites of government and press are named; weaker than any name in full."""
        found: Counter[str] = Counter()
        for hit in self.places.site.finditer(self.text):
            words = hit["quoted"] or hit["stem"]
            stems = (words[at:] for at in range(len(words) - 1))
            found.update(next((codes for stem in stems if (codes := self.index.areas_by_stem(stem))), ()))
        return found

    def abbreviated_by(self, body: str) -> tuple[str, ...]:
        """The only area named in the document whose name the words before a body abbreviate (巴州财政局)."""
        found = {mention.codes for mention in self._all if self.places.abbreviation(body, mention.name)}
        return found.pop() if len(found) == 1 else ()

    def abbreviated_above(self, body: str) -> tuple[str, ...]:
        """The only area above those that the document names whose name the words before a body abbreviate."""
        above = {above for code in self.spoken_of() for above in self.index.above(code)}
        found = tuple(sorted(code for code in above if self.places.abbreviation(body, self.index.name(code))))
        return found if len(found) == 1 else ()

    def support_from_above(self, code: str) -> int:
        """How strongly the document names what lies above an area: its city counts more than its province."""
        above = self.index.above(code)
        return sum((3 if len(parent) > 2 else 1) * bool(self.weight(parent)) for parent in above)
