"""The words of registry/wording/narrative.yml, compiled for reading prose.

Says which words stand where and what they mean; it never decides whether a number is a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from orchestration.registry.model import Registry

ANYWHERE = "lookalike"
SUBJECT = "lookalike_subject"
HEAD = "lookalike_head"
COMPARISON = "comparison"
REACHED = "reached"
PLANS = "plans"
DISPUTES = ("review", "litigation", "complaints")
SCOPES = ("own", "jurisdiction", "each", "villages", "offices", "whole_towns", "part_verbs", "by_way", "below")
TIMES = (
    "year_words", "other_year_words", "cumulative_words", "of_all_years", "accumulated", "until", "compared",
    "carried_years", "part_year",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A known word of a passage: where it stands and the concepts it may carry."""

    start: int
    end: int
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which a clause names an indicator (see the comments of narrative.yml)."""

    indicator_code: str
    topic: str | None
    topics: frozenset[str]
    units: frozenset[str]
    unitless: bool
    needs: tuple[tuple[str, ...], ...]
    without: frozenset[str]
    channels: str
    breakdown: bool
    plain_noun: bool
    exact_noun: bool
    single: bool
    whole: bool
    unnamed: bool
    asked: bool


@dataclass(frozen=True)
class Lexicon:
    """Everything of narrative.yml in the form the engine asks for it."""

    plain: Mapping[int, str]
    tokens: re.Pattern[str]
    concepts_of: Mapping[str, frozenset[str]]
    strong: Mapping[str, str]
    weak: Mapping[str, str]
    channels: frozenset[str]
    way_codes: Mapping[str, str]
    applied_by: frozenset[str]
    summed: frozenset[str]
    outcomes: frozenset[str]
    way_end: re.Pattern[str]
    unit: re.Pattern[str]
    frames: Mapping[str, tuple[Frame, ...]]
    records: frozenset[str]
    zeros: tuple[Frame, ...]
    zeros_without: re.Pattern[str]
    zeros_go_on: re.Pattern[str]
    disputes: frozenset[str]
    bare_zeros: Mapping[str, tuple[str, ...]]
    bare: re.Pattern[str]
    bare_negation: re.Pattern[str]
    negation: re.Pattern[str]
    telling: re.Pattern[str]
    intention: re.Pattern[str]
    headings: re.Pattern[str]
    heading_topics: Mapping[str, str]
    heading_end: re.Pattern[str]
    attached: re.Pattern[str]
    filler_end: re.Pattern[str]
    filler_start: re.Pattern[str]
    plain_noun: re.Pattern[str]
    plain_start: re.Pattern[str]
    field_end: re.Pattern[str]
    whole_start: re.Pattern[str]
    class_end: re.Pattern[str]
    class_nouns: frozenset[str]
    around_whole: re.Pattern[str]
    whole_end: re.Pattern[str]
    whole_noun: re.Pattern[str]
    around_some: re.Pattern[str]
    around_all: re.Pattern[str]
    themes: re.Pattern[str]
    sum_word: re.Pattern[str]
    not_class: re.Pattern[str]
    not_class_start: re.Pattern[str]
    lead: re.Pattern[str]
    list_end: re.Pattern[str]
    list_ends: tuple[str, ...]
    among_others: re.Pattern[str]
    items: frozenset[str]
    occurrences: frozenset[str]
    things: frozenset[str]
    distributed: re.Pattern[str]
    section: re.Pattern[str]
    joins: tuple[str, ...]
    holders: re.Pattern[str]
    sub_mark: re.Pattern[str]
    already: re.Pattern[str]
    from_total: re.Pattern[str]
    answer_all: re.Pattern[str]
    answer_rate: re.Pattern[str]
    answer_but: re.Pattern[str]
    answer_except: re.Pattern[str]
    answer_concepts: Mapping[str, str]
    answer_beside: Mapping[str, str]
    answer_not_beside: frozenset[str]
    all_of_one_kind: Mapping[str, Mapping[str, str]]
    scopes: Mapping[str, re.Pattern[str]]
    scope_self: tuple[str, ...]
    part_end: re.Pattern[str]
    times: Mapping[str, re.Pattern[str]]
    comparing: frozenset[str]

    def find(self, text: str, start: int, end: int) -> list[Token]:
        """The known words of text[start:end] in order; where words overlap, the first and longest."""
        return [
            Token(hit.start(), hit.end(), self.concepts_of[hit[0]]) for hit in self.tokens.finditer(text, start, end)
        ]

    def topics_in(self, heading: str) -> frozenset[str]:
        """The topics a heading announces; empty where it announces none."""
        return frozenset(self.heading_topics[hit[0]] for hit in self.headings.finditer(heading))


_COMPILED: dict[str, Lexicon] = {}


def lexicon(registry: Registry) -> Lexicon:
    """The compiled lexicon of this registry; compiled once per process and fingerprint."""
    found = _COMPILED.get(registry.fingerprint)
    if found is None:
        found = _COMPILED[registry.fingerprint] = compile_wording(registry.wording["narrative"])
    return found


def compile_wording(wording: Mapping[str, Any]) -> Lexicon:
    """The lexicon of a mapping of the form of narrative.yml; raises KeyError where a section or concept is missing."""
    concepts_of, strong, weak = _concepts(wording)
    units: Mapping[str, list[str]] = wording["units"]
    frames = [f for code, entries in wording["frames"].items() for f in _frames(code, entries, wording)]
    zeros = [f for code, entries in wording["zeros"].items() for f in _frames(code, entries, wording)]
    _check_known(frames + zeros, {c for concepts in concepts_of.values() for c in concepts})
    opening = _alternatives([*wording["list_ordinals"], *wording["sub_marks"], *wording["until"]])
    # 年度工作计划 is the name of a class.
    own_years = _alternatives(w for w in wording["year_words"] if w != "年度")
    years = rf"(?:自|从|由)?20\d\d年?度?|(?:{own_years})(?!报告)"
    soft = _alternatives(wording["soft_ends"])
    acts = _alternatives(wording["acts"])
    # 与公众相关的信息, 和谐社区: the word that joins belongs to the noun.
    joins = rf"(?!{_alternatives(wording['no_joins'])})(?:以及|[和及与])"
    every_unit = {u for group in units.values() for u in group} | {u for f in frames for u in f.units}
    return Lexicon(
        plain={ord(pair[0]): pair[1] for pair in wording["traditional"].split()},
        tokens=_any(concepts_of),
        concepts_of=concepts_of,
        strong=strong,
        weak=weak,
        channels=frozenset(wording["channels"]),
        way_codes={f.needs[0][0]: f.indicator_code for f in frames if f.channels == "one"},
        applied_by=frozenset(wording["applied_by"]),
        summed=frozenset(wording["summed"]),
        outcomes=frozenset(f.indicator_code for f in frames if f.indicator_code.startswith(tuple(wording["outcomes"]))),
        way_end=re.compile(rf'({_alternatives(w for w, c in concepts_of.items() if c & {*wording["channels"]})})"$'),
        unit=_any(every_unit),
        frames=_by_first_need(frames),
        records=frozenset(wording["records"]),
        zeros=tuple(zeros),
        zeros_without=_any(wording["zeros_without"]),
        zeros_go_on=re.compile(rf"(?:{_alternatives(wording['zeros_go_on'])})$"),
        disputes=frozenset(c for t, cs in wording["bare_zeros"].items() if t in DISPUTES for c in cs),
        bare_zeros={topic: tuple(codes) for topic, codes in wording["bare_zeros"].items()},
        bare=re.compile(
            rf"(?:{_alternatives(wording['bare'])}|[\d,、:.。;]|(?:{_alternatives(wording['negations'])}))+"
        ),
        bare_negation=_any(wording["bare_negations"]),
        negation=re.compile(
            rf"(?:{_alternatives(wording['not_negations'])})|(?P<no>{_alternatives(wording['negations'])})"
        ),
        telling=_any([*wording["negations"], *wording["answers"]["all"], *wording["answers"]["rate"]]),
        intention=_any(wording["intentions"]),
        headings=_any(word for words in wording["headings"].values() for word in words),
        heading_end=re.compile(rf"(?:{_alternatives(wording['heading_ends'])})$"),
        attached=_any(wording["attached"]),
        heading_topics={word: topic for topic, words in wording["headings"].items() for word in words},
        filler_end=re.compile(rf"(?:{_alternatives(wording['fillers'])}|20\d\d年度?)+$"),
        filler_start=re.compile(rf"^(?:{opening}|{years}|{acts}|[、,的:了]|(?:{joins})|\d+\.)+"),
        plain_noun=re.compile(
            rf"(?:{_alternatives(wording['plain_starts'])})?(?:{_alternatives(wording['plain_nouns'])})(?:{soft})?"
        ),
        plain_start=_any(wording["plain_starts"]),
        whole_start=_any(wording["whole_starts"]),
        field_end=re.compile(rf"(?:{_alternatives(wording['field_ends'])})$"),
        class_nouns=frozenset(wording["class_nouns"]),
        class_end=re.compile(rf"(?:{_alternatives(wording['class_ends'])})$"),
        around_whole=_any(wording["around_whole"]),
        whole_end=re.compile(rf"(?:{_alternatives(wording['whole_ends'])})$"),
        whole_noun=re.compile(rf"(?:{_alternatives(wording['whole_nouns'])})$"),
        around_some=_any(wording["around_some"]),
        around_all=_any(wording["around_all"]),
        themes=_any(wording["themes"]),
        sum_word=_any(wording["sum_words"]),
        not_class=_any(wording["not_classes"]),
        not_class_start=_any(wording["not_class_starts"]),
        lead=_any(wording["leads"]),
        list_end=_any(wording["list_ends"]),
        list_ends=tuple(wording["list_ends"]),
        among_others=_any(wording["among_others"]),
        items=frozenset(units["items"]),
        occurrences=frozenset(wording["occurrences"]),
        things=frozenset(units["places"]),
        distributed=_any(wording["distributed"]),
        section=re.compile(rf"(?:{_alternatives(wording['sections'])})$"),
        joins=tuple(wording["joins"]),
        holders=_any(wording["holders"]),
        sub_mark=_any(wording["sub_marks"]),
        already=_any(wording["already"]),
        from_total=_any(wording["from_total"]),
        answer_all=_any(wording["answers"]["all"]),
        answer_rate=_any(wording["answers"]["rate"]),
        answer_but=_any(wording["answers"]["but"]),
        answer_except=_any(wording["answers"]["except"]),
        answer_concepts=wording["answers"]["concepts"],
        answer_beside=wording["answers"]["beside"],
        answer_not_beside=frozenset(wording["answers"]["not_beside"]),
        all_of_one_kind=wording["all_of_one_kind"],
        scopes={name: _any(wording["scopes"][name]) for name in SCOPES},
        scope_self=tuple(wording["scopes"]["self"]),
        part_end=re.compile(rf"(?:{_alternatives(wording['scopes']['part_marks'])})$"),
        times={
            **{name: _any(wording[name]) for name in TIMES},
            "since": re.compile(rf"(?P<first>20[0-4]\d)年?[\d年月日]{{0,8}}{_alternatives(wording['since'])}"),
            "added": _any(wording["newly"]),
            "newly": re.compile(
                rf"\((?:20[0-4]\d年?度?|{_alternatives(wording['year_words'])}){_alternatives(wording['newly'])}"
            ),
            "carried_to": re.compile(
                rf"{_alternatives(wording['carried_on'])}(?:至|到|入)?(?P<year>20[0-4]\d)(?:年|度)"
            ),
            # 2021年信息公开年报: the paper of that year, whenever it was published.
            "year_of_paper": re.compile(
                r"20[0-4]\d年?度?(?:本?部门|本?单位|财政|政府|政务)?(?:信息公开|政务公开)?(?:工作)?(?:年度)?"
                + _alternatives(wording["papers_of_a_year"])
            ),
            # 年度报告, 年度计划: papers, whatever year they are of.
            "year_words": re.compile(
                rf"(?:{_alternatives(wording['year_words'])})(?!{_alternatives(wording['year_papers'])})"
            ),
        },
        comparing=frozenset(wording["comparing_signs"]),
    )


def _concepts(wording: Mapping[str, Any]) -> tuple[dict[str, frozenset[str]], dict[str, str], dict[str, str]]:
    """The concepts of every word, and the strong and weak topics of every concept."""
    gathered: dict[str, set[str]] = {}
    strong: dict[str, str] = {}
    weak: dict[str, str] = {}
    for concept, entry in wording["concepts"].items():
        for word in entry["words"]:
            gathered.setdefault(word, set()).add(concept)
        if "topic" in entry:
            (weak if entry.get("weak") else strong)[concept] = entry["topic"]
    extra = {
        ANYWHERE: wording["lookalikes"]["anywhere"],
        SUBJECT: wording["lookalikes"]["subjects"],
        HEAD: wording["lookalikes"]["head"],
        COMPARISON: wording["comparisons"],
        REACHED: wording["reached"],
    }
    for concept, words in extra.items():
        for word in words:
            gathered.setdefault(word, set()).add(concept)
    return {word: frozenset(concepts) for word, concepts in gathered.items()}, strong, weak


def _frames(code: str, entries: Iterable[Mapping[str, Any]], wording: Mapping[str, Any]) -> list[Frame]:
    units: Mapping[str, list[str]] = wording["units"]
    made = []
    for entry in entries:
        topic = entry.get("topic")
        kind = entry.get("units", "")
        named = units[kind] if isinstance(kind, str) and kind else kind
        made.append(
            Frame(
                indicator_code=code,
                topic=topic,
                topics=frozenset({*([topic] if topic else []), *entry.get("also", ())}),
                units=frozenset(named or ()),
                unitless=isinstance(kind, str) and kind in wording["unitless"],
                needs=tuple(tuple(need.split("|")) for need in entry["needs"]),
                without=frozenset({*entry.get("without", ()), *wording["topic_excludes"].get(topic, ())}),
                channels=entry.get("channels", "any"),
                breakdown=bool(entry.get("breakdown")),
                plain_noun=bool(entry.get("plain_noun")),
                exact_noun=bool(entry.get("exact_noun")),
                single=bool(entry.get("single")),
                whole=bool(entry.get("whole")),
                unnamed=bool(entry.get("unnamed")),
                asked=bool(entry.get("asked")),
            )
        )
    return made


def _check_known(frames: Iterable[Frame], known: set[str]) -> None:
    for frame in frames:
        for name in (*(n for need in frame.needs for n in need if not n.startswith("@")), *frame.without):
            if name not in known:
                raise KeyError(f"{frame.indicator_code}: {name} is no concept of wording/narrative.yml")


def _by_first_need(frames: Iterable[Frame]) -> dict[str, tuple[Frame, ...]]:
    gathered: dict[str, list[Frame]] = {}
    for frame in frames:
        for name in frame.needs[0]:
            gathered.setdefault(name, []).append(frame)
    return {name: tuple(group) for name, group in gathered.items()}


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_alternatives(words))


def _alternatives(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words at a place, built as a tree so that misses are cheap."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return f"(?:{_branches(tree)})"


def _branches(tree: Mapping[str, Any]) -> str:
    ends = "" in tree
    branches = [re.escape(c) + (_branches(rest) if set(rest) != {""} else "") for c, rest in tree.items() if c]
    if not branches:
        return ""
    pattern = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{pattern}?" if ends else pattern
