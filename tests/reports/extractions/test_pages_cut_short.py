"""Pages of which only the beginning was kept, or that run into one line: still reports, where they say so."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.identify import identify
from orchestration.reports.extractions.model import Identity

TITLE = "青河市教育局2016年政府信息公开工作年度报告"
PERIOD = "本报告所列数据的统计期限自2016年1月1日起至2016年12月31日止。"


def told(registry: Registry, text: str) -> Identity:
    return identify(read(text.encode(), "sample.txt"), registry)


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n{PERIOD}\n一、概述\n我局配备了2名工作人员。",
        f"{TITLE}\n一、政府信息公开总体工作情况\n我局配备了2名工作人员。",
        f"现公布{TITLE}。{PERIOD}\n一、概述\n我局配备了2名工作人员。",
        f"本年报是根据条例要求,由青河市教育局编制的2016年度政府信息公开年度报告。{PERIOD}",
        f"特编制2016年青河市教育局信息公开工作年度报告。{PERIOD}\n2016年,主动公开信息204条。",
        f"{TITLE} 一、引言 请与青河市教育局联系。 二、主动公开政府信息情况 2016年公开12条。 三、依申请公开情况 无。",
        f"现公布{TITLE}。一、概述 略。二、主动公开政府信息情况 2016年12条。三、依申请公开情况 无。",
        "青教〔2017〕4号\n根据《关于做好2016年政府信息公开年度报告有关事项的通知》,特向社会公布青河市教育局2016年信息公开年度报告。"
        "\n一、主动公开情况\n12条。\n二、申请公开情况\n无。",
    ],
)
def test_what_is_left_of_a_report_is_one(registry: Registry, text: str) -> None:
    identity = told(registry, text)
    assert (identity.report_year, identity.agency_name) == (2016, "青河市教育局"), identity.issue_codes


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n全局上下共同努力。",
        f"{TITLE}解读\n一、总体情况\n{PERIOD}",
        "青河市教育局关于编制2016年政府信息公开工作年度报告的通知\n各学校:\n一、总体要求\n统计期限为2016年1月1日至12月31日。",
        "青河市发布2016年政府信息公开工作年度报告\n27日,青河市人民政府发布年度报告。报告显示,主动公开信息9条。",
        "青河市2016年法治政府建设工作报告\n一、总体情况\n本报告根据有关规定编制,主动公开信息9条。",
        "政府信息公开年报\n"
        + "\n".join(f"{TITLE.replace('2016', str(y))} {y + 1}-01-10" for y in (2014, 2015, 2016))
        + "\n主动公开 依申请公开",
        "政府信息公开工作年度报告格式\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况",
    ],
)
def test_what_only_speaks_of_reports_is_none(registry: Registry, text: str) -> None:
    assert told(registry, text).issue_codes == ("not_a_report",)
