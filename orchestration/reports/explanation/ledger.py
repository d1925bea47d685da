"""The figures of one report in the order of the document, each beside the words that print it and their place.

Nothing is judged here: what the readers and the rules said is laid out for the person who doubts a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from orchestration.registry.model import Correction, Registry
from orchestration.reports.explanation.account import Account
from orchestration.reports.explanation.phrasing import (
    BASIS_ZH,
    SCOPE_ZH,
    issues_zh,
    place_zh,
    qualifiers_zh,
    value_zh,
)
from orchestration.reports.explanation.typesetting import CLOSE, OPEN, Colour, Field, Sheet, clean, columns, fill
from orchestration.reports.extractions.model import Reading
from orchestration.reports.extractions.rules.evidence import plain

_NO_DATA = frozenset({"header", "text", "narrative"})
_BETWEEN_SOURCES = frozenset({"narrative_vs_table", "negation_vs_table"})
_PLACE, _NAME, _VALUE, _UNIT, _FLAGS, _CHARACTERS = 7, 28, 8, 4, 4, 11
_PLACE_ON_PAGE = 14
_NAME_IN_ROOM = 40
_NARROW, _ROOMY = 96, 120
_BELOW = 2 + _PLACE + 4
_QUOTE_LINES = 2
_LEAST_SHARED = 3
# A printed row with fewer figures is told figure by figure.
_LEAST_GRID = 4
_ROWS_UNDER_HEAD = 6


def figures(account: Account, sheet: Sheet) -> Iterator[str]:
    """Every figure in document order under its section; contradictions between table and prose stand first."""
    readings = sorted(account.extraction.readings, key=lambda r: (r.char_start, r.char_end))
    if not readings:
        yield from sheet.text("没有读出任何数字。", 2)
        return
    legend = (
        f"{OPEN}{CLOSE}内是取作数值的原文，末列是它在全文中的字符位置；"
        f"{'页码后是距页面左边、上边多少磅；' if account.document.pages else ''}"
        "▲n 见第六部分第n项；未注明者为本年、总计。"
    )
    yield from sheet.text(legend, 2, "faint")
    yield from _contradictions(account, sheet)
    for section, group in groupby(readings, key=account.section):
        yield ""
        yield from _group(account, sheet, section, list(group))
    yield from _absent(account, sheet)


def corrections(account: Account, sheet: Sheet) -> Iterator[str]:
    """What the registry puts right in this agency's published values of the year; the figures above are as printed."""
    if not account.corrections:
        return
    yield ""
    unlike = [not _stands(account, one) for one in account.corrections]
    counted = f"其中{sum(unlike)}项与原文不符，不会采用" if any(unlike) else "与原文相符，发布时采用"
    head = f"更正（corrections.csv）：{len(unlike)}项，{counted}；以上各项仍照原文"
    yield from sheet.text(head, 2, "bad" if any(unlike) else "odd", 2)
    for one, is_unlike in zip(account.corrections, unlike, strict=True):
        indicator = account.registry.indicators[one.indicator_code]
        parts = [
            "" if one.applicant_type == "total" else account.registry.applicant_types[one.applicant_type],
            "" if one.period_basis == "year" else BASIS_ZH[one.period_basis],
        ]
        said = "，".join(filter(None, parts))
        found = account.printed(one)
        instead = (
            f"而此处印为{_value(found.value if found else None, indicator.unit)}，不会采用，"
            "此件若是现行报告，该年度将被拒绝发布：请核对原文，修改或删除该行；原拟"
        )
        told = (
            f"{indicator.name_zh}{f'（{said}）' if said else ''}：应印为{_value(one.expected_value, indicator.unit)}，"
            f"{instead if is_unlike else ''}"
            f"{f'更正为{_value(one.value, indicator.unit)}' if one.action == 'replace' else '不发布数值'}；"
            f"理由：{clean(one.reason_zh)}；依据：{clean(one.evidence)}（{clean(one.corrected_by)}，{one.corrected_on}）"
        )
        yield from sheet.text(told, 2 + _PLACE + 2, "bad" if is_unlike else "odd", 2)


def _stands(account: Account, one: Correction) -> bool:
    """Whether what the correction expects is what is printed."""
    found = account.printed(one)
    values = one.expected_value, found.value if found else None
    return len({None if value is None else round(value, 6) for value in values}) == 1


def _value(value: float | None, unit: str) -> str:
    return "空白" if value is None else f"{plain(value)}{unit}"


def _contradictions(account: Account, sheet: Sheet) -> Iterator[str]:
    """What the table and the prose say of one thing, one above the other."""
    found = [(n, f) for n, f in account.numbered.items() if f.rule_id in _BETWEEN_SOURCES]
    if not found:
        return
    yield ""
    yield sheet.paint(f"  表格与文字不一致：{len(found)}处", "bad")
    for number, finding in found:
        pair = [account.by_id[reading_id] for reading_id in finding.readings]
        names = [account.name(reading) for reading in pair]
        yield from sheet.text(f"▲{number} {names[0] if names else finding.message_zh}", 2, "strong", 3)
        for kind, source in (("table", "统计表"), ("narrative", "正文")):
            for reading, name in zip(pair, names, strict=True):
                if reading.source_kind == kind:
                    told = source if name == names[0] else f"{source}：{name}"
                    yield from _line(account, sheet, reading, "bad", told)


def _group(account: Account, sheet: Sheet, section: str, readings: list[Reading]) -> Iterator[str]:
    """The figures of one section; what is true of every one of them is said once, in front."""
    scopes = {reading.scope for reading in readings}
    usual = scopes.pop() if len(scopes) == 1 else "own"
    common = _shared_codes(readings)
    first, last = (place_zh(reading) for reading in (readings[0], readings[-1]))
    extent = first if first == last else f"{first}至{last}"
    scope = "" if usual == "own" else f"，均为{SCOPE_ZH[usual]}"
    yield from sheet.text(f"{section}（{extent}，{len(readings)}项{scope}）", 2, "strong", 2)
    for sentence in issues_zh(common, account.registry):
        yield from sheet.text(f"本节各项：{sentence}", 2 + _PLACE + 2, "odd")
    since: dict[tuple[str, ...], int] = {}
    for rows in _printed_rows(readings):
        if len(rows) == 1:
            yield from _figure(account, sheet, rows[0], usual, common)
            continue
        heads = tuple(_headings(rows, account.registry))
        headed = since.get(heads, 0) % _ROWS_UNDER_HEAD == 0
        since = {heads: since.get(heads, 0) + 1}
        yield from _grid(account, sheet, rows, common, headed=headed)


def _shared_codes(readings: Sequence[Reading]) -> tuple[str, ...]:
    if len(readings) < _LEAST_SHARED:
        return ()
    return tuple(c for c in readings[0].issue_codes if all(c in reading.issue_codes for reading in readings))


def _printed_rows(readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    """The figures of one printed row of a table with several columns together, every other alone."""
    for key, group in groupby(readings, key=lambda r: (r.source_kind, r.table_no, r.row_no, r.cell_id)):
        row = list(group)
        distinct = len({(r.applicant_type, r.period_basis) for r in row}) == len(row)
        abreast = key[0] == "table" and distinct and len(row) >= _LEAST_GRID
        yield from [row] if abreast else [[reading] for reading in row]


def _figure(account: Account, sheet: Sheet, reading: Reading, usual: str, common: tuple[str, ...]) -> Iterator[str]:
    name = account.name(reading) + qualifiers_zh(reading, account.registry, usual)
    yield from _line(account, sheet, reading, _colour(account, reading), name)
    yield from _notes(account, sheet, [reading], common)


def _line(account: Account, sheet: Sheet, reading: Reading, colour: Colour, name: str) -> Iterator[str]:
    """Place, name, value and unit, findings, then the printed words beside them, or below where they are long."""
    quote, flags, value = account.quote(reading), account.seen(reading), _amount(value_zh(reading), reading.unit)
    widths = _widths(account, sheet)
    beside = columns(quote) <= _QUOTE_LINES * widths[-2]
    words = (_spot(reading), name, value, flags, quote if beside else "", _span(reading))
    yield from _row(sheet, widths, words, colour)
    if not beside:
        yield from sheet.text(quote, _BELOW)


def _spot(reading: Reading) -> str:
    """The line; or the page and how far from its left and top the figure begins."""
    if reading.box is None:
        return place_zh(reading)
    return f"{place_zh(reading)} {reading.box[0]:.0f},{reading.box[1]:.0f}"


def _amount(value: str, unit: str | None) -> str:
    """The value and its unit, so that the units of all rows begin in one column."""
    return f"{fill(value, _VALUE, right=True)} {unit or ''}"


def _widths(account: Account, sheet: Sheet) -> tuple[int, ...]:
    """The columns of a row: place, name, value with unit, findings, printed words, characters.

    On a narrow sheet the printed words have no column, and stand below.
    """
    place = _PLACE_ON_PAGE if account.document.pages else _PLACE
    rest = sheet.width - 2 - place - (_VALUE + 1 + _UNIT) - _FLAGS - _CHARACTERS - 2 * 5
    if sheet.width < _NARROW:
        return place, rest, _VALUE + 1 + _UNIT, _FLAGS, 0, _CHARACTERS
    name = _NAME if sheet.width < _ROOMY else _NAME_IN_ROOM
    return place, name, _VALUE + 1 + _UNIT, _FLAGS, rest - name, _CHARACTERS


def _row(sheet: Sheet, widths: Sequence[int], words: Sequence[str], colour: Colour) -> Iterator[str]:
    """One row of the ledger; `colour` is that of the value and of the findings."""
    colours: tuple[Colour, ...] = ("faint", "plain", colour, colour, "plain", "faint")
    fields = [
        Field(said, width, right=number in (0, 5), colour=own)
        for number, (said, width, own) in enumerate(zip(words, widths, colours, strict=True))
    ]
    yield from (f"  {line}" for line in sheet.row(fields))


def _colour(account: Account, reading: Reading) -> Colour:
    if account.seen(reading):
        return "bad"
    return "strong" if reading.value is not None else "odd"


def _span(first: Reading, last: Reading | None = None) -> str:
    return f"{first.char_start}-{(last or first).char_end}"


def _notes(account: Account, sheet: Sheet, readings: Sequence[Reading], common: tuple[str, ...]) -> Iterator[str]:
    """Below a figure: what is odd about it."""
    said: dict[str, list[str]] = {}
    for reading, column in zip(readings, _headings(readings, account.registry), strict=True):
        for sentence in issues_zh(tuple(c for c in reading.issue_codes if c not in common), account.registry):
            said.setdefault(sentence, []).append(column)
    for sentence, where in said.items():
        which = "" if len(where) == len(readings) else f"{'、'.join(where)}："
        yield from sheet.text(f"- {which}{sentence}", _BELOW, "odd", 2)


def _headings(readings: Sequence[Reading], registry: Registry) -> list[str]:
    """What the columns of a printed row are called: by applicant, or by period where only that tells them apart."""
    if len({reading.applicant_type for reading in readings}) == 1:
        return [BASIS_ZH[reading.period_basis] for reading in readings]
    return [registry.applicant_types[reading.applicant_type] for reading in readings]


def _grid(
    account: Account, sheet: Sheet, readings: list[Reading], common: tuple[str, ...], *, headed: bool
) -> Iterator[str]:
    """One printed row with a figure in each of several columns: its name, and below it each figure under its column."""
    first = readings[0]
    label, span = clean(first.label_text or ""), _span(first, readings[-1])
    layout = _widths(account, sheet)
    beside = columns(label) <= _QUOTE_LINES * layout[-2]
    words = (_spot(first), account.name(first), _amount("", first.unit), "", label if beside else "", span)
    yield from _row(sheet, layout, words, "plain")
    if not beside:
        yield from sheet.text(label, _BELOW)
    heads = _headings(readings, account.registry)
    lines: list[tuple[list[str], list[Colour]]] = [
        (heads, ["faint"] * len(readings)),
        ([value_zh(reading) for reading in readings], [_colour(account, reading) for reading in readings]),
        ([account.seen(reading) for reading in readings], ["bad"] * len(readings)),
    ]
    widths = [max(map(columns, column)) for column in zip(*(words for words, _ in lines), strict=True)]
    for some in _abreast(widths, sheet.width - _BELOW):
        for said, shades in lines if headed or len(some) < len(widths) else lines[1:]:
            if any(said[i] for i in some):
                told = (sheet.paint(fill(said[i], widths[i], right=True), shades[i]) for i in some)
                yield " " * _BELOW + "  ".join(told)
    yield from _notes(account, sheet, readings, common)


def _abreast(widths: Sequence[int], width: int) -> Iterator[list[int]]:
    """The numbers of the columns that fit beside each other, line by line."""
    line: list[int] = []
    used = 0
    for i, wide in enumerate(widths):
        if line and used + wide > width:
            yield line
            line, used = [], 0
        line.append(i)
        used += wide + 2
    yield line


def _absent(account: Account, sheet: Sheet) -> Iterator[str]:
    """The rows that the form has and the document does not print: they are neither blank nor 0."""
    printed = {reading.cell_id for reading in account.extraction.readings if reading.cell_id}
    variants = {cell.variant for cell in account.cells.values() if cell.cell_id in printed}
    missing = [
        cell
        for cell in account.cells.values()
        if printed and cell.kind not in _NO_DATA and cell.cell_id not in printed and cell.variant in {None, *variants}
    ]
    if not missing:
        return
    yield ""
    yield sheet.paint(f"  表式规定而未印出的行：{len(missing)}项（既非空白，也非0）", "odd")
    for section, cells in groupby(missing, key=lambda cell: cell.section):
        yield from sheet.text(f"{section}：{'、'.join(cell.label for cell in cells)}", 2 + _PLACE + 2, hanging=2)
