"""Figures of the forms since 2019: applications by applicant, what administrative acts count, reviews and litigation.

Keys are the cell ids of the forms without their first letter, which is all that the two generations differ by.
"""

from __future__ import annotations

from collections.abc import Mapping

from orchestration.specimens.chance import Chance
from orchestration.specimens.course import Course
from orchestration.specimens.figures import year_figures
from orchestration.specimens.model import Agency

APPLICANTS = ("natural_person", "org_business", "org_research", "org_social_welfare", "org_legal_service", "org_other")
FIRST_YEAR = 2019
_OFTEN_OUTCOMES = ("granted", "granted", "partial", "unable.not_held", "noproc.petition", "denied.third_party")
_OTHERS = ("overdue", "fee_unpaid", "other")
_DISPUTES = ("upheld", "corrected", "other", "pending")
_OUTCOMES = (
    "granted", "partial", "denied.state_secret", "denied.law_forbidden", "denied.safety", "denied.third_party",
    "denied.internal", "denied.process", "denied.enforce_file", "denied.query", "unable.not_held", "unable.need_create",
    "unable.unclear", "noproc.petition", "noproc.repeat", "noproc.publication", "noproc.massive", "noproc.confirm",
    *(f"other.{kind}" for kind in _OTHERS),
)  # fmt: skip
# How many acts an agency of this level decides on in a year.
_DECISIONS = {"township": 160, "department": 900, "county": 9000, "prefecture": 40000}
_DECISIONS |= {"province": 900000, "ministry": 60000}
_MAKING_RULES = ("prefecture", "province", "ministry")

Placed = tuple[str, str]
"""A cell and an applicant."""


def matrix_figures(agency: Agency, year: int, seed: Chance) -> dict[Placed, float]:
    """Every figure of the forms since 2019 by cell and applicant; all identities hold, also against other years."""
    found = _applications(agency, year, seed)
    found |= {
        (cell, "total"): value for cell, value in (_disputes(agency, year, seed) | _acts(agency, year, seed)).items()
    }
    return found


def _new(agency: Agency, year: int, seed: Chance) -> dict[str, int]:
    """The applications received, by applicant."""
    chance = seed.fork("applicants", agency.key, year)
    found = dict.fromkeys(APPLICANTS, 0)
    for _ in range(int(year_figures(agency, year, seed)["requests_received_count"])):
        found["natural_person" if chance.happens(0.75) else chance.pick(APPLICANTS)] += 1
    return found


def _left(agency: Agency, year: int, seed: Chance) -> dict[str, int]:
    """The applications carried over to the next year, by applicant: never more than were received."""
    chance = seed.fork("left", agency.key, year)
    return {applicant: chance.skewed(0, count // 3) for applicant, count in _new(agency, year, seed).items()}


def _applications(agency: Agency, year: int, seed: Chance) -> dict[Placed, float]:
    chance = seed.fork("outcomes", agency.key, year)
    new, carried, left = _new(agency, year, seed), _left(agency, year - 1, seed), _left(agency, year, seed)
    found: dict[Placed, float] = {}
    for applicant in APPLICANTS:
        total = new[applicant] + carried[applicant] - left[applicant]
        outcomes = dict.fromkeys(_OUTCOMES, 0.0)
        for _ in range(total):
            outcomes[chance.pick(_OFTEN_OUTCOMES if chance.happens(0.7) else _OUTCOMES)] += 1
        outcomes["other"] = sum(outcomes[f"other.{kind}"] for kind in _OTHERS)
        column = {"new": new[applicant], "carry_in": carried[applicant], **outcomes}
        column |= {"total": total, "carry_out": left[applicant]}
        found |= {(f"3.{name}", applicant): value for name, value in column.items()}
    for cell in dict.fromkeys(cell for cell, _ in found):
        found[cell, "total"] = sum(found[cell, applicant] for applicant in APPLICANTS)
    return found


def _disputes(agency: Agency, year: int, seed: Chance) -> dict[str, float]:
    chance = seed.fork("disputes", agency.key, year)
    own = year_figures(agency, year, seed)
    direct, post = chance.split(int(own["litigation_total_count"]), 2)
    totals = {"review": int(own["review_total_count"]), "lit_direct": direct, "lit_post": post}
    found: dict[str, float] = {}
    for group, total in totals.items():
        parts = chance.split(total, len(_DISPUTES))
        found |= {f"4.{group}.{name}": count for name, count in zip(_DISPUTES, parts, strict=True)}
        found[f"4.{group}.total"] = total
    return found


def _acts(agency: Agency, year: int, seed: Chance) -> dict[str, float]:
    """Section two, the stocks of one year being those of the year before and what was added."""
    found: dict[str, float] = {}
    stocks = _first_stocks(agency, seed.fork("stocks", agency.key))
    for each in range(FIRST_YEAR, year + 1):
        chance, course = seed.fork("acts", agency.key, each), Course(agency, each, seed)
        found = {}
        for kind in ("rules", "norm"):
            made = 0 if kind == "rules" and agency.level not in _MAKING_RULES else chance.skewed(0, 12)
            repealed = min(stocks[kind], chance.skewed(0, 6))
            stocks[kind] += made - repealed
            found |= {f"20_1.{kind}.made": made, f"20_1.{kind}.disclosed": made, f"20_1.{kind}.repealed": repealed}
            found |= {f"20_1.{kind}.in_force": stocks[kind], f"20_1.{kind}.public_total": stocks[kind]}
        for act in ("20_5.license", "20_5.othermgmt", "20_6.penalty", "20_6.coercion", "20_8.fee"):
            change = chance.whole(-min(4, stocks[act]), 6) if chance.happens(0.6) else 0
            found |= {f"{act}.prev_items": stocks[act], f"{act}.change": change}
            found[f"{act}.decisions"] = _decided(act, agency, course)
            stocks[act] += change
        found |= _amounts(course, chance)
    return found


def _first_stocks(agency: Agency, chance: Chance) -> dict[str, int]:
    acts = ("20_5.license", "20_5.othermgmt", "20_6.penalty", "20_6.coercion", "20_8.fee")
    rules = chance.whole(3, 30) if agency.level in _MAKING_RULES else 0
    return {"rules": rules, "norm": chance.skewed(0, 60), **{act: chance.skewed(0, 240) for act in acts}}


def _decided(act: str, agency: Agency, course: Course) -> int:
    habit = course.habit("decisions", act)
    usual = habit.skewed(0, _DECISIONS[agency.level]) if habit.happens(0.7) else 0
    return round(usual * course.growth(0.25, act))


def _amounts(course: Course, chance: Chance) -> Mapping[str, float]:
    buying, charging = course.habit("procurement"), course.habit("fees")
    projects = max(1, chance.about(buying.skewed(2, 40))) if buying.happens(0.6) else 0
    price = course.habit("price").whole(40, 90000) * course.growth(0.2, "price")
    charged = course.habit("charged").whole(100, 400000) * course.growth(0.25, "charged")
    amount = max(1, round(projects * price)) / 100 if projects else 0
    fee = round(charged) / 100 if charging.happens(0.4) else 0
    return {"20_9.procure.projects": projects, "20_9.procure.amount": amount, "20_8.fee.amount": fee}
