"""Where a document names its author: every such place is a testimony with a weight, and the heaviest name wins.

A title says most, then the label of the form and the signature; who merely publishes says little. A strong testimony
for another agency is a contradiction, and kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from orchestration.registry.placenames import township_key
from orchestration.reports.extractions.identity.letterhead import Line, Signature, labelled
from orchestration.reports.extractions.identity.names import AgencyName, NameReader
from orchestration.reports.extractions.identity.titles import Title

TITLE, FORM, SIGNED, COMPILED, FILE, CONTACT, PAGE, ACTING = 60, 8, 7, 6, 5, 4, 3, 1
"""How much a place counts; the names of pages and lines are often those of the site."""

_SPEAKS_ALIKE = 10
_STRONG = COMPILED
_ELSEWHERE = 8
"""What a title counts that names an area where the text speaks as a township or a body in it."""

_HEADING = 15
_LABELS_OF_THE_FORM = 5
_COMPILED_BY = re.compile(
    r"由(?P<name>[\u3400-\u9fff]{2,40}?)(?:\([\u3400-\u9fff]{2,30}\))?(?:负责|组织|汇总|按照|根据|依据|结合|编制|编写|编印|制作)"
)
# 县政府办公室编制了2017年…; and where the agency itself has its seat, a street and a number say nothing.
_COMPILES = re.compile(r"(?:^|[,;])(?P<name>[\u3400-\u9fff]{4,40}?)(?:组织|汇总|负责)?编制(?:完成)?了")
_SEAT = re.compile(
    r"地址(?:为|是|在)?:?(?P<name>[\u3400-\u9fff]{4,40}(?:人民政府|办事处|办公[室厅]|党政办|管委会|[局委厅]))(?=[,;()。电邮]|$)"
)
_CONTACT = re.compile(
    r"(?:请与|可与|请联系|请咨询|请向|联系单位:?|联系部门:?)(?P<name>[\u3400-\u9fff]{2,45}?)"
    r"(?:(?<=[局委厅室办])(?!公[室厅])[\u3400-\u9fff]{1,4}[科股])?(?:联系|咨询|反映|[,(。;:]|$)"
)
_ANNOUNCED = re.compile(
    r"(?:公布|发布|(?<!机构)编制|现将|(?<!信息)(?<!政务)公开)(?:了)?《?(?:(?:19|20)\d\d年?度?)?(?P<name>[\u3400-\u9fff]{2,40}?)(?:(?:19|20)\d\d年?度?)?"
    r"(?:的)?(?:政府信息|政务信息|信息|政务)公开"
)
# A clause whose subject is the author: 2024年,省财政厅认真….
_ACTS = re.compile(
    r"(?:^|[,。;:])(?:(?:19|20)\d\d年度?(?:以来)?,?)?(?P<name>[\u3400-\u9fff]{2,16}?)"
    r"(?=认真|高度|坚持|严格|按照|积极|深入|全面|始终|不断|进一步|主动|切实|有序|共主动|共公开|落实|贯彻|以习近平|以党的|紧紧|扎实|持续|依托)",
    re.MULTILINE,
)
# 我镇 in other words: 2024年石桥镇未收取费用.
_CHARGES = re.compile(
    r"(?:^|[,。;:\d]年?度?,?)(?P<name>[\u3400-\u9fff]{2,20}?)(?:均)?(?:没有|未)(?:向[^,。]{0,12})?收(?:取|费)"
)
_SAID = (
    (_COMPILED_BY, COMPILED),
    (_COMPILES, COMPILED),
    (_ANNOUNCED, COMPILED),
    (_CONTACT, CONTACT),
    (_SEAT, CONTACT),
)
_SPEAKER = re.compile(
    r"[我本](?P<kind>街道|办事处|街|镇|乡|苏木|县|区|市|旗|州|省|局|委|厅|办|院|中心|处|部|站|所|公司|校)"
)
_OFFICE_SPEAKS = re.compile(r"[我本](?:办|室|厅)")
_WHOLE_AREA = re.compile(r"全(?:县|市|区|旗|州|省)")
_TOWNSHIP_SPEAKERS = frozenset(("街道", "办事处", "街", "镇", "乡", "苏木"))
_AREA_SPEAKERS = frozenset(("县", "区", "市", "旗", "州", "省"))
_NOT_IN_A_FILE_NAME = re.compile(r"(?:19|20)\d\d年?度?|\d+|[^\u3400-\u9fff]+|关于|的(?=政府|信息|政务)")


@dataclass(frozen=True, slots=True)
class Testimony:
    """A name as one place of the document gives it, and how much that place counts."""

    name: AgencyName
    weight: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """The names of the author, the best first; what strong testimonies say against it; and its share of the weight."""

    names: tuple[AgencyName, ...]
    rivals: tuple[AgencyName, ...] = ()
    score: float = 0.0


def hear(testimonies: Sequence[Testimony], text: str, reader: NameReader) -> Hearing:
    """Weigh the testimonies of a document whose words are `text`; a Hearing without names where there are none."""
    kind = speaker(text)
    if kind == "area" or (not kind and _WHOLE_AREA.search(text)):
        testimonies = [_for_its_area(testimony, reader) for testimony in testimonies]
    weights: dict[AgencyName, dict[int, int]] = {}
    for testimony in testimonies:
        weights.setdefault(testimony.name, {})[testimony.weight] = _weight(testimony, kind, testimonies)
    if not weights:
        return Hearing(())
    totals = {name: _support(name, weights, reader) for name in weights}
    if all(place < _STRONG for places in weights.values() for place in places):
        # The site, its publisher or who answers for it: of another kind than the text speaks as, it is not the author.
        totals = {name: total for name, total in totals.items() if not _is_another(name, kind, text, reader)}
        if not totals:
            return Hearing(())
    first = max(totals, key=lambda name: totals[name])
    names = sorted(totals, key=lambda name: (name != first, not same(first, name, reader), -totals[name]))
    strong = {testimony.name for testimony in testimonies if testimony.weight >= _STRONG}
    rivals = tuple(name for name in names if name in strong and against(first, name, reader))
    opposed = max((totals[rival] for rival in rivals), default=0)
    return Hearing(tuple(names), rivals, round(totals[first] / (totals[first] + opposed), 3))


def _for_its_area(testimony: Testimony, reader: NameReader) -> Testimony:
    """Of a text that speaks for its area: the government in place of the service of it that answers questions."""
    name = testimony.name
    if testimony.weight >= TITLE or name.township or not reader.serves_a_government(name.body):
        return testimony
    printed = name.printed.removesuffix(name.body) or name.printed
    return replace(testimony, name=replace(name, body="", printed=printed))


def _support(name: AgencyName, weights: Mapping[AgencyName, Mapping[int, int]], reader: NameReader) -> int:
    """The weights of all forms of a name, a kind of place once."""
    heaviest: dict[int, int] = {}
    for other, places in weights.items():
        if same(name, other, reader):
            for place, weight in places.items():
                heaviest[place] = max(weight, heaviest.get(place, 0))
    return sum(heaviest.values())


def _weight(testimony: Testimony, kind: str, testimonies: Sequence[Testimony]) -> int:
    """The weight of a place: more where the text speaks of itself as that kind of agency (我镇)."""
    alike = speaks_as(testimony.name, kind)
    if testimony.weight < TITLE:
        return testimony.weight + (_SPEAKS_ALIKE if alike else 0)
    if testimony.name.is_government and not alike:
        nearer = any(FILE < t.weight < TITLE and speaks_as(t.name, kind) for t in testimonies)
        return _ELSEWHERE if nearer else TITLE + _SPEAKS_ALIKE
    return TITLE + _SPEAKS_ALIKE


def speaker(text: str) -> str:
    """As what the text speaks of itself (我镇, 我局): township, area, body, or "" where it does not say."""
    kinds = Counter(
        "township" if kind in _TOWNSHIP_SPEAKERS else "area" if kind in _AREA_SPEAKERS else "body"
        for kind in _SPEAKER.findall(text)
    )
    return kinds.most_common(1)[0][0] if kinds else ""


def _is_another(name: AgencyName, kind: str, text: str, reader: NameReader) -> bool:
    """Whether a text that speaks of itself so is surely not that of the government or its office."""
    if name.is_government:
        return kind in ("body", "township")
    return reader.is_office(name.body) and (kind == "township" or (kind == "body" and not _OFFICE_SPEAKS.search(text)))


def speaks_as(name: AgencyName, kind: str) -> bool:
    """Whether a text that speaks of itself so may be the agency's; one that does not say may be anybody's."""
    own = "body" if name.body else "township" if name.township else "area"
    return not kind or own == kind


def same(one: AgencyName, other: AgencyName, reader: NameReader) -> bool:
    """Whether two names may be the same agency: same body, and the same township where both name one."""
    spelt_out = reader.spells_out(one.body, other.body) or reader.spells_out(other.body, one.body)
    if (one.body != other.body and not spelt_out) or bool(one.township) != bool(other.township):
        return False
    if one.areas and other.areas and not _touch(one.areas, other.areas, reader):
        return False
    first, second = township_key(one.township), township_key(other.township)
    return first == second or bool({first + "街道", second + "街道"} & {first, second})


def against(one: AgencyName, other: AgencyName, reader: NameReader) -> bool:
    """Whether two names cannot both be the author's.

    What lies above an agency, its government and the offices of that may well answer for it; departments are named in
    many ways, so two of them differ only where they share no word.
    """
    if one.areas and other.areas and not _touch(one.areas, other.areas, reader):
        return True
    if one.township and other.township and not one.body and not other.body:
        first, second = township_key(one.township), township_key(other.township)
        return not _shares_words(first, second)
    if one.township and not one.body:
        return bool(other.body) and not reader.is_office(other.body) and not other.township
    if one.body and not reader.is_office(one.body):
        if reader.spells_out(one.body, other.body) or reader.spells_out(other.body, one.body):
            return False
        if other.township and not other.body:
            return not one.township
        return bool(other.body) and not reader.is_office(other.body) and not _shares_words(one.body, other.body)
    return False


def _touch(some: Sequence[str], others: Sequence[str], reader: NameReader) -> bool:
    """Whether any area of one lies in one of the other, or the reverse."""
    return any(reader.index.lies_in(a, (b,)) or reader.index.lies_in(b, (a,)) for a in some for b in others)


def _shares_words(one: str, other: str) -> bool:
    """Whether two neighbouring characters of one, but for its kind, stand in the other."""
    pairs = {one[at : at + 2] for at in range(len(one) - 1)} - {"街道", "管理", "委员", "员会", "中心", "事务"}
    return any(pair in other for pair in pairs)


def testimonies(
    reader: NameReader,
    words: Mapping[str, Any],
    file_name: str,
    lines: Sequence[Line],
    sentences: Sequence[str],
    titles: Sequence[Title],
    signed: Sequence[Signature],
    text: str,
) -> list[Testimony]:
    """Every name that the document gives its author, in the order in which they are believed when they weigh alike."""
    told = [(title.author, TITLE) for title in titles]
    told += [(signature.author, SIGNED) for signature in reversed(signed)]
    told += _labelled(lines, words["agency_labels"])
    for pattern, weight in _SAID:
        told += [(hit["name"], weight) for sentence in sentences for hit in pattern.finditer(sentence)]
    told += [(part, FILE) for part in _file_name(file_name, words)]
    told += [(line.text, PAGE) for line in lines[:_HEADING] if len(line.text) <= 30]
    trails = [line.text.split(">") for line in lines[:_HEADING] if ">" in line.text]
    told += [(part, PAGE) for trail in trails for part in reversed(trail)]
    for pattern in (_ACTS, _CHARGES):
        told += [(name, ACTING) for name, _ in Counter(hit["name"] for hit in pattern.finditer(text)).most_common()]
    names = {words: reader.read(words) for words in dict.fromkeys(words for words, _ in told)}
    read = [(names[words], weight) for words, weight in told]
    heard = [Testimony(name, weight) for name, weight in read if name]
    if titles and titles[0].author and read[0][0] is None and reader.sounds_like_a_body(titles[0].author):
        # The title names somebody whom nobody else is to be taken for on the word of the page.
        return [testimony for testimony in heard if testimony.weight >= _STRONG]
    return heard


def _labelled(lines: Sequence[Line], labels: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Names behind labels of the form (填报单位), and behind labels of the page (发布机构, 来源)."""
    ranked = list(labels)
    for label, value, _ in labelled(lines, ranked):
        words = re.split(r"[\s,;|]", value.strip())[0]
        yield words, FORM if ranked.index(label) < _LABELS_OF_THE_FORM else PAGE


def _file_name(name: str, words: Mapping[str, Any]) -> Iterator[str]:
    """The parts of a file name that may be an agency: what stands before the year or the words of a title."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    for part in _NOT_IN_A_FILE_NAME.split(stem):
        for topic in sorted(words["topics"], key=len, reverse=True):
            if topic in part:
                before = part.split(topic)[0]
                part = before + "政府" if topic.startswith("政府") and before.endswith("人民") else before
                break
        if len(part) > 1:
            yield part
