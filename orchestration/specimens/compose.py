"""A report before any fault: who, when, which form, which sentences, how it is typed. All of it true and consistent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from orchestration.registry.model import Registry
from orchestration.specimens import figures as figures_of
from orchestration.specimens.chance import Chance
from orchestration.specimens.course import FIRST_YEAR
from orchestration.specimens.dates import day_after
from orchestration.specimens.forms import fill_form, has_grids, has_rows
from orchestration.specimens.lineages import Lineage
from orchestration.specimens.matrices import SECTIONS_WITH_GRIDS, build_grids
from orchestration.specimens.matrix_figures import matrix_figures
from orchestration.specimens.model import (
    Agency,
    ClassCount,
    Draft,
    Format,
    Look,
    Origin,
    Passage,
    Stated,
    TableStyle,
)
from orchestration.specimens.municipal_figures import municipal_figures
from orchestration.specimens.phrases import choose, wording

NATIONAL_FORM_SINCE = 2014
MATRICES_SINCE, LATEST_FORM_SINCE = 2019, 2021
FUJIAN = "35"
_OTHERWISE = 0.1
_TABLES: Mapping[Origin, tuple[TableStyle, ...]] = {
    "typed": ("tabs", "spaces"),
    "word": ("led", "tabs"),
    "web": ("cells", "pipes", "tabs"),
}
_TITLES = (
    "{name}{year}年政府信息公开工作年度报告",
    "{name}{year}年度政府信息公开工作年度报告",
    "{name}{year}年政府信息公开年度报告",
    "{year}年{name}政府信息公开工作年度报告",
    "{name}政府信息公开工作年度报告（{year}年度）",
    "{name}{year}年度政府信息公开工作报告",
)
_PERIODS = (
    "本报告所列数据的统计期限自{first}起至{last}止。",
    "统计数据的期限为{first}至{last}。",
    "本报告中所列数据的统计期限为{first}至{last}。",
    "报告数据统计时间为{first}—{last}。",
)
_ENDS = ("统计数据截至{last}。", "所列数据统计截至{last}。")
_NUMBER_HEADS = {"township": "政办", "department": "发", "ministry": "发"}
_GOVERNMENT_HEAD = "政发"
_GOVERNMENTS = ("county", "prefecture", "province")


def template_for(lineage: Lineage, year: int, seed: Chance) -> str:
    """The form that this agency uses for this year: mostly the one it always uses, among those of the time."""
    habit = seed.fork("form", lineage.key)
    chance = habit.fork(year) if habit.fork(year, "otherwise").happens(_OTHERWISE) else habit
    if year >= MATRICES_SINCE:
        return "national_2021" if year >= LATEST_FORM_SINCE else "national_2019"
    if lineage.key.startswith(FUJIAN):
        return chance.weighed({"fujian_2008": 0.8, "narrative_2008": 0.2})
    if year < NATIONAL_FORM_SINCE:
        kinds = {"fujian_2008": 0.3, "municipal_2008": 0.3, "narrative_2008": 0.4}
        return chance.weighed(kinds) if lineage.fictional else "narrative_2008"
    if lineage.fictional and chance.happens(0.2):
        return "fujian_2008"
    return chance.weighed({"national_2014": 0.75, "narrative_2008": 0.25})


@dataclass(frozen=True, slots=True)
class Source:
    """Whose report of which year a report was written from: its own, unless somebody copied one."""

    agency: Agency
    year: int


def draft_report(
    number: int,
    agency: Agency,
    year: int,
    template_id: str,
    registry: Registry,
    seed: Chance,
    written_as: Format = "txt",
    source: Source | None = None,
) -> Draft:
    """One sound report; the same arguments give the same report. A copied one says what its source says."""
    own = source or Source(agency, year)
    chance = seed.fork("report", own.agency.key, own.year, template_id)
    found = figures_of.all_figures(own.agency, own.year, seed)
    kinds = ("reply_granted_count", "reply_partial_count", "reply_denied_count")
    for basis in ("year", "cumulative"):
        # The residual kind of reply that the provincial form counts.
        found["other_processing_count", basis] = found["replies_count", basis] - sum(found[k, basis] for k in kinds)
    if template_id == "municipal_2008":
        municipal_figures(found, registry.templates[template_id].cells, chance.fork("municipal"))
    draft = Draft(
        number=number,
        agency=agency,
        year=year,
        template_id=template_id,
        look=_look(chance.fork("look"), written_as),
        figures=found,
        before=figures_of.all_figures(own.agency, own.year - 1, seed) if own.year > FIRST_YEAR else {},
        told=dict(found),
        classes=[],
        classes_of=("proactive_info_count", "year"),
        title="",
        passages=[],
        form=None,
        period=None,
        published_on=None,
        signed_on=None,
        document_number=None,
        signature=agency.name,
    )
    _identify(draft, chance.fork("identity"))
    if has_grids(template_id):
        draft.matrix = matrix_figures(own.agency, own.year, seed)
        _overlay(draft, registry)
    _write(draft, chance.fork("prose"))
    if has_rows(template_id):
        draft.form = fill_form(draft, registry, chance.fork("form"))
    if has_grids(template_id):
        grids = build_grids(draft, chance.fork("grids"))
        for passage in draft.passages:
            passage.grids = grids.get(passage.key, [])
    return draft


def _overlay(draft: Draft, registry: Registry) -> None:
    """The prose of a report speaks of the figures of its tables."""
    for cell in registry.templates[draft.template_id].cells:
        value = draft.matrix.get((cell.cell_id[2:], "total"))
        if cell.indicator_code and value is not None:
            draft.figures[cell.indicator_code, "year"] = value
    draft.figures["replies_count", "year"] = draft.figures["requests_concluded_count", "year"]
    draft.told = dict(draft.figures)


def _look(chance: Chance, written_as: Format) -> Look:
    weights: dict[Origin, float] = {"typed": 0.35, "word": 0.3, "web": 0.35}
    origin = chance.weighed(weights)
    if written_as != "txt":
        origin = "web" if written_as == "html" else "word"
    return Look(
        origin=origin,
        table=chance.pick(_TABLES[origin]),
        gaps=origin == "web" and chance.happens(0.6),
        indent=chance.pick(("", "　　", "    ")),
        half_width=origin == "web" and chance.happens(0.4),
        half_brackets=chance.happens(0.3),
        point=chance.pick((".", ".", "、", ". ")),
        notes=chance.pick(("inline", "own_line", "none")),
        header_unit=chance.pick(("——", "—", "")),
        spaced_dates=origin == "typed" and chance.happens(0.2),
        chinese_date=chance.happens(0.25),
        table_first=chance.happens(0.3),
        broken_labels=origin == "word" and chance.happens(0.4),
        thousands=chance.happens(0.15),
    )


def _identify(draft: Draft, chance: Chance) -> None:
    """Title, period, days and number: what the report says of itself."""
    agency, year = draft.agency, draft.year
    name = chance.pick((agency.with_above, agency.with_above, agency.name))
    draft.title = chance.pick(_TITLES).format(name=name, year=year)
    first = date(year, 1, 1) if chance.happens(0.8) else None
    draft.period = Stated(first, date(year, 12, 31))
    signed = day_after(year, agency.level in _GOVERNMENTS, chance)
    if draft.look.origin == "web":
        draft.published_on = signed + timedelta(days=chance.whole(0, 6))
        draft.signed_on = signed if chance.happens(0.6) else None
    else:
        draft.signed_on = signed
    if chance.happens(0.25):
        head = agency.short[0] + _NUMBER_HEADS.get(agency.level, _GOVERNMENT_HEAD)
        draft.document_number = f"{head}〔{year + 1}〕{chance.whole(1, 60)}号"
    if chance.happens(0.3):
        draft.signature = agency.with_above if agency.level == "township" else agency.name
    draft.period_wording = chance.pick(_PERIODS if first else _ENDS)


def _write(draft: Draft, chance: Chance) -> None:
    """The sections and the sentences chosen for them."""
    plan = wording("sections_2019" if has_grids(draft.template_id) else "sections")
    banks = wording("sentences")
    order = list(chance.pick(plan["orders"]))
    merged = chance.pick(plan["merged"]) if chance.happens(0.3) else []
    _divide(draft, chance.fork("classes"))
    for key in order:
        own = chance.fork(key)
        section = plan[key]
        paragraphs: list[list[str]] = [[]]
        for step in section["steps"]:
            if step["bank"] == "replies" and draft.template_id == "municipal_2008":
                # That form counts what is not held or does not exist among the refusals.
                continue
            if not own.fork(step["bank"]).happens(step["often"]):
                continue
            if step["bank"] == "channels" and draft.classes_of[0] != "proactive_info_count" and draft.classes:
                sentence = choose(banks["website_classes"], draft, own.fork("website"))
            elif step["bank"] == "classes" and draft.classes_of[0] != "proactive_info_count":
                sentence = None
            else:
                sentence = choose(banks[step["bank"]], draft, own.fork("sentence", step["bank"]))
            if sentence is None:
                continue
            if step.get("break") and paragraphs[-1]:
                paragraphs.append([])
            paragraphs[-1].append(sentence)
        if not any(paragraphs) and not (draft.matrix and key in SECTIONS_WITH_GRIDS):
            continue
        paragraphs = [paragraph for paragraph in paragraphs if paragraph]
        heading = own.pick(section["headings"]).format(year=draft.year)
        if key in merged and key != merged[0] and draft.passages:
            draft.passages[-1].paragraphs += paragraphs
        else:
            draft.passages.append(Passage(key, heading, paragraphs))


def _divide(draft: Draft, chance: Chance) -> None:
    """The classes into which the disclosed items, or those of the website, are divided in prose."""
    if not chance.happens(0.6):
        return
    on_website = chance.happens(0.35)
    draft.classes_of = ("disclosed_via_website_count" if on_website else "proactive_info_count", "year")
    total = int(draft.figures[draft.classes_of])
    names = chance.pick(wording("sentences")["class_names"])
    count = chance.whole(3, min(7, len(names)))
    if total < count * 2:
        return
    counts = [n + 1 for n in chance.split(total - count, count)]
    shares = not on_website and chance.happens(0.5)
    draft.classes = [
        ClassCount(name, n, round(100 * n / total, 2) if shares else None)
        for name, n in zip(chance.sample(names, count), counts, strict=True)
    ]
    if chance.happens(0.2):
        draft.classes_cut = count - 1
