"""One figure of the prose and what it states, before it is given a period, a scope and a place in the document."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.reports.extractions.prose.clauses import Figure, Sentence

_TENS_OF_THOUSANDS = "万亿"


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the prose and what it states; offsets are those of the passage.

    `start`:`end` is what is printed for the value, `first`:`last` the clause as a person would quote it,
    `label`:`label_end` the words that name the figure. `breakdown` marks a total that classes may break down,
    `within` is the figure that this one is a class of, `many_ways` says that it counts several ways of publishing.
    """

    indicator_code: str
    topic: str | None
    value: float
    start: int
    end: int
    first: int
    last: int
    label: int
    label_end: int
    unit: str | None = None
    unit_end: int = 0
    approximate: bool = False
    category: str | None = None
    applicant_type: str = "total"
    negated: bool = False
    breakdown: bool = False
    many_ways: bool = False
    within: Claim | None = None


def claim_at(
    sentence: Sentence, figure: Figure, code: str, topic: str | None, left: int, category: str | None = None
) -> Claim:
    """The claim that the figure is one of this indicator, named by the words from `left` on."""
    text = sentence.passage.masked
    last = max(figure.unit_end, figure.tail)
    label, label_end = left, figure.start
    while label < label_end and text[label] in "、,:;(和及与":
        label += 1
    first = min(label, figure.start)
    if label == label_end:
        label, label_end = figure.unit_end, last
    if category is not None:
        category = _as_printed(sentence, category, first, last)
    return Claim(
        code, topic, figure.value, figure.start, figure.end, first, last, label, label_end,
        unit=figure.unit, unit_end=figure.unit_end, approximate=_is_rounded(figure, text), category=category,
    )  # fmt: skip


def _is_rounded(figure: Figure, text: str) -> bool:
    """Whether the number is printed as about so many, or in 万 and so only to its last printed digit."""
    return figure.approximate or text[figure.end - 1] in _TENS_OF_THOUSANDS


def _as_printed(sentence: Sentence, category: str, first: int, last: int) -> str:
    """The category in the characters of the document, which may be traditional ones."""
    at = sentence.passage.masked.find(category, first, last)
    return sentence.passage.characters[at : at + len(category)] if at >= 0 else category
