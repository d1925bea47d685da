"""Faults planted in what a report says of itself: period, days, number, who signs.

Each operator changes a draft and returns what it did, or returns None and changes nothing where it does not apply.
"""

from __future__ import annotations

from datetime import date, timedelta

from orchestration.registry.model import Registry
from orchestration.specimens.chance import Chance
from orchestration.specimens.model import Draft, Stated


def period_wrong(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The period is typed wrong in the opening sentence: it is not the calendar year."""
    if not _states_period(draft):
        return None
    year = draft.year
    first, last = chance.pick(
        (
            (date(year, 12, 1), date(year, 12, 31)),
            (date(year, 1, 1), date(year, 11, 30)),
            (date(year, 1, 1), date(year, 10, 31)),
            (date(year, 2, 1), date(year, 12, 31)),
        )
    )
    draft.period = Stated(first, last)
    draft.period_wording = "本报告所列数据的统计期限自{first}起至{last}止。"
    return f"the period is stated as {first} to {last}"


def signed_too_early(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The report is signed before its period has ended."""
    if draft.signed_on is None:
        return None
    draft.signed_on = date(draft.year, 12, 31) - timedelta(days=chance.skewed(0, 40))
    return f"signed on {draft.signed_on}"


def signs_lost(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """年, or 年 and 月, are lost in every day of the text; brackets are lost in its number."""
    if not _states_period(draft) and draft.signed_on is None:
        return None
    draft.lost_signs = chance.pick(("年", "年", "年月"))
    return f"{draft.lost_signs} lost in days"


def count_lost(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The number of the report's parts is lost."""
    passage = next((p for p in draft.passages if p.key == "opening"), None)
    if passage is None:
        return None
    paragraph = passage.paragraphs[0]
    if not any("{parts}" in sentence for sentence in paragraph):
        paragraph.append("本报告由概述、主动公开情况、依申请公开情况、存在问题和其他事项{parts}组成。")
    draft.lost_count = True
    return "共部分组成"


def nothing_dated(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """The report states neither a day nor a period."""
    draft.published_on = draft.signed_on = draft.period = None
    if draft.form:
        draft.form.period = None
    for passage in draft.passages:
        for paragraph in passage.paragraphs:
            paragraph[:] = [_undated(sentence) for sentence in paragraph]
    return "no day and no period"


def signed_by_another(draft: Draft, registry: Registry, chance: Chance) -> str | None:
    """Another township of the county stands under the report."""
    code = draft.agency.region_code
    if draft.agency.level != "township" or draft.signed_on is None:
        return None
    beside = sorted(
        region.region_name
        for region in registry.regions
        if len(region.region_code) == 9
        and region.region_code[:6] == code[:6]
        and region.region_code != code
        and region.region_name.endswith(("街道办事处", "镇", "乡"))
        and draft.agency.short not in region.region_name
        and region.region_name not in draft.agency.name
    )
    if not beside:
        return None
    other = chance.pick(beside)
    draft.signature = draft.agency.above + (other if other.endswith("办事处") else f"{other}人民政府")
    return f"signed by {draft.signature}"


def _states_period(draft: Draft) -> bool:
    printed = any("{period_sentence}" in s for p in draft.passages for paragraph in p.paragraphs for s in paragraph)
    return printed and draft.period is not None


def _undated(sentence: str) -> str:
    for until in ("截至{year}年底，", "截至{year}年12月31日，"):
        sentence = sentence.replace(until, "")
    return sentence
