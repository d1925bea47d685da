"""Which frame of the lexicon the words around a number fit: the scoring, and nothing of sentences or periods."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.reports.extractions.clauses import Figure
from orchestration.reports.extractions.lexicon import Frame, Lexicon, Token

# A number without a unit is a count only up to here; beyond it stand telephones and codes.
_MOST_BARE = 1_000_000


def said(tokens: Iterable[Token]) -> set[str]:
    """Every concept the words may carry."""
    return {c for t in tokens for c in t.concepts}


def name(
    figure: Figure, local: list[Token], tail: list[Token], topics: frozenset[str], words: Lexicon, asked: frozenset[str]
) -> tuple[Frame, int] | None:
    """The frame that names the figure and its score, by the words before it, else by those on both sides.

    None where no frame fits, and where two indicators fit equally well. `asked` are the indicators of the template.
    """
    found = _best(figure, local, topics, words, asked)
    if found is not None:
        strange = {words.strong[c] for c in said(tail) if c in words.strong}
        if strange <= (found[0].topics or {"disclosure"}):
            return found
    return _best(figure, [*local, *tail], topics, words, asked) if tail else None


def _best(
    figure: Figure, tokens: list[Token], topics: frozenset[str], words: Lexicon, asked: frozenset[str]
) -> tuple[Frame, int] | None:
    here = said(tokens)
    spoken = {words.strong[c] for c in here if c in words.strong}
    ways = _ways(tokens, words)
    best: dict[str, tuple[Frame, int]] = {}
    for concept in (*here, *(f"@{t}" for t in topics)):
        for frame in words.frames.get(concept, ()):
            if frame.asked and frame.indicator_code not in asked:
                continue
            score = _score(frame, figure, here, topics, spoken, ways)
            if score > best.get(frame.indicator_code, (frame, 0))[1]:
                best[frame.indicator_code] = (frame, score)
    if not best:
        return None
    top = max(score for _, score in best.values())
    first, *others = [found for found in best.values() if found[1] == top]
    return None if others else first


def _ways(tokens: list[Token], words: Lexicon) -> frozenset[str]:
    """The ways of publishing named, each of the unlisted ones (公示栏, 短信) on its own."""
    return frozenset(
        f"{c}:{t.start}" if c == "other_channel" else c for t in tokens for c in t.concepts if c in words.channels
    )


def _score(
    frame: Frame, figure: Figure, here: set[str], topics: frozenset[str], spoken: set[str], ways: frozenset[str]
) -> int:
    """How well the words fit the frame: two for each need met by a word, one for each met by the topic; 0: not."""
    if figure.unit not in frame.units and not (figure.unit is None and frame.unitless and figure.value < _MOST_BARE):
        return 0
    if frame.without & here or not spoken <= (frame.topics or {"disclosure"}) or not _fits(frame.channels, ways):
        return 0
    score = 0
    for need in frame.needs:
        if any(n in here for n in need):
            score += 2
        elif any(n[0] == "@" and n[1:] in topics for n in need):
            score += 1
        else:
            return 0
    return score


def _fits(channels: str, ways: frozenset[str]) -> bool:
    micro = ways >= {"weibo", "wechat"} or "both_micro" in ways
    only_micro = micro and ways <= {"weibo", "wechat", "both_micro"}
    if channels == "one":
        return len(ways) == 1 and not micro
    if channels == "both_micro":
        return only_micro
    if channels == "none_or_many":
        return not ways or (len(ways) > 1 and "website" in ways)
    return True
