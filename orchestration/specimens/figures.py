"""Plausible figures of one agency for one year: every identity of the forms holds, blanks aside.

Every year of an agency is drawn on its own, so that cumulative figures are sums of years that other specimens print.
"""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.specimens.chance import Chance
from orchestration.specimens.model import Agency, Key

FIRST_YEAR = 2008
# How many items an agency of this level discloses in a year, and how many requests it receives.
_DISCLOSED = {"township": (18, 420), "department": (40, 900), "county": (600, 6500), "prefecture": (2400, 21000)}
_RECEIVED = {"township": (0, 6), "department": (0, 24), "county": (6, 160), "prefecture": (30, 600)}
_NO_REQUESTS = {"township": 0.5, "department": 0.3, "county": 0.0, "prefecture": 0.0}
_CASES = {"township": 0.08, "department": 0.15, "county": 0.6, "prefecture": 0.8}

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


def year_figures(agency: Agency, year: int, seed: Chance) -> dict[str, float]:
    """The figures of this year by indicator, in conformed units; whole numbers but for rates and amounts."""
    chance = seed.fork("figures", agency.name, year)
    found: dict[str, float] = {}
    found |= _disclosure(agency, year, chance.fork("disclosure"))
    found |= _responses(found, chance.fork("responses"))
    found |= _requests(agency, chance.fork("requests"))
    found |= _cases(agency, chance.fork("cases"))
    found |= _organisation(agency, chance.fork("organisation"))
    return found


def all_figures(agency: Agency, year: int, seed: Chance) -> dict[Key, float]:
    """The figures of the year, and what they add up to since the regulations took effect."""
    years = [year_figures(agency, y, seed) for y in range(FIRST_YEAR, year + 1)]
    own = years[-1]
    found = {(code, "year"): value for code, value in own.items()}
    for code, value in own.items():
        if value == int(value) and code not in ("fulltext_electronic_rate", "request_fee_amount"):
            found[code, "cumulative"] = sum(figures[code] for figures in years)
    return found


def _disclosure(agency: Agency, year: int, chance: Chance) -> dict[str, float]:
    total = chance.skewed(*_DISCLOSED[agency.level])
    website = total if chance.happens(0.25) else total * chance.whole(55, 97) // 100
    weibo = total * chance.whole(3, 30) // 100 if year >= 2012 and chance.happens(0.5) else 0
    wechat = total * chance.whole(5, 60) // 100 if year >= 2014 and chance.happens(0.7) else 0
    gazette = total * chance.whole(1, 6) // 100 if agency.level in ("county", "prefecture") else 0
    missing = total - website - weibo - wechat - gazette
    other = max(missing, 0) + (chance.whole(1, max(1, total // 12)) if chance.happens(0.4) else 0)
    normative = chance.skewed(0, max(1, min(30, website // 12)))
    channels = (gazette, website, weibo, wechat, min(other, total))
    return {
        "info_produced_count": total + chance.skewed(0, total),
        "proactive_info_count": total,
        "fulltext_electronic_rate": 100.0,
        "normative_docs_disclosed_count": normative,
        "normative_docs_issued_count": normative + chance.skewed(0, 3),
        **dict(zip(CHANNELS, map(float, channels), strict=True)),
    }


def _responses(disclosure: dict[str, float], chance: Chance) -> dict[str, float]:
    press = chance.skewed(0, 4) if chance.happens(0.3) else 0
    interviews = chance.skewed(0, 5) if chance.happens(0.35) else 0
    micro = chance.skewed(1, 60) if disclosure["disclosed_via_wechat_count"] and chance.happens(0.5) else 0
    other = chance.skewed(1, 40) if chance.happens(0.4) else 0
    topics = chance.whole(1, micro + other) if micro + other else 0
    return {
        "hot_topic_response_count": topics,
        "press_conference_count": press,
        "press_conference_principal_count": chance.whole(0, press),
        "online_interview_count": interviews,
        "online_interview_principal_count": chance.whole(0, interviews),
        "policy_interpretation_count": chance.skewed(0, 25) if chance.happens(0.6) else 0,
        "weibo_wechat_response_count": micro,
        "other_response_count": other,
    }


def _requests(agency: Agency, chance: Chance) -> dict[str, float]:
    received = 0 if chance.happens(_NO_REQUESTS[agency.level]) else chance.skewed(*_RECEIVED[agency.level])
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


def _organisation(agency: Agency, chance: Chance) -> dict[str, float]:
    full = chance.skewed(0, 3)
    part = chance.skewed(0 if full else 1, 6)
    trainings = chance.skewed(0, 4)
    return {
        # Fees are some dozens of 元; the conformed unit is 万元.
        "request_fee_amount": chance.whole(2, 60) * 5 / 10000 if chance.happens(0.06) else 0,
        "goi_office_count": chance.pick((0, 1, 1, 1)),
        "access_point_count": chance.skewed(0, 6),
        "staff_total_count": full + part,
        "staff_fulltime_count": full,
        "staff_parttime_count": part,
        "special_budget_amount": chance.whole(1, 80) / 10 if chance.happens(0.3) else 0,
        "meetings_count": chance.skewed(0, 6),
        "training_sessions_count": trainings,
        "trainees_count": sum(chance.whole(12, 90) for _ in range(trainings)),
    }
