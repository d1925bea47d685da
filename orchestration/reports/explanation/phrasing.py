"""The words by which a person is told what was read: one Chinese wording for each term, place and figure."""

from __future__ import annotations

from orchestration.registry.model import Registry
from orchestration.reports.documents.model import Place
from orchestration.reports.extractions.model import Reading
from orchestration.reports.extractions.rules.evidence import plain

STATUS_ZH = {"complete": "完整", "partial": "有欠缺", "unmatched": "不是年度报告", "unreadable": "无法读取"}
SEVERITY_ZH = {"error": "错误", "warning": "警告", "info": "提示"}
SCOPE_ZH = {"own": "本机关", "jurisdiction": "全辖区", "sub_scope": "其中一部分", "other_year": "其他年度"}
BASIS_ZH = {"year": "本年", "cumulative": "历年累计", "month": "本期"}
RESOLUTION_ZH = {
    "exact": "唯一确定",
    "by_county": "只确定到县级",
    "ambiguous": "有多个可能",
    "unresolved": "未能确认",
}
LEVEL_ZH = {
    "ministry": "国务院部门",
    "province": "省级",
    "prefecture": "地级",
    "county": "县级",
    "township": "乡级",
    "department": "政府部门",
    "institution": "事业单位",
    "other": "其他",
}
_NO_NUMBER_ZH = {
    "blank": "空白",
    "dash": "横线",
    "absent": "未印出",
    "not_applicable": "不作数字",
    "unreadable": "读不出",
}


def place_zh(place: Place | Reading) -> str:
    """The page, or the line where there are no pages: 第3页, 第102行."""
    if place.page is not None:
        return f"第{place.page}页"
    return f"第{place.line}行" if place.line is not None else "未知位置"


def value_zh(reading: Reading) -> str:
    """The number in the indicator's unit, without the unit; in words where there is none: a blank is no 0."""
    if reading.value is None:
        return _NO_NUMBER_ZH.get(reading.value_status, reading.value_status)
    return plain(reading.value)


def qualifiers_zh(reading: Reading, registry: Registry, usual_scope: str = "own") -> str:
    """What sets the figure apart from the total of the year, in brackets: class, applicant, basis, scope, a zero in
    words; empty for nothing.
    """
    parts = [
        reading.category or "",
        "" if reading.applicant_type == "total" else registry.applicant_types[reading.applicant_type],
        "" if reading.period_basis == "year" else BASIS_ZH[reading.period_basis],
        "" if reading.scope == usual_scope else SCOPE_ZH[reading.scope],
        "说没有" if reading.negated else "",
    ]
    said = "，".join(part for part in parts if part)
    return f"（{said}）" if said else ""


def issues_zh(codes: tuple[str, ...], registry: Registry) -> list[str]:
    """What the codes say, in sentences."""
    return [registry.issue_codes[code].reason_zh for code in codes]
