"""Rules over prose as it is printed: rounded figures, broken lines, and what every office below did."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract

TITLE = "临溪区石桥镇2016年政府信息公开工作年度报告\n一、主动公开政府信息情况\n"
REST = "\n二、依申请公开政府信息情况\n未收到申请。\n三、行政复议和行政诉讼情况\n没有发生。"


def rules(text: str, registry: Registry) -> set[str]:
    return {f.rule_id for f in extract(read((TITLE + text + REST).encode(), "report.txt"), registry).findings}


@pytest.mark.parametrize(("website", "told"), [("136", True), ("118", False), ("140余", True), ("130余", False)])
def test_a_rounded_total_is_exceeded_only_beyond_its_last_digit(website: str, told: bool, registry: Registry) -> None:
    text = f"2016年主动公开政府信息110余条,其中通过政府网站公开{website}条。"
    assert ("channel_bounds" in rules(text, registry)) is told


@pytest.mark.parametrize(("documents", "told"), [(46, False), (40, True)])
def test_a_list_goes_on_where_its_line_breaks_off(documents: int, told: bool, registry: Registry) -> None:
    text = (
        "2016年主动公开政府信息52条。\n在主动公开的政府信息中,社会救助信息1条;项目建设信息5条;\n"
        f"政策文件信息{documents}条。"
    )
    assert ("breakdown_sum" in rules(text, registry)) is told
