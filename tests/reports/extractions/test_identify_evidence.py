"""Whether a paper without a title is a report: what speaks for it adds up, what speaks against it decides."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.identify import identify


def refused(registry: Registry, text: str) -> bool:
    return "not_a_report" in identify(read(text.encode(), "sample.txt"), registry).issue_codes


@pytest.mark.parametrize(
    "text",
    [
        # The sections of the form of 2019, and one figure in prose.
        "一、总体情况\n2021年,我镇主动公开政府信息28条。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
        "四、政府信息公开行政复议、行政诉讼情况\n",
        # Figures published on the site, and sections without a line of their own.
        "一、总体情况\n2020年,我院制作和主动发布政府信息207条。\n(二)依申请公开办理情况。未收到申请。\n"
        "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n",
        # The whole paper on one line.
        "石桥镇2016年工作。一、基本情况。成立领导小组。二、主动公开政府信息情况。全年主动公开政府信息52条。"
        "三、依申请公开政府信息情况。没有收到申请。四、复议和诉讼情况。没有。五、存在的主要问题。无。"
        "数据统计期限为2016年1月1日至12月31日止。\n主动公开栏目\n依申请公开栏目\n",
        # No statutory heading but the count of the year.
        "一、概述\n截至2010年底,工作运行正常。\n(一)公开情况\n区文委2010年共主动公开政府信息50条。\n"
        "在主动公开的信息中,业务类信息49条。\n(一)申请情况\n区文委2010年度共收到政府信息公开申请0件。\n",
    ],
)
def test_evidence_adds_up_to_a_report(registry: Registry, text: str) -> None:
    assert not refused(registry, text)


@pytest.mark.parametrize(
    "text",
    [
        "石桥镇政府信息公开指南\n一、主动公开\n(一)公开内容\n二、依申请公开\n收到申请后15个工作日答复。\n三、收费标准\n"
        "四、行政复议、行政诉讼\n全年受理。",
        "政府信息公开情况\n一、主动公开\n二、申请公开\n三、复议诉讼\n(此处填写)",
        "二、主动公开政府信息情况\n第二十条第(一)项\n规章\n三、收到和处理政府信息公开申请情况\n"
        "本年新收政府信息公开申请数量\n四、政府信息公开行政复议、行政诉讼情况\n",
        "石桥镇政府信息公开工作制度\n一、主动公开的信息应当在20个工作日内公开。\n二、依申请公开的信息,收到申请之日起"
        "15个工作日内答复。\n三、不收取费用。\n四、复议和诉讼。\n本年度起施行。",
        "石桥镇2016年度政府网站工作年度报表\n主动公开信息12条\n依申请公开\n收到申请0件\n全年\n复议、诉讼0件",
        "石桥镇2016年工作总结\n一、经济发展\n全年完成产值12亿元。\n二、政务公开\n主动公开信息30条。\n三、存在的问题\n无",
        "临溪区公布2016年信息公开数据\n记者获悉,全年主动公开政府信息1200条,收到申请12件。下一步将改进依申请公开。",
        "石桥镇政务公开工作要点\n一、主动公开\n二、依申请公开\n三、存在的问题\n全年公开信息不少于100条",
        "关于做好年度报告编制工作的通知\n各乡镇人民政府:\n一、主动公开情况\n二、依申请公开情况\n三、行政复议\n"
        "四、存在的主要问题\n统计期限为1月1日至12月31日。请于1月10日前将政府信息公开年度报告报送。",
    ],
)
def test_other_papers_do_not(registry: Registry, text: str) -> None:
    assert refused(registry, text)
