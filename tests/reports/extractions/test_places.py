"""Places: whatever part of a long text is asked for, the answer is the pattern's own on that part."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from orchestration.reports.extractions.prose.places import Places

_YEAR = re.compile(r"(?<!\d)(?P<year>20[0-4]\d)(?:年|(?=\d{0,2}月|度))")
_WORDS = re.compile(r"(?:其中|各镇?|累计|截[至止])")
_PATTERNS = st.sampled_from([_YEAR, _WORDS])
# Long stretches of a few words, so that ends cut through them.
_TEXTS = st.lists(
    st.sampled_from(["2015年", "20153月", "2014度", "其中", "各镇", "各", "累计", "截至", "，", ",", "公开" * 40, "3"]),
    min_size=40,
    max_size=120,
).map("".join)


def _kept(hit: re.Match[str], end: int) -> bool:
    return hit.string[hit.end() : min(end, hit.end() + 2)] != "公开"


@given(text=_TEXTS, pattern=_PATTERNS, data=st.data())
def test_first_and_last_are_those_of_the_pattern_on_the_part(
    text: str, pattern: re.Pattern[str], data: st.DataObject
) -> None:
    places = Places(text, 0, len(text))
    for _ in range(4):
        end = data.draw(st.integers(0, len(text)))
        hits = list(pattern.finditer(text, 0, end))
        assert [hit.span() for hit in places.backwards(pattern, 0, end)] == [hit.span() for hit in reversed(hits)]
        kept = [hit.span() for hit in hits if _kept(hit, end)]
        last = places.last(pattern, 0, end, _kept)
        assert (last.span() if last else None) == (kept[-1] if kept else None)
        start = data.draw(st.integers(0, end))
        first, expected = places.first(pattern, start, end), pattern.search(text, start, end)
        assert (first.span() if first else None) == (expected.span() if expected else None)
        assert places.has(pattern, start, end) == (expected is not None)


@given(text=_TEXTS, data=st.data())
def test_a_clause_begins_behind_the_last_stop(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    at = data.draw(st.integers(start, len(text)))
    begin = at
    while begin > start and text[begin - 1] not in ",;:。!?":
        begin -= 1
    assert Places(text, start, len(text)).clause(at) == begin
