"""What was said before a figure, in its sentence and before it: what an enumeration breaks down, and the topic.

It only remembers; what a figure states is decided in claims.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from orchestration.reports.extractions.prose.claim import Claim
from orchestration.reports.extractions.prose.clauses import Figure
from orchestration.reports.extractions.prose.lexicon import Lexicon, Token

PROACTIVE = "proactive_info_count"
SHARE = "proactive_info_share"


@dataclass
class Told:
    """What a sentence told so far, summed up: its claims, and the topics of its known words, each with its place."""

    most: float = 0.0
    codes: set[str] = field(default_factory=set)
    classes: bool = False
    wholes: bool = False
    elsewhere: bool = False
    ends: Sequence[int] = ()
    strong: Sequence[tuple[str | None, int]] = ()
    weak: Sequence[tuple[str | None, int]] = ()

    @classmethod
    def of(cls, tokens: Sequence[Token], words: Lexicon) -> Told:
        """Of a sentence with these known words, before its first claim."""
        strong, weak = _last_topics(tokens, words.strong), _last_topics(tokens, words.weak)
        return cls(ends=[t.end for t in tokens], strong=strong, weak=weak)

    def add(self, claim: Claim) -> None:
        """The claim is told as well."""
        self.most = max(self.most, claim.value)
        self.codes.update({claim.indicator_code} - {SHARE})
        self.classes = self.classes or bool(claim.category)
        self.wholes = self.wholes or not claim.category
        self.elsewhere = self.elsewhere or claim.topic != "disclosure"


@dataclass
class Memory:
    """What was said before: the figure that an enumeration breaks down, by depth of brackets, and the topic.

    `mixed` are the indicators of which some are counted together with other things: 发布会、吹风会6次.
    `of_unread` says that 其中 makes the figure at hand a part of one that no claim was made of.
    """

    section: int = -1
    topic: str | None = None
    spoilt: int = -1
    last: Claim | None = None
    whole: Claim | None = None
    total: Claim | None = None
    parents: dict[int, Claim | None] = field(default_factory=dict)
    ways_listed: bool = False
    shares: dict[int, str] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    parts: dict[int, float] = field(default_factory=dict)
    mixed: set[str] = field(default_factory=set)
    of_unread: bool = False

    def begin(self) -> None:
        """A new paragraph takes up no topic and mixes nothing yet."""
        self.topic, self.mixed = None, set()

    def enter(self, section: int) -> None:
        """A new section forgets what the one before broke down."""
        if section != self.section:
            self.section, self.topic = section, None
            self.last = self.whole = self.total = None
            self.parents = {}

    def spoil(self, figure: Figure) -> None:
        """The figure counts something else; what follows it unnamed does so too."""
        self.topic, self.spoilt = None, figure.end

    def keep(self, claim: Claim) -> None:
        """The claim is the last one said; a total or a channel is what the next 其中 breaks down."""
        self.last, self.topic = claim, claim.topic or self.topic
        self.told.add(claim)
        if claim.within is not None and claim.indicator_code != SHARE:
            self.parts[id(claim.within)] = self.parts.get(id(claim.within), 0.0) + claim.value
        if claim.breakdown:
            self.whole = claim
        if claim.indicator_code == PROACTIVE and claim.breakdown:
            self.total = claim


def _last_topics(tokens: Sequence[Token], topics: Mapping[str, str]) -> list[tuple[str | None, int]]:
    """For every word the topic last spoken of up to it, and where the word that did so begins."""
    found: list[tuple[str | None, int]] = []
    last: tuple[str | None, int] = (None, -1)
    for token in tokens:
        for concept in token.concepts:
            last = (topics[concept], token.start) if concept in topics else last
        found.append(last)
    return found
