"""The closed vocabulary of usage warnings: what a row of usage_warnings.csv may be about, and its titles."""

from __future__ import annotations

from orchestration.publication.lists import registry_rows

TITLES = {
    "agencies_report_upwards": ("上下级重复", "agencies include those below"),
    "applicant_totals": ("总计行与分类行", "totals beside their parts"),
    "approximate_comparability": ("口径相近", "close definitions"),
    "blank_is_not_zero": ("空白不是零", "a blank is not zero"),
    "channels_overlap": ("渠道重叠", "channels overlap"),
    "cumulative_is_not_year": ("累计与年度", "cumulative and yearly"),
    "current_version_only": ("只用现行版本", "current versions only"),
    "form_break": ("表式改变", "the form changed"),
    "has_conflict": ("两处不一致", "two different figures"),
    "items_are_not_money": ("项目不是金额", "items are not money"),
    "mixed_units": ("单位混用", "units are mixed"),
    "no_date_no_judgement": ("无日期不判断", "no date no judgement"),
    "own_and_jurisdiction": ("本机关与本辖区", "own office and jurisdiction"),
    "ratio_not_additive": ("比率不可相加", "ratios do not add up"),
    "scope_of_readings": ("读数的范围", "scope of readings"),
    "small_base": ("基数很小", "small base"),
    "stock_not_joinable": ("存量口径中断", "stocks do not join"),
    "sums_may_not_hold": ("合计可能不平", "sums may not hold"),
}
"""The title of each warning code, in Chinese and English."""


def usage_warnings() -> list[dict[str, str]]:
    """The rows of usage_warnings.csv with title_zh and title_en. Raises ValueError for a code outside TITLES."""
    rows = registry_rows("usage_warnings")
    unknown = sorted({row["warning_code"] for row in rows} - TITLES.keys())
    if unknown:
        raise ValueError(f"usage_warnings.csv: {', '.join(unknown)} is no known code; give it a title in warnings.py")
    titles = {code: {"title_zh": zh, "title_en": en} for code, (zh, en) in TITLES.items()}
    return [{**row, **titles[row["warning_code"]]} for row in rows]
