"""Rules about when: the period a report states, the beginning of its cumulative counts, the day it was signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orchestration.reports.extractions.model import Finding, Period
from orchestration.reports.extractions.rules.evidence import Evidence


def not_calendar_year(evidence: Evidence) -> Iterator[Finding]:
    """period_not_calendar_year: the period stated for the report's year is not 1 January to 31 December.

    Only the statements that speak for the whole report count: the head of its table, the first one of its prose, and
    what the document as a whole states. The first report ever begins when the regulations took effect.
    """
    year = evidence.identity.report_year
    if year is None:
        return
    full = date(year, 1, 1), date(year, 12, 31)
    odd = [p for p in _statements(evidence) if _in_year(p, year) and not _is_full(evidence, p, year)]
    if not odd:
        return
    agreeing = [p for p in evidence.identity.periods if (p.start, p.end) == full]
    quoted = "、".join(dict.fromkeys(_told_zh(evidence, p) for p in odd))
    quoted_en = ", ".join(dict.fromkeys(_told_en(evidence, p) for p in odd))
    against = f"，而{_told_zh(evidence, agreeing[0])}" if agreeing else ""
    against_en = f"; elsewhere it states {_told_en(evidence, agreeing[0])}" if agreeing else ""
    yield evidence.finding(
        "period_not_calendar_year",
        f"统计期间写作{quoted}{against}，不是{year}年全年。",
        f"The period is stated as {quoted_en}{against_en}; it is not the whole of {year}.",
        expected=f"{full[0]}..{full[1]}",
        actual=f"{odd[0].start or ''}..{odd[0].end or ''}",
    )


def precedes_law(evidence: Evidence) -> Iterator[Finding]:
    """period_precedes_law: a cumulative count that begins before there was anything to be counted by law."""
    words = evidence.registry.wording["checks"]
    in_force: date = words["law_in_force"]
    early = [
        period
        for period in evidence.identity.periods
        if period.cumulative
        and period.start is not None
        and period.start < in_force
        and not any(word in _sentence(evidence, period) for word in words["local_rules"])
    ]
    if early:
        told = "、".join(dict.fromkeys(_told_zh(evidence, p) for p in early))
        told_en = ", ".join(dict.fromkeys(_told_en(evidence, p) for p in early))
        yield evidence.finding(
            "period_precedes_law",
            f"累计期间{told}早于《政府信息公开条例》施行之日{in_force}。",
            f"The cumulative period {told_en} begins before the regulations took effect on {in_force}.",
            expected=f">= {in_force}",
            actual=str(early[0].start),
        )


def dated_inside(evidence: Evidence) -> Iterator[Finding]:
    """document_date_inside_period: a report signed before the period it reports had ended."""
    identity = evidence.identity
    if identity.signed_on is None or identity.report_year is None:
        return
    stated = identity.period_end
    end = stated if stated is not None and stated.year == identity.report_year else date(identity.report_year, 12, 31)
    if identity.signed_on <= end:
        yield evidence.finding(
            "document_date_inside_period",
            f"落款日期{identity.signed_on}不晚于统计期间的最后一天{end}。",
            f"The document is dated {identity.signed_on}, not after the last day {end} of its period.",
            expected=f"> {end}",
            actual=str(identity.signed_on),
        )


def _statements(evidence: Evidence) -> list[Period]:
    """The statements that speak for the whole report, in the order of the text."""
    stated = [p for p in evidence.identity.periods if not p.cumulative]
    opening = next((p for p in stated if p.start is not None and not p.in_table_head), None)
    whole = evidence.identity.period_start, evidence.identity.period_end
    return [p for p in stated if p.in_table_head or p is opening or (p.start, p.end) == whole]


def _in_year(period: Period, year: int) -> bool:
    """Whether the period is meant to be that year, even if it begins or ends in a neighbouring one."""
    if period.start is None or period.end is None:
        return (period.start or period.end or date.min).year == year
    near = year - 1 <= period.start.year and period.end.year <= year + 1
    return near and year in (period.start.year, period.end.year)


def _is_full(evidence: Evidence, period: Period, year: int) -> bool:
    in_force: date = evidence.registry.wording["checks"]["law_in_force"]
    starts = (None, date(year, 1, 1), in_force)
    return period.start in starts and period.end in (None, date(year, 12, 31))


def _sentence(evidence: Evidence, period: Period) -> str:
    """The folded words around a period, up to the full stops before and after it."""
    folded = evidence.document.folded
    start = folded.rfind("。", 0, period.char_start) + 1
    end = folded.find("。", period.char_end)
    return folded[start : end if end >= 0 else len(folded)]


def _told_zh(evidence: Evidence, period: Period) -> str:
    printed = "".join(evidence.document.text[period.char_start : period.char_end].split())
    return f"“{printed}”（{evidence.spot_zh(period.char_start)}）"


def _told_en(evidence: Evidence, period: Period) -> str:
    return f"{period.start or ''}..{period.end or ''} ({evidence.spot_en(period.char_start)})"
