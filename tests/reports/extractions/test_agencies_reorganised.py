"""Departments over the years: what went on under a new name is one agency, what was merged is another."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry, Reorganisation
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.identify import identify
from orchestration.reports.extractions.identity.history import first_names

BODY = """
一、主动公开政府信息情况
全年主动公开政府信息12条。
二、依申请公开政府信息情况
未收到申请。
三、行政复议和行政诉讼情况
没有发生。
"""


def key(registry: Registry, agency: str, year: int) -> str | None:
    text = f"{agency}{year}年政府信息公开工作年度报告{BODY}"
    return identify(read(text.encode(), "sample.txt"), registry).agency_key


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("国土资源局", "自然资源局"),
        ("环保局", "生态环境局"),
        ("农业局", "农业农村局"),
        ("卫计局", "卫健局"),
        ("卫生和计划生育委员会", "卫生健康委员会"),
        ("粮食局", "粮食和物资储备局"),
        ("交通局", "交通运输局"),
    ],
)
def test_a_renamed_department_is_one_agency(registry: Registry, before: str, after: str) -> None:
    assert key(registry, f"白石县{before}", 2015) == key(registry, f"白石县{after}", 2020)
    assert key(registry, f"白石县{before}", 2015) != key(registry, f"临溪区{after}", 2020)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("工商行政管理局", "市场监督管理局"),
        ("质量技术监督局", "市场监督管理局"),
        ("国土资源局", "自然资源和规划局"),
        ("旅游局", "文化和旅游局"),
        ("安全生产监督管理局", "应急管理局"),
        ("法制办公室", "司法局"),
        ("卫生局", "卫生和计划生育局"),
    ],
)
def test_what_several_were_merged_into_is_another_agency(registry: Registry, before: str, after: str) -> None:
    assert key(registry, f"白石县{before}", 2012) != key(registry, f"白石县{after}", 2020)
    assert (before, after) in {(r.old_body, r.new_body) for r in registry.reorganisations if r.kind == "merged"}


def test_agencies_of_the_state_follow_the_same_table(registry: Registry) -> None:
    keys = {agency.agency_name: agency.agency_key for agency in registry.agencies if agency.region_code is None}
    both = [r for r in registry.reorganisations if r.old_body in keys and r.new_body in keys]
    assert len(both) > 10
    for one in both:
        assert (keys[one.old_body] == keys[one.new_body]) == (one.kind == "renamed"), one


def test_the_first_name_of_a_chain_stands_for_all() -> None:
    chain = [
        Reorganisation("乙局", "丙局", 2018, "renamed", "决定"),
        Reorganisation("甲局", "乙局", 2008, "renamed", "决定"),
        Reorganisation("丁局", "丙局", 2018, "merged", "决定"),
    ]
    assert first_names(chain) == {"乙局": "甲局", "丙局": "甲局"}
