"""Labels: how near a damaged one may come, and that another row is never taken for it."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.locate import Located, closeness, label_words, locate
from orchestration.reports.extractions.tables.columns import Layout


def located(registry: Registry, text: str, template: str = "national_2014") -> Located:
    form = registry.templates[template]
    return locate(read(text.encode(), "x"), form, Layout(form.layout["columns"]).header)


def found(registry: Registry, text: str) -> dict[str, str]:
    return {cell_id: row.label.text for cell_id, row in located(registry, text).by_cell.items()}


@pytest.mark.parametrize(
    "label",
    [
        "（一）收到申请数",
        "(一) 收到申请数",
        "一、收到申请数",
        "1.收到申请数",
        "1、 收 到 申请数",
        "其中：1、收到申请数",
        "①收到申请数",
        "收到申请数（件）",
    ],
)
def test_ordinals_notes_and_spaces_are_no_words(label: str) -> None:
    assert label_words(label) == "收到申请数"


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("政府信息公开专项经", "政府信息公开专项经费"),
        ("危及国家安全公共全经济安全社会稳定", "危及国家安全公共安全经济安全和社会稳定"),
        ("市政府网站公开政府信息数", "政府网站公开政府信息数"),
        ("行政复议数", "行政复议数量"),
        ("主动公开保障性安居工程建设等信息数", "主动公开保障性安居工程…等信息数"),
    ],
)
def test_a_damaged_label_is_near(words: str, label: str) -> None:
    assert 0.6 < closeness(words, label) < 1


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("政务微博公开政府信息数", "政务微信公开政府信息数"),
        ("政务头条公开政府信息数", "政务微博公开政府信息数"),
        ("延期办结数", "按时办结数"),
        ("涉及商业秘密", "涉及国家秘密"),
        ("公开", "主动公开政府信息数"),
        ("主动公开政府信息数和依申请公开政府信息数", "主动公开政府信息数"),
    ],
)
def test_another_label_is_never_near(words: str, label: str) -> None:
    assert closeness(words, label) == 0


def test_a_label_under_two_parents_goes_by_its_section(registry: Registry) -> None:
    text = (
        "四、行政复议数量\t件\t1\n（一）维持具体行政行为数\t件\t1\n（二）被依法纠错数\t件\t2\n（三）其他情形数\t件\t3\n"
        "五、行政诉讼数量\t件\t4\n（二）被依法纠错数\t件\t5\n（三）其他情形数\t件\t6\n"
    )
    rows = located(registry, text).by_cell
    assert {cell_id: row.beside[-1].text for cell_id, row in rows.items()} == {
        "B.4": "1", "B.4.1": "1", "B.4.2": "2", "B.4.3": "3", "B.5": "4", "B.5.2": "5", "B.5.3": "6",
    }  # fmt: skip


def test_a_label_under_two_parents_without_either_is_nobodys(registry: Registry) -> None:
    assert found(registry, "被依法纠错数\t件\t2\n其他情形数\t件\t3\n") == {}


def test_numbers_before_labels_decide_nothing(registry: Registry) -> None:
    text = "1.政府网站公开政府信息数\t条\t3\n2.政务微博公开政府信息数\t条\t4\n3.政务微信公开政府信息数\t条\t5\n"
    assert list(found(registry, text)) == ["B.1.2.w", "B.1.2.b", "B.1.2.x"]


def test_a_local_row_is_unknown_and_nobody_elses(registry: Registry) -> None:
    text = "政府网站公开政府信息数\t条\t3\n政务头条公开政府信息数\t条\t4\n政务微信公开政府信息数\t条\t5\n"
    result = located(registry, text)
    assert list(result.by_cell) == ["B.1.2.w", "B.1.2.x"]
    assert [row.label.text for row in result.unknown] == ["政务头条公开政府信息数"]


def test_a_row_printed_twice_is_kept_once(registry: Registry) -> None:
    text = "收到申请数\t件\t3\n当面申请数\t件\t1\n收到申请数\t件\t4\n"
    result = located(registry, text)
    assert result.by_cell["B.3.1"].beside[-1].text == "3"
    assert [row.beside[-1].text for row in result.doubles["B.3.1"]] == ["4"]


def test_a_label_in_two_rows_is_put_together(registry: Registry) -> None:
    text = "政府信息公开工作\n\n专门机构数\n\n个\n\n3\n\n设置政府信息公开\n\n查阅点数\n\n个\n\n2\n"
    rows = located(registry, text).by_cell
    assert {cell_id: row.beside[-1].text for cell_id, row in rows.items()} == {"B.8.1": "3", "B.8.2": "2"}


def test_a_table_that_shares_a_few_labels_is_another_table(registry: Registry) -> None:
    rows = [f"第{n}季度办件事项\t件\t{n}" for n in range(1, 9)]
    text = "\n".join([*rows, "收到申请数\t件\t3"])
    assert found(registry, text) == {}


def test_figures_beside_the_last_mark_of_a_label_are_the_labels(registry: Registry) -> None:
    label = "政府信息公开专项经费（不含公报\t\t\n）"
    text = f"统计指标\t单位\t统计数\n专职人员数\t人\t2\n{label}\t万元\t0\n兼职人员数\t人\t3\n"
    rows = {row.words: [cell.text for cell in row.beside] for row in located(registry, text).by_cell.values()}
    assert rows["政府信息公开专项经费"] == ["万元", "0"]
    assert rows["兼职人员数"] == ["人", "3"]


@pytest.mark.parametrize("mark", ["—", "/", ""])
def test_a_dash_is_no_rest_of_a_label(registry: Registry, mark: str) -> None:
    text = f"统计指标\t单位\t统计数\n当面申请数\t件\t\n{mark}\t件\t7\n信函申请数\t件\t3\n传真申请数\t件\t3\n"
    rows = {row.words: [cell.text for cell in row.beside] for row in located(registry, text).by_cell.values()}
    assert "7" not in rows["当面申请数"]
