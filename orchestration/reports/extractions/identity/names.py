"""A printed agency name taken apart: the areas it names, the township, the body, and what kind of agency that is.

Taking apart knows the lists, not the document: 光明街道办事处 is a township of that name, whichever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.reports.extractions.identity.regions import LONGEST_AREA, RegionIndex

_LONGEST_TOWNSHIP = 30
_LONGEST_BODY = 26
_SENTENCE_WORDS = re.compile(
    r"[我的了将对按已被为并]|根据|关于|进行|工作$|认真|相关|有关|其他|以及|^(?:通过|利用|依托|借助)"
)
_TOWNSHIP_LIKE_A_SENTENCE = re.compile(r"[\u3400-\u9fff]{0,3}[我的了将对按已被为并][\u3400-\u9fff]{0,3}?(?:镇|乡|街道)")
_CHINESE = re.compile(r"[\u3400-\u9fff()、·—]+")
_HEAD_IN_BRACKETS = re.compile(r"^\([^()]*\)(?=.)")
_BALANCED = re.compile(r"(?:[^()]|\([^()]*\))*")
_OPEN_HEAD = re.compile(r"^[^()]*\)(?=.)")
_OPEN_END = re.compile(r"(?<=.)\([^()]*$")
_END_IN_BRACKETS = re.compile(r"(?<=.)(?:\([^()]*\))+$")
_COUNTRY = "中华人民共和国"
_GOVERNMENT_OFFICES = ("人民政府办公厅", "人民政府办公室")
_ZONES = ("区", "园", "城")
"""How names of zones end, whatever they are for; a department ends in what it does (监督管理委员会)."""

_PROVINCE = 2
_REGION = "自治区"
_SHORT_ENDINGS = {"办": "办公室", "委": "委员会", "局": "局"}


def endings(words: Iterable[str]) -> tuple[str, ...]:
    """The endings, longest first."""
    return tuple(sorted(words, key=len, reverse=True))


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
    """Takes names apart by the list of regions and the words of agencies; `registered` names are bodies as they are."""

    def __init__(self, index: RegionIndex, words: Mapping[str, Any], registered: Iterable[str] = ()) -> None:
        self.index = index
        self._registered = frozenset(registered)
        self._governments: tuple[str, ...] = endings(words["governments"])
        self._offices: tuple[str, ...] = endings(words["offices_of_government"])
        self._disclosure = frozenset(words["disclosure_offices"])
        self._inner: tuple[str, ...] = endings([*words["inner_offices"], *words["disclosure_offices"]])
        self._departments: tuple[str, ...] = endings(words["department_endings"])
        self._institutions: tuple[str, ...] = endings(words["institution_endings"])
        self._zones: tuple[str, ...] = endings(words["zone_endings"])
        self._governed: tuple[str, ...] = endings(words["zones_with_a_committee"])
        self._committees: tuple[str, ...] = endings(words["zone_committees"])
        self.committee: str = words["zone_committees"][0]
        self._unique: tuple[str, ...] = endings(words["unique_endings"])
        self._short_forms: list[tuple[str, str]] = [(s, words["short_forms"][s]) for s in endings(words["short_forms"])]
        self._relative = frozenset(words["relative_areas"])
        self._no_relative: tuple[str, ...] = tuple(words["no_relative_areas"])
        self._government_of: Mapping[str, str] = words["government_of"]
        self._nationwide: tuple[str, ...] = tuple(words["nationwide_beginnings"])
        self._companies = tuple(words["companies"])
        self._bear_their_place = tuple(words["named_without_their_area"])
        self._of_the_state = tuple(name for name in self._registered if len(name) > 2)
        self._stamps = endings(words["stamps"])
        self._services = frozenset(words["services_of_government"])
        self._columns = endings(words["columns"])
        self._through_their_office = endings(words["bodies_that_are_their_office"])
        self._departments_before = tuple(words["departments_in_short"])
        self._known_bodies = frozenset(
            root + ending for root in words["departments"] for ending in words["endings_of_departments"]
        ) | {full for _, full in self._short_forms}
        kinds = "|".join(endings(words["township_endings"]))
        self._township = re.compile(rf"(?!乡镇|驻)[\u3400-\u9fff]{{1,8}}?(?:{kinds})")
        self._kind_alone = re.compile(rf"(?:{kinds})(?:人民政府|政府)?(?:{'|'.join(self._inner)})?")
        self._only_kind = re.compile(rf"(?:{kinds})+$")
        self._kind_first = re.compile(rf"(?:{kinds})?[党纪团]|{'|'.join(self._governments)}")
        self._whole_body = (*self._departments, *self._institutions, *self._zones)

    def read(self, words: str) -> AgencyName | None:
        """The name taken apart; None where the words are no name of an agency.

        The name of a column of the site before it (乡镇(街道)石桥镇) is none of its words.
        """
        words = "".join(words.split())
        column = next(filter(words.startswith, self._columns), "")
        return self._read(words) or (self._read(words.removeprefix(column).lstrip("-_:>")) if column else None)

    def _read(self, words: str) -> AgencyName | None:
        rest = words.removeprefix(_COUNTRY)
        rest = rest[: len(rest) // 2] if rest == 2 * rest[: len(rest) // 2] else rest
        for stamp in self._stamps:
            rest = rest.replace(stamp, "")
        rest = _END_IN_BRACKETS.sub("", _HEAD_IN_BRACKETS.sub("", rest)).strip("、·")
        rest = rest if _BALANCED.fullmatch(rest) else _OPEN_END.sub("", _OPEN_HEAD.sub("", rest)).strip("()")
        if rest in self._registered:
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
        township, rest = self._township_of(rest, areas)
        body = self._body(rest, inside=bool(township))
        if body is None or not (township or body):
            return None
        return AgencyName(self._without_office(printed, body), areas, as_listed, relative, township, body)

    def _is_sentence(self, words: str) -> bool:
        """Whether words have what no name has, but for the places that have it in theirs (无为市, 大为镇)."""
        if not _SENTENCE_WORDS.search(words):
            return False
        words = self._areas(words)[3]
        for mention in reversed(tuple(self.index.mentions(words))):
            words = words[: mention.start] + words[mention.end :]
        hit = _TOWNSHIP_LIKE_A_SENTENCE.search(words)
        if hit:
            name = next((hit[0][at:] for at in range(3) if self.index.townships(hit[0][at:])), "")
            words = words.replace(name, "") if name else words
        return bool(_SENTENCE_WORDS.search(words))

    def _without_disclosure(self, rest: str) -> str:
        """The office of a government without the office for disclosure inside it (市政府办公室信息公开办公室)."""
        inside = (rest.removesuffix(name) for name in self._disclosure if rest.endswith(name))
        return next((office for office in inside if office in self._offices), rest)

    def _without_office(self, printed: str, body: str) -> str:
        """The printed name up to the agency itself."""
        office = "" if body and printed.endswith(body) else next(filter(printed.endswith, self._inner), "")
        return printed.removesuffix(office) if len(printed) > len(office) + 1 else printed

    def _acts_through(self, body: str) -> bool:
        """Whether a body coordinates others and acts through its office: the office is then the agency."""
        return body.endswith(self._through_their_office) and not self.is_department(body)

    def level(self, body: str) -> str:
        """department, institution or other (a zone and its committee), by how the name of a body ends."""
        if any(zone in body for zone in self._zones) and body.endswith((*self._zones, *self._committees)):
            return "other"
        if any(
            body.endswith(committee) and body.removesuffix(committee)[-1:] in _ZONES for committee in self._committees
        ):
            return "other"
        if body.endswith(self._institutions) and not body.endswith(("法院", "检察院")):
            return "institution"
        return "department" if body.endswith(self._departments) else "other"

    def is_office(self, body: str) -> bool:
        """Whether a body is the office of a government, which answers for it and for all below it."""
        return body in _GOVERNMENT_OFFICES or body in self._disclosure

    def sounds_like_a_body(self, words: str) -> bool:
        """Whether words end as the name of a body does, though they may be none that can be taken apart."""
        return len(words) >= 4 and words.endswith((*self._whole_body, *self._committees, *self._governments))

    def serves_a_government(self, body: str) -> bool:
        """Whether a body is the office of a government or a service of it that answers for its report."""
        return self.is_office(body) or body in self._services

    def full_form(self, body: str) -> str:
        """The body as its full name has it (市场监管局 → 市场监督管理局); itself where it has no known short form."""
        for short, full in self._short_forms:
            if body.endswith(short):
                before = body.removesuffix(short)
                # 国土环保局 is no 环保局: what stands before a short name is a place or a zone.
                return body if before.endswith(self._departments_before) else before + full
        return body + self.committee if body.endswith(self._governed) else body

    def government_of(self, area: str) -> str:
        """What the government of an area of this name is called."""
        return next((name for kind, name in self._government_of.items() if area.endswith(kind)), self._governments[0])

    def is_nationwide(self, body: str) -> bool:
        """Whether a body is a branch of the state, with the place it serves inside its name."""
        return body.startswith(self._nationwide) or bool(self.head_office(body))

    def is_named_after(self, rest: str) -> bool:
        """Whether what follows the short name of a city or province is of a kind that is named after where it lies."""
        return any(zone in rest for zone in self._zones) or rest.endswith(self._companies)

    def head_office(self, body: str) -> str:
        """The registered agency whose branch a body calls itself (财政部 in 财政部浙江监管局); empty for any other."""
        return next((name for name in self._of_the_state if body.startswith(name) and body != name), "")

    def bears_its_place(self, body: str) -> bool:
        """Whether bodies of this kind are named without what they lie in (拱北海关)."""
        return body.endswith(self._bear_their_place) and body not in self._bear_their_place

    def is_branch(self, rest: str) -> bool:
        """Whether this is what follows the place in such a name (拱北|海关)."""
        return rest in self._bear_their_place

    def is_zone(self, name: str) -> bool:
        """Whether an area is a zone, which a committee governs."""
        return name.endswith(self._zones)

    def is_committee(self, body: str) -> bool:
        """Whether a body is but the committee of a zone."""
        return body in self._committees

    def is_unique(self, body: str) -> bool:
        """Whether a body is known by its name alone, wherever it lies (a university)."""
        return len(body) > 3 and body.endswith(self._unique)

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
        word = rest.startswith(self._no_relative) and not rest[1:].startswith(self._governments)
        if not areas and rest.startswith(_REGION) and self.read_rest(rest[len(_REGION) :], areas):
            return areas, as_listed, _REGION, rest[len(_REGION) :]
        relative = rest[:1] in self._relative and not word
        if relative and not self._listed_township(rest, areas):
            inner = self.read_rest(rest[1:], areas)
            if inner:
                return areas, as_listed, rest[0], rest[1:]
        return areas, as_listed, "", rest

    def read_rest(self, rest: str, areas: tuple[str, ...]) -> bool:
        """Whether words without their area still name a government, a township or a body (县|教育局, 市|政府)."""
        if rest.startswith(self._governments):
            return True
        return bool(self._listed_township(rest, areas)) or (rest.endswith(self._whole_body) and len(rest) >= 2)

    def _area(self, rest: str, areas: tuple[str, ...]) -> tuple[int, tuple[str, ...], bool]:
        """Length, codes and exactness of the area name the words begin with; (0, (), …) if there is none."""
        for size in range(min(LONGEST_AREA, len(rest)), 1, -1):
            name = rest[:size]
            if self._kind_alone.fullmatch(rest[size:]):
                continue
            codes = self._under(self.index.areas(name), areas)
            certain = areas or not self.index.is_common_word(name) or rest.startswith(self._governments[0], size)
            if codes and certain:
                return size, codes, True
        for size in range(min(LONGEST_AREA, len(rest)), 1, -1):
            name, after = rest[:size], rest[size:]
            codes = self._under(self.index.areas_by_stem(name), areas)
            if not codes or not after or self._kind_alone.fullmatch(after):
                continue
            if self.is_zone(name) and not any(name in self.index.names(code) for code in codes):
                # 长春新区 is a zone in 长春市, and no other name of it.
                continue
            if name[-1] in self._relative and len(name) >= 3:
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
        return provinces if sure and self.is_department(body) else ()

    def department_of(self, body: str) -> tuple[str, str]:
        """The short name of an area at the head of a body (巴州|林业局), and the department; ("", body) without one."""
        for size in range(2, min(5, len(body))):
            if body[size - 1] in self._relative and self.is_department(body[size:]):
                return body[:size], body[size:]
        return "", body

    def is_department(self, body: str) -> bool:
        """Whether governments of many places have a department of exactly this name."""
        return self.full_form(body) in self._known_bodies

    def spells_out(self, full: str, short: str) -> bool:
        """Whether one name of a body is the other written out: 扶贫和农业开发办公室 for 扶农办.

        Its characters follow each other in the full name, which is twice as long; what is a full name itself is none.
        """
        ending = next((ending for ending in _SHORT_ENDINGS if short.endswith(ending)), "")
        stem = short.removesuffix(ending)
        if not ending or self.full_form(short) in self._known_bodies or not full.endswith(_SHORT_ENDINGS[ending]):
            return False
        long = full.removesuffix(_SHORT_ENDINGS[ending])
        at = iter(long)
        return 2 <= len(stem) <= 4 and len(long) >= 2 * len(stem) and all(letter in at for letter in stem)

    def _under(self, codes: Sequence[str], areas: tuple[str, ...]) -> tuple[str, ...]:
        if not areas:
            return tuple(codes)
        return tuple(code for code in codes if code not in areas and self.index.lies_in(code, areas))

    def _listed_township(self, rest: str, areas: tuple[str, ...]) -> str:
        """The longest beginning of the words that is a listed township below the areas, 街道 in any of its forms."""
        for size in range(min(_LONGEST_TOWNSHIP, len(rest)), 1, -1):
            name = rest[:size]
            if name[-1] not in "道办处镇乡木" and size < len(rest):
                continue
            codes = self.index.townships(name)
            if any(self.index.lies_in(code, areas) for code in codes) if areas else codes:
                # Two counties have but one sub-district, and list it as that alone.
                return "" if not areas and self._only_kind.fullmatch(name) else name
        return ""

    def _government(self, rest: str) -> tuple[str, str]:
        """The words behind 人民政府, and the office where they are the government's own office."""
        for office in self._offices:
            if rest == office:
                return "", "人民政府办公厅" if office.endswith("厅") else "人民政府办公室"
        for government in self._governments:
            if rest.startswith(government):
                return rest[len(government) :], ""
        return rest, ""

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

    def _is_only_kind(self, words: str) -> bool:
        """Whether words are the kind of a township without its name, alone or behind an area (临溪区街道办事处)."""
        hit = self._only_kind.search(words)
        return bool(hit and hit.end() == len(words) and (not hit.start() or self._is_area(words[: hit.start()])))

    def _is_only_part(self, rest: str) -> bool:
        """Whether words leave out whose they are: 市局, and 鼓楼分局 without its bureau."""
        alone = rest.endswith("分局") and bool(self.index.areas_by_stem(rest[:-2]))
        return alone or (len(rest) == 2 and rest[0] in self._relative and rest[1] in _SHORT_ENDINGS)

    def _is_area(self, words: str) -> bool:
        return len(words) > 2 and words[-1] in self._relative and bool(self.index.areas(words))

    def _plain_rest(self, rest: str) -> bool:
        for government in self._governments:
            rest = rest.removeprefix(government)
        return not rest or rest in self._inner

    def _body(self, rest: str, inside: bool) -> str | None:
        """The body's own name without the inner office that answers for it; "" for the township itself."""
        if inside:
            if self._plain_rest(rest):
                return ""
            for government in self._governments:
                rest = rest.removeprefix(government)
        for office in self._inner:
            if rest.endswith(office) and rest.removesuffix(office).endswith(self._whole_body):
                rest = rest if self._acts_through(rest.removesuffix(office)) else rest.removesuffix(office)
                break
        if not 2 <= len(rest) <= _LONGEST_BODY or rest in self._inner:
            return None
        if self._kind_first.match(rest) or self._is_only_kind(rest) or self._is_only_part(rest):
            return None
        return rest if rest.endswith(self._whole_body) else None
