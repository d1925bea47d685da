"""What prose says against what the table says, and against itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from orchestration.reports.extractions.model import Finding, Reading
from orchestration.reports.extractions.numbers import find_numbers
from orchestration.reports.extractions.prose.lexicon import lexicon
from orchestration.reports.extractions.rules.arithmetic import derived
from orchestration.reports.extractions.rules.evidence import Evidence, number, plain, same

_WAYS = frozenset(
    f"disclosed_via_{way}_count" for way in ("gazette", "website", "weibo", "wechat", "weibo_wechat", "other")
)
"""Ways of publishing, which a list may name among its classes: 财政信息12条,微信信息3条."""
_BROKEN_OFF = (",", ";", "、")
_SENTENCE_END = "。"
_LEAST_CATEGORIES = 3
# What may stand between a number and its unit: 3(含45个单位)条.
_BRACKETED = re.compile(r"\([^()]*\)")
_LEAST_SHARE = 0.8
"""A list that covers less of its total than this was never meant to be complete."""


def against_table(evidence: Evidence) -> Iterator[Finding]:
    """narrative_vs_table, or negation_vs_table where the prose denies what the table counts.

    Only figures of one indicator, applicant type, period basis and scope are compared, and prose without a category.
    A blank cell contradicts a figure above 0 unless the form's own sums yield that figure.
    """
    cells: dict[tuple[str, str, str, str], Reading] = {}
    for reading in evidence.table_readings:
        if reading.indicator_code is not None and reading.cell_id is not None:
            key = reading.indicator_code, reading.applicant_type, reading.period_basis, reading.scope
            cells.setdefault(key, reading)
    told = set()
    for claim in evidence.prose:
        if claim.category is not None or claim.indicator_code is None:
            continue
        cell = cells.get((claim.indicator_code, claim.applicant_type, claim.period_basis, claim.scope))
        if cell is None or (cell.reading_id, claim.value, claim.negated) in told or _of_all(evidence, claim, cell):
            continue
        for finding in _contradiction(evidence, claim, cell):
            told.add((cell.reading_id, claim.value, claim.negated))
            yield finding
    yield from _sums_against_table(evidence)


def _of_all(evidence: Evidence, claim: Reading, cell: Reading) -> bool:
    """Whether the claim counts what every office below did, where prose gives the table's own figure as well."""
    printed = number(cell)
    each = lexicon(evidence.registry).scopes["each"]
    if printed is None or not each.search("".join((claim.snippet or "").split())):
        return False
    others = (r for r in evidence.prose if r is not claim and r.category is None and _same_key(r, cell))
    return any((said := number(other)) is not None and _agree(other, said, printed) for other in others)


def _contradiction(evidence: Evidence, claim: Reading, cell: Reading) -> Iterator[Finding]:
    said, printed = number(claim), number(cell)
    if said is None or ("period_basis_open" in claim.issue_codes and said > (printed or 0.0)):
        # It may count over all years.
        return
    if printed is None:
        column = (cell.applicant_type, cell.period_basis)
        yields = derived(evidence, cell.cell_id or "", column)
        agrees = said == 0 or (yields is not None and _agree(claim, said, yields))
        if cell.value_status not in ("blank", "dash") or agrees:
            return
    elif _agree(claim, said, printed):
        return
    rule_id = "negation_vs_table" if claim.negated and printed else "narrative_vs_table"
    name_zh, name_en = evidence.name_zh(cell), evidence.name_en(cell)
    yield evidence.finding(
        rule_id,
        f"{name_zh}：{_prose_zh(evidence, claim)}，而{evidence.told_zh(cell, '为')}。",
        f"{name_en}: prose says {_prose_en(evidence, claim)}, the table has {evidence.told_en(cell)}.",
        [claim, cell],
        indicator_code=claim.indicator_code,
        expected="blank" if printed is None else plain(printed),
        actual=plain(said),
    )


def _sums_against_table(evidence: Evidence) -> Iterator[Finding]:
    """Prose that gives one figure for several rows of the form, where the crosswalk says that it is their sum."""
    template_id = evidence.template.template_id if evidence.template else None
    for crossing in evidence.registry.crosswalk:
        if (crossing.template_id, crossing.operation, crossing.comparability) != (template_id, "sum", "exact"):
            continue
        cells = [evidence.at(cell_id, ("total", "year")) for cell_id in crossing.cell_ids]
        known = [r for r in cells if r is not None and number(r) is not None]
        if len(known) < len(cells):
            continue
        total = sum(number(r) or 0.0 for r in known)
        for claim in evidence.prose:
            said = number(claim)
            fits = claim.indicator_code == crossing.indicator_code and claim.category is None
            basis = (claim.applicant_type, claim.period_basis, claim.scope) == ("total", "year", known[0].scope)
            if not fits or not basis or said is None or _agree(claim, said, total):
                continue
            terms_zh = "、".join(evidence.told_zh(r) for r in known)
            terms_en = ", ".join(evidence.told_en(r) for r in known)
            yield evidence.finding(
                "negation_vs_table" if claim.negated and total else "narrative_vs_table",
                f"{evidence.name_zh(claim)}：{_prose_zh(evidence, claim)}，而表中合计为{plain(total)}：{terms_zh}。",
                f"{evidence.name_en(claim)}: prose says {_prose_en(evidence, claim)}, "
                f"the table adds up to {plain(total)}: {terms_en}.",
                [claim, *known],
                indicator_code=claim.indicator_code,
                expected=plain(total),
                actual=plain(said),
            )


def _agree(claim: Reading, said: float, printed: float) -> bool:
    """Whether prose and table can both hold."""
    room = leeway(claim)
    return abs(printed - said) <= room if room else same(said, printed)


def leeway(claim: Reading) -> float:
    """By how much a figure may be off: 余, 约 and 万 leave one unit of the last digit that is not zero; 0 else."""
    said = number(claim)
    if "approximate" not in claim.issue_codes or said is None:
        return 0.0
    step = 1.0
    while said and said % (step * 10) == 0:
        step *= 10
    return step


def _prose_zh(evidence: Evidence, claim: Reading) -> str:
    """Where prose says it, and its words; the figure before them unless they deny that there is one."""
    where = evidence.where_zh(claim)
    words, printed = ("".join((said or "").split()) for said in (claim.snippet or claim.value_text, claim.value_text))
    quote = _short(words)
    if not claim.negated:
        return f"文字{where}称{plain(claim.value or 0.0)}“{quote}”"
    return f"文字{where}称“{quote if printed in quote else _short(printed)}”"


def _prose_en(evidence: Evidence, claim: Reading) -> str:
    return f"{'none' if claim.negated else plain(claim.value or 0.0)}{evidence.where_en(claim)}"


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:40] + "…"


def breakdowns(evidence: Evidence) -> Iterator[Finding]:
    """breakdown_sum: categories listed in one paragraph, over all its lines, against the total they break down.

    More than the total is always an error; less only where the list reads as complete: three categories or more that
    cover most of the total, with neither 等 after them nor 主要 before them.
    """
    groups: dict[tuple[str, str, str, int], list[Reading]] = {}
    for reading in evidence.prose:
        if reading.category is None or reading.indicator_code is None or number(reading) is None:
            continue
        if evidence.registry.indicators[reading.indicator_code].aggregation == "ratio":
            continue
        paragraph = _stretch_at(evidence, reading.char_start)
        key = reading.indicator_code, reading.scope, reading.period_basis, paragraph
        groups.setdefault(key, []).append(reading)
    for (_, _, _, paragraph), readings in groups.items():
        listed = _one_level(evidence, readings, paragraph)
        total = _total_of(evidence, listed[0], paragraph)
        listed = _complete(evidence, listed, total)
        if len(listed) < 2 or total is None or _excused(evidence, listed, total):
            continue
        parts = sum(number(r) or 0.0 for r in listed)
        value = number(total) or 0.0
        terms = "、".join(f"{r.category}{plain(number(r) or 0.0)}" for r in listed)
        yield evidence.finding(
            "breakdown_sum",
            f"{evidence.told_zh(total)}，所列各类之和{plain(parts)}：{terms}。",
            f"{evidence.told_en(total)}, but the categories listed add up to {plain(parts)}: {terms}.",
            [total, *listed],
            indicator_code=total.indicator_code,
            expected=plain(value),
            actual=plain(parts),
        )


def _one_level(evidence: Evidence, readings: list[Reading], paragraph: int) -> list[Reading]:
    """The categories outside inner brackets, each once: a list inside a category breaks down that category.

    So does one that 其中 begins behind a category, as far as its clauses run on.
    """
    start = evidence.paragraphs[paragraph].offsets[0]
    folded = evidence.document.folded
    of_those = evidence.registry.wording["checks"]["of_those"]
    outer, inside = readings[:1], False
    for one, other in pairwise(readings):
        between = folded[one.char_end : other.char_start]
        inside = _has(between, of_those) or (inside and _SENTENCE_END not in between)
        outer += [] if inside else [other]
    readings = outer
    depth = [folded.count("(", start, r.char_start) - folded.count(")", start, r.char_start) for r in readings]
    outer = [r for r, level in zip(readings, depth, strict=True) if level == min(depth)]
    return list({(r.category, r.value): r for r in reversed(outer)}.values())[::-1]


def _complete(evidence: Evidence, listed: list[Reading], total: Reading | None) -> list[Reading]:
    """The categories of the first sentence alone where they already add up to the total: the rest is said beside."""
    if total is None:
        return listed
    if sum(number(r) or 0.0 for r in listed) > (number(total) or 0.0):
        # 各类信息187条。公开许可结果信息196宗: not of the same things.
        listed = [r for r in listed if r.unit_text == total.unit_text] or listed[:1]
    end = evidence.document.folded.find(_SENTENCE_END, listed[0].char_end)
    first = [r for r in listed if end < 0 or r.char_start < end]
    summed = sum(number(r) or 0.0 for r in first)
    return first if len(first) > 1 and same(summed, number(total) or 0.0) else listed


def _total_of(evidence: Evidence, first: Reading, paragraph: int) -> Reading | None:
    """The total the list breaks down: the last one before it in its paragraph, else in the prose, else in the table."""
    totals = [r for r in evidence.prose if r.category is None and _same_key(r, first) and number(r) is not None]
    before = [r for r in totals if r.char_start <= first.char_start]
    here = [r for r in totals if _stretch_at(evidence, r.char_start) == paragraph]
    nearest = [r for r in here if r in before] or here or before
    if nearest:
        return nearest[-1]
    return next((r for r in evidence.table_readings if _same_key(r, first) and number(r) is not None), None)


def _same_key(one: Reading, other: Reading) -> bool:
    return (one.indicator_code, one.applicant_type, one.period_basis, one.scope) == (
        other.indicator_code,
        other.applicant_type,
        other.period_basis,
        other.scope,
    )


def _excused(evidence: Evidence, listed: list[Reading], total: Reading) -> bool:
    """Whether the list fits its total, may well be incomplete, or breaks down another total of the report."""
    values = [number(r) or 0.0 for r in listed]
    value = number(total) or 0.0
    if total.indicator_code in _WAYS and value in values:
        # One of several websites is the one that the total is of.
        return True
    if any("approximate" in r.issue_codes for r in (total, *listed)) or _runs_to(values, value):
        return True
    paragraph = _stretch_at(evidence, total.char_start)
    beside = [r for r in evidence.prose if _stretch_at(evidence, r.char_start) == paragraph]
    others = {number(r) for r in beside if r.category is None and r.unit == total.unit}
    if any(other is not None and same(sum(values), other) for other in others):
        return True
    ways = sum(number(r) or 0.0 for r in beside if r.category is None and r.indicator_code in _WAYS)
    if ways and same(sum(values) + ways, value):
        return True
    if sum(values) > value:
        return False
    if _leaves_out(evidence, listed):
        return True
    words = evidence.registry.wording["checks"]
    folded = evidence.document.folded
    last = _end_of_item(evidence, listed[-1])
    after = "".join(folded[last : last + 12].split())
    clause = re.split("[,。;)]", after)[0]
    before = folded[min(total.char_end, listed[0].char_start) : listed[0].char_start]
    complete = len(listed) >= _LEAST_CATEGORIES and sum(values) >= _LEAST_SHARE * value
    return not complete or _has(clause, words["not_all"]) or _has(before, words["mainly"])


def _leaves_out(evidence: Evidence, listed: list[Reading]) -> bool:
    """Whether something counted stands between the classes that is none of them: 动态9条,转载文件4篇,其他6条."""
    words = lexicon(evidence.registry)
    folded = evidence.document.folded
    first, last = listed[0].char_end, listed[-1].char_start
    for found in find_numbers(folded[first:last]):
        start, end = found.start + first, found.end + first
        end = next((hit.end() for hit in [_BRACKETED.match(folded, end)] if hit), end)
        unit = words.unit.match(folded, end)
        known = any(r.char_start <= start < r.char_end for r in listed)
        if unit and unit[0] in words.records and not known:
            return True
    return False


def _end_of_item(evidence: Evidence, item: Reading) -> int:
    """Where the last figure of this class ends in its paragraph: its count, or the share printed after it."""
    paragraph = _stretch_at(evidence, item.char_start)
    same_class = (r for r in evidence.prose if r.category == item.category and r.char_start >= item.char_start)
    return max(r.char_end for r in same_class if _stretch_at(evidence, r.char_start) == paragraph)


def _stretch_at(evidence: Evidence, offset: int) -> int:
    """The number of the paragraph at this character, or of the one it goes on from where lines break off."""
    at = evidence.paragraph_at(offset)
    while at > 0 and evidence.paragraphs[at - 1].text.endswith(_BROKEN_OFF):
        at -= 1
    return at


def _runs_to(values: list[float], total: float) -> bool:
    """Whether neighbours in the list add up to the total: a list by subject and one by form may follow each other."""
    for start in range(len(values)):
        run = 0.0
        for end, value in enumerate(values[start:], start + 1):
            run += value
            rest = [*values[:start], *values[end:]]
            # One class left over makes no second list, unless it is the total said again.
            if same(run, total) and (len(rest) != 1 or same(rest[0], total)):
                return True
    return False


def _has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)
