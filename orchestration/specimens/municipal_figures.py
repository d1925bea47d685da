"""The figures of the municipal returns: what that form counts otherwise than the national one, and its last month."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.registry.model import TemplateCell
from orchestration.specimens.chance import Chance
from orchestration.specimens.forms import layout
from orchestration.specimens.model import Key

TEMPLATE = "municipal_2008"
_MODES = ("S.13", "S.14")
_EXEMPT = ("S.25", "S.26", "S.27", "S.28", "S.29", "S.30")


def municipal_figures(found: dict[Key, float], cells: Sequence[TemplateCell], chance: Chance) -> None:
    """Add to the figures of a report those of the rows that only this form has, and those of its last month."""
    year = {code: value for (code, basis), value in found.items() if basis == "year"}
    network = int(year["requests_network_count"])
    mails = chance.whole(0, network)
    refused = int(year["replies_count"] - year["reply_granted_count"] - year["reply_partial_count"])
    reasons = chance.split(refused, 5 + len(_EXEMPT))
    normative = chance.skewed(0, int(year["proactive_info_count"]) // 10)
    visits = [chance.skewed(0, most) for most in (20000, 300, 200, 400)]
    own = {
        "normative_docs_issued_count": normative,
        "reply_denied_count": refused,
        "denied_not_gov_info_count": reasons[0],
        "reply_not_exist_count": reasons[1],
        "reply_not_this_organ_count": reasons[2],
        "unable_unclear_count": reasons[3],
        "other_processing_count": reasons[4],
        "S.02": chance.whole(0, int(year["proactive_info_count"])),
        "S.04": chance.skewed(0, 500),
        **dict(zip(("S.05", "S.06", "S.07", "S.08"), visits, strict=True)),
        "S.09": chance.skewed(0, 30),
        **dict(zip(_MODES, (mails, network - mails), strict=True)),
        "S.16": 0,
        "S.35": 0,
        **dict(zip(_EXEMPT, reasons[5:], strict=True)),
    }
    found |= {(code, "year"): value for code, value in own.items()}
    # The form counts electronic mail apart, so that no row is the network as a whole.
    del found["requests_network_count", "year"]
    codes = {cell.cell_id: cell.indicator_code or cell.cell_id for cell in cells}
    last = _last_month({cell: found[code, "year"] for cell, code in codes.items()}, chance.fork("month"))
    found |= {(codes[cell], "month"): value for cell, value in last.items()}


def _last_month(values: dict[str, float], chance: Chance) -> dict[str, float]:
    """The last month of every row, by cell: a part of the year's, within which the form's sums and bounds hold too."""
    form = layout(TEMPLATE)
    sums, within = form["sums"], form["within"]
    found = {cell: float(chance.skewed(0, int(value) // 6)) for cell, value in values.items()}
    for whole in ("S.20", "S.10", "S.17"):
        found[whole] = sum(found[part] for part in sums[whole])
    for whole, parts in within.items():
        found |= {part: min(found[part], found[whole]) for part in parts}
    return found
