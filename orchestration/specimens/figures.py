"""Plausible figures of one agency for one year: every identity of the forms holds, blanks aside.

A year stays near the year before it, and cumulative figures are sums of years that other specimens print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from orchestration.specimens.chance import Chance
from orchestration.specimens.course import FIRST_YEAR, Course
from orchestration.specimens.model import Agency, Key

# How many items an agency of this level discloses in a year, and how many requests it receives.
_DISCLOSED = {"township": (18, 420), "department": (40, 900), "county": (600, 6500), "prefecture": (2400, 21000)}
_DISCLOSED |= {"province": (12000, 160000), "ministry": (900, 24000)}
_RECEIVED = {"township": (0, 6), "department": (0, 24), "county": (6, 160), "prefecture": (30, 600)}
_RECEIVED |= {"province": (200, 2400), "ministry": (120, 1800)}
_NO_REQUESTS = {"township": 0.5, "department": 0.3, "county": 0.0, "prefecture": 0.0, "province": 0.0, "ministry": 0.0}
_CASES = {"township": 0.08, "department": 0.15, "county": 0.6, "prefecture": 0.8, "province": 0.9, "ministry": 0.9}

REPLY_KINDS = (
    "reply_already_public_count",
    "reply_granted_count",
    "reply_partial_count",
    "reply_denied_count",
    "reply_not_this_organ_count",
    "reply_not_exist_count",
    "reply_correction_notice_count",
    "reply_other_channel_count",
)
DENIED_KINDS = (
    "denied_state_secret_count",
    "denied_commercial_secret_count",
    "denied_privacy_count",
    "denied_safety_stability_count",
    "denied_not_gov_info_count",
    "denied_law_forbidden_count",
)
CHANNELS = (
    "disclosed_via_gazette_count",
    "disclosed_via_website_count",
    "disclosed_via_weibo_count",
    "disclosed_via_wechat_count",
    "disclosed_via_other_count",
)
MODES = ("requests_in_person_count", "requests_fax_count", "requests_network_count", "requests_letter_count")


def year_figures(agency: Agency, year: int, seed: Chance) -> Mapping[str, float]:
    """The figures of this year by indicator, in conformed units; whole numbers but for rates and amounts."""
    return _year_figures(agency, year, seed.path)


@lru_cache(maxsize=4096)
def _year_figures(agency: Agency, year: int, path: tuple[str, ...]) -> Mapping[str, float]:
    seed = Chance(*path)
    chance = seed.fork("figures", agency.key, year)
    course = Course(agency, year, seed)
    found: dict[str, float] = {}
    found |= _disclosure(agency, year, course, chance.fork("disclosure"))
    found |= _responses(found, course, chance.fork("responses"))
    found |= _requests(agency, course, chance.fork("requests"))
    found |= _cases(agency, chance.fork("cases"))
    found |= _organisation(course, chance.fork("organisation"))
    return MappingProxyType(found)


def all_figures(agency: Agency, year: int, seed: Chance) -> dict[Key, float]:
    """The figures of the year, and what they add up to since the regulations took effect."""
    years = [year_figures(agency, y, seed) for y in range(FIRST_YEAR, year + 1)]
    own = years[-1]
    found = {(code, "year"): value for code, value in own.items()}
    for code, value in own.items():
        if value == int(value) and code not in ("fulltext_electronic_rate", "request_fee_amount"):
            found[code, "cumulative"] = sum(figures[code] for figures in years)
    return found


def _disclosure(agency: Agency, year: int, course: Course, chance: Chance) -> dict[str, float]:
    usual = course.habit("disclosed").skewed(*_DISCLOSED[agency.level])
    total = max(3, round(usual * course.growth(0.18, "disclosed")))

    def share(name: str, low: int, high: int) -> int:
        usual_share = course.habit("share", name).whole(low, high)
        return total * max(low, min(high, usual_share + chance.fork(name).whole(-3, 3))) // 100

    def since(name: str, first: int, often: float) -> bool:
        habit = course.habit("since", name)
        return habit.happens(often) and year >= first + habit.skewed(0, 3)

    website = total if course.habit("all on the website").happens(0.25) else share("website", 55, 97)
    weibo = share("weibo", 4, 30) if since("weibo", 2012, 0.5) else 0
    wechat = share("wechat", 6, 60) if since("wechat", 2014, 0.7) else 0
    gazette = share("gazette", 1, 6) if agency.level not in ("township", "department") else 0
    missing = total - website - weibo - wechat - gazette
    rest = chance.whole(1, max(1, total // 12)) if course.habit("others").happens(0.4) else 0
    other = max(missing, 0) + rest
    most = max(1, min(30, website // 12))
    normative = min(most, chance.about(course.habit("normative").skewed(0, most)))
    channels = (gazette, website, weibo, wechat, min(other, total))
    return {
        "info_produced_count": total + total * course.habit("produced").skewed(0, 90) // 100 + chance.skewed(0, 4),
        "proactive_info_count": total,
        "fulltext_electronic_rate": 100.0,
        "normative_docs_disclosed_count": normative,
        "normative_docs_issued_count": normative + chance.skewed(0, 3),
        **dict(zip(CHANNELS, map(float, channels), strict=True)),
    }


def _responses(disclosure: dict[str, float], course: Course, chance: Chance) -> dict[str, float]:
    def usual(name: str, often: float, most: int) -> float:
        """How often the agency does so in a usual year."""
        habit = course.habit("responses", name)
        return habit.skewed(1, most) * course.growth(0.2, name) if habit.happens(often) else 0

    press = chance.about(usual("press", 0.3, 4))
    interviews = chance.about(usual("interviews", 0.35, 5))
    micro = chance.about(usual("micro", 0.5, 60)) if disclosure["disclosed_via_wechat_count"] else 0
    other = chance.about(usual("other", 0.4, 40))
    part = course.habit("topics").whole(30, 100)
    return {
        "hot_topic_response_count": -(-(micro + other) * part // 100),
        "press_conference_count": press,
        "press_conference_principal_count": chance.whole(0, press),
        "online_interview_count": interviews,
        "online_interview_principal_count": chance.whole(0, interviews),
        "policy_interpretation_count": chance.about(usual("interpretation", 0.6, 25)),
        "weibo_wechat_response_count": micro,
        "other_response_count": other,
    }


def _requests(agency: Agency, course: Course, chance: Chance) -> dict[str, float]:
    habit = course.habit("requests")
    usual = 0.1 if habit.happens(_NO_REQUESTS[agency.level]) else habit.skewed(*_RECEIVED[agency.level])
    received = chance.about(usual * course.growth(0.25, "requests"))
    modes = _spread(received, MODES, chance, often=("requests_network_count", "requests_in_person_count"))
    extended = chance.skewed(0, received // 6)
    replies = _spread(received, REPLY_KINDS, chance, often=("reply_granted_count", "reply_already_public_count"))
    denied = _spread(int(replies["reply_denied_count"]), DENIED_KINDS, chance, often=DENIED_KINDS)
    return {
        "requests_received_count": received,
        **modes,
        "requests_letter_fax_count": modes["requests_letter_count"] + modes["requests_fax_count"],
        "requests_concluded_count": received,
        "requests_concluded_on_time_count": received - extended,
        "requests_concluded_extended_count": extended,
        "requests_carried_out_count": 0,
        "replies_count": received,
        **replies,
        **denied,
    }


def _spread(total: int, codes: Iterable[str], chance: Chance, often: Iterable[str]) -> dict[str, float]:
    """A total over these codes, most of it on those that are met often."""
    names = tuple(codes)
    found = dict.fromkeys(names, 0.0)
    common = tuple(often)
    for _ in range(total):
        found[chance.pick(common if chance.happens(0.8) else names)] += 1
    return found


def _cases(agency: Agency, chance: Chance) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind in ("review", "litigation"):
        total = chance.skewed(1, 4) if chance.happens(_CASES[agency.level]) else 0
        upheld = chance.whole(0, total)
        corrected = chance.skewed(0, total - upheld)
        found |= {
            f"{kind}_total_count": total,
            f"{kind}_upheld_count": upheld,
            f"{kind}_corrected_count": corrected,
            f"{kind}_other_count": total - upheld - corrected,
        }
    found["complaints_count"] = chance.skewed(1, 3) if chance.happens(0.06) else 0
    return found


def _organisation(course: Course, chance: Chance) -> dict[str, float]:
    staff = course.term("staff")
    full = staff.skewed(0, 3)
    part = staff.skewed(0 if full else 1, 6)
    trainings = chance.about(course.habit("trainings").skewed(0, 4))
    attending = course.habit("trainees").whole(16, 80)
    funded = course.habit("budget").happens(0.3)
    budget = course.habit("budget", "size").whole(5, 80) * course.growth(0.25, "budget")
    return {
        # Fees are some dozens of 元; the conformed unit is 万元.
        "request_fee_amount": chance.whole(2, 60) * 5 / 10000 if chance.happens(0.06) else 0,
        "goi_office_count": course.habit("office").pick((0, 1, 1, 1)),
        "access_point_count": course.term("access").skewed(0, 6),
        "staff_total_count": full + part,
        "staff_fulltime_count": full,
        "staff_parttime_count": part,
        "special_budget_amount": max(1, round(budget)) / 10 if funded else 0,
        "meetings_count": chance.about(course.habit("meetings").skewed(0, 6)),
        "training_sessions_count": trainings,
        "trainees_count": sum(attending + chance.whole(-6, 10) for _ in range(trainings)),
    }
