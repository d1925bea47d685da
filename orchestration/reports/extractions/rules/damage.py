"""Rules about the print itself: lost characters, a table that breaks off, stray values, unfilled prompts, odd units."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.reports.extractions.model import Finding, Reading
from orchestration.reports.extractions.rules.evidence import Evidence


def glyph_losses(evidence: Evidence) -> Iterator[Finding]:
    """glyph_loss: one finding for what could be repaired, one for what could not."""
    losses = evidence.identity.glyph_losses
    for kind, found in (
        ("repaired", [loss for loss in losses if loss.repaired is not None]),
        ("unknown", [loss for loss in losses if loss.repaired is None]),
    ):
        if not found:
            continue
        told = list(dict.fromkeys((loss.printed, loss.repaired) for loss in found))
        where = "、".join(dict.fromkeys(evidence.spot_zh(loss.char_start) for loss in found))
        if kind == "repaired":
            zh = "、".join(f"“{printed}”应为{repaired}" for printed, repaired in told)
            en = ", ".join(f"“{printed}” must be {repaired}" for printed, repaired in told)
        else:
            zh = "、".join(f"“{printed}”" for printed, _ in told) + "，所掉的字无法推定"
            en = ", ".join(f"“{printed}”" for printed, _ in told) + ": what is lost cannot be told"
        yield evidence.finding(
            "glyph_loss",
            f"掉字（{where}）：{zh}。",
            f"Characters are missing: {en}.",
            expected=told[0][1],
            actual=told[0][0],
        )


def truncated(evidence: Evidence) -> Iterator[Finding]:
    """table_truncated: the rows that the form has after the last printed one."""
    if not evidence.table.truncated:
        return
    absent = [cell for cell_id in evidence.table.absent if (cell := evidence.cells.get(cell_id)) is not None]
    printed = [r for r in evidence.table_readings if r.cell_id in evidence.cells]
    last = max(printed, key=lambda r: r.char_start, default=None)
    after = f"在{evidence.name_zh(last)}{evidence.where_zh(last)}之后" if last else ""
    after_en = f" after {evidence.name_en(last)}{evidence.where_en(last)}" if last else ""
    missing = f"，自“{absent[0].label}”起{len(absent)}行未印出" if absent else ""
    yield evidence.finding(
        "table_truncated",
        f"统计表{after}中断{missing}。",
        f"The table breaks off{after_en}: {len(absent)} rows are not printed.",
        expected=str(len(evidence.cells)),
        actual=str(len(evidence.cells) - len(absent)),
    )


def marked_cells(evidence: Evidence) -> Iterator[Finding]:
    """header_value and placeholder_text: cells that were marked when they were read."""
    for reading in evidence.readings:
        printed = "".join((reading.value_text or "").split())
        name_zh = evidence.name_zh(reading) or (reading.label_text or "")
        named_en = f"“{name_zh}”{evidence.where_en(reading)}"
        if "header_value" in reading.issue_codes:
            yield evidence.finding(
                "header_value",
                f"标题行“{name_zh}”{evidence.where_zh(reading)}填有“{printed}”，不作为数字。",
                f"The header row {named_en} carries “{printed}”, which is not taken as a figure.",
                [reading],
                actual=printed,
            )
        if "placeholder_text" in reading.issue_codes:
            yield evidence.finding(
                "placeholder_text",
                f"“{name_zh}”{evidence.where_zh(reading)}仍是填写提示“{_short(printed)}”。",
                f"{named_en} still holds the prompt of the form “{_short(printed)}”.",
                [reading],
                actual=_short(printed),
            )


def units(evidence: Evidence) -> Iterator[Finding]:
    """unit_unexpected: one finding for each pair of printed unit and unit of the form."""
    odd: dict[tuple[str, str], list[Reading]] = {}
    for reading in evidence.table_readings:
        cell = evidence.cells.get(reading.cell_id or "")
        printed = "".join((reading.unit_text or "").split())
        if cell is None or cell.unit is None or not printed or printed in (cell.unit, *cell.unit_variants):
            continue
        odd.setdefault((printed, cell.unit), []).append(reading)
    for (printed, expected), readings in odd.items():
        rows_zh = "、".join(dict.fromkeys(f"{evidence.name_zh(r)}{evidence.where_zh(r)}" for r in readings))
        rows_en = ", ".join(dict.fromkeys(f"{evidence.name_en(r)}{evidence.where_en(r)}" for r in readings))
        yield evidence.finding(
            "unit_unexpected",
            f"{rows_zh}的计量单位印为“{printed}”，表式规定为“{expected}”。",
            f"The unit of {rows_en} is printed as “{printed}” where the form has “{expected}”.",
            readings,
            indicator_code=readings[0].indicator_code,
            expected=expected,
            actual=printed,
        )


def _short(words: str) -> str:
    return words if len(words) <= 30 else words[:30] + "…"
