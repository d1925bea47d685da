"""The account for the person who doubts a number: what must not be told wrongly, and that every file gets one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import orchestration.specimens
from orchestration.registry.model import Correction, Exclusion, Registry
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.read import read
from orchestration.reports.explain import explain
from orchestration.reports.explanation.account import Account
from orchestration.reports.explanation.typesetting import columns
from orchestration.reports.extract import extract
from orchestration.reports.extractions.model import Extraction, Reading, TemplateScore
from orchestration.reports.joining import settle_together

from .extractions import spread

SAMPLES = Path(orchestration.specimens.__file__).with_name("samples")
PARTS = ("一、文件", "二、谁的", "三、认作", "四、读出", "五、没有", "六、规则")

REPORT = """青河市临溪区石桥镇2017年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》，编制本报告。所列数据的统计期限为2017年1月1日至2017年12月31日。联系电话：0990-5550123。

一、主动公开政府信息情况

2017年，石桥镇主动公开政府信息7条。全镇配置查询电脑3台，添置书架12个。依据《石桥镇公开办法》〔2016〕8号办理。

二、依申请公开政府信息情况

2017年，石桥镇没有收到政府信息公开申请。

临溪区石桥镇人民政府

2018年2月9日

政府信息公开情况统计表

统计指标\t单位\t统计数
一、主动公开情况\t——\t
（一）主动公开政府信息数\t条\t7
其中：主动公开规范性文件数\t条\t
制发规范性文件总数\t件\t0
（二）通过不同渠道和方式公开政府信息的情况\t——\t
1.政府公报公开政府信息数\t条\t—
2.政府网站公开政府信息数\t条\t7
3.政务微博公开政府信息数\t条\t0
4.政务微信公开政府信息数\t条\t0
5.其他方式公开政府信息数\t条\t0
6.村头大喇叭播报次数\t次\t31
二、回应解读情况\t——\t
（一）回应公众关注热点或重大舆情数\t次\t0
三、依申请公开情况\t——\t
（一）收到申请数\t件\t4
1.当面申请数\t件\t4
2.传真申请数\t件\t0
3.网络申请数\t件\t0
4.信函申请数\t件\t0
"""


def account(
    data: bytes | str, registry: Registry, name: str = "report.txt", width: int = 100, colours: bool = False
) -> str:
    data = data.encode() if isinstance(data, str) else data
    document = read(data, name)
    sizes = {document.document_id: len(data)}
    return explain(document, extract(document, registry), registry, sizes=sizes, width=width, colours=colours)


def part(told: str, number: int) -> str:
    """The words of one of the six parts."""
    following = PARTS[number] if number < len(PARTS) else None
    return told[told.index(PARTS[number - 1]) : told.index(following) if following else None]


def line(told: str, *words: str) -> str:
    """The only line that holds all these words."""
    found = [row for row in told.splitlines() if all(word in row for word in words)]
    assert len(found) == 1, found
    return found[0]


@pytest.fixture(scope="module")
def told(registry: Registry) -> str:
    return account(REPORT, registry, width=160)


def line_of(words: str) -> int:
    """The line of the report on which the words stand."""
    return REPORT[: REPORT.index(words)].count("\n") + 1


def test_the_file_is_told(told: str) -> None:
    file = part(told, 1)
    assert "text/plain，编码 UTF-8" in file
    assert f"{len(REPORT.encode()):,} 字节" in file
    assert f"{REPORT.count(chr(10))} 行" in file
    assert re.search(r"可读 +是", file)


def test_the_encoding_is_the_one_that_gives_the_bytes_back(registry: Registry) -> None:
    assert "编码 GB18030" in account(REPORT.encode("gb18030"), registry)
    # The dash of a damaged text cannot be given back: then no encoding is claimed.
    damaged = REPORT.encode("gb18030")[:-2] + b"\xff\n"
    assert "编码" not in account(damaged, registry)


def test_who_and_which_year_with_the_words_and_their_lines(told: str) -> None:
    who = part(told, 2)
    assert "临溪区石桥镇人民政府" in who
    assert "990101100 云岭省 > 青河市 > 临溪区 > 石桥镇，唯一确定" in who
    assert "2017（与之相合：题名、统计期间、落款在次年）" in who
    assert "第3行“2017年1月1日至2017年12月31日”：2017-01-01 至 2017-12-31" in who
    assert "2018-02-09（第15行）" in who
    assert re.search(r"文号 +未写明", who)


def test_lost_characters_are_shown_as_printed_and_repaired(registry: Registry) -> None:
    who = part(account(REPORT.replace("2017年12月31日", "2017年1231日"), registry), 2)
    assert "第3行“2017年1231日”：补作“2017年12月31日”" in who


def test_candidates_are_named_when_the_region_is_ambiguous(registry: Registry) -> None:
    document = read(REPORT.encode(), "report.txt")
    found = extract(document, registry)
    open_ = replace(found.identity, region_resolution="ambiguous", candidates=("990101100", "990102"))
    who = part(explain(document, replace(found, identity=open_), registry), 2)
    assert "有多个可能" in who
    assert "可能        990101100 云岭省 > 青河市 > 临溪区 > 石桥镇" in who
    assert "990102 云岭省 > 青河市 > 白石县" in who


def told_of(reading: Reading) -> Correction:
    """A correction that addresses what this reading gives."""
    return Correction(
        "k", 2017, str(reading.indicator_code), "total", "year", 1, "replace", 2, "误", "证", "王某", date(2026, 1, 1)
    )


def test_a_correction_addresses_the_number_that_is_published(registry: Registry) -> None:
    document = read(REPORT.encode(), "report.txt")
    found = extract(document, registry)
    tables = [r for r in found.readings if r.indicator_code == "requests_received_count" and r.source_kind == "table"]
    prose = [r for r in found.readings if r.indicator_code == "requests_received_count" and r.source_kind != "table"]
    assert [r.value for r in (*tables, *prose)] == [4, 0]

    def printed(*readings: Reading) -> float | None:
        said = Account(document, replace(found, readings=readings), registry).printed(told_of(tables[0]))
        return said.value if said else None

    (table,), (words,) = tables, prose
    assert printed(words, table) == 4
    assert printed(words, table._replace(value=None, value_status="blank")) == 0
    assert printed(words, table._replace(value=None, value_status="blank", scope="jurisdiction")) is None
    assert printed(words._replace(scope="jurisdiction")) == 0
    assert printed(words._replace(scope="jurisdiction"), words._replace(value=9.0)) == 9
    assert printed(table._replace(category="甲类")) is None
    assert printed() is None


def test_the_sections_of_an_attachment_bear_its_name(registry: Registry) -> None:
    at = REPORT.index("政府信息公开情况统计表")
    parts = [read(REPORT[:at].encode(), "报告.txt"), read(REPORT[at:].encode(), "附表.txt")]
    document, found = settle_together(parts, registry)
    figures = part(explain(document, found, registry), 4)
    assert "附件“附表.txt” · 统计表1 · 主动公开情况" in figures
    assert "\n  正文 · 一、主动公开政府信息情况" in figures


def test_an_excluded_attachment_is_told_by_its_name(registry: Registry) -> None:
    at = REPORT.index("政府信息公开情况统计表")
    parts = [read(REPORT[:at].encode(), "报告.txt"), read(REPORT[at:].encode(), "附表.txt")]
    document, found = settle_together(parts, registry)
    why = Exclusion(parts[1].document_id, "此表系伪造。", "A forgery.", "函", "王某", date(2026, 1, 1))
    told = explain(document, found, replace(registry, exclusions={why.document_id: why}), width=160)
    assert told.splitlines()[1].startswith("  不入库：附件“附表.txt”：文件已登记为不得使用")


def test_every_form_has_its_score_and_the_winner_its_evidence(told: str, registry: Registry) -> None:
    form = part(told, 3)
    assert all(template_id in form for template_id in registry.templates)
    assert form.splitlines()[1].startswith("  * ")
    assert "national_2014" in form.splitlines()[1]
    assert "依据：统计指标；统计数" in form
    assert "请核对" not in form


def test_a_tie_is_told(registry: Registry) -> None:
    document = read(REPORT.encode(), "report.txt")
    found = extract(document, registry)
    first, second, *rest = found.template_scores
    tied = (first, TemplateScore(second.template_id, first.score, second.evidence), *rest)
    assert "请核对" in part(explain(document, replace(found, template_scores=tied), registry), 3)


def test_a_blank_a_dash_a_zero_and_an_unprinted_row_are_four_things(told: str) -> None:
    figures = part(told, 4)
    assert re.search(r"主动公开规范性文件数 +空白 件", figures)
    assert re.search(r"政府公报公开政府信息数 +横线 条", figures)
    assert re.search(r"制发规范性文件数 +0 件", figures)
    unprinted = figures[figures.index("未印出的行") :]
    assert "延期办结数" in unprinted
    assert "制发规范性文件总数" not in unprinted
    assert "主动公开规范性文件数" not in unprinted
    assert not re.search(r"延期办结数 +(0|空白)", figures)


def test_a_figure_stands_beside_its_words_line_and_characters(told: str) -> None:
    at = REPORT.index("7条")
    row = line(part(told, 4), "石桥镇主动公开政府信息【7】条")
    assert re.search(rf"第{line_of('2017年，石桥镇主动')}行 +主动公开政府信息数 +7 条 .* {at}-{at + 1}$", row)
    row = line(part(told, 4), "2.政府网站公开政府信息数 【7】")
    at = REPORT.index("\t7\n3.") + 1
    assert re.search(rf"第{line_of('2.政府网站')}行 +政府网站公开政府信息数 +7 条 .* {at}-{at + 1}$", row)


def test_figures_stand_in_document_order_under_their_sections(told: str) -> None:
    figures = part(told, 4)
    heads = [
        "正文 · 一、主动公开政府信息情况",
        "正文 · 二、依申请公开",
        "统计表1 · 主动公开情况",
        "统计表1 · 依申请公开情况",
    ]
    places = [figures.index(head) for head in heads]
    assert places == sorted(places)


def test_what_table_and_prose_say_differently_stands_together_in_front(told: str) -> None:
    figures = part(told, 4)
    block = figures[figures.index("表格与文字不一致：1处") :].split("\n\n")[0]
    assert re.search(rf"第{line_of('（一）收到申请数')}行 +统计表 +4 件", block)
    assert re.search(rf"第{line_of('2017年，石桥镇没有收到')}行 +正文 +0 件", block)
    assert "【没有收到政府信息公开申请】" in block
    assert figures.index("表格与文字不一致") < figures.index("正文 · 一")


def test_numbers_that_no_indicator_took_are_listed_with_their_clause(told: str) -> None:
    unread = part(told, 5)
    assert "正文中没有指标取用的数字：2处" in unread
    assert re.search(r"第7行 +全镇配置查询电脑【3】台", unread)
    assert re.search(r"第7行 +添置书架【12】个", unread)
    assert "【7】" not in unread
    assert "5550123" not in unread
    assert "【8】" not in unread


def test_a_long_list_is_folded_and_loses_no_number(registry: Registry) -> None:
    many = "。".join(f"第三组添置桌椅{n}套" for n in range(301, 331))
    unread = part(account(REPORT.replace("添置书架12个", many), registry), 5)
    assert all(f"【{n}】" in unread for n in range(301, 331))
    assert "其余16处" in unread
    assert len(unread.splitlines()) < 30


def test_a_row_of_no_known_form_is_shown_with_its_figure(told: str) -> None:
    unread = part(told, 5)
    assert "不属于所认表式的行：1处" in unread
    assert re.search(rf"第{line_of('6.村头')}行 +6.村头大喇叭播报次数 \| 次 \| 【31】", unread)


def test_figures_of_tables_that_nobody_read_are_shown(registry: Registry) -> None:
    windows = "窗口名称\t窗口人数\t办理件数\n东边窗口\t18\t101\n西边窗口\t19\t102\n南边窗口\t20\t103\n\n"
    signature = "临溪区石桥镇人民政府\n"
    unread = part(account(REPORT.replace(signature, windows + signature), registry), 5)
    assert "东边窗口 | 【18】 | 【101】" in unread
    assert "南边窗口 | 【20】 | 【103】" in unread


def test_the_reason_of_a_file_that_is_no_report(registry: Registry) -> None:
    told = account("关于召开绿化会议的通知\n\n会议于3月5日召开，请准备树苗20株。\n", registry)
    reason = registry.issue_codes["not_a_report"].reason_zh
    assert f"不入库：{reason}" in told.splitlines()[1]
    assert reason in part(told, 3)
    assert "没有选用" in part(told, 3)
    assert "  * " not in part(told, 3)
    assert "没有读出任何数字" in part(told, 4)
    assert f"[不入库] {reason}" in part(told, 5)
    assert "树苗【20】株" in part(told, 5)
    assert "都已取用" not in told
    assert "看过而没有发现" not in part(told, 6)


def test_an_unreadable_file_says_why(registry: Registry) -> None:
    told = account(b"", registry)
    assert registry.issue_codes["empty_file"].reason_zh in part(told, 1)
    assert re.search(r"可读 +否", part(told, 1))


def test_every_finding_has_its_words_and_the_silent_rules_their_names(told: str, registry: Registry) -> None:
    rules = part(told, 6)
    document = read(REPORT.encode(), "report.txt")
    found = extract(document, registry)
    seen = {finding.rule_id for finding in found.findings}
    assert {"table_truncated", "negation_vs_table"} <= seen
    assert len(re.findall(r"^  ▲\d+ ", rules, re.MULTILINE)) == len(found.findings)
    flowing = "".join(rules.split())
    assert all("".join(finding.message_zh.split()) in flowing for finding in found.findings)
    silent = flowing[flowing.index("看过而没有发现：") :]
    for rule in registry.rules.values():
        assert (rule.title_zh in silent) == (rule.rule_id not in seen)
    looked, beyond = silent.split("须与其他年度或其他报告比较")
    assert registry.rules["carry_over"].title_zh in beyond
    assert registry.rules["carry_over"].title_zh not in looked


def test_a_matrix_shows_each_applicant_under_its_column(registry: Registry) -> None:
    grids = spread.report(registry.templates["national_2021"])
    told = account(spread.text(grids, spread.tab_rows), registry, width=160)
    figures = part(told, 4)
    lines = figures.splitlines()
    at = next(i for i, row in enumerate(lines) if "一、本年新收政府信息公开申请" in row)
    head = next(i for i in range(at, at + 4) if "自然人" in lines[i])
    assert lines[head].split() == ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他组织", "总计"]
    cell = next(c for c in registry.templates["national_2021"].cells if c.label == "本年新收政府信息公开申请数量")
    assert lines[head + 1].split() == [spread.figure(cell, applicant) for applicant in spread.APPLICANTS]
    assert lines[head + 2].split()[-1].startswith("▲")
    ends = [columns(lines[head][: hit.end()]) for hit in re.finditer(r"\S+", lines[head])]
    assert ends == [columns(lines[head + 1][: hit.end()]) for hit in re.finditer(r"\S+", lines[head + 1])]


def test_what_is_odd_about_a_figure_is_said_in_words(registry: Registry) -> None:
    told = account(REPORT.replace("公开政府信息7条", "公开政府信息7余条"), registry)
    assert registry.issue_codes["approximate"].reason_zh in part(told, 4)


@pytest.mark.parametrize("width", [72, 100, 140])
def test_no_line_is_wider_than_the_terminal_and_colours_change_no_word(width: int, registry: Registry) -> None:
    plain = account(REPORT, registry, width=width)
    assert "\x1b" not in plain
    assert max(columns(row) for row in plain.splitlines()) <= width
    coloured = account(REPORT, registry, width=width, colours=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_nothing_in_a_document_reaches_the_terminal_as_a_command(registry: Registry) -> None:
    hostile = REPORT.replace("查询电脑", "查询\x1b[2J\u202e电脑").replace("6.村头", "6.村\x1b]0;x\x07头")
    told = account(hostile, registry, name="坏\x1b[31m名.txt")
    assert not [c for c in told if c < " " and c != "\n"]
    assert "\u202e" not in told


def every_sample() -> list[Path]:
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", every_sample(), ids=lambda path: path.name)
def test_every_sample_has_its_account(path: Path, registry: Registry) -> None:
    told = account(path.read_bytes(), registry, path.name)
    assert [told.count(f"\n{title}") for title in PARTS] == [1] * 6


def test_every_real_report_has_its_account(shared: Path, registry: Registry) -> None:
    for path in sorted((shared / "reports").iterdir()):
        document = read(path.read_bytes(), path.name)
        found = extract(document, registry)
        told = explain(document, found, registry)
        assert all(f"\n{title}" in told for title in PARTS)
        assert_nothing_is_left_out(told, document, found)


def assert_nothing_is_left_out(told: str, document: Document, found: Extraction) -> None:
    """Every value that was read is shown at the place where it stands."""
    figures = part(told, 4)
    for reading in found.readings:
        if reading.value_text and reading.source_kind == "narrative":
            assert f"{reading.char_start}-{reading.char_end}" in figures
    assert document.document_id in told
