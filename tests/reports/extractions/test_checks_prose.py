"""Rules over prose as it is printed: rounded figures, broken lines, and what every office below did."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract

from .hand_made import Case

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


@pytest.mark.parametrize(("aid", "told"), [("其中救助类33条", False), ("内有救助类33条", False), ("救助类33条", True)])
def test_a_list_inside_a_category_is_no_part_of_the_list(aid: str, told: bool, registry: Registry) -> None:
    text = f"2016年主动公开政府信息87条。其中,与公众密切相关的信息有70条,{aid}。"
    assert ("breakdown_sum" in rules(text, registry)) is told


@pytest.mark.parametrize(("documents", "told"), [(17, False), (57, True)])
def test_what_is_said_after_a_list_that_adds_up_is_beside_it(documents: int, told: bool, registry: Registry) -> None:
    text = (
        f"2016年主动公开政府信息24条,其中,政策类信息{documents}条,规划类信息7条。此外,2016年公开的重要会议信息达80条。"
    )
    assert ("breakdown_sum" in rules(text, registry)) is told


@pytest.mark.parametrize(("unit", "told"), [("宗", False), ("条", True)])
def test_decisions_counted_otherwise_are_no_part_of_the_items(unit: str, told: bool, registry: Registry) -> None:
    text = f"2016年主动公开政府信息187条。公开行政许可结果信息196{unit}、行政处罚结果信息40{unit}。"
    assert ("breakdown_sum" in rules(text, registry)) is told


@pytest.mark.parametrize(("rival", "told"), [("白石县卫计委", False), ("白石县计生局", True)])
def test_a_short_name_of_the_agency_is_no_other_agency(rival: str, told: bool, registry: Registry) -> None:
    case = Case(registry).known(
        agency_name="白石县卫生和计划生育委员会", agency_level="department", rival_names=(rival,)
    )
    assert ("agency_mismatch" in case.rules()) is told


@pytest.mark.parametrize(
    ("item", "told"),
    [("制定规范性文件6份", False), ("转载文件6篇", False), ("预决算信息6(含3个单位)条", False), ("安排部署", True)],
)
def test_a_list_with_an_item_that_is_no_class_is_not_all_there_is(item: str, told: bool, registry: Registry) -> None:
    text = f"2016年主动公开政府信息70条,其中机构信息20条,{item},政策信息20条,动态信息24条。"
    assert ("breakdown_sum" in rules(text, registry)) is told
