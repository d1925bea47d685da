"""The agencies there are by the registry's list of some years: townships, governments, departments, ministries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from orchestration.registry.model import Registry
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


_OFFICES = ("街道办事处", "街道", "镇", "乡")


@dataclass(frozen=True)
class _Known:
    """A registry by what it was read from."""

    fingerprint: str
    registry: Registry = field(compare=False)


def gazetteer(registry: Registry, first_year: int, last_year: int) -> Gazetteer:
    """The regions that keep their name and code from one year to the other."""
    return _gazetteer(_Known(registry.fingerprint, registry), first_year, last_year)


@lru_cache(maxsize=32)
def _gazetteer(known: _Known, first_year: int, last_year: int) -> Gazetteer:
    return Gazetteer(known.registry, first_year, last_year)


class Gazetteer:
    """The regions that keep their name and code from one year to another, for the names above a place."""

    def __init__(self, registry: Registry, first_year: int, last_year: int) -> None:
        self._registry = registry
        # Townships are known from the first list that has them: it stands for the years before.
        first_list = min((r.valid_from for r in registry.regions if len(r.region_code) == 9), default=0)
        self._regions = {
            r.region_code: r
            for r in registry.regions
            if r.valid_from <= max(first_year, first_list if len(r.region_code) == 9 else 0)
            and (r.valid_until is None or r.valid_until >= last_year)
        }
        counties = {r.region_code: r.region_name for r in registry.regions if len(r.region_code) == 6}
        # A pair of names that two places ever had tells neither.
        pairs = {(r.region_code, counties.get(r.region_code[:6]), r.region_name) for r in registry.regions}
        names = Counter((county, name) for _, county, name in pairs)
        self._unique = {pair for pair, count in names.items() if count == 1}

    def _name(self, code: str) -> str:
        region = self._regions.get(code)
        return region.region_name if region else ""

    @cached_property
    def townships(self) -> list[str]:
        """The codes of townships and sub-districts whose names tell them from all others."""
        return [code for code in sorted(self._regions) if len(code) == 9 and self.known(code)]

    def has(self, code: str) -> bool:
        """Whether the list has this code."""
        return code in self._regions

    def known(self, code: str) -> bool:
        """Whether the list has this township or sub-district, and its name and those above it make it one place."""
        region = self._regions.get(code)
        return region is not None and self._above(code) is not None and region.region_name.endswith(_OFFICES)

    def _above(self, code: str) -> str | None:
        """What must stand before a township's name so that it is one place; None where the list does not tell."""
        county, prefecture = self._name(code[:6]), self._name(code[:4])
        if not county or county in _NO_PLACES:
            return None
        if (county, self._name(code)) in self._unique:
            return county
        return None if not prefecture or prefecture in _NO_PLACES else prefecture + county

    def township(self, code: str) -> Agency:
        """The township's government or the sub-district's office."""
        county = self._name(code[:6])
        # Some lists print a township with its county before it.
        name = self._name(code).removeprefix(county)
        if name.endswith("街道"):
            name += "办事处"
        street = name.endswith("办事处")
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
        """The government of a county, prefecture or province, and its departments."""
        place, level = self._name(code), _LEVELS[len(code)]
        superior = "国务院" if level == "province" else f"{self._name(_ABOVE[level](code))}人民政府"

        def agency(name: str, short: str, own_word: str, agency_level: str, over: str) -> Agency:
            return Agency(
                name=name,
                short=short,
                own_word=own_word,
                level=agency_level,
                region_code=code.ljust(6, "0"),
                province=self._name(code[:2]),
                prefecture=self._name(code[:4]) if len(code) > 2 else "",
                county=place if level == "county" else "",
                above="",
                superior=over,
            )

        own = f"{place}人民政府"
        return [
            agency(own, place, f"我{place[-1]}", level, superior),
            *(
                agency(place + name, place + name, f"我{name[-1]}", "department", own)
                for name in (_department(each, level) for each in _DEPARTMENTS)
            ),
        ]

    def ministries(self) -> list[Agency]:
        """The ministries and agencies of the State Council that kept one name from 2008 on."""
        rows = [row for row in self._registry.agencies if row.agency_level == "ministry"]
        count = Counter(row.agency_key for row in rows)
        lasting = [row for row in rows if count[row.agency_key] == 1 and row.valid_from <= 2008 and not row.valid_until]
        return [
            Agency(
                name=row.agency_name,
                short=row.agency_name,
                own_word=f"我{row.agency_name[-1]}",
                level="ministry",
                region_code="",
                province="",
                prefecture="",
                county="",
                above="",
                superior="国务院",
            )
            for row in sorted(lasting, key=lambda row: row.agency_key)
            if row.agency_name[-1] in "部局委署"
        ]


_LEVELS = {2: "province", 4: "prefecture", 6: "county"}
_ABOVE: Mapping[str, Callable[[str], str]] = {"prefecture": lambda code: code[:2], "county": lambda code: code[:4]}


def _department(name: str, level: str) -> str:
    """A department as one of a province is called: 教育厅 for 教育局."""
    return f"{name[:-1]}厅" if level == "province" and name not in ("审计局", "统计局") else name
