"""Merges the yearly lists of administrative divisions into regions.csv and successions.csv.

    python -m orchestration.registry.divisions DIR [--out FILE]

DIR holds the unpacked packages that tables/vintages.csv names, one folder `<package>-<version>` each; successions.csv
is written beside FILE. Standard library only; the same lists give the same bytes. Nothing is downloaded, and which code
follows which is found in successors.py.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orchestration.registry.placenames import township_key
from orchestration.registry.successors import Succession, successions_between

TABLES = Path(__file__).parent / "tables"
_LISTS = ("provinces", "cities", "areas", "streets")
_TOWNSHIP = 9
_NO_PLACE = ("市辖区", "县")


class Vintage(NamedTuple):
    """One year's list: its package and version, and which list of it where it holds several (county level only)."""

    year: int
    package: str
    version: str
    revision: str


class Version(NamedTuple):
    """A name of one code and the years in which it holds; no last year while the newest list has it."""

    code: str
    name: str
    first: int
    last: int | None


def read_vintages(table: Path) -> list[Vintage]:
    """The rows of vintages.csv in order of year."""
    with table.open(encoding="utf-8", newline="") as file:
        return sorted(
            Vintage(int(row["year"]), row["package"], row["version"], row["revision"]) for row in csv.DictReader(file)
        )


def read_lists(folder: Path, vintages: Sequence[Vintage]) -> dict[int, dict[str, str]]:
    """Name by code (2, 4, 6 or 9 digits) for every year, of the provinces that the newest list has.

    Raises OSError where a package is not in the folder, KeyError and ValueError where it holds something else.
    """
    lists = {vintage.year: _read_list(folder, vintage) for vintage in vintages}
    provinces = {code for code in lists[max(lists)] if len(code) == 2}
    return {
        year: {code: name for code, name in found.items() if code[:2] in provinces} for year, found in lists.items()
    }


def _read_list(folder: Path, vintage: Vintage) -> dict[str, str]:
    package = folder / f"{vintage.package}-{vintage.version}"
    if (package / "package").is_dir():
        package /= "package"
    if vintage.revision:
        codes: Mapping[str, str] = json.loads((package / "lib" / f"{vintage.revision}.json").read_text("utf-8"))
        names = {_shortened(code): name.strip() for code, name in codes.items()}
        return {code: name for code, name in names.items() if len(code) < 6 or name not in _NO_PLACE}
    found = {}
    for name in _LISTS:
        with (package / "dist" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            found.update({row["code"]: row["name"].strip() for row in csv.DictReader(file)})
    return found


def _shortened(code: str) -> str:
    """The digits that count: 110000 is 11, 320800 is 3208."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def comparable(code: str, name: str) -> str:
    """The form in which two lists are compared: 街道 and 街道办事处 are one name, and a line for no place is none."""
    if len(code) == _TOWNSHIP:
        return township_key(name)
    return "" if name in _NO_PLACE or "直辖" in name else name


def merge(lists: Mapping[int, Mapping[str, str]]) -> tuple[list[Version], list[Succession]]:
    """Every name with its years, in no order, and what follows what, in order.

    A name is kept as the last list of its version writes it. A code that one list leaves out and the next has again
    under the same name was never gone.
    """
    years = sorted(lists)
    complete = _completed(lists, years)
    versions: list[Version] = []
    followed: list[Succession] = []
    since = dict.fromkeys(complete[years[0]], years[0])
    for before, year in pairwise(years):
        old, new = complete[before], complete[year]
        kept = {code for code in old if code in new and comparable(code, old[code]) == comparable(code, new[code])}
        versions += [Version(code, name, since.pop(code), year - 1) for code, name in old.items() if code not in kept]
        since.update(dict.fromkeys(new.keys() - kept, year))
        followed += successions_between(old, new, year, comparable)
    versions += [Version(code, name, since[code], None) for code, name in complete[years[-1]].items()]
    return versions, sorted(followed)


def _completed(lists: Mapping[int, Mapping[str, str]], years: Sequence[int]) -> dict[int, dict[str, str]]:
    """The lists with what only one of three neighbours leaves out."""
    complete = {year: dict(lists[year]) for year in years}
    for before, year, after in zip(years, years[1:], years[2:], strict=False):
        for code, name in lists[before].items():
            again = lists[after].get(code)
            if code not in complete[year] and again and comparable(code, again) == comparable(code, name):
                complete[year][code] = name
    return complete


def other_rows(table: Path, versions: Iterable[Version]) -> list[Version]:
    """The rows of an existing regions.csv in provinces that no list has: they are ours and stay."""
    provinces = {version.code[:2] for version in versions}
    with table.open(encoding="utf-8", newline="") as file:
        return [
            Version(code, name, int(first), int(last) if last else None)
            for code, name, first, last in list(csv.reader(file))[1:]
            if code[:2] not in provinces
        ]


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> None:
    """A CSV table with line feeds; what is missing is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both tables; 0, or 1 where the packages in DIR are not the ones of vintages.csv."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.registry.divisions", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="the unpacked packages, a folder each")
    parser.add_argument("--out", type=Path, metavar="FILE", default=TABLES / "regions.csv")
    asked = parser.parse_args(arguments)
    try:
        lists = read_lists(asked.folder, read_vintages(TABLES / "vintages.csv"))
    except (OSError, KeyError, ValueError) as error:
        print(f"divisions: the packages cannot be read: {error}", file=sys.stderr)
        return 1
    versions, followed = merge(lists)
    rows = sorted([*versions, *other_rows(TABLES / "regions.csv", versions)], key=lambda row: (row.code, row.first))
    write(asked.out, ("region_code", "region_name", "valid_from", "valid_until"), rows)
    write(asked.out.with_name("successions.csv"), ("old_code", "new_code", "year"), followed)
    print(f"{len(rows)} regions, {len(followed)} successions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
