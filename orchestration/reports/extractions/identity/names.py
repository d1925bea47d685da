"""A printed agency name taken apart: the areas it names, the township and the body.

Taking apart knows the lists, not the document: 光明街道办事处 is a township of that name, whichever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.reports.extractions.identity.bodies import BodyWords, endings
from orchestration.reports.extractions.identity.regions import LONGEST_AREA, RegionIndex

_LONGEST_TOWNSHIP = 30
_LONGEST_BODY = 26
_PROVINCE = 2
_CHINESE = re.compile(r"[\u3400-\u9fff()、·—]+")
_HEAD_IN_BRACKETS = re.compile(r"^\([^()]*\)(?=.)")
_BALANCED = re.compile(r"(?:[^()]|\([^()]*\))*")
_OPEN_HEAD = re.compile(r"^[^()]*\)(?=.)")
_OPEN_END = re.compile(r"(?<=.)\([^()]*$")
_END_IN_BRACKETS = re.compile(r"(?<=.)(?:\([^()]*\))+$")


@dataclass(frozen=True, slots=True)
class AgencyName:
    """What a printed name says.

    `areas` are the codes that its last named area may mean, `area_as_listed` whether that name stands in the list so;
    `relative` is the kind of an area left unnamed (县教育局). `township` is as printed; `body` is "" for the
    government or sub-district itself.
    """

    printed: str
    areas: tuple[str, ...] = ()
    area_as_listed: bool = True
    relative: str = ""
    township: str = ""
    body: str = ""

    @property
    def is_government(self) -> bool:
        """Whether the area's own government speaks."""
        return bool(self.areas) and not self.township and not self.body


class NameReader:
    """Takes names apart by the list of regions and the words of agencies; registered names are bodies as they are."""

    def __init__(self, index: RegionIndex, words: Mapping[str, Any], bodies: BodyWords) -> None:
        self.index = index
        self.bodies = bodies
        self._country: str = words["country"]
        self._named_after_government: tuple[str, ...] = tuple(words["named_after_government"])
        self._city_of_corps = re.compile(
            rf"(?:{'|'.join(words['corps'])})?第[一二三四五六七八九十]{{1,3}}师(?P<city>[\u3400-\u9fff]{{1,6}}市)"
        )
        self._offices: tuple[str, ...] = endings(words["offices_of_government"])
        self._office_of: Mapping[str, str] = words["office_of_government"]
        self._disclosure = frozenset(words["disclosure_offices"])
        self._inner: tuple[str, ...] = endings([*words["inner_offices"], *words["disclosure_offices"]])
        self._branches: tuple[str, ...] = tuple(words["branch_offices"])
        self._kinds_of_area = frozenset(words["relative_areas"])
        self._no_relative: tuple[str, ...] = tuple(words["no_relative_areas"])
        self._region: str = words["region_left_unnamed"]
        self._selves = frozenset(words["selves"])
        self._stamps = endings(words["stamps"])
        self._columns = endings(words["columns"])
        self._last_signs = frozenset(kind[-1] for kind in words["township_endings"])
        self._short_endings = frozenset(words["endings_in_short"])
        kinds = "|".join(endings(words["township_endings"]))
        governments, none = "|".join(bodies.governments), "|".join(words["no_townships"])
        self._township = re.compile(rf"(?!{none})[\u3400-\u9fff]{{1,8}}?(?:{kinds})")
        self._kind_alone = re.compile(rf"(?:{kinds})(?:{governments})?(?:{'|'.join(self._inner)})?")
        self._only_kind = re.compile(rf"(?:{kinds})+$")
        self._kind_first = re.compile(rf"(?:{kinds})?(?:{'|'.join(words['party_bodies'])})|{governments}")
        signs = f"[{''.join(words['signs_of_sentences'])}]"
        self._of_sentences = re.compile(
            rf"{signs}|{'|'.join(words['words_of_sentences'])}|(?:{'|'.join(words['ends_of_sentences'])})$"
            rf"|^(?:{'|'.join(words['beginnings_of_sentences'])})"
        )
        plain = "|".join(endings(words["plain_townships"]))
        self._like_a_sentence = re.compile(rf"[\u3400-\u9fff]{{0,3}}{signs}[\u3400-\u9fff]{{0,3}}?(?:{plain})")

    def read(self, words: str) -> AgencyName | None:
        """The name taken apart; None where the words are no name of an agency.

        The name of a column of the site before it (乡镇(街道)石桥镇) is none of its words.
        """
        words = "".join(words.split())
        column = next(filter(words.startswith, self._columns), "")
        return self._read(words) or (self._read(words.removeprefix(column).lstrip("-_:>")) if column else None)

    def _read(self, words: str) -> AgencyName | None:
        rest = words.removeprefix(self._country)
        corps = self._city_of_corps.fullmatch(rest)
        if corps and self.index.areas(corps["city"]):
            # 第八师石河子市 is the city.
            return AgencyName(rest, self.index.areas(corps["city"]))
        rest = rest[: len(rest) // 2] if rest == 2 * rest[: len(rest) // 2] else rest
        for stamp in self._stamps:
            rest = rest.replace(stamp, "")
        rest = _END_IN_BRACKETS.sub("", _HEAD_IN_BRACKETS.sub("", rest)).strip("、·")
        rest = rest if _BALANCED.fullmatch(rest) else _OPEN_END.sub("", _OPEN_HEAD.sub("", rest)).strip("()")
        if rest in self.bodies.registered:
            return AgencyName(rest, body=rest)
        if not rest or len(rest) > 45 or not _CHINESE.fullmatch(rest) or self._is_sentence(rest):
            return None
        printed = rest
        areas, as_listed, relative, rest = self._areas(rest)
        rest, office = self._government(self._without_disclosure(rest))
        if rest in self._disclosure or "政府" + rest in self._disclosure:
            rest = ""
        if office and (areas or relative):
            return AgencyName(printed, areas, as_listed, relative, "", office)
        if not rest:
            return AgencyName(printed, areas, as_listed, relative) if areas or relative else None
        zoned = self._township_in_zone(rest, areas)
        if zoned:
            return AgencyName(printed, *zoned)
        township, rest = self._township_of(rest, areas)
        body = self._body(rest, inside=bool(township))
        if body is None or not (township or body):
            return None
        return AgencyName(self._without_office(printed, body), areas, as_listed, relative, township, body)

    def is_placed(self, name: AgencyName) -> bool:
        """Whether a name has something in it that is listed: an area, a township or a department."""
        listed = bool(name.township) and bool(self.index.townships(name.township))
        return bool(name.areas) or listed or self.bodies.is_department(name.body)

    def _is_sentence(self, words: str) -> bool:
        """Whether words have what no name has, but for the places that have it in theirs (无为市, 大为镇)."""
        if not self._of_sentences.search(words):
            return False
        words = self._areas(words)[3]
        for mention in reversed(tuple(self.index.mentions(words))):
            words = words[: mention.start] + words[mention.end :]
        hit = self._like_a_sentence.search(words)
        if hit:
            name = next((hit[0][at:] for at in range(3) if self.index.townships(hit[0][at:])), "")
            words = words.replace(name, "") if name else words
        return bool(self._of_sentences.search(words))

    def _without_disclosure(self, rest: str) -> str:
        """The office of a government without the office for disclosure inside it (市政府办公室信息公开办公室)."""
        inside = (rest.removesuffix(name) for name in self._disclosure if rest.endswith(name))
        return next((office for office in inside if office in self._offices), rest)

    def _without_office(self, printed: str, body: str) -> str:
        """The printed name up to the agency itself."""
        office = "" if body and printed.endswith(body) else next(filter(printed.endswith, self._inner), "")
        return printed.removesuffix(office) if len(printed) > len(office) + 1 else printed

    def _areas(self, rest: str) -> tuple[tuple[str, ...], bool, str, str]:
        areas: tuple[str, ...] = ()
        as_listed = True
        while rest:
            listed = self._listed_township(rest, areas)
            size, codes, exact = self._area(rest, areas)
            if not codes or len(listed) > size:
                break
            areas, as_listed, name, rest = codes, exact, rest[:size], rest[size:]
            while rest.startswith(name) and not self._listed_township(rest, areas).startswith(name):
                rest = rest[size:]
        word = rest.startswith(self._no_relative) and not rest[1:].startswith(self.bodies.governments)
        if not areas and rest.startswith(self._region) and self.read_rest(rest[len(self._region) :], areas):
            return areas, as_listed, self._region, rest[len(self._region) :]
        relative = rest[:1] in self._kinds_of_area and not word
        if relative and not self._listed_township(rest, areas):
            inner = self.read_rest(rest[1:], areas)
            if inner:
                return areas, as_listed, rest[0], rest[1:]
        return areas, as_listed, "", rest

    def read_rest(self, rest: str, areas: tuple[str, ...]) -> bool:
        """Whether words without their area still name a government, a township or a body (县|教育局, 市|政府)."""
        if rest.startswith(self.bodies.governments):
            return True
        return bool(self._listed_township(rest, areas)) or (rest.endswith(self.bodies.whole) and len(rest) >= 2)

    def _area(self, rest: str, areas: tuple[str, ...]) -> tuple[int, tuple[str, ...], bool]:
        """Length, codes and exactness of the area name the words begin with; (0, (), …) if there is none."""
        for size in range(min(LONGEST_AREA, len(rest)), 1, -1):
            name = rest[:size]
            if self._kind_alone.fullmatch(rest[size:]):
                continue
            codes = self._under(self.index.areas(name), areas)
            certain = areas or not self.index.is_common_word(name) or rest.startswith(self.bodies.governments[0], size)
            if codes and certain:
                return size, codes, True
        for size in range(min(LONGEST_AREA, len(rest)), 1, -1):
            name, after = rest[:size], rest[size:]
            codes = self._under(self.index.areas_by_stem(name), areas)
            if not codes or not after or self._kind_alone.fullmatch(after):
                continue
            if self.bodies.is_zone(name) and not any(name in self.index.names(code) for code in codes):
                # 长春新区 is a zone in 长春市, and no other name of it.
                continue
            if name[-1] in self._kinds_of_area and len(name) >= 3:
                return size, codes, False
            if self._area_follows(after, codes):
                return size, codes, False
            seats = self._seats(after, codes)
            if seats:
                return size, seats, False
        return 0, (), True

    def _area_follows(self, after: str, codes: tuple[str, ...]) -> bool:
        """Whether an area or township below the codes comes next: only then is 泉州 in 泉州鲤城区 the city."""
        for size in range(min(LONGEST_AREA, len(after)), 1, -1):
            below = self.index.areas(after[:size])
            if self._under(below, codes):
                return True
        return bool(self._listed_township(after, codes))

    def _seats(self, body: str, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The province that has a department of this name (宁夏|自然资源厅), where none below it may be meant."""
        provinces = tuple(code for code in codes if len(code) == _PROVINCE)
        sure = body.endswith("厅") or provinces == codes
        return provinces if sure and self.bodies.is_department(body) else ()

    def _under(self, codes: Sequence[str], areas: tuple[str, ...]) -> tuple[str, ...]:
        if not areas:
            return tuple(codes)
        return tuple(code for code in codes if code not in areas and self.index.lies_in(code, areas))

    def _listed_township(self, rest: str, areas: tuple[str, ...]) -> str:
        """The longest beginning of the words that is a listed township below the areas, 街道 in any of its forms."""
        for size in range(min(_LONGEST_TOWNSHIP, len(rest)), 1, -1):
            name = rest[:size]
            if name[-1] not in self._last_signs and size < len(rest):
                continue
            codes = () if self.bodies.is_department(name) else self.index.townships(name)
            if any(self.index.lies_in(code, areas) for code in codes) if areas else codes:
                # Two counties have but one sub-district, and list it as that alone.
                return "" if not areas and self._only_kind.fullmatch(name) else name
        return ""

    def _government(self, rest: str) -> tuple[str, str]:
        """The words behind 人民政府, and the office where they are the government's own office."""
        for office in self._offices:
            if rest == office:
                return "", next((full for end, full in self._office_of.items() if office.endswith(end)), office)
        government = next(filter(rest.startswith, self.bodies.governments), "")
        return rest if rest.startswith(self._named_after_government) else rest.removeprefix(government), ""

    def _township_of(self, rest: str, areas: tuple[str, ...]) -> tuple[str, str]:
        listed = self._listed_township(rest, areas)
        if listed:
            return listed, rest[len(listed) :]
        hit = self._township.match(rest)
        if hit and not self._is_only_kind(hit[0]) and self._plain_rest(rest[hit.end() :]):
            return hit[0], rest[hit.end() :]
        for county in areas or ((None,) if rest.endswith("街") else ()):
            if self.index.townships_loosely(rest, county):
                return rest, ""
        return "", rest

    def _township_in_zone(self, rest: str, areas: tuple[str, ...]) -> tuple[tuple[str, ...], bool, str, str] | None:
        """Areas and township of a name that has the zone between them (青河|高新区|柳湾街道); None for any other."""
        for inner in self.bodies.behind_a_zone(rest):
            stems = (self.index.areas_by_stem(rest[:size]) for size in (4, 3, 2))
            codes = areas or next(filter(None, stems), ())
            listed = self._listed_township(inner, codes) if inner and codes else ""
            if listed and self._plain_rest(inner[len(listed) :]):
                return codes, False, "", listed
        return None

    def _is_only_kind(self, words: str) -> bool:
        """Whether words are the kind of a township without its name, alone or behind an area (临溪区街道办事处)."""
        hit = self._only_kind.search(words)
        before = words[: hit.start()] if hit and hit.end() == len(words) else None
        return before is not None and (not before or before in self._selves or self._is_area(before))

    def _is_only_part(self, rest: str) -> bool:
        """Whether words leave out whose they are: 市局, and 鼓楼分局 without its bureau."""
        alone = any(
            rest.endswith(branch) and self.index.areas_by_stem(rest.removesuffix(branch)) for branch in self._branches
        )
        return alone or (len(rest) == 2 and rest[0] in self._kinds_of_area and rest[1] in self._short_endings)

    def _is_area(self, words: str) -> bool:
        return len(words) > 2 and words[-1] in self._kinds_of_area and bool(self.index.areas(words))

    def _plain_rest(self, rest: str) -> bool:
        for government in self.bodies.governments:
            rest = rest.removeprefix(government)
        return not rest or rest in self._inner

    def _body(self, rest: str, inside: bool) -> str | None:
        """The body's own name without the inner office that answers for it; "" for the township itself."""
        if inside:
            if self._plain_rest(rest):
                return ""
            for government in self.bodies.governments:
                rest = rest.removeprefix(government)
        for office in self._inner:
            if rest.endswith(office) and rest.removesuffix(office).endswith(self.bodies.whole):
                rest = rest if self.bodies.acts_through(rest.removesuffix(office)) else rest.removesuffix(office)
                break
        if not 2 <= len(rest) <= _LONGEST_BODY or rest in self._inner:
            return None
        if self._kind_first.match(rest) and not rest.startswith(self._named_after_government):
            return None
        if self._is_only_kind(rest) or self._is_only_part(rest):
            return None
        return rest if rest.endswith(self.bodies.whole) else None
