"""Which generation of the form a document is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.match import is_tie, score_templates
from orchestration.reports.extractions.model import TemplateScore

from . import printed


def scores(registry: Registry, data: bytes) -> tuple[TemplateScore, ...]:
    return score_templates(read(data, "x"), registry)


@pytest.mark.parametrize("layout", printed.LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("template", ["national_2014", "fujian_2008", "municipal_2008"])
def test_a_form_is_recognised_in_every_layout(
    registry: Registry, layout: Callable[[printed.Header, Sequence[printed.Row]], str], template: str
) -> None:
    columns, header = (1, printed.NATIONAL_HEADER) if template == "national_2014" else (2, printed.FUJIAN_HEADER)
    rows = printed.form(registry.templates[template], columns=columns)
    best = scores(registry, printed.document(layout(header, rows)))
    assert best[0].template_id == template
    assert best[0].score > 0.7
    assert not is_tie(best)


def test_every_template_is_scored_between_0_and_1_best_first(registry: Registry) -> None:
    rows = printed.form(registry.templates["national_2014"])
    found = scores(registry, printed.document(printed.tab_rows(printed.NATIONAL_HEADER, rows)))
    assert {score.template_id for score in found} == set(registry.templates)
    assert [score.score for score in found] == sorted((score.score for score in found), reverse=True)
    assert all(0 <= score.score <= 1 for score in found)
    assert "统计指标" in found[0].evidence


def test_prose_in_the_words_of_the_form_is_prose(registry: Registry) -> None:
    text = (
        "柳湾街道2016年政府信息公开工作年度报告\n\n（一）主动公开政府信息数\n\n2016年公开信息28条。\n\n1、政府网站公开政府信息数36条。\n\n"
        "2、其他方式公开政府信息数35条。\n\n收到申请数0件，申请办结数0件，申请答复数0件。\n"
    )
    assert scores(registry, text.encode())[0].template_id == "narrative_2008"


def test_a_form_cut_off_is_still_the_form(registry: Registry) -> None:
    rows = [row for row in printed.form(registry.templates["national_2014"]) if row.cell.row_no <= 31]
    data = printed.document(printed.cell_paragraphs(printed.NATIONAL_HEADER, rows))
    assert scores(registry, data)[0].template_id == "national_2014"


def test_a_table_about_something_else_is_no_form(registry: Registry) -> None:
    text = "类别\t单位\t数量\n机构职能\t条\t3\n规划计划\t条\t4\n收到申请数\t件\t0\n公文信息\t条\t5\n"
    assert scores(registry, printed.document(text))[0].template_id == "narrative_2008"


@pytest.mark.parametrize(
    ("words", "template"),
    [
        (
            "本年新制作数量\n\n本年新公开数量\n\n对外公开总数量\n\n规章\n\n0\n\n0\n\n0\n\n上一年项目数量\n",
            "national_2019",
        ),
        (
            "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| 规章 | 0 | 0 | 0 |\n本年处理决定数量",
            "national_2021",
        ),
        ("现行有效件数是一个新的说法。", "narrative_2008"),
    ],
)
def test_later_forms_are_told_by_their_words(registry: Registry, words: str, template: str) -> None:
    assert scores(registry, printed.document(words))[0].template_id == template


def test_nothing_fits_an_empty_document(registry: Registry) -> None:
    found = scores(registry, b"")
    assert all(score.score == 0 for score in found)
    assert not is_tie(found)


def test_two_forms_that_fit_equally_are_a_tie() -> None:
    assert is_tie((TemplateScore("a", 0.6), TemplateScore("b", 0.6), TemplateScore("c", 0.1)))
    assert not is_tie((TemplateScore("a", 0.9), TemplateScore("b", 0.6)))


@pytest.mark.parametrize("head", ["指标 | 单位 | 数量", "统计指标 | 单位 | 统计数"])
def test_a_form_cut_after_a_few_rows_is_still_the_form(registry: Registry, head: str) -> None:
    rows = (
        "一、主动公开情况 | — | \n（一）主动公开政府信息数 | 条 | 18\n其中：主动公开规范性文件数 | 条 | 0\n"
        "制发规范性文件总数 | 件 | 1\n"
        "（二）通过不同渠道和方式公开政府信息的情况 | — | \n1.政府网站公开政府信息数 | 条 | 15\n"
    )
    best = scores(registry, f"柳湾街道办事处公开工作年度报告\n\n{head}\n{rows}\n附件下载\n".encode())[0]
    assert best.template_id == "national_2014"
