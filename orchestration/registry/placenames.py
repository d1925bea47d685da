"""Names of administrative divisions made comparable: one form for the ways a place is written.

Wording only: which place a name means, and when it was so called, is not judged here.
"""

from __future__ import annotations

import re
from functools import lru_cache

# 广西壮族自治区 is also 广西, 延边朝鲜族自治州 also 延边: the place's own name, then a people, then the kind of area.
_PEOPLES = (
    "壮族|回族|维吾尔|蒙古族?|藏族|苗族|侗族|土家族|布依族|彝族|傣族|哈尼族|白族|朝鲜族|满族|羌族|瑶族|黎族|畲族|景颇族|傈僳族|哈萨克族?"
    "|柯尔克孜|佤族|拉祜族|纳西族|水族|仡佬族|土族|撒拉族|东乡族|保安族|裕固族|塔吉克|锡伯|达斡尔族|鄂温克族|鄂伦春|布朗族|独龙族|怒族|普米族"
    "|毛南族|仫佬族|各族|民族"
)
_KINDS = "特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|州|盟|县|区|旗"
_AREA_KIND = re.compile(rf"(?:{_PEOPLES})*(?:{_KINDS})$")
_KIND_ALONE = re.compile(rf"(?:{_KINDS})$")
_IN_BRACKETS = re.compile(r"[(（].*?[)）]")
_STREET = re.compile(r"(?:街道办事处|街道办|街道|街办|办事处)$")
_TOWN_GOVERNMENT = re.compile(r"(?<=[镇乡木])(?:人民政府|政府)$")
_TOWNSHIP_KIND = re.compile(rf"(?:街道|镇|(?:{_PEOPLES})*乡|苏木)$")
_PLAIN_ENDS = ("镇", "乡", "苏木", "街道")


@lru_cache(maxsize=20_000)
def area_stem(name: str) -> str:
    """The name of an area without its kind (鲤城区 → 鲤城); the name itself where one character would be left."""
    for kind in (_AREA_KIND, _KIND_ALONE):
        # 内蒙古 and 东乡族 are more than the people after whom they are named.
        stem = kind.sub("", name)
        if len(stem) >= 2:
            return stem
    # 清新区 is the district of 清新, no new district.
    return name[:-1] if len(name) > 2 and name.endswith("新区") else name


@lru_cache(maxsize=100_000)
def township_key(name: str) -> str:
    """One form for the ways to write a township: 街道, 街道办 and 办事处 are the same, 人民政府 is dropped.

    A 地区 of Beijing is a sub-district as well, with or without its 办事处.
    """
    if name.endswith(_PLAIN_ENDS) and "(" not in name and "（" not in name:
        return name
    plain = _TOWN_GOVERNMENT.sub("", _IN_BRACKETS.sub("", name))
    stem = _STREET.sub("", plain)
    return stem + "街道" if stem and (stem != plain or stem.endswith("地区")) else plain


def township_stem(name: str) -> str:
    """The name of a township without its kind (望云乡, 望云镇 → 望云); its key where one character would be left."""
    key = township_key(name)
    stem = _TOWNSHIP_KIND.sub("", key)
    return stem if len(stem) >= 2 else key


def township_agency(township: str) -> str:
    """The name of a township's agency: 街道办事处 for a sub-district, 人民政府 for a town."""
    key = township_key(township)
    if key.endswith("街道"):
        stem = key.removesuffix("街道")
        return township if township.endswith("办事处") else (stem if stem.endswith("地区") else key) + "办事处"
    return key + "人民政府" if key.endswith(("镇", "乡", "苏木")) else key
