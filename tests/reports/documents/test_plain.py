"""Paragraphs, headings, noise and tables of plain texts."""

from __future__ import annotations

import pytest

from orchestration.reports.documents.model import Document, Paragraph
from orchestration.reports.documents.read import read
from orchestration.reports.documents.text import squeeze


def document(text: str) -> Document:
    return read(text.encode(), "x.txt")


def paragraphs(text: str) -> list[tuple[str, str]]:
    found = document(text)
    return [(p.role, squeeze(found.folded, p.spans).text) for p in found.blocks if isinstance(p, Paragraph)]


def prose(text: str) -> list[str]:
    return [words for role, words in paragraphs(text) if role != "noise"]


def noise(text: str) -> list[str]:
    return [words for role, words in paragraphs(text) if role == "noise"]


def grid(text: str) -> list[list[str]]:
    (table,) = document(text).tables
    return [[cell.text for cell in row] for row in table.rows]


def test_a_sentence_cut_by_a_page_end_is_one_paragraph() -> None:
    text = "街道高度重视公开工作，精心组织安排，狠\n\n抓落实，全年共公开信息\n\n- 3 -\n\n12条。\n\n二、公开情况\n"
    assert prose(text) == ["街道高度重视公开工作,精心组织安排,狠抓落实,全年共公开信息", "12条。", "二、公开情况"]


def test_hard_wrapped_lines_are_joined_and_headings_are_not() -> None:
    text = (
        "一、概述\n柳湾街道认真贯彻条例要求，全年主动公开各类政府信\n息12条，其中网站公开\n10条。\n"
        "二、下一步打算\n继续努力。"
    )
    assert prose(text) == [
        "一、概述",
        "柳湾街道认真贯彻条例要求,全年主动公开各类政府信息12条,其中网站公开",
        "10条。",
        "二、下一步打算",
        "继续努力。",
    ]


def test_a_full_stop_lost_in_a_text_of_long_lines_joins_nothing() -> None:
    long = "柳湾街道认真贯彻条例要求，" * 8
    text = f"{long}群众没有提出复议\n\n{long}收到申请3件\n\n{long}落实责任\n\n{long}继续努力。"
    assert len(prose(text)) == 4


def test_a_title_in_two_lines_is_one_heading() -> None:
    assert paragraphs("柳湾街道2016年政府信息公开工作\n\n年度报告\n\n根据条例，编制本报告。") == [
        ("heading", "柳湾街道2016年政府信息公开工作年度报告"),
        ("prose", "根据条例,编制本报告。"),
    ]


def test_clauses_led_by_ordinals_stay_apart() -> None:
    text = (
        "公开工作不断深化，群众满意度明显提高\n三是强化监督检查，落实责任追究\n（二）做好依申请公开工作，规范办理流程"
    )
    assert len(prose(text)) == 3


@pytest.mark.parametrize(
    "line",
    [
        "PAGE", "PAGE 2", "- 3 -", "—12—", "第3页 共5页", "当前位置：首页 > 政务公开", "附件下载",
        "扫一扫在手机上查看当前页面",
        "【打印】【关闭】", "字体：大 中 小", "浏览次数：123", "相关解读", "上一篇：某通知", "版权所有：某政府",
    ],
)  # fmt: skip
def test_footers_and_site_chrome_are_noise(line: str) -> None:
    text = f"柳湾街道全年公开信息12条。\n{line}\n下一步继续努力。"
    assert noise(text) == ["".join(line.split()).replace("：", ":")]
    assert len(prose(text)) == 2


def test_the_number_after_a_page_field_is_noise() -> None:
    assert noise("全年公开信息12条。\nPAGE  \n2\n") == ["PAGE", "2"]


@pytest.mark.parametrize(
    "line", ["时间：2017-01-03 18:35", "发布时间:2017年1月3日 浏览次数:12", "首页 2017-01-03 打印"]
)
def test_a_line_that_states_a_date_is_kept(line: str) -> None:
    assert noise(f"{line}\n柳湾街道全年公开信息12条。") == []


def test_rows_by_tabs_keep_their_empty_cells() -> None:
    text = "指标\t单位\t数量\n收到申请数\t件\t\n当面申请数\t件\t0\n情况说明\t——\t\n"
    assert grid(text) == [
        ["指标", "单位", "数量"],
        ["收到申请数", "件", ""],
        ["当面申请数", "件", "0"],
        ["情况说明", "——", ""],
    ]


def test_cells_led_by_tabs_with_a_broken_label() -> None:
    text = "\t指标\n\t单位\n\t数量\n\n\t（一）收到\n（不重复计算）\n\t件\n\t3\n\n\t当面申请数\n\t件\n\t\n\n"
    assert grid(text) == [["指标", "单位", "数量"], ["(一)收到 (不重复计算)", "件", "3"], ["当面申请数", "件", ""]]


def test_one_cell_a_paragraph_makes_rows_by_shape() -> None:
    text = "公开数量如下。\n\n收到申请数\n\n件\n\n3\n\n当面申请数\n\n件\n\n0\n\n传真申请数\n\n件\n\n特此说明。\n"
    assert grid(text) == [["收到申请数", "件", "3"], ["当面申请数", "件", "0"], ["传真申请数", "件"]]
    assert prose(text) == ["公开数量如下。", "特此说明。"]


def test_markdown_rules_are_no_rows() -> None:
    text = "| 指标 | 单位 | 数量 |\n|:---|:-:|---|\n| 收到申请数 | 件 | 3 |\n| 当面申请数 | 件 | |\n"
    assert grid(text) == [["指标", "单位", "数量"], ["收到申请数", "件", "3"], ["当面申请数", "件", ""]]


def test_cells_behind_their_pipes_keep_empty_ones() -> None:
    text = "收到申请数\n| 件\n| 01\n| 3\n|\n|\n当面申请数\n| 件\n| 02\n|\n| 4\n|\n"
    assert grid(text) == [["收到申请数", "件", "01", "3", ""], ["当面申请数", "件", "02", "", "4"]]


def test_a_page_break_does_not_cut_a_table() -> None:
    text = "收到申请数\t件\t3\n当面申请数\t件\t0\n\nPAGE\n2\n\n传真申请数\t件\t1\n"
    assert len(grid(text)) == 3


def test_an_indented_sentence_and_a_page_head_are_no_tables() -> None:
    text = (
        "索引号 | 99-01 | 分类 | 年报 |\n发布机构 | 柳湾街道 | 发文日期 | 2017-01-03 |\n\n"
        "\t一、概述\n\t柳湾街道全年公开信息12条。\n\t其中网站公开10条。\n"
    )
    assert document(text).tables == ()
    assert len(prose(text)) == 5


def test_numbers_on_lines_of_their_own_in_a_sentence_are_no_table() -> None:
    text = "全年共公开信息\n12\n条，其中网站公开\n10\n条，微博公开\n1\n条，其他方式公开\n1\n条。"
    assert document(text).tables == ()


def test_offsets_quote_what_is_printed() -> None:
    text = "指标\t单位\t数量\n收到申请数\t件\t１２\n当面申请数\t件\t 3 \n"
    found = document(text)
    cells = [cell for row in found.tables[0].rows for cell in row]
    assert [text[c.span.start : c.span.end] for c in cells if c.column == 3] == ["数量", "１２", "3"]
    assert [found.place(c.span).line for c in cells if c.column == 1] == [1, 2, 3]


SPACED = (
    "指标名称      单位    数量\n收到申请数          件      3\n"
    "当面申请数          件      1\n网络申请数          件      2\n"
)


@pytest.mark.parametrize(
    "day", ["2017 年 2 月 9 日", "二〇一七 年 二 月 九 日", "2017 年 2 月 9", "2017年2月9日", "201729日"]
)
def test_a_spaced_day_before_or_after_a_table_is_prose(day: str) -> None:
    found = document(f"柳湾街道办事处\n          {day}\n\n{SPACED}\n柳湾街道办事处\n          {day}\n")
    (table,) = found.tables
    assert [cell.text for cell in table.rows[0]] == ["指标名称", "单位", "数量"]
    assert [len(row) for row in table.rows] == [3, 3, 3, 3]
    kept = [squeeze(found.folded, paragraph.spans).text for paragraph in found.paragraphs]
    assert kept.count("".join(day.split())) == 2


def test_a_sentence_with_a_dash_far_beside_it_is_a_row_of_a_spaced_table() -> None:
    prompt = "申请主要涉及----、----方面，其中----占---%。    —\n"
    rows = grid(SPACED + prompt + "信函申请数          件      0\n传真申请数          件      0\n")
    assert rows[4] == ["申请主要涉及----、----方面,其中----占---%。", "—"]
    assert len(rows) == 7


def test_a_last_pipe_before_an_empty_cell_closes_nothing() -> None:
    rows = "".join(f"第{n}项公开数 | 条 | \n" for n in "一二三四五六七八九")
    found = grid(f"指标 | 单位 | 数量\n{rows}收到申请数 | 件 | 5\n当面申请数 | 件 | \n信函申请数 | 件 | 0\n")
    assert [len(row) for row in found] == [3] * 13
    assert [row[2] for row in found[-3:]] == ["5", "", "0"]


@pytest.mark.parametrize("end", ["第三类事", "甲类"])
def test_a_text_that_breaks_off_in_a_row_still_closes_the_rows_above(end: str) -> None:
    rows = [[f"第{n}类事项", str(at), "0"] for at, n in enumerate("一二三四五六七八九")]
    text = "\n".join(" | ".join(row) + " |" for row in rows)
    assert grid(f"{text}\n| 其他 | | {end}")[:9] == rows
    assert grid(f"{text}\n| 其他 | | 4")[0] == [*rows[0], ""]


def test_a_closed_row_over_two_lines_is_one() -> None:
    rows = "| 收到申请数 | 件 | 5 |\n" * 4
    assert grid(f"{rows}| 当面\n申请数 | 件 | 1 |\n")[-1] == ["当面 申请数", "件", "1"]


def test_a_list_cut_to_one_width_is_one_paragraph() -> None:
    text = (
        "    本街道主动公开的信息中，机构职能类七条，占百分之七；\n"
        "民生保障类二十条，占百分之二十；财政资金类信息三十条，占\n"
        "百分之三十。\n    （一）全年，柳湾街道没有因为政府信息公开被申请行政复\n议或者被提起行政诉讼。\n"
    )
    assert [words[-4:] for words in prose(text)] == ["之三十。", "政诉讼。"]


def test_lines_that_are_not_indented_are_not_taken_for_cut_lists() -> None:
    assert len(prose("机构职能类信息公开了一共七条，占到百分之七；\n民生保障类信息公开二十条，占到百分之二十；\n")) == 2


@pytest.mark.parametrize(
    "cut",
    [
        "当面申请数\n\t件\t4\n", "当面申请数\t\n件\t4\n", "当面申请数\t件\n\t4\n", "当面申请\n数\t件\t4\n",
    ],
)  # fmt: skip
def test_a_row_cut_by_a_line_end_has_its_figure_again(cut: str) -> None:
    rows = grid(f"指标\t单位\t数量\n收到申请数\t件\t12\n{cut}信函申请数\t件\t0\n")
    assert [row[-2:] for row in rows[1:]] == [["件", "12"], ["件", "4"], ["件", "0"]]


def test_digits_cut_off_a_figure_are_one_cell_too_many() -> None:
    rows = grid("指标\t单位\t数量\n收到申请数\t件\t12\n当面申请数\t件\t4\n7\n信函申请数\t件\t0\n")
    assert rows[2] == ["当面申请数", "件", "4", "7"]


def test_a_page_number_inside_a_row_is_no_figure_of_it() -> None:
    led = "\t收到申请数\n\t件\n\t3\n\n\t当面申请数\n\t件\n\n7\n\n\t1\n\n\t信函申请数\n\t件\n\t2\n"
    assert grid(led)[1] == ["当面申请数", "件", "1"]
    single = "收到申请数\n件\n3\n网络申请数\n件\n0\n当面申请数\n\n7\n\n件\n1\n信函申请数\n件\n2\n"
    assert grid(single)[2] == ["当面申请数", "件", "1"]
    rows = "".join(f"第{name}类信息数\n件\n{number}\n" for number, name in enumerate("甲乙丙丁戊", 3))
    paged = grid(rows.replace("丙类信息数\n", "丙类信息数\n2\n"))
    assert [row[1:] for row in paged] == [["件", str(number)] for number in range(3, 8)]
    halves = rows.replace("件\n5\n", "件\n5\n3/9\n")
    assert grid(halves) == grid(rows)
    marked = "收到申请数\n件\n3\n当面申请数\n件\nPAGE 2\n0\n信函申请数\n件\n2\n"
    assert grid(marked)[1] == ["当面申请数", "件", "0"]


@pytest.mark.parametrize("gap", ["\t", "    "])
def test_a_sentence_directly_above_a_table_is_prose(gap: str) -> None:
    head = gap.join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    figures = gap.join(str(number) for number in range(15))
    above = "\n".join(
        gap.join(row) for row in (["当面申请数", "件", "1"], ["传真申请数", "件", "2"], ["信函申请数", "件", "3"])
    )
    sentence = "全年没有人就公开工作提起诉讼。"
    found = document(f"{above}\n四、复议和诉讼情况\n{sentence}\n{head}\n{figures}\n\n五、下一步打算\n")
    assert sentence in prose(found.text)
    assert [[cell.text for cell in row] for row in found.tables[-1].rows] == [head.split(gap), figures.split(gap)]


def test_words_to_be_filled_in_below_a_row_stay_in_the_table() -> None:
    lines = ["当面申请数", "件", "1", "主要涉及----、----等方面。", "传真申请数", "件", "2", "信函申请数", "件", "3"]
    assert [row[0] for row in grid("\n".join(lines))] == [lines[0], lines[3], lines[4], lines[7]]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_code_before_the_unit_parts_no_row_told_one_cell_a_line(between: str) -> None:
    rows = [[f"第{name}类信息数", f"0{number}", "条", "4", "9"] for number, name in enumerate("甲乙丙丁戊", 1)]
    assert grid(between.join(cell for row in rows for cell in row)) == rows


def test_a_code_before_the_unit_is_a_cell_between_blanks() -> None:
    rows = [[f"第{name}类信息数", f"0{number}", "条", "4", "9"] for number, name in enumerate("甲乙丙丁戊", 1)]
    assert grid("\n".join("      ".join(row) for row in rows)) == rows


def test_a_pipe_alone_on_a_line_closes_the_label_above_it() -> None:
    rows = [["通行许可", "3", "1"], ["经营场所登记", "0", "2"], ["检验报告发放", "4", "0"]]
    whole = "\n".join(f"{cell} |" for row in rows for cell in row)
    assert grid(whole.replace("登记 |", "登记\n|")) == grid(whole) == rows


def test_rows_of_nothing_but_dashes_are_rows() -> None:
    rows = [[f"第{name}类事项", "-", "-", "-", "-"] for name in "甲乙丙丁戊己庚辛"] + [["-"] * 15]
    assert grid("\n".join("\t".join(row) for row in rows)) == rows


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("（三）2016年，没有公民就公开工作对我街道申请复议或者提起", "诉讼。全年接待来访8人。"),
        ("（一）没有发生因公开工作申请行政复议的案件，也没有发生行", "政诉讼案件。"),
        ("公开机构职能类信息13条，占总数的1.63%；其余为工作通知", "和公告公示，共有31条。"),
    ],
)
def test_a_statement_cut_by_a_line_end_is_no_heading(line: str, rest: str) -> None:
    assert [role for role, _ in paragraphs(f"{line}\n{rest}\n")] == ["prose"]


def test_a_full_line_that_ends_in_a_bracket_goes_on() -> None:
    wrapped = "柳湾街道全年主动公开政府信息47条，内容真实而且更新很及时，各村（社区）\n公开村务信息289条。\n"
    before = "柳湾街道认真贯彻条例要求，全年及时公开各类政府信息，方便群众查询和了解情\n况。\n"
    assert len(prose(before + wrapped)) == 2
    short = wrapped.replace("，内容真实而且更新很及时", "")
    assert len(prose(before + short)) == 3


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_figure_and_its_unit_on_lines_of_their_own_belong_to_the_sentence(between: str) -> None:
    pieces = ["一、公开情况", "柳湾街道主动公开政府信息", "492", "条", "，比上年有增长。", "二、申请情况"]
    assert prose(between.join(pieces)) == [pieces[0], "柳湾街道主动公开政府信息492条,比上年有增长。", pieces[-1]]
    assert noise("柳湾街道认真贯彻条例要求。\n\n3\n\n柳湾街道主动公开政府信息。\n") == ["3"]


def test_a_text_cut_to_one_width_without_indents_goes_on_whatever_its_lines_look_like() -> None:
    whole = [
        "柳湾街道认真贯彻条例要求，全年及时公开各类政府信息，方便群众查询和了解情况，没有发生差错。",
        "一、公开情况",
        "通过政府网站公开政府信息422条，其中社会救助42条、政策文件70条、工作动态132条、机构职能36条、通知公告22条。",
        "二、坚持谁起草谁提出意见，谁审核谁负责，从源头上把好公开关，经常查看栏目更新的情况，及时改正不足。",
        "三、下一步打算",
        "继续公开群众关心的信息，听取各方面的意见和建议，把公开工作做得更细更实，让群众更加满意和放心。",
    ]
    cut = [line[at : at + 20] for line in whole for at in range(0, len(line), 20)]
    assert prose("\n".join(cut)) == [line.replace("，", ",") for line in whole]


MENU = "公开指南 | 公开制度 | 公开年报"
FILLED_UP = {
    "menu": ["网站首页", "政务公开", "办事服务", "互动交流", "走进柳湾", "机构职能", "政策文件", "公开年报"],
    "page head": [MENU]
    + [f"{name}：" for name in ("索引编号", "发布机构", "主题分类", "公开日期", "信息标题", "关键词语")],
    "list": [f"（{name}）加强组织领导，健全工作机制" for name in "一二三四五六七八"],
    "counts": [f"{number}.公开政府信息{number}条" for number in range(1, 9)],
    "clauses": [MENU] + [f"公开第{name}类政府信息，方便群众；" for name in "甲乙丙丁戊己"],
    "links": [MENU] * 9 + [f"公开第{name}类政府信息" for name in "甲乙丙丁戊己"],
    "sentences": [MENU] + [f"公开第{name}类政府信息" for name in "甲乙丙丁戊己"] + ["内容真实。更新及时。方便群众"],
}


@pytest.mark.parametrize("kind", FILLED_UP)
@pytest.mark.parametrize("end", [" |" * 6, "\t" * 6], ids=["pipes", "tabs"])
def test_words_filled_up_with_empty_cells_are_no_form(kind: str, end: str) -> None:
    rows = [words.replace(" | ", "\t") if "\t" in end else words for words in FILLED_UP[kind]]
    lines = "\n".join(words if words.startswith("公开指南") else words + end for words in rows)
    assert document(f"柳湾街道年度报告\n\n{lines}\n\n街道公开了各类信息，内容真实。\n").tables == ()


def test_a_filled_up_list_under_headings_is_no_form() -> None:
    headings = ["一、公开情况", "二、申请情况", "三、机构建设", "四、存在问题"]
    items = "".join(f"加强第{name}类工作，健全机制{' |' * 6}\n" for name in "甲乙丙")
    assert document("\n".join(f"{heading}\n{items}" for heading in headings)).tables == ()


def test_the_same_words_under_a_header_are_a_form() -> None:
    names = ["甲类事项", "乙类事项", "丙类事项", "丁类事项", "戊类事项"]
    rows = [["事项名称", "新增", "变更", "废止"], *([name, "", "", ""] for name in names)]
    assert grid("\n".join("\t".join(row) for row in rows)) == rows


@pytest.mark.parametrize("change", ["减4", "增15", "减少3", "增加1项"])
def test_a_change_told_in_words_is_a_figure_of_its_row(change: str) -> None:
    rows = [["甲类许可事项", "6", change, "2"], ["乙类许可事项", "1", "0", "5"]]
    assert grid("\n".join(cell for row in rows for cell in row)) == rows
