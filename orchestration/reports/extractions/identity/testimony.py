"""Where a document names its author: every such place is a testimony with a weight, and the heaviest name wins.

A title says most, then the label of the form and the signature; who merely publishes says little. A strong testimony
for another agency is a contradiction, and kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orchestration.registry.placenames import township_key
from orchestration.reports.extractions.identity.letterhead import Line, Signature, labelled
from orchestration.reports.extractions.identity.names import AgencyName, NameReader
from orchestration.reports.extractions.identity.speech import SpeechWords
from orchestration.reports.extractions.identity.titles import Title

TITLE, FORM, SIGNED, COMPILED, FILE, CONTACT, PAGE, ACTING = 60, 8, 7, 6, 5, 4, 3, 1
"""How much a place counts; the names of pages and lines are often those of the site."""

_SPEAKS_ALIKE = 10
_STRONG = COMPILED
_ELSEWHERE = 8
"""What a title counts that names an area where the text speaks as a township or a body in it."""

_HEADING = 15
_LABELS_OF_THE_FORM = 5


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


def hear(testimonies: Sequence[Testimony], text: str, reader: NameReader, speech: SpeechWords) -> Hearing:
    """Weigh the testimonies of a document whose words are `text`; a Hearing without names where there are none."""
    kind = speech.speaker(text)
    if kind == "area" or (not kind and speech.is_of_a_whole_area(text)):
        testimonies = [_for_its_area(testimony, reader) for testimony in testimonies]
    weights: dict[AgencyName, dict[int, int]] = {}
    for testimony in testimonies:
        weights.setdefault(testimony.name, {})[testimony.weight] = _weight(testimony, kind, testimonies)
    if not weights:
        return Hearing(())
    totals = {name: _support(name, weights, reader) for name in weights}
    if all(place < _STRONG for places in weights.values() for place in places):
        # The site, its publisher or who answers for it: of another kind than the text speaks as, it is not the author.
        totals = {name: total for name, total in totals.items() if not _is_another(name, kind, text, reader, speech)}
        if not totals:
            return Hearing(())
    first = max(totals, key=lambda name: totals[name])
    names = sorted(totals, key=lambda name: (name != first, not same(first, name, reader), -totals[name]))
    strong = {testimony.name for testimony in testimonies if testimony.weight >= _STRONG}
    rivals = tuple(name for name in names if name in strong and against(first, name, reader, speech))
    opposed = max((totals[rival] for rival in rivals), default=0)
    return Hearing(tuple(names), rivals, round(totals[first] / (totals[first] + opposed), 3))


def _for_its_area(testimony: Testimony, reader: NameReader) -> Testimony:
    """Of a text that speaks for its area: the government in place of the service of it that answers questions."""
    name = testimony.name
    if testimony.weight >= TITLE or name.township or not reader.bodies.serves_a_government(name.body):
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


def _is_another(name: AgencyName, kind: str, text: str, reader: NameReader, speech: SpeechWords) -> bool:
    """Whether a text that speaks of itself so is surely not that of the government or its office."""
    if name.is_government:
        return kind in ("body", "township")
    if not reader.bodies.is_office(name.body):
        return False
    return kind == "township" or (kind == "body" and not speech.is_of_an_office(text))


def speaks_as(name: AgencyName, kind: str) -> bool:
    """Whether a text that speaks of itself so may be the agency's; one that does not say may be anybody's."""
    own = "body" if name.body else "township" if name.township else "area"
    return not kind or own == kind


def same(one: AgencyName, other: AgencyName, reader: NameReader) -> bool:
    """Whether two names may be the same agency: same body, and the same township where both name one."""
    if not reader.bodies.are_one(one.body, other.body) or bool(one.township) != bool(other.township):
        return False
    if one.areas and other.areas and not _touch(one.areas, other.areas, reader):
        return False
    first, second = township_key(one.township), township_key(other.township)
    return first == second or bool({first + "街道", second + "街道"} & {first, second})


def against(one: AgencyName, other: AgencyName, reader: NameReader, speech: SpeechWords) -> bool:
    """Whether two names cannot both be the author's.

    What lies above an agency, its government and the offices of that may well answer for it; departments are named in
    many ways, so two of them differ only where they share no word.
    """
    if one.areas and other.areas and not _touch(one.areas, other.areas, reader):
        return True
    if one.township and other.township and not one.body and not other.body:
        first, second = township_key(one.township), township_key(other.township)
        return not speech.shares_words(first, second)
    if one.township and not one.body:
        return bool(other.body) and not reader.bodies.is_office(other.body) and not other.township
    if one.body and not reader.bodies.is_office(one.body):
        if reader.bodies.are_one(one.body, other.body):
            return False
        if other.township and not other.body:
            return not one.township
        return (
            bool(other.body)
            and not reader.bodies.is_office(other.body)
            and not speech.shares_words(one.body, other.body)
        )
    return False


def _touch(some: Sequence[str], others: Sequence[str], reader: NameReader) -> bool:
    """Whether any area of one lies in one of the other, or the reverse."""
    return any(reader.index.lies_in(a, (b,)) or reader.index.lies_in(b, (a,)) for a in some for b in others)


def testimonies(
    reader: NameReader,
    speech: SpeechWords,
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
    told += _labelled(lines, speech.labels)
    said = (speech.compiled_by, COMPILED), (speech.compiles, COMPILED), (speech.announced, COMPILED)
    for pattern, weight in (*said, (speech.contact, CONTACT), (speech.seat, CONTACT)):
        told += [(hit["name"], weight) for sentence in sentences for hit in pattern.finditer(sentence)]
    told += [(part, FILE) for part in _file_name(file_name, speech)]
    told += [(line.text, PAGE) for line in lines[:_HEADING] if len(line.text) <= 30]
    trails = [line.text.split(">") for line in lines[:_HEADING] if ">" in line.text]
    told += [(part, PAGE) for trail in trails for part in reversed(trail)]
    for pattern in (speech.acts, speech.charges):
        told += [(name, ACTING) for name, _ in Counter(hit["name"] for hit in pattern.finditer(text)).most_common()]
    names = {words: reader.read(words) for words in dict.fromkeys(words for words, _ in told)}
    read = [(names[words], weight) for words, weight in told]
    heard = [Testimony(name, weight) for name, weight in read if name]
    if titles and titles[0].author and read[0][0] is None and reader.bodies.sounds_like_a_body(titles[0].author):
        # The title names somebody whom nobody else is to be taken for on the word of the page.
        return [testimony for testimony in heard if testimony.weight >= _STRONG]
    return heard


def _labelled(lines: Sequence[Line], labels: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Names behind labels of the form (填报单位), and behind labels of the page (发布机构, 来源)."""
    ranked = list(labels)
    for label, value, _ in labelled(lines, ranked):
        words = re.split(r"[\s,;|]", value.strip())[0]
        yield words, FORM if ranked.index(label) < _LABELS_OF_THE_FORM else PAGE


def _file_name(name: str, speech: SpeechWords) -> Iterator[str]:
    """The parts of a file name that may be an agency: what stands before the year or the words of a title."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    for part in speech.not_in_a_file_name.split(stem):
        for topic in speech.topics:
            if topic in part:
                before = part.split(topic)[0]
                part = before + "政府" if topic.startswith("政府") and before.endswith("人民") else before
                break
        if len(part) > 1:
            yield part
