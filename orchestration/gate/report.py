"""The verdict as a page for people: what passed, what failed, what was excused, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from orchestration.gate.page import both, heading, page, table, tag, tiles
from orchestration.gate.sentences import examples
from orchestration.gate.verdict import Judgement, Verdict

MATURITIES = {
    "collecting": ("收集中", "collecting"),
    "provisional": ("暂定", "provisional"),
    "final": ("定稿", "final"),
}
OUTCOMES = {
    "passed": ("通过 passed", "good"),
    "failed": ("未通过 failed", "bad"),
    "excused": ("已豁免 excused", "warn"),
    "not_applicable": ("不适用 not applicable", "soft"),
}
SEVERITIES = {
    "critical": ("关键 critical", "bad"),
    "warning": ("提示 warning", "warn"),
    "info": ("说明 info", "soft"),
}
EXCUSE_STATES = {
    "applied": ("已适用 applied", "warn"),
    "expired": ("已过期 expired", "bad"),
    "not_needed": ("未用到 not needed", "soft"),
}


def verdict_page(verdict: Verdict, titles: Mapping[str, tuple[str, str]]) -> str:
    """The page as HTML, self-contained; `titles` names the suites in Chinese and English."""
    year = verdict.report_year
    zh, en = MATURITIES[verdict.maturity]
    decision = tag("通过 · passed", "good") if verdict.passed else tag("拒绝发布 · refused", "bad")
    in_words = both(*verdict.decision)
    passed = sum(rule.outcome == "passed" for rule in verdict.expectations)
    body = [
        f'<header class="top"><h1>{year}年度 审核结论 <small>Verdict on report year {year}</small></h1>',
        f"<p>{decision} &nbsp; {tag(f'{zh} · {en}')} &nbsp; "
        f'<span class="soft">审核日 as of {verdict.as_of.isoformat()}</span></p>',
        f"<p>{in_words}</p>",
        f'<p class="soft">内容哈希 content hash <code>{verdict.content_hash}</code></p></header>',
        tiles(
            [
                (str(verdict.reports), "现行报告", "current reports"),
                (str(passed), "规则通过", "rules passed"),
                (str(len(verdict.refusals)), "关键规则未通过", "critical rules failed"),
                (str(len(verdict.caveats)), "需要说明", "caveats"),
            ]
        ),
        *_section("为何拒绝", "Why it is refused", verdict.refusals),
        *_section("说明事项", "Caveats", verdict.caveats),
        *_excuses(verdict),
        heading("全部规则", "Every rule"),
    ]
    for suite, (suite_zh, suite_en) in titles.items():
        rules = [rule for rule in verdict.expectations if rule.suite == suite]
        done = sum(rule.outcome == "passed" for rule in rules)
        body.append(
            f"<details><summary>{escape(suite_zh)} "
            f"<span class='soft'>{escape(suite_en)} · {done}/{len(rules)}</span></summary>"
            f"{_rules(rules)}</details>"
        )
    return page(f"{year} 审核结论 verdict", body)


def _section(zh: str, en: str, rules: tuple[Judgement, ...]) -> list[str]:
    if not rules:
        return []
    rows = [
        [
            f"{both(rule.told_zh or rule.name_zh, rule.told_en or rule.name_en)}<code>{escape(rule.rule_id)}</code>",
            f"{tag(*SEVERITIES[rule.severity])} {tag(*OUTCOMES[rule.outcome])}",
            "".join(_evidence(rule, row) for row in rule.rows),
            both(rule.why_zh, rule.why_en),
        ]
        for rule in rules
    ]
    heads = ["情况 what was found", "级别 severity", "所涉各项 rows", "理由 why"]
    return [heading(zh, en), table(heads, rows)]


def _evidence(rule: Judgement, row: Mapping[str, Any]) -> str:
    """The rows at fault as a list that opens, less those its sentence names; of a vocabulary the word."""
    if "value" in row:
        return f"<p>{escape(str(row['value']))} × {row['rows']}</p>"
    zh, en = (examples(row, f"examples_{language}") or examples(row) for language in ("zh", "en"))
    pairs = list(zip(zh, en, strict=True))
    said = rule.told_zh or ""
    listed = [(in_zh, in_en) for in_zh, in_en in pairs if in_zh.rstrip("。") not in said]
    if not listed:
        return ""
    more = int(row.get("examples_in_all", 0)) - len(pairs)
    items = "".join(f"<li>{escape(in_zh) if in_zh == in_en else both(in_zh, in_en)}</li>" for in_zh, in_en in listed)
    rest = f'<p class="soft">还有 {more} 项 · {more} more</p>' if more > 0 else ""
    return f"<details open><summary>{len(listed)}</summary><ul>{items}</ul>{rest}</details>"


def _excuses(verdict: Verdict) -> list[str]:
    if not verdict.exceptions:
        return []
    rows = [
        [
            f"<code>{escape(excuse.rule_id)}</code>",
            tag(*EXCUSE_STATES[excuse.state]),
            escape(excuse.reason),
            escape(excuse.evidence),
            escape(excuse.by),
            excuse.until.isoformat(),
        ]
        for excuse in verdict.exceptions
    ]
    heads = ["规则 rule", "状态 state", "理由 reason", "依据 evidence", "批准 by", "有效至 until"]
    return [heading("豁免", "Exceptions"), table(heads, rows)]


def _rules(rules: list[Judgement]) -> str:
    rows = [
        [
            f"{both(rule.name_zh, rule.name_en)}<code>{escape(rule.rule_id)}</code> "
            f'<span class="soft">{escape(rule.since)}</span>',
            tag(*SEVERITIES[rule.severity]),
            tag(*OUTCOMES[rule.outcome]),
            str(rule.checked),
            str(rule.failing),
        ]
        for rule in rules
    ]
    heads = ["规则 rule（始于 since）", "级别 severity", "结果 outcome", "检查 checked", "不符 failing"]
    return table(heads, rows, numeric=(3, 4))
