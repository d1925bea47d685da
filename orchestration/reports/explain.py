"""What was recognised in one document and why, for the person who doubts a number; in Chinese, for a terminal.

Nothing is read or judged here. The figures themselves are laid out in ledger.py, what became no figure in unread.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256

from orchestration.registry.model import Registry
from orchestration.reports.documents.bundle import Bundle
from orchestration.reports.documents.model import Document, Paragraph, Span
from orchestration.reports.explanation.account import Account
from orchestration.reports.explanation.attribution import attribution
from orchestration.reports.explanation.ledger import corrections, figures
from orchestration.reports.explanation.phrasing import (
    SEVERITY_ZH,
    STATUS_ZH,
    issues_zh,
    place_zh,
    qualifiers_zh,
    value_zh,
)
from orchestration.reports.explanation.typesetting import CLOSE, OPEN, Colour, Field, Sheet, clean, cut, fill
from orchestration.reports.explanation.unread import (
    UnreadClause,
    UnreadRow,
    silent_paragraphs,
    unknown_rows,
    unread_cells,
    unread_prose,
)
from orchestration.reports.extractions.match import is_tie
from orchestration.reports.extractions.model import Extraction, Reading
from orchestration.reports.issues import exclusion_words, quarantining

WIDTH = 100
_NARROWEST, _WIDEST = 72, 160
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5hkscs")
_MOST_SHOWN, _FEW_SHOWN = 15, 3
_BAR = 10
_GIST = 16
_EVIDENCE = 9
_SHARE = re.compile(r"^(\d+)/(\d+)$")
_MARKED = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")
_SEVERITY_COLOURS: dict[str, Colour] = {"error": "bad", "warning": "odd", "info": "faint"}
_STATUS_COLOURS: dict[str, Colour] = {"complete": "good", "partial": "odd", "unmatched": "bad", "unreadable": "bad"}


def explain(
    document: Document,
    extraction: Extraction,
    registry: Registry,
    *,
    sizes: Mapping[str, int] | None = None,
    width: int = WIDTH,
    colours: bool = False,
) -> str:
    """The whole account in six parts: the file, whose report, which form, every figure, what was not read, the rules.

    `sizes`: how many bytes each file has, by document id, where known. `width`: the columns of the terminal; at least
    72 and at most 160 are used. `extraction` must be of this very document: quotations are cut out of its text.
    """
    sheet = Sheet(min(max(width, _NARROWEST), _WIDEST), colours)
    account = Account(document, extraction, registry)
    parts = (
        _summary(account, sheet),
        sheet.heading("一、文件"),
        _file(account, sheet, sizes or {}),
        sheet.heading("二、谁的、哪一年的报告"),
        attribution(account, sheet),
        sheet.heading("三、认作哪种表式，为什么"),
        _form(account, sheet),
        sheet.heading("四、读出的数字"),
        figures(account, sheet),
        corrections(account, sheet),
        sheet.heading("五、没有读懂的内容"),
        _not_understood(account, sheet),
        sheet.heading("六、规则"),
        _rules(account, sheet),
    )
    return "\n".join(line for part in parts for line in part)


def _summary(account: Account, sheet: Sheet) -> Iterator[str]:
    extraction = account.extraction
    status = sheet.paint(STATUS_ZH[extraction.status], _STATUS_COLOURS[extraction.status])
    yield f"{sheet.paint(clean(extraction.name), 'strong')}：{status}"
    document = account.document
    for part in document.parts if isinstance(document, Bundle) else (document,):
        excluded = exclusion_words(part.document_id, account.registry)
        which = "" if part.document_id == extraction.document_id else f"附件“{part.name}”："
        if excluded:
            yield from sheet.text(clean(f"不入库：{which}{excluded[0]}"), 2, "bad", 2)
    reason = quarantining(extraction.issue_codes, account.registry)
    if reason:
        yield from sheet.text(f"不入库：{reason.reason_zh}", 2, "bad", 2)
    if extraction.status in ("unmatched", "unreadable"):
        return
    identity = extraction.identity
    year = f"{identity.report_year}年度" if identity.report_year else "年度未写明"
    kinds = Counter(reading.source_kind for reading in extraction.readings)
    severities: Counter[str] = Counter(finding.severity for finding in extraction.findings)
    found = "，".join(f"{zh}{severities[code]}" for code, zh in SEVERITY_ZH.items() if severities[code])
    told = (
        f"{identity.agency_name or '机关未能确认'}，{year}；统计表{kinds['table']}项，文字{kinds['narrative']}项；"
        f"{f'规则发现：{found}' if found else '规则没有发现问题'}。"
    )
    yield from sheet.text(told, 2, hanging=2)


def _file(account: Account, sheet: Sheet, sizes: Mapping[str, int]) -> Iterator[str]:
    document = account.document
    size = sizes.get(document.document_id)
    encoding = _encoding(document)
    prose = [block for block in document.blocks if isinstance(block, Paragraph)]
    noise = sum(1 for block in prose if block.role == "noise")
    extent = [
        f"{size:,} 字节" if size is not None else "",
        f"{len(document.text):,} 字" if document.text else "",
        f"{len(document.pages.starts)} 页" if document.pages else f"{len(document.text.splitlines())} 行",
        f"段落 {len(prose) - noise}，统计表 {len(document.tables)}，页眉导航等 {noise}",
    ]
    problems = issues_zh(document.issue_codes, account.registry)
    reason = quarantining(document.issue_codes, account.registry)
    rows = [
        ("类型", document.media_type + (f"，编码 {encoding}" if encoding else "")),
        ("大小", "；".join(part for part in extent if part)),
        ("可读", "否" if reason else "是"),
        *(("问题", sentence) for sentence in problems),
        *(("附件", clean(address)) for address in document.attachments),
        *(("与之合读", part.name) for part in (document.parts[1:] if isinstance(document, Bundle) else ())),
        ("指纹", document.document_id),
    ]
    yield from sheet.labelled(rows)


def _encoding(document: Document) -> str | None:
    """The encoding in which the text gives the very bytes of the file; None where the text is not the file itself."""
    for encoding in _ENCODINGS if document.text else ():
        data = document.text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
        if sha256(data).hexdigest() == document.document_id:
            return encoding.upper()
    return None


def _form(account: Account, sheet: Sheet) -> Iterator[str]:
    """Every form with its score and what speaks for it, best first; or why the file is no report."""
    extraction, scores = account.extraction, account.extraction.template_scores
    if extraction.status in ("unmatched", "unreadable"):
        for sentence in issues_zh(extraction.issue_codes, account.registry):
            yield from sheet.text(sentence, 2, "bad", 2)
    if not scores:
        yield from sheet.text("没有可比对的文字，未给任何表式打分。", 2)
        return
    chosen = extraction.template_id
    if chosen is not None and is_tie(scores):
        yield from sheet.text("前两种表式得分相同或极为接近，取在前者，请核对。", 2, "odd", 2)
    elif chosen is None:
        yield from sheet.text("以下得分只说明表式是否相像；因不是年度报告，没有选用。", 2, "faint", 2)
    for score in scores:
        template = account.registry.templates[score.template_id]
        won = score.template_id == chosen
        variant = f"，{extraction.template_variant}" if won and extraction.template_variant else ""
        bar = fill("#" * round(score.score * _BAR), _BAR).replace(" ", ".")
        line = f"{'*' if won else ' '} {score.score:.2f} {bar} {template.title_zh}（{score.template_id}{variant}）"
        yield from sheet.text(line, 2, "good" if won else "plain" if score.score else "faint", _BAR + 8)
        if score.evidence:
            evidence = "；".join(_SHARE.sub(r"认出\1行（表式有\2行）", clean(words)) for words in score.evidence)
            yield from sheet.text(f"依据：{evidence}", _EVIDENCE, "plain" if won else "faint", 6)
        elif score.score:
            yield from sheet.text("依据：只有正文，没有统计表像其他表式。", _EVIDENCE, "plain" if won else "faint", 6)


def _not_understood(account: Account, sheet: Sheet) -> Iterator[str]:
    """Why the file is kept out or incomplete, then every row and number that became no figure."""
    extraction, document = account.extraction, account.document
    for code in extraction.issue_codes:
        issue = account.registry.issue_codes[code]
        outcome = "不入库" if issue.quarantines else "仍入库"
        yield from sheet.text(f"[{outcome}] {issue.reason_zh}", 2, "bad" if issue.quarantines else "odd", 9)
    template = account.registry.templates.get(extraction.template_id or "")
    unknown = unknown_rows(document, template, account.registry)
    strange = {row.span for row in unknown}
    cells = [row for row in unread_cells(document, extraction.readings) if row.span not in strange]
    prose = unread_prose(document, extraction.readings)
    yield from _listed(account, sheet, "不属于所认表式的行", [(r.span, _row_words(r)) for r in unknown])
    yield from _listed(account, sheet, "表中没有取用的数字", [(r.span, _row_words(r)) for r in cells])
    clauses = [(clause.span, _clause_words(document, clause)) for clause in prose.clauses]
    yield from _listed(account, sheet, "正文中没有指标取用的数字", clauses)
    silent = [(words.span(0, len(words.text)), words.text) for words in silent_paragraphs(document)]
    if extraction.status not in ("unmatched", "unreadable") and not (unknown or cells or prose.clauses):
        yield from sheet.text("表中和正文中的数字都已取用，没有不认识的行。", 2)
    yield from _listed(account, sheet, "当作页眉、页码、导航而没有读的文字", silent, _FEW_SHOWN)
    if prose.names:
        told = f"另有{prose.names}个数字只是年份、日期、期限、文号、序号、电话之类，没有列出。"
        yield from sheet.text(told, 2, "faint", 2)


def _listed(
    account: Account, sheet: Sheet, title: str, found: list[tuple[Span, str]], shown: int = _MOST_SHOWN
) -> Iterator[str]:
    """The words with their places; of a long list the rest is folded to what is marked in it."""
    if not found:
        return
    yield sheet.paint(f"  {title}：{len(found)}处", "strong")
    for span, words in found[:shown]:
        fields = [Field(account.place_of(span), 8, right=True, colour="faint"), Field(clean(words), sheet.width - 12)]
        yield from (f"  {line}" for line in sheet.row(fields))
    rest = [f"{account.place_of(span)} {_gist(words)}" for span, words in found[shown:]]
    if rest:
        yield from sheet.text(f"其余{len(rest)}处：{'；'.join(rest)}", 12, "faint")


def _gist(words: str) -> str:
    """Only what is marked in the words, or their beginning."""
    return "".join(_MARKED.findall(words)) or cut(clean(words), _GIST)


def _row_words(row: UnreadRow) -> str:
    marked = {id(cell) for cell in row.numbers}
    return " | ".join(f"{OPEN}{cell.text}{CLOSE}" if id(cell) in marked else cell.text for cell in row.cells)


def _clause_words(document: Document, clause: UnreadClause) -> str:
    """The clause as printed, its unread numbers between marks."""
    told, at = "", clause.span.start
    for number in clause.numbers:
        told += f"{document.text[at : number.start]}{OPEN}{document.text[number.start : number.end]}{CLOSE}"
        at = number.end
    return told + document.text[at : clause.span.end]


def _rules(account: Account, sheet: Sheet) -> Iterator[str]:
    """Every finding with the words it is about, then the rules that saw nothing."""
    extraction, rules = account.extraction, account.registry.rules
    if extraction.status in ("unmatched", "unreadable"):
        yield from sheet.text("没有读数，未按规则检查。", 2)
        return
    for number, finding in account.numbered.items():
        severity = SEVERITY_ZH[finding.severity]
        title = f"▲{number} [{severity}] {rules[finding.rule_id].title_zh}（{finding.rule_id}）"
        yield from sheet.text(title, 2, _SEVERITY_COLOURS[finding.severity], 3)
        yield from sheet.text(finding.message_zh, 5)
        for reading_id in finding.readings:
            yield from _figure(account, sheet, account.by_id[reading_id])
    seen = {finding.rule_id for finding in extraction.findings}
    silent = [rule for rule in rules.values() if rule.rule_id not in seen]
    for height, told in (("document", "看过而没有发现"), ("warehouse", "须与其他年度或其他报告比较，不在这里检查")):
        titles = "、".join(rule.title_zh for rule in silent if rule.height == height)
        if titles:
            yield from sheet.text(f"{told}：{titles}", 2, "faint", 2)


def _figure(account: Account, sheet: Sheet, reading: Reading) -> Iterator[str]:
    """One figure that a finding is about: place, value, printed words."""
    unit = (reading.unit or "") if reading.value is not None else ""
    fields = [
        Field(place_zh(reading), 8, right=True, colour="faint"),
        Field(f"{value_zh(reading)}{unit}", 10, right=True),
        Field(account.quote(reading) + qualifiers_zh(reading, account.registry, reading.scope), sheet.width - 27),
    ]
    yield from (f"     {line}" for line in sheet.row(fields))
