"""Who reports: the agencies of the fictional province first, townships of the registry where more are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from orchestration.registry.model import Region, Registry
from orchestration.specimens.chance import Chance
from orchestration.specimens.model import Agency

FICTIONAL_PROVINCE = "99"
_DEPARTMENTS = (
    "教育局",
    "民政局",
    "财政局",
    "司法局",
    "交通运输局",
    "水务局",
    "审计局",
    "统计局",
    "住房和城乡建设局",
    "卫生和计划生育局",
    "人力资源和社会保障局",
    "安全生产监督管理局",
)
# Lines of the list of regions that name no place.
_NO_PLACES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Gazetteer:
    """The regions that keep their name and code over all of some years, for the names above a place."""

    def __init__(self, registry: Registry, years: Sequence[int]) -> None:
        # Townships are known from the first list that has them: it stands for the years before.
        first_list = min((r.valid_from for r in registry.regions if len(r.region_code) == 9), default=0)
        self._regions = {
            r.region_code: r
            for r in registry.regions
            if r.valid_from <= max(min(years), first_list if len(r.region_code) == 9 else 0)
            and (r.valid_until is None or r.valid_until >= max(years))
        }
        names = Counter((self._name(code[:6]), r.region_name) for code, r in self._regions.items())
        self._unique = {pair for pair, count in names.items() if count == 1}

    def _name(self, code: str) -> str:
        region = self._regions.get(code)
        return region.region_name if region else ""

    def townships(self, fictional: bool) -> list[Region]:
        """Townships and sub-districts by code."""
        return [
            region
            for code, region in sorted(self._regions.items())
            if len(code) == 9
            and code.startswith(FICTIONAL_PROVINCE) == fictional
            and self._above(code) is not None
            and region.region_name.endswith(("街道办事处", "镇", "乡"))
        ]

    def _above(self, code: str) -> str | None:
        """What must stand before a township's name so that it is one place; None where the list does not tell."""
        county, prefecture = self._name(code[:6]), self._name(code[:4])
        if not county or county in _NO_PLACES:
            return None
        if (county, self._name(code)) in self._unique:
            return county
        return None if not prefecture or prefecture in _NO_PLACES else prefecture + county

    def township(self, region: Region) -> Agency:
        """The township's government or the sub-district's office."""
        code, name = region.region_code, region.region_name
        county = self._name(code[:6])
        street = name.endswith("街道办事处")
        short = name.removesuffix("办事处") if street else name
        kind = "街道" if street else name[-1]
        return Agency(
            name=county + (name if street else f"{name}人民政府"),
            short=short,
            own_word=f"我{kind}",
            level="township",
            region_code=code,
            province=self._name(code[:2]),
            prefecture=self._name(code[:4]),
            county=county,
            above=self._above(code) or county,
            superior=f"{county}人民政府",
        )

    def higher(self, code: str) -> list[Agency]:
        """The government of a county or prefecture, its office and its departments."""
        place, province, prefecture = self._name(code), self._name(code[:2]), self._name(code[:4])
        level = "county" if len(code) == 6 else "prefecture"
        superior = f"{prefecture if level == 'county' else province}人民政府"
        kind = place[-1]

        def agency(rest: str, own_word: str, agency_level: str, over: str) -> Agency:
            return Agency(
                name=place + rest,
                short=place + rest.removeprefix("人民政府") if rest == "人民政府" else place + rest,
                own_word=own_word,
                level=agency_level,
                region_code=code.ljust(6, "0"),
                province=province,
                prefecture=prefecture,
                county=place if level == "county" else "",
                above="",
                superior=over,
            )

        own = f"{place}人民政府"
        return [
            agency("人民政府", f"我{kind}", level, superior),
            *(agency(department, "我局", "department", own) for department in _DEPARTMENTS),
        ]


def cast(registry: Registry, years: Sequence[int], count: int, chance: Chance) -> list[Agency]:
    """So many agencies, each once: fictional ones of every kind, then real townships picked by chance."""
    gazetteer = Gazetteer(registry, years)
    above = sorted({r.region_code for r in registry.regions if r.region_code.startswith(FICTIONAL_PROVINCE)})
    small = [gazetteer.township(region) for region in gazetteer.townships(True)]
    large = [agency for code in above if len(code) in (4, 6) for agency in gazetteer.higher(code)]
    chosen = _mixed(chance.fork("small").shuffled(small), chance.fork("large").shuffled(large))[:count]
    if count > len(chosen):
        others = chance.fork("real").sample(gazetteer.townships(False), count - len(chosen))
        chosen += [gazetteer.township(region) for region in others]
    if count > len(chosen):
        raise ValueError(f"the registry knows {len(chosen)} agencies for these years; ask for no more than that.")
    return chosen


def _mixed(small: list[Agency], large: list[Agency]) -> list[Agency]:
    """Two townships, then one larger agency, and so on: as reports are distributed."""
    mixed: list[Agency] = []
    while small or large:
        mixed += [*small[:2], *large[:1]]
        small, large = small[2:], large[1:]
    return mixed
