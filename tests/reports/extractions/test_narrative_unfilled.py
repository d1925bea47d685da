"""Numbers that a form letter left open: they say nothing, and lend their words to nobody."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.registry.model import Registry

from .test_narrative import DISCLOSED, EQUIPPED, REQUESTED, facts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            DISCLOSED + "政务微信公开信息××条、政务微博公开信息8条、其他方式公开信息4条。",
            {("disclosed_via_weibo", 8), ("disclosed_via_other", 4)},
        ),
        (DISCLOSED + "在镇政府网站发布    条、在政务微博发布31条。", {("disclosed_via_weibo", 31)}),
        (DISCLOSED + "在镇政府网站发布____条,在政务微博发布31条。", {("disclosed_via_weibo", 31)}),
        (DISCLOSED + "在镇政府网站发布XX条,在政务微博发布31条。", {("disclosed_via_weibo", 31)}),
        (
            REQUESTED + "收到申请4件。其中,当面申请XX件、传真申请1件、网络申请3件。",
            {("requests_received", 4), ("requests_fax", 1), ("requests_network", 3)},
        ),
        (
            REQUESTED + "答复2件,其中同意公开XX件、同意部分公开1件、信息不存在1件。",
            {("replies", 2), ("reply_partial", 1), ("reply_not_exist", 1)},
        ),
        (REQUESTED + "收到申请○○件,答复2件。", {("replies", 2)}),
        (REQUESTED + "收到申请2件。按时办结××件申请。", {("requests_received", 2)}),
        (REQUESTED + "收到申请2件。均按时办结    件申请。", {("requests_received", 2)}),
        (EQUIPPED + "配备专职人员×名、兼职人员2名。", {("staff_parttime", 2)}),
    ],
)
def test_an_open_number_is_an_item_without_a_figure(text: str, expected: set[Any], registry: Registry) -> None:
    assert facts(text, registry) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REQUESTED + "收到申请2件。按时办结。", {("requests_received", 2), ("requests_concluded", 2)}),
        (DISCLOSED + "主动公开 政府 信息 31 条。", {("proactive_info", 31)}),
        (DISCLOSED + "主动公开文  件31件。", {("proactive_info", 31)}),
        (
            DISCLOSED + "主动公开政府信息    31    条,微博公开    2    条。",
            {("proactive_info", 31), ("disclosed_via_weibo", 2)},
        ),
    ],
)
def test_blanks_around_a_number_leave_nothing_open(text: str, expected: set[Any], registry: Registry) -> None:
    assert facts(text, registry) == expected
